"""Corrected lines of an application's file, offered as suggestions that its author can commit."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mentorship_action.domain.application import Stage
from mentorship_action.domain.bot_state import marker
from mentorship_action.domain.findings import Correction, Finding
from mentorship_action.domain.pulls import LineComment, Proposal
from mentorship_action.planning.applications.assessed import Assessed
from mentorship_action.planning.changes import Guard, Rank, ReviewLines
from mentorship_action.planning.situation import Situation
from mentorship_action.wording.views import SuggestedChange, SuggestedChanges

MOST_FINDINGS = 20
"""More than anybody fixes in one go; GitHub takes 65,536 characters, and some are long."""

# Where these stand, git and YAML count lines differently.
_ODD_BREAKS = re.compile("\r(?!\n)|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


def suggestions(one: Assessed, situation: Situation) -> tuple[LineComment, ...]:
    """Return the comments that offer corrected lines; most applications have none."""
    inspection = one.application.inspection
    if inspection is None or inspection.proposal is None or one.stage is not Stage.NEEDS_FIXES:
        return ()
    key = marker(one.key)
    path = inspection.proposal.changes[0].path
    found = _takeable(one.findings[:MOST_FINDINGS], inspection.proposal)
    return tuple(
        LineComment(
            path=path,
            first=correction.first,
            last=correction.last,
            body=f"{key}\n{_text(findings, correction, situation)}",
        )
        for correction, findings in found.items()
    )


def plan_suggestions(
    one: Assessed, offered: tuple[LineComment, ...], guard: Guard, situation: Situation
) -> Iterator[ReviewLines]:
    """Yield the review that brings suggestions, once for each state of the pull request."""
    pull, last = one.application.pull, one.application.memory
    known = last is not None and (last.head, last.base) == (pull.head, one.memory.base)
    if not offered or (known and last is not None and last.stage is Stage.NEEDS_FIXES):
        return
    key = one.key
    body = situation.wording.render(SuggestedChanges(count=len(offered)))
    yield ReviewLines(
        key=key,
        number=pull.number,
        guard=guard,
        rank=Rank.APPLICATION,
        commit=pull.head,
        body=f"{marker(key)}\n{body.strip()}\n",
        comments=offered,
    )


def _text(findings: Iterable[Finding], correction: Correction, situation: Situation) -> str:
    view = SuggestedChange(findings=tuple(findings), text=correction.text)
    return f"{situation.wording.render(view).strip()}\n"


def _takeable(
    findings: Iterable[Finding], proposal: Proposal
) -> Mapping[Correction, Sequence[Finding]]:
    """Return what can be suggested, each with what it fixes.

    That is what is certain, on lines that are new, and only one on each line. GitHub takes a
    comment on the lines that its diff shows; a line whose text the former file doesn't have is
    one of these by any way to compare them.
    """
    text = (proposal.content or b"").decode("utf-8", "replace")
    found: dict[Correction, list[Finding]] = {}
    if _ODD_BREAKS.search(text):
        return found
    lines, taken = text.splitlines(), set[int]()
    old = set(proposal.former.decode("utf-8", "replace").splitlines())
    for finding in findings:
        correction = finding.correction
        if correction is None or correction.is_example:
            continue
        place = range(correction.first, correction.last + 1)
        if correction in found:
            found[correction].append(finding)
        elif taken.isdisjoint(place) and old.isdisjoint(lines[place.start - 1 : place.stop - 1]):
            found[correction] = [finding]
            taken.update(place)
    return found
