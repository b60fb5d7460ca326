"""A share plan tried on a village 方案试算, before the vote and before the roll."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from conversion.domain.case import Case
from conversion.domain.programme import Programme
from conversion.domain.right import MembershipStanding
from conversion.domain.role import Actor, Role
from conversion.errors import NotFound, StepRefused
from conversion.policy.facts import HouseholdFacts
from conversion.policy.pack import PackOnDay
from conversion.policy.plan_file import read_plan
from conversion.policy.prospect import findings_in, supposed_roll
from conversion.policy.share_scheme import ShareScheme
from conversion.policy.simulation import Outcome, Shift, Simulation, shifts
from conversion.policy.village_shares import VillageShares
from conversion.policy.weighing import at_base_date
from conversion.services.office import Office
from conversion.services.staffing import find_actor
from conversion.services.village_trial import every_case
from conversion.standards.chinese_date import format_day
from conversion.standards.masking import mask_name
from conversion.store.chains import load_programme
from conversion.store.database import Session

READERS: Final = (
    Role.TASK_FORCE,
    Role.VILLAGE,
    Role.GROUP,
    Role.COLLECTIVE,
    Role.SUPERVISORS,
    Role.STREET,
    Role.DISTRICT,
    Role.AUDITOR,
)
"""Who has to know which household a figure is of: whoever prepares the plan, decides or audits."""

_OPEN = {MembershipStanding.PROPOSED, MembershipStanding.NOT_PROPOSED}


@dataclass(frozen=True, slots=True, kw_only=True)
class SimulationReport:
    """What plans come to in a village.

    Attributes:
        base_date: the day whose facts count.
        outcome: of the plan; against: of another one, if there is one to compare with.
        notes: on what the figures rest, in Chinese.
    """

    programme: str
    village: str
    base_date: date
    outcome: Outcome
    against: Outcome | None
    notes: tuple[str, ...]

    @property
    def shifts(self) -> tuple[Shift, ...]:
        """The households whose part changes from the other plan to this one."""
        return shifts(self.against, self.outcome) if self.against else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which plans are to be tried.

    Attributes:
        plan: id in the pack; empty for the adopted plan, else the pack's first.
        plan_file: a plan that no pack has yet, instead.
        against: id of the plan to compare with; empty for none.
        day: on which the pack is read, and whose facts count while no base date is fixed.
        named_to: account of whoever is to read the names of heads; empty to have them masked.
    """

    plan: str = ""
    plan_file: Path | None = None
    against: str = ""
    day: date
    named_to: str = ""


def simulate(office: Office, code: str, wanted: Wanted) -> SimulationReport:
    """The plans over everybody who is or may become a member of the village.

    Raises:
        NotFound: there is no such programme, plan or file.
        PackInvalid: the plan's file has faults.
        WrongUse: nobody weighs anything.
        StepRefused: names are to be read by somebody whose post has nothing to do with them.
    """
    with office.database.reading() as session:
        programme = load_programme(session, code)
        reader = _reader(session, office, code, wanted.named_to)
        pack = office.pack(programme.village.pack, wanted.day)
        base_date = programme.base_date or wanted.day
        plans = [_plan(wanted, programme, pack)]
        plans += [pack.share_plan(wanted.against)] if wanted.against else []
        tried = [Simulation(shares=VillageShares(pack=pack, plan=plan)) for plan in plans]
        stands = _pass_by(session, code, base_date, pack, tried)
    outcomes = [_named_to(reader, simulation.outcome()) for simulation in tried]
    return SimulationReport(
        programme=code,
        village=programme.village.village_name,
        base_date=base_date,
        outcome=outcomes[0],
        against=outcomes[1] if wanted.against else None,
        notes=tuple(_notes(programme, base_date, stands)),
    )


def _reader(session: Session, office: Office, code: str, account: str) -> Actor | None:
    """Who reads the names of heads; nobody where no account is given."""
    if not account:
        return None
    actor = find_actor(session, office, code, account, roles=READERS)
    if not actor.holds(*READERS):
        known = "、".join(role.label for role in READERS)
        raise StepRefused("列出户主姓名", f"{actor.name}没有需要知道的岗位", f"由{known}查看")
    return actor


def _named_to(reader: Actor | None, outcome: Outcome) -> Outcome:
    """The outcome with the heads' names as the reader may know them: of the groups served."""
    named = {
        case: name
        if reader and reader.serves(READERS, [name.group])
        else replace(name, head=mask_name(name.head))
        for case, name in outcome.households.items()
    }
    return replace(outcome, households=named)


def _plan(wanted: Wanted, programme: Programme, pack: PackOnDay) -> ShareScheme:
    if wanted.plan_file:
        return read_plan(_content(wanted.plan_file), wanted.plan_file.name, pack.pack)
    voted = programme.plan.scheme if programme.plan else ""
    return pack.share_plan(wanted.plan or voted)


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise NotFound(f"读取方案 {file}", "没有这个文件，或者不能读取", "核对路径") from error


def _pass_by(
    session: Session,
    code: str,
    base_date: date,
    pack: PackOnDay,
    tried: list[Simulation],
) -> Counter[str]:
    """Every household counted in under every plan; how many people stand how."""
    stands: Counter[str] = Counter()
    for case in every_case(session, code):
        facts = _supposed(case, base_date, pack)
        if not facts.memberships:
            continue  # died out, or joined another household
        stands.update(_stands(case, facts))
        for simulation in tried:
            simulation.add(case.number, facts)
    return stands


def _supposed(case: Case, base_date: date, pack: PackOnDay) -> HouseholdFacts:
    """A household on the base date, what is not decided yet taken as it is proposed."""
    facts = at_base_date(case, base_date)
    listed = {s: m for s, m in facts.members.items() if s in case.members or s in case.memberships}
    findings = findings_in(case.memberships.values(), pack.grounds)
    roll = supposed_roll(replace(facts, members=listed), pack, findings)
    return replace(facts, memberships=roll)


def _stands(case: Case, facts: HouseholdFacts) -> Iterator[str]:
    for serial, row in facts.memberships.items():
        known = case.memberships.get(serial)
        if row.standing is MembershipStanding.DISPUTED:
            yield "有争议"
        elif row.standing is MembershipStanding.CONFIRMED:
            yield _how_sure(known.standing if known else None)


def _how_sure(known: MembershipStanding | None) -> str:
    if known is None:
        return "未调查"
    return "拟确认" if known in _OPEN else "已确认"


def _notes(programme: Programme, base_date: date, stands: Counter[str]) -> Iterator[str]:
    if programme.base_date is None:
        yield f"基准日还没有确定，年龄和农龄按{format_day(base_date)}计算。"
    if stands["拟确认"] or stands["未调查"]:
        yield (
            f"成员名册还没有全部确认：已确认{stands['已确认']}人，拟确认{stands['拟确认']}人，"
            f"未调查、按政策包的理由推定{stands['未调查']}人；确认以后的结果可能不同。"
        )
    if stands["有争议"]:
        yield f"身份有争议的{stands['有争议']}人照算份额，列为预留，不计入各户。"
    yield "试算不写入任何记录；配股以表决通过的方案和确认的名册为准。"
