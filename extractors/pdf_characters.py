"""Step "read PDF", lowest layer: one page's characters as pdfium holds them - text, boxes, sizes, weights.

String index equals pdfium's character index wherever both count the same; where they do not, every question goes
through pdfium's own index map. Boxes come back in PDF points with the origin at the top left of the page as shown, so
page rotation and crop box are already undone.
"""

from __future__ import annotations

import ctypes
import re
from functools import lru_cache
from math import hypot

import pypdfium2.raw as pdfium

from extractors.pdfium_calls import bare
from schemas.records import Box

# Which printed forms stand for the same character. One for one, so that indices stay valid.
_NORMAL = {
    0xFFFE: "-",  # pdfium's sign for a hyphen at a line's end
    0x00AD: "-",
    0x2010: "-",
    0x2011: "-",
    0x2012: "–",
    0x2212: "-",
    0xF02D: "-",  # Symbol: the dash that Word prints before sub-items
    0xF0BE: "-",  # Symbol: the dash's lengthener, used as a dash before sub-items
    0x2500: "-",
    0xF0B7: "•",  # Symbol bullet
    0xF06E: "•",  # Wingdings square
    0xF0A7: "•",  # Wingdings small square
    0xF0A8: "•",
    0xF06F: "•",
    0xF071: "•",
    0xF076: "•",  # Wingdings diamonds
    0xF0D8: "•",  # Wingdings arrowhead
    0xF0E0: "→",
    0xF0E8: "→",
    0xF0FC: "✓",
    0xF0E9: "↑",
    0xF0EA: "↓",
    0xF0F1: "↑",
    0xF0F2: "↓",
    0x25AA: "•",
    0x25A0: "•",
    0x25CF: "•",
    0x2022: "•",
    0x2023: "•",
    0x2043: "•",
    0x2219: "•",
    0x00A0: " ",
    0x202F: " ",
    0x2007: " ",
    0x2009: " ",
    0x200A: " ",
    0x2002: " ",
    0x2003: " ",
    0x200B: " ",
    0xFEFF: " ",
    0x0009: " ",
    0x0000: " ",
    0x0002: "-",
}
_BOLD_NAMES = (b"bold", b"black", b"heavy", b"demi")
_SCALE = 64  # page points to device units when asking pdfium for the page's own transformation

_loose_box = bare(pdfium.FPDFText_GetLooseCharBox)
_font_size = bare(pdfium.FPDFText_GetFontSize)
_matrix = bare(pdfium.FPDFText_GetMatrix)
_font_weight = bare(pdfium.FPDFText_GetFontWeight)
_font_info = bare(pdfium.FPDFText_GetFontInfo)
_count_rectangles = bare(pdfium.FPDFText_CountRects)
_rectangle = bare(pdfium.FPDFText_GetRect)

Rectangle = tuple[float, float, float, float]


_NORMAL.update(dict.fromkeys((0x25A1, 0x25AB, 0x25B6, 0x25BA, 0x25C6, 0x25CB, 0x25E6, 0x25FC, 0x25FD, 0x25FE), "•"))
_NORMAL.update(dict.fromkeys((0x2756, 0x27A2, 0x27A4, 0x2B1B, 0x2B25), "•"))
_SIGNS = {chr(code): sign for code, sign in _NORMAL.items()}
_ODD = re.compile("[" + "".join(map(re.escape, _SIGNS)) + "]")


def normalise(text: str) -> str:
    """The text with dashes, bullets and spaces in one form each; same length, index for index."""
    return _ODD.sub(lambda match: _SIGNS[match.group()], text)


@lru_cache(maxsize=1000)
def _is_bold_name(name: bytes) -> bool:
    small = name.lower()
    return small.endswith(b"-bo") or any(word in small for word in _BOLD_NAMES)


class PageCharacters:
    """The characters of one open pdfium page. `text` is as pdfium gives it, `size` and boxes are in PDF points.

    The caller closes it. Source: pdfium's fpdf_text.h.
    """

    def __init__(self, page: object) -> None:
        self._page = page
        self._handle = pdfium.FPDFText_LoadPage(page)
        if not self._handle:
            raise ValueError("pdfium could not open the page's text")
        self.width = float(pdfium.FPDF_GetPageWidthF(page))
        self.height = float(pdfium.FPDF_GetPageHeightF(page))
        self.count = max(0, pdfium.FPDFText_CountChars(self._handle))
        self.raw = self._read_text()
        self._mapped = len(self.raw) != self.count
        self._boxes: dict[int, Rectangle] = {}  # asked for again and again: by the line, its gaps and its numbers
        self._cell = (ctypes.c_float * 4)()  # as pdfium lays its FS_RECTF out: left, top, right, bottom
        self._cell_reference = ctypes.byref(self._cell)
        self._edges = (ctypes.c_double * 4)()
        self._references = [ctypes.byref(self._edges, edge * ctypes.sizeof(ctypes.c_double)) for edge in range(4)]
        self._matrix = pdfium.FS_MATRIX()
        self._matrix_reference = ctypes.byref(self._matrix)
        self._name = ctypes.create_string_buffer(128)
        self._flags = ctypes.c_int()
        self._flags_reference = ctypes.byref(self._flags)
        self._affine = self._page_to_shown()
        self._e, self._f = self._affine[3:5]
        self._upright = self._affine[1] == 0 and self._affine[0] == 1 and self._affine[5] == -1

    def close(self) -> None:
        pdfium.FPDFText_ClosePage(self._handle)

    def _read_text(self) -> str:
        if not self.count:
            return ""
        room = 2 * self.count + 2  # UTF-16 units, enough if every character needed two
        buffer = ctypes.create_string_buffer(room * 2)
        units = pdfium.FPDFText_GetText(
            self._handle, 0, self.count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        )
        return buffer.raw[: max(0, units - 1) * 2].decode("utf-16-le", "replace")

    def _page_to_shown(self) -> tuple[float, ...]:
        """Affine (a, b, c, d, e, f): x' = a x + c y + e, y' = b x + d y + f, user space to shown page, top left."""
        wide, high = round(self.width * _SCALE), round(self.height * _SCALE)
        x, y = ctypes.c_double(), ctypes.c_double()
        corners = []
        for device in ((0, 0), (wide, 0), (0, high)):
            pdfium.FPDF_DeviceToPage(self._page, 0, 0, wide, high, 0, *device, ctypes.byref(x), ctypes.byref(y))
            corners.append((x.value, y.value))
        (ox, oy), (rx, ry), (dx, dy) = corners
        across = ((rx - ox) / max(self.width, 1e-6), (ry - oy) / max(self.width, 1e-6))
        down = ((dx - ox) / max(self.height, 1e-6), (dy - oy) / max(self.height, 1e-6))
        determinant = across[0] * down[1] - across[1] * down[0]
        if not determinant:
            return (1.0, 0.0, 0.0, 0.0, -1.0, self.height)
        a, c = down[1] / determinant, -down[0] / determinant
        b, d = -across[1] / determinant, across[0] / determinant
        a, b, c, d = (round(value, 4) + 0.0 for value in (a, b, c, d))
        # order chosen so that `_shown` reads naturally: x' = a x + c y + e ; y' = b x + d y + f
        return (a, b, c, -(a * ox + c * oy), -(b * ox + d * oy), d)

    def _shown(self, left: float, bottom: float, right: float, top: float) -> Rectangle:
        a, b, c, e, f, d = self._affine
        if self._upright:
            return (left + e, f - top, right + e, f - bottom)
        x0, y0 = a * left + c * bottom + e, b * left + d * bottom + f
        x1, y1 = a * right + c * top + e, b * right + d * top + f
        return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _index(self, index: int) -> int:
        return pdfium.FPDFText_GetCharIndexFromTextIndex(self._handle, index) if self._mapped else index

    def box(self, index: int) -> Rectangle:
        """The character's cell: its advance wide, ascent to descent high."""
        known = self._boxes.get(index)
        if known is None:
            at = self._index(index) if self._mapped else index
            if _loose_box(self._handle, at, self._cell_reference):
                left, top, right, bottom = self._cell
                if self._upright:
                    known = (left + self._e, self._f - top, right + self._e, self._f - bottom)
                else:
                    known = self._shown(left, bottom, right, top)
            else:
                known = (0.0, 0.0, 0.0, 0.0)
            self._boxes[index] = known
        return known

    def size(self, index: int) -> float:
        """Type size in points as shown: the font's size times the scale of its matrix."""
        if self._mapped:
            index = self._index(index)
        size: float = _font_size(self._handle, index)
        if _matrix(self._handle, index, self._matrix_reference):
            size *= hypot(self._matrix.c, self._matrix.d)
        return size

    def bold(self, index: int) -> bool:
        """Whether the font calls itself bold, by weight or by name (subset fonts often keep only the name)."""
        if self._mapped:
            index = self._index(index)
        if _font_weight(self._handle, index) >= 600:
            return True
        length = _font_info(self._handle, index, self._name, 128, self._flags_reference)
        return _is_bold_name(self._name.raw[: max(0, min(length, 128) - 1)])

    def rectangles(self, start: int, count: int) -> list[Rectangle]:
        """The inked rectangles that pdfium sees in a run of characters: one per piece drawn in one go."""
        if self._mapped:
            first = self._index(start)
            count = self._index(start + count - 1) - first + 1
            start = first
        found = []
        for index in range(_count_rectangles(self._handle, start, count)):
            if _rectangle(self._handle, index, *self._references):
                left, top, right, bottom = self._edges
                found.append(self._shown(left, bottom, right, top))
        return found


def to_box(rectangle: Rectangle) -> Box:
    """A rectangle as the record type, hundredths of a point being enough for any eye."""
    x0, y0, x1, y1 = rectangle
    return Box(round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))
