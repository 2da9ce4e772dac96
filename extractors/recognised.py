"""Step statements, of pages whose words were recognised in their picture: what they state is marked `ocr`, and is no surer
than its words.

A reading by recognition is one more thing that may be wrong: a decimal point that was not seen, a column that was read
across. The recogniser's own score of the figure's line goes into the row's confidence, and what kind of page it is: on
posters words that belong together stand apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractors.confidence import RECOGNISED
from extractors.lexicon import lookup
from schemas.records import Issue, Line, Page, Reading, Statement


def pages_to_recognise(reading: Reading) -> tuple[Page, ...]:
    """The pages of a PDF whose text layer holds nothing."""
    return tuple(page for page in reading.pages if not page.lines and not page.text.strip())


def with_recognised(reading: Reading, found: Iterable[Page], troubles: Sequence[Issue]) -> Reading:
    """A reading before its blocks, with the pages that were recognised in place of the empty ones, and one issue for each
    page that still has no text (for all together where no page has any)."""
    by_number = {page.number: page for page in found}
    if not by_number and not troubles:
        return reading
    pages = tuple(by_number.get(page.number, page) for page in reading.pages)
    told = {issue.page: issue for issue in troubles}
    still = [
        told.get(page.number) or Issue("no_text_layer", "No words were found in the page's image.", page.number)
        for page in pages_to_recognise(reading)
        if page.number not in by_number
    ]
    others = tuple(issue for issue in reading.issues if issue.code != "no_text_layer")
    return replace(
        reading,
        pages=pages,
        issues=(*others, *still),
        characters=sum(len(page.text) for page in pages),
    )


def mark_recognised(reading: Reading, statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """The statements; those of recognised pages with place `ocr`, and as sure as their page and line are."""
    pages = {page.number: page.lines for page in reading.pages if page.recognised}
    if not pages:
        return statements
    return tuple(
        replace(s, place=RECOGNISED, confidence=_worth(pages[s.page]) * _score(pages[s.page], s.at))
        if s.page in pages
        else s
        for s in statements
    )


def _worth(lines: Sequence[Line]) -> float:
    """What rows of such a page are worth: one of prose, or a poster."""
    known = lookup("recognition.yaml")
    wide = sum(len(line.text) for line in lines if len(line.text) >= known["prose_line"])
    return float(known["prose" if 2 * wide >= sum(len(line.text) for line in lines) else "poster"])


def _score(lines: Sequence[Line], at: int | None) -> float:
    """How sure the recogniser is of the line in which the number stands; of the least sure line where that is not known."""
    own = [line for line in lines if at is not None and line.start <= at < line.start + len(line.text)]
    return min((line.score for line in own or lines if line.score is not None), default=0.0)
