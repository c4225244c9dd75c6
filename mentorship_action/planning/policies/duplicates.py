"""Duplicates: of two open issues with one key, one stays and the other points to it."""

from collections.abc import Iterator

from mentorship_action.domain.identity import Key
from mentorship_action.domain.snapshot import Issue
from mentorship_action.planning.changes import Change, CloseIssue, Notice, Rank
from mentorship_action.planning.policy import Policy, plan_each
from mentorship_action.planning.situation import Situation
from mentorship_action.wording.markdown import Safe
from mentorship_action.wording.views import DuplicatePointer


def plan_duplicates(situation: Situation) -> Iterator[Change | Notice]:
    """Yield the closing of every open issue that another one stands for."""
    several = (
        (key, (key, issues)) for key, issues in situation.snapshot.by_key.items() if len(issues) > 1
    )
    yield from plan_each(several, _close_others, situation)


def _close_others(
    item: tuple[Key, tuple[Issue, ...]], situation: Situation
) -> Iterator[CloseIssue]:
    key, issues = item
    survivor = situation.snapshot.survivors[key]
    for issue in issues:
        if not issue.is_open or issue.number == survivor.number:
            continue
        remark = situation.wording.render(DuplicatePointer(survivor=Safe(f"#{survivor.number}")))
        yield CloseIssue(
            key=key,
            number=issue.number,
            completed=False,
            remark=remark.strip(),
            why=f"#{survivor.number} is the one for {key}",
            rank=Rank.DUPLICATES,
        )


DUPLICATES = Policy(name="duplicates", plan=plan_duplicates)
