"""The conversion programme of one village 村, and the votes and the plan it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self

from sqlmodel import Field, SQLModel

from conversion.domain.booklet import BookletDelivery, SpoiledBooklet
from conversion.domain.collections import rows_of
from conversion.domain.event import Event
from conversion.domain.hold import Hold
from conversion.domain.ledger import DividendRun
from conversion.domain.meeting import Meeting
from conversion.domain.notice import Notice, Paper
from conversion.domain.paper_voiding import PaperVoiding
from conversion.domain.pin import Pin
from conversion.domain.printing import Printing
from conversion.domain.staff import Post, StaffMember, StaffTable, Substitution
from conversion.domain.standing import Change, Standing
from conversion.standards import fixed_point


class Village(SQLModel):
    """The village, the community it becomes, and its collective. One row, key `village`.

    Attributes:
        village_code, community_code: 12-digit codes before and after.
        collective_code: USCC of the collective economic organisation.
        issuing_office: heading of the papers.
        series_prefix: first words of paper numbers, e.g. `坪社`.
    """

    village_name: str = Field(max_length=60)
    village_code: str = Field(max_length=12)
    community_name: str = Field(max_length=60)
    community_code: str = Field(max_length=12)
    town_name: str = Field(max_length=60)
    street_name: str = Field(max_length=60)
    district_name: str = Field(max_length=60)
    city_name: str = Field(max_length=60)
    province_name: str = Field(max_length=60)
    police_station: str = Field(max_length=60)
    county_police: str = Field(max_length=60)
    registry_office: str = Field(max_length=60)
    collective_name: str = Field(max_length=100)
    collective_code: str = Field(max_length=18)
    collective_address: str = Field(max_length=200)
    collective_representative: str = Field(max_length=60)
    issuing_office: str = Field(max_length=100)
    window_address: str = Field(max_length=200)
    window_phone: str = Field(max_length=40)
    series_prefix: str = Field(max_length=10)
    pack: str = Field(max_length=60)

    @property
    def district(self) -> str:
        """Full name of the district: province, city, district."""
        return self.province_name + self.city_name + self.district_name

    @property
    def before(self) -> str:
        """Full name of the village as it was."""
        return self.district + self.town_name + self.village_name

    @property
    def after(self) -> str:
        """Full name of the community it becomes."""
        return self.district + self.street_name + self.community_name


class Vote(SQLModel):
    """表决: one vote of a body on one matter. Key: `serial`.

    Attributes:
        meeting: serial of the meeting that held it.
        matter: milestone it decides, e.g. `resolve`, `confirm_roll`, `adopt_share_plan`.
        body: body id of the pack, e.g. `villagers_meeting`.
        eligible: size of the set frozen on the notice date.
        present, proxies: attendance; proxies are counted in present.
        in_favour, against, abstained, invalid: ballots.
    """

    serial: str
    matter: str = Field(max_length=40)
    body: str = Field(max_length=40)
    held_on: date
    noticed_on: date
    eligible: int = Field(gt=0)
    present: int = Field(ge=0)
    proxies: int = Field(default=0, ge=0)
    in_favour: int = Field(ge=0)
    against: int = Field(ge=0)
    abstained: int = Field(ge=0)
    passed: bool = False
    meeting: str = Field(default="", max_length=10)
    invalid: int = Field(default=0, ge=0)

    @property
    def key(self) -> str:
        """The row's key in its programme."""
        return self.serial

    @property
    def ballots(self) -> int:
        """How many were handed in, whatever is on them."""
        return self.in_favour + self.against + self.abstained + self.invalid


class ShareClass(SQLModel):
    """One class of shares in the plan. Key: `share_class`.

    Attributes:
        share_class: id; `title`: Chinese name, e.g. 人口股; `place`: its place in the plan, from 1.
        units: total of the class, in the plan's smallest unit.
        weight_total: Σ of the members' weights at adoption, for the calculation sheet.
        reserved: of the units, what was kept back at adoption for people in dispute.
    """

    share_class: str = Field(max_length=40)
    title: str = Field(max_length=40)
    place: int = Field(default=1, ge=1)
    units: int = Field(ge=0)
    weight_total: int = Field(ge=0)
    reserved: int = Field(default=0, ge=0)

    @property
    def key(self) -> str:
        """The row's key in its programme."""
        return self.share_class


class SharePlan(SQLModel):
    """折股量化方案 as adopted. One row, key `plan`.

    Attributes:
        version: plan version, e.g. `2009-1`.
        scheme: id of the pack's plan that was voted on; empty in entries sealed before there were
            several, for the first. `title` as it was then.
        unit: name of its unit, of which the smallest is 10^-`decimals`.
        total_units: whole of the plan, in its smallest unit.
        collective_units: 集体股.
        reserved_units: kept for disputed or late confirmations.
        asset_value: 分, operating assets quantified.
        mode: `static` 静态 or `dynamic` 动态; review_years: 相对静态, 0 for never reviewed.
        allotment_sha256: of the canonical allotment table of all members.
    """

    version: str = Field(max_length=20)
    scheme: str = Field(default="", max_length=40)
    title: str = Field(default="", max_length=100)
    unit: str = Field(default="股", max_length=4)
    decimals: int = Field(default=0, ge=0)
    adopted_on: date
    base_date: date
    total_units: int = Field(gt=0)
    collective_units: int = Field(ge=0)
    reserved_units: int = Field(ge=0)
    asset_value: int = Field(ge=0)
    mode: str = Field(max_length=10)
    review_years: int = Field(default=0, ge=0)
    allotment_sha256: str = Field(max_length=64)

    def said(self, units: int) -> str:
        """An amount of its units as people read it, e.g. `33.34股`."""
        return self.figure(units) + self.unit

    def figure(self, units: int) -> str:
        """An amount of its units without their name, e.g. `33.34`."""
        return fixed_point.to_text(units, places=self.decimals)

    @property
    def management(self) -> str:
        """How it goes on after the base date, as papers say it."""
        if self.review_years:
            return f"相对静态管理，每{self.review_years}年重新审议一次"
        return {"static": "静态管理", "dynamic": "动态管理"}.get(self.mode, self.mode)


class BaseDate(SQLModel):
    """基准日: the day whose facts count. One row, key `base_date`."""

    day: date


MILESTONES = (
    "drafting",
    "proposed",
    "on_notice",
    "resolved",
    "dated",
    "approved",
    "founded",
    "accepted",
    "archived",
)
"""The programme's states in order; households ask for the milestone they need."""

ASSET_MILESTONES = ("open", "inventoried", "roll_confirmed", "plan_adopted")
"""The asset reform's states in order: beside the programme, which never waits for the shares."""

LINES: Mapping[str, tuple[str, ...]] = {"programme": MILESTONES, "assets": ASSET_MILESTONES}
"""Level of a programme's chain → its states in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Programme:
    """A village's programme as it stands: its milestones, votes, notices and plan.

    Attributes:
        positions: level → state, for the programme itself and the asset reform beside it.
    """

    code: str
    version: int
    positions: Mapping[str, str]
    village: Village
    base_date: date | None
    votes: Mapping[str, Vote]
    notices: Mapping[str, Notice]
    plan: SharePlan | None
    share_classes: Mapping[str, ShareClass]
    holds: Mapping[str, Hold]
    meetings: Mapping[str, Meeting]
    dividend_runs: Mapping[str, DividendRun]
    papers: Mapping[str, Paper]
    voidings: Mapping[str, PaperVoiding]
    printings: Mapping[str, Printing]
    booklets: Mapping[str, BookletDelivery]
    spoiled: Mapping[str, SpoiledBooklet]
    staff: Mapping[str, StaffMember]
    posts: Mapping[str, Post]
    substitutions: Mapping[str, Substitution]
    pins: Mapping[str, Pin]
    past: tuple[Event, ...]

    @classmethod
    def of(cls, code: str, version: int, standing: Standing, past: tuple[Event, ...]) -> Self:
        """The programme read from its standing."""
        base = rows_of(standing, "base_date", BaseDate).get("base_date")
        return cls(
            code=code,
            version=version,
            positions=dict(standing.positions),
            village=rows_of(standing, "village", Village)["village"],
            base_date=base.day if base else None,
            votes=rows_of(standing, "votes", Vote),
            notices=rows_of(standing, "notices", Notice),
            plan=rows_of(standing, "plan", SharePlan).get("plan"),
            share_classes=rows_of(standing, "share_classes", ShareClass),
            holds=rows_of(standing, "holds", Hold),
            meetings=rows_of(standing, "meetings", Meeting),
            dividend_runs=rows_of(standing, "dividend_runs", DividendRun),
            papers=rows_of(standing, "papers", Paper),
            voidings=rows_of(standing, "voidings", PaperVoiding),
            printings=rows_of(standing, "printings", Printing),
            booklets=rows_of(standing, "booklets", BookletDelivery),
            spoiled=rows_of(standing, "spoiled", SpoiledBooklet),
            staff=rows_of(standing, "staff", StaffMember),
            posts=rows_of(standing, "posts", Post),
            substitutions=rows_of(standing, "substitutions", Substitution),
            pins=rows_of(standing, "pins", Pin),
            past=past,
        )

    def after(
        self, event: Event, changes: tuple[Change, ...], moves: Mapping[str, str] | None = None
    ) -> "Programme":
        """The programme as it stands once an event, its changes and its moves are sealed."""
        positions = {**self.positions, **(moves or {})}
        if event.target is not None:
            positions[event.level] = event.target
        names = {change.collection for change in changes}
        rows: dict[str, Any] = {name: self._with(name, changes) for name in names}
        past = (*self.past, event)
        return replace(self, version=self.version + 1, positions=positions, past=past, **rows)

    def _with(self, name: str, changes: tuple[Change, ...]) -> Any:
        """One collection after the changes that touch it; or the one row of its kind."""
        model = PROGRAMME_COLLECTIONS[name]
        of_kind = {c.key: c.row for c in changes if c.collection == name}
        rows = {key: model.model_validate(row) for key, row in of_kind.items() if row is not None}
        if name in _SINGLE:
            (row,) = rows.values()
            return row.day if isinstance(row, BaseDate) else row
        kept = {key: row for key, row in getattr(self, name).items() if key not in of_kind}
        return dict(sorted({**kept, **rows}.items()))

    @property
    def state(self) -> str:
        """Where the programme itself stands."""
        return self.positions["programme"]

    @property
    def staff_table(self) -> StaffTable:
        """Its people with their posts and substitutions."""
        return StaffTable(members=self.staff, posts=self.posts, substitutions=self.substitutions)

    def has_reached(self, milestone: str) -> bool:
        """Whether the line that has the milestone stands at or past it."""
        level, line = next((at, line) for at, line in LINES.items() if milestone in line)
        return line.index(self.positions[level]) >= line.index(milestone)

    def reached_on(self, milestone: str) -> date | None:
        """The day on which a milestone was reached, None while it is not."""
        return next((e.day for e in reversed(self.past) if e.target == milestone), None)


_SINGLE = frozenset({"village", "base_date", "plan"})
"""Collections of one row, which nothing takes away."""

PROGRAMME_COLLECTIONS: Mapping[str, type[SQLModel]] = {
    "village": Village,
    "votes": Vote,
    "notices": Notice,
    "base_date": BaseDate,
    "plan": SharePlan,
    "share_classes": ShareClass,
    "holds": Hold,
    "meetings": Meeting,
    "dividend_runs": DividendRun,
    "papers": Paper,
    "voidings": PaperVoiding,
    "printings": Printing,
    "booklets": BookletDelivery,
    "spoiled": SpoiledBooklet,
    "staff": StaffMember,
    "posts": Post,
    "substitutions": Substitution,
    "pins": Pin,
}
"""Collection → the model of its rows, for a programme."""
