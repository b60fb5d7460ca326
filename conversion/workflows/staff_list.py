"""The staff list 分工表: people and the posts they are to hold, as a task force writes it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from conversion.domain.collections import put
from conversion.domain.role import SYSTEM, Role
from conversion.domain.staff import Post, StaffMember, StaffTable
from conversion.domain.standing import Change
from conversion.policy.pack import PackOnDay
from conversion.standards import resident_number


class Appointee(BaseModel):
    """One person of the staff list 分工表, with the posts to hold.

    Attributes:
        place: villagers' group to which the posts are limited; `department` is for departments'
            posts alone.
        since, until: first and last day of the posts; from the day of the act when not given.
        resident_number, kin: what is left out stays as it is known.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    account: str = Field(min_length=1, max_length=60)
    name: str = Field(min_length=1, max_length=100)
    roles: tuple[Role, ...] = Field(min_length=1)
    department: str = Field(default="", max_length=60)
    place: str = Field(default="", max_length=40)
    since: date | None = None
    until: date | None = None
    resident_number: str = Field(default="", max_length=18)
    kin: tuple[str, ...] | None = None

    def member(self, known: StaffMember | None = None) -> StaffMember:
        """The person's row; what the list leaves out stays as it is known."""
        return StaffMember(
            account=self.account,
            name=self.name,
            resident_number=self.resident_number or (known.resident_number if known else ""),
            kin=(known.kin if known else ()) if self.kin is None else self.kin,
        )

    def posts(self, day: date) -> tuple[Post, ...]:
        """A post for each role, from its day on or from this one."""
        return tuple(
            Post(
                account=self.account,
                role=role,
                place="" if role is Role.DEPARTMENT else self.place,
                department=self.department if role is Role.DEPARTMENT else "",
                since=self.since or day,
                until=self.until,
            )
            for role in self.roles
        )


def staff_changes(people: Iterable[Appointee], known: StaffTable, day: date) -> Iterator[Change]:
    """The rows of a staff list; a post that is held goes on from when it began."""
    for person in people:
        yield put("staff", person.account, person.member(known.members.get(person.account)))
        for post in person.posts(day):
            held = known.posts.get(post.key)
            goes_on = held is not None and held.is_held_on(day) and person.since is None
            row = post.model_copy(update={"since": held.since}) if held and goes_on else post
            yield put("posts", row.key, row)


def table_of(people: Iterable[Appointee], day: date) -> StaffTable:
    """The staff table that a first list makes."""
    listed = tuple(people)
    posts = (post for person in listed for post in person.posts(day))
    return StaffTable(
        members={person.account: person.member() for person in listed},
        posts={post.key: post for post in posts},
        substitutions={},
    )


# --- what a list may not say ----------------------------------------------------------------------


def list_faults(people: Iterable[Appointee], known: StaffTable, pack: PackOnDay) -> Iterator[str]:
    """What is wrong with a staff list, for founding a programme and for each appointment after."""
    listed = tuple(people)
    yield from _twofold(listed, known)
    yield from _numbers_wrong(listed, pack.day)
    for person in listed:
        if Role.DEPARTMENT in person.roles and not _is_department(person, pack):
            own = person.department or "未写部门"
            yield f"{person.name}的部门（{own}）不是政策包所列的部门"
        if person.account == SYSTEM.account or Role.SYSTEM in person.roles:
            yield f"账号 {SYSTEM.account} 和岗位“{Role.SYSTEM.label}”只属于系统自己"
        if person.since and person.until and person.until < person.since:
            yield f"{person.name}的任期止于开始之前"


def _is_department(person: Appointee, pack: PackOnDay) -> bool:
    """Whether the pack that decides on the first day of the post has such a department."""
    first = pack.on(max(person.since or pack.day, pack.day))
    return first.department_now(person.department) in first.departments


def _twofold(listed: tuple[Appointee, ...], known: StaffTable) -> Iterator[str]:
    """One account listed twice, and one person with two accounts."""
    for account, times in Counter(person.account for person in listed).items():
        if times > 1:
            yield f"账号 {account} 列了 {times} 次"
    holders = {m.resident_number: m for m in known.members.values() if m.resident_number}
    for person in listed:
        if not person.resident_number:
            continue
        holder = holders.setdefault(person.resident_number, person.member())
        if holder.account != person.account:
            yield f"账号 {person.account} 与账号 {holder.account}（{holder.name}）是同一个人"


def _numbers_wrong(listed: tuple[Appointee, ...], day: date) -> Iterator[str]:
    for person in listed:
        faults = resident_number.check(person.resident_number, today=day)
        if person.resident_number and any(fault.is_error for fault in faults):
            yield f"{person.name}的身份号码校验不符"
