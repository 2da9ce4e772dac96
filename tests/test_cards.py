"""Cards: big numbers and the labels that belong to them, on dashboards drawn by the test."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.areas import area_named
from extractors.blocks import pages_to_blocks
from extractors.dated_facts import with_dated_facts
from extractors.pdf_text import pdf_to_reading
from extractors.statements import find_statements
from extractors.table_grid import spread_texts
from extractors.table_screen import is_table_of_figures
from schemas.records import Block, Box, Reading, Subject

WIDE = (842, 595)
Text = tuple[float, float, str, float]


def cards(texts: Sequence[Text], centred: bool = False) -> list[str]:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=WIDE)
    for x, y, text, size in texts:
        canvas.setFont("Helvetica", size)
        (canvas.drawCentredString if centred else canvas.drawString)(x, WIDE[1] - y, text)
    canvas.showPage()
    canvas.save()
    reading = pages_to_blocks(pdf_to_reading(buffer.getvalue()), ())
    return [block.text for block in reading.blocks if block.kind == "card"]


COLUMNS = (80, 300, 520)
LABELS = ("Referrals per 10,000", "Visits in time", "Children in need")
VALUES = ("657.9", "85%", "718")
EXPECTED = [f"{label}: {value}" for label, value in zip(LABELS, VALUES, strict=True)]


def grid(value_y: float, label_y: float, size: float = 28) -> list[Text]:
    return [
        *[(x, value_y, value, size) for x, value in zip(COLUMNS, VALUES, strict=True)],
        *[(x, label_y, label, 11.0) for x, label in zip(COLUMNS, LABELS, strict=True)],
    ]


@pytest.mark.parametrize("centred", [False, True])
@pytest.mark.parametrize(("value_y", "label_y"), [(200, 220), (230, 200)])
@pytest.mark.parametrize("size", [18, 28, 40])
def test_value_takes_its_own_label(value_y: float, label_y: float, size: float, centred: bool) -> None:
    if label_y < value_y:
        value_y = label_y + size * 0.9 + 6
    assert cards(grid(value_y, label_y, size), centred) == EXPECTED


def test_grid_of_two_rows_keeps_each_label_with_its_value() -> None:
    second = ["0.4", "12%", "3,045"]
    titles = ["Change", "Agency", "Contacts"]
    texts = grid(200, 216)
    texts += [(x, 262, value, 28) for x, value in zip(COLUMNS, second, strict=True)]
    texts += [(x, 278, title, 11) for x, title in zip(COLUMNS, titles, strict=True)]
    assert sorted(cards(texts)) == sorted(EXPECTED + [f"{t}: {v}" for t, v in zip(titles, second, strict=True)])


def test_label_of_two_lines_is_whole() -> None:
    assert cards([(80, 200, "20.4%", 26), (80, 218, "Social worker posts that", 11), (80, 231, "stand empty", 11)]) == [
        "Social worker posts that stand empty: 20.4%"
    ]


def test_label_that_reads_on_follows_its_value() -> None:
    assert cards([(80, 200, "14%", 26), (80, 218, "of care leavers study", 11)]) == ["14% of care leavers study"]


def test_label_beside_its_value() -> None:
    texts: list[Text] = [
        (80, 200, "94%", 26),
        (145, 193, "Short term stability", 11),
        (80, 260, "75%", 26),
        (145, 253, "Long term stability", 11),
    ]
    assert cards(texts) == ["Short term stability: 94%", "Long term stability: 75%"]


def test_comparators_under_the_value_belong_to_the_card() -> None:
    texts = [(x, 170, label, 11.0) for x, label in zip(COLUMNS, LABELS, strict=True)]
    texts += [(x, 200, value, 26.0) for x, value in zip(COLUMNS, VALUES, strict=True)]
    texts += [(x, 216, f"England {n}", 10.0) for x, n in zip(COLUMNS, (537, 80, 700), strict=True)]
    assert cards(texts)[0] == "Referrals per 10,000: 657.9; England 537"


def test_row_of_figures_under_a_row_of_titles() -> None:
    texts = [(x, 180, label, 11.0) for x, label in zip(COLUMNS, LABELS, strict=True)]
    texts += [(x, 196, value, 11.0) for x, value in zip(COLUMNS, VALUES, strict=True)]
    assert cards(texts) == EXPECTED


def test_table_row_is_no_row_of_cards() -> None:
    texts = [(x, 180, label, 11.0) for x, label in zip(COLUMNS, LABELS, strict=True)]
    for y, area in ((196, "Dudley"), (212, "Walsall")):
        texts += [(20, y, area, 11.0), *[(x, y, value, 11.0) for x, value in zip(COLUMNS, VALUES, strict=True)]]
    assert cards(texts) == []


@pytest.mark.parametrize("values", [("1", "2", "3"), ("01", "02", "03")])
def test_steps_are_no_figures(values: tuple[str, str, str]) -> None:
    texts = [(x, 200, value, 26.0) for x, value in zip(COLUMNS, values, strict=True)]
    texts += [(x, 218, label, 11.0) for x, label in zip(COLUMNS, LABELS, strict=True)]
    assert cards(texts) == []


def test_year_over_a_paragraph_is_no_card() -> None:
    assert cards([(80, 200, "2023/24", 26), (80, 218, "What we did in the year", 11)]) == []


def test_the_heading_over_a_grid_of_cards_is_no_label_of_its_first() -> None:
    labels = ("children in care", "of visits were in time", "live with foster families")
    texts = [(60, 150, "The year in figures", 14.0)]
    texts += [(x, 185, value, 28.0) for x, value in zip(COLUMNS, VALUES, strict=True)]
    texts += [(x, 203, label, 11.0) for x, label in zip(COLUMNS, labels, strict=True)]
    assert cards(texts) == [f"{value} {label}" for label, value in zip(labels, VALUES, strict=True)]


def test_the_wrapped_end_of_a_bracket_or_a_range_of_ages_is_no_value() -> None:
    texts: list[Text] = [
        (80, 200, "73", 28),
        (80, 218, "per 10,000 children (SN", 11),
        (80, 231, "68)", 11),
        (300, 200, "70,120", 28),
        (300, 218, "children aged", 11),
        (300, 231, "0-17", 11),
    ]
    assert cards(texts) == ["73 per 10,000 children (SN 68)", "70,120 children aged 0-17"]


SUFFOLK = Subject(area_named("Suffolk"), None, "other", None, None, dt.date(2021, 10, 14))


def _stated(card: str, *headings: str) -> set[tuple[str, str, str, float]]:
    blocks = [Block("heading", words, headings=tuple(range(level))) for level, words in enumerate(headings)]
    card_block = Block("card", card, headings=tuple(range(len(headings))))
    statements, _ = find_statements(Reading("text/html", blocks=(*blocks, card_block)), SUFFOLK)
    return {(s.indicator, s.period, s.kind, s.value) for s in statements}


@pytest.mark.parametrize(
    ("card", "stated"),
    [
        ("Children in care, 30 Sept: 612", ("cla_count", "2021-09-30", "actual", 612)),
        ("Children looked after (2014/15): 38 per 10,000", ("cla_rate", "2014-15", "actual", 38)),
        ("41 of whom UASC", ("uasc_count", "now", "actual", 41)),
        ("3+ moves in 12 months: 9.1%", ("cla_3_placements_pct", "now", "actual", 9.1)),
        ("Child protection plans: 48.2 per 10,000", ("cpp_rate", "now", "actual", 48.2)),
    ],
)
def test_a_label_without_a_verb_heads_its_value(card: str, stated: tuple[str, str, str, float]) -> None:
    assert _stated(card, "Our children") == {stated}


@pytest.mark.parametrize(
    "card", ["Children in care council members: 14", "Foster carers: 120", "Budget: 148", "North: 958"]
)
def test_a_card_about_something_else_states_nothing(card: str) -> None:
    assert _stated(card, "Children in care") == set()


def test_cards_under_what_will_be_are_targets() -> None:
    assert _stated("Vacancy rate: 7%", "Social work workforce", "Where we will be (2023)") == {
        ("sw_vacancy_pct", "2023", "target", 7)
    }


def _chart(
    values: Sequence[tuple[float, str]], axis: Sequence[str]
) -> tuple[list[list[str]], list[tuple[str, str, float]]]:
    """The charts and blocks of a page with values at heights over an axis of periods."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=WIDE)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(100, WIDE[1] - 90, "Children looked after per 10,000, at 31 March")
    for place, (height, words) in enumerate(values):
        canvas.drawCentredString(140 + 80 * (place % len(axis)), WIDE[1] - height, words)
    for place, words in enumerate(axis):
        canvas.drawCentredString(140 + 80 * place, WIDE[1] - 280, words)
    canvas.showPage()
    canvas.save()
    reading = pages_to_blocks(pdf_to_reading(buffer.getvalue()), ())
    statements, _ = find_statements(reading, SUFFOLK)
    return [spread_texts(table.cells)[1] for table in reading.tables], [
        (s.indicator, s.period, s.value) for s in statements
    ]


YEARS = ("2018", "2019", "2020")


def test_a_chart_of_one_series_that_prints_its_values_is_a_row() -> None:
    rows, stated = _chart([(160, "52"), (140, "55"), (120, "58")], YEARS)
    assert rows == [["52", "55", "58"]]
    assert stated == [
        ("cla_rate", "2018-03-31", 52),
        ("cla_rate", "2019-03-31", 55),
        ("cla_rate", "2020-03-31", 58),
    ]


@pytest.mark.parametrize(
    "values",
    [
        [(160, "52"), (140, "55"), (120, "58"), (200, "41"), (190, "44"), (185, "47")],
        [(160, "52"), (140, "55")],
        [(160, "52"), (160, "55"), (160, "58")],
    ],
    ids=["two series", "a value left out", "level, as a table's"],
)
def test_a_chart_whose_values_may_be_anothers_is_left_alone(values: list[tuple[float, str]]) -> None:
    assert _chart(values, YEARS)[0] == []


def test_cards_in_a_row_are_no_table() -> None:
    texts = [
        ["152,900", "12.6%", "2,310"],
        ["young people", "in low income families", "open to early help"],
        ["0-17", "(2019/20)", ""],
    ]
    assert not is_table_of_figures(texts)


def test_the_one_date_of_a_card_dates_its_own_value_and_its_comparator() -> None:
    card = "Children looked after (2014/15 - England rate = 61.0): 41 per 10,000"
    assert _stated(card) == {("cla_rate", "2014-15", "actual", 41), ("cla_rate", "2014-15", "actual", 61)}


@pytest.mark.parametrize(
    ("card", "stated"),
    [
        (
            "94% in touch (target 90%)",
            {("care_leavers_in_touch_pct", "now", "actual", 94), ("care_leavers_in_touch_pct", "now", "target", 90)},
        ),
        (
            "51% in education, employment or training. England 53% (2020)",
            {("care_leavers_eet_pct", "now", "actual", 51), ("care_leavers_eet_pct", "2020", "actual", 53)},
        ),
        ("14 at university", {("care_leavers_university_count", "now", "actual", 14)}),
        ("14 at university, 3 of them abroad", set()),
    ],
)
def test_what_stands_behind_a_figure_is_of_whom_when_or_what_for(
    card: str, stated: set[tuple[str, str, str, float]]
) -> None:
    found = _stated(card, "Leaving care: 19, 20 and 21 year olds")
    assert found == stated if stated else not {one for one in found if one[3] == 3}


def test_children_in_need_with_those_that_a_card_takes_in() -> None:
    assert _stated("1,290 children in need, inc. CP and CLA", "Our children") == {("cin_count", "now", "actual", 1290)}


def test_those_for_long_on_a_plan_are_no_whole() -> None:
    assert _stated("Children on a plan 18 months +: 7", "Child protection plans") == set()


def test_social_workers_by_their_letters() -> None:
    assert _stated("SW vacancies: 21.3%", "Headlines") == {("sw_vacancy_pct", "now", "actual", 21.3)}


def test_a_note_of_all_cards_is_no_label_of_the_last() -> None:
    texts = grid(200, 220)
    texts += [(520, 234, "As at 30 June 2023", 11.0), (520, 248, "unless shown otherwise", 11.0)]
    assert cards(texts) == EXPECTED


def _facts(*lines: str) -> list[tuple[str, int | None]]:
    blocks = [
        Block("paragraph", text, page=1, box=Box(40, 20.0 * n, 200, 20.0 * n + 12)) for n, text in enumerate(lines)
    ]
    return [(block.kind, block.lead) for block in with_dated_facts(blocks)]


def test_a_box_of_facts_is_a_list_that_its_date_opens() -> None:
    assert _facts("At 31 March 2021", "212 CPP", "603 children in care", "9 teams") == [
        ("paragraph", None),
        *[("list_item", 0)] * 3,
    ]


@pytest.mark.parametrize(
    "lines",
    [
        ("At 31 March 2021", "212 CPP"),
        ("Our children", "212 CPP", "603 children in care"),
        ("At 31 March 2021 we had 31 schools", "212 CPP", "603 children in care"),
        ("At 31 March 2021", "212 children had a plan, which is many more than in the year before it.", "603 in care"),
    ],
    ids=["one fact", "no date", "a figure beside the date", "a sentence"],
)
def test_passages_below_a_line_are_no_list_of_it(lines: tuple[str, ...]) -> None:
    assert {kind for kind, _ in _facts(*lines)} == {"paragraph"}


def test_a_date_of_the_earlier_figure_is_not_that_of_the_card() -> None:
    assert _stated("603 children in care (590 in March 2021)", "Our children") == {
        ("cla_count", "now", "actual", 603),
        ("cla_count", "2021-03", "actual", 590),
    }


def test_a_rate_below_a_count_is_no_count() -> None:
    blocks = (
        Block("card", "Children in care: 603"),
        Block("paragraph", "Eng rate 70", lead=0),
        Block("paragraph", "England 71", lead=0),
    )
    statements, _ = find_statements(Reading("text/html", blocks=blocks), SUFFOLK)
    assert {(s.indicator, s.value) for s in statements if s.value < 100} <= {("cla_rate", 70.0)}


def test_a_note_under_a_card_of_something_unknown_is_not_of_the_section() -> None:
    blocks = (
        Block("heading", "Child protection"),
        Block("card", "Core groups overdue: 16", headings=(0,)),
        Block("paragraph", "was 24 at end of Q1", headings=(0,), lead=1),
    )
    statements, _ = find_statements(Reading("text/html", blocks=blocks), SUFFOLK)
    assert not statements
