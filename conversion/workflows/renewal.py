"""Renewal 重新公示: a list that hangs and no longer says what is so, hung anew for its full time.

For the household alone. A list that another one follows is left as it hangs: the next one says what
has become different (三榜).
"""

from conversion.domain.standing import Change
from conversion.workflows.lists import CASE_LISTS
from conversion.workflows.posted_list import PostedList
from conversion.workflows.publicity import current_notice, renewed_notice, rounds_of
from conversion.workflows.step import CaseCircumstances, with_changes


def hung_anew(c: CaseCircumstances, changes: tuple[Change, ...]) -> tuple[Change, ...]:
    """The changes of a step, and the lists that hang anew because of them."""
    for posted in CASE_LISTS:
        after = with_changes(c, changes)
        if _reads_otherwise(after, posted):
            changes = (*changes, *renewed_notice(after, posted, reason="名单有变，重新公示"))
    return changes


def _reads_otherwise(c: CaseCircumstances, posted: PostedList[CaseCircumstances]) -> bool:
    notice = current_notice(c, posted.level)
    if notice is None or not posted.hangs_at(c.case.positions[posted.level]):
        return False
    is_last = notice.round >= rounds_of(c, posted)
    return is_last and posted.digest(c) != notice.content_sha256
