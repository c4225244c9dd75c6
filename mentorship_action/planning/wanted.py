"""What the planner will need to know, so that observing asks for that and no more."""

from collections.abc import Iterable
from datetime import datetime

from mentorship_action.domain.calendar import current_slot, is_over
from mentorship_action.domain.program import Program
from mentorship_action.domain.record import Record, Status
from mentorship_action.domain.snapshot import Wanted
from mentorship_action.planning.situation import check_in_key, tracker_key


def wanted(program: Program, records: Iterable[Record], now: datetime) -> Wanted:
    """Return the keys that should exist at ``now``, seats left aside."""
    trackers, check_ins = set(), {}
    for record in records:
        if record.status is not Status.ACTIVE or is_over(record, program, now):
            continue
        trackers.add(tracker_key(record))
        slot = current_slot(record, program, now)
        if slot is not None and not slot.skipped:
            check_ins[check_in_key(record, slot.week)] = slot.due
    return Wanted(trackers=frozenset(trackers), check_ins=check_ins)
