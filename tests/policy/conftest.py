"""The pack that every policy test reads, once."""

import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from conversion.policy import loading, pack_source
from conversion.policy.draft import Draft
from conversion.policy.loading import load_pack, read_draft
from conversion.policy.location import packs_folder
from conversion.policy.marked_yaml import read_marked
from conversion.policy.pack import Pack

READ_ONCE = cache(read_marked)
"""Reading YAML is most of the time of loading a pack, and hardly ever what a test is about."""


@pytest.fixture(scope="session", autouse=True)
def unchanged_files_are_read_once() -> Iterator[None]:
    """A file with the same words is read from YAML once a process; what a test has spoilt is read.

    Mutants share what was read before them, and so cost a tenth: those of the reading itself are
    caught by the tests of that, which call it. Checks and examples are never kept.
    """
    with pytest.MonkeyPatch.context() as patch:
        for module in (loading, pack_source):
            patch.setattr(module, "read_marked", READ_ONCE)
        yield


@pytest.fixture(scope="session")
def huichuan() -> Pack:
    return load_pack(packs_folder() / "huichuan-2009")


@pytest.fixture(scope="session")
def cn_2025() -> Pack:
    return load_pack(packs_folder() / "cn-2025")


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the pack that a test may spoil."""
    folder = tmp_path / "huichuan-2009"
    shutil.copytree(packs_folder() / "huichuan-2009", folder)
    return folder


@pytest.fixture(scope="session")
def draft() -> Draft:
    """The pack's files, with every line."""
    found, faults = read_draft(packs_folder() / "huichuan-2009")
    assert found is not None
    assert faults == ()
    return found
