"""案卷目录: what lies in a household's file, item by item, with where it comes from and its pages.

DA/T 22-2015 and 村级档案管理办法: one item, one line, in the order in which things happened.
"""

from datetime import date

from typing_extensions import override

from conversion.documents.household_paper import HouseholdPaper, shared
from conversion.documents.kind import DocumentKind, HouseholdOccasion, Part
from conversion.errors import DocumentRefused


class FiledItem(Part):
    """One thing in a file.

    Attributes:
        title: of the paper or of the evidence; reference: its number, or where it lies.
        handler: who brought or made it; day: when.
        pages: of a paper that was printed here, None of what was brought.
        remark: e.g. that a paper was superseded since; may be empty.
    """

    title: str
    reference: str
    handler: str
    day: date
    pages: int | None
    remark: str


class FileContents(Part):
    """What the step tells of a file: its items, how long it is kept, and its 档号 or nothing."""

    items: tuple[FiledItem, ...]
    retention: str
    code: str


class FileIndex(HouseholdPaper):
    """The facts of the 案卷目录; `members` is how many people the household has."""

    contents: FileContents
    members: int

    @property
    @override
    def gist(self) -> str:
        """How many items the file has."""
        return f"共{len(self.contents.items)}件"

    @property
    def pages(self) -> int:
        """Pages of what was printed here."""
        return sum(item.pages or 0 for item in self.contents.items)


def facts(occasion: HouseholdOccasion) -> FileIndex:
    """The index as the step lists the file.

    Raises:
        DocumentRefused: nothing was listed.
    """
    if occasion.told is None:
        asked = f"为案件{occasion.case.number}印制案卷目录"
        raise DocumentRefused(asked, "没有列出案卷的内容", "办理编制案卷目录")
    return FileIndex(**shared(occasion), contents=occasion.told, members=len(occasion.case.members))


FILE_INDEX = DocumentKind(
    id="file_index",
    title="案卷目录",
    series="卷",
    template="file_index.html",
    version="1",
    facts_model=FileIndex,
    facts=facts,
    signers=("立卷人", "检查人"),
    copies=("案卷", "工作专班存档"),
    lasting=True,
)
