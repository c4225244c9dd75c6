"""Time away that people told of lately, and that no file has yet."""

from collections.abc import Iterator

from mentorship_action.domain import edits
from mentorship_action.domain.arguments import Days, read_arguments, split_person
from mentorship_action.domain.calendar import local_day
from mentorship_action.domain.commands import all_commands
from mentorship_action.domain.mentorship import Mentorship
from mentorship_action.domain.program import Span
from mentorship_action.planning.situation import Situation
from mentorship_action.planning.spoken import Spoken, places_of


def with_absence(known: tuple[Span, ...], days: Days) -> tuple[Span, ...]:
    """Return absences with one more, unless they have it already."""
    is_new = edits.more_away(days, known)
    return (*known, Span(first=days.first, last=days.last)) if is_new else known


def absences_said_before(
    spoken: Spoken, whom: str, mentorship: Mentorship, situation: Situation
) -> Iterator[Days]:
    """Yield the absences of somebody that were told of lately, before that, and are not over."""
    program = situation.program
    mentor = program.mentor(whom)
    zone = mentorship.zone if whom in mentorship.mentees or mentor is None else mentor.zone
    today = local_day(situation.now, zone)
    said = [
        one
        for place in places_of(mentorship, situation)
        for one in situation.snapshot.recent_comments.get(place.issue.number, ())
        if one.id < spoken.comment.id and not one.was_edited and one.author.is_person
    ]
    for comment in sorted(said, key=lambda one: one.id):
        speaker = comment.author.login.lower()
        may_say = speaker == whom or speaker in program.coordinators
        for one in all_commands(comment.body) if may_say else ():
            given, named = split_person(one)
            days = read_arguments(given, local_day(comment.created, zone))
            if given.word == "away" and (named or speaker) == whom and isinstance(days, Days):
                yield from [days] if days.last >= today else []
