"""What a village's conversion has come to, in figures and in plain words."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from conversion.documents.kinds import KINDS
from conversion.domain.notice import PaperStatus
from conversion.services.office import Office
from conversion.store.chains import case_numbers, load_cases, load_programme
from conversion.workflows.definition import CASE_LEVELS


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A village's figures.

    Attributes:
        states: level title → state title → number of cases.
        papers: paper title → number issued.
        units: shares held by members; shares total of the plan.
        incidents: what happened besides the normal way → how often.
    """

    village: str
    community: str
    milestone: str
    households: int
    members: int
    parcels: int
    states: Mapping[str, Mapping[str, int]]
    papers: Mapping[str, int]
    member_units: int
    plan_units: int
    incidents: Mapping[str, int]


INCIDENTS = {
    "object": "异议",
    "void_notice": "公示作废",
    "dispute_membership": "成员身份争议",
    "record_unsigned": "两次送达未签",
    "return_for_correction": "退回补正",
    "refuse": "不予批准",
    "withdraw": "撤回申请",
    "suspend": "中止",
    "grant_override": "特批",
    "correct": "批准更正",
    "revoke": "撤销批准",
}


def summarise(office: Office, code: str) -> Summary:
    """The figures of one programme, counted from its chain and its cases."""
    with office.database.reading() as session:
        programme = load_programme(session, code)
        cases = load_cases(session, case_numbers(session, code))
    events = Counter(e.event for case in cases for e in case.past)
    papers = (
        p for of_chain in (programme.papers, *(c.papers for c in cases)) for p in of_chain.values()
    )
    issued = Counter(p.kind for p in papers if p.status is PaperStatus.ISSUED)
    partial = sum(len({r.result for r in case.registrations.values()}) > 1 for case in cases)
    return Summary(
        village=programme.village.before,
        community=programme.village.after,
        milestone=programme.state,
        households=len(cases),
        members=sum(len(case.members) for case in cases),
        parcels=sum(len(case.parcels) for case in cases),
        states={
            track.title: {
                title: count
                for state, title in track.states.items()
                if (
                    count := sum(
                        case.positions.get(track.name, track.initial) == state for case in cases
                    )
                )
            }
            for track in CASE_LEVELS
        },
        papers={kind.title: issued[kind.id] for kind in KINDS},
        member_units=sum(case.units for case in cases),
        plan_units=programme.plan.total_units if programme.plan else 0,
        incidents={INCIDENTS[e]: events[e] for e in INCIDENTS}
        | {"户内变更": sum(len(c.changes) for c in cases), "部分成员转换的户": partial},
    )


def in_words(summary: Summary) -> Iterator[str]:
    """The figures as sentences that a stranger understands."""
    yield f"{summary.village}（村）改为{summary.community}（社区）。"
    yield (
        f"共 {summary.households} 户、{summary.members} 人、{summary.parcels} 宗地，"
        f"每户一案，五个事项并行办理。"
    )
    for title, states in summary.states.items():
        counted = "，".join(f"{state} {count} 户" for state, count in states.items())
        yield f"{title}：{counted}。"
    if summary.plan_units:
        yield (f"方案总股数 {summary.plan_units}，已登记到人 {summary.member_units}。")
    happened = "，".join(f"{what} {count}" for what, count in summary.incidents.items())
    yield f"其间发生：{happened}。"
    papers = "，".join(f"《{title}》{count} 份" for title, count in summary.papers.items())
    yield f"制成文书：{papers}。"
