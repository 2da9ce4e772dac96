"""Step `tables`: the lines of a page -> where the columns of a table stand that no ruling line and no wide gap shows.

A reader by alignment takes a gap for the edge of a column; where columns are narrow ("100% 99%") or the names of rows are
long, the gaps inside of one column are as wide as those between two. What such a table still has is values one below the
other: their places are its columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.table_headers import is_value
from schemas.records import Box, Line, Page

_LEVEL = 4.0  # points between the middles of lines of one row
_BESIDE = 2.0  # points by which words may stand out beside the values of their column
_FARTHEST = 3.0  # times the type: white space that ends a table
_FEWEST = 2  # columns of values


@dataclass(frozen=True, slots=True)
class Columns:
    """Where a table may stand: its box in points from the page's upper left, and the edges that part its columns."""

    box: Box
    edges: tuple[float, ...]


Span = tuple[float, float]


def page_to_columns(page: Page) -> tuple[Columns, ...]:
    """The places of the page whose values stand in columns, from top to bottom; most pages have none."""
    lines = sorted((line for line in page.lines if line.text.strip()), key=_middle)
    found: list[Columns] = []
    foot = 0.0
    for at, line in enumerate(lines):
        if line.box.y0 < foot or not _value_spans(line, page):
            continue
        spans = [span for other in lines if _is_level(other, line) for span in _value_spans(other, page)]
        if len(spans) < _FEWEST:
            continue
        region = _around(lines, at, min(spans)[0])
        columns = _region_to_columns(region, min(spans)[0], page)
        if columns is not None:
            found.append(columns)
            foot = columns.box.y1
    return tuple(found)


def _around(lines: Sequence[Line], at: int, first: float) -> list[Line]:
    """The lines above and below one of them, as far as no line of prose runs into the columns, nor wide space parts them."""

    def reaches(step: int) -> Iterator[Line]:
        before = lines[at]
        for line in lines[at + step :: step] if step > 0 else reversed(lines[:at]):
            far = abs(_middle(line) - _middle(before)) > _FARTHEST * max(line.size, before.size)
            if far or (line.box.x0 < first - 3 * line.size and line.box.x1 > first + _BESIDE):
                return
            yield line
            before = line

    return [*reversed([*reaches(-1)]), lines[at], *reaches(1)]


def _region_to_columns(region: Sequence[Line], first: float, page: Page) -> Columns | None:
    """The columns of one region, whose values begin at `first`; None where fewer than two hold values or no row has a name."""
    right = [line for line in region if line.box.x1 > first + _BESIDE]
    names = [line for line in region if line.box.x1 <= first + _BESIDE and any(map(str.isalpha, line.text))]
    columns = _merged([span for line in right for span in _value_spans(line, page)])
    if len(columns) < _FEWEST or not names:
        return None
    words = [line for line in right if not _value_spans(line, page)]
    valued = [line for line in right if _value_spans(line, page)]
    beside = [line for line in words if any(_is_level(line, other) for other in valued)]
    columns = _merged([*columns, *_spans_of_words(beside, columns)])
    columns = _merged([*columns, *_spans_of_words(words, columns)])
    before = [line.box.x1 for line in names if line.box.x1 < columns[0][0] + _BESIDE]
    if not before:
        return None  # words that stand out to the left of the values reach over every name
    ends = [max(before), *(end for _, end in columns[:-1])]
    edges = [start - min(_BESIDE, max(start - end, 0.0) / 2) for end, (start, _) in zip(ends, columns, strict=True)]
    box = Box(
        min(line.box.x0 for line in region) - _BESIDE,
        min(line.box.y0 for line in right) - 1.0,
        max(line.box.x1 for line in region) + _BESIDE,
        max(line.box.y1 for line in right) + 1.0,
    )
    return Columns(box, tuple(edges))


def _spans_of_words(lines: Sequence[Line], columns: Sequence[Span]) -> list[Span]:
    """What headers and words in cells cover, where they stand over one column, or in one of their own."""
    spans = [(line.box.x0, line.box.x1) for line in lines]
    over = [(span, [column for column in columns if _overlap(span, column)]) for span in spans]
    return [span for span, under in over if len(under) <= 1]


def _merged(spans: Sequence[Span]) -> list[Span]:
    """Spans that overlap as one, from left to right."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and _overlap(span, merged[-1]):
            merged[-1] = (merged[-1][0], max(merged[-1][1], span[1]))
        else:
            merged.append(span)
    return merged


def _overlap(one: Span, other: Span) -> bool:
    return min(one[1], other[1]) - max(one[0], other[0]) > 0


def _value_spans(line: Line, page: Page) -> list[Span]:
    """Where the values stand with which a line begins: "100% 99% Blue" has two. None where it begins with a word."""
    starts = [at for at in range(len(line.text)) if line.text[at] != " " and (at == 0 or line.text[at - 1] == " ")]
    ends = [*(start - 1 for start in starts[1:]), len(line.text)]
    places = [_place(line, at, page) for at in starts]
    after = [*places[1:], line.box.x1]
    spans = []
    for start, end, place, following in zip(starts, ends, places, after, strict=True):
        token = line.text[start:end].strip()
        if not is_value(token):
            break
        width = min(len(token) * line.size * 0.7, following - place)
        spans.append((place, place + max(width - _BESIDE, 1.0)))
    return spans


def _place(line: Line, at: int, page: Page) -> float:
    """The left edge of a character of a line: of the number that starts there, else by its share of the line."""
    if at == 0:
        return line.box.x0
    known = next((mark.box.x0 for mark in page.marks if mark.start == line.start + at), None)
    return known if known is not None else line.box.x0 + (line.box.x1 - line.box.x0) * at / len(line.text)


def _is_level(one: Line, other: Line) -> bool:
    return abs(_middle(one) - _middle(other)) < _LEVEL


def _middle(line: Line) -> float:
    return (line.box.y0 + line.box.y1) / 2
