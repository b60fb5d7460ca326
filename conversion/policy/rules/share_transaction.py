"""Whether shares may move, or be pledged 股权变动的审查.

Who gives must hold the units free of any burden; who receives must be a member and stay under the
cap; a minor's shares move only for the minor's benefit (民法通则 18; 民法典 35). What is inherited
passes to whoever the heirs agree on, and a stranger to the collective has the income only.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from conversion.domain.balance import Balances
from conversion.domain.ledger import COMMUNAL, RESERVE, Leg, PostingKind
from conversion.domain.standing import Json
from conversion.policy.decision import Decision, FactUse, Formula, ParameterUse
from conversion.policy.holder_cap import PARAMETER, StatedCap, cap_on
from conversion.policy.judgement import Judgement, judged
from conversion.policy.pack import PackOnDay
from conversion.policy.parameter_shape import shaped

RULE = "share_transaction"
PERMITTED = "ledger.permitted"
MAJORITY = 18
_TO_MEMBERS = frozenset(
    {PostingKind.TRANSFER, PostingKind.GIFT, PostingKind.SPLIT, PostingKind.RELEASE}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A person as the rule sees one.

    Attributes:
        age: full years on the day; units: class → what is held; burdened: class → what of it a
            pledge or freeze holds fast.
    """

    age: int
    is_member: bool
    units: Mapping[str, int]
    burdened: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_minor(self) -> bool:
        """Whether somebody else has to act for the person."""
        return self.age < MAJORITY

    @property
    def total(self) -> int:
        """All units of all classes."""
        return sum(self.units.values())

    def free(self, share_class: str) -> int:
        """Units of a class that may move."""
        return self.units.get(share_class, 0) - self.burdened.get(share_class, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareTransaction:
    """What is to be booked, with everybody it touches.

    Attributes:
        holders: account → person; communal: what stands on the accounts that are nobody's.
        set_aside: class → units of the reserve that are kept for somebody else.
        minor_benefit: how it is for the benefit of the minor whose shares move.
        plan_units: the whole of the plan; own_cap: the cap on one member's holding that the plan
            has of its own.
    """

    kind: PostingKind
    legs: tuple[Leg, ...]
    holders: Mapping[str, Holder]
    communal: Balances
    plan_units: int
    own_cap: StatedCap | None = None
    minor_benefit: str = ""
    set_aside: Mapping[str, int] = field(default_factory=dict)


def may_be_booked(moved: ShareTransaction, pack: PackOnDay) -> Decision:
    """Whether a transaction may be booked, with every reason for and against."""
    permitted, cap = pack.use(PERMITTED), cap_on(moved.kind, moved.own_cap, pack)
    judgements = (
        _permitted(moved.kind.value, moved.kind.label, permitted),
        *_giving(moved),
        *_receiving(moved),
        *(_under_cap(moved, cap) if cap else ()),
    )
    stated = cap.use if cap else pack.use(PARAMETER)
    return judged(RULE, judgements, (permitted, stated), _facts(moved))


def over_cap(moved: ShareTransaction, pack: PackOnDay) -> tuple[str, ...]:
    """Whoever would hold more than the cap once the first allocation is put right, a sentence each.

    Nobody where the first allocation itself isn't capped.
    """
    cap = cap_on(PostingKind.ALLOCATION, moved.own_cap, pack)
    judgements = _under_cap(moved, cap) if cap else ()
    return tuple(judgement.sentence for judgement in judgements if not judgement.met)


def may_be_pledged(holder: Holder, units: Mapping[str, int], pack: PackOnDay) -> Decision:
    """Whether these units may be pledged: the charter allows it, they are free, an adult's own."""
    permitted = pack.use(PERMITTED)
    judgements = [_permitted("pledge", "质押", permitted)]
    judgements += (_is_free(holder, share_class, n, "本人") for share_class, n in units.items())
    if holder.is_minor:
        told = "未成年人的股份不得质押。"
        judgements.append(Judgement(key="minor/本人", title="未成年人", met=False, sentence=told))
    return judged("share_pledge", judgements, (permitted,), {"units": dict(units)})


def _permitted(kind: str, label: str, permitted: ParameterUse) -> Judgement:
    allowed = kind in shaped(permitted, tuple[str, ...])
    return Judgement(
        key=f"permitted/{kind}",
        title="章程是否准许",
        met=allowed,
        sentence=f"本社章程{'准许' if allowed else '不准许'}{label}。",
        rests_on=(permitted,),
    )


def _giving(moved: ShareTransaction) -> Iterator[Judgement]:
    for account, by_class in _sums(moved.legs, "source").items():
        giver = moved.holders.get(account)
        for share_class, units in by_class.items():
            if giver is None:
                yield _communal(moved, account, share_class, units)
            else:
                yield _is_free(giver, share_class, units, account)
        if giver:
            yield from _minors_interest(moved, giver, account)


def _communal(moved: ShareTransaction, account: str, share_class: str, units: int) -> Judgement:
    there = moved.communal.get(account, {}).get(share_class, 0)
    kept = moved.set_aside.get(share_class, 0) if account == RESERVE else 0
    told = f"，其中为争议成员预留{kept}股" if kept else ""
    title = COMMUNAL.get(account, account)
    return Judgement(
        key=f"free/{account}/{share_class}",
        title=f"{title}的余额",
        met=there - kept >= units,
        sentence=f"{title}余{there}股（{share_class}）{told}，拟出{units}股。",
        formula=_free_units(there, kept, units),
    )


def _is_free(giver: Holder, share_class: str, units: int, who: str) -> Judgement:
    held, burdened = giver.units.get(share_class, 0), giver.burdened.get(share_class, 0)
    told = f"{who}持有{share_class}{held}股，其中质押或冻结{burdened}股，拟动用{units}股"
    enough = giver.free(share_class) >= units
    return Judgement(
        key=f"free/{who}/{share_class}",
        title=f"{who}可以动用的股数",
        met=enough,
        sentence=f"{told}，{'足够' if enough else '不足'}。",
        formula=_free_units(held, burdened, units),
    )


def _free_units(held: int, bound: int, units: int) -> Formula:
    free = held - bound
    sign = "≥" if free >= units else "＜"
    return Formula(
        words="持有的 − 质押、冻结或预留的，与拟动用的相比",
        numbers=f"{held}股 − {bound}股 ＝ {free}股 {sign} {units}股",
    )


def _minors_interest(moved: ShareTransaction, giver: Holder, account: str) -> Iterator[Judgement]:
    """Nobody gives away what is a child's; it is sold or redeemed only for the child's good."""
    if not giver.is_minor or moved.kind not in {
        PostingKind.TRANSFER,
        PostingKind.GIFT,
        PostingKind.REDEMPTION,
    }:
        return
    given = moved.kind is PostingKind.GIFT
    reason = moved.minor_benefit or "没有说明"
    yield Judgement(
        key=f"minor/{account}",
        title="未成年人的利益",
        met=bool(moved.minor_benefit) and not given,
        sentence=f"{account}是未成年人，其股份不得赠与他人。"
        if given
        else f"{account}是未成年人，处分须为其利益：{reason}。",
        facts=(FactUse(name="age", title="周岁", value=giver.age),),
    )


def _receiving(moved: ShareTransaction) -> Iterator[Judgement]:
    for account in _sums(moved.legs, "target"):
        receiver = moved.holders.get(account)
        if receiver is None:
            continue
        key, title = f"receiver/{account}", "受让人的身份"
        if moved.kind is PostingKind.INHERITANCE and not receiver.is_member:
            told = f"{account}不是本社成员，继承后只享受收益，不参加表决。"
            yield Judgement(key=key, title=title, met=True, sentence=told)
        elif moved.kind in _TO_MEMBERS:
            told = f"受让人{account}{'是' if receiver.is_member else '不是'}本社成员。"
            yield Judgement(key=key, title=title, met=receiver.is_member, sentence=told)


def _under_cap(moved: ShareTransaction, stated: StatedCap) -> Iterator[Judgement]:
    given = _sums(moved.legs, "source")
    for account, by_class in _sums(moved.legs, "target").items():
        receiver = moved.holders.get(account)
        if receiver:
            gets, gives = sum(by_class.values()), sum(given.get(account, {}).values())
            after = receiver.total + gets - gives
            under = stated.cap.allows(after, moved.plan_units)
            word = "未超过" if under else "超过"
            yield Judgement(
                key=f"cap/{account}",
                title="个人持股上限",
                met=under,
                sentence=f"{account}变动后持有{after}股，{word}总股数{stated.cap}的上限。",
                formula=Formula(
                    words="原有的 ＋ 得到的 − 给出的",
                    numbers=f"{receiver.total}股 ＋ {gets}股 − {gives}股 ＝ {after}股",
                ),
                rests_on=(stated.use,),
            )


def _sums(legs: tuple[Leg, ...], side: str) -> dict[str, dict[str, int]]:
    found: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for leg in legs:
        found[getattr(leg, side)][leg.share_class] += leg.units
    return {account: dict(by_class) for account, by_class in found.items()}


def _facts(moved: ShareTransaction) -> dict[str, Json]:
    legs: list[Json] = [leg.model_dump() for leg in moved.legs]
    return {"kind": moved.kind.value, "legs": legs, "plan_units": moved.plan_units}
