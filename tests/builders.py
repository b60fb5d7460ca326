"""Builders of real domain objects with good defaults; a test says only what matters to it.

    a_case(at="approved", members=3, done=("land",))

is a household of three whose case is approved and whose land is registered. Everything else
(names, days, numbers) is true to life and always the same.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import count

from conversion.domain.case import TRACKS, Case
from conversion.domain.event import Event
from conversion.domain.household import DrawnBenefit, Household, HukouKind, Member
from conversion.domain.meeting import Meeting
from conversion.domain.notice import Countersignature, Notice, Objection, ObjectionState
from conversion.domain.parcel import Parcel, ParcelKind
from conversion.domain.programme import (
    ASSET_MILESTONES,
    MILESTONES,
    Programme,
    ShareClass,
    SharePlan,
    Village,
    Vote,
)
from conversion.domain.right import (
    Benefit,
    Disposition,
    Entitlement,
    EntitlementStatus,
    LandRight,
    Membership,
    MembershipStanding,
    Registration,
    RegistrationResult,
    ShareLot,
    Side,
)
from conversion.domain.role import Actor, Role
from conversion.domain.standing import Json
from conversion.policy.decision import Formula, TraceLine

FIRST_DAY = date(2009, 9, 1)
"""The day on which a case's first act is recorded; each later act follows a day later."""

BASE_DATE = date(2009, 6, 30)

VILLAGE_CODE = "520303105202"

CASE_STATES = (
    ("open", "draft", Role.VILLAGE),
    ("accept", "accepted", Role.VILLAGE),
    ("review", "reviewed", Role.VILLAGE),
    ("post", "on_notice", Role.VILLAGE),
    ("close_notice", "noticed", Role.VILLAGE),
    ("examine", "examined", Role.STREET),
    ("countersign", "countersigned", Role.DEPARTMENT),
    ("approve", "approved", Role.DISTRICT),
    ("close", "closed", Role.TASK_FORCE),
)
"""The case's normal way: act, the state it leads to, who does it."""

TRACK_STATES: Mapping[str, tuple[tuple[str, str, Role], ...]] = {
    "hukou": (
        ("file", "filed", Role.TASK_FORCE),
        ("check", "checked", Role.POLICE_STATION),
        ("approve", "approved", Role.COUNTY_POLICE),
        ("register", "registered", Role.POLICE_STATION),
    ),
    "shares": (
        ("propose_members", "members_proposed", Role.COLLECTIVE),
        ("post_members", "members_on_notice", Role.COLLECTIVE),
        ("confirm_members", "members_confirmed", Role.SUPERVISORS),
        ("allocate", "allocated", Role.COLLECTIVE),
        ("post_shares", "shares_on_notice", Role.COLLECTIVE),
        ("book", "booked", Role.SUPERVISORS),
    ),
    "land": (
        ("survey", "surveyed", Role.SURVEYOR),
        ("sign_boundaries", "signed", Role.SURVEYOR),
        ("post", "on_notice", Role.VILLAGE),
        ("confirm", "confirmed", Role.STREET),
        ("register", "registered", Role.REGISTRY),
    ),
    "benefits": (
        ("assess", "assessed", Role.TASK_FORCE),
        ("explain", "explained", Role.VILLAGE),
        ("start", "in_force", Role.DISTRICT),
    ),
    "entitlements": (
        ("map", "mapped", Role.TASK_FORCE),
        ("dispatch", "dispatched", Role.TASK_FORCE),
        ("acknowledge", "acknowledged", Role.DEPARTMENT),
        ("settle", "settled", Role.DEPARTMENT),
    ),
}
"""Each track's normal way, as far as its paper needs it."""

ON_THE_WAY = (
    "departed",
    "reserved",
    "representations",
    "declarations",
    "papers",
    "losses",
    "voidings",
    "printings",
    "objections",
    "holds",
    "overrides",
    "changes",
    "transactions",
    "postings",
    "encumbrances",
    "dividends",
    "reminders",
    "pins",
)
"""Collections that are empty in a case on its normal way."""

BESIDE_THE_PROGRAMME = (
    "holds",
    "meetings",
    "dividend_runs",
    "papers",
    "voidings",
    "printings",
    "booklets",
    "spoiled",
    "staff",
    "posts",
    "substitutions",
    "pins",
)

_STAFF = {
    Role.VILLAGE: "罗世海",
    Role.STREET: "王志远",
    Role.DEPARTMENT: "陈国栋",
    Role.DISTRICT: "李文华",
    Role.TASK_FORCE: "周晓梅",
    Role.COLLECTIVE: "张德贵",
    Role.SUPERVISORS: "何永清",
    Role.POLICE_STATION: "刘建军",
    Role.COUNTY_POLICE: "赵明",
    Role.SURVEYOR: "冯开勇",
    Role.REGISTRY: "孙立新",
}

_FAMILY = (
    ("张德明", "02", "1", date(1958, 3, 12)),
    ("罗玉珍", "12", "2", date(1960, 11, 4)),
    ("张永强", "22", "1", date(1983, 7, 21)),
    ("陈小燕", "38", "2", date(1985, 2, 9)),
    ("张浩然", "41", "1", date(2008, 5, 30)),
    ("张永芳", "32", "2", date(1987, 9, 15)),
    ("张正国", "51", "1", date(1931, 1, 8)),
    ("王素芬", "52", "2", date(1934, 12, 25)),
    ("张永刚", "23", "1", date(1990, 4, 17)),
    ("张雨桐", "42", "2", date(2009, 3, 3)),
    ("张德才", "73", "1", date(1965, 8, 19)),
    ("张秀兰", "77", "2", date(1968, 10, 1)),
)


def a_resident_number(birth_date: date, sex: str = "1", serial: int = 1) -> str:
    """A number of Huichuan district with its check character (GB 11643)."""
    body = f"520303{birth_date:%Y%m%d}{serial * 2 + (1 if sex == '1' else 0):03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


def a_member(
    serial: str = "01",
    name: str = "张德明",
    relation: str = "02",
    sex: str = "1",
    birth_date: date = date(1958, 3, 12),
    **others: object,
) -> Member:
    """A person; the head of the household unless said otherwise."""
    fields: dict[str, object] = {
        "resident_number": a_resident_number(birth_date, sex, int(serial)),
        "farming_months": 240,
        "phone": "13885201234" if relation == "02" else "",
    }
    return Member.model_validate(
        fields
        | {"serial": serial, "name": name, "relation": relation, "sex": sex}
        | {"birth_date": birth_date}
        | others
    )


def members_of(size: int) -> tuple[Member, ...]:
    """A family of a given size, the head first; from thirteen on the names repeat."""
    return tuple(a_member(f"{place:02d}", *_relative(place)) for place in range(1, size + 1))


def _relative(place: int) -> tuple[str, str, str, date]:
    name, relation, sex, birth_date = _FAMILY[(place - 1) % len(_FAMILY)]
    return name, "97" if place > len(_FAMILY) else relation, sex, birth_date


def a_household(number: str = "0012", **others: object) -> Household:
    """A household of the sixth group."""
    fields: dict[str, object] = {
        "number": number,
        "group": "六组",
        "address": "贵州省遵义市汇川区高坪镇大坪村六组12号",
        "phone": "13885201234",
    }
    return Household.model_validate(fields | others)


def a_parcel(serial: str = "P01", kind: str = "contracted", **others: object) -> Parcel:
    """A contracted field of 3.25 亩, or a site of 120 m²."""
    place = int(serial[1:])
    building = kind in {"homestead", "construction"}
    fields: dict[str, object] = {
        "serial": serial,
        "kind": kind,
        "code": f"{VILLAGE_CODE}00{place:05d}",
        "name": "老屋宅基" if building else "水井湾",
        "contract_area": None if building else 32_500,
        "measured_area": None if building else 33_127,
        "site_area": 12_000 if building else None,
        "east": "罗世海承包地",
        "south": "村道",
        "west": "高坪河",
        "north": "张德才承包地",
        "contract_number": f"{VILLAGE_CODE}000012J",
        "certificate_number": f"{VILLAGE_CODE}000012J",
        "acquisition": "家庭承包",
    }
    return Parcel.model_validate(fields | others)


def parcels_of(size: int) -> tuple[Parcel, ...]:
    """Fields, and one homestead at the end."""
    kinds = ["contracted"] * (size - 1) + ["homestead"]
    return tuple(a_parcel(f"P{n:02d}", kind) for n, kind in enumerate(kinds[:size], start=1))


def a_village(**others: object) -> Village:
    """大坪村 of 高坪镇, which becomes a community of 高坪街道."""
    fields: dict[str, object] = {
        "village_name": "大坪村",
        "village_code": VILLAGE_CODE,
        "community_name": "大坪社区",
        "community_code": "520303105012",
        "town_name": "高坪镇",
        "street_name": "高坪街道",
        "district_name": "汇川区",
        "city_name": "遵义市",
        "province_name": "贵州省",
        "police_station": "高坪派出所",
        "county_police": "遵义市公安局汇川分局",
        "registry_office": "汇川区不动产登记中心",
        "collective_name": "遵义市汇川区高坪街道大坪股份经济合作社",
        "collective_code": "N2520303MF0001235A",
        "collective_address": "遵义市汇川区高坪街道大坪社区综合楼",
        "collective_representative": "张德贵",
        "issuing_office": "汇川区村改社区工作专班",
        "window_address": "高坪街道便民服务中心3号窗口",
        "window_phone": "0851-28620000",
        "series_prefix": "坪社",
        "pack": "huichuan-2009",
    }
    return Village.model_validate(fields | others)


def a_vote(serial: str = "V01", matter: str = "resolve", **others: object) -> Vote:
    """A villagers' meeting that passed its matter."""
    fields: dict[str, object] = {
        "body": "villagers_meeting",
        "held_on": date(2009, 5, 20),
        "noticed_on": date(2009, 5, 5),
        "eligible": 860,
        "present": 702,
        "proxies": 41,
        "in_favour": 655,
        "against": 30,
        "abstained": 17,
        "passed": True,
    }
    return Vote.model_validate(fields | {"serial": serial, "matter": matter} | others)


def a_meeting(serial: str = "M01", **others: object) -> Meeting:
    """A villagers' meeting of ninety out of a hundred, called and held."""
    fields: dict[str, object] = {
        "body": "villagers_meeting",
        "matters": ("resolve", "confirm_roll", "adopt_share_plan"),
        "noticed_on": date(2009, 5, 5),
        "planned_on": date(2009, 5, 20),
        "place": "村小学操场",
        "eligible": 100,
        "eligible_sha256": "ab" * 32,
        "held_on": date(2009, 5, 20),
        "present": 90,
        "proxies": 0,
        "attendance_sha256": "cd" * 32,
    }
    return Meeting.model_validate(fields | {"serial": serial} | others)


def a_plan(**others: object) -> SharePlan:
    """A static plan of one million units."""
    fields: dict[str, object] = {
        "version": "2009-1",
        "adopted_on": date(2009, 8, 18),
        "base_date": BASE_DATE,
        "total_units": 1_000_000,
        "collective_units": 200_000,
        "reserved_units": 10_000,
        "asset_value": 1_862_450_000,
        "mode": "static",
        "allotment_sha256": "ab" * 32,
    }
    return SharePlan.model_validate(fields | others)


def a_programme(at: str = "approved", *, assets: str = "", **others: object) -> Programme:
    """The village's programme at a milestone, with everything decided on the way there.

    Neither line waits for the other; unless told, the assets stand still up to the base date and
    are settled from the approval on.
    """
    positions = _village_positions(at, assets)
    reached = [
        *MILESTONES[: MILESTONES.index(positions["programme"]) + 1],
        *ASSET_MILESTONES[1 : ASSET_MILESTONES.index(positions["assets"]) + 1],
    ]
    planned = "plan_adopted" in reached
    classes = (
        ShareClass(share_class="population", title="人口股", units=553_000, weight_total=2_310),
        ShareClass(share_class="farming", title="农龄股", units=237_000, weight_total=514_800),
    )
    votes = (("resolve", "resolved"), ("confirm_roll", "roll_confirmed"))
    fields: dict[str, object] = {
        "code": VILLAGE_CODE,
        "version": len(reached),
        "positions": positions,
        "village": a_village(),
        "base_date": BASE_DATE if "dated" in reached else None,
        "votes": {
            f"V{n:02d}": a_vote(f"V{n:02d}", matter)
            for n, (matter, milestone) in enumerate(votes, start=1)
            if milestone in reached
        },
        "notices": {},
        "plan": a_plan() if planned else None,
        "share_classes": {c.share_class: c for c in classes} if planned else {},
        **{name: {} for name in BESIDE_THE_PROGRAMME},
        "past": tuple(_programme_events(reached)),
    }
    return Programme(**(fields | others))  # type: ignore[arg-type]  # a builder's free keywords


def _village_positions(at: str, assets: str) -> dict[str, str]:
    if at in ASSET_MILESTONES:
        return {"programme": "dated", "assets": at}
    settled = MILESTONES.index(at) >= MILESTONES.index("approved")
    return {"programme": at, "assets": assets or ASSET_MILESTONES[-1 if settled else 0]}


def _programme_events(reached: Sequence[str]) -> Iterator[Event]:
    for seq, state in enumerate(reached, start=1):
        yield an_event(
            "assets" if state in ASSET_MILESTONES else "programme",
            state,
            seq=seq,
            day=date(2009, 1, 5) + timedelta(days=20 * seq),
            source=reached[seq - 2] if seq > 1 else None,
            target=state,
            role=Role.DISTRICT if state in {"approved", "accepted"} else Role.VILLAGE,
        )


def an_actor(role: Role = Role.VILLAGE, **others: object) -> Actor:
    """One of the office's people."""
    fields: dict[str, object] = {
        "account": role.value,
        "name": _STAFF.get(role, "张德明"),
        "roles": (role,),
    }
    return Actor(**(fields | others))  # type: ignore[arg-type]  # a builder's free keywords


def an_event(
    level: str = "case",
    event: str = "accept",
    *,
    seq: int = 1,
    day: date = FIRST_DAY,
    source: str | None = None,
    target: str | None = None,
    role: Role = Role.VILLAGE,
    form: Mapping[str, Json] | None = None,
    decision: Json = None,
) -> Event:
    """One act of somebody in a role, recorded in the morning of its day."""
    actor = an_actor(role)
    return Event(
        seq=seq,
        at=datetime.combine(day, time(2, 30), UTC),
        day=day,
        actor=actor.account,
        actor_name=actor.name,
        roles=actor.roles,
        level=level,
        event=event,
        source=source,
        target=target,
        form=form or {},
        decision=decision,
    )


def a_case(
    at: str = "approved",
    members: int | Sequence[Member] = 3,
    parcels: int | Sequence[Parcel] = 2,
    done: Collection[str] = (),
    **others: object,
) -> Case:
    """A household's case at a state of its own level.

    Args:
        at: the case's state on the normal way, `draft` to `closed`.
        members: how many, or who.
        parcels: how many, or which.
        done: tracks that have gone their way, with the rows and acts that belong to it.
        others: whole fields to put in place of the default, e.g. `objections={…}`.
    """
    people = members_of(members) if isinstance(members, int) else tuple(members)
    land = parcels_of(parcels) if isinstance(parcels, int) else tuple(parcels)
    past = tuple(_case_events(at, [t for t in TRACKS if t in done], people))
    household = a_household()
    fields: dict[str, object] = {
        "number": f"{VILLAGE_CODE}-{household.number}",
        "programme": VILLAGE_CODE,
        "version": len(past),
        "positions": {"case": at}
        | {track: TRACK_STATES[track][-1][1] if track in done else "open" for track in TRACKS},
        "household": household,
        "members": {m.serial: m for m in people},
        "drawn": {},
        "parcels": {p.serial: p for p in land},
        **{name: {} for name in ON_THE_WAY},
        "notices": dict(_notices(past)),
        "countersignatures": _countersignatures(past),
        "past": past,
    }
    return Case(**(fields | _track_rows(people, land, done) | others))  # type: ignore[arg-type]


def an_objection(serial: str = "O01", **others: object) -> Objection:
    """An objection to a boundary, dismissed after a visit to the field."""
    fields: dict[str, object] = {
        "level": "case",
        "raised_on": date(2009, 9, 6),
        "raised_by": "何永清",
        "subject": "该户承包地东至界线应以石坎为准",
        "state": ObjectionState.DISMISSED,
        "settled_on": date(2009, 9, 10),
        "reply": "经实地核对，原界线与合同一致",
    }
    return Objection.model_validate(fields | {"serial": serial} | others)


def a_drawn_benefit(serial: str = "B01", **others: object) -> DrawnBenefit:
    """A benefit as the roster lists it."""
    fields: dict[str, object] = {"member": "01", "item": "农村低保", "monthly": 12_000}
    return DrawnBenefit.model_validate(fields | {"serial": serial} | others)


def a_benefit(item: str = "village_welfare", member: str = "", **others: object) -> Benefit:
    """A village welfare kept for three years."""
    fields: dict[str, object] = {
        "title": "村级水电补贴",
        "disposition": Disposition.KEPT,
        "monthly": 2_000,
        "since": date(2009, 9, 8),
        "until": date(2012, 9, 8),
        "then": "按社区居民标准自行缴费",
        "basis": "大坪村村民会议决议（2009年5月20日）",
        "reason": "村民会议决定转居后保留三年",
        "illustrative": True,
        "window": "大坪社区服务站",
    }
    return Benefit.model_validate(fields | {"item": item, "member": member} | others)


def an_entitlement(
    item: str = "home_care", side: Side = Side.GAINED, member: str = "", **others: object
) -> Entitlement:
    """A line of the statement, settled with its department."""
    fields: dict[str, object] = {
        "title": "居家养老服务",
        "category": "居家养老",
        "basis": "《中华人民共和国老年人权益保障法》第三十七条",
        "since": date(2009, 9, 8),
        "reason": "年满六十周岁的社区居民可以申请",
        "duty": "如实申报身体和家庭情况",
        "department": "汇川区民政局",
        "window": "高坪街道便民服务中心3号窗口",
        "status": EntitlementStatus.SETTLED,
        "receipt": "民回〔2009〕12号",
    }
    return Entitlement.model_validate(
        fields | {"item": item, "side": side, "member": member} | others
    )


def _case_events(at: str, done: Iterable[str], people: Sequence[Member]) -> Iterator[Event]:
    numbers = count(1)
    states = [state for _, state, _ in CASE_STATES]
    yield from _events("case", CASE_STATES[: states.index(at) + 1], numbers, people)
    for track in done:
        yield from _events(track, TRACK_STATES[track], numbers, people, source="open")


def _events(
    level: str,
    steps: Iterable[tuple[str, str, Role]],
    numbers: "count[int]",
    people: Sequence[Member],
    source: str | None = None,
) -> Iterator[Event]:
    for event, target, role in steps:
        seq = next(numbers)
        yield an_event(
            level,
            event,
            seq=seq,
            day=FIRST_DAY + timedelta(days=seq - 1),
            source=source,
            target=target,
            role=role,
            form=_form(level, event),
            decision=_decision(f"{level}.{event}", people),
        )
        source = target


def _form(level: str, event: str) -> dict[str, Json]:
    forms: dict[str, dict[str, Json]] = {
        "case.review": {"opinion": "经核对户籍和土地底册，情况属实，同意上报。"},
        "case.examine": {"opinion": "材料齐全，公示期满无异议，同意上报区人民政府审批。"},
        "case.approve": {
            "opinion": "同意该户转为城镇居民。",
            "decision_number": "汇府批〔2009〕36号",
        },
        "hukou.register": {"receipt": "汇公户〔2009〕0347号", "registered_on": "2009-09-13"},
    }
    return forms.get(f"{level}.{event}", {})


def _decision(act: str, people: Sequence[Member]) -> Json:
    if act == "shares.allocate":
        return _allocation(people)
    return _mapping() if act == "entitlements.map" else None


def _mapping() -> Json:
    """The trace of a mapping: the remedies in the words of the pack."""
    told = (
        "不服决定的，可以自知道之日起六十日内申请行政复议，也可以自知道之日起三个月内提起行政诉讼。"
    )
    return {"rule": "entitlement", "parameters": [{"name": "remedies", "value": told}]}


def _allocation(people: Sequence[Member]) -> Json:
    """The trace of a share decision, in the form of `conversion.policy.decision`."""
    months = sum(m.farming_months for m in people)
    return {
        "rule": "share_allocation",
        "granted": True,
        "reasons": [
            f"人口股：本户{len(people)}人，每人239份，合计{239 * len(people)}份",
            f"农龄股：本户农龄{months}个月，237000份×{months}÷514800，最大余额法取整",
        ],
        "references": [
            {"title": "大坪村股份量化方案", "article": "第七条", "href": ""},
        ],
        "facts": {"members": len(people), "farming_months": months},
        "parameters": [],
        "lines": [line.trace() for line in _calculation(people)],
    }


def _calculation(people: Sequence[Member]) -> Iterator[TraceLine]:
    """A line for each lot of these people, for each person, and for all of them."""
    for member in people:
        yield TraceLine(
            key=f"{member.serial}/population",
            title="人口股",
            result="239股",
            because=("每人一样，权重1。",),
            formula=Formula(
                words="权重 × 本股种全村股数 ÷ 全村权重合计，除不尽的按最大余数法取整",
                numbers="1 × 553000 ÷ 2310 ＝ 239 余 910，得239股",
            ),
        )
        yield TraceLine(key=f"{member.serial}/", title="个人合计", result="239股")
    whole = f"{239 * len(people)}股"
    yield TraceLine(
        key="total/",
        title="全户合计",
        result=whole,
        because=(f"占方案总数1000000股的{239 * len(people) / 10_000:.4f}%。",),
        formula=Formula(words="各股种相加", numbers=f"人口股{whole} ＝ {whole}"),
    )


def _notices(past: Sequence[Event]) -> Iterator[tuple[str, Notice]]:
    titles = {
        "case.post": "村改社区转居户公示",
        "shares.post_shares": "股份量化结果公示",
        "land.post": "土地权属调查结果公示",
    }
    posted = [e for e in past if e.act in titles]
    for n, event in enumerate(posted, start=1):
        yield (
            f"N{n:02d}",
            Notice(
                serial=f"N{n:02d}",
                level=event.level,
                kind="household" if event.level == "case" else event.level,
                title=titles[event.act],
                posted_on=event.day,
                last_day=event.day + timedelta(days=7),
                days=7,
                working_days=False,
                place="大坪村公示栏",
                closed_on=event.day + timedelta(days=8),
            ),
        )


def _countersignatures(past: Sequence[Event]) -> dict[str, Countersignature]:
    days = [e.day for e in past if e.act == "case.countersign"]
    departments = {
        "汇川区农业农村局": "承包土地情况属实，同意。",
        "汇川区自然资源局": "宅基地权属清楚，同意。",
        "汇川区民政局": "社会救助待遇衔接无误，同意。",
        "汇川区人力资源和社会保障局": "参保情况已核，同意。",
    }
    return {
        department: Countersignature(
            department=department, signed_on=day, signed_by="陈国栋", opinion=opinion
        )
        for day in days
        for department, opinion in departments.items()
    }


def _track_rows(
    people: Sequence[Member], land: Sequence[Parcel], done: Collection[str]
) -> dict[str, object]:
    rows = {
        "memberships": ("shares", _memberships(people)),
        "registrations": ("hukou", _registrations(people)),
        "shares": ("shares", _lots(people)),
        "land": ("land", _land_rights(people, land)),
        "benefits": ("benefits", _benefits()),
        "entitlements": ("entitlements", _entitlements()),
    }
    return {name: row if track in done else {} for name, (track, row) in rows.items()}


def _memberships(people: Sequence[Member]) -> dict[str, Membership]:
    return {
        m.serial: Membership(
            member=m.serial,
            standing=MembershipStanding.CONFIRMED,
            grounds=("birth",),
            reason="户籍在本村并以承包地为基本生活保障",
        )
        for m in people
    }


def _registrations(people: Sequence[Member]) -> dict[str, Registration]:
    return {m.serial: _registration(m) for m in people}


def _registration(member: Member) -> Registration:
    if member.hukou_kind is not HukouKind.AGRICULTURAL:
        return Registration(
            member=member.serial,
            result=RegistrationResult.NOT_REQUIRED,
            before="非农业户口",
            after="非农业户口",
            reason="登记前已是非农业户口",
        )
    return Registration(
        member=member.serial,
        result=RegistrationResult.REGISTERED,
        day=date(2009, 9, 13),
        receipt="汇公户〔2009〕0347号",
        before="农业户口",
        after="居民户口",
    )


def _lots(people: Sequence[Member]) -> dict[str, ShareLot]:
    lots = [
        ShareLot(member=m.serial, share_class=share_class, units=units)
        for m in people
        for share_class, units in (("population", 239), ("farming", m.farming_months * 46 // 100))
    ]
    return {lot.key: lot for lot in lots}


def _land_rights(people: Sequence[Member], land: Sequence[Parcel]) -> dict[str, LandRight]:
    return {
        p.serial: LandRight(
            parcel=p.serial,
            right=ParcelKind(p.kind).right,
            area=p.site_area or p.measured_area or p.contract_area or 0,
            holders=tuple(m.serial for m in people),
            surveyed_on=date(2009, 9, 15),
            confirmed_on=date(2009, 9, 26),
            registration=f"黔（2009）汇川区不动产权第{int(p.serial[1:]):07d}号",
            registered_on=date(2009, 10, 9),
        )
        for p in land
    }


def _benefits() -> dict[str, Benefit]:
    rows = (a_benefit(), a_benefit("funeral", title="丧葬旧俗过渡", monthly=None))
    return {row.key: row for row in rows}


def _entitlements() -> dict[str, Entitlement]:
    kept = Side.KEPT
    land = {"department": "汇川区农业农村局", "window": "高坪街道农业服务中心"}
    rows = (
        an_entitlement(
            "contracted_land",
            kept,
            title="土地承包经营权",
            category="土地权益",
            basis="《中华人民共和国农村土地承包法》第二十七条",
            since=date(1999, 1, 1),
            until_event="承包期满或者土地被征收",
            reason="转居不收回承包地，承包期内权利不变",
            duty="保护耕地，不得撂荒或者改变农业用途",
            **land,
        ),
        an_entitlement(
            "family_planning",
            kept,
            title="农村计划生育家庭奖励扶助",
            category="计划生育",
            basis="《中华人民共和国人口与计划生育法》第二十七条",
            until_event="终身",
            reason="转居前已享受的继续享受",
            duty="每年参加一次资格年审",
            department="汇川区卫生健康局",
        ),
        an_entitlement(),
        an_entitlement(
            "medical",
            title="城镇居民基本医疗保险",
            category="医疗卫生",
            basis="国发〔2007〕20号",
            since=date(2010, 1, 1),
            reason="新型农村合作医疗保到本年末，次年1月1日起转入，不重保、不断保",
            duty="按年缴纳个人部分保险费",
            department="汇川区医疗保障局",
            illustrative=True,
        ),
        an_entitlement(
            "school",
            title="子女按社区学区入学",
            category="子女入学",
            basis="《中华人民共和国义务教育法》第十二条",
            since=date(2010, 9, 1),
            reason="下一学年起按社区学区入学，在读的可以读完本学段",
            duty="送适龄子女接受义务教育",
            department="汇川区教育局",
        ),
    )
    return {row.key: row for row in rows}
