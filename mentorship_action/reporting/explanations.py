"""What each finding's code means: its title, the reason, and an example before and after."""

import sys
from typing import Final, NamedTuple


class Explanation(NamedTuple):
    """The long text of one code."""

    title: str
    why: str
    before: str
    after: str


EXPLANATIONS: Final[dict[str, Explanation]] = {
    "another-application": Explanation(
        "Another pull request for the same record",
        "One person has one record, and one place in one mentor's line. Of several open pull "
        "requests for it the first one counts; close the one that you don't need.",
        "two open pull requests that add mentees/octocat.yml",
        "one",
    ),
    "bad-date": Explanation(
        "Not a date",
        "Dates are written year-month-day, with four, two and two digits, from 2000 to 2099.",
        "start: 7.12.2026",
        "start: 2026-12-07",
    ),
    "bad-file-name": Explanation(
        "Not a record's file name",
        "A record is called after its owner's GitHub login, in lower case, and ends in "
        "`.yml`. Beside records the folder holds `README.md` and files whose names begin "
        "with `_`; anything else there is a mistake.",
        "mentees/Octocat.yaml",
        "mentees/octocat.yml",
    ),
    "bad-label": Explanation(
        "Not a label's name",
        "Labels begin with a letter or a digit, go on with letters, digits, blanks and `. "
        "_ : / -`, and have at most 50 characters.",
        'tracker: "mentorship, tracker"',
        "tracker: mentorship:tracker",
    ),
    "bad-link": Explanation(
        "Not an https address",
        "Links are whole addresses that begin with `https://`. Blanks and letters beyond "
        "ASCII are written as percent codes, which a browser does when you copy the "
        "address.",
        "links: [octocat.example/my blog]",
        "links: [https://octocat.example/my%20blog]",
    ),
    "bad-login": Explanation(
        "Not a GitHub login",
        "A login has letters, digits and single hyphens between them, at most 39 "
        "characters; no `@` before it, and no address around it.",
        'mentor: "@ssbarnea"',
        "mentor: ssbarnea",
    ),
    "bad-slug": Explanation(
        "Not a short word in lower case",
        "Areas of focus and names of networks are lower-case words of letters and digits, "
        "joined by single hyphens, so that the same thing is always spelled the same.",
        "focus: [Language Server]",
        "focus: [language-server]",
    ),
    "bad-text": Explanation(
        "Not one plain line of text",
        "Text is one line with something to read on it, without tabs, control characters "
        "and characters that one can't see. A long line may be folded with `>`.",
        'name: ""',
        "name: Mona Lisa Octocat",
    ),
    "bad-time": Explanation(
        "Not a time of day",
        "Times are hours and minutes of a 24-hour clock, two digits each. The end of a "
        "window may be 24:00.",
        'time: "7pm"',
        'time: "19:00"',
    ),
    "bad-version": Explanation(
        "A format that this program doesn't read",
        "`version` tells how the program's file is written; the only version is 1.",
        "version: 2",
        "version: 1",
    ),
    "bad-zone": Explanation(
        "Not the name of a time zone",
        "A time zone is called by its IANA name, mostly a region and a city. An "
        "abbreviation or an offset doesn't say when summer time begins.",
        "timezone: UTC+1 (Madrid)",
        "timezone: Europe/Madrid",
    ),
    "byte-order-mark": Explanation(
        "An invisible mark at the start",
        "Some editors put a byte order mark before the first character. Programs stumble "
        "over it; save the file as UTF-8 without it.",
        "(U+FEFF)github: octocat",
        "github: octocat",
    ),
    "complex-key": Explanation(
        "A list or mapping as a key",
        "Before the colon stands a word. This often comes from a bracket or an asterisk "
        "that belongs into quotes.",
        "[goals]: Learn",
        "goals: [Learn]",
    ),
    "dates-out-of-order": Explanation(
        "An end before its beginning",
        "The last day of time away or of a break lies on or after the first one.",
        "away:\n  - {from: 2026-12-24, to: 2026-01-01}",
        "away:\n  - {from: 2026-12-24, to: 2027-01-01}",
    ),
    "duplicate-coordinator": Explanation(
        "A coordinator listed twice",
        "Each coordinator is listed once; capital letters make no difference.",
        "coordinators: [octocat, Octocat]",
        "coordinators: [octocat]",
    ),
    "duplicate-key": Explanation(
        "A key that is here twice",
        "Of two values for one key nobody could tell which one counts.",
        "mentor: ssbarnea\nmentor: ganeshrn",
        "mentor: ssbarnea",
    ),
    "duplicate-mentor": Explanation(
        "A mentor listed twice",
        "Each mentor has one entry; capital letters make no difference.",
        "mentors:\n  - {github: octocat, capacity: 1}\n  - {github: Octocat, capacity: 2}",
        "mentors:\n  - {github: octocat, capacity: 2}",
    ),
    "duplicate-person": Explanation(
        "A second record of one person",
        "One person has one record. Somebody who comes back changes it; it keeps its history.",
        "mentees/octocat-2.yml with github: octocat",
        "mentees/octocat.yml with github: octocat",
    ),
    "empty-file": Explanation(
        "Nothing in the file",
        "The file is empty or holds comments alone. Copy the example from "
        "mentees/README.md and fill it in.",
        "# to do",
        "github: octocat\nmentor: ssbarnea\n# and so on",
    ),
    "executable-file": Explanation(
        "A record marked as a program",
        "Records are data. The mark mostly comes from a file system that has no such "
        "marks; git keeps it until you take it off.",
        "-rwxr-xr-x mentees/octocat.yml",
        "-rw-r--r-- mentees/octocat.yml",
    ),
    "forbidden-character": Explanation(
        "A character that one can't see",
        "Control characters, zero-width characters and those that turn the direction of "
        "text can make a line look like another one. They mostly come along with copied "
        "text.",
        "name: Mona(U+200B) Lisa",
        "name: Mona Lisa",
    ),
    "meeting-outside-availability": Explanation(
        "A meeting when you aren't there",
        "When a record has both a meeting and availability, the whole meeting lies inside "
        "the hours given. Windows that touch count as one.",
        'meeting: {day: fri, time: "19:45", minutes: 30}\n'
        "availability:\n"
        '  - {days: [fri], from: "17:00", to: "20:00"}',
        'meeting: {day: fri, time: "19:30", minutes: 30}\n'
        "availability:\n"
        '  - {days: [fri], from: "17:00", to: "20:00"}',
    ),
    "mentor-full": Explanation(
        "No free seat with this mentor",
        "Each mentor takes a number of mentees at a time. Seats go to those who have a "
        "tracker already, then in the order in which records reached the default branch. "
        "A seat becomes free when a mentorship ends. Meanwhile the finding names the "
        "mentors who have one.",
        "mentor: ganeshrn  # capacity 1, taken",
        "mentor: ssbarnea  # has a free seat; ask first",
    ),
    "mentor-takes-none": Explanation(
        "A mentor who takes nobody at present",
        "A capacity of 0 says that a mentor pauses. The finding names those who have a free seat.",
        "mentor: ganeshrn  # capacity: 0",
        "mentor: ssbarnea  # has a free seat; ask first",
    ),
    "missing-key": Explanation(
        "A key that isn't here",
        "Some keys are needed in every file. Where the key belongs inside another one, "
        "mind the indentation.",
        "chat: {network: matrix}",
        'chat: {network: matrix, handle: "@octocat:matrix.org"}',
    ),
    "more-findings": Explanation(
        "More faults than are listed",
        "The first faults of a file are listed one by one. Mend these first, or begin "
        "anew with the example; the rest often goes away with them.",
        "(a file of another kind under mentees/)",
        "(the example from mentees/README.md, filled in)",
    ),
    "name-mismatch": Explanation(
        "The file bears another name than its owner",
        "The file's name is the login under `github`, in lower case. That is how "
        "everybody finds a person's record, and how nobody writes somebody else's.",
        "mentees/mona.yml with github: octocat",
        "mentees/octocat.yml with github: octocat",
    ),
    "no-such-date": Explanation(
        "A day that doesn't exist",
        "The date has the right form, but that month has no such day.",
        "start: 2026-02-30",
        "start: 2026-02-28",
    ),
    "non-text-key": Explanation(
        "A key that is no word",
        "YAML takes an unquoted number, `true` or `null` for a value of its own kind. "
        "Keys are the words that the examples show.",
        "1: goals",
        "goals: [Learn]",
    ),
    "not-a-file": Explanation(
        "Not a plain file",
        "Links, folders, pipes and devices are never followed or opened, wherever they lead.",
        "mentees/octocat.yml -> ../secrets.yml",
        "mentees/octocat.yml",
    ),
    "not-a-mapping": Explanation(
        "Not keys with values",
        "A file begins with keys, each followed by a colon and a value; this one is a "
        "single text or a list.",
        "- octocat\n- ssbarnea",
        "github: octocat\nmentor: ssbarnea",
    ),
    "not-agreed": Explanation(
        "An agreement that is not given",
        "Both agreements are asked of everybody: to have read the code of conduct, and to "
        "have asked the mentor in a personal message first.",
        "agreements:\n  code_of_conduct: true\n  asked_mentor: false",
        "agreements:\n  code_of_conduct: true\n  asked_mentor: true",
    ),
    "not-utf8": Explanation(
        "Not UTF-8 text",
        "Files are UTF-8. Editors offer this when saving.",
        "(a file saved as UTF-16 or Latin-1)",
        "(the same file saved as UTF-8)",
    ),
    "odd-number": Explanation(
        "Not a number that can be used",
        "Infinity, `.nan` and numbers of more digits than anybody needs are refused. If "
        "it was meant as text, quote it.",
        "hours_per_week: .nan",
        "hours_per_week: 5",
    ),
    "out-of-range": Explanation(
        "A number too small or too large",
        "The finding says from where to where the number may go.",
        "hours_per_week: 168",
        "hours_per_week: 5",
    ),
    "own-mentor": Explanation(
        "One's own mentor",
        "A mentorship is between two people.",
        "github: octocat\nmentor: octocat",
        "github: octocat\nmentor: ssbarnea",
    ),
    "private-data": Explanation(
        "An e-mail address or telephone number",
        "A record is public, and git keeps it for ever, even after it is changed. Share "
        "such things in a private message. Handles of chat networks are fine.",
        "chat: {network: email, handle: mona@octocat.example}",
        'chat: {network: matrix, handle: "@octocat:matrix.org"}',
    ),
    "program-missing": Explanation(
        "No program configuration",
        "Without the file nothing is known about mentors and what is asked of mentees. "
        "Maintainers write it once; mentees never have to.",
        "(no .github/mentorship.yml)",
        "version: 1\n"
        "program: {name: Octo Mentorship}\n"
        "mentors:\n"
        "  - {github: octocat, capacity: 2}",
    ),
    "program-weeks-too-few": Explanation(
        "A default below the minimum",
        "The number of weeks that a mentorship lasts by default has to reach the "
        "program's own minimum.",
        "program:\n  minimum: {weeks: 12}\n  weeks: 8",
        "program:\n  minimum: {weeks: 12}\n  weeks: 16",
    ),
    "several-documents": Explanation(
        "A second document in the file",
        "A line `---` in the middle begins a second document. A file holds one person's record.",
        "github: octocat\n---\ngithub: hubot",
        "github: octocat",
    ),
    "too-deep": Explanation(
        "Lists or mappings too deep inside each other",
        "No key of ours lies that deep; mostly a bracket is too many, or the indentation slipped.",
        "goals: [[[[[[[[[Learn]]]]]]]]]",
        "goals: [Learn]",
    ),
    "too-few-entries": Explanation(
        "An empty list",
        "The list needs at least one entry.",
        "goals: []",
        "goals: [Land a first change in a project I use every day]",
    ),
    "too-few-hours": Explanation(
        "Fewer hours than the program asks for",
        "The program states the least number of hours a week with which a mentorship goes "
        "well. Better to begin later than to run out of time.",
        "hours_per_week: 1",
        "hours_per_week: 4",
    ),
    "too-few-weeks": Explanation(
        "Fewer weeks than the program asks for",
        "The program states how many weeks a mentorship has to last at least. Without the "
        "key it lasts as long as is usual.",
        "weeks: 2",
        "weeks: 16",
    ),
    "too-large": Explanation(
        "A file that is too large",
        "A record has at most 16 KiB, some 400 lines, and a program's file 1 MiB. No "
        "more of it was read.",
        "(a file of several megabytes)",
        "(the text that belongs there, and links to the rest)",
    ),
    "too-long": Explanation(
        "A text that is too long",
        "The finding says how many characters fit. Details have their place in the "
        "tracker or in the chat.",
        "name: (a page of text)",
        "name: Mona Lisa Octocat",
    ),
    "too-many-entries": Explanation(
        "A list that is too long",
        "The finding says how many entries fit.",
        "focus: [a, b, c, d, e, f, g, h, i, j, k]",
        "focus: [linting, testing]",
    ),
    "too-many-values": Explanation(
        "Far too many values",
        "No record of ours has that many keys and entries; reading stopped.",
        "goals: [a, a, a, and thousands more]",
        "goals: [Learn how maintainers review]",
    ),
    "unknown-key": Explanation(
        "A key that nobody reads",
        "The key means nothing here, so what it says would be lost. Mostly it is a typing "
        "error, or belongs a level higher or lower.",
        "mentr: ssbarnea",
        "mentor: ssbarnea",
    ),
    "unknown-mentor": Explanation(
        "Nobody here mentors under that name",
        "The login isn't among the program's mentors. When the mentorship is over "
        "already, this is no more than a hint: mentors leave, and what was stays.",
        "mentor: sbarnea",
        "mentor: ssbarnea",
    ),
    "unknown-value": Explanation(
        "Not one of the words that fit",
        "Some keys take one of a few words; the finding lists them.",
        "status: finished",
        "status: completed",
    ),
    "unknown-zone": Explanation(
        "No such time zone",
        "IANA's list has no zone of that name. Capital letters count.",
        "timezone: Europe/Barcelona",
        "timezone: Europe/Madrid",
    ),
    "unreadable-file": Explanation(
        "A file that can't be read",
        "The file is there, but the system doesn't let this program read it.",
        "---------- mentees/octocat.yml",
        "-rw-r--r-- mentees/octocat.yml",
    ),
    "window-out-of-order": Explanation(
        "Hours that end before they begin",
        "A window of hours lies within one day. For hours past midnight write two.",
        '- {days: [mon], from: "22:00", to: "01:00"}',
        '- {days: [mon], from: "22:00", to: "24:00"}\n- {days: [tue], from: "00:00", to: "01:00"}',
    ),
    "wrong-type": Explanation(
        "Another kind of value",
        "Numbers stand without quotes, `true` and `false` are spelled like that, lists "
        "have brackets or dashes. Nothing after the colon means nothing at all.",
        "hours_per_week: five",
        "hours_per_week: 5",
    ),
    "yaml-alias": Explanation(
        "An alias",
        "`*name` stands for something elsewhere in the file. A few of them can blow a "
        "small file up to gigabytes, so none is read. Text that begins with an asterisk "
        "is quoted.",
        "focus: *favourites",
        "focus: [linting, testing]",
    ),
    "yaml-anchor": Explanation(
        "An anchor",
        "`&name` marks a value so that aliases can refer to it. Aliases aren't read here. "
        "Text that begins with an ampersand is quoted.",
        "focus: &favourites [linting]",
        "focus: [linting]",
    ),
    "yaml-directive": Explanation(
        "A line that begins with a percent sign",
        "Directives change how the rest is read: under `%YAML 1.1`, `no` means false and "
        "1:30 means 90.",
        "%YAML 1.1\n---\ngithub: octocat",
        "github: octocat",
    ),
    "yaml-merge-key": Explanation(
        "A merge key",
        "`<<` copies another part of the file. It needs aliases, which aren't read here.",
        "<<: *usual\nmentor: ssbarnea",
        "status: active\nmentor: ssbarnea",
    ),
    "yaml-syntax": Explanation(
        "A line that can't be read",
        "The line, or the one before it, doesn't follow YAML's rules: a colon without a "
        "blank, quotes or brackets that stay open, a tab, or an indentation that doesn't "
        "fit.",
        "name: Mona: the Octocat",
        'name: "Mona: the Octocat"',
    ),
    "yaml-tag": Explanation(
        "A tag",
        "`!name` tells YAML to make something else of a value, in some programs even to "
        "run code. Text that begins with an exclamation mark is quoted.",
        "name: !!binary TW9uYQ==",
        "name: Mona",
    ),
}


def title_of(code: str) -> str:
    """Return the short title of a code."""
    known = EXPLANATIONS.get(code)
    return known.title if known else code


def explanation_text(code: str) -> str:
    """Return the long text of a code for a terminal."""
    told = EXPLANATIONS[code]
    before = "\n".join(f"    {line}" for line in told.before.splitlines())
    after = "\n".join(f"    {line}" for line in told.after.splitlines())
    return f"{code}: {told.title}\n\n{told.why}\n\nInstead of\n\n{before}\n\nwrite\n\n{after}"


def explanations_document() -> str:
    """Return docs/findings.md: every code with its long text."""
    parts = [_HEAD]
    for code, told in EXPLANATIONS.items():
        parts.append(
            f"## {code}\n\n**{told.title}.** {told.why}\n\n"
            f"Instead of\n\n```yaml\n{told.before}\n```\n\nwrite\n\n```yaml\n{told.after}\n```\n"
        )
    return "\n".join(parts)


_HEAD: Final = """\
# What `mentorship validate` finds

Every finding has a code that never changes its meaning. `mentorship explain CODE` prints the same
text. A test holds this page to the program.
"""

if __name__ == "__main__":
    sys.stdout.write(explanations_document())
