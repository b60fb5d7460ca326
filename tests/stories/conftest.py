"""Towns to tell stories in."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.office import Town
from tests.stages import a_town


@pytest.fixture
def town_at(tmp_path: Path) -> Iterator[Callable[..., Town]]:
    """Makes a town at a stage on SQLite; closed when the test is over."""
    made: list[Town] = []

    def make(stage: str, **options: int) -> Town:
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(a_town(stage, folder, **options))
        return made[-1]

    yield make
    for town in made:
        town.database.close()
