"""Step `tables`: grids, headers and screens, named after the quirks that they guard."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.page_screens import has_aligned_numbers
from extractors.page_words import PageWords
from extractors.pdf_tables import pdf_to_tables, screened_pages
from extractors.pdf_text import pdf_to_reading
from extractors.table_cut_lines import cut_by_columns
from extractors.table_grid import Grid, grid_to_table, spread_texts
from extractors.table_headers import count_header_columns, count_header_rows, is_period_label, is_suppressed, is_value
from extractors.table_heads import with_heads
from extractors.table_names import names_left_of
from extractors.table_screen import holds_figures, is_table_of_figures, values_in_one_cell, worth_reading
from extractors.table_wraps import wrapped_groups
from schemas.records import Box, Cell, Line, Mark, Page, Reading


@pytest.mark.parametrize(
    "text",
    [
        "1,380",
        "14.26",
        "87.5%",
        "45 (12%)",
        "85% (93/110)",
        "-3",
        "↑ 12",
        "12.3 ▼",
        "£3.5m",
        "120 days",
        "71.0% (P)",
        "12*",
        "0",
        "93/110",
    ],
)
def test_a_cell_with_a_number_alone_is_a_value(text: str) -> None:
    assert is_value(text)


@pytest.mark.parametrize(
    "text",
    [
        "2016/17",
        "2016-17",
        "2019 - 2020",
        "20/21",
        "2016",
        "Mar-23",
        "March 2023",
        "31/03/2023",
        "31 March 2016",
        "Q3",
        "Q3 2022/23",
        "As at 31 March 2016",
        "2021-22 (provisional)",
        "Apr",
        "2020- 2021",
        "FY 2021/22",
    ],
)
def test_a_cell_with_a_period_is_a_label_and_no_value(text: str) -> None:
    assert is_period_label(text)
    assert not is_value(text)


@pytest.mark.parametrize(
    "text", ["", "Wolverhampton", "SCC/016", "3 or more placements", "Ages 5 to 15", "KPI 4a measures"]
)
def test_words_are_no_value(text: str) -> None:
    assert not is_value(text)


@pytest.mark.parametrize("text", ["c", "X", "z", "-", "*", "<5", "n/a", "..", "N/A", "not  available"])
def test_suppression_symbols_in_any_case(text: str) -> None:
    assert is_suppressed(text)


def test_a_fraction_that_looks_like_a_year_pair_is_a_value() -> None:
    assert is_value("93/95")
    assert not is_value("93/94")


@pytest.mark.parametrize(
    ("texts", "rows", "columns"),
    [
        pytest.param(
            [["Area", "Rate"], ["Dudley", "70.6"], ["England", "71.0"]], 1, 1, id="areas down, measures across"
        ),
        pytest.param(
            [["Measure", "2014", "2015"], ["Referrals", "120", "130"]], 1, 1, id="a row of bare years is a header"
        ),
        pytest.param(
            [["Audit", "Rated good"], ["Period", "or better"], ["2019-2020", "57%"], ["2020-2021", "72%"]],
            2,
            1,
            id="wrapped header, years down",
        ),
        pytest.param(
            [["", "Rate", "Rate"], ["", "2021", "2022"], ["Leeds", "1.2", "1.3"]], 2, 1, id="header over years"
        ),
        pytest.param(
            [["Ref", "Measure", "Value"], ["SCC/016", "Visits", "80%"], ["SCC/017", "Plans", "81%"]],
            1,
            2,
            id="code column before the name",
        ),
        pytest.param(
            [["No.", "Measure", "Value"], ["1", "Visits", "80%"], ["2", "Plans", "81%"]],
            1,
            2,
            id="running numbers name rows",
        ),
        pytest.param(
            [["Measure", "Value"], ["Front door", ""], ["Referrals", "80"]],
            1,
            1,
            id="a section row belongs to the body",
        ),
        pytest.param([["Referrals", "80"], ["Re-referrals", "81"]], 0, 1, id="key and value, no header"),
        pytest.param([["Measure", "Value"], ["Referrals", "c"]], 1, 1, id="a suppressed value is a value"),
    ],
)
def test_headers(texts: list[list[str]], rows: int, columns: int) -> None:
    assert count_header_rows(texts) == rows
    assert count_header_columns(texts, rows) == columns


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param([["Judgement", "Grade"], ["Overall effectiveness", "Good"]], id="judgement grid"),
        pytest.param([["Our priorities for 2023"]], id="boxed heading"),
        pytest.param([["Introduction"], ["3"]], id="one column"),
    ],
)
def test_grids_without_figures_are_no_tables(texts: list[list[str]]) -> None:
    assert not holds_figures(texts)
    assert not is_table_of_figures(texts)


def test_prose_that_aligns_is_no_table() -> None:
    prose = "the number of children who came into care rose to 25 in the year and fell back later on"
    assert not is_table_of_figures([[prose, "12"], [prose, prose], [prose, prose], [prose, "and so on"]])


def test_a_header_that_spans_columns_stands_over_each_of_them() -> None:
    cells = (Cell(0, 0, ""), Cell(0, 1, "Rate", column_span=2), Cell(1, 0, "Leeds"), Cell(1, 1, "1"), Cell(1, 2, "2"))
    assert spread_texts(cells) == [["", "Rate", "Rate"], ["Leeds", "1", "2"]]


@pytest.mark.parametrize(
    ("cell", "page", "printed"),
    [
        ("S\nocial care", "Health\r\nSocial care\r\n", "Social care"),
        ("Long\nterm", "Long term placements", "Long term"),
        ("Rate per\n10,000", "Rate per 12 10,000", "Rate per 10,000"),
        ("10,15\n3", "nothing of it", "10,153"),
        ("1,200 3", "nothing of it", "1,200 3"),
        ("non-\nkinship", "non-\r\nkinship", "non-kinship"),
        ("-4.36", "4.36", "-4.36"),
        ("69", "6 9", "69"),
        ("Missing", "", "Missing"),
    ],
)
def test_cell_text_is_that_of_the_page(cell: str, page: str, printed: str) -> None:
    assert PageWords(page).printed(cell) == printed


def test_a_title_that_was_cut_into_columns_is_noticed() -> None:
    assert PageWords("West Sussex and neighbours").cuts_words(["West Suss", "ex and neigh", "bours"]) == [True, True]
    assert PageWords("Rate 2021 Rate 2022").cuts_words(["Rate 2021", "Rate 2022"]) == [False]


@given(st.text(), st.text())
def test_any_text_is_looked_up_without_error(cell: str, page: str) -> None:
    assert isinstance(PageWords(page).printed(cell), str)


def _page(lines: list[str], ruled: bool = True) -> Page:
    text, made, marks = "", [], []
    for line in lines:
        made.append(Line(line, len(text), Box(0, 400, 1, 401), 10.0))
        for word in line.split():
            if word[0].isdigit():
                start = len(text) + line.index(word)
                marks.append(Mark(start, start + len(word), word, Box(0, 0, 1, 1)))
        text += line + "\n"
    return Page(1, 595, 842, text, tuple(made), tuple(marks), ruled=ruled)


def test_a_judgement_grid_is_not_worth_a_table_reader() -> None:
    assert not worth_reading(_page(["Judgement", "Grade", "Overall effectiveness", "Requires improvement to be good"]))


def test_prose_in_a_box_is_not_worth_a_table_reader() -> None:
    assert not worth_reading(
        _page(["In 2023 there were 35 children in care and 12 more", "than in 2022 across the county."])
    )


@pytest.mark.parametrize("line", ["T: 0300 123 1231", "M1 2WD", "Crown copyright 2016", "0161 618 8524"])
def test_addresses_and_telephone_numbers_are_no_cells(line: str) -> None:
    assert not worth_reading(_page([line, line, line]))


@pytest.mark.parametrize(
    "lines",
    [["Dudley 70.6% 71.0%", "England 70 71"], ["Referrals", "80", "Plans", "35"], ["Dudley", "70.6", "c", "<5"]],
)
def test_numbers_that_stand_as_cells_are_worth_a_table_reader(lines: list[str]) -> None:
    page = _page(lines)
    assert screened_pages(Reading("application/pdf", (page,))) == (1,)


def test_a_page_without_rules_or_columns_is_never_read() -> None:
    assert screened_pages(Reading("application/pdf", (_page(["1", "2", "3"], ruled=False),))) == ()


def test_bytes_that_are_no_pdf_give_an_issue() -> None:
    tables, issues = pdf_to_tables(b"not a pdf", [_page(["1 2"])])
    assert tables == ()
    assert [(issue.code, issue.page) for issue in issues] == [("table_failed", 1)]


def _ruled_pdf() -> bytes:
    """One page: a ruled table whose header "Placement stability" spans two columns, a footnote marker in a value."""
    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import SimpleDocTemplate, Table, TableStyle

    rows = [
        ["Area", "Placement stability", ""],
        ["", "2021/22", "2022/23"],
        ["Dudley", "70.1", "71.5"],
        ["England", "70", "c"],
    ]
    style = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("SPAN", (1, 0), (2, 0)), ("SPAN", (0, 0), (0, 1))]
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build([Table(rows, colWidths=[100, 90, 90], style=TableStyle(style))])
    return out.getvalue()


def test_a_ruled_table_is_read_with_its_merged_header() -> None:
    page = Page(1, 595.28, 841.89, "", (), (), ruled=True)
    (table,), issues = pdf_to_tables(_ruled_pdf(), [page])
    assert issues == ()
    assert (table.method, table.header_rows, table.header_columns) == ("lattice", 2, 1)
    assert spread_texts(table.cells) == [
        ["Area", "Placement stability", "Placement stability"],
        ["Area", "2021/22", "2022/23"],
        ["Dudley", "70.1", "71.5"],
        ["England", "70", "c"],
    ]


def test_a_cell_points_at_the_first_number_mark_in_its_box() -> None:
    bare = Page(1, 595.28, 841.89, "", (), (), ruled=True)
    (table,), _ = pdf_to_tables(_ruled_pdf(), [bare])
    box = next(cell.box for cell in table.cells if cell.text == "71.5")
    assert box is not None
    inside = Box(box.x0 + 5, box.y0 + 2, box.x0 + 20, box.y1 - 2)
    marked = Page(1, 595.28, 841.89, "71.5", (), (Mark(40, 44, "71.5", inside),), ruled=True)
    (table,), _ = pdf_to_tables(_ruled_pdf(), [marked])
    assert [(cell.text, cell.at) for cell in table.cells if cell.at is not None] == [("71.5", 40)]


def _grid(rows: list[list[str]], method: str = "network") -> Grid:
    import pandas as pd

    width = len(rows[0])
    edges = tuple((100.0 * c, 100.0 * (c + 1)) for c in range(width))
    heights = tuple((800.0 - 20 * r, 780.0 - 20 * r) for r in range(len(rows)))
    shut = (False,) * width
    return Grid(pd.DataFrame(rows), edges, heights, (shut,) * len(rows), (shut,) * (len(rows) - 1), 842.0, method)


def _page_of(lines: list[str]) -> Page:
    made = tuple(Line(line, 0, Box(0, 0, 1, 1), 10.0) for line in lines)
    return Page(1, 595, 842, "\r\n".join(lines), made, ())


def test_prose_over_an_unruled_table_stays_text() -> None:
    rows = [
        ["services for the whole of the year to March.", "", ""],
        ["Performance at the end of quarter", "4", ""],
        ["Measure", "2022/23", "2023/24"],
        ["Adoptions", "19", "21"],
    ]
    page = _page_of(["Performance at the end of quarter 4", "Measure", "2022/23", "2023/24"])
    table = grid_to_table(_grid(rows), page)
    assert spread_texts(table.cells) == rows[2:]


SENTENCES = (
    (["young people remained with", "their former car", "ers last year.", ""], True),
    (["and the figure for the", "whole of the year was", "much the same", "as before."], True),
    (["Care experienced young people", "Jan 2022", "Feb 2022", "Mar 2022"], False),
    (["Team", "All cases", "In time", ""], False),
)


@pytest.mark.parametrize(("row", "is_prose"), SENTENCES)
def test_a_sentence_that_the_columns_cut_stays_text_and_a_row_of_headers_does_not(
    row: list[str], is_prose: bool
) -> None:
    printed = "young people remained with their former carers last year."
    printed = " ".join(row) if "carers" not in "".join(row) else printed
    rows = [row, ["Measure", "2019/20", "2020/21", "2021/22"], ["% in touch", "93", "94", "96"]]
    table = grid_to_table(_grid(rows), _page_of([printed, *rows[1], *rows[2]]))
    assert (spread_texts(table.cells) == rows[1:]) == is_prose


def test_a_header_line_of_one_word_is_kept() -> None:
    rows = [["Audit", "", ""], ["Period", "Good", "Poor"], ["2022", "19", "21"], ["2023", "18", "20"]]
    assert spread_texts(grid_to_table(_grid(rows), _page_of([])).cells) == rows


@pytest.mark.parametrize("values", [["3", "4", "9", "12", "12"], ["1", "5", "6", "8", "20"]])
def test_a_table_of_contents_is_no_table(values: list[str]) -> None:
    assert not is_table_of_figures([["Contents", "Page"], *([f"Part {number}", number] for number in values)])


def test_the_values_of_several_rows_in_one_cell_are_counted() -> None:
    assert values_in_one_cell("2.3 0.21 8.8") == 3
    assert values_in_one_cell("45 (12%) of them") == 0


def _unruled_pdf(align: str) -> bytes:
    """One page: a table without any line, its row headers wrapped over up to three lines."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table, TableStyle

    style = getSampleStyleSheet()["BodyText"]
    rows = [
        ("Children looked after per 10,000 children aged under 18 at the end of March", "85", "86"),
        ("Re-referrals within 12 months", "20.1%", "19%"),
        ("Initial child protection conferences held within 15 working days", "80%", "82%"),
        ("Care leavers in education, employment or training", "54%", "55%"),
    ]
    cells = [["Measure", "2021/22", "2022/23"], *([Paragraph(name, style), *values] for name, *values in rows)]
    out = io.BytesIO()
    table = Table(cells, colWidths=[150, 80, 80], style=TableStyle([("VALIGN", (0, 0), (-1, -1), align)]))
    SimpleDocTemplate(out, pagesize=A4).build([Paragraph("Quarterly performance", style), table])
    return out.getvalue()


@pytest.mark.parametrize("align", ["TOP", "MIDDLE", "BOTTOM"])
def test_wrapped_row_headers_of_an_unruled_table_are_one_row(align: str) -> None:
    data = _unruled_pdf(align)
    reading = pdf_to_reading(data)
    assert screened_pages(reading) == (1,)
    (table,), issues = pdf_to_tables(data, reading.pages)
    assert issues == ()
    assert [row[1] for row in spread_texts(table.cells)] == ["2021/22", "85", "20.1%", "80%", "54%"]
    assert spread_texts(table.cells)[4][0] == "Care leavers in education, employment or training"


@pytest.mark.parametrize(
    ("rows", "groups"),
    [
        pytest.param([["M", "1"], ["Long", "2"], ["term", ""]], [[0], [1, 2]], id="values above"),
        pytest.param([["M", "x"], ["Long", ""], ["term", "2"]], [[0], [1, 2]], id="values below"),
        pytest.param([["M", "x"], ["Long", ""], ["", "2"], ["term", ""]], [[0], [1, 2, 3]], id="values between"),
        pytest.param([["M", "x"], ["Front door", ""], ["Referrals", "2"]], [[0], [1], [2]], id="a section"),
        pytest.param([["M", "x"], ["Adoptions", "3"], ["per cent", "2"]], [[0], [1], [2]], id="a unit's own row"),
        pytest.param([["M", "x"], ["Plans for", "3"], ["Boys", ""]], [[0], [1, 2]], id="an unfinished line"),
        pytest.param(
            [["M", "x"], ["% in homes", "3"], ["% in", ""], ["", "4"], ["work", ""]],
            [[0], [1], [2, 3, 4]],
            id="a sign each",
        ),
        pytest.param(
            [["Open at", "x", "y"], ["31 March", "", ""], ["Plans", "3", "4"]],
            [[0, 1], [2]],
            id="a corner in two lines",
        ),
        pytest.param(
            [["Open", "x", "y"], ["Front door", "", ""], ["Plans", "3", "4"]], [[0], [1], [2]], id="a section's name"
        ),
    ],
)
def test_printed_lines_to_rows(rows: list[list[str]], groups: list[list[int]]) -> None:
    assert wrapped_groups(rows, [None] * len(rows)) == groups


def test_a_line_nearer_to_the_one_above_goes_with_it() -> None:
    rows = [["M", "x"], ["Plans with", "1"], ["Neglect", ""], ["Reviews", "2"]]
    assert wrapped_groups(rows, [0, 20, 32, 52]) == [[0], [1, 2], [3]]
    named = [["M", "x"], ["Plans", "1"], ["Neglect", ""], ["Reviews", "2"]]
    assert wrapped_groups(named, [0, 20, 40, 60]) == [[0], [1], [2], [3]]


def _printed(heads: Sequence[tuple[float, float, float, str]], body: list[list[str]]) -> tuple[tuple[Cell, ...], Page]:
    """A grid of columns 100 points wide with its header in one row of cells, and the page that prints it. Headers are
    (left, right, top, words); values stand in the last 40 points of their column, names in the first 60."""
    lines = [Line(words, 0, Box(left, top, right, top + 10), 9.0) for left, right, top, words in heads]
    width = len(body[0])
    for number, row in enumerate(body):
        top = 60.0 + 15 * number
        for column, words in enumerate(row):
            left = 100.0 * column + (60 if column else 5)
            lines.append(Line(words, 0, Box(left, top, left + 40, top + 10), 9.0))
    rows = [["".join(words for *_, words in heads), *[""] * (width - 1)], *body]
    edges = [(0.0, 58.0), *((58.0 + 15 * number, 73.0 + 15 * number) for number in range(len(body)))]
    cells = tuple(
        Cell(r, c, words, Box(100.0 * c, edges[r][0], 100.0 * (c + 1), edges[r][1]))
        for r, row in enumerate(rows)
        for c, words in enumerate(row)
    )
    return cells, Page(1, 595, 842, "\n".join(line.text for line in lines), tuple(lines), ())


VALUES = [["Adoptions", "19", "21", "23", "20"], ["Plans", "310", "320", "330", "315"]]


def test_an_unruled_header_over_the_middle_of_several_columns_spans_them() -> None:
    heads = [
        (5, 45, 32, "Measure"),
        (258, 300, 25, "Dudley"),
        (465, 500, 27, "Target"),
        (463, 502, 37, "2023/24"),
        (160, 200, 43, "2020/21"),
        (260, 300, 43, "2021/22"),
        (342, 400, 43, "31 May 2022"),
    ]
    cells, page = _printed(heads, VALUES)
    found = with_heads(cells, page)
    assert found is not None
    assert spread_texts(found) == [
        ["Measure", "Dudley", "Dudley", "Dudley", "Target 2023/24"],
        ["", "2020/21", "2021/22", "31 May 2022", ""],
        *VALUES,
    ]


def test_a_header_that_wraps_is_no_level_of_its_own_and_a_word_broken_by_its_column_is_whole() -> None:
    heads = [
        (5, 120, 10, "Table 2 How Wolverhampton compares"),
        (5, 45, 44, "Measure"),
        (160, 210, 33, "Wolver-"),
        (160, 210, 44, "hampton"),
        (255, 300, 44, "England"),
        (355, 400, 33, "Re-"),
        (355, 400, 44, "ported"),
        (455, 500, 44, "Target"),
    ]
    cells, page = _printed(heads, VALUES)
    found = with_heads(cells, page)
    assert found is not None
    assert spread_texts(found)[:2] == [
        ["Table 2 How Wolverhampton compares", "", "", "", ""],
        ["Measure", "Wolverhampton", "England", "Re-ported", "Target"],
    ]


def test_words_that_the_grid_does_not_hold_are_not_put_over_its_columns() -> None:
    cells, page = _printed([(5, 45, 32, "Measure"), (160, 200, 43, "2020/21")], VALUES)
    other = Line("Confidential draft", 0, Box(260, 20, 340, 30), 9.0)
    assert with_heads(cells, Page(1, 595, 842, page.text, (*page.lines, other), ())) is None


def test_the_line_that_a_measure_wraps_to_is_no_row_beside_a_column_of_units() -> None:
    rows = [
        ["Measure", "Unit", "2022"],
        ["Plans", "number", "310"],
        ["Assessments completed within 45 working", "", ""],
        ["", "%", "80"],
        ["days", "", ""],
    ]
    assert wrapped_groups(rows, [None] * 5) == [[0], [1], [2, 3, 4]]


def test_a_title_over_some_of_the_columns_is_no_header_that_spans_them() -> None:
    heads = [
        (105, 365, 20, "Dudley and its statistical neighbours"),
        (5, 45, 43, "Area"),
        (160, 200, 43, "2020"),
        (260, 300, 43, "2021"),
        (360, 400, 43, "2022"),
        (460, 500, 43, "2023"),
    ]
    cells, page = _printed(heads, VALUES)
    assert with_heads(cells, page) is None


COLUMNS = ((0.0, 50.0), (50.0, 100.0), (100.0, 150.0))


@pytest.mark.parametrize(
    ("words", "left", "right", "pieces"),
    [
        pytest.param("RAG DoT", 60, 140, ["RAG", "DoT"], id="two headers"),
        pytest.param("Stat. nbrs England", 52, 142, ["Stat. nbrs", "England"], id="three words over two columns"),
        pytest.param("Rating", 60, 90, None, id="one column"),
        pytest.param("Comparators", 60, 140, None, id="one word"),
        pytest.param("All of the measures below", 10, 140, None, id="words over the edge"),
    ],
)
def test_headers_that_stand_as_near_as_words_are_cut_by_their_columns(
    words: str, left: float, right: float, pieces: list[str] | None
) -> None:
    found = cut_by_columns(Line(words, 0, Box(left, 0, right, 10), 8.0), COLUMNS)
    assert (None if found is None else [line.text for line in found]) == pieces


@pytest.mark.parametrize(
    ("words", "named"),
    [
        pytest.param(["Adoptions", "Plans"], True, id="names"),
        pytest.param(["Adoptions", ""], False, id="half of the names"),
        pytest.param(["and so the service", "has now been reviewed."], False, id="a sentence beside the figures"),
    ],
)
def test_names_left_of_a_grid_of_figures(words: list[str], named: bool) -> None:
    lines = [Line(text, 0, Box(10, 22.0 + 20 * n, 60, 32.0 + 20 * n), 9.0) for n, text in enumerate(words) if text]
    page = Page(1, 595, 842, "", tuple(lines), ())
    found = names_left_of([["19", "21"], ["310", "c"]], [(20.0, 40.0), (40.0, 60.0)], 100.0, page)
    assert (found is not None and found.texts == tuple(words)) == named


def test_a_name_a_little_lower_than_its_figures_is_in_their_row() -> None:
    rows = [["M", "x"], ["", "1"], ["Plans", ""], ["", "2"], ["Reviews", ""]]
    assert wrapped_groups(rows, [0, 20, 22.5, 40, 42.5]) == [[0], [1, 2], [3, 4]]


@pytest.mark.parametrize(
    ("words", "columns", "pieces"),
    [
        pytest.param("Q4 20/21 Q1 21/22 Q2 21/22", 3, ["Q4 20/21", "Q1 21/22", "Q2 21/22"], id="quarters"),
        pytest.param("2020/21 2021/22 WM SN Eng", 5, ["2020/21", "2021/22", "WM", "SN", "Eng"], id="years and areas"),
        pytest.param(
            "Freq Q1 22/23 Q2 22/23 22/23 Target RAG",
            5,
            ["Freq", "Q1 22/23", "Q2 22/23", "22/23 Target", "RAG"],
            id="a target among them",
        ),
        pytest.param("Our aims for 2021/22 and 2022/23", 3, None, id="a title over them"),
    ],
)
def test_as_many_labels_as_columns_go_one_to_each(words: str, columns: int, pieces: list[str] | None) -> None:
    extents = [(100.0 * number, 100.0 * (number + 1)) for number in range(columns)]
    line = Line(words, 0, Box(60, 0, 100 * columns - 45.0, 10), 9.0)  # wide gaps: no word's place tells its column
    found = cut_by_columns(line, extents)
    assert (None if found is None else [piece.text for piece in found]) == pieces


def test_a_header_of_a_column_without_values_is_no_second_header_of_the_next() -> None:
    heads = [
        (5, 45, 43, "Measure"),
        (160, 200, 43, "2020"),
        (260, 300, 43, "2021"),
        (310, 345, 43, "Average"),
        (360, 400, 43, "2022"),
        (460, 500, 43, "2023"),
    ]
    cells, page = _printed(heads, VALUES)
    found = with_heads(cells, page)
    assert found is not None
    assert spread_texts(found)[0] == ["Measure", "2020", "2021", "2022", "2023"]


def test_text_set_beside_a_table_is_none_of_its_columns() -> None:
    rows = [
        ["Q3 actual", "62%", ""],
        ["", "", "We are behind since two posts stand empty."],
        ["Target", "80%", ""],
        ["", "", "There are now 1,200 plans in the county."],
        ["England", "64%", "We hope to be back by the summer."],
    ]
    table = grid_to_table(_grid(rows), _page_of([]))
    assert spread_texts(table.cells) == [["Q3 actual", "62%"], ["Target", "80%"], ["England", "64%"]]


def test_a_column_of_comments_under_a_header_stays() -> None:
    rows = [
        ["Measure", "2022", "Comment"],
        ["Plans", "210", ""],
        ["", "", "Fewer families were known to us before."],
        ["Reviews", "90%", "Late ones were each looked into."],
    ]
    table = grid_to_table(_grid(rows), _page_of([]))
    assert len(spread_texts(table.cells)[0]) == 3


def test_two_narrow_columns_that_are_one_line_beside_a_name_make_rows() -> None:
    def page(left: float) -> tuple[Line, ...]:
        rows = (("Reviews in time", "89% 97% One was late"), ("Plans in time", "77% 92%"))
        return tuple(
            Line(words, 0, Box(x, 20.0 + 20 * n, x + 90, 30.0 + 20 * n), 9.0)
            for n, row in enumerate(rows)
            for x, words in zip((40.0, left), row, strict=True)
        )

    assert has_aligned_numbers("", page(300))
    assert not has_aligned_numbers("", tuple(line for line in page(300) if line.box.x0 == 300))
