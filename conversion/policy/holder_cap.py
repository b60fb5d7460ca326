"""The most that one member may hold 个人持股上限, of all that a plan makes.

A plan may have a cap of its own, which the village votes on with it; the pack's serves whatever
that one doesn't bind. Either says itself whether it binds the first allocation, what a member
takes by choice afterwards, or both, and the two rules ask here alike.
"""

from dataclasses import dataclass

from conversion.domain.ledger import PostingKind
from conversion.policy.decision import ParameterUse
from conversion.policy.pack import PackOnDay
from conversion.policy.parameter_shape import HolderCap, shaped
from conversion.policy.share_scheme import ShareScheme

PARAMETER = "ledger.holder_cap"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedCap:
    """A cap with the place that states it."""

    cap: HolderCap
    use: ParameterUse

    def binds(self, kind: PostingKind) -> bool:
        """Whether postings of this kind may not exceed it."""
        return kind.value in self.cap.applies_to


def own_cap(plan: ShareScheme, pack: PackOnDay) -> StatedCap | None:
    """The cap that a plan has of its own, as its pack states it."""
    limit = plan.holder_limit
    if limit is None:
        return None
    value = limit.cap.model_dump(mode="json")
    use = pack.cite("shares.holder_limit", "个人持股上限", value, source=limit)
    return StatedCap(cap=limit.cap, use=use)


def cap_on(kind: PostingKind, own: StatedCap | None, pack: PackOnDay) -> StatedCap | None:
    """The cap that binds postings of a kind: the plan's own before the pack's, if either does."""
    use = pack.use(PARAMETER)
    pack_cap = StatedCap(cap=shaped(use, HolderCap), use=use)
    return next((cap for cap in (own, pack_cap) if cap and cap.binds(kind)), None)
