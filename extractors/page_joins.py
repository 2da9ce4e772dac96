"""Step "blocks": a paragraph or item cut by the end of a page or column is one passage again.

What stands between by the page's doing - running heads, page numbers, footnotes - and a table or figure that the text
flows around does not end it.
"""

from __future__ import annotations

from extractors.passages import ENDS, Passage
from extractors.rows import Row

_SKIPPED = ("running_head", "page_number", "footnote")
_FLOWN_AROUND = ("table", "caption", "card", "contents")
_OPEN = ("paragraph", "list_item")


def join_over_pages(passages: list[Passage]) -> list[Passage]:
    """The passages with cut ones joined: the second half's rows become a further part of the first half."""
    joined: list[Passage] = []
    for passage in passages:
        first_half = _first_half(joined, passage)
        if first_half is None:
            joined.append(passage)
        else:
            first_half.parts.append((passage.page, passage.rows))
    return joined


def _page_of_end(passage: Passage) -> int:
    return passage.parts[-1][0] if passage.parts else passage.page


def _first_half(joined: list[Passage], passage: Passage) -> Passage | None:
    if passage.kind != "paragraph" or not passage.opens or passage.label:
        return None
    flown_around = False
    for before in reversed(joined):
        if _page_of_end(before) < passage.page - 1:
            return None
        if before.kind in _SKIPPED:
            continue
        if before.kind in _FLOWN_AROUND:
            flown_around = True
            continue
        if before.kind not in _OPEN:
            return None
        return before if _carries_on(before, passage, flown_around) else None
    return None


def _carries_on(before: Passage, passage: Passage, flown_around: bool) -> bool:
    last, first = before.last, passage.first
    if abs(last.size - first.size) > 0.07 * last.size or last.bold != first.bold or not first.upright:
        return False
    if ENDS.search(last.text):
        return False
    if first.text[0].islower():
        return True
    if flown_around or _page_of_end(before) == passage.page:
        return False
    return _runs_full(last, before) and len(first.text) > 20


def _runs_full(last: Row, passage: Passage) -> bool:
    """Whether the last row runs as far right as the passage does, as a row that was broken there must."""
    widest = max(row.x1 for row in passage.rows)
    return len(passage.rows) > 1 and last.x1 > widest - 6 * last.size
