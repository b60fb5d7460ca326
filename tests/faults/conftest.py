"""Towns to spoil."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.office import Town
from tests.stages import a_town


@pytest.fixture
def accepted_town(tmp_path: Path) -> Iterator[Town]:
    """Three cases, accepted: a history small enough to spoil at every place."""
    town = a_town("accepted", tmp_path)
    yield town
    town.database.close()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """Three cases whose shares are booked and certificates prepared."""
    made = a_town("certified", tmp_path)
    yield made
    made.database.close()
