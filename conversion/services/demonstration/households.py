"""The household chapter: people are born, die, marry and part while the village converts."""

from collections.abc import Mapping
from typing import Any

from conversion.domain.case import Case
from conversion.domain.notice import PaperStatus
from conversion.domain.role import Role
from conversion.services.demonstration.forms import filled
from conversion.services.demonstration.stage import Stage
from conversion.workflows.changes.naming import is_gone


def change_households(stage: Stage) -> None:
    """Each change of the story is proposed and approved; one is undone; papers are issued anew."""
    approver = stage.cast(Role.STREET, 1)
    for told in stage.story["household_changes"]:
        _propose(stage, told)
        opinion = {"opinion": "材料齐全，与对照一致，同意。"}
        stage.play("household.approve_change", approver, _of(stage, told), filled(opinion))
    stage.calendar.later(1)
    undone = stage.story["household_undone"]
    form = {"change": undone["change"], "reason": undone["reason"]}
    stage.play("household.undo_change", approver, _of(stage, undone), filled(form))
    dropped = stage.story["household_dropped"]
    _propose(stage, dropped)
    reason = filled({"reason": dropped["reason"]})
    stage.play("household.drop_change", approver, _of(stage, dropped), reason)
    _issue_anew(stage)


def _propose(stage: Stage, told: Mapping[str, Any]) -> None:
    act = f"household.{told['kind']}"
    stage.play(act, stage.cast(Role.TASK_FORCE), _of(stage, told), filled(told["form"]))


def _of(stage: Stage, told: Mapping[str, Any]) -> list[Case]:
    return stage.household(told["household"])


def _issue_anew(stage: Stage) -> None:
    """Superseded papers of households that go on are replaced by papers of today."""
    reason = filled({"reason": "户内变更，原文书已被取代，予以换发。"})
    superseded = [
        ("shares.reissue", "share_certificate", "certified", Role.COLLECTIVE),
        ("land.reissue", "land_confirmation", "issued", Role.TASK_FORCE),
    ]
    for act, kind, state, role in superseded:
        cases = stage.cases(**{act.partition(".")[0]: state})
        due = [case for case in cases if _is_due(case, kind)]
        stage.play(act, stage.cast(role), due, reason)
    stage.issue()


def _is_due(case: Case, kind: str) -> bool:
    papers = [paper for paper in case.papers.values() if paper.kind == kind]
    ended = any(paper.status is PaperStatus.SUPERSEDED for paper in papers)
    return ended and not any(p.is_live for p in papers) and not is_gone(case.positions)
