"""Print-outs of the log: a case's history, and what a village recorded on one day.

They are read from the sealed entries and have no number; the size and the root of the log stand in
its place. Nothing personal is on them, since nothing personal is in an entry.
"""

import hashlib
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any, Final

from conversion.documents.batch import Failure, Job, render_many
from conversion.documents.case_history import CASE_HISTORY, CaseLog
from conversion.documents.day_record import DAY_RECORD, DayLog, PublicList
from conversion.documents.kind import AnyKind, VillageOccasion
from conversion.documents.log_line import DIGITS, LogLine, LogState
from conversion.documents.rendering import Rendering
from conversion.domain.event import Event
from conversion.domain.programme import Programme
from conversion.domain.role import Actor, Role
from conversion.errors import StepRefused
from conversion.history.chain import entry_hash, verify_chain
from conversion.history.entry import Entry
from conversion.history.merkle import root_at
from conversion.services.keys import KEY_LIST, VOID_LIST, KeyFolder
from conversion.services.office import Office
from conversion.services.staffing import find_actor
from conversion.standards.beijing_time import CHINA
from conversion.store.chains import load_case, load_programme
from conversion.store.database import Session
from conversion.store.entries import StoredEntry, all_entries, entries_of, log_head, node
from conversion.store.sealed_event import SealedEvent
from conversion.workflows.definition import DEFINITION, act_title

READERS: Final = (Role.AUDITOR, Role.TASK_FORCE, Role.DISTRICT)
NONCE_BYTES = 10
_LONGEST = 60
"""Characters of a filled-in field that a line prints."""


def case_history(office: Office, number: str, account: str) -> Rendering:
    """A case's whole chain, with what a check of it found.

    Raises:
        StepRefused: the person may not read the log.
        NotFound: there is no such case or person.
    """
    with office.database.reading() as session:
        case = load_case(session, number)
        programme = load_programme(session, case.programme)
        actor = _reader(session, office, programme, account)
        stored = entries_of(session, number)
        faults = verify_chain((e.bytes for e in stored), log=programme.code, chain=number)
        told = CaseLog(
            case_number=number,
            household_number=case.household.number,
            group=case.household.group,
            state=_state("case", case.positions["case"]),
            lines=tuple(_line(entry) for entry in stored),
            faults=tuple(f"第{fault.seq}条{fault.sentence}" for fault in faults),
            log=_log_now(session, programme.code),
            printed_by=actor.name,
        )
    return _printed(office, programme, CASE_HISTORY, told, told.log)


def day_record(office: Office, code: str, day: date, account: str, folder: KeyFolder) -> Rendering:
    """All that was recorded in a village on a day, between the roots before and after it.

    Args:
        office: the office.
        code: the programme's.
        day: the day.
        account: who prints.
        folder: of the office's keys, whose public lists the record witnesses.

    Raises:
        StepRefused: the person may not read the log.
        NotFound: there is no such programme or person.
    """
    with office.database.reading() as session:
        programme = load_programme(session, code)
        actor = _reader(session, office, programme, account)
        before, lines = 0, []
        for entry in all_entries(session, code):
            recorded = SealedEvent(entry.bytes).at.astimezone(CHINA).date()
            before += recorded < day
            if recorded == day:
                lines.append(_line(entry))
        told = DayLog(
            recorded=day,
            lines=tuple(lines),
            began=_log_at(session, code, before),
            log=_log_at(session, code, before + len(lines)),
            lists=tuple(_public_lists(folder)),
            printed_by=actor.name,
        )
    return _printed(office, programme, DAY_RECORD, told, told.log)


def _public_lists(folder: KeyFolder) -> Iterator[PublicList]:
    if not folder.is_founded:
        return
    keys, void = folder.keys(), folder.void()
    yield _public_list("公钥清单", str(keys.issued_on), folder.note(KEY_LIST))
    if void:
        issued = f"{void.issued_at.astimezone(CHINA):%Y-%m-%d %H:%M}"
        yield _public_list("作废清单", issued, folder.note(VOID_LIST))


def _public_list(title: str, issued: str, note: str) -> PublicList:
    return PublicList(title=title, issued=issued, sha256=hashlib.sha256(note.encode()).hexdigest())


def _reader(session: Session, office: Office, programme: Programme, account: str) -> Actor:
    actor = find_actor(session, office, programme.code, account, roles=READERS)
    if not actor.holds(*READERS):
        found = f"{actor.name}没有查阅历史的岗位"
        raise StepRefused("打印历史记录", found, "由审计人员、工作专班或者区里的人员打印")
    return actor


def _printed(
    office: Office, programme: Programme, kind: AnyKind, told: Any, log: LogState
) -> Rendering:
    occasion = VillageOccasion(
        number=log.label,
        day=office.today(),
        nonce=office.random(NONCE_BYTES).hex(),
        programme=programme,
        told=told,
    )
    (printed,) = render_many([Job(kind=kind, facts=kind.facts(occasion))], 1)
    if isinstance(printed, Failure):
        raise printed.error
    return printed


# --- what the log says ---------------------------------------------------------------------------


def _log_now(session: Session, code: str) -> LogState:
    head = log_head(session, code)
    return LogState(name=code, size=head.size, root=head.root().hex())


def _log_at(session: Session, code: str, size: int) -> LogState:
    root = root_at(partial(node, session, code), size)
    return LogState(name=code, size=size, root=root.hex())


def _line(entry: StoredEntry) -> LogLine:
    event = SealedEvent(entry.bytes)
    return LogLine(
        index=entry.idx + 1,
        seq=entry.seq,
        chain=entry.chain,
        at=f"{event.at.astimezone(CHINA):%Y-%m-%d %H:%M:%S}",
        who=event.actor_name,
        posts="、".join(role.label for role in event.roles),
        what=act_title(event.act),
        led=_led(event),
        filled=tuple(_filled(event)),
        papers=tuple(paper.number for paper in Entry.from_bytes(entry.bytes).papers),
        digest=entry_hash(entry.bytes).hex()[:DIGITS],
    )


def _led(event: Event) -> str:
    if not event.target or event.source == event.target:
        return ""
    source = f"{_state(event.level, event.source)}→" if event.source else ""
    return source + _state(event.level, event.target)


def _state(level: str, state: str) -> str:
    track = next((t for t in DEFINITION if t.name == level), None)
    return track.title_of(state) if track else state


def _filled(event: Event) -> Iterator[str]:
    """The public fields of the form with their names, and the answer of the rule."""
    titles = _titles(event)
    for name, value in event.form.items():
        if name == "evidence" and isinstance(value, dict):
            yield f"材料{len(value)}件"
        elif name in titles and isinstance(value, str | int):
            yield f"{titles[name]}：{_said(value)}"
    if isinstance(event.decision, dict):
        granted = "符合" if event.decision.get("granted") else "不符合"
        yield f"规则{event.decision.get('rule')}：{granted}"


def _titles(event: Event) -> dict[str, str]:
    track = next((t for t in DEFINITION if t.name == event.level), None)
    steps = track.steps_named(event.event) if track else ()
    fields = steps[0].form.model_fields.items() if steps else ()
    return {name: (field.title or name).partition("（")[0] for name, field in fields}


def _said(value: str | int) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    text = str(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "……"
