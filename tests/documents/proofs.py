"""Papers with codes and signatures for the tests, made without an office."""

from datetime import UTC, datetime
from typing import Any

from conversion.documents.kind import AnyKind
from conversion.documents.kinds import kind_of
from conversion.documents.page_code import Claim, SignedCodes, claim_of
from conversion.documents.render import render
from conversion.documents.rendering import Rendering
from conversion.documents.signer import Signers
from conversion.documents.signing import sign
from tests.documents.papers import the_facts
from tests.keys import the_signers

NOW = datetime(2009, 12, 1, 1, 30, tzinfo=UTC)
LAND = kind_of("land_confirmation")
ROOT = "5d" * 32


def a_claim(kind: AnyKind = LAND, **others: Any) -> Claim:
    facts = the_facts(kind, members=3)
    return claim_of(kind, facts.model_copy(update=others), log="520303105202", size=77, root=ROOT)


def the_codes(pages: int = 2, signers: Signers | None = None, **others: Any) -> tuple[str, ...]:
    signer = (signers or the_signers()).codes
    return SignedCodes(claim=a_claim(**others), signer=signer)(pages)


def a_coded_paper(kind: AnyKind = LAND, signers: Signers | None = None, **others: Any) -> Rendering:
    facts = the_facts(kind, members=3).model_copy(update=others)
    signer = (signers or the_signers()).codes
    return render(kind, facts, codes=SignedCodes(claim=a_claim(kind, **others), signer=signer))


def a_signed_file(signers: Signers | None = None, **others: Any) -> bytes:
    rendering = a_coded_paper(signers=signers, **others)
    return sign(rendering.pdf, (signers or the_signers()).papers, NOW)
