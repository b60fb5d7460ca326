"""The browser, started once, where there is one."""

from collections.abc import Iterator

import pytest

from tests.browser.chromium import PROGRAM, Browser


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium; `script/bootstrap --test` installs it on Debian."""
    if not PROGRAM:
        pytest.skip("no Chromium on this machine")
    folder = tmp_path_factory.mktemp("browser")
    with Browser(folder) as started:
        yield started
