"""Declaration 申报: what a household says of itself, that amounts rest on and no register has."""

from datetime import date

from sqlmodel import Field, SQLModel

HOUSEHOLD = "household"
"""Key of what is declared of the household as a whole."""


class Declaration(SQLModel):
    """What was declared of one member, or of the household. Key: `member`, or `household`.

    It counts until it is declared anew, whoever comes into the household meanwhile.

    Attributes:
        member: serial, empty for the household.
        service_years: full years that the member served in the army.
        monthly_income: of the household, 分.
        declared_on: when it was taken down.
    """

    member: str = ""
    service_years: int | None = Field(default=None, ge=0)
    monthly_income: int | None = Field(default=None, ge=0)
    declared_on: date

    @property
    def key(self) -> str:
        """The row's key in its case."""
        return self.member or HOUSEHOLD
