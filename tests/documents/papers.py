"""Papers for the tests, and eyes to read a PDF with."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from shutil import copy
from typing import Any

from pypdf import PdfReader

from conversion.documents.count_sheet import Tellers
from conversion.documents.handover_list import FileLine, Handover
from conversion.documents.kind import AnyKind, HouseholdKind, HouseholdOccasion, VillageOccasion
from conversion.documents.kinds import VILLAGE_KINDS, kind_of
from conversion.documents.location import templates_folder
from conversion.documents.meeting_minutes import Course
from conversion.documents.public_notice import PostedText
from conversion.documents.rendering import Rendering
from conversion.documents.stage import ELEMENTS, STYLE
from conversion.domain.case import TRACKS, Case
from conversion.domain.household import Member
from conversion.domain.programme import Programme
from conversion.policy.rules.quorum import fails_quorum, meets_quorum
from tests.builders import a_case, a_meeting, a_programme, a_vote, an_event, members_of
from tests.documents.letters import WRITINGS, a_void_list_of_the_village, written_to
from tests.office import packs

DAY = date(2009, 10, 12)


def an_occasion(kind: HouseholdKind, case: Case) -> HouseholdOccasion:
    """What a paper is made from; the act that writes a letter is the newest of its case."""
    number = kind.number("坪社", 2009, 7)
    held, told = written_to(kind, case) if kind.id in WRITINGS else (case, None)
    return HouseholdOccasion(
        number=number, day=DAY, nonce="0a" * 10, case=held, programme=a_programme(), told=told
    )


def the_facts(
    kind: AnyKind, members: int | Sequence[Member] = 3, parcels: int = 2, **others: Any
) -> Any:
    """The facts of a paper for a household all of whose tracks are done.

    A paper of the village tells of a meeting that these people served.
    """
    if kind.id == "village_void_announcement":
        return kind.facts(a_void_list_of_the_village(kind.number("坪社", 2009, 7)))
    if kind in VILLAGE_KINDS:
        people = members_of(members) if isinstance(members, int) else members
        return facts_of_meeting(kind, names=[m.name for m in people])
    return facts_of(kind, a_case(members=members, parcels=parcels, done=TRACKS, **others))


def facts_of(kind: HouseholdKind, case: Case) -> Any:
    """The facts of a paper; of the kind's own model, so the tests ask for its fields."""
    return kind.facts(an_occasion(kind, case))


def facts_of_meeting(
    kind: AnyKind, *, names: Sequence[str] = ("吴应成", "李国华"), told: Any = None, **vote: Any
) -> Any:
    """The facts of a paper of a meeting that voted on the plan of conversion.

    Args:
        kind: the paper's kind.
        names: who served the meeting; told: what the step tells instead.
        vote: fields of the vote.
    """
    occasion = VillageOccasion(
        number=kind.number("坪社", 2009, 7),
        day=DAY,
        nonce="0a" * 10,
        programme=after_the_meeting(**vote),
        told=told or served(kind, tuple(names)),
    )
    return kind.facts(occasion)


def served(kind: AnyKind, names: tuple[str, ...]) -> Any:
    if kind.id == "public_notice":
        return a_list(names)
    if kind.id == "handover_list":
        return a_handover(names)
    if kind.id == "count_sheet":
        return Tellers(counters=names, scrutineers=("李国华",))
    return Course(
        meeting="M01",
        chair="罗世海",
        recorder="杨秀英",
        observers=names,
        discussion=("会议听取了方案的说明。", "与会人员没有其他意见。"),
        put_off=("confirm_roll", "adopt_share_plan"),
    )


def a_handover(names: Sequence[str]) -> Handover:
    """The files of as many households as there are heads."""
    return Handover(
        receiver="汇川区档案馆",
        files=tuple(
            FileLine(
                case_number=f"520303105202-{n:04d}",
                household_number=f"{n:04d}",
                group="一组",
                head=name,
                state="已归档",
                index=f"坪社卷〔2009〕{n:04d}号",
                papers=8,
                materials=14,
                pages=19,
            )
            for n, name in enumerate(names, 1)
        ),
        village_papers=12,
    )


def after_the_meeting(**others: Any) -> Programme:
    """The village's programme just after the villagers' meeting has voted on the plan."""
    vote = a_vote(meeting="M01", **({"eligible": 100, "present": 90} | BALLOTS | others))
    meeting = a_meeting(proxies=vote.proxies, present=vote.present, eligible=vote.eligible)
    rule = packs()["huichuan-2009"].on(vote.held_on)
    decision = meets_quorum(vote, rule) if vote.passed else fails_quorum(vote, rule)
    sheet: dict[str, Any] = {"meeting": "M01", "evidence": {"attendance": "村卷1页3"}}
    return a_programme(
        at="resolved",
        meetings={"M01": meeting},
        votes={"V01": vote},
        past=(
            an_event("programme", "record_attendance", seq=1, day=vote.held_on, form=sheet),
            an_event(
                "programme",
                "resolve" if vote.passed else "fail_vote",
                seq=2,
                day=vote.held_on,
                decision=decision.trace(),
            ),
        ),
    )


BALLOTS = {"proxies": 4, "in_favour": 70, "against": 12, "abstained": 5, "invalid": 2}


def a_page(folder: Path, body: str, style: str = "") -> AnyKind:
    """A kind with a one-page template of its own in a folder of its own."""
    for name in (STYLE, ELEMENTS):
        copy(templates_folder() / name, folder / name)
    with (folder / STYLE).open("a", encoding="utf-8") as sheet:
        sheet.write(style)
    (folder / "page.html").write_text(
        f"<!DOCTYPE html><html><head></head><body>{body}</body></html>", encoding="utf-8"
    )
    return replace(kind_of("hukou_certificate"), template="page.html")


def opened(rendering: Rendering) -> Any:
    return PdfReader(BytesIO(rendering.pdf))


def text_of(rendering: Rendering) -> str:
    """The text layer in the order of drawing, without the white space of the layout."""
    pages = (page.extract_text() for page in opened(rendering).pages)
    return re.sub(r"\s", "", "".join(pages))


def a_list(names: Sequence[str] = ("吴应成", "李国华"), **others: Any) -> PostedText:
    """The first list of members, one household with these people."""
    told: dict[str, Any] = {
        "title": "集体经济组织成员名单公示（第一榜）",
        "kind": "members",
        "round": 1,
        "rounds": 3,
        "group": "一组",
        "columns": ("户号", "村民小组", "姓名", "与户主关系", "成员身份", "校验码"),
        "lines": tuple(("0012", "一组", name, "户主", "拟确认", "7F00A1B2") for name in names),
        "households": 1,
        "days": 7,
        "working_days": True,
        "objections": "集体经济组织、村民委员会",
        "code": "0123ABCD",
        "sha256": "0123abcd" * 8,
    }
    return PostedText(**(told | others))
