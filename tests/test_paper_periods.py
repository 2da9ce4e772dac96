"""What a paper says of its own time dates what it leaves undated."""

from __future__ import annotations

import datetime as dt

import pytest

from extractors.areas import area_named
from extractors.html import html_to_reading
from extractors.plain_text import text_to_reading
from extractors.statements import find_statements
from schemas.records import Statement, Subject


def subject(kind: str = "report", title: str | None = None) -> Subject:
    return Subject(area_named("Dudley"), None, kind, title, None, dt.date(2023, 11, 21))


def stated(text: str, kind: str = "report", title: str | None = None) -> dict[str, str]:
    """The periods of a Markdown text's figures, by indicator."""
    found: tuple[Statement, ...] = find_statements(
        text_to_reading(text.encode(), "text/markdown"), subject(kind, title)
    )[0]
    return {statement.indicator: statement.period for statement in found}


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        (
            "# Board\n\nThis section of the report describes help and protection during 2022/23.\n\n"
            "20.7% of referrals were repeat referrals within 12 months.",
            {"rereferrals_pct": "2022-23"},
        ),
        (
            "# Report\n\nUnless the text says otherwise, figures in this report are for the end of September 2023.\n\n"
            "There are 44 unaccompanied asylum seeking children. In 2022-23 the re-referral rate was 19%.",
            {"uasc_count": "2023-09-30", "rereferrals_pct": "2022-23"},
        ),
    ],
)
def test_a_paper_dates_what_it_leaves_undated(text: str, periods: dict[str, str]) -> None:
    assert stated(text) == periods


def test_a_count_without_a_date_stands_at_the_end_of_the_papers_year() -> None:
    text = "318 children became looked after in the year. 612 children are looked after."
    periods = stated(text, title="Annual report 2022/23")
    assert periods == {"cla_started_count": "2022-23", "cla_count": "2023-03-31"}


def test_the_day_of_the_meeting_dates_no_figure_of_its_minutes() -> None:
    text = "# Tuesday, 21st November, 2023 5.00 pm\n\nAgency staff hold 8% of social work posts."
    assert stated(text, "minutes") == {"sw_agency_pct": "now"}


def test_the_numbered_paragraph_before_leads_no_list() -> None:
    page = (
        "<ol><li>The average length of care proceedings was 33 weeks in 2019/20.</li>"
        "<li>61 are unaccompanied asylum seeking children (UASC).</li></ol>"
    )
    found = find_statements(html_to_reading(f"<html><body>{page}</body></html>".encode()), subject())[0]
    assert {(one.indicator, one.period) for one in found} >= {("uasc_count", "now")}


def test_a_short_line_that_names_a_measure_is_the_heading_of_what_stands_below() -> None:
    page = (
        "<ul><li>Child protection plans lasting two years or more (NI 64)</li></ul>"
        "<p>Held at 5.1% and on target (5%) for 2011/12.</p><ul><li>Members noted the report.</li></ul><p>61% came.</p>"
    )
    statements = find_statements(html_to_reading(page.encode()), subject())[0]
    assert [(s.indicator, s.value, s.kind) for s in statements] == [
        ("cpp_over_2yr_pct", 5.1, "actual"),
        ("cpp_over_2yr_pct", 5.0, "target"),
    ]


def test_the_contacts_of_another_service_are_not_social_cares() -> None:
    text = "A total of 283 contacts were received, and 119 referrals met the threshold."
    assert stated(text, title="LADO annual report 2020-21") == {}
    assert set(stated(text, title="Front door performance 2020-21")) == {"contacts_count", "referrals_count"}


def test_a_quarter_that_prose_speaks_of_is_not_the_papers_own() -> None:
    from extractors.subject import find_subject

    page = (
        "<title>Statement of the Cabinet Member - Dudley Council</title><p>16 FEBRUARY 2023</p><h1>Children</h1>"
        "<p>After Quarter 2 2022/23 gave us the most referrals for eight years, referrals to social care dropped noticeably "
        "in Quarter 3, down from 1,742 to 1,196 after a busy autumn, which everybody here was glad of.</p>"
    )
    reading = html_to_reading(page.encode())
    assert find_subject(reading, "dudley/statement.html").reference == dt.date(2023, 2, 16)
