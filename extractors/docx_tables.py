"""Step `read others`: a Word table -> the rows of a table, or the finding that it only lays the page out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from extractors.docx_styles import W, is_on, value_of
from extractors.markup_table import MAX_SPAN, MarkupCell, markup_to_table
from schemas.records import Table

_MANY_PARAGRAPHS = 8
_WRAPPERS = frozenset({W + "sdt", W + "sdtContent", W + "customXml", W + "ins", W + "moveTo"})


@dataclass(frozen=True, slots=True)
class _Place:
    row: int
    column: int
    width: int
    merge: str | None  # restart, continue, or None
    element: Element


def wrapped_children(element: Element, tags: frozenset[str]) -> Iterator[Element]:
    """Children of the given tags, those within content controls and tracked insertions included."""
    for child in element:
        if child.tag in tags:
            yield child
        elif child.tag in _WRAPPERS:
            yield from wrapped_children(child, tags)


def table_cells(table: Element) -> Iterator[Element]:
    """The table's own cells in printed order."""
    for row in wrapped_children(table, frozenset({W + "tr"})):
        yield from wrapped_children(row, frozenset({W + "tc"}))


def is_layout_table(table: Element) -> bool:
    """Whether a table only arranges passages: one row, one column, or cells of many paragraphs."""
    rows = [
        list(wrapped_children(row, frozenset({W + "tc"}))) for row in wrapped_children(table, frozenset({W + "tr"}))
    ]
    if len(rows) < 2 or max(map(len, rows), default=0) < 2:
        return True
    return any(len(cell.findall(W + "p")) >= _MANY_PARAGRAPHS for row in rows for cell in row)


def docx_table(table: Element, cell_words: Callable[[Element], str]) -> tuple[Table, str] | None:
    """`Table` and its text; None where no cell holds words or the grid is larger than any table. `cell_words` turns a
    cell element into its words."""
    places: dict[tuple[int, int], _Place] = {}
    rows = list(wrapped_children(table, frozenset({W + "tr"})))
    header_rows, in_head = 0, True
    for number, row in enumerate(rows):
        in_head = in_head and bool(is_on(row.find(W + "trPr"), "tblHeader"))
        header_rows += in_head
        column = _whole_number(value_of(row, "trPr/gridBefore"), 0)
        for cell in wrapped_children(row, frozenset({W + "tc"})):
            width = _whole_number(value_of(cell, "tcPr/gridSpan"), 1)
            places[(number, column)] = _Place(number, column, width, _merge(cell), cell)
            column += width
    cells: list[list[MarkupCell]] = [[] for _ in rows]
    for (number, column), place in places.items():
        if place.merge == "continue" and _above(places, number, column) is not None:
            continue
        if column and not cells[number] and not any(p.column < column for p in places.values() if p.row == number):
            cells[number].append(MarkupCell("", column_span=column))
        height = 1
        while (below := places.get((number + height, column))) is not None and below.merge == "continue":
            height += 1
        cells[number].append(MarkupCell(cell_words(place.element), height, place.width))
    return markup_to_table(cells, "docx", None, header_rows)


def _above(places: dict[tuple[int, int], _Place], row: int, column: int) -> _Place | None:
    """The place that a continued cell continues: the one above, if it is merged at all."""
    above = places.get((row - 1, column))
    return above if above is not None and above.merge is not None else None


def _merge(cell: Element) -> str | None:
    properties = cell.find(W + "tcPr")
    found = None if properties is None else properties.find(W + "vMerge")
    return None if found is None else found.get(W + "val") or "continue"


def _whole_number(text: str | None, default: int) -> int:
    return min(int(text), MAX_SPAN) if text and text.isascii() and text.isdigit() else default
