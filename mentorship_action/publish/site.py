"""A program's own site: every file of it as text, ready for any web server."""

import json
from collections.abc import Mapping

from markupsafe import Markup

from mentorship_action.publish.calendars import (
    PROGRAM_FEED,
    calendar_files,
    mentor_feed,
    mentorship_feed,
)
from mentorship_action.publish.join import SchemaData, join_page
from mentorship_action.publish.pages import render_markdown, render_page
from mentorship_action.publish.report import ProgramReport
from mentorship_action.publish.report_json import report_json


def site_files(report: ProgramReport, schema: SchemaData) -> dict[str, str]:
    """Return the site's files by their paths below its root. Equal reports give equal files.

    ``schema`` is the published one of mentee files, which the form to join by follows.
    """
    return {
        "index.html": render_page(
            "site",
            report=report,
            program_feed=PROGRAM_FEED,
            mentor_feed=mentor_feed,
            mentorship_feed=mentorship_feed,
        ),
        "join/index.html": join_page(report, schema),
        **calendar_files(report),
        **_certificates(report),
        "report.json": report_json(report),
        "report.md": render_markdown("report", report=report),
        **{f"badges/{name}.json": text for name, text in _badges(report).items()},
    }


def _certificates(report: ProgramReport) -> dict[str, str]:
    """Return the page of each graduate who asked for a certificate."""
    return {
        one.page: render_page(
            "certificate",
            report=report,
            certificate=one,
            picture=Markup(one.svg()),  # noqa: S704 - made here, with all text escaped
            home="../" * one.page.count("/") + "index.html",
        )
        for one in report.certificates.values()
    }


def _badges(report: ProgramReport) -> Mapping[str, str]:
    """Return badges as shields.io reads them from an address."""
    free = sum(mentor.free for mentor in report.mentors)
    return {
        "mentors": _badge("mentors", len(report.mentors), "blue"),
        "free-seats": _badge("free seats", free, "brightgreen" if free else "lightgrey"),
        "mentorships": _badge("mentorships", len(report.running), "blue"),
        "alumni": _badge("alumni", sum(len(one.mentees) for one in report.alumni), "blueviolet"),
    }


def _badge(label: str, number: int, color: str) -> str:
    badge = {"schemaVersion": 1, "label": label, "message": f"{number:,}", "color": color}
    return json.dumps(badge, indent=2) + "\n"
