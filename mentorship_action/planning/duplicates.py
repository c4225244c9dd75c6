"""Duplicates: of two open issues with one key, one stays and the other points to it."""

from collections.abc import Iterator

from mentorship_action.planning.plan import CloseIssue, Rank
from mentorship_action.planning.situation import Situation
from mentorship_action.wording.markdown import Safe
from mentorship_action.wording.views import DuplicatePointer


def plan_duplicates(situation: Situation) -> Iterator[CloseIssue]:
    """Yield the closing of every open issue that another one stands for."""
    for key, issues in situation.snapshot.by_key.items():
        if len(issues) == 1:
            continue
        survivor = situation.snapshot.survivors[key]
        for issue in issues:
            if not issue.is_open or issue.number == survivor.number:
                continue
            pointer = situation.wording.render(
                DuplicatePointer(survivor=Safe(f"#{survivor.number}"))
            )
            yield CloseIssue(
                issue=key,
                number=issue.number,
                completed=False,
                pointer=pointer.strip(),
                why=f"#{survivor.number} is the one for {key}",
                rank=Rank.DUPLICATES,
            )
