"""移交清单: a village's files handed to whoever keeps them, one line each, counted and signed."""

from typing_extensions import override

from conversion.documents.kind import DocumentKind, Facts, Part, VillageOccasion


class FileLine(Part):
    """A household's file as it is handed over.

    Attributes:
        state: how the case ended; index: number of its 案卷目录, empty where there is none.
        papers: how many were printed, pages of them in all; materials: how many were brought.
    """

    case_number: str
    household_number: str
    group: str
    head: str
    state: str
    index: str
    papers: int
    materials: int
    pages: int


class Handover(Part):
    """What the step tells: the files, and whom they go to."""

    receiver: str
    files: tuple[FileLine, ...]
    village_papers: int


class HandoverList(Facts):
    """The facts of the 移交清单."""

    issuing_office: str
    programme: str
    before: str
    after: str
    handover: Handover

    @property
    @override
    def gist(self) -> str:
        """How many files, with how many pages."""
        return f"案卷{len(self.handover.files)}卷，文书{self.papers}件{self.pages}页"

    @property
    def papers(self) -> int:
        """Printed papers in all files."""
        return sum(line.papers for line in self.handover.files)

    @property
    def materials(self) -> int:
        """What was brought, in all files."""
        return sum(line.materials for line in self.handover.files)

    @property
    def pages(self) -> int:
        """Pages of the printed papers in all files."""
        return sum(line.pages for line in self.handover.files)


def facts(occasion: VillageOccasion[Handover]) -> HandoverList:
    """The list as the step hands the files over."""
    programme = occasion.programme
    return HandoverList(
        number=occasion.number,
        day=occasion.day,
        nonce=occasion.nonce,
        issuing_office=programme.village.issuing_office,
        programme=programme.code,
        before=programme.village.before,
        after=programme.village.after,
        handover=occasion.told,
    )


HANDOVER_LIST = DocumentKind(
    id="handover_list",
    title="移交清单",
    series="移",
    template="handover_list.html",
    version="1",
    facts_model=HandoverList,
    facts=facts,
    signers=("移交人", "接收人", "监交人"),
    copies=("移交单位", "接收单位"),
    lasting=True,
)
