"""Step "blocks": a chart of one series that prints its values, over an axis of periods -> a table of one row.

"50, 55, 58" over "2021, 2022, 2023" is a row of values under a row of headers, only that each stands as high as its bar. A
chart with a second series, or with a value left out, is left alone: which value is whose cannot be told from words.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from extractors.table_headers import is_period_label, is_value
from schemas.records import Box, Cell, Line, Page, Table

_FEWEST = 3  # periods on an axis
_EVEN = 1.5  # the widest step between two periods over the narrowest
_OVER = 0.3  # of a step: how far from the middle of its period a value may stand
_HIGHEST = 0.6  # of the page


def find_charts(page: Page, taken: Collection[int] = ()) -> tuple[Table, ...]:
    """The charts of a page as tables of a header row and a row of values. taken: indices of lines that are not free."""
    free = [line for index, line in enumerate(page.lines) if index not in taken]
    labels = [line for line in free if is_period_label(line.text)]
    if len(labels) < _FEWEST:
        return ()
    values = [line for line in free if is_value(line.text.strip()) and len(line.text) <= 10]
    if len(values) < _FEWEST:
        return ()
    found = (_axis_to_chart(axis, values, page) for axis in _axes(labels))
    return tuple(chart for chart in found if chart is not None)


def _axes(labels: Sequence[Line]) -> list[list[Line]]:
    """Rows of periods at even steps, from the left."""
    rows: list[list[Line]] = []
    for label in sorted(labels, key=lambda line: (round(line.box.y0), line.box.x0)):
        if rows and abs(rows[-1][-1].box.y0 - label.box.y0) < 2 and _middle(label) > _middle(rows[-1][-1]):
            rows[-1].append(label)
        else:
            rows.append([label])
    return [row for row in rows if len(row) >= _FEWEST and _is_even(row)]


def _is_even(row: Sequence[Line]) -> bool:
    steps = _steps(row)
    return min(steps) > 0 and max(steps) <= _EVEN * min(steps) and len({line.text for line in row}) == len(row)


def _steps(row: Sequence[Line]) -> list[float]:
    return [_middle(after) - _middle(before) for before, after in pairwise(row)]


def _middle(line: Line) -> float:
    return (line.box.x0 + line.box.x1) / 2


def _axis_to_chart(axis: Sequence[Line], values: Sequence[Line], page: Page) -> Table | None:
    """The table of an axis and the values over it: one over each period, and no other between the first and the last."""
    step = min(_steps(axis))
    left, right = _middle(axis[0]) - step / 2, _middle(axis[-1]) + step / 2
    foot = axis[0].box.y0
    inside = [
        value
        for value in values
        if left < _middle(value) < right and foot - _HIGHEST * page.height < value.box.y1 <= foot + 2
    ]
    if len(inside) != len(axis):
        return None
    row = sorted(inside, key=_middle)
    if any(abs(_middle(value) - _middle(label)) > _OVER * step for value, label in zip(row, axis, strict=True)):
        return None
    if max(value.box.y0 for value in row) - min(value.box.y0 for value in row) < 2:
        return None  # level: a row of a table that the table readers judged
    lines = (*row, *axis)
    box = Box(
        min(line.box.x0 for line in lines),
        min(line.box.y0 for line in lines),
        max(line.box.x1 for line in lines),
        max(line.box.y1 for line in lines),
    )
    cells = [Cell(0, column, label.text, label.box, at=label.start) for column, label in enumerate(axis)]
    cells += [Cell(1, column, value.text, value.box, at=value.start) for column, value in enumerate(row)]
    return Table(tuple(cells), 1, 0, page.number, box, method="chart")
