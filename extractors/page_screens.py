"""Step "screen": cheap tests of whether a page may hold a table, so that the slow reader sees few pages.

Ruled: three thin horizontal and three thin vertical path objects. Aligned: neighbouring rows that end in numeric cells.
Both let a few pages too many through, on purpose: what they stop nobody sees again.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable

import pypdfium2.raw as pdfium

from extractors.pdfium_calls import bare
from schemas.records import Line

_count_objects = bare(pdfium.FPDFPage_CountObjects)
_object = bare(pdfium.FPDFPage_GetObject)
_type = bare(pdfium.FPDFPageObj_GetType)
_bounds = bare(pdfium.FPDFPageObj_GetBounds)

_THIN = 2.5  # points
_MOST_OBJECTS = 4000  # maps and charts hold tens of thousands; a table's rules come well before
_NUMERIC = r"(?:[£(<>~+\-]{0,2}\d[\d.,/]*\s?%?\)?[*†]?|[\-–—.*]{1,3}|n/?a|N/?A|c|x|z)"
_NUMERIC_END = re.compile(rf"(?:(?:^|\s){_NUMERIC}){{2,}}$")
_ENDS = frozenset("0123456789%)*†-–—.aAcxz/ ")  # what a numeric cell can end in, tested first: it is cheap
_TWO_NUMERIC = re.compile(r"[£<>~+\-–]?\d[\d.,]*%?\s+[£<>~+\-–]?\d[\d.,]*%?(?:\s|$)")
_NUMERIC_ONLY = re.compile(rf"^{_NUMERIC}$")


def has_rulings(page: object) -> bool:
    """Whether the open pdfium page draws at least three thin horizontal and three thin vertical strokes or boxes."""
    across = down = seen = 0
    edges = (ctypes.c_float * 4)()
    references = [ctypes.byref(edges, edge * ctypes.sizeof(ctypes.c_float)) for edge in range(4)]
    for path in _paths(page):
        seen += 1
        if seen > _MOST_OBJECTS:
            return False
        if not _bounds(path, *references):
            continue
        left, bottom, right, top = edges
        wide, high = right - left, top - bottom
        if high <= _THIN < wide:
            across += wide > 8
        elif wide <= _THIN < high:
            down += high > 4
        elif wide > 20 and high > 6:
            h, v = _strokes(path)
            across, down = across + h, down + v
        if across >= 3 and down >= 3:
            return True
    return False


def _paths(page: object) -> Iterable[object]:
    for index in range(_count_objects(page)):
        thing = _object(page, index)
        kind = _type(thing)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            yield thing
        elif kind == pdfium.FPDF_PAGEOBJ_FORM:
            for inner in range(min(pdfium.FPDFFormObj_CountObjects(thing), _MOST_OBJECTS)):
                part = pdfium.FPDFFormObj_GetObject(thing, inner)
                if _type(part) == pdfium.FPDF_PAGEOBJ_PATH:
                    yield part


def _strokes(path: object) -> tuple[int, int]:
    """Horizontal and vertical strokes of a path that is no single rule: a stroked box has two of each, a grid drawn in
    one go has many."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke)) or not stroke.value:
        return 0, 0
    x, y = ctypes.c_float(), ctypes.c_float()
    across = down = 0
    before: tuple[float, float] | None = None
    for index in range(min(pdfium.FPDFPath_CountSegments(path), 200)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            return 0, 0
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        if before and kind == pdfium.FPDF_SEGMENT_LINETO:
            across += abs(y.value - before[1]) < 0.5 and abs(x.value - before[0]) > 8
            down += abs(x.value - before[0]) < 0.5 and abs(y.value - before[1]) > 4
        before = (x.value, y.value)
    return across, down


def has_aligned_numbers(text: str, lines: tuple[Line, ...]) -> bool:
    """Whether two neighbouring rows end in two or more numeric cells, or cells printed one by one stand in such rows."""
    run = 0
    for row in text.split("\r\n"):
        row = row.strip()
        if not row:
            continue
        ends = row[-1] in _ENDS and _NUMERIC_END.search(row) and any(c.isdigit() for c in row)
        run = run + 1 if ends else 0
        if run >= 2:
            return True
    return _cells_in_rows(lines)


def _cells_in_rows(lines: tuple[Line, ...]) -> bool:
    heights: dict[int, int] = {}
    named: dict[int, float] = {}  # where the first words at a height end
    for line in lines:
        height = round((line.box.y0 + line.box.y1) / 6)
        cells = 0
        if len(line.text) < 12 and _NUMERIC_ONLY.match(line.text):
            cells = 1
        elif height in named and named[height] < line.box.x0 and _TWO_NUMERIC.match(line.text):
            cells = 2  # columns so narrow that two cells, or two and a remark, are one line
        heights[height] = heights.get(height, 0) + cells
        named.setdefault(height, line.box.x1)
    return sum(1 for count in heights.values() if count >= 2) >= 2
