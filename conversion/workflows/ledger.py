"""The share ledger 股权变动: whatever happens to shares once they are booked.

The collective proposes, the supervisors post: each transaction is double-entry, both sides of a
posting between two households are booked by one act, and lots are only ever derived. Orders and
contracts that burden shares take effect beside it.
"""

from functools import partial
from typing import Final

from conversion.domain.ledger import PostingKind
from conversion.domain.role import Role
from conversion.workflows.forms import Grounds, Opinion
from conversion.workflows.holdings.encumbering import ENCUMBERING
from conversion.workflows.holdings.payable import PAYING
from conversion.workflows.holdings.proposal import (
    Cancellation,
    Correction,
    Gift,
    Inheritance,
    Redemption,
    Release,
    Split,
    Transfer,
    others_named,
)
from conversion.workflows.holdings.transacting import (
    LAND_UNTOUCHED,
    MAY_BE_POSTED,
    MAY_BE_PROPOSED,
    OF_INHERITANCE,
    Operation,
    Posted,
    dropped,
    judged,
    others_pending,
    posted,
    posted_elsewhere,
    proposed,
    renewed_papers,
)
from conversion.workflows.step import CaseCircumstances, Evidence, Part, Step, Track

AGREEMENT = Evidence(id="agreement", title="双方签字按印的协议")
APPLICATION = Evidence(id="application", title="持股人书面申请")
CONSENT = Evidence(id="collective_consent", title="集体经济组织同意的决定")
DIVISION = Evidence(id="division", title="分割协议或者生效裁判文书")
ESTATE = Evidence(id="estate_papers", title="继承协议、继承公证书或者生效裁判文书")
RESOLUTION = Evidence(id="resolution", title="成员（代表）会议决议")

OPERATIONS: Final = (
    Operation(
        kind=PostingKind.INHERITANCE,
        event="inherit",
        form=Inheritance,
        evidence=(ESTATE,),
        guards=OF_INHERITANCE,
    ),
    Operation(
        kind=PostingKind.TRANSFER, event="transfer", form=Transfer, evidence=(AGREEMENT, CONSENT)
    ),
    Operation(kind=PostingKind.GIFT, event="give", form=Gift, evidence=(AGREEMENT, CONSENT)),
    Operation(
        kind=PostingKind.REDEMPTION,
        event="redeem",
        form=Redemption,
        evidence=(APPLICATION, CONSENT),
        guards=(LAND_UNTOUCHED,),
    ),
    Operation(kind=PostingKind.SPLIT, event="divide", form=Split, evidence=(DIVISION,)),
    Operation(
        kind=PostingKind.CANCELLATION,
        event="cancel",
        form=Cancellation,
        evidence=(RESOLUTION,),
    ),
    Operation(
        kind=PostingKind.CORRECTION, event="correct", form=Correction, evidence=(RESOLUTION,)
    ),
    Operation(
        kind=PostingKind.RELEASE, event="release_reserved", form=Release, evidence=(RESOLUTION,)
    ),
)
"""Every kind of transaction, in the order in which screens offer them."""


def _proposal(operation: Operation) -> Step[CaseCircumstances]:
    return Step(
        event=operation.event,
        title=f"申请{operation.kind.label}",
        source=("settled",),
        target="pending",
        roles=(Role.COLLECTIVE,),
        part=Part.ENTER,
        form=operation.form,
        evidence=operation.evidence,
        guards=(*MAY_BE_PROPOSED, *operation.guards),
        decide=partial(judged, operation),
        effect=partial(proposed, operation),
        reaches=others_named,
        at_books=True,
    )


LEDGER: Final[Track[CaseCircumstances]] = Track(
    name="ledger",
    title="股权变动",
    states={"settled": "无待登记变动", "pending": "变动待登记"},
    initial="settled",
    final=(),
    resting=("settled",),
    steps=(
        *(_proposal(operation) for operation in OPERATIONS),
        Step(
            event="post",
            title="登记变动",
            source=("pending",),
            target="settled",
            roles=(Role.SUPERVISORS,),
            part=Part.APPROVE,
            form=Opinion,
            guards=MAY_BE_POSTED,
            decide=Posted(OPERATIONS).judged,
            effect=posted,
            recalls=others_pending,
            elsewhere=posted_elsewhere,
            papers=renewed_papers,
            at_books=True,
        ),
        Step(
            event="drop",
            title="不予登记",
            source=("pending",),
            target="settled",
            roles=(Role.SUPERVISORS, Role.COLLECTIVE),
            part=Part.RECORD,
            form=Grounds,
            effect=dropped,
        ),
        *ENCUMBERING,
        *PAYING,
    ),
)
"""What happens to a household's shares; a side level that never ends, since shares outlive it."""
