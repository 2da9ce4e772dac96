"""Step `tables`: a printed line that runs over several columns -> its words by column.

Where headers of narrow columns stand as near to one another as words do ("RAG DoT", "Stat. neighbours England"), the page
prints them as one line. Where there are as many years, quarters and areas in it as columns under it, they go one to each;
else where a word stands is reckoned from the line's own width: type is even enough for that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from extractors.areas import find_areas
from extractors.periods import find_periods
from extractors.table_words import plain_header, table_words
from schemas.records import Box, Line

_WORD = re.compile(r"\S+")
_EDGE = 3.0  # points by which a word reckoned so may reach over the edge of its column
_LETTER = 0.6  # times the type: about how wide a letter is
_LONGEST_LABEL = 3  # words: "31 March 2021"
_KINDS = frozenset({"actual", "outturn", "result", "ytd"})
_FEWEST_LABELS = 2  # periods or areas among the labels of a line
Extent = tuple[float, float]


def cut_by_columns(line: Line, columns: Sequence[Extent]) -> list[Line] | None:
    """The line's words put together by the column that each stands in, from the left; None where a word stands in none or
    reaches into a second, or where all stand in one. columns: left and right edge of each, in points."""
    pitch = (line.box.x1 - line.box.x0) / max(len(line.text), 1)
    labelled = _one_label_each(line, columns, pitch)
    if labelled is not None:
        return labelled
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


def _one_label_each(line: Line, columns: Sequence[Extent], pitch: float) -> list[Line] | None:
    """The line's labels over the columns that it reaches over, if there are as many of them ("2019/20 2020/21 SN Eng"): gaps
    between labels are wider than those within, so that the line's width does not tell where each stands."""
    words = list(_WORD.finditer(line.text))
    letter = min(pitch, _LETTER * line.size) / 2  # half of one
    ends = (line.box.x0 + letter * len(words[0][0]), line.box.x1 - letter * len(words[-1][0])) if words else ()
    reached = [next((number for number, (x0, x1) in enumerate(columns) if x0 <= end < x1), None) for end in ends]
    if len(reached) < 2 or reached[0] is None or reached[1] is None or reached[0] == reached[1]:
        return None
    under = columns[reached[0] : reached[1] + 1]
    ways = _ways_to_label([word[0] for word in words], len(under))
    if len(ways) != 1:
        return None
    pieces, at = [], 0
    for count, (left, right) in zip(ways[0], under, strict=True):
        start, end = words[at].start(), words[at + count - 1].end()
        half = pitch * (end - start) / 2
        middle = min(max((left + right) / 2, line.box.x0 + half), line.box.x1 - half)
        box = Box(middle - half, line.box.y0, middle + half, line.box.y1)
        pieces.append(replace(line, text=line.text[start:end], start=line.start + start, box=box))
        at += count
    return pieces


def _ways_to_label(words: Sequence[str], wanted: int) -> list[tuple[int, ...]]:
    """How the words make that many labels, as how many words each takes; two ways at most are told."""
    if not wanted <= len(words) <= wanted * _LONGEST_LABEL:
        return []
    ways: list[tuple[int, ...]] = []
    open_ways: list[tuple[tuple[int, ...], int]] = [((), 0)]
    while open_ways and len(ways) < 2:
        way, at = open_ways.pop()
        if len(way) == wanted:
            if at == len(words) and _names_enough(words, way):
                ways.append(way)
            continue
        left = len(words) - at
        for count in range(1, min(_LONGEST_LABEL, left) + 1):
            if count == 1 or _is_label(" ".join(words[at : at + count])):
                open_ways.append(((*way, count), at + count))
    return ways


def _names_enough(words: Sequence[str], way: Sequence[int]) -> bool:
    labels, at = [], 0
    for count in way:
        labels.append(" ".join(words[at : at + count]))
        at += count
    return sum(map(_is_label, labels)) >= _FEWEST_LABELS


@cache
def _is_label(text: str) -> bool:
    """Whether the words are one period or one area and nothing else, or with what tells the kind of figure ("Target 23/24")."""
    mentions = [(one.start, one.end) for one in find_periods(text, None)] or [
        (one.start, one.end) for one in find_areas(text, None)
    ]
    if len(mentions) != 1:
        return False
    start, end = mentions[0]
    rest = plain_header(text[:start] + text[end:])
    return not rest or rest in table_words().target or rest in _KINDS


def _piece(line: Line, start: int, end: int, pitch: float) -> Line:
    box = Box(line.box.x0 + pitch * start, line.box.y0, line.box.x0 + pitch * end, line.box.y1)
    return replace(line, text=line.text[start:end], start=line.start + start, box=box)
