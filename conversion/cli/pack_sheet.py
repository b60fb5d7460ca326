"""A policy pack as it stood on a day, on one sheet: all that it rests on and all that it gives."""

from collections.abc import Iterator, Mapping

from rich.console import RenderableType

from conversion.cli.output import table
from conversion.cli.pack_of_day import taken_over
from conversion.cli.rows import Rows
from conversion.policy.decision import ParameterUse
from conversion.policy.pack import PackOnDay
from conversion.policy.pack_part import Sourced
from conversion.policy.parameter_words import in_words
from conversion.policy.row import BenefitRow, PolicyRow
from conversion.policy.share_scheme import ShareScheme
from conversion.policy.weight_argument import basis

_ROW = ("编号", "名称", "类别", "起", "止", "部门")
_SOURCE = ("依据", "示例")
_MODES = {"static": "静态", "dynamic": "动态"}


def pack_facts(pack: PackOnDay) -> dict[str, object]:
    """The sheet for a program."""
    whole = pack.pack
    return {
        "id": whole.id,
        "title": whole.title,
        "office": whole.office,
        "note": whole.note,
        "sha256": whole.sha256,
        "day": pack.day,
        "since": whole.since,
        "until": whole.until,
        "successor": whole.successor,
        "instead_of": pack.origin.id if pack.origin else None,
        "documents": whole.documents,
        "departments": whole.departments,
        "windows": whole.windows,
        "parameters": [use.trace() for use in _uses(pack)],
        "clauses": _clauses(pack),
        "grounds": pack.grounds,
        "shares": pack.share_plans,
        "benefits": pack.benefits,
        "entitlements": pack.entitlements,
    }


def pack_sheet(pack: PackOnDay) -> tuple[RenderableType, ...]:
    """The sheet for people."""
    whole = pack.pack
    end = f"至{whole.until}，此后 {whole.successor}" if whole.until else "起"
    told = (whole.title, whole.office, f"自{whole.since}{end}适用", whole.note, whole.sha256)
    return (
        "\n".join(line for line in (*taken_over(pack), *told) if line),
        *_offices(pack),
        _parameters(pack),
        table(("要求", "依据"), [*_clauses(pack).items()], title="步骤的依据"),
        _grounds(pack),
        _plans(pack),
        _classes(pack),
        _benefits(pack),
        _rights(pack),
    )


def _uses(pack: PackOnDay) -> list[ParameterUse]:
    return [pack.use(name) for name in pack.pack.parameters if pack.has(name)]


def _clauses(pack: PackOnDay) -> Mapping[str, str]:
    return {rule: pack.clause(rule) for rule in pack.pack.clauses}


def _offices(pack: PackOnDay) -> Iterator[Rows]:
    whole = pack.pack
    yield table(
        ("编号", "名称", "文号", "制定机关", "施行", "失效", "说明"),
        [
            (i, d.title, d.number, d.issuer, d.since, d.until, d.note or _known(d.text_known))
            for i, d in whole.documents.items()
        ],
        title="文件",
    )
    yield table(
        ("部门", "旧名", "事项", "会签", *_SOURCE),
        [
            (d.name, "、".join(d.formerly), d.item, _yes(d.countersigns), *_source(d, pack))
            for d in whole.departments
        ],
        title="部门",
    )
    yield table(
        ("编号", "窗口", "地址", "电话", "示例"),
        [(i, w.name, w.address, w.phone, _mark(w.illustrative)) for i, w in whole.windows.items()],
        title="窗口",
    )


def _parameters(pack: PackOnDay) -> Rows:
    return table(
        ("参数", "名称", "值", "起始", *_SOURCE),
        [
            (use.name, use.title, in_words(use.name, use.value), use.since, *_sourced(use))
            for use in _uses(pack)
        ],
        title="参数",
    )


def _grounds(pack: PackOnDay) -> Rows:
    return table(
        ("编号", "理由", "作用", "写明", *_SOURCE),
        [(g.code, g.title, g.effect.label, g.statement, *_source(g, pack)) for g in pack.grounds],
        title="成员身份",
    )


def _plans(pack: PackOnDay) -> Rows:
    return table(
        ("编号", "方案", "总量", "集体股", "管理", *_SOURCE),
        [
            (
                plan.id,
                plan.title,
                plan.said(plan.total_units),
                _portion(plan.collective.portion),
                _managed(plan),
                *_source(plan, pack),
            )
            for plan in pack.share_plans
        ],
        title="折股量化方案",
    )


def _classes(pack: PackOnDay) -> Rows:
    every = [(plan.id, each) for plan in pack.share_plans for each in plan.classes]
    return table(
        ("方案", "股种", "比例", "对象", "权重", *_SOURCE),
        [
            (plan, each.title, _portion(each.portion), each.who, basis(each), *_source(each, pack))
            for plan, each in every
        ],
        title="股种",
    )


def _benefits(pack: PackOnDay) -> Rows:
    return table(
        (*_ROW, "去向", "金额", *_SOURCE),
        [
            (*_row(row), row.disposition.label, _amount(row), *_source(row, pack))
            for row in pack.benefits
        ],
        title="过渡期待遇",
    )


def _rights(pack: PackOnDay) -> Rows:
    rows = [(*_row(row), *_source(row, pack)) for row in pack.entitlements]
    return table((*_ROW, *_SOURCE), rows, title="权益")


def _row(row: PolicyRow) -> tuple[object, ...]:
    start = row.start.label if row.start else f"接 {row.after}"
    return (row.id, row.title, row.category, start, row.until, row.department)


def _amount(row: BenefitRow) -> str:
    if row.amount is None:
        return ""
    mark = _mark(row.amount.illustrative)
    return f"{row.amount}（{mark}）" if mark else str(row.amount)


def _source(part: Sourced, pack: PackOnDay) -> tuple[object, str]:
    return pack.reference(part.reference), _mark(part.illustrative)


def _sourced(use: ParameterUse) -> tuple[object, str]:
    return use.reference, _mark(use.illustrative)


def _managed(plan: ShareScheme) -> str:
    review = f"，每{plan.review_years}年调整" if plan.review_years else ""
    return _MODES[plan.mode] + review


def _portion(portion: tuple[int, int]) -> str:
    above, below = portion
    return f"{above}/{below}" if above else "不设"


def _known(text_known: bool) -> str:
    return "" if text_known else "只知题名"


def _yes(holds: bool) -> str:
    return "是" if holds else "否"


def _mark(illustrative: bool) -> str:
    return "示例" if illustrative else ""
