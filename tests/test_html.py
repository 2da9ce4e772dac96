"""Web pages: order, kinds, tables, what is not the document, and pages that are no documents."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.html import html_to_reading
from schemas.records import Block, Reading

SHARED = Path(__file__).resolve().parents[1].parent / "shared"


def read(body: str, head: str = "") -> Reading:
    return html_to_reading(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode())


def texts(reading: Reading, kind: str | None = None) -> list[str]:
    return [block.text for block in reading.blocks if kind is None or block.kind == kind]


def only(reading: Reading) -> Block:
    (block,) = reading.blocks
    return block


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("<p>in the area<sup>2</sup> there are 12</p>", "in the area there are 12"),
        ("<p>87.5%<sup><a href='#n'>[3]</a></sup> of plans</p>", "87.5% of plans"),
        ("<p>up<sup>*</sup> to 3</p>", "up to 3"),
        ("<p>at 31<sup>st</sup> March</p>", "at 31st March"),
        ("<p>1&nbsp;380 chil&shy;dren</p>", "1 380 children"),
        ("<p>fell &#150; by 3 &ndash; to 9 &lt; 10 &amp; on</p>", "fell – by 3 – to 9 < 10 & on"),
        ("<p>o\ufb03cers \ufb01le 5</p>", "officers file 5"),
        ("<p>re\u2011referrals\u200b up</p>", "re-referrals up"),
        ("<p>one\n   two <b>three</b>four</p>", "one two threefour"),
        ("<p>rate of <!-- old: 7 --> 8</p>", "rate of 8"),
        ("<p>seen<script>var x = 77</script> by 6</p>", "seen by 6"),
    ],
)
def test_words_are_as_a_reader_sees_them(markup: str, words: str) -> None:
    assert only(read(markup)).text == words


def test_headings_have_their_rank_and_stand_above_what_follows() -> None:
    reading = read("<h1>Report</h1><h2>Care</h2><p>a</p><h3>Stability</h3><p>b</p><h2>Plans</h2><p>c</p>")
    assert [block.level for block in reading.blocks if block.kind == "heading"] == [1, 2, 3, 2]
    above = {block.text: [reading.blocks[i].text for i in block.headings] for block in reading.blocks}
    assert above["b"] == ["Report", "Care", "Stability"]
    assert above["c"] == ["Report", "Plans"]


def test_list_items_know_the_sentence_that_opens_their_list() -> None:
    reading = read(
        "<p>Of these children:</p><ul><li>12 live at home<ul><li>3 with a parent</li></ul></li><li>4 elsewhere</li></ul>"
    )
    assert [(b.kind, b.level, b.lead) for b in reading.blocks] == [
        ("paragraph", 0, None),
        ("list_item", 1, 0),
        ("list_item", 2, 1),
        ("list_item", 1, 0),
    ]


def test_second_paragraph_of_an_item_carries_the_item_on() -> None:
    reading = read("<ul><li><p>There are 12 plans.</p><p>This is 3 fewer than before.</p></li><li>Other</li></ul>")
    assert texts(reading) == ["There are 12 plans. This is 3 fewer than before.", "Other"]


def test_typed_bullets_between_line_breaks_are_items() -> None:
    reading = read("<p>At the end of March:<br>• 12 in care<br>• 9 on a plan<br><br>The Chair asked why.</p>")
    assert [(b.kind, b.text) for b in reading.blocks] == [
        ("paragraph", "At the end of March:"),
        ("list_item", "12 in care"),
        ("list_item", "9 on a plan"),
        ("paragraph", "The Chair asked why."),
    ]


def test_line_break_inside_a_sentence_does_not_part_it() -> None:
    assert texts(read("<p>The rate rose to<br>58 per 10,000.<br>It had been 52.</p>")) == [
        "The rate rose to 58 per 10,000.",
        "It had been 52.",
    ]


def test_labels_of_committee_minutes_head_what_follows() -> None:
    reading = read("<p>Minutes:</p><p>The officer reported.</p><p>Resolved:</p><p>1. That it be noted.</p>")
    assert [b.kind for b in reading.blocks] == ["heading", "paragraph", "heading", "list_item"]


def test_short_bold_paragraph_is_a_heading_and_a_bold_sentence_is_not() -> None:
    reading = read(
        "<p><strong>Children in care</strong></p><p><b>There were 12 in March.</b></p><p><b>12</b> in May</p>"
    )
    assert [b.kind for b in reading.blocks] == ["heading", "paragraph", "paragraph"]


def test_merged_cells_keep_their_spans_and_thead_is_the_header() -> None:
    reading = read(
        "<table><caption>Table 2: Stability</caption><thead><tr><th rowspan=2>Area</th><th colspan=2>2023</th></tr>"
        "<tr><th>Q1</th><th>Q2</th></tr></thead><tbody><tr><th>Dudley</th><td>67</td><td>68</td></tr></tbody></table>"
    )
    (table,) = reading.tables
    assert (table.header_rows, table.header_columns, table.caption) == (2, 1, "Table 2: Stability")
    spans = {cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells}
    assert spans["Area"] == (0, 0, 2, 1)
    assert spans["2023"] == (0, 1, 1, 2)
    assert spans["68"] == (2, 2, 1, 1)
    block = reading.blocks[table.block or 0]
    assert block.kind == "table"
    assert all(block.text[c.at : c.at + len(c.text)] == c.text for c in table.cells if c.at is not None)


def test_table_without_th_takes_its_headers_from_its_shape() -> None:
    reading = read(
        "<table><tr><td>Measure</td><td>2021/22</td><td>2022/23</td></tr><tr><td>Rate</td><td>5.1</td><td>6</td></tr></table>"
    )
    assert (reading.tables[0].header_rows, reading.tables[0].header_columns) == (1, 1)


def test_table_title_in_a_paragraph_over_the_table_is_its_caption() -> None:
    reading = read(
        "<p>Table 4: Plans in March</p><table><tr><th>a</th><th>b</th></tr><tr><td>x</td><td>1</td></tr></table>"
    )
    assert reading.tables[0].caption == "Table 4: Plans in March"
    assert reading.blocks[0].kind == "caption"


def test_layout_table_is_read_as_passages() -> None:
    reading = read("<table><tr><td><h2>Care</h2><p>12 children.</p></td><td><p>Aside.</p></td></tr></table>")
    assert not reading.tables
    assert texts(reading) == ["Care", "12 children.", "Aside."]


def test_card_joins_a_value_with_its_title() -> None:
    reading = read(
        "<div class=card><div>Children in care</div><div>501</div><div>31 March 2023</div></div><p>More.</p>"
    )
    assert [(b.kind, b.text) for b in reading.blocks] == [
        ("card", "Children in care 31 March 2023: 501"),
        ("paragraph", "More."),
    ]


def test_menus_cookie_banners_and_feet_are_running_heads() -> None:
    reading = read(
        "<nav>Home 1</nav><div class='cookie-banner'>We use 4 cookies</div><p>" + "Plans rose to 12. " * 9 + "</p>"
        "<footer>Call 01234 567890</footer>"
    )
    assert texts(reading, "running_head") == ["Home 1", "We use 4 cookies", "Call 01234 567890"]
    assert len(texts(reading, "paragraph")) == 1


def test_what_stands_outside_the_main_part_is_a_running_head() -> None:
    reading = read(
        "<div>Council site</div><main><p>There were 12 plans in place in March.</p></main><div>Feedback</div>"
    )
    assert texts(reading, "running_head") == ["Council site", "Feedback"]


def test_a_class_that_says_menu_on_the_whole_page_hides_nothing() -> None:
    assert texts(read("<div class='has menu'><p>There were 12 plans.</p></div>"), "paragraph") == [
        "There were 12 plans."
    ]


def test_machine_transcript_is_marked_so_that_it_states_no_figure() -> None:
    reading = read(
        "<p>Meeting of the panel</p><p>This transcript has been generated automatically.</p>"
        "<p>Cllr A - 0:00:05</p><p>we had 45 children in care</p>"
    )
    assert [b.kind for b in reading.blocks] == ["paragraph", "transcript", "transcript", "transcript"]


def test_timestamped_speakers_are_a_transcript_without_being_called_one() -> None:
    spoken = "".join(f"<p>Cllr B - 0:0{n}:10</p><p>there were {n} of them</p>" for n in range(6))
    assert texts(read("<p>Webcast</p>" + spoken, ""), "paragraph") == ["Webcast"]


@pytest.mark.parametrize(
    "title", ["Page not found", "Error 404", "Access denied", "Sorry, this report no longer exists"]
)
def test_error_page_in_a_reports_place_is_an_issue(title: str) -> None:
    reading = read(f"<h1>{title}</h1><p>Try the search.</p>", f"<title>{title} - Council</title>")
    assert [issue.code for issue in reading.issues] == ["wrong_type"]
    assert not reading.blocks


def test_long_report_that_speaks_of_something_not_found_is_no_error_page() -> None:
    assert not read(
        "<h2>Return interview: child not found</h2>" + "<p>There were 12 of them in March.</p>" * 200
    ).issues


@pytest.mark.parametrize("body", ["", "<img src=a.png>", "<script>1</script>", "<p> &nbsp; </p>"])
def test_page_without_words_is_empty(body: str) -> None:
    assert [issue.code for issue in read(body).issues] == ["empty"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("<p>Café – 12</p>".encode("cp1252"), "Café – 12"),
        ("<meta charset=iso-8859-1><p>Café – 12</p>".encode("cp1252"), "Café – 12"),
        ("<meta charset=iso-8859-1><p>Café – 12</p>".encode(), "Café – 12"),
        ("<meta charset=nonsense><p>Café – 12</p>".encode(), "Café – 12"),
        ("<p>Café – 12</p>".encode("utf-16"), "Café – 12"),
        ("\ufeff<p>Café – 12</p>".encode(), "Café – 12"),
    ],
)
def test_encoding_is_believed_only_where_it_fits(data: bytes, words: str) -> None:
    assert only(html_to_reading(data)).text == words


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"<div>" * 50_000 + b"There are 5 children", "damaged"),
        (b"<b>" * 1_600_000, "too_large"),
        (
            b"<table>" + b"<tr><td colspan=1000000>1</td><td rowspan=99999>2</td></tr>" * 2000 + b"</table>",
            "table_failed",
        ),
    ],
    ids=["deep", "tags", "spans"],
)
def test_hostile_page_ends_as_an_issue(data: bytes, code: str) -> None:
    assert code in [issue.code for issue in html_to_reading(data).issues]


def test_words_of_a_page_that_is_nested_too_deeply_are_kept() -> None:
    assert texts(html_to_reading(b"<p>Before 4.</p>" + b"<div>" * 5_000 + b"After 5.")) == ["Before 4.", "After 5."]


def test_tag_with_thousands_of_attributes_does_not_take_minutes() -> None:
    started = time.process_time()
    reading = html_to_reading(b"<p " + b" ".join(b"a%d=1" % n for n in range(50_000)) + b">12 plans</p>")
    assert only(reading).text == "12 plans"
    assert time.process_time() - started < 2


def test_entity_bomb_stays_small() -> None:
    bomb = b'<!DOCTYPE html [<!ENTITY a "' + b"x" * 900 + b'"><!ENTITY b "' + b"&a;" * 900 + b'">]><p>' + b"&b;" * 900
    assert (html_to_reading(bomb).characters or 0) < 10_000


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400) | st.text("<>/ptablerdiv=\"' &;0123456789\n", max_size=400).map(str.encode))
def test_no_bytes_make_the_reader_raise_and_links_between_blocks_hold(data: bytes) -> None:
    reading = html_to_reading(data)
    assert bool(reading.blocks) != any(issue.code == "empty" for issue in reading.issues)
    for index, block in enumerate(reading.blocks):
        assert block.text
        assert all(reading.blocks[above].kind == "heading" and above < index for above in block.headings)
        assert block.lead is None or block.lead < index
    for number, table in enumerate(reading.tables):
        assert table.block is not None
        assert reading.blocks[table.block].table == number


@pytest.mark.skipif(not SHARED.exists(), reason="the shared material is not beside the project")
def test_webcast_page_has_no_passage_of_its_transcript_among_its_paragraphs() -> None:
    reading = html_to_reading((SHARED / "documents" / "wolverhampton-webcast-2024-11-27.html").read_bytes())
    assert sum(block.kind == "transcript" for block in reading.blocks) > 1000
    assert max(len(text) for text in texts(reading, "paragraph")) < 150


@pytest.mark.skipif(not SHARED.exists(), reason="the shared material is not beside the project")
def test_error_pages_of_the_inspectorate_are_said_to_be_that() -> None:
    for path in SHARED.glob("corpus/ofsted/*/*.pdf"):
        data = path.read_bytes()
        if b"%PDF-" not in data[:1024]:
            (issue,) = html_to_reading(data).issues
            assert issue.code == "wrong_type"
            assert "an error page, not a report" in issue.detail


def test_title_between_two_tables_belongs_to_the_one_under_it() -> None:
    table = "<table><tr><th>a</th><th>b</th></tr><tr><td>x</td><td>1</td></tr></table>"
    assert [t.caption for t in read(f"{table}<p>Table 2: Plans</p>{table}").tables] == [None, "Table 2: Plans"]


def test_description_list_is_a_row_of_cards() -> None:
    reading = read("<dl><dt>Children in care</dt><dd>501</dd><dt>Owner</dt><dd>Head of Service</dd></dl>")
    assert [(b.kind, b.text) for b in reading.blocks] == [
        ("card", "Children in care: 501"),
        ("paragraph", "Owner"),
        ("paragraph", "Head of Service"),
    ]


def test_a_second_value_of_a_term_is_a_card_of_its_own() -> None:
    reading = read("<dl><dt>Children in care</dt><dd>501</dd><dd>88.1 per 10,000</dd><dd>see the note</dd></dl>")
    assert [(b.kind, b.text) for b in reading.blocks] == [
        ("card", "Children in care: 501"),
        ("card", "Children in care: 88.1 per 10,000"),
        ("paragraph", "see the note"),
    ]


def test_paragraphs_that_word_saved_as_a_list_are_items_and_its_footnote_links_go() -> None:
    item = "<p class=MsoListParagraph><![if !supportLists]><span>{}<span>&nbsp;&nbsp; </span></span><![endif]>{}<o:p></o:p></p>"
    note = "<a href='#_ftn1'><span class=MsoFootnoteReference>[1]</span></a>"
    reading = read("<p>Members noted:</p>" + item.format("·", f"12 plans{note} in May") + item.format("§", "9 in June"))
    assert [(b.kind, b.text, b.lead) for b in reading.blocks] == [
        ("paragraph", "Members noted:", None),
        ("list_item", "12 plans in May", 0),
        ("list_item", "9 in June", 0),
    ]
