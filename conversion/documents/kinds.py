"""The registry: every kind of paper there is."""

from conversion.documents.approval_form import APPROVAL_FORM
from conversion.documents.entitlement_statement import ENTITLEMENT_STATEMENT
from conversion.documents.hukou_certificate import HUKOU_CERTIFICATE
from conversion.documents.kind import DocumentKind
from conversion.documents.land_confirmation import LAND_CONFIRMATION
from conversion.documents.share_certificate import SHARE_CERTIFICATE
from conversion.errors import NotFound

KINDS: tuple[DocumentKind, ...] = (
    APPROVAL_FORM,
    HUKOU_CERTIFICATE,
    SHARE_CERTIFICATE,
    LAND_CONFIRMATION,
    ENTITLEMENT_STATEMENT,
)
"""In the order in which a household's file holds them."""


def kind_of(id: str) -> DocumentKind:  # noqa: A002  # it is the field's name
    """The kind with an id.

    >>> kind_of("share_certificate").title
    '股权证书'

    Raises:
        NotFound: there is none.
    """
    for kind in KINDS:
        if kind.id == id:
            return kind
    known = "、".join(kind.id for kind in KINDS)
    raise NotFound("查找文书种类", f"没有名为 {id} 的文书", f"在 {known} 中选择")
