"""Cross-rules: what holds between the levels of a case, whatever is done and in whatever order.

They are not enforced here: the guards of the steps enforce them. They are stated once more on
their own, in the words of the procedure, so that `exploration` can prove that no guard is missing.
"""

from dataclasses import dataclass
from typing import Final, TypeAlias

from conversion.workflows.case import BEFORE_APPROVAL
from conversion.workflows.closing import MAY_CLOSE
from conversion.workflows.entitlements import ANSWERED
from conversion.workflows.need import Need, Needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Implication:
    """Whenever one level stands so, the others stand so too."""

    id: str
    sentence: str
    when: Need
    then: Needs


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedence:
    """A level never comes to one state without having been in another before."""

    id: str
    sentence: str
    level: str
    first: str
    then: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Independence:
    """No step of a level ever waits for one of the others."""

    id: str
    sentence: str
    level: str
    others: tuple[str, ...]


CrossRule: TypeAlias = Implication | Precedence | Independence

_NOT_BEGUN = ("open", "not_required")
_CONVERTS: Final = (
    (Need(level="case", states=(*BEFORE_APPROVAL, "refused", "withdrawn"), outside=True),),
)
"""The district has approved the household's conversion, whatever became of it since."""

CROSS_RULES: Final[tuple[CrossRule, ...]] = (
    Implication(
        id="hukou_after_approval",
        sentence="户口只在区人民政府批准本户申请后报送",
        when=Need(level="hukou", states=_NOT_BEGUN, outside=True),
        then=_CONVERTS,
    ),
    Implication(
        id="benefits_after_approval",
        sentence="过渡期待遇只在批准后核定",
        when=Need(level="benefits", states=_NOT_BEGUN, outside=True),
        then=_CONVERTS,
    ),
    Implication(
        id="entitlements_after_approval",
        sentence="权利义务只在批准后对接",
        when=Need(level="entitlements", states=_NOT_BEGUN, outside=True),
        then=_CONVERTS,
    ),
    Implication(
        id="entitlements_after_benefits",
        sentence="权利义务在过渡期待遇核定后列明，待遇不漏项",
        when=Need(level="entitlements", states=_NOT_BEGUN, outside=True),
        then=((Need(level="benefits", states=("open",), outside=True),),),
    ),
    Implication(
        id="entitlements_after_hukou",
        sentence="权利义务在公安机关答复后列明，保险不断档、不重复",
        when=Need(level="entitlements", states=_NOT_BEGUN, outside=True),
        then=((ANSWERED,),),
    ),
    Implication(
        id="hukou_kept_open",
        sentence="本户申请尚在办理时，不得确认户口无需转换",
        when=Need(level="hukou", states=("not_required",)),
        then=((Need(level="case", states=BEFORE_APPROVAL, outside=True),),),
    ),
    Implication(
        id="unsigned_keeps_its_own_acts",
        sentence="没有申请的户，只依职权查明成员身份，户口、土地、待遇、权利义务一概不办",
        when=Need(level="case", states=("draft",)),
        then=(
            tuple(
                Need(level=level, states=("open",))
                for level in ("hukou", "land", "benefits", "entitlements")
            ),
        ),
    ),
    Implication(
        id="land_after_acceptance",
        sentence="土地只在受理后调查",
        when=Need(level="land", states=("open",), outside=True),
        then=((Need(level="case", states=("draft",), outside=True),),),
    ),
    Implication(
        id="closed_when_settled",
        sentence="各事项均已办结或确认无需办理，案件才办结",
        when=Need(level="case", states=("closed", "archived")),
        then=(tuple(Need(level=name, states=states) for name, states in MAY_CLOSE.items()),),
    ),
    Precedence(
        id="approved_after_notice",
        sentence="公示期满才批准",
        level="case",
        first="noticed",
        then="approved",
    ),
    Precedence(
        id="approved_after_countersigning",
        sentence="部门会签后才批准",
        level="case",
        first="countersigned",
        then="approved",
    ),
    Precedence(
        id="booked_to_members",
        sentence="份额只登记给已确认的成员",
        level="shares",
        first="members_confirmed",
        then="booked",
    ),
    Precedence(
        id="certified_after_booking",
        sentence="登记股权账后才发股权证书",
        level="shares",
        first="booked",
        then="certified",
    ),
    Precedence(
        id="land_confirmed_after_notice",
        sentence="土地权属公示后才确认",
        level="land",
        first="on_notice",
        then="confirmed",
    ),
    Precedence(
        id="land_issued_after_registration",
        sentence="不动产登记后才发土地权属确认书",
        level="land",
        first="registered",
        then="issued",
    ),
    Precedence(
        id="registered_by_police",
        sentence="公安机关审批后才登记户口",
        level="hukou",
        first="approved",
        then="registered",
    ),
    Precedence(
        id="explained_before_force",
        sentence="过渡期待遇宣读签字后才生效",
        level="benefits",
        first="explained",
        then="in_force",
    ),
    Precedence(
        id="settled_before_statement",
        sentence="各部门落实后才签收权益告知单",
        level="entitlements",
        first="settled",
        then="signed",
    ),
    Independence(
        id="land_never_waits",
        sentence="土地确权从不等户口、股份、待遇",
        level="land",
        others=("hukou", "shares", "benefits", "entitlements"),
    ),
    Independence(
        id="shares_never_wait",
        sentence="资产股份化从不等户口、土地、待遇",
        level="shares",
        others=("hukou", "land", "benefits", "entitlements"),
    ),
    Independence(
        id="hukou_never_waits",
        sentence="户口转移从不等股份、土地",
        level="hukou",
        others=("shares", "land"),
    ),
)
"""Every cross-rule, in the order in which it is reported."""
