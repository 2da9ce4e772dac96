"""Cards: big numbers and the labels that belong to them, on dashboards drawn by the test."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.blocks import pages_to_blocks
from extractors.pdf_text import pdf_to_reading

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
