"""The staff of a programme 分工表: people, the posts they hold in a place, who stands in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Field, SQLModel

from conversion.domain.role import Actor, Role


class StaffMember(SQLModel):
    """A person who acts for a programme. Key: `account`.

    Attributes:
        resident_number: GB 11643, so that one person has one account; empty when not given.
        kin: numbers of households in which the person or a near relative is a member (回避).
    """

    account: str = Field(max_length=60, min_length=1)
    name: str = Field(max_length=100, min_length=1)
    resident_number: str = Field(default="", max_length=18)
    kin: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The row's key in its programme."""
        return self.account


class Post(SQLModel):
    """A role held by a person in a place from a day on. Key: `account/role/place`.

    Attributes:
        place: villagers' group it is limited to; empty for the whole village and above.
        department: for `Role.DEPARTMENT`, the department's Chinese name.
    """

    account: str = Field(max_length=60)
    role: Role
    place: str = Field(default="", max_length=40)
    department: str = Field(default="", max_length=60)
    since: date | None = None
    until: date | None = None

    @property
    def key(self) -> str:
        """The row's key in its programme."""
        return f"{self.account}/{self.role}/{self.place or self.department}"

    @property
    def label(self) -> str:
        """The post as people call it, with its department or its group."""
        return f"{self.department or self.place}{self.role.label}"

    def is_held_on(self, day: date) -> bool:
        """Whether the post is held on a day."""
        return (self.since or day) <= day <= (self.until or day)


class Substitution(SQLModel):
    """One person standing in for another for some days. Key: `serial`.

    Attributes:
        serial: `S01`; account: who stands in; principal: for whom.
        since, until: both days included.
        ended_on: the day from which it holds no longer, where it was ended before its time.
    """

    serial: str
    account: str = Field(max_length=60)
    principal: str = Field(max_length=60)
    since: date
    until: date
    ground: str = Field(default="", max_length=200)
    ended_on: date | None = None

    @property
    def key(self) -> str:
        """The row's key in its programme."""
        return self.serial

    def is_in_force_on(self, day: date) -> bool:
        """Whether the one may act for the other on a day."""
        ended = self.ended_on is not None and self.ended_on <= day
        return self.since <= day <= self.until and not ended


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffTable:
    """The people of a programme, their posts and their substitutions, whatever the day.

    Attributes:
        members: account → person; posts and substitutions by their keys.
    """

    members: Mapping[str, StaffMember]
    posts: Mapping[str, Post]
    substitutions: Mapping[str, Substitution]

    def renamed(self, department_now: Callable[[str], str]) -> "StaffTable":
        """The same people in the same posts, each department under the name it bears now."""
        posts = {
            key: post.model_copy(update={"department": department_now(post.department)})
            for key, post in self.posts.items()
        }
        return replace(self, posts=posts)

    def on(self, day: date) -> tuple[Actor, ...]:
        """Everybody, in the posts that are held on a day, by account; once for each department."""
        return tuple(actor for account in self.members for actor in self._own(account, day))

    def capacities(self, account: str, day: date) -> tuple[Actor, ...]:
        """As whom a person may act on a day: as oneself, then for each principal; none if unknown.

        Who has posts in several departments acts as one of them at a time. Who stands in holds the
        principal's posts and no others, so that the act says for whom.
        """
        if account not in self.members:
            return ()
        own = self._own(account, day)
        running = (s for s in self.substitutions.values() if s.is_in_force_on(day))
        principals = [s.principal for s in running if s.account == account]
        others = (actor for p in dict.fromkeys(principals) for actor in self._own(p, day))
        return (*own, *(_for(own[0], actor) for actor in others))

    def posts_of(self, account: str) -> tuple[Post, ...]:
        """All posts that a person holds, held or will hold."""
        return tuple(post for post in self.posts.values() if post.account == account)

    def _own(self, account: str, day: date) -> tuple[Actor, ...]:
        held = [post for post in self.posts_of(account) if post.is_held_on(day)]
        departments = dict.fromkeys(post.department for post in held if post.department)
        return tuple(_in(self.members[account], held, d) for d in departments or ("",))


def _in(member: StaffMember, held: Sequence[Post], department: str) -> Actor:
    """A person in all posts that are held, as one of the departments among them."""
    everywhere = {post.role for post in held if not post.place}
    return Actor(
        account=member.account,
        name=member.name,
        roles=tuple(dict.fromkeys(post.role for post in held)),
        department=department,
        kin=tuple(member.kin),
        places=tuple((post.role, post.place) for post in held if post.role not in everywhere),
        resident_numbers=(member.resident_number,) if member.resident_number else (),
    )


def _for(substitute: Actor, principal: Actor) -> Actor:
    """A person who acts for another: with the other's posts, and both persons' kin."""
    return replace(
        principal,
        account=substitute.account,
        name=f"{substitute.name}（代{principal.name}）",
        kin=(*substitute.kin, *principal.kin),
        resident_numbers=(*substitute.resident_numbers, *principal.resident_numbers),
        on_behalf=principal.account,
    )
