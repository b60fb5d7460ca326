"""One step on a case as a command: the same options and the same answer, whatever the step."""

from collections.abc import Callable
from functools import partial

from conversion.cli.form import EvidenceOption, FormFileOption, FormOption, Typed
from conversion.cli.opening import AccountOption, CaseArgument, chosen_case, open_office
from conversion.cli.output import JsonOption
from conversion.cli.requirement import show_step
from conversion.errors import WrongUse
from conversion.services import progress
from conversion.services.filing import Filing
from conversion.services.office import Office
from conversion.store.chains import load_case
from conversion.workflows.definition import level
from conversion.workflows.engine import step_at


def step_command(act: str) -> Callable[..., None]:
    """The command that takes this step on the case that it is given."""

    def take(
        number: CaseArgument,
        *,
        account: AccountOption,
        form: FormOption = None,
        form_file: FormFileOption = None,
        evidence: EvidenceOption = None,
        as_json: JsonOption = False,
    ) -> None:
        take_step(act, number, account, Typed(form, form_file, evidence), as_json=as_json)

    return take


def take_step(
    act: str, number: str, account: str, typed: Typed, *, principal: str = "", as_json: bool
) -> None:
    """A step taken on a case, or refused with everything it lacks."""
    with open_office() as office:
        filing = filing_for(office, act, number, typed)
        take = partial(progress.take, office, act, account, filing, principal=principal)
        show_step(take, number=filing.number, act=act, as_json=as_json)


def filing_for(office: Office, act: str, number: str, typed: Typed) -> Filing:
    """What is brought for a step, read as the step asks for it where the case stands.

    Raises:
        WrongUse: no such step; NotFound: no such case.
    """
    name, dot, event = act.partition(".")
    if not dot:
        remedy = "写成“事项.步骤”，例如 case.approve；可办的步骤见 conversion case show"
        raise WrongUse(f"办理步骤 {act}", "没有写明是哪个事项的步骤", remedy)
    track, chosen = level(name), chosen_case(office, number)
    with office.database.reading() as session:
        positions = load_case(session, chosen).positions
    model = step_at(track, event, positions.get(name, track.initial)).form
    return typed.filing(chosen, model)
