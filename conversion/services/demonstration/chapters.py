"""The demonstration's chapters, in the order in which a village lives through them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from conversion.domain.programme import Village
from conversion.domain.role import Role
from conversion.errors import WorkbookUnreadable
from conversion.roster.reading import read_roster
from conversion.services import programme as villages
from conversion.services.demonstration.earlier import EARLIER, go_over
from conversion.services.demonstration.entitlements import close, hand_over, start_benefits
from conversion.services.demonstration.households import change_households
from conversion.services.demonstration.hukou import transfer_hukou
from conversion.services.demonstration.land import confirm_and_issue, confirm_land
from conversion.services.demonstration.ledger import move_shares
from conversion.services.demonstration.on_the_way import (
    correct,
    freeze,
    inquire,
    revoke,
    set_aside,
)
from conversion.services.demonstration.review import approve, review
from conversion.services.demonstration.shares import allot_shares, confirm_members
from conversion.services.demonstration.staff import leave_week
from conversion.services.demonstration.stage import Stage
from conversion.services.demonstration.terms import let_a_benefit_run_out, let_a_reply_be_late
from conversion.services.demonstration.village import accept, approve_village, plan, sign_late
from conversion.services.intake import commit_roster


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One part of the story, as the progress bar names it."""

    title: str
    play: Callable[[Stage], None]


FIRST_CHAPTERS: Final = (
    Chapter(title="提出方案，公示，村民会议表决，确定基准日", play=plan),
    Chapter(title="特批：一人不在，委托书后补", play=set_aside),
    Chapter(title="逐户受理申请，清产核资；一户两次送达未签", play=accept),
    Chapter(title="土地确权：调查、指界、公示、异议、作废重贴、登记、发证", play=confirm_land),
)
"""Under the procedures as they stood when the village began."""

CHAPTERS: Final = (
    Chapter(title="办理流程改版：成员名单由一榜改为三榜，逐案转入", play=go_over),
    Chapter(title="成员身份：摸底、三榜公示、异议、争议、表决、确认", play=confirm_members),
    Chapter(title="未签字的一户补签申请，土地单独公示", play=sign_late),
    Chapter(title="股份：方案表决、配股、公示、异议更正、记账、发证", play=allot_shares),
    Chapter(title="补签的一户：土地确认、登记、发证", play=confirm_and_issue),
    Chapter(title="户内变更：生死、婚嫁、分户并户、代理监护、更正", play=change_households),
    Chapter(title="区政府批复，社区成立", play=approve_village),
    Chapter(title="经办人休假、代理、新人任用与回避", play=leave_week),
    Chapter(title="中止：公示中核查一户，期满接着公示；争议；死亡待核实", play=inquire),
    Chapter(title="期限：成批初审，异议逾期未答复，巡查报上一级", play=let_a_reply_be_late),
    Chapter(title="村级初审、退回补正、公示、异议、撤回", play=review),
    Chapter(title="镇街审核、部门会签、区级批准与不予批准", play=approve),
    Chapter(title="冻结：法院冻结一户的份额", play=freeze),
    Chapter(title="户口：报送、初审、审批、登记、换发簿证", play=transfer_hukou),
    Chapter(title="解除冻结；更正一户的登记，文书换发；一证遗失又找回", play=correct),
    Chapter(title="过渡期待遇：核定、宣读、生效", play=start_benefits),
    Chapter(title="权利义务对接：推送、受理、落实、签收告知单", play=hand_over),
    Chapter(title="撤销一户的批准，文书缴销", play=revoke),
    Chapter(title="办结、归档、验收", play=close),
    Chapter(title="待遇到期前三十天：巡查提醒，决定衔接", play=let_a_benefit_run_out),
    Chapter(title="股权变动：继承、转让、赠与、退出、质押、冻结，收益分配", play=move_shares),
)
"""From the draft plan to the accepted community; the roster has been taken in before."""


def perform(stage: Stage, village: Village, roster: Path) -> None:
    """The whole story on an empty database: village, staff, roster, then every chapter.

    Raises:
        ConversionError: whatever a step of the story is refused for.
    """
    total = len(FIRST_CHAPTERS) + len(CHAPTERS) + 1
    earlier = replace(stage, office=replace(stage.office, definition=EARLIER))
    stage.told("登记村和人员，导入花名册", 0, total)
    account = stage.cast(Role.TASK_FORCE)[0].account
    villages.register_village(earlier.office, village, stage.staff, account)
    read = read_roster(roster, today=stage.calendar.day)
    intake = commit_roster(earlier.office, stage.code, account, read)
    if intake.has_errors:
        raise WorkbookUnreadable(
            f"导入 {roster.name}", "花名册有错误", "运行 conversion roster check"
        )
    acts = [(chapter, earlier) for chapter in FIRST_CHAPTERS]
    acts += [(chapter, stage) for chapter in CHAPTERS]
    for done, (chapter, played_on) in enumerate(acts, 1):
        stage.told(chapter.title, done, total)
        chapter.play(played_on)
    stage.told("全部办完", total, total)
