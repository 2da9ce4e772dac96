"""Markdown and plain text: the same blocks as other formats, by their own marks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.plain_text import text_to_reading
from extractors.sniff import MARKDOWN, PLAIN
from schemas.records import Reading


def markdown(text: str) -> Reading:
    return text_to_reading(text.encode(), MARKDOWN)


def plain(text: str) -> Reading:
    return text_to_reading(text.encode(), PLAIN)


def kinds(reading: Reading) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in reading.blocks]


def test_markdown_headings_lists_and_emphasis() -> None:
    reading = markdown("# Care\n\nAt **31 March**:\n\n- 12 [in care](http://x)\n  - 3 at home\n- 4 elsewhere\n")
    assert kinds(reading) == [
        ("heading", "Care"),
        ("paragraph", "At 31 March:"),
        ("list_item", "12 in care"),
        ("list_item", "3 at home"),
        ("list_item", "4 elsewhere"),
    ]
    assert [b.lead for b in reading.blocks] == [None, None, 1, 2, 1]


def test_pipe_table_has_its_header() -> None:
    (table,) = markdown("| Measure | 2022 | 2023 |\n|:--|--:|--:|\n| Rate | 5.1 | 6 |\n").tables
    assert (table.header_rows, table.header_columns, table.method) == (1, 1, "html")
    assert [cell.text for cell in table.cells][3:] == ["Rate", "5.1", "6"]


def test_title_comes_from_front_matter() -> None:
    assert markdown("---\ntitle: 'Scorecard'\ndate: 2024-01-01\n---\n\n# Other\n").title == "Scorecard"
    assert markdown("# Other\n").title == "Other"


def test_footnote_marks_go_and_footnotes_are_kept_as_such() -> None:
    reading = markdown("There were 45[^1] plans.\n\n[^1]: Provisional, 3 missing.\n")
    assert kinds(reading) == [("paragraph", "There were 45 plans."), ("footnote", "1: Provisional, 3 missing.")]


def test_year_that_ends_a_sentence_at_a_lines_start_is_no_list_number() -> None:
    assert kinds(markdown("The rate fell in the year to\n\n2014. It rose later.\n"))[1] == (
        "paragraph",
        "2014. It rose later.",
    )


def test_plain_text_headings_items_and_joined_lines() -> None:
    reading = plain(
        "QUARTERLY REPORT\n\nThere were 12 children in\ncare in March. Of these:\n  - 4 lived at\n    home\n"
        "  - 8 elsewhere\n      - 2 in a two-\n        year placement\n\nNext steps\n----------\nNone.\n"
    )
    assert kinds(reading) == [
        ("heading", "QUARTERLY REPORT"),
        ("paragraph", "There were 12 children in care in March. Of these:"),
        ("list_item", "4 lived at home"),
        ("list_item", "8 elsewhere"),
        ("list_item", "2 in a two-year placement"),
        ("heading", "Next steps"),
        ("paragraph", "None."),
    ]
    assert [b.level for b in reading.blocks][2:5] == [1, 1, 2]


@pytest.mark.parametrize("gap", ["   ", "\t"])
def test_aligned_columns_are_a_table(gap: str) -> None:
    text = f"Measure{gap}2021/22{gap}2022/23\nRe-referrals{gap}20%{gap}19%\nRate{gap}5.1{gap}c\n"
    (table,) = plain(text).tables
    assert (table.header_rows, table.header_columns) == (1, 1)
    assert [cell.text for cell in table.cells] == [
        "Measure",
        "2021/22",
        "2022/23",
        "Re-referrals",
        "20%",
        "19%",
        "Rate",
        "5.1",
        "c",
    ]


def test_two_spaces_in_a_sentence_make_no_table() -> None:
    assert not plain("There were 12.  In May there were 9.\nIn June 8.  In July 7 again.\n").tables


def test_minus_sign_is_no_bullet() -> None:
    assert kinds(plain("The change was\n-24 on last year\n")) == [("paragraph", "The change was -24 on last year")]


@pytest.mark.parametrize(
    "data", ["Rate – 5%".encode("cp1252"), "Rate – 5%".encode("utf-16"), "\ufeffRate – 5%".encode()]
)
def test_encodings(data: bytes) -> None:
    assert text_to_reading(data, PLAIN).blocks[0].text == "Rate – 5%"


@pytest.mark.parametrize("media_type", [MARKDOWN, PLAIN])
def test_nothing_and_too_much_are_issues(media_type: str) -> None:
    assert [issue.code for issue in text_to_reading(b" \n\n ", media_type).issues] == ["empty"]
    assert [issue.code for issue in text_to_reading(b"a " * 3_000_000, media_type).issues] == ["too_large"]


@settings(max_examples=150, deadline=None)
@given(st.text("#-*|>`[](){}!\\_=~+: \n\t0123456789.ab%–", max_size=300), st.sampled_from([MARKDOWN, PLAIN]))
def test_no_digit_is_lost_whatever_the_marks(text: str, media_type: str) -> None:
    """Markdown takes numbers of lists, link targets and attributes out of the words; plain text takes nothing."""
    reading = text_to_reading(text.encode(), media_type)
    if media_type == PLAIN:
        printed = [c for c in text if c.isdigit()]
        assert sorted(c for block in reading.blocks for c in block.text if c.isdigit()) == sorted(printed)
