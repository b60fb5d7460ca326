"""The pack that every policy test reads, once."""

import shutil
from pathlib import Path

import pytest

from conversion.policy.draft import Draft
from conversion.policy.loading import load_pack, read_draft
from conversion.policy.location import packs_folder
from conversion.policy.pack import Pack


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
