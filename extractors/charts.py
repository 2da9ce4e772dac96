"""Step "blocks": a chart of one series that prints its values, over an axis of periods or areas -> a table of one row.

"50, 55, 58" over "2021, 2022, 2023" is a row of values under a row of headers, only that each stands as high as its bar;
beside "Leeds, SN, England" it is a column. A chart with a second series, or with a value left out, is left alone: which
value is whose cannot be told from words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from extractors.areas import find_areas
from extractors.table_headers import is_period_label, is_value
from schemas.records import Box, Cell, Line, Page, Table

_CHAPTER = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s")  # a chapter's title may name less than its charts do
_FEWEST = 3  # periods on an axis
_FEWEST_AREAS = 2
_EVEN = 1.5  # the widest step between two labels over the narrowest
_SAME_STEP = 0.15  # of a step: by how much those of one axis differ where two charts stand side by side
_NEXT = 1.6  # steps
_OVER = 0.3  # of a step: how far from the middle of its label a value may stand
_HIGHEST = 0.6  # of the page
_FEWEST_TICKS = 4
_FARTHEST_TITLE = 90.0  # points over the highest value
_LEVEL = 2.0  # points
_LONGEST_VALUE = 10  # characters
_LONGEST_LABEL = 28
_COMPARED_WITH = frozenset({"country", "region", "neighbours"})


@dataclass(frozen=True, slots=True)
class _Place:
    """A line as seen along its chart's axis: from `first` to `last` on the axis, from `near` to `far` away from it."""

    line: Line
    first: float
    last: float
    near: float
    far: float

    @property
    def middle(self) -> float:
        return (self.first + self.last) / 2


def find_charts(page: Page, taken: Collection[int] = ()) -> tuple[Table, ...]:
    """The charts of a page as tables: a row of headers and a row of values, or a column of each where the bars lie.
    taken: indices of lines that are not free."""
    free = [line for index, line in enumerate(page.lines) if index not in taken]
    values = [line for line in free if len(line.text) <= _LONGEST_VALUE and is_value(line.text.strip())]
    if len(values) < _FEWEST_AREAS:
        return ()
    values = _without_ticks(values)
    labels = [line for line in free if len(line.text) <= _LONGEST_LABEL and not is_value(line.text.strip())]
    periods = [line for line in labels if is_period_label(line.text)]
    areas = [line for line in labels if not any(map(str.isdigit, line.text))]
    words = [line for line in free if len(line.text) > _LONGEST_VALUE]
    found: list[Table] = []
    used: set[int] = set()
    for sideways in (False, True):
        over = [_place(line, sideways) for line in values]
        other = [_place(line, sideways) for line in words]
        farthest = _HIGHEST * (page.width if sideways else page.height)
        for axis in (axis for kind in (periods, areas) for axis in _axes([_place(line, sideways) for line in kind])):
            row = _values_of(axis, over, other, farthest)
            if row and used.isdisjoint(lines := {place.line.start for place in (*axis, *row)}):
                used |= lines
                chart = _chart(axis, row, page.number, sideways)
                found.append(replace(chart, caption=_title(chart.box, axis[0].line, words)))
    return tuple(found)


def _title(box: Box | None, label: Line, words: Sequence[Line]) -> str | None:
    """The line right over a chart, if its type is a title's. (Ticks of the axis may come between it and the chart.)"""
    over = [
        line
        for line in words
        if box is not None
        and -_LEVEL < box.y0 - line.box.y1 < _FARTHEST_TITLE
        and line.box.x0 < box.x1
        and line.box.x1 > box.x0
    ]
    title = max(over, key=lambda line: line.box.y1, default=None)
    if title is None or title.size <= label.size or (label.bold and not title.bold) or _CHAPTER.match(title.text):
        return None
    return title.text


def _without_ticks(values: list[Line]) -> list[Line]:
    """The values but those of a scale: four or more under each other that count up by even steps."""
    columns: dict[int, list[Line]] = {}
    for line in values:
        columns.setdefault(round(line.box.x1 / 2), []).append(line)
    ticks: set[int] = set()
    for column in columns.values():
        if len(column) < _FEWEST_TICKS:
            continue
        column.sort(key=lambda line: line.box.y0)
        if _counts_evenly([line.text for line in column]):
            ticks.update(line.start for line in column)
    return [line for line in values if line.start not in ticks] if ticks else values


def _counts_evenly(texts: Sequence[str]) -> bool:
    try:
        numbers = [float(text.strip(" %£").replace(",", "")) for text in texts]
    except ValueError:
        return False
    steps = {round(after - before, 6) for before, after in pairwise(numbers)}
    return len(steps) == 1 and 0 not in steps


def _place(line: Line, sideways: bool) -> _Place:
    box = line.box
    if sideways:
        return _Place(line, box.y0, box.y1, box.x0, box.x1)
    return _Place(line, box.x0, box.x1, -box.y1, -box.y0)


def _axes(labels: Sequence[_Place]) -> Iterator[list[_Place]]:
    """Rows (or columns) of labels of one kind at even steps, in order; two charts side by side have an axis each."""
    tried: set[tuple[int, ...]] = set()
    for row in (*_aligned(labels, lambda place: place.near), *_aligned(labels, lambda place: place.far)):
        for axis in _even_runs(sorted(row, key=lambda place: place.middle)):
            key = tuple(place.line.start for place in axis)
            if key not in tried and _are_categories([place.line.text for place in axis]):
                tried.add(key)
                yield axis


def _aligned(labels: Sequence[_Place], edge: Callable[[_Place], float]) -> Iterator[list[_Place]]:
    """Labels that share an edge."""
    row: list[_Place] = []
    for label in sorted(labels, key=edge):
        if row and edge(label) - edge(row[0]) >= _LEVEL:
            if len(row) >= _FEWEST_AREAS:
                yield row
            row = []
        row.append(label)
    if len(row) >= _FEWEST_AREAS:
        yield row


def _even_runs(row: list[_Place]) -> Iterator[list[_Place]]:
    if len(row) > 2 and _is_even(row):
        yield row
        return
    runs = [[row[0]]]
    for before, after in pairwise(row):
        run, step = runs[-1], after.middle - before.middle
        usual = run[1].middle - run[0].middle if len(run) > 1 else step
        if step > 0 and abs(step - usual) <= _SAME_STEP * usual:
            run.append(after)
        else:
            runs.append([after])
    for place, run in enumerate(runs):
        strays = [other[0] for other in runs[max(place - 1, 0) : place + 2] if len(other) == 1 and other is not run]
        if len(run) > 1 and not any(_is_next(stray, run) for stray in strays):
            yield run


def _is_next(stray: _Place, run: list[_Place]) -> bool:
    """Whether a label that belongs to no run may be one more label of this one."""
    step = run[1].middle - run[0].middle
    return run[0].middle - _NEXT * step < stray.middle < run[-1].middle + _NEXT * step


def _is_even(row: Sequence[_Place]) -> bool:
    steps = [after.middle - before.middle for before, after in pairwise(row)]
    return min(steps) > 0 and max(steps) <= _EVEN * min(steps)


def _are_categories(texts: list[str]) -> bool:
    """Whether labels are all periods, or all areas with one to compare with among them, each another one."""
    if len(set(texts)) < len(texts):
        return False
    if is_period_label(texts[0]):
        return len(texts) >= _FEWEST and all(map(is_period_label, texts))
    if len(texts) < _FEWEST_AREAS:
        return False
    kinds = [_area_kind(text) for text in texts]
    return None not in kinds and not _COMPARED_WITH.isdisjoint(kinds)


@cache
def _area_kind(text: str) -> str | None:
    """The kind of the one area that a label names, if it names nothing else."""
    areas = find_areas(text, None)
    if len(areas) != 1:
        return None
    rest = (text[: areas[0].start] + text[areas[0].end :]).strip(" .,()").lower()
    return areas[0].kind if rest in ("", "average", "avg") else None


def _values_of(
    axis: Sequence[_Place], values: Sequence[_Place], words: Sequence[_Place], farthest: float
) -> list[_Place] | None:
    """The values of an axis: one over each label, at different heights, and no other up to the words over them."""
    step = min(after.middle - before.middle for before, after in pairwise(axis))
    first, last = axis[0].middle - step / 2, axis[-1].middle + step / 2
    foot = max(label.far for label in axis)
    own = {label.line.start for label in axis}
    end = min(
        (
            word.near
            for word in words
            if word.line.start not in own and foot < word.far and _meet(word, first, last) and word.near >= foot - 2
        ),
        default=foot + farthest,
    )
    inside = [
        value for value in values if first < value.middle < last and foot - 2 <= value.near < min(end, foot + farthest)
    ]
    if len(inside) != len(axis):
        return None
    row = sorted(inside, key=lambda place: place.middle)
    if any(abs(value.middle - label.middle) > _OVER * step for value, label in zip(row, axis, strict=True)):
        return None
    return None if _is_level(row) else row


def _is_level(row: Sequence[_Place]) -> bool:
    """Whether values begin, end or are centred on one line: they are a table's, which the table readers judged."""
    edges = ([p.near for p in row], [p.far for p in row], [(p.near + p.far) / 2 for p in row])
    return any(max(edge) - min(edge) < _LEVEL for edge in edges)


def _meet(word: _Place, first: float, last: float) -> bool:
    return word.first < last and word.last > first


def _chart(axis: Sequence[_Place], row: Sequence[_Place], page: int, sideways: bool) -> Table:
    lines = [place.line for place in (*row, *axis)]
    box = Box(
        min(line.box.x0 for line in lines),
        min(line.box.y0 for line in lines),
        max(line.box.x1 for line in lines),
        max(line.box.y1 for line in lines),
    )
    cells = []
    for level, places in enumerate((axis, row)):
        for number, place in enumerate(places):
            at = (number, level) if sideways else (level, number)
            cells.append(Cell(*at, place.line.text, place.line.box, at=place.line.start))
    headers = (0, 1) if sideways else (1, 0)
    return Table(tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))), *headers, page, box, method="chart")
