"""One look at the forge: as few requests as answer what the planner will ask."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from mentorship_action.domain.identity import Key, Kind
from mentorship_action.domain.program import Labels
from mentorship_action.domain.snapshot import Issue, Snapshot, Wanted, own_key
from mentorship_action.forge.protocol import Forge

# A forge's clock and ours differ; an issue filed for a due moment is looked for from earlier on.
_CLOCK_SKEW = timedelta(hours=1)


def observe(forge: Forge, labels: Labels, wanted: Wanted) -> Snapshot:
    """Return what the forge shows now; a failed read raises and is never taken for "none".

    One list has all that is open. Only when a wanted key isn't there, and could have been, are
    closed issues asked for: trackers by their label, check-ins since the first was due.
    """
    me = forge.me().login
    issues = {issue.number: issue for issue in forge.list_issues(label=labels.base, state="open")}

    def missing(keys: Iterable[Key]) -> set[Key]:
        return set(keys) - {own_key(issue, me) for issue in issues.values()}

    lacking = {key: wanted.check_ins[key] for key in missing(wanted.check_ins)}
    if lacking.keys() - _never_filed(lacking, issues.values(), me):
        since = min(lacking.values()) - _CLOCK_SKEW
        _add(issues, forge.list_issues(label=labels.check_in, state="closed", since=since))
    if missing(wanted.trackers):
        _add(issues, forge.list_issues(label=labels.tracker, state="closed"))
    return Snapshot(
        me=me,
        issues=tuple(issues[number] for number in sorted(issues)),
        labels=frozenset(label for issue in issues.values() for label in issue.labels),
    )


def _never_filed(due: Mapping[Key, datetime], issues: Iterable[Issue], me: str) -> set[Key]:
    """Return those of the check-ins whose predecessor is open: it is closed before they open.

    One that changed after the new one was due may have been opened again by a person; that
    proves nothing.
    """
    former: dict[str, Issue] = {}
    for issue in issues:
        key = own_key(issue, me)
        if key is not None and key.kind is Kind.CHECK_IN:
            former[key.mentee] = issue
    return {
        key
        for key, moment in due.items()
        if key.mentee in former and former[key.mentee].updated < moment
    }


def ask_assignable(forge: Forge, snapshot: Snapshot, people: Iterable[str]) -> Snapshot:
    """Return the snapshot with those of ``people`` whom the forge would assign."""
    assignable = frozenset(login for login in sorted(people) if forge.is_assignable(login))
    return replace(snapshot, assignable=assignable)


def _add(issues: dict[int, Issue], more: Iterable[Issue]) -> None:
    # The closed list was read later, so where both have an issue it knows better.
    issues.update({issue.number: issue for issue in more})
