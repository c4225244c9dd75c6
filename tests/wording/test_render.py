"""Templates: ours, a program's own, and broken ones."""

import pytest

from mentorship_action.errors import Exit, SettingsError
from mentorship_action.wording.render import Wording, template_names
from mentorship_action.wording.views import SuggestedChange
from tests.wording.states import check_in


def said(template: str, text: str) -> str:
    """Return what a program's own template makes of a suggested change."""
    ours = Wording(overrides={"suggested_change.md.j2": template})
    return ours.render(SuggestedChange(findings=(), text=text))


def test_a_programs_own_template_replaces_the_packaged_one() -> None:
    assert said("Write {{ text }}, please.", "12") == "Write 12, please."


def test_every_value_in_a_template_is_escaped() -> None:
    assert said("{{ text }}", "@team <b>") == "@\u200bteam \\<b\\>"


def test_data_is_never_taken_for_a_template() -> None:
    assert said("{{ text }}", "{{ 7 * 7 }}") == "{{ 7 \\* 7 }}"


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ("one\n{% if %}", 2),
        ("one\n\n{{ nobody }}", 3),
        ("{{ text.__class__.__mro__ }}", 1),
        ("{{ 1 / 0 }}", 1),
        ("{{ text | nofilter }}", 1),
        ("x" * 70_000, 1),
    ],
)
def test_a_broken_template_is_an_error_of_the_settings_with_its_place(
    template: str, line: int
) -> None:
    with pytest.raises(SettingsError) as caught:
        said(template, "1")
    assert caught.value.where == f".github/mentorship/suggested_change.md.j2:{line}:1"
    assert caught.value.exit_code is Exit.SETTINGS


def test_an_issue_needs_its_title() -> None:
    with pytest.raises(SettingsError, match="first line"):
        Wording(overrides={"check_in.md.j2": "no title"}).render(check_in())


def test_a_title_is_cut_to_what_github_takes() -> None:
    ours = Wording(overrides={"check_in.md.j2": "title: " + "x" * 300 + "\nbody"})
    message = ours.render(check_in())
    assert (len(message.title), message.body) == (256, "body\n")


def test_the_packaged_templates_are_known_by_name() -> None:
    assert {"tracker.md.j2", "check_in.md.j2", "tracker_summary.md.j2"} <= template_names()
