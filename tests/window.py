"""A town's office at the command line, on the town's day.

window = Window(town, monkeypatch, capsys)
window.advance("0001", "case.accept", by="taskforce1", signed=["01"])
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import pytest

from conversion import bootstrap, cli
from conversion.cli import opening
from conversion.workflows.definition import level
from conversion.workflows.engine import step_at
from conversion.workflows.publicity import Removal
from tests.office import AS_POSTED, KEY, Town, evidence_for


@dataclass(frozen=True)
class Answer:
    """What a command line answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Window:
    """Command lines handed in at a town's office, which shares its database and its calendar."""

    def __init__(
        self, town: Town, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.town, self.capsys = town, capsys
        key_file = town.folder / "town.key"
        key_file.write_text(KEY.hex(), encoding="ascii")
        monkeypatch.setenv("CONVERSION_DATABASE_URL", f"sqlite:///{town.folder / 'town.db'}")
        monkeypatch.setenv("CONVERSION_KEY_FILE", str(key_file))
        monkeypatch.setenv("COLUMNS", "300")
        monkeypatch.setattr(bootstrap, "Shelf", lambda _folder: town.office.packs)
        at = partial(bootstrap.open_office, clock=town.calendar)
        monkeypatch.setattr(opening, "open_office_at", at)

    def run(self, *arguments: str) -> Answer:
        self.capsys.readouterr()
        code = cli.run(list(arguments))
        out, err = self.capsys.readouterr()
        return Answer(code, out, err)

    def advance(self, household: str, act: str, *, by: str, **form: Any) -> Answer:
        """One step with every paper that it asks for."""
        name, _, event = act.partition(".")
        step = step_at(level(name), event, self.town.case(household).positions[name])
        found = AS_POSTED if issubclass(step.form, Removal) else {}
        papers = [f"{paper}={where}" for paper, where in evidence_for(step).items()]
        filled = [f"{name}={_typed(value)}" for name, value in (found | form).items()]
        return self.run(
            *("case", "advance", household, act, "--as", by),
            *_each("--form", filled),
            *_each("--evidence", papers),
        )


def _typed(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _each(option: str, values: Sequence[str]) -> list[str]:
    return [word for value in values for word in (option, value)]
