from pathlib import Path

import pytest

from conversion.domain.role import Role
from conversion.policy.loading import load_packs
from conversion.policy.location import packs_folder
from conversion.workflows.chart import state_table, tracks_document
from conversion.workflows.definition import DEFINITION

PACKS = load_packs(packs_folder())
ROOT = Path(__file__).parents[2]
SNAPSHOTS = ROOT / "tests" / "snapshots" / "tracks"


@pytest.mark.parametrize("track", DEFINITION, ids=lambda t: t.name)
def test_the_table_of_states_and_events_is_the_reviewed_one(track):
    reviewed = (SNAPSHOTS / f"{track.name}.txt").read_text(encoding="utf-8")

    assert state_table(track) == reviewed


def test_no_snapshot_outlives_its_track():
    assert {path.stem for path in SNAPSHOTS.glob("*.txt")} == {track.name for track in DEFINITION}


def test_the_document_of_tracks_is_current():
    assert (ROOT / "docs" / "tracks.md").read_text(encoding="utf-8") == tracks_document(PACKS)


@pytest.mark.parametrize("track", DEFINITION, ids=lambda t: t.name)
def test_every_step_is_in_the_document(track):
    document = tracks_document(PACKS)

    assert all(f"| `{step.event}` {step.title} |" in document for step in track.steps)


def test_the_glossary_has_every_role_and_every_track():
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")

    words = {role.label for role in Role} | {track.title for track in DEFINITION}

    assert not {word for word in words if word not in glossary}
