"""Certificates 证书: the papers that lie with a household, each replaced by whoever issues it.

A letter tells what was done on its day; who needs it again gets a marked copy of it.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from pydantic import Field

from conversion.documents.benefit_assessment import BENEFIT_ASSESSMENT
from conversion.documents.entitlement_statement import ENTITLEMENT_STATEMENT
from conversion.documents.hukou_certificate import HUKOU_CERTIFICATE
from conversion.documents.kind import AnyKind
from conversion.documents.kinds import kind_of
from conversion.documents.land_confirmation import LAND_CONFIRMATION
from conversion.documents.share_certificate import SHARE_CERTIFICATE
from conversion.domain.notice import Paper, PaperStatus
from conversion.domain.role import Role
from conversion.workflows.step import CaseCircumstances, Check, Form, Guard

CERTIFIED_BY: Final[Mapping[str, Role]] = MappingProxyType(
    {
        SHARE_CERTIFICATE.id: Role.COLLECTIVE,
        HUKOU_CERTIFICATE.id: Role.TASK_FORCE,
        LAND_CONFIRMATION.id: Role.TASK_FORCE,
        BENEFIT_ASSESSMENT.id: Role.TASK_FORCE,
        ENTITLEMENT_STATEMENT.id: Role.TASK_FORCE,
    }
)
"""Kind of certificate → who issues it."""

CERTIFIERS: Final = tuple(dict.fromkeys(CERTIFIED_BY.values()))


class OfCertificate(Form):
    """Which certificate a step is about."""

    number: str = Field(title="证书编号", min_length=2, max_length=60)


def certificate(c: CaseCircumstances) -> Paper:
    """The certificate that the form names; its guard has found it."""
    assert isinstance(c.form, OfCertificate)
    return c.case.papers[c.form.number]


def same_kind(c: CaseCircumstances) -> tuple[AnyKind, ...]:
    """The kind of the certificate that the form names, to be issued anew."""
    return (kind_of(certificate(c).kind),)


def _counts(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, OfCertificate)
    found = {
        paper.number
        for paper in c.case.papers.values()
        if paper.kind in CERTIFIED_BY and paper.status is PaperStatus.ISSUED
    }
    named = c.case.papers.get(c.form.number)
    told = f"{kind_of(named.kind).title}，{named.status.label}" if named else "本案没有这个编号"
    return Check(
        satisfied=c.form.number in found,
        found=told,
        remedy=f"从本案有效的证书中填写：{'、'.join(sorted(found)) or '无'}；通知、决定等另印副本",
    )


def _certifier(c: CaseCircumstances) -> Check:
    assert isinstance(c.form, OfCertificate)
    named = c.case.papers.get(c.form.number)
    role = CERTIFIED_BY.get(named.kind) if named else None
    return Check(
        satisfied=role is None or c.actor.serves((role,), (c.case.household.group,)),
        found=f"{c.actor.name}的岗位是{c.actor.posts}",
        remedy=f"由{role.label}的人员办理" if role else "",
    )


CERTIFICATE_COUNTS: Final[Guard[CaseCircumstances]] = Guard(
    rule="certificate_counts", title="是本案有效的证书", test=_counts, reads_form=True
)
CERTIFIER: Final[Guard[CaseCircumstances]] = Guard(
    rule="certifier", title="由制发这种证书的岗位办理", test=_certifier, reads_form=True
)
