"""Step `tables`: a printed line that runs over several columns -> its words by column.

Where headers of narrow columns stand as near to one another as words do ("RAG DoT", "Stat. neighbours England"), the page
prints them as one line. Where each word stands is reckoned from the line's own width: type is even enough for that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from schemas.records import Box, Line

_WORD = re.compile(r"\S+")
_EDGE = 3.0  # points by which a word reckoned so may reach over the edge of its column
Extent = tuple[float, float]


def cut_by_columns(line: Line, columns: Sequence[Extent]) -> list[Line] | None:
    """The line's words put together by the column that each stands in, from the left; None where a word stands in none or
    reaches into a second, or where all stand in one. columns: left and right edge of each, in points."""
    pitch = (line.box.x1 - line.box.x0) / max(len(line.text), 1)
    pieces: dict[int, list[re.Match[str]]] = {}
    for word in _WORD.finditer(line.text):
        left, right = line.box.x0 + pitch * word.start(), line.box.x0 + pitch * word.end()
        middle = (left + right) / 2
        column = next((number for number, (x0, x1) in enumerate(columns) if x0 <= middle < x1), None)
        if column is None or left < columns[column][0] - _EDGE or right > columns[column][1] + _EDGE:
            return None
        pieces.setdefault(column, []).append(word)
    if len(pieces) < 2:
        return None
    return [_piece(line, words[0].start(), words[-1].end(), pitch) for words in pieces.values()]


def _piece(line: Line, start: int, end: int, pitch: float) -> Line:
    box = Box(line.box.x0 + pitch * start, line.box.y0, line.box.x0 + pitch * end, line.box.y1)
    return replace(line, text=line.text[start:end], start=line.start + start, box=box)
