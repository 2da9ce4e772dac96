"""Line-end hyphens: the document's own words decide whether they belong to the word."""

from __future__ import annotations

import pytest

from extractors.hyphens import Hyphenation
from schemas.records import Box, Line, Page


def page(*texts: str) -> Page:
    lines = tuple(Line(text, 0, Box(0, 0, 1, 1), 11.0) for text in texts)
    return Page(1, 595, 842, "\r\n".join(texts), lines, ())


PROSE = ("Children in a long-term place, and the plan for the term is long.", "Multi-agency work helps an agency.")


@pytest.mark.parametrize(
    ("left", "right", "kept"),
    [
        ("chil", "dren", False),  # the whole word stands elsewhere
        ("long", "term", True),  # the compound stands elsewhere
        ("multi", "agency", True),
        ("plan", "children", True),  # two words of their own
        ("Self", "Evaluation", True),  # a capital begins no second half of a broken word
        ("co", "ordinated", True),  # unknown, and the document breaks no words
        ("to", "21", True),
    ],
)
def test_document_tells_broken_words_from_compounds(left: str, right: str, kept: bool) -> None:
    assert Hyphenation((page(*PROSE),)).belongs_to_word(left, right) is kept


def test_document_that_breaks_words_breaks_unknown_ones_too() -> None:
    pages = (page("The safeguarding board met. The safe-", "guarding board and commit-", "tee met."),)
    assert not Hyphenation(pages).belongs_to_word("commit", "tee")
