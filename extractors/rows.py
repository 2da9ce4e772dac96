"""Step "blocks": printed lines -> rows, the units that passages are made of.

A row is what a reader sees as one line: its bullet or number and its words are often drawn far apart in the file, and
the cells of one table row come as several lines. Parts that belong to different columns or boxes stay apart.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from schemas.records import Line, Page

BULLET = re.compile(r"^(?:[•✓]|[o*–\-→](?=\s|$))\s*")
ENUMERATOR = re.compile(
    r"^(?:\(?\d{1,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|\(?[a-zA-Z][.)]|\(?(?:ix|iv|v?i{1,3}|x)[.)]|\[\d{1,3}\])(?=\s|$)\s*"
)
_BARE_LABEL = re.compile(
    r"^(?:[•✓o*–\-→]|\(?\d{1,3}[.)]?|\d{1,2}(?:\.\d{1,2}){1,3}\.?|\(?[a-zA-Z][.)]|\(?(?:ix|iv|v?i{1,3}|x)[.)]|\[\d{1,3}\])$"
)
_WORDS = re.compile(r"[A-Za-z]{2,}")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: indices of its lines on the page, left to right, with their joined text and common box (points)."""

    lines: tuple[int, ...]
    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    words_x0: float  # where the words begin, after a bullet drawn apart
    upright: bool = True


def make_row(page: Page, indices: tuple[int, ...]) -> Row:
    """The row that these lines of the page make up."""
    lines = [page.lines[index] for index in indices]
    main = max(lines, key=lambda line: len(line.text))
    box = main.box
    upright = len(main.text) < 3 or box.x1 - box.x0 >= 0.6 * (box.y1 - box.y0)
    if len(lines) == 1:
        line = lines[0]
        return Row(indices, line.text, box.x0, box.y0, box.x1, box.y1, line.size, line.bold, box.x0, upright)
    return Row(
        indices,
        " ".join(line.text for line in lines),
        min(line.box.x0 for line in lines),
        min(box.y0, *(line.box.y0 for line in lines)),
        max(line.box.x1 for line in lines),
        max(box.y1, *(line.box.y1 for line in lines)),
        main.size,
        main.bold,
        main.box.x0,
        upright,
    )


def lines_to_rows(page: Page, indices: list[int]) -> list[Row]:
    """The given lines of a page as rows, in the order in which the file draws them."""
    groups = _join_table_cells(page, indices)
    labels = [group for group in groups if len(group) == 1 and _BARE_LABEL.match(page.lines[group[0]].text)]
    if labels and len(groups) > 1:
        groups = _join_labels(page, groups, labels)
    return [make_row(page, tuple(group)) for group in groups]


def _same_height(one: Line, other: Line) -> bool:
    middle = (one.box.y0 + one.box.y1) / 2
    return other.box.y0 - 1 < middle < other.box.y1 + 1


def _join_labels(page: Page, groups: list[list[int]], labels: list[list[int]]) -> list[list[int]]:
    """Bullets, item numbers and note markers drawn by themselves go before the words at their right."""
    lines = page.lines
    taken: dict[int, int] = {}
    for label in labels:
        mark = lines[label[0]]
        best: list[int] | None = None
        reach = max(4.5 * mark.size, 40.0)
        for group in groups:
            other = lines[group[0]]
            gap = other.box.x0 - mark.box.x1
            if group is label or gap < -2 or gap > reach or not _same_height(mark, other):
                continue
            if _WORDS.search(other.text) or len(other.text) > 6:
                best, reach = group, gap
        if best is not None and best[0] not in taken:
            taken[best[0]] = label[0]
    used = set(taken.values())
    return [
        [taken[group[0]], *group] if group[0] in taken else group
        for group in groups
        if not (len(group) == 1 and group[0] in used)
    ]


def _join_table_cells(page: Page, indices: list[int]) -> list[list[int]]:
    """Neighbours that the file draws as one line and the gaps cut apart: rejoined where they are cells of one row,
    left apart where they are prose in two columns or figures with labels of their own."""
    lines = page.lines
    groups: list[list[int]] = []
    for index in indices:
        before = groups[-1][-1] if groups else None
        if before is not None and _drawn_together(page, lines[before], lines[index]):
            groups[-1].append(index)
        else:
            groups.append([index])
    result: list[list[int]] = []
    for group in groups:
        if len(group) > 1 and _stand_apart(page, group, groups):
            result.extend([index] for index in group)
        else:
            result.append(group)
    return result


def _drawn_together(page: Page, one: Line, other: Line) -> bool:
    end = one.start + len(one.text)
    return end <= other.start <= end + 3 and page.text[end : other.start].strip(" ") == "" and _same_height(one, other)


def _is_prose(text: str) -> bool:
    return len(text) >= 18 and len(_WORDS.findall(text)) >= 3


def _stand_apart(page: Page, group: list[int], groups: list[list[int]]) -> bool:
    lines = [page.lines[index] for index in group]
    if any(other.box.x0 < one.box.x1 - one.size for one, other in itertools.pairwise(lines)):
        return True  # drawn right to left: never one row
    if sum(_is_prose(line.text) for line in lines) >= 2:
        return True
    if max(line.size for line in lines) > 1.25 * min(line.size for line in lines):
        return True
    alone = sum(_has_own_lines(page, line, group, groups) for line in lines)
    return alone >= max(2, len(lines) - 1)


def _has_own_lines(page: Page, line: Line, group: list[int], groups: list[list[int]]) -> bool:
    """Whether a line directly under or over this one belongs to it alone, not to the row it stands in."""
    for other_group in groups:
        if len(other_group) != 1 or other_group is group:
            continue
        other = page.lines[other_group[0]]
        gap = max(other.box.y0 - line.box.y1, line.box.y0 - other.box.y1)
        if gap > line.size or gap < -0.5 * line.size:
            continue
        near = abs(other.box.x0 - line.box.x0) < line.size or (
            abs(other.box.x0 + other.box.x1 - line.box.x0 - line.box.x1) < 2 * line.size
        )
        clear = all(
            index == line_index_of(page, line)
            or page.lines[index].box.x0 > other.box.x1
            or page.lines[index].box.x1 < other.box.x0
            for index in group
        )
        if near and clear:
            return True
    return False


def line_index_of(page: Page, line: Line) -> int:
    """The index of a line of the page, by identity."""
    return next(index for index, other in enumerate(page.lines) if other is line)
