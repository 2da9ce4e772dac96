"""Slides and scorecards: notes under cards, boxes of statements, charts of areas, on pages drawn by the test."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from extractors.areas import area_named
from extractors.blocks import pages_to_blocks
from extractors.pdf_text import pdf_to_reading
from extractors.statements import find_statements
from schemas.records import Reading, Subject

WIDE = (842, 595)
Text = tuple[float, float, str, float]
Stated = tuple[str, str | None, str, str, float]
LEEDS = Subject(area_named("Leeds"), None, "self_evaluation", None, None, dt.date(2023, 9, 30))
OURS = "Leeds"


def _read(texts: Sequence[Text], centred: bool = False) -> Reading:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=WIDE)
    for x, y, text, size in texts:
        canvas.setFont("Helvetica-Bold" if text.startswith("#") else "Helvetica", size)
        (canvas.drawCentredString if centred else canvas.drawString)(x, WIDE[1] - y, text.lstrip("#"))
    canvas.showPage()
    canvas.save()
    return pages_to_blocks(pdf_to_reading(buffer.getvalue()), ())


def _stated(texts: Sequence[Text], centred: bool = False) -> set[Stated]:
    statements, _ = find_statements(_read(texts, centred), LEEDS)
    return {(s.indicator, s.area_name, s.period, s.kind, s.value) for s in statements}


def _tiles(*tiles: tuple[str, Sequence[str], str], centred: bool = False) -> list[Text]:
    """Tiles side by side: a value in large type, its words under it, and a note at one height in all."""
    texts: list[Text] = []
    for place, (value, label, note) in enumerate(tiles):
        x = 80 + 200 * place
        texts.append((x, 200, value, 28))
        texts += [(x, 222 + 14 * line, words, 11) for line, words in enumerate(label)]
        texts.append((x, 262, note, 9))
    return sorted(texts, key=lambda text: (text[1], text[0])) if centred else texts


@pytest.mark.parametrize("centred", [False, True])
def test_note_under_a_card_is_of_another_time_or_area(centred: bool) -> None:
    stated = _stated(
        _tiles(
            ("1,118", ["children in our care"], "(2022: 1,093)"),
            ("61.5%", ["care leavers aged", "19-21 in EET"], "North East: 54%"),
            ("22%", ["placed more than 20", "miles from home"], "Target: 20%"),
            ("93%", ["annual health", "assessments up to date"], "2022/23: 90%"),
            centred=centred,
        ),
        centred,
    )
    assert {
        ("cla_count", OURS, "2022", "actual", 1093.0),
        ("care_leavers_eet_pct", "North East", "now", "actual", 54.0),
        ("cla_over_20_miles_pct", OURS, "now", "target", 20.0),
        ("cla_health_assessment_pct", OURS, "2022-23", "actual", 90.0),
    } <= stated
    assert len(stated) == 8


def test_note_that_says_more_than_whose_and_when_is_no_comparison() -> None:
    stated = _stated(
        _tiles(
            ("74%", ["living with foster carers"], "incl. 196 connected carers"),
            ("264", ["child protection plans"], "Lowest since 2021/22"),
            ("93%", ["dental checks up to date"], "Sample: 85%"),
        )
    )
    assert {(indicator, value) for indicator, _, _, _, value in stated} <= {
        ("cla_foster_pct", 74.0),
        ("cpp_count", 264.0),
        ("cla_dental_pct", 93.0),
    }


def test_last_words_of_a_label_may_look_like_a_value() -> None:
    texts = _tiles(
        ("9.6%", ["3+ placements in", "12 months"], "Mar-23: 10.3%"),
        ("66%", ["long term placement", "stability (2 years+)"], "England: 69%"),
    )
    cards = [block.text for block in _read(texts).blocks if block.kind == "card"]
    assert cards == ["3+ placements in 12 months: 9.6%", "66% long term placement stability (2 years+)"]
    assert ("cla_3_placements_pct", OURS, "2023-03", "actual", 10.3) in _stated(texts)


def test_tile_with_its_title_well_over_the_value() -> None:
    texts: list[Text] = []
    tiles = (
        ("#Children in our care", "598", "Q1: 586", "Target: 570", "84.8 per 10,000 (SN 91, Eng 70)"),
        ("#Assessments in 45 days", "86.1%", "Q1: 89.7%", "Target: 90%", "Sickness in 2 of 5 teams"),
        ("#Agency social workers", "9.3%", "Q1: 12.8%", "Target: 10%", "21.0 FTE agency workers"),
    )
    for place, (title, value, before, target, remark) in enumerate(tiles):
        x = 45 + 200 * place
        texts += [(x, 115, title, 9.5), (x, 168, value, 25), (x, 186, before, 8.6), (x + 95, 186, target, 8.6)]
        texts.append((x, 202, remark, 8))
    stated = _stated(texts)
    assert {
        ("cla_count", "actual", 598.0),
        ("cla_count", "actual", 586.0),
        ("cla_count", "target", 570.0),
        ("cla_rate", "actual", 84.8),
        ("cla_rate", "actual", 70.0),
        ("assessments_in_time_pct", "actual", 86.1),
        ("assessments_in_time_pct", "actual", 89.7),
        ("assessments_in_time_pct", "target", 90.0),
        ("sw_agency_pct", "actual", 9.3),
        ("sw_agency_pct", "target", 10.0),
    } <= {(indicator, kind, value) for indicator, _, _, kind, value in stated}
    assert ("cla_rate", "England", "now", "actual", 70.0) in stated
    assert ("cla_count", OURS, "2023-24Q1", "actual", 586.0) in stated


def test_tile_with_its_title_in_one_corner_and_its_value_in_the_other() -> None:
    texts: list[Text] = []
    tiles = (
        ("#Re-referral rate", "19.4%", "Aug-23: 20.1%", "Target: 20%"),
        ("#ICPC in 15 days", "87%", "Aug-23: 91%", "Target: 90%"),
        ("#Children in care", "521", "Aug-23: 525", "Sep-22: 540"),
    )
    for place, (title, value, before, other) in enumerate(tiles):
        x = 40 + 260 * place
        texts += [(x, 100, title, 11), (x + 215 - pdfmetrics.stringWidth(value, "Helvetica", 30), 140, value, 30)]
        texts += [(x, 168, before, 9), (x, 182, other, 9)]
    assert _stated(texts) == {
        ("rereferrals_pct", OURS, "now", "actual", 19.4),
        ("rereferrals_pct", OURS, "2023-08", "actual", 20.1),
        ("rereferrals_pct", OURS, "now", "target", 20.0),
        ("icpc_in_time_pct", OURS, "now", "actual", 87.0),
        ("icpc_in_time_pct", OURS, "2023-08", "actual", 91.0),
        ("icpc_in_time_pct", OURS, "now", "target", 90.0),
        ("cla_count", OURS, "now", "actual", 521.0),
        ("cla_count", OURS, "2023-08", "actual", 525.0),
        ("cla_count", OURS, "2022-09", "actual", 540.0),
    }


def _paragraphs(lines: Sequence[str]) -> list[str]:
    reading = _read([(60, 120 + 16 * place, words, 11.5) for place, words in enumerate(lines)])
    return [block.text for block in reading.blocks]


def test_statements_of_a_box_are_one_on_a_line() -> None:
    lines = ["9,900 contacts in 2022/23", "2,731 referrals in 2022/23", "1,118 children in need", "Caseload: 18.7"]
    assert _paragraphs(lines) == lines


def test_short_statement_of_a_box_is_no_heading() -> None:
    lines = ["18 young people aged 16-17 NEET", "94% of reviews on time", "62 children placed in Leeds", "7.9% moved"]
    small = [(400.0, 200 + 12.0 * place, "Some words in the small type of the page", 7.0) for place in range(9)]
    reading = _read([*small, *((60, 120 + 16 * place, words, 10.5) for place, words in enumerate(lines))])
    assert {block.text: block.kind for block in reading.blocks if block.text in lines} == dict.fromkeys(
        lines, "paragraph"
    )


def test_statement_of_a_box_may_run_over_a_second_line() -> None:
    lines = [
        "90,700 children aged 0-17",
        "23.6% of children live in low",
        "income families (2021/22)",
        "15 Family Hubs",
    ]
    assert _paragraphs(lines) == [lines[0], f"{lines[1]} {lines[2]}", lines[3]]


@pytest.mark.parametrize(
    "lines",
    [
        [
            "The board heard that by the end of March",
            "2023 there had been 5,731 referrals, of which",
            "412 came from schools",
        ],
        [
            "In the year 2022/23 the number of",
            "Child Protection Plans fell by 12 to",
            "264 and in March 2023 stood at",
            "259",
        ],
        ["There were 14 adoptions in 2021. In", "2022 there were 12 adoptions and", "17 special guardianship orders"],
    ],
)
def test_prose_whose_lines_open_with_figures_is_one_paragraph(lines: list[str]) -> None:
    assert _paragraphs(lines) == [" ".join(lines)]


AREAS = ("Leeds", "SN average", "Yorkshire and the Humber", "England")
RATES = {("cla_rate", "2023-03-31", value) for value in (107.4, 114.0, 113.0, 71.0)}


def _chart(values: Sequence[str], labels: Sequence[str], sideways: bool, extra: Sequence[Text] = ()) -> list[Text]:
    texts: list[Text] = [(250, 80, "#Children in care per 10,000, 31 March 2023", 11.5), *extra]
    heights = [120 + 3 * float(value) / 2 for value in values]
    for place, (value, label) in enumerate(zip(values, labels, strict=True)):
        if sideways:
            texts += [(60, 120 + 30 * place, label, 9), (150 + heights[place], 120 + 30 * place, value, 9)]
        else:
            texts += [(120 + 150 * place, 420, label, 9), (120 + 150 * place, 400 - heights[place], value, 9)]
    return texts


@pytest.mark.parametrize("sideways", [False, True])
def test_chart_over_areas_says_of_whom_each_value_is(sideways: bool) -> None:
    texts = _chart(("107.4", "114", "113", "71"), AREAS, sideways)
    reading = _read(texts, centred=not sideways)
    assert [table.method for table in reading.tables] == ["chart"]
    stated = _stated(texts, centred=not sideways)
    assert {(indicator, period, value) for indicator, _, period, _, value in stated} == RATES
    assert ("cla_rate", "England", "2023-03-31", "actual", 71.0) in stated


def test_line_under_a_chart_speaks_of_what_its_title_names() -> None:
    texts: list[Text] = [(60, 80, "#Children in care per 10,000, at 31 March", 11.5)]
    for place, value in enumerate(("50", "55", "58")):
        texts += [(70 + 100 * place, 300, str(2021 + place), 9), (75 + 100 * place, 190 - 9 * place, value, 10)]
    texts.append((60, 325, "England 2023: 71. East of England 2023: 59.", 10))
    stated = _stated(texts)
    assert ("cla_rate", "England", "2023", "actual", 71.0) in stated
    assert ("cla_rate", "East of England", "2023", "actual", 59.0) in stated
    assert len(stated) == 5


def test_two_charts_on_one_line_have_an_axis_each() -> None:
    texts: list[Text] = [
        (60, 80, "#Children in care per 10,000", 11.5),
        (460, 80, "#Children in need per 10,000", 11.5),
    ]
    years = ("Sep-21", "Sep-22", "Sep-23")
    for place, (label, one, other) in enumerate(
        zip(years, ("84.8", "87.1", "90.6"), ("310", "325", "340"), strict=True)
    ):
        texts += [(70 + 100 * place, 300, label, 9), (70 + 100 * place, 180 - 9 * place, one, 10)]
        texts += [(480 + 130 * place, 300, label, 9), (480 + 130 * place, 190 - 9 * place, other, 10)]
    assert {(i, p, v) for i, _, p, _, v in _stated(texts)} == {
        ("cla_rate", "2021-09", 84.8),
        ("cla_rate", "2022-09", 87.1),
        ("cla_rate", "2023-09", 90.6),
        ("cin_rate", "2021-09", 310.0),
        ("cin_rate", "2022-09", 325.0),
        ("cin_rate", "2023-09", 340.0),
    }


@pytest.mark.parametrize(
    ("values", "labels", "extra"),
    [
        (("107.4", "114", "71"), ("Leeds", "Other", "England"), []),
        (("107.4", "114", "71"), ("Leeds", "SN", "England"), [(425, 210, "99", 9)]),
        (("107.4", "114"), ("Leeds", "Bradford"), []),
    ],
    ids=["a label of nobody", "a second series", "nobody to compare with"],
)
def test_chart_not_wholly_understood_is_left_alone(
    values: Sequence[str], labels: Sequence[str], extra: Sequence[Text]
) -> None:
    assert _read(_chart(values, labels, False, extra), centred=True).tables == ()
