"""A case on one sheet: its tracks, its people, and everything decided for them.

Numbers of persons are masked and birth days left out, for a screen is seen by more people than a
file is; the roster's remarks stay in the file, since nobody knows what they hold.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from conversion.cli.hold_list import hold_listing, override_listing
from conversion.cli.household_list import (
    change_listing,
    departed_listing,
    representation_listing,
)
from conversion.cli.listing import Column, Listing
from conversion.cli.possible import possible_steps, steps_beside
from conversion.documents.kinds import kind_of
from conversion.domain.case import Case
from conversion.domain.event import Event
from conversion.domain.household import Member
from conversion.domain.notice import Notice, Objection, Paper
from conversion.domain.parcel import Parcel
from conversion.domain.printing import Printing
from conversion.domain.programme import Programme
from conversion.domain.right import (
    Benefit,
    Disposition,
    Entitlement,
    EntitlementStatus,
    Membership,
    MembershipStanding,
    ShareLot,
    Side,
)
from conversion.standards.amount import format_yuan
from conversion.standards.area import format_mu, format_square_metres
from conversion.standards.masking import mask_phone, mask_resident_number
from conversion.standards.relation import title_of
from conversion.workflows.definition import CASE_LEVELS
from conversion.workflows.step import CaseCircumstances, Track

ENTITLEMENTS = {
    EntitlementStatus.MAPPED: "已列明",
    EntitlementStatus.DISPATCHED: "已转办",
    EntitlementStatus.ACKNOWLEDGED: "已接收",
    EntitlementStatus.SETTLED: "已落实",
    EntitlementStatus.NOT_APPLICABLE: "不适用",
}
SIDES = {Side.KEPT: "保留", Side.GAINED: "新增"}
LEVELS = {track.name: track.title for track in CASE_LEVELS}


def sheet_of(case: Case, programme: Programme) -> dict[str, Listing[Any]]:
    """The lists of a case's sheet, by their names in JSON."""
    return {
        "levels": _levels(case),
        "members": _members(case),
        "departed": departed_listing(case.departed.values()),
        "representations": representation_listing(case.representations.values()),
        "changes": change_listing(case.changes.values()),
        "parcels": _parcels(case),
        "shares": _shares("份额", case.shares.values(), case, programme),
        "reserved": _shares("为有争议的成员预留", case.reserved.values(), case, programme),
        "benefits": _benefits(case),
        "entitlements": _entitlements(case),
        "notices": _notices(case),
        "objections": _objections(case),
        "holds": hold_listing([*case.holds.values(), *programme.holds.values()]),
        "overrides": override_listing(case.overrides.values()),
        "papers": _papers(case),
        "printings": _printings(case),
        "possible": possible_steps(case.positions, CASE_LEVELS),
        "beside": steps_beside(case.positions, CASE_LEVELS),
    }


def heading(case: Case) -> Iterator[str]:
    """What stands above the lists."""
    household = case.household
    yield f"案件 {case.number}　{household.group} {household.number} 号　户主 {case.head.name}"
    phone = mask_phone(household.phone) if household.phone else "无"
    yield f"住址：{household.address or '未登记'}　电话：{phone}"
    if case.units:
        yield f"全户份额：{case.units}"


def household_record(case: Case) -> dict[str, object]:
    """The household for a program."""
    household = case.household
    return {
        "number": household.number,
        "group": household.group,
        "head": case.head.name,
        "address": household.address,
        "phone": mask_phone(household.phone) if household.phone else "",
        "units": case.units,
    }


def _levels(case: Case) -> Listing[Track[CaseCircumstances]]:
    columns: tuple[Column[Track[CaseCircumstances]], ...] = (
        Column("level", "代码", lambda t: t.name),
        Column("title", "事项", lambda t: t.title),
        Column("state", "状态代码", lambda t: case.positions.get(t.name, t.initial)),
        Column("state_title", "状态", lambda t: t.title_of(case.positions.get(t.name, t.initial))),
        Column(
            "since", "自", lambda t: next((e.day for e in reversed(case.past) if _led(e, t)), None)
        ),
    )
    return Listing("办理进度", columns, CASE_LEVELS)


def _led(event: Event, track: Track[CaseCircumstances]) -> bool:
    """Whether an event led its level into another state."""
    moved = event.target is not None and event.source != event.target
    return event.level == track.name and moved


def _members(case: Case) -> Listing[Member]:
    def membership(member: Member) -> MembershipStanding | None:
        found: Membership | None = case.memberships.get(member.serial)
        return found.standing if found else None

    def registration(member: Member) -> object:
        found = case.registrations.get(member.serial)
        return found.result if found else None

    columns: tuple[Column[Member], ...] = (
        Column("serial", "序号", lambda m: m.serial),
        Column("name", "姓名", lambda m: m.name),
        Column("relation", "与户主关系", lambda m: m.relation, title_of),
        Column(
            "resident_number", "公民身份号码", lambda m: mask_resident_number(m.resident_number)
        ),
        Column("hukou_kind", "原户口性质", lambda m: m.hukou_kind),
        Column("membership", "成员身份", membership, lambda s: s.label if s else ""),
        Column("registration", "户口登记", registration),
    )
    return Listing("成员", columns, [*case.members.values()])


def _parcels(case: Case) -> Listing[Parcel]:
    def confirmed(parcel: Parcel) -> object:
        right = case.land.get(parcel.serial)
        return right.confirmed_on if right else None

    columns: tuple[Column[Parcel], ...] = (
        Column("serial", "序号", lambda p: p.serial),
        Column("kind", "地类", lambda p: p.kind),
        Column("name", "名称", lambda p: p.name),
        Column("code", "编码", lambda p: p.code),
        Column("contract_area", "合同面积（亩）", lambda p: p.contract_area, _mu),
        Column("measured_area", "实测面积（亩）", lambda p: p.measured_area, _mu),
        Column("site_area", "面积（㎡）", lambda p: p.site_area, _square_metres),
        Column("confirmed_on", "确认日期", confirmed),
    )
    return Listing("土地", columns, [*case.parcels.values()])


def _shares(
    title: str, lots: Iterable[ShareLot], case: Case, programme: Programme
) -> Listing[ShareLot]:
    titles = {c.share_class: c.title for c in programme.share_classes.values()}
    columns: tuple[Column[ShareLot], ...] = (
        Column("member", "序号", lambda s: s.member),
        Column("name", "持有人", lambda s: case.people[s.member].name),
        Column("share_class", "股种", lambda s: s.share_class, lambda c: titles.get(c, c)),
        Column("units", "份额", lambda s: s.units),
    )
    return Listing(title, columns, [*lots])


def _benefits(case: Case) -> Listing[Benefit]:
    columns: tuple[Column[Benefit], ...] = (
        Column("item", "代码", lambda b: b.item),
        Column("title", "待遇", lambda b: b.title),
        Column("member", "对象", lambda b: b.member, lambda m: _whose(case, m)),
        Column("disposition", "处理", lambda b: b.disposition),
        Column("monthly", "月标准（元）", lambda b: b.monthly, _yuan),
        Column("yearly", "年标准（元）", lambda b: b.yearly, _yuan),
        Column("once", "一次性（元）", lambda b: b.once, _yuan),
        Column("since", "自", lambda b: b.since),
        Column("until", "至", _ends),
        Column("then", "其后", lambda b: b.then),
        Column("then_since", "其后自", lambda b: b.then_since),
        Column("illustrative", "示例", lambda b: b.illustrative, _example),
    )
    return Listing("过渡期待遇", columns, [*case.benefits.values()])


def _entitlements(case: Case) -> Listing[Entitlement]:
    columns: tuple[Column[Entitlement], ...] = (
        Column("item", "代码", lambda e: e.item),
        Column("side", "类别", lambda e: e.side, SIDES.__getitem__),
        Column("title", "权利", lambda e: e.title),
        Column("member", "对象", lambda e: e.member, lambda m: _whose(case, m)),
        Column("mode", "方式", lambda e: e.mode),
        Column("department", "部门", lambda e: e.department),
        Column("status", "进度", lambda e: e.status, ENTITLEMENTS.__getitem__),
        Column("receipt", "回执", lambda e: e.receipt),
    )
    return Listing("权利义务对接", columns, [*case.entitlements.values()])


def _notices(case: Case) -> Listing[Notice]:
    columns: tuple[Column[Notice], ...] = (
        Column("serial", "编号", lambda n: n.serial),
        Column("level", "事项", lambda n: n.level, LEVELS.__getitem__),
        Column("title", "公示", lambda n: n.title),
        Column("posted_on", "张贴", lambda n: n.posted_on),
        Column("last_day", "期满日", lambda n: n.last_day),
        Column("closed_on", "取证", lambda n: n.closed_on),
    )
    return Listing("公示", columns, [*case.notices.values()])


def _objections(case: Case) -> Listing[Objection]:
    columns: tuple[Column[Objection], ...] = (
        Column("serial", "编号", lambda o: o.serial),
        Column("level", "事项", lambda o: o.level, LEVELS.__getitem__),
        Column("raised_on", "提出日期", lambda o: o.raised_on),
        Column("subject", "内容", lambda o: o.subject),
        Column("state", "处理", lambda o: o.state),
        Column("settled_on", "办结日期", lambda o: o.settled_on),
    )
    return Listing("异议", columns, [*case.objections.values()])


def _papers(case: Case) -> Listing[Paper]:
    columns: tuple[Column[Paper], ...] = (
        Column("number", "编号", lambda p: p.number),
        Column("kind", "文书", lambda p: p.kind, lambda kind: kind_of(kind).title),
        Column("prepared_on", "日期", lambda p: p.prepared_on),
        Column("status", "状态", lambda p: p.status),
        Column("replaces", "取代", lambda p: p.replaces),
        Column("ended_on", "失效日", lambda p: p.ended_on),
        Column("end_reason", "失效原因", lambda p: p.end_reason),
        Column("returned_on", "缴销日", lambda p: p.returned_on),
    )
    return Listing("文书", columns, [*case.papers.values()])


def _printings(case: Case) -> Listing[Printing]:
    columns: tuple[Column[Printing], ...] = (
        Column("number", "编号", lambda p: p.number),
        Column("serial", "次", lambda p: p.serial),
        Column("printed_on", "日期", lambda p: p.printed_on),
        Column(
            "is_original",
            "原件或副本",
            lambda p: p.is_original,
            lambda it_is: "原件" if it_is else "副本",
        ),
        Column("copies", "份数", lambda p: p.copies),
        Column("booklet", "证书本", lambda p: p.booklet),
        Column("reason", "原因", lambda p: p.reason),
    )
    return Listing("打印", columns, [*case.printings.values()])


def _whose(case: Case, member: str) -> str:
    return case.people[member].name if member in case.people else "全户"


def _mu(area: int | None) -> str:
    return "" if area is None else format_mu(area)


def _square_metres(area: int | None) -> str:
    return "" if area is None else format_square_metres(area)


def _yuan(fen: int | None) -> str:
    return "" if fen is None else format_yuan(fen)


def _ends(benefit: Benefit) -> object:
    """When a benefit ends: a day, an event, or never; nothing more once it has."""
    if benefit.until or benefit.until_event:
        return benefit.until or benefit.until_event
    return "" if benefit.disposition is Disposition.ENDED else "终身"


def _example(illustrative: bool) -> str:
    return "示例" if illustrative else ""
