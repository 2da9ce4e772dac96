"""Pages -> blocks: reading order, paragraphs, lists, headings, captions, joins over pages. Pages are drawn here."""

from __future__ import annotations

import io
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from extractors.blocks import pages_to_blocks
from extractors.pdf_text import pdf_to_reading
from schemas.records import Block, Box, Cell, Reading, Table

PAGE = (595, 842)
Text = tuple[float, float, str] | tuple[float, float, str, float] | tuple[float, float, str, float, str]
BODY = "children and families get help early and well from workers whom they know and trust"


def draw(*pages: list[Text]) -> bytes:
    """Pages of texts at (x, y from the top, text, size, font)."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=PAGE)
    for texts in pages:
        for x, y, text, *style in texts:
            size, font = (*style, "Helvetica")[:2] if style else (11, "Helvetica")
            canvas.setFont(font, size)
            canvas.drawString(x, PAGE[1] - y, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def read(*pages: list[Text], tables: tuple[Table, ...] = ()) -> Reading:
    return pages_to_blocks(pdf_to_reading(draw(*pages)), tables)


def body(reading: Reading) -> list[Block]:
    return [block for block in reading.blocks if block.kind not in ("running_head", "page_number")]


def texts(reading: Reading, kind: str | None = None) -> list[str]:
    return [block.text for block in body(reading) if kind in (None, block.kind)]


def filler(y: float, count: int = 4, x: float = 72) -> list[Text]:
    """A paragraph of full lines, so that the page has a body size, a line pitch and a margin."""
    return [(x, y + 14 * i, BODY if i < count - 1 else "and the plan is reviewed.") for i in range(count)]


def assert_laws(reading: Reading) -> None:
    """Every piece repeats its page's text; every printed character stands in one block, footnote markers excepted."""
    pages = {page.number: page for page in reading.pages}
    seen: Counter[tuple[int, int]] = Counter()
    for block in reading.blocks:
        for piece in block.pieces:
            page = pages[piece.page]
            assert block.text[piece.start : piece.start + piece.length] == page.text[piece.at : piece.at + piece.length]
            seen.update((piece.page, piece.at + i) for i in range(piece.length))
    assert not seen or max(seen.values()) == 1
    for page in reading.pages:
        raised = {i for mark in page.marks if mark.raised for i in range(mark.start, mark.end)}
        for line in page.lines:
            for index in range(line.start, line.start + len(line.text)):
                if index not in raised and page.text[index] not in " -,[]":
                    assert seen[page.number, index] == 1, line.text


def test_lines_of_a_paragraph_are_joined() -> None:
    reading = read(filler(130, 3))
    assert texts(reading) == [f"{BODY} {BODY} and the plan is reviewed."]
    assert_laws(reading)


def test_gap_between_paragraphs_parts_them() -> None:
    assert len(texts(read(filler(130) + filler(200)))) == 2


def test_short_line_ends_a_paragraph_without_a_gap() -> None:
    assert len(texts(read(filler(130) + filler(186)))) == 2


def test_broken_word_is_mended_and_compound_kept() -> None:
    lines: list[Text] = [
        (72, 100, "The children moved. Each plan is long-term and the self-evaluation says so of chil-"),
        (72, 114, "dren who moved last year, and of a place that is meant to be safe and is long-"),
        (72, 128, "term for the 19-to-"),
        (72, 142, "21 year olds."),
    ]
    text = " ".join(texts(read(lines)))
    assert "children who moved" in text
    assert "long-term for" in text
    assert "19-to-21 year" in text


def test_footnote_marker_is_taken_out_of_the_words() -> None:
    lines: list[Text] = [
        (72, 100, "There are 14 homes in the area"),
        (226.6, 96, "2", 6.5),
        (231, 100, "and two schools."),
    ]
    reading = read(lines)
    assert texts(reading) == ["There are 14 homes in the area and two schools."]
    assert [mark.text for mark in reading.pages[0].marks if mark.raised] == ["2"]
    assert_laws(reading)


def test_footnote_at_the_foot_is_its_own_block() -> None:
    page = [*filler(130), (72, 760, "1", 6), (77, 764, "Figures are local and were not checked.", 9)]
    reading = read(page)
    assert texts(reading, "footnote") == ["Figures are local and were not checked."]
    assert_laws(reading)


def test_note_line_keeps_its_own_block() -> None:
    assert texts(read([*filler(130), (72, 200, "*Data as at 30/03/2023")]), "footnote") == ["*Data as at 30/03/2023"]


LIST: list[Text] = [
    *filler(130),
    (72, 200, "At 31 August 2014, 183 children were looked after. Of this number:"),
    (90, 216, "• 20 live outside the area"),
    (90, 232, "• 31 live in homes:"),
    (110, 248, "- nine of them near"),
    (110, 264, "- 22 of them far"),
    (90, 280, "• 44 live with family."),
]


def test_list_items_know_the_sentence_that_opens_them() -> None:
    reading = read(LIST)
    blocks = reading.blocks
    items = [block for block in blocks if block.kind == "list_item"]
    assert [item.level for item in items] == [1, 1, 2, 2, 1]
    leads = [blocks[item.lead].text.split(" ", 2)[-1][-15:] for item in items if item.lead is not None]
    assert leads == ["Of this number:", "Of this number:", "live in homes:", "live in homes:", "Of this number:"]
    assert_laws(reading)


def test_list_carries_on_over_the_page() -> None:
    head: Text = (72, 40, "Inspection report", 9)
    reading = read(
        [head, *LIST[:6], (290, 800, "4", 9)],
        [head, *[(x, y - 140, t) for x, y, t, *_ in LIST[6:]], (290, 800, "5", 9)],
    )
    items = [block for block in reading.blocks if block.kind == "list_item"]
    assert [item.level for item in items] == [1, 1, 2, 2, 1]
    assert items[-1].lead == items[0].lead


def test_bullets_drawn_apart_join_their_words() -> None:
    page = [*filler(130), (90, 200, "first of the items"), (90, 216, "second item"), (76, 200, "•"), (76, 216, "•")]
    assert texts(read(page), "list_item") == ["• first of the items", "• second item"]


@pytest.mark.parametrize("sign", ["•", "-", "o", "–"])
def test_item_runs_on_under_its_words(sign: str) -> None:
    page: list[Text] = [
        *filler(130),
        (72, 200, "They say:"),
        (90, 216, sign),
        (104, 216, "the share of children in need who are seen within ten days rose to"),
        (104, 230, "eighty four"),
        (90, 244, sign),
        (104, 244, "another"),
    ]
    assert len(texts(read(page), "list_item")) == 2


def test_headings_stand_over_what_follows() -> None:
    reading = read(
        [
            (72, 80, "Our children", 18),
            *filler(120),
            (72, 190, "Placements", 13, "Helvetica-Bold"),
            *filler(210),
            (72, 300, "Workforce", 18),
            *filler(330),
        ]
    )
    headings = [block for block in reading.blocks if block.kind == "heading"]
    assert [(block.text, block.level) for block in headings] == [
        ("Our children", 1),
        ("Placements", 2),
        ("Workforce", 1),
    ]
    paths = [[reading.blocks[i].text for i in block.headings] for block in reading.blocks if block.kind == "paragraph"]
    assert paths == [["Our children"], ["Our children", "Placements"], ["Workforce"]]


def test_numbered_paragraph_keeps_its_number() -> None:
    page: list[Text] = [
        *filler(130),
        (72, 200, "15. Managers know every child well, and their plans are reviewed by them."),
    ]
    assert texts(read(page))[1].startswith("15. Managers")


def test_paragraph_cut_at_the_page_end_is_one_block() -> None:
    head: Text = (72, 40, "Inspection report", 9)
    first = [head, *filler(130), (72, 700, BODY), (72, 714, BODY), (290, 800, "3", 9)]
    second = [head, (72, 80, "and goes on to the next page."), *filler(120), (290, 800, "4", 9)]
    reading = read(first, second)
    cut = next(block for block in reading.blocks if block.text.endswith("goes on to the next page."))
    assert {piece.page for piece in cut.pieces} == {1, 2}
    assert cut.page == 1
    assert_laws(reading)


def test_running_heads_and_page_numbers_are_told_apart() -> None:
    pages = [[(72, 40, "Report on one council", 9), *filler(130), (290, 800, str(n), 9)] for n in (7, 8, 9)]
    reading = read(*pages)
    kinds = Counter(block.kind for block in reading.blocks)
    assert (kinds["running_head"], kinds["page_number"], kinds["paragraph"]) == (3, 3, 3)
    assert_laws(reading)


def test_lone_figure_on_a_page_is_no_page_number() -> None:
    assert texts(read([(290, 60, "657")])) == ["657"]


def test_two_columns_are_read_one_after_the_other() -> None:
    rows = [(100 + 14 * i) for i in range(6)]
    left = [f"left {w} column words that fill it" for w in ("one", "two", "three", "four", "five", "six")]
    right = [text.replace("left", "right") for text in left]
    page: list[Text] = [(72, 60, "A title over both of the columns", 16)]
    for y, one, other in zip(rows, left, right, strict=True):
        page += [(72, y, one), (320, y, other)]
    joined = " ".join(texts(read(page)))
    assert joined.index("left six") < joined.index("right one")
    assert_laws(read(page))


def test_box_drawn_last_is_read_where_it_stands() -> None:
    page = [(72, 400, "Last words of the page here."), *filler(130), (72, 250, "A box in the middle of it.")]
    assert [text[:4] for text in texts(read(page))] == ["chil", "A bo", "Last"]


def test_contents_lines_are_no_statements() -> None:
    page: list[Text] = [(72, 80, "Contents", 18)]
    page += [
        (72, 110 + 16 * i, f"Chapter {w} {'.' * 40} {3 + 2 * i}")
        for i, w in enumerate(("on help", "on care", "on staff"))
    ]
    assert len(texts(read(page), "contents")) == 4


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Table 3: Rates by area", "caption"),
        ("Figure 2 Children in need", "caption"),
        ("Source: local data", "caption"),
        ("Table 9.4 shows the need of children by their age, as the plan says in its words.", "paragraph"),
    ],
)
def test_captions_are_titles_not_sentences(text: str, kind: str) -> None:
    assert [block.kind for block in read([*filler(130), (72, 200, text)]).blocks][-1] == kind


def table(page: int, y0: float, y1: float, columns: int = 2) -> Table:
    cells = tuple(Cell(0, column, "x") for column in range(columns))
    return Table(cells, 1, 1, page=page, box=Box(70, y0, 400, y1))


def test_table_takes_its_lines_its_place_and_its_caption() -> None:
    page: list[Text] = [
        *filler(130),
        (72, 200, "Table 1: Stability of placements"),
        (72, 220, "Area"),
        (250, 220, "Long term"),
        (72, 236, "Dudley"),
        (250, 236, "75.0%"),
        *filler(280),
    ]
    reading = read(page, tables=(table(1, 210, 242),))
    assert [block.kind for block in reading.blocks] == ["paragraph", "caption", "table", "paragraph"]
    placed = reading.tables[0]
    assert placed.block == 2
    assert placed.caption == "Table 1: Stability of placements"
    assert reading.blocks[2].table == 0
    assert_laws(reading)


def test_table_that_carries_on_over_the_page_says_so() -> None:
    first: list[Text] = [*filler(130), (72, 700, "Dudley"), (250, 700, "75"), (290, 810, "1", 9)]
    second: list[Text] = [(72, 80, "Walsall"), (250, 80, "71"), *filler(200), (290, 810, "2", 9)]
    reading = read(first, second, tables=(table(1, 690, 705), table(2, 70, 85)))
    assert [placed.continues for placed in reading.tables] == [None, 0]
    other = read(first, second, tables=(table(1, 690, 705), table(2, 70, 85, columns=3)))
    assert [placed.continues for placed in other.tables] == [None, None]


def test_rows_of_an_unread_table_stay_apart() -> None:
    page: list[Text] = [*filler(130)]
    for i, area in enumerate(("Dudley", "Walsall", "England")):
        page += [(72, 200 + 15 * i, area), (250, 200 + 15 * i, "535"), (320, 200 + 15 * i, "749")]
    assert texts(read(page))[1:] == ["Dudley 535 749", "Walsall 535 749", "England 535 749"]


words = st.text(alphabet="abcdefg hij-klm.•12%", min_size=1, max_size=40)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(20, 500), st.integers(20, 800), words, st.sampled_from([7, 11, 11, 18])), max_size=14
    )
)
def test_every_line_stands_in_exactly_one_block(placed: list[tuple[int, int, str, int]]) -> None:
    assert_laws(read([(float(x), float(y), text, float(size)) for x, y, text, size in placed]))


def test_boxes_side_by_side_keep_their_bullets() -> None:
    left = ("• Good reviews", "• Clear plans", "• Early help")
    right = ("• Few moves", "• Short waits", "• More homes")
    page: list[Text] = [(72, 100, "What works", 14), (320, 100, "What comes next", 14)]
    for i, (one, other) in enumerate(zip(left, right, strict=True)):
        page += [(72, 130 + 16 * i, one), (320, 130 + 16 * i, other)]
    assert texts(read(page)) == ["What works", *left, "What comes next", *right]


def test_narrow_columns_are_told_from_table_rows() -> None:
    left = ("Help comes early", "and stays as long", "as it is needed.", "Plans are clear.")
    right = ("Homes are near", "to school and to", "friends whom they", "know well.")
    page: list[Text] = []
    for i, (one, other) in enumerate(zip(left, right, strict=True)):
        page += [(72, 130 + 14 * i, one), (320, 130 + 14 * i, other)]
    assert " ".join(texts(read(page))) == " ".join((*left, *right))


def test_caption_ends_before_the_next_sentence() -> None:
    page: list[Text] = [
        *filler(130),
        (72, 205, "Table 3: Children by age"),
        (72, 222, "The table counts every child once."),
        (72, 240, "Dudley"),
        (250, 240, "75"),
    ]
    assert read(page, tables=(table(1, 230, 245),)).tables[0].caption == "Table 3: Children by age"


def test_columns_drawn_line_by_line_are_read_down() -> None:
    page: list[Text] = []
    for i in range(6):
        page += [
            (72, 120 + 15 * i, f"first column {'abcdef'[i]} has words"),
            (320, 125 + 15 * i, f"second column {'abcdef'[i]} too"),
        ]
    joined = " ".join(texts(read(page)))
    assert joined.index("first column f") < joined.index("second column a")


def test_note_markers_in_step_with_the_pages_are_no_page_numbers() -> None:
    pages: list[list[Text]] = [
        [
            *filler(130),
            (72, 780, str(n), 6),
            (77, 784, "The figure was not checked again.", 9),
            (500, 820, str(n + 7), 12),
        ]
        for n in (2, 3, 4)
    ]
    reading = read(*pages)
    assert [block.text for block in reading.blocks if block.kind == "page_number"] == ["9", "10", "11"]
    assert len(texts(reading, "footnote")) == 3


def test_items_whose_bullets_are_not_text_are_items() -> None:
    page: list[Text] = [
        *filler(130),
        (72, 210, "• At 31 March, 298 children were looked after. Of this number:"),
        (110, 230, "88 live outside the area"),
        (110, 250, "none is in a school"),
        (72, 270, "• In the last 12 months:"),
        (110, 290, "there were 19 adoptions."),
    ]
    items = [block for block in read(page).blocks if block.kind == "list_item"]
    assert [item.level for item in items] == [1, 2, 2, 1, 2]


def test_items_at_one_place_stand_under_the_colon_before_them() -> None:
    lines = (
        "• Children looked after.",
        "• In the last 12 months:",
        "• there were 21 adoptions",
        "• 30 orders were made",
        "• Other news.",
    )
    reading = read([*filler(130), *[(72.0, 210.0 + 20 * i, text) for i, text in enumerate(lines)]])
    items = [block for block in reading.blocks if block.kind == "list_item"]
    assert [item.level for item in items] == [1, 1, 2, 2, 1]
    assert all(reading.blocks[item.lead].text == lines[1] for item in items[2:4] if item.lead is not None)


def test_titles_of_tables_at_the_head_of_pages_are_no_running_heads() -> None:
    pages: list[list[Text]] = [[(72, 60, f"Table {n}: Rates by area"), *filler(130)] for n in (1, 2, 3)]
    assert len(texts(read(*pages), "caption")) == 3


def test_wide_line_distance_parts_no_paragraph() -> None:
    page: list[Text] = [(72, 100 + 19 * i, BODY) for i in range(5)]
    assert len(texts(read(page))) == 1


def test_overfull_page_is_kept_line_by_line() -> None:
    page: list[Text] = [(20 + 12 * (i % 45), 20 + 12 * (i // 45), "x7", 4) for i in range(2100)]
    reading = read(page)
    assert_laws(reading)
    assert "x7" in texts(reading)[0]


def test_contents_without_leaders_are_contents() -> None:
    page: list[Text] = [(72, 80, "Contents", 18)]
    for i, title in enumerate(("Foreword", "Help for families", "Children in care", "Leaving care")):
        page += [(72, 120 + 20 * i, title), (520, 120 + 20 * i, str(3 + i))]
    assert len(texts(read(page), "contents")) == 5


def test_agenda_item_is_a_heading_over_its_minute() -> None:
    page: list[Text] = [
        (72, 100, "28. Apologies"),
        (72, 122, "An apology was received from the vice-chair of the panel, who is away."),
        (72, 150, "29. Fostering"),
        (72, 172, "Members heard of the plan and agreed to it at the end of the meeting."),
    ]
    assert texts(read(page), "heading") == ["28. Apologies", "29. Fostering"]
