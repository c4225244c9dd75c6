"""Templates: ours, a program's own, and broken ones."""

import pytest

from mentorship_action.errors import Exit, SettingsError
from mentorship_action.wording.render import Wording, template_names


def wording(**overrides: str) -> Wording:
    return Wording(overrides={f"{name}.md.j2": text for name, text in overrides.items()})


def test_a_programs_own_template_replaces_the_packaged_one() -> None:
    ours = wording(duplicate="See {{ survivor }}, please.")
    assert ours.text("duplicate", survivor="12") == "See 12, please."


def test_every_value_in_a_template_is_defused() -> None:
    ours = wording(duplicate="{{ survivor }}")
    assert ours.text("duplicate", survivor="@team <b>") == "@\u200bteam \\<b\\>"


def test_data_is_never_taken_for_a_template() -> None:
    ours = wording(duplicate="{{ survivor }}")
    assert ours.text("duplicate", survivor="{{ 7 * 7 }}") == "{{ 7 \\* 7 }}"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("one\n{% if %}", "duplicate.md.j2:2:1"),
        ("one\n\n{{ nobody }}", "duplicate.md.j2:3:1"),
        ("{{ survivor.__class__.__mro__ }}", "duplicate.md.j2:1:1"),
        ("{{ 1 / 0 }}", "duplicate.md.j2:1:1"),
        ("{{ survivor | nofilter }}", "duplicate.md.j2:1:1"),
        ("x" * 70_000, "duplicate.md.j2:1:1"),
    ],
)
def test_a_broken_template_is_an_error_of_the_settings_with_its_place(
    text: str, place: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        wording(duplicate=text).text("duplicate", survivor="1")
    assert caught.value.where == f".github/mentorship/{place}"
    assert caught.value.exit_code is Exit.SETTINGS


def test_a_message_needs_its_title() -> None:
    with pytest.raises(SettingsError, match="first line"):
        wording(duplicate="no title").message("duplicate", survivor="1")


def test_a_title_is_cut_to_what_github_takes() -> None:
    ours = wording(duplicate="title: " + "x" * 300 + "\nbody")
    message = ours.message("duplicate", survivor="1")
    assert (len(message.title), message.body) == (256, "body\n")


def test_the_packaged_templates_are_known_by_name() -> None:
    assert {"tracker.md.j2", "check_in.md.j2", "tracker_summary.md.j2"} <= template_names()
