"""Steps `tables`, `blocks` and `statements` together: ordinary layouts of tables in council papers, set as PDFs of our own and
read as any document is."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any

import pytest

from extractors.areas import area_named
from extractors.blocks import pages_to_blocks
from extractors.pdf_tables import pdf_to_tables, screened_pages
from extractors.pdf_text import pdf_to_reading
from extractors.table_statements import tables_to_statements
from schemas.records import Subject

SUBJECT = Subject(area_named("Dudley"), None, "report", None, None, dt.date(2024, 12, 31))
OWN, SN, REGION, ENGLAND = "E08000027", "SN:E08000027", "E12000005", "E92000001"
Stated = set[tuple[str, str | None, str, str, float]]
Rows = Sequence[Sequence[str]]


def _pdf(rows: Rows, style: Sequence[Any], widths: Sequence[float], over: str = "", shortest: int = 18) -> bytes:
    """One page: a heading, a passage, and the table, its cells of more letters than `shortest` wrapped as a word processor
    wraps them (and set a little lower than the others)."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    sheet = getSampleStyleSheet()
    small = sheet["BodyText"].clone("small", fontSize=8, leading=9.5)
    cells = [[Paragraph(text, small) if len(text) > shortest else text for text in row] for row in rows]
    table = Table(cells, colWidths=list(widths), style=TableStyle([("FONTSIZE", (0, 0), (-1, -1), 8), *style]))
    story: list[Any] = [Paragraph("Performance of children’s services", sheet["Heading1"])]
    story += [Paragraph(over, sheet["BodyText"])] if over else []
    story += [table]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=landscape(A4)).build(story)
    return out.getvalue()


def _stated(data: bytes) -> Stated:
    reading = pdf_to_reading(data)
    screened = screened_pages(reading)
    tables, issues = pdf_to_tables(data, [page for page in reading.pages if page.number in screened])
    assert issues == ()
    statements, _ = tables_to_statements(pages_to_blocks(reading, tables), SUBJECT)
    return {(s.indicator, s.area_code, s.period, s.kind, s.value) for s in statements if s.kind != "change"}


def _styles() -> dict[str, list[Any]]:
    from reportlab.lib import colors

    grid = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
    head = [("BACKGROUND", (0, 0), (-1, 0), colors.navy), ("TEXTCOLOR", (0, 0), (-1, 0), colors.white)]
    return {
        "ruled": [grid],
        "unruled": [],
        "body ruled": [*head, ("GRID", (0, 1), (-1, -1), 0.5, colors.grey)],
        "lines between rows": [
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.grey),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ],
        "banded": [*head, ("ROWBACKGROUNDS", (0, 1), (-1, -1), [colors.white, colors.lightgrey])],
    }


SCORECARD: Rows = [
    ["Measure", "Good is", "2023/24", "Q1 24/25", "Q2 24/25", "Target", "RAG", "DoT", "Stat neigh.", "England", "Comment"],
    ["Re-referrals within 12 months", "Low", "21.9%", "22.4%", "23.6%", "20%", "R", "▲", "22.0%", "22.4%", "Up in the quarter"],
    ["Assessments in 45 working days", "High", "89.1%", "88.0%", "86.1%", "90%", "A", "▼", "-", "82.6%", "Staff sickness"],
    ["Initial conferences in 15 working days", "High", "79.8%", "84.6%", "91.9%", "88%", "G", "▲", "82.0%", "79.3%", "Improved"],
    ["Electively home educated children (number)", "-", "347", "361", "384", "-", "-", "▲", "-", "-", "Rising"],
]  # fmt: skip


@pytest.mark.parametrize("style", ["ruled", "unruled", "body ruled", "lines between rows", "banded"])
def test_a_scorecard_however_its_lines_are_drawn(style: str) -> None:
    widths = [170, 42, 50, 50, 50, 45, 30, 30, 50, 50, 100]
    stated = _stated(_pdf(SCORECARD, _styles()[style], widths, "Comparators: 2023/24 published data"))
    assert stated == {
        ("rereferrals_pct", OWN, "2023-24", "actual", 21.9),
        ("rereferrals_pct", OWN, "2024-25Q1", "actual", 22.4),
        ("rereferrals_pct", OWN, "2024-25Q2", "actual", 23.6),
        ("rereferrals_pct", OWN, "2024-25", "target", 20),
        ("rereferrals_pct", SN, "2023-24", "actual", 22),
        ("rereferrals_pct", ENGLAND, "2023-24", "actual", 22.4),
        ("assessments_in_time_pct", OWN, "2023-24", "actual", 89.1),
        ("assessments_in_time_pct", OWN, "2024-25Q1", "actual", 88),
        ("assessments_in_time_pct", OWN, "2024-25Q2", "actual", 86.1),
        ("assessments_in_time_pct", OWN, "2024-25", "target", 90),
        ("assessments_in_time_pct", ENGLAND, "2023-24", "actual", 82.6),
        ("icpc_in_time_pct", OWN, "2023-24", "actual", 79.8),
        ("icpc_in_time_pct", OWN, "2024-25Q1", "actual", 84.6),
        ("icpc_in_time_pct", OWN, "2024-25Q2", "actual", 91.9),
        ("icpc_in_time_pct", OWN, "2024-25", "target", 88),
        ("icpc_in_time_pct", SN, "2023-24", "actual", 82),
        ("icpc_in_time_pct", ENGLAND, "2023-24", "actual", 79.3),
        ("ehe_count", OWN, "2023-24", "actual", 347),
        ("ehe_count", OWN, "2024-25Q1", "actual", 361),
        ("ehe_count", OWN, "2024-25Q2", "actual", 384),
    }


QUARTERS: Rows = [
    ["Indicator", "2023/24", "", "", "", "2024/25", ""],
    ["", "Q1", "Q2", "Q3", "Q4", "Q1", "Q2"],
    ["Children subject of a child protection plan (number)", "271", "268", "280", "289", "285", "264"],
    ["Children looked after per 10,000", "81.2", "82.0", "83.5", "84.1", "84.9", "85.3"],
]


@pytest.mark.parametrize("style", ["ruled", "unruled", "lines between rows", "banded"])
def test_quarters_below_the_year_that_spans_them(style: str) -> None:
    spans = [("SPAN", (1, 0), (4, 0)), ("SPAN", (5, 0), (6, 0)), ("ALIGN", (1, 0), (-1, -1), "CENTER")]
    stated = _stated(_pdf(QUARTERS, [*_styles()[style], *spans], [190, 60, 60, 60, 60, 60, 60]))
    quarters = ["2023-24Q1", "2023-24Q2", "2023-24Q3", "2023-24Q4", "2024-25Q1", "2024-25Q2"]
    plans, rates = (271, 268, 280, 289, 285, 264), (81.2, 82, 83.5, 84.1, 84.9, 85.3)
    assert stated == {
        *(("cpp_count", OWN, quarter, "actual", value) for quarter, value in zip(quarters, plans, strict=True)),
        *(("cla_rate", OWN, quarter, "actual", value) for quarter, value in zip(quarters, rates, strict=True)),
    }


COMPARED: Rows = [
    ["Measure", "England 2023/24", "West Midlands 2023/24", "Stat. neighbours 2023/24", "Dudley 2022/23", "Dudley 2023/24", "Dudley Sept 24"],
    ["Care leavers in suitable accommodation (%)", "88", "87", "89.5", "90", "91", "92"],
    ["% in education, employment or training (care leavers aged 19 to 21)", "54", "52", "53.1", "57", "58", "61"],
    ["% of care leavers with whom we are in touch", "-", "-", "-", "94", "95", "97"],
]  # fmt: skip


@pytest.mark.parametrize("style", ["ruled", "unruled", "body ruled", "lines between rows", "banded"])
def test_comparators_before_own_columns_and_names_in_two_lines(style: str) -> None:
    stated = _stated(_pdf(COMPARED, _styles()[style], [150, 70, 75, 75, 70, 70, 70]))
    assert stated == {
        ("care_leavers_accommodation_pct", ENGLAND, "2023-24", "actual", 88),
        ("care_leavers_accommodation_pct", REGION, "2023-24", "actual", 87),
        ("care_leavers_accommodation_pct", SN, "2023-24", "actual", 89.5),
        ("care_leavers_accommodation_pct", OWN, "2022-23", "actual", 90),
        ("care_leavers_accommodation_pct", OWN, "2023-24", "actual", 91),
        ("care_leavers_accommodation_pct", OWN, "2024-09", "actual", 92),
        ("care_leavers_eet_pct", ENGLAND, "2023-24", "actual", 54),
        ("care_leavers_eet_pct", REGION, "2023-24", "actual", 52),
        ("care_leavers_eet_pct", SN, "2023-24", "actual", 53.1),
        ("care_leavers_eet_pct", OWN, "2022-23", "actual", 57),
        ("care_leavers_eet_pct", OWN, "2023-24", "actual", 58),
        ("care_leavers_eet_pct", OWN, "2024-09", "actual", 61),
        ("care_leavers_in_touch_pct", OWN, "2022-23", "actual", 94),
        ("care_leavers_in_touch_pct", OWN, "2023-24", "actual", 95),
        ("care_leavers_in_touch_pct", OWN, "2024-09", "actual", 97),
    }


CODED: Rows = [
    ["Ref", "Indicator", "Unit", "Outturn 2022/23", "Outturn 2023/24", "Target 2024/25", "RAG"],
    ["CS01", "Children looked after", "Rate per 10,000", "81.0", "84.1", "80.0", "Red"],
    ["CS02", "Children looked after", "Number", "571", "598", "570", "Red"],
    ["CS03", "Children looked after with three or more placements in the year", "%", "10.9", "10.6", "9.5", "Amber"],
    ["CS04", "Average time between entering care and moving in with adopters", "Days", "412", "398", "390", "Green"],
]


@pytest.mark.parametrize("style", ["ruled", "unruled", "body ruled", "lines between rows", "banded"])
def test_codes_before_the_measures_and_units_behind_them(style: str) -> None:
    stated = _stated(_pdf(CODED, _styles()[style], [40, 200, 80, 80, 80, 80, 50], shortest=0))
    assert {s for s in stated if s[0] != "adoption_placement_days"} == {
        ("cla_rate", OWN, "2022-23", "actual", 81),
        ("cla_rate", OWN, "2023-24", "actual", 84.1),
        ("cla_rate", OWN, "2024-25", "target", 80),
        ("cla_count", OWN, "2022-23", "actual", 571),
        ("cla_count", OWN, "2023-24", "actual", 598),
        ("cla_count", OWN, "2024-25", "target", 570),
        ("cla_3_placements_pct", OWN, "2022-23", "actual", 10.9),
        ("cla_3_placements_pct", OWN, "2023-24", "actual", 10.6),
        ("cla_3_placements_pct", OWN, "2024-25", "target", 9.5),
    }


COMMENTED: Rows = [
    ["Performance measure", "Latest", "Target", "Status", "Commentary"],
    ["Children looked after reviews held on time", "97.2%", "98%", "Amber",
     "Two reviews were late because a parent was unwell. Performance was 96% last year."],
    ["EHC plans issued in 20 weeks (excluding exceptions)", "51.4%", "60%", "Red",
     "A further 12 plans are with panel. England’s average was 50.3% in 2023."],
]  # fmt: skip


@pytest.mark.parametrize("style", ["ruled", "body ruled"])
def test_targets_ratings_and_commentary_beside_the_latest(style: str) -> None:
    stated = _stated(_pdf(COMMENTED, _styles()[style], [170, 60, 60, 60, 260], "Position at 31 December 2024"))
    assert {s for s in stated if s[4] in (97.2, 98, 51.4, 60)} >= {
        ("cla_reviews_in_time_pct", OWN, "2024-25", "target", 98),
        ("ehcp_20_weeks_pct", OWN, "2024-25", "target", 60),
    }
    assert {(s[0], s[4]) for s in stated if s[3] == "actual"} >= {
        ("cla_reviews_in_time_pct", 97.2),
        ("ehcp_20_weeks_pct", 51.4),
    }


SPANNED: Rows = [
    ["Measure", "Dudley", "", "", "Benchmark 2022/23", ""],
    ["", "2021/22", "2022/23", "2023/24", "SN", "England"],
    ["Referrals per 10,000 children", "561.2", "498.7", "471.0", "545.8", "548.2"],
    ["% of referrals within 12 months of a previous referral", "16.3", "19.0", "21.5", "16.1", "21.9"],
]


@pytest.mark.parametrize("style", ["ruled", "unruled", "lines between rows", "banded"])
def test_own_years_and_benchmarks_below_headers_that_span_them(style: str) -> None:
    spans = [("SPAN", (1, 0), (3, 0)), ("SPAN", (4, 0), (5, 0)), ("ALIGN", (1, 0), (-1, -1), "CENTER")]
    stated = _stated(_pdf(SPANNED, [*_styles()[style], *spans], [190, 60, 60, 60, 60, 60]))
    assert stated == {
        ("referrals_rate", OWN, "2021-22", "actual", 561.2),
        ("referrals_rate", OWN, "2022-23", "actual", 498.7),
        ("referrals_rate", OWN, "2023-24", "actual", 471),
        ("referrals_rate", SN, "2022-23", "actual", 545.8),
        ("referrals_rate", ENGLAND, "2022-23", "actual", 548.2),
        ("rereferrals_pct", OWN, "2021-22", "actual", 16.3),
        ("rereferrals_pct", OWN, "2022-23", "actual", 19),
        ("rereferrals_pct", OWN, "2023-24", "actual", 21.5),
        ("rereferrals_pct", SN, "2022-23", "actual", 16.1),
        ("rereferrals_pct", ENGLAND, "2022-23", "actual", 21.9),
    }


def _drawn(lines: Sequence[tuple[float, float, str]]) -> bytes:
    """One page of words at places: points from the left edge and from the top."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    canvas.setFont("Helvetica", 10)
    for x, y, text in lines:
        canvas.drawString(x, 842 - y, text)
    canvas.save()
    return out.getvalue()


NARROW = [
    (47, 60, "Performance of children’s services, April to June 2024"),
    (47, 84, "This paper sets out how the service did in the quarter, and what it will do about measures that fell behind."),
    (47, 120, "Measure"), (326, 114, "Same quarter last"), (326, 125, "year"),
    (436, 120, "Actual"), (467, 120, "Target"), (500, 120, "Status"),
    (47, 146, "Child protection reviews held on time"), (328, 146, "98.4%"), (438, 146, "97%  99%"), (513, 146, "Blue"),
    (47, 166, "Children looked after with an up to date"), (328, 172, "79.3%"), (438, 172, "83%  85%"), (513, 172, "Red"),
    (47, 178, "dental check"),
    (47, 198, "Single assessments done within 45 days"), (328, 198, "91.0%"), (438, 198, "87%  92%"), (513, 198, "Red"),
]  # fmt: skip


def test_columns_nearer_to_each_other_than_words_are_told_by_the_values_in_them() -> None:
    stated = {(s[0], s[3], s[4]) for s in _stated(_drawn(NARROW))}
    assert {s for s in stated if s[0] != "cpp_reviews_in_time_pct"} == {
        ("cla_dental_pct", "actual", 83),
        ("cla_dental_pct", "target", 85),
        ("assessments_in_time_pct", "actual", 87),
        ("assessments_in_time_pct", "target", 92),
    }


BOXES = [
    (50, 60, "Council plan: children, 2023/24 (Quarter 4)"),
    (63, 120, "Measure"), (312, 120, "Performance Q4"), (433, 120, "Target"), (488, 120, "Status"),
    (63, 136, "Children looked after per 10,000"), (312, 136, "84.1"), (433, 136, "80"), (488, 136, "Amber"),
    (58, 160, "The rate fell in the last quarter of the year, and it is still among the highest of the region’s councils."),
    (63, 220, "Measure"), (354, 214, "Performance"), (354, 226, "Q4"), (446, 220, "Target"), (496, 220, "Status"),
    (63, 242, "Children on a child protection plan – rate per"), (354, 248, "48.2"), (450, 248, "45"), (496, 248, "Amber"),
    (63, 254, "10,000"),
    (63, 270, "% of children who were made subject of a plan for a"), (354, 276, "22.9%"), (450, 276, "21%"), (496, 276, "Red"),
    (63, 282, "second or subsequent time"),
    (58, 306, "Plans made again were often those of brothers and sisters, so that one family moves the share by a whole point."),
]  # fmt: skip


def test_a_table_of_one_row_and_one_of_names_that_wrap_around_their_values() -> None:
    assert {(s[0], s[3], s[4]) for s in _stated(_drawn(BOXES))} == {
        ("cla_rate", "actual", 84.1),
        ("cla_rate", "target", 80),
        ("cpp_rate", "actual", 48.2),
        ("cpp_rate", "target", 45),
        ("cpp_repeat_ever_pct", "actual", 22.9),
        ("cpp_repeat_ever_pct", "target", 21),
    }


CARDS = [
    (47, 60, "Performance of children’s services, April to September 2024"),
    (60, 100, "Percentage of children who became subject"), (372, 106, "Target Q1 Q2"), (517, 112, "Red Minimise"),
    (60, 112, "of a plan for a second or subsequent time"), (372, 118, "20% 17.3% 24.6%"),
    (60, 140, "Two families with several children each were registered again within the quarter, after three years and more."),
]  # fmt: skip


def test_a_name_that_its_figures_cut_in_two_is_no_table() -> None:
    from extractors.table_columns import page_to_columns

    data = _drawn(CARDS)
    assert page_to_columns(pdf_to_reading(data).pages[0])
    assert _stated(data) == set()


def test_a_second_caption_in_a_table_read_by_alignment_begins_another() -> None:
    rows: Rows = [
        ["Table 1 Type of home", "", "", "", ""],
        ["", "31 March 2023", "", "31 March 2024", ""],
        ["", "No.", "%", "No.", "%"],
        ["Children’s homes", "41", "9.8%", "44", "10.2%"],
        ["Placed with parents", "19", "4.5%", "21", "4.9%"],
        ["All children looked after", "418", "100%", "431", "100%"],
        ["Table 2 Age", "", "", "", ""],
        ["", "31 March 2023", "", "31 March 2024", ""],
        ["", "No.", "%", "No.", "%"],
        ["Under 10", "160", "38.3%", "171", "39.7%"],
        ["10 and over", "258", "61.7%", "260", "60.3%"],
    ]
    spans = [("SPAN", (at, row), (at + 1, row)) for row in (1, 7) for at in (1, 3)]
    stated = _stated(_pdf(rows, [*spans, ("ALIGN", (1, 0), (-1, -1), "CENTER")], [190, 60, 60, 60, 60], shortest=40))
    counts = {(indicator, period, value) for indicator, _, period, _, value in stated}
    assert {
        ("cla_residential_count", "2024-03-31", 44),
        ("cla_with_parents_count", "2023-03-31", 19),
        ("cla_count", "2024-03-31", 431),
    } <= counts
    assert not {value for _, _, value in counts} & {160, 171, 258, 260, 30, 31}
