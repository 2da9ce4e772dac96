"""Step "blocks": the rows of a passage -> one running text, and the pieces that lead each stretch back to its page.

Line-end hyphens are undone, footnote markers (small raised digits) are taken out of the words. Every other character of
the text is the page's own: `text[p.start : p.start + p.length] == page.text[p.at : p.at + p.length]` for every piece.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from extractors.hyphens import Hyphenation
from schemas.records import Line, Mark, Page, Piece

_LEFT = re.compile(r"([A-Za-z]+)-$")
_RIGHT = re.compile(r"^[A-Za-z]+")
_BETWEEN_MARKERS = re.compile(r"^[\s,;–-]*$")


def _raised_spans(page: Page, line: Line) -> list[tuple[int, int]]:
    """Where the line's footnote markers stand on the page, markers in a row ("23, 24") taken together."""
    end = line.start + len(line.text)
    marks = page.marks
    index = bisect_left(marks, line.start, key=_mark_start)
    spans: list[tuple[int, int]] = []
    while index < len(marks) and marks[index].start < end:
        mark = marks[index]
        if mark.raised:
            if spans and _BETWEEN_MARKERS.match(page.text[spans[-1][1] : mark.start]):
                spans[-1] = (spans[-1][0], mark.end)
            else:
                spans.append(_with_brackets(page.text, mark.start, mark.end))
        index += 1
    return spans


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """A marker with the square brackets it is printed in."""
    if text[start - 1 : start] == "[" and text[end : end + 1] == "]":
        return start - 1, end + 1
    return start, end


def _mark_start(mark: Mark) -> int:
    return mark.start


def _kept_stretches(page: Page, line: Line) -> list[tuple[int, int]]:
    """The line's stretches without its footnote markers."""
    end = line.start + len(line.text)
    stretches = []
    at = line.start
    for start, stop in _raised_spans(page, line):
        if start > at:
            stretches.append((at, start))
        at = stop
        if not stretches:
            at += len(page.text[at:end]) - len(page.text[at:end].lstrip())
    if at < end:
        stretches.append((at, end))
    return stretches


class TextBuilder:
    """Joins lines one by one into a text with its pieces."""

    def __init__(self, hyphenation: Hyphenation, marked: frozenset[int]) -> None:
        """marked: numbers of the pages on which footnote markers stand."""
        self._hyphenation = hyphenation
        self._marked = marked
        self._parts: list[str] = []
        self._pieces: list[Piece] = []
        self.length = 0

    def _tail(self) -> str:
        return self._parts[-1] if self._parts else ""

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self.length += len(text)

    def add_text(self, text: str) -> None:
        """Characters that no page prints there, such as the colon between a card's label and its value."""
        self._add(text)

    def add_line(self, page: Page, line: Line, same_row: bool = False, markers: bool = False) -> None:
        """The next line, joined to what is there by a space, by nothing (after a hyphen or slash), or by undoing a
        broken word. `markers` keeps footnote markers in."""
        whole = markers or page.number not in self._marked
        stretches = [(line.start, line.start + len(line.text))] if whole else _kept_stretches(page, line)
        if stretches and self.length:
            self._join(page.text[stretches[0][0] : stretches[0][1]], same_row)
        for place, (start, end) in enumerate(stretches):
            if place and self._tail()[-1:].isalnum() and page.text[start].isalnum():
                self._add(" ")  # nothing but the marker stood between two words
            self._pieces.append(Piece(self.length, end - start, page.number, start))
            self._add(page.text[start:end])

    def _join(self, coming: str, same_row: bool) -> None:
        tail = self._tail()
        if tail.endswith(" ") or (same_row and coming[:1] in ".,;:)"):
            return
        if not same_row and len(tail) > 1 and coming[:1].isalnum() and tail[-2].isalnum():
            if tail[-1] == "-":
                left, right = _LEFT.search(tail), _RIGHT.match(coming)
                if left and right and not self._hyphenation.belongs_to_word(left.group(1), right.group()):
                    self._drop_last()
                return
            if tail[-1] in "–/" and coming[0].isdigit() and tail[-2].isdigit():
                return
        self._add(" ")

    def _drop_last(self) -> None:
        self._parts[-1] = self._parts[-1][:-1]
        self.length -= 1
        last = self._pieces[-1]
        self._pieces[-1] = Piece(last.start, last.length - 1, last.page, last.at)

    def result(self) -> tuple[str, tuple[Piece, ...]]:
        return "".join(self._parts), tuple(piece for piece in self._pieces if piece.length)
