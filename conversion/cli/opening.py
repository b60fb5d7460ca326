"""What most commands begin with: the office, the person, the village and the case they are for."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Annotated

import typer

from conversion.bootstrap import Settings
from conversion.bootstrap import open_office as open_office_at
from conversion.cli.passphrase import ask_passphrase
from conversion.errors import ConversionError, NotFound, WrongUse
from conversion.services.keys import KeyFolder
from conversion.services.office import Office
from conversion.services.void_list import is_renewal_due, renew_void_list
from conversion.store.chains import CaseLine, case_lines, programmes
from conversion.workflows.definition import level

AccountOption = Annotated[
    str, typer.Option("--as", metavar="账号", help="以谁的身份办理（账号见 conversion user list）")
]
PrincipalOption = Annotated[
    str,
    typer.Option("--for", metavar="账号", help="代谁办理；不写时，本人岗位不够才以代理身份办理"),
]
ProgrammeOption = Annotated[
    str | None,
    typer.Option("--programme", metavar="项目代码", help="村的项目代码；只有一个项目时可以不写"),
]
CaseArgument = Annotated[
    str, typer.Argument(metavar="案件", help="案件编号；户号不重复时写户号即可")
]

GroupOption = Annotated[
    str | None, typer.Option("--group", metavar="组别", help="只看、只办一个村民小组")
]


@contextmanager
def open_office() -> Iterator[Office]:
    """The office that the environment names, closed when the command ends.

    Raises:
        SetupIncomplete, PackInvalid: the office can't work as it is set up.
    """
    settings = Settings.read()
    office = open_office_at(settings, ask=ask_passphrase)
    try:
        yield office
    finally:
        if settings.passphrase:
            _keep_void_list(office, KeyFolder(path=settings.keys_folder))
        office.database.close()


def _keep_void_list(office: Office, folder: KeyFolder) -> None:
    """The void list anew, once the command ended a paper or half of the list's time is over.

    What keeps it from being signed must not hide what the command did; verifying tells of a list
    that is out of date, and `conversion doctor` why.
    """
    with suppress(ConversionError, OSError):
        if is_renewal_due(office, folder):
            renew_void_list(office, folder)


def chosen_programme(office: Office, code: str | None) -> str:
    """The programme asked for, or the only one.

    Raises:
        NotFound: there is none, or not this one.
        WrongUse: there are several, and none is named.
    """
    known = all_programmes(office)
    if code is not None and code not in known:
        raise NotFound(f"查找项目 {code}", "没有这个项目", f"从中选择：{'、'.join(known)}")
    if code is None and len(known) > 1:
        listed = "、".join(known)
        raise WrongUse(
            "选定项目", f"有 {len(known)} 个项目：{listed}", "用 --programme 写明项目代码"
        )
    return code or known[0]


def all_programmes(office: Office) -> list[str]:
    """The codes of all programmes.

    Raises:
        NotFound: there is none yet.
    """
    with office.database.reading() as session:
        known = programmes(session)
    if not known:
        raise NotFound("查找项目", "还没有任何项目", "先运行 conversion village register 建立项目")
    return known


def chosen_case(office: Office, number: str) -> str:
    """The case of a case number, or of a household number that only one village has.

    Raises:
        NotFound: there is no such case.
        WrongUse: several villages have such a household.
    """
    found = [line for code in all_programmes(office) for line in _lines(office, code, number)]
    numbers = [line.number for line in found]
    if not numbers:
        remedy = f"用 conversion case list --search {number} 查找"
        raise NotFound(f"查找案件 {number}", "没有这个案件编号，也没有这个户号", remedy)
    if len(numbers) > 1:
        raise WrongUse(
            f"查找户号 {number}", f"同号案件有 {'、'.join(numbers)}", "写明完整的案件编号"
        )
    return numbers[0]


def chosen_chain(office: Office, number: str) -> str:
    """The programme of a code, or the case of a case or household number.

    Raises:
        NotFound, WrongUse: see `chosen_case`.
    """
    return number if number in all_programmes(office) else chosen_case(office, number)


def chosen_state(name: str, told: str, *, asked: str) -> str:
    """The state of a level that is named by its code or its title.

    Raises:
        WrongUse: there is no such level, or it has no such state.
    """
    known = level(name).states
    found = next((s for s, title in known.items() if told in {s, title}), None)
    if found is None:
        listed = "、".join(f"{s}（{title}）" for s, title in known.items())
        raise WrongUse(asked, "没有这个状态", f"从中选择：{listed}")
    return found


def _lines(office: Office, programme: str, number: str) -> list[CaseLine]:
    with office.database.reading() as session:
        lines = case_lines(session, programme, search=number)
    return [line for line in lines if number in {line.number, line.household_number}]
