"""Step `tables`: where no line parts the rows, a row header of several printed lines -> one row again.

A reader by alignment makes a row of each printed line: "Children looked after per" with the values, "10,000 children" without,
or the other way round, or the values on a line of their own between the two. Lines are put together by how they begin
(small letter, figure, bracket) and by the white space over and under them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.table_headers import is_suppressed, is_value
from schemas.records import Line, Page

_GOES_ON = re.compile(r"^(?:[a-z(&+%/\d]|[-–] ?[a-z])")
_CARRIES_ON = re.compile(r"^(?:[a-z(&+]|[-–] ?[a-z])")
_UNFINISHED = re.compile(
    r"(?:[,&/(–-]|\b(?:and|or|of|the|per|with|in|for|to|on|at|by|a|an|from|within|than|who|are|is|as))$", re.IGNORECASE
)
_LEVEL = 4.0  # points between the middles of lines that stand in one row
_CLOSER = 0.85  # a line nearer to the one above than to the one below by this much goes with the one above
Row = Sequence[str]
Edges = tuple[float, float]


def wrapped_groups(rows: Sequence[Row], centres: Sequence[float | None]) -> list[list[int]]:
    """Rows of one table -> runs of rows that are one row; most runs hold a single index.

    centres: the height of each row's middle on the page, from the top, where it is known. Rows above the first that
    holds a value, and their headers, are left alone.
    """
    level = level_groups(rows, centres)
    if len(level) == len(rows):
        return _label_groups(rows, centres)
    joined = [[next((rows[i][c] for i in group if rows[i][c]), "") for c in range(len(rows[0]))] for group in level]
    groups = _label_groups(joined, [centres[group[0]] for group in level])
    return [[index for part in group for index in level[part]] for group in groups]


def level_groups(rows: Sequence[Row], centres: Sequence[float | None]) -> list[list[int]]:
    """Runs of rows at one height that share no column: the cells of one row whose words sit a little lower or higher."""
    groups: list[list[int]] = []
    for index, row in enumerate(rows):
        above, here = (centres[groups[-1][-1]], centres[index]) if groups else (None, None)
        level = above is not None and here is not None and abs(here - above) < _LEVEL
        if level and not any(row[c].strip() and rows[i][c].strip() for i in groups[-1] for c in range(len(row))):
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _label_groups(rows: Sequence[Row], centres: Sequence[float | None]) -> list[list[int]]:
    """Runs of rows that one label goes through."""
    first = _first_of_body(rows)
    if first is None:
        return [[index] for index in range(len(rows))]
    names = _naming_columns(rows[first:])
    heads = [[index] for index in range(first)]
    while heads and first < len(rows) and _carries_on_corner(rows, first):
        heads[-1].append(first)
        first += 1
    groups: list[list[int]] = []
    for index in range(first, len(rows)):
        if groups and _goes_on(rows, index, groups[-1], names, centres):
            groups[-1].append(index)
        else:
            groups.append([index])
    body = [part for group in groups for part in _checked(group, rows, names)]
    return heads + body


def _carries_on_corner(rows: Sequence[Row], index: int) -> bool:
    """Whether a row holds nothing but more of the header over the first column: "31 March" below "Placement at"."""
    words, above = [text for text in rows[index] if text.strip()], rows[index - 1][0].strip()
    if not above or len(words) != 1 or not rows[index][0].strip():
        return False
    return carries_on(above, words[0].strip())


def carries_on(above: str, text: str) -> bool:
    """Whether words go on with a header: by how the header ends ("Placement at") or how they begin ("(number)")."""
    return _UNFINISHED.search(above) is not None or _CARRIES_ON.match(text) is not None


def _first_of_body(rows: Sequence[Row]) -> int | None:
    """The row after the last header: that with words over the values, right above the first row that holds any."""
    valued = next((index for index, row in enumerate(rows) if any(map(_is_figure, row[1:]))), None)
    if valued is None:
        return None
    header = next((index for index in range(valued - 1, -1, -1) if sum(map(bool, rows[index])) > 1), -1)
    return header + 1


def _naming_columns(body: Sequence[Row]) -> tuple[int, ...]:
    """The leading columns that hold no values."""
    width = len(body[0])
    first = next((column for column in range(1, width) if any(_is_figure(row[column]) for row in body)), width)
    return tuple(range(first))


def _is_figure(text: str) -> bool:
    return is_value(text.strip()) or (bool(text.strip()) and is_suppressed(text))


def _has_values(row: Row, names: Sequence[int]) -> bool:
    return any(text.strip() for text in row[len(names) :])


def _label(row: Row, names: Sequence[int]) -> str:
    return " ".join(row[name].strip() for name in names if row[name].strip())


def _goes_on(
    rows: Sequence[Row], index: int, group: Sequence[int], names: Sequence[int], centres: Sequence[float | None]
) -> bool:
    """Whether a row carries on the label of the rows before it."""
    label, valued = _label(rows[index], names), _has_values(rows[index], names)
    before = [row for row in group if _label(rows[row], names)]
    if not before:
        return False  # values without a label so far: they wait for nothing
    if not label:
        return valued and not any(_has_values(rows[row], names) for row in group)
    first = rows[index][0].strip()
    if len(names) > 1 and first and not (_GOES_ON.match(first) and rows[group[0]][0].strip()):
        return False  # a reference or a group's name begins a row
    if valued and any(_has_values(rows[row], names) for row in group):
        return False
    begins_alike = label.startswith("%") and _label(rows[before[0]], names).startswith(
        "%"
    )  # each measure with its sign
    begins_alike = begins_alike or (label.startswith("%") and _is_nearer_below(index, centres))
    if (_GOES_ON.match(label) and not begins_alike) or _UNFINISHED.search(_label(rows[before[-1]], names)):
        return True
    return not valued and _is_nearer_above(index, centres)


def _is_nearer_below(index: int, centres: Sequence[float | None]) -> bool:
    above, here = centres[index - 1], centres[index]
    below = centres[index + 1] if index + 1 < len(centres) else None
    return above is not None and here is not None and below is not None and below - here < _CLOSER * (here - above)


def _is_nearer_above(index: int, centres: Sequence[float | None]) -> bool:
    above, here = centres[index - 1], centres[index]
    below = centres[index + 1] if index + 1 < len(centres) else None
    if above is None or here is None or below is None:
        return False
    return here - above < _CLOSER * (below - here)


def _checked(group: list[int], rows: Sequence[Row], names: Sequence[int]) -> list[list[int]]:
    """A run with values on one line is one row; one without any names a section and is one header; others stay apart."""
    valued = sum(_has_values(rows[index], names) for index in group)
    return [group] if valued < 2 else [[index] for index in group]


def lines_carrying_on(page: Page, left: float, bottom: float) -> list[Line]:
    """The lines right below a table that carry on the label of its last row: the reader by alignment leaves them out."""
    found: list[Line] = []
    foot = bottom
    for line in sorted(page.lines, key=lambda line: line.box.y0):
        height = line.box.y1 - line.box.y0
        near = -0.5 * height < line.box.y0 - foot < 0.8 * height
        if near and abs(line.box.x0 - left) < 3 and _GOES_ON.match(line.text) and not is_value(line.text):
            found.append(line)
            foot = line.box.y1
    return found
