"""Change of head 变更户主: with all adults' signatures; relations follow, they are not edited."""

from dataclasses import replace

from pydantic import Field

from conversion.workflows.changes import headship
from conversion.workflows.changes.kind import Kind, Plan
from conversion.workflows.changes.naming import named, of_age
from conversion.workflows.forms import Signatures
from conversion.workflows.guards import all_signed
from conversion.workflows.step import CaseCircumstances, Check, Evidence, Guard


class Headship(Signatures):
    """Who is head from now on; relations that don't follow are told."""

    new_head: str = Field(title="新户主（成员序号）", pattern=r"^\d{2,3}$")
    relations: dict[str, str] = Field(
        default_factory=dict, title="与新户主的关系（序号=代码；推不出时填写）"
    )


def _form(c: CaseCircumstances) -> Headship:
    assert isinstance(c.form, Headship)
    return c.form


def _relations_known(c: CaseCircumstances) -> Check:
    form = _form(c)
    return headship.relations_known(
        c.case.members, form.new_head, form.relations, old_head=c.case.head
    )


def _plan(c: CaseCircumstances, form: Headship) -> Plan:
    case = c.case
    members = headship.under(case.members, form.new_head, form.relations, old_head=case.head)
    return Plan(
        after={case.number: replace(case, members=members)},
        reasons=(f"成年成员一致同意，户主改为成员{form.new_head}，各人关系随之推定。",),
    )


HEAD_CHANGE = Kind(
    event="change_head",
    title="变更户主",
    form=Headship,
    evidence=(Evidence(id="head_agreement", title="变更户主协议（成年成员签字）"),),
    guards=(
        named("new_head"),
        of_age("new_head", "户主"),
        Guard(rule="adults_signed", title="成年成员均已签字", test=all_signed, reads_form=True),
        Guard(
            rule="relations_known",
            title="与新户主的关系均已确定",
            test=_relations_known,
            reads_form=True,
        ),
    ),
    plan=_plan,
)
