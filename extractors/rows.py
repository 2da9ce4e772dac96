"""Step "blocks": printed lines -> rows, the units that passages are made of.

A row is what a reader sees as one line. In the file its bullet or number often stands far from its words, a footnote
marker cuts it in three, and the cells of one table row come one by one. Parts that belong to different columns or boxes
stay apart even where the file draws them in one go.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from schemas.records import Page

# Geometric shapes and dingbats but triangles, which point at changes; letters of symbol fonts that mean nothing else.
_SIGNS = "•‣◦\u25a0-\u25b1\u25b6-\u25bb\u25be-\u25ff\u2700-\u27bf\u2b00-\u2bff\ue000-\uf8ff"
BULLET = re.compile(rf"^(?:[{_SIGNS}]|[o*·–\-→](?=\s|$)|o(?=[A-Z][a-z]))\s*")
ENUMERATOR = re.compile(
    r"^(?:\(?\d{1,3}[.)]|\d{1,2}(?:\.\d{1,2}){1,3}\.?|\(?[a-zA-Z][.)]|\(?(?:ix|iv|v?i{1,3}|x)[.)]|\[\d{1,3}\])(?=\s|$)\s*"
)
_BARE_LABEL = re.compile(
    rf"^(?:[{_SIGNS}o*·–\-→]|"
    r"\(?\d{1,3}[.)]?|\d{1,2}(?:\.\d{1,2}){1,3}\.?|\(?[a-zA-Z][.)]|\(?(?:ix|iv|v?i{1,3}|x)[.)]|\[\d{1,3}\])$"
)
_WORDS = re.compile(r"[A-Za-z]{2,}")
_NUMBERED_TITLE = re.compile(r"^(?:table|figure|chart|graph|map|box)\s+[A-Z]?\d+(?:\.\d+)*[a-z]?[:.]?$", re.IGNORECASE)
_CONTENTS = re.compile(r"^(?:table of )?contents(?: page)?$", re.IGNORECASE)
_CELL = re.compile(r"^(?:[£(<>~+\-]{0,2}\d[\d.,/]*\s?%?\)?[*†]?|[\-–—.*]{1,3}|n/?a|c|x|z)$", re.IGNORECASE)


@dataclass(slots=True, eq=False)
class Row:
    """One row: indices of its lines on the page, left to right, with their joined text and common box (points). Never
    changed once it is made, and not frozen all the same: a page makes forty, and that doubled what each costs."""

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
    cells: int = 1  # parts with wide gaps between them: more than one in a table's row


def make_row(page: Page, indices: tuple[int, ...], cells: int = 1) -> Row:
    """The row that these lines of the page make up."""
    lines = [page.lines[index] for index in indices]
    if len(lines) == 1:
        line, box = lines[0], lines[0].box
        upright = len(line.text) < 3 or box.x1 - box.x0 >= 0.6 * (box.y1 - box.y0)
        return Row(indices, line.text, box.x0, box.y0, box.x1, box.y1, line.size, line.bold, box.x0, upright)
    main = max(lines, key=lambda line: len(line.text))
    return Row(
        indices,
        " ".join(line.text for line in lines),
        min(line.box.x0 for line in lines),
        main.box.y0,
        max(line.box.x1 for line in lines),
        main.box.y1,
        main.size,
        all(line.bold for line in lines if len(line.text) > 2) and main.bold,
        main.box.x0 if _BARE_LABEL.match(lines[0].text) else lines[0].box.x0,
        len(main.text) < 3 or main.box.x1 - main.box.x0 >= 0.6 * (main.box.y1 - main.box.y0),
        cells,
    )


def lines_to_rows(page: Page, indices: list[int]) -> list[Row]:
    """The given lines of a page as rows, in the order in which the file draws them."""
    rows = _join_close(page, indices)
    rows = _join_cells(page, rows)
    return _join_labels(page, rows)


def _same_height(one: Row, other: Row) -> bool:
    middle = (one.y0 + one.y1) / 2
    return other.y0 - 1 < middle < other.y1 + 1


def _join_close(page: Page, indices: list[int]) -> list[Row]:
    """Lines that the file draws one after the other and that stand next to each other at one height: a raised marker
    makes pdfium end the line before and after it."""
    rows: list[Row] = []
    for index in indices:
        row = make_row(page, (index,))
        if rows:
            before = rows[-1]
            gap = row.x0 - before.x1
            big = max(row.size, before.size)
            if (
                -0.3 * big < gap < 0.9 * big
                and (_same_height(row, before) or _same_height(before, row))
                and row.upright
            ):
                rows[-1] = make_row(page, (*before.lines, index))
                continue
        rows.append(row)
    return rows


def _join_labels(page: Page, rows: list[Row]) -> list[Row]:
    """Bullets, item numbers and note markers drawn by themselves go before the words at their right."""
    labels = [row for row in rows if _BARE_LABEL.match(row.text)]
    if not labels or len(labels) == len(rows):
        return rows
    taken: dict[tuple[int, ...], Row] = {}
    for label in labels:
        best: Row | None = None
        reach = max(4.5 * label.size, 40.0)
        for row in rows:
            gap = row.x0 - label.x1
            if gap < -2 or gap > reach or row is label or not _same_height(label, row):
                continue
            if _WORDS.search(row.text) or len(row.text) > 6:
                best, reach = row, gap
        if best is not None:
            taken.setdefault(best.lines, label)
    used = {label.lines for label in taken.values()}
    joined = []
    for row in rows:
        if row.lines in taken:
            joined.append(make_row(page, (*taken[row.lines].lines, *row.lines)))
        elif row.lines not in used:
            joined.append(row)
    return joined


def _join_cells(page: Page, rows: list[Row]) -> list[Row]:
    """Neighbours that the file draws as one line and the gaps cut apart: rejoined where they are cells of one row,
    left apart where they are prose in two columns or figures with labels of their own."""
    groups: list[list[Row]] = []
    for row in rows:
        if groups and _drawn_together(page, groups[-1][-1], row):
            groups[-1].append(row)
        else:
            groups.append([row])
    if len(groups) == len(rows):
        return _join_printed_cells(page, rows)
    apart = _flowing_columns(groups)
    for _ in range(2):  # what stands apart in one row tells of the row over it: the heads of boxes side by side
        singles = [row for place, group in enumerate(groups) if len(group) == 1 or place in apart for row in group]
        apart |= {
            place
            for place, group in enumerate(groups)
            if len(group) > 1 and place not in apart and _stand_apart(group, singles)
        }
    joined: list[Row] = []
    for place, group in enumerate(groups):
        if len(group) == 1 or place in apart:
            joined.extend(group)
        else:
            joined.append(make_row(page, tuple(index for row in group for index in row.lines), len(group)))
    return _join_printed_cells(page, joined)


def _drawn_together(page: Page, one: Row, other: Row) -> bool:
    last = page.lines[one.lines[-1]]
    end, start = last.start + len(last.text), page.lines[other.lines[0]].start
    return end <= start <= end + 3 and not page.text[end:start].strip(" ") and _same_height(one, other)


def _is_prose(text: str) -> bool:
    return len(text) >= 18 and len(_WORDS.findall(text)) >= 3


def _flowing_columns(groups: list[list[Row]]) -> set[int]:
    """Places of the groups whose parts are lines of text columns: on neighbouring rows the parts stand under each
    other, and text flows down them, beginning in lower case. (In a table a cell's second line stands alone.)"""
    found: set[int] = set()
    run: list[int] = []
    flowing = 0
    for place, group in enumerate([*groups, []]):
        before = groups[run[-1]] if run else []
        if len(group) > 1 and len(before) == len(group) and _aligned(before, group):
            flowing += any(
                part.text[0].islower() and above.text[-1] not in ".:;"
                for part, above in zip(group, before, strict=True)
            )
            run.append(place)
            continue
        if flowing * 4 >= len(run) and flowing:
            found.update(run)
        run, flowing = ([place] if len(group) > 1 else []), 0
    return found


def _aligned(one: list[Row], other: list[Row]) -> bool:
    return all(abs(a.x0 - b.x0) < a.size for a, b in zip(one, other, strict=True))


def _stand_apart(group: list[Row], singles: list[Row]) -> bool:
    if any(other.x0 < one.x1 - one.size for one, other in pairwise(group)):
        return True  # drawn right to left: never one row
    if any(BULLET.match(row.text) and len(row.text) > 2 for row in group[1:]):
        return True
    if sum(_is_prose(row.text) for row in group) >= 2:
        return True
    if max(row.size for row in group) > 1.25 * min(row.size for row in group):
        return True
    if _NUMBERED_TITLE.match(group[0].text) or sum(bool(_CELL.match(row.text)) for row in group) >= 2:
        return False  # "Table 14    Disorders by age"; a table's figures
    alone = sum(_has_own_lines(row, group, singles) for row in group)
    return alone >= max(2, len(group) - 1)


def _has_own_lines(row: Row, group: list[Row], singles: list[Row]) -> bool:
    """Whether a line directly under or over this part belongs to it alone, not to the row it stands in."""
    for other in singles:
        gap = max(other.y0 - row.y1, row.y0 - other.y1)
        if gap > 1.5 * row.size or gap < -0.5 * row.size:
            continue
        near = abs(other.x0 - row.x0) < row.size or abs(other.x0 + other.x1 - row.x0 - row.x1) < 2 * row.size
        if near and all(part is row or part.x0 > other.x1 or part.x1 < other.x0 for part in group):
            return True
    return False


def _join_printed_cells(page: Page, rows: list[Row]) -> list[Row]:
    """Table rows whose cells the file draws one by one: two or more bare figures at the height of a label at their
    left, in at least two such rows. Likewise the titles and page numbers of a contents list."""
    cells = [row for row in rows if len(row.text) < 14 and _CELL.match(row.text)]
    contents = any(_CONTENTS.match(row.text) for row in rows)  # where one figure, the page's number, makes a row
    least = 1 if contents else 2
    if len(cells) < 2 * least:
        return rows
    lines: dict[tuple[int, ...], list[Row]] = {}
    for label in rows:
        if not _WORDS.search(label.text) or len(label.text) > 80 or not label.upright:
            continue
        beside = [
            cell for cell in cells if cell.x0 > label.x1 and _same_height(cell, label) and _same_height(label, cell)
        ]
        if len(beside) >= least:
            lines[label.lines] = sorted(beside, key=lambda cell: cell.x0)
    taken: set[tuple[int, ...]] = set()
    joined: dict[tuple[int, ...], Row] = {}
    for key in sorted(lines, key=lambda lines_: -page.lines[lines_[0]].box.x0):
        mine = [cell for cell in lines[key] if cell.lines not in taken]
        if len(mine) >= least:
            taken.update(cell.lines for cell in mine)
            joined[key] = make_row(page, (*key, *(index for cell in mine for index in cell.lines)), len(mine) + 1)
    if len(joined) < 2:
        return rows
    return [joined.get(row.lines, row) for row in rows if row.lines not in taken]
