"""Step `tables`: a grid without the names of its rows -> the grid with the words that stand left of its values.

A reader by alignment follows columns of figures; names whose lines sit a little lower than the figures, or wrap, it leaves
out, all of them or the last row's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractors.table_headers import is_suppressed, is_value
from extractors.table_words import plain_header, table_words
from schemas.records import Line, Page

_FEWEST_ROWS = 2
_MOST_LINES = 3  # of one name
_LONGEST_NAME = 20  # words
_OVER_EDGE = 3.0  # points by which a name may reach into the first column of values
_BELOW = 12.0  # points by which the name of the last row may stand below the figures
Edges = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Names:
    """Words for each row of a grid, empty where none stand there; left edge and foot of them, in points from the page's
    upper left."""

    texts: tuple[str, ...]
    left: float
    foot: float


def names_left_of(rows: Sequence[Sequence[str]], edges: Sequence[Edges], left: float, page: Page) -> Names | None:
    """The names that stand left of a grid whose first column holds figures or remarks; None where it holds anything else, or where less
    than two rows of figures in three have a name or more stands there than names.

    rows: the grid's words; edges: top and bottom of each row from the page's top; left: the grid's left edge.
    """
    figured = [number for number, row in enumerate(rows) if any(map(_is_figure, row))]
    first = [rows[number][0].strip() for number in figured if rows[number][0].strip()]
    if len(first) < _FEWEST_ROWS or not (all(map(_is_figure, first)) or _is_remark(rows, figured[0])):
        return None
    found = _lines_by_row(
        [line for line in page.lines if line.box.x1 <= left + _OVER_EDGE and any(map(str.isalpha, line.text))], edges
    )
    lines = [line for part in found.values() for line in part]
    if sum(number in found for number in figured) * 3 < len(figured) * 2 or not _are_names(found.values()):
        return None
    return Names(
        tuple("\n".join(line.text for line in found.get(number, ())) for number in range(len(rows))),
        min(line.box.x0 for line in lines),
        max(line.box.y1 for line in lines),
    )


def name_of_last(rows: Sequence[Sequence[str]], edges: Sequence[Edges], column: Edges, page: Page) -> Names | None:
    """The name of the last row where every other row of figures has one; None where nothing stands there."""
    figured = [number for number, row in enumerate(rows) if any(map(_is_figure, row[1:]))]
    last = len(rows) - 1
    if not figured or figured[-1] != last or rows[last][0].strip() or len(figured) < _FEWEST_ROWS:
        return None
    top, bottom = edges[last]
    found = [
        line
        for line in page.lines
        if column[0] - _OVER_EDGE <= line.box.x0
        and line.box.x1 <= column[1] + _OVER_EDGE
        and line.box.y0 < bottom
        and top < _middle(line) < bottom + _BELOW
        and any(map(str.isalpha, line.text))
    ]
    if not found or not _are_names([found]):
        return None
    texts = ("",) * last + ("\n".join(line.text for line in found),)
    return Names(texts, column[0], max(line.box.y1 for line in found))


def _is_figure(text: str) -> bool:
    return is_value(text.strip()) or (bool(text.strip()) and is_suppressed(text))


def _is_remark(rows: Sequence[Sequence[str]], first: int) -> bool:
    """Whether the first column's header says that it remarks on measures ("Good is", "Polarity") and names none."""
    heads = [plain_header(row[0]) for row in rows[:first] if row[0].strip()]
    remarks = next(phrases for role, phrases in table_words().not_figures if role == "not_a_statement")
    return bool(heads) and remarks.match(heads[-1])


def _middle(line: Line) -> float:
    return (line.box.y0 + line.box.y1) / 2


def _lines_by_row(lines: Sequence[Line], edges: Sequence[Edges]) -> dict[int, list[Line]]:
    """The lines by the row in whose height their middle stands, from the top; those close below go to the last."""
    found: dict[int, list[Line]] = {}
    for line in sorted(lines, key=lambda line: line.box.y0):
        middle = _middle(line)
        row = next((number for number, (top, bottom) in enumerate(edges) if top <= middle < bottom), None)
        if row is None and edges[-1][1] <= middle < edges[-1][1] + _BELOW and line.box.y0 < edges[-1][1]:
            row = len(edges) - 1
        if row is not None:
            found.setdefault(row, []).append(line)
    return found


def _are_names(found: Iterable[Sequence[Line]]) -> bool:
    """Whether the lines are names of rows: few to a row, short, and no sentence that runs beside the figures."""
    groups = list(found)
    if any(len(lines) > _MOST_LINES for lines in groups):
        return False
    words = [sum(len(line.text.split()) for line in lines) for lines in groups]
    return all(count <= _LONGEST_NAME for count in words) and not any(
        lines[-1].text.rstrip().endswith((".", ",", ";")) for lines in groups
    )
