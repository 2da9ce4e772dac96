"""Step ledger: every printed number gets a disposition, and every statement its page, place and box.

Numbers are entered once: the page's own marks are the inventory, so that what no reader looked at is still accounted for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from schemas.codes import DISPOSITIONS
from schemas.records import Block, Box, Disposal, Mark, Reading, Statement

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_BLOCK_DISPOSITION = {
    "running_head": "running_head",
    "page_number": "page_number",
    "contents": "contents",
    "footnote": "footnote",
}
_ROLES = {
    "quantity": "no_indicator",
    "pronoun": "not_a_statement",
    "fraction": "no_indicator",
    "rank": "ordinal",
    "duration": "timescale",
    "title": "reference",
}


class Ledger:
    """The book of one reading: open it, enter statements and disposals, close it."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.pages = {p.number: p for p in reading.pages}
        self.starts = {n: [m.start for m in p.marks] for n, p in self.pages.items()}
        self.statements: list[Statement] = []
        self.claims: dict[tuple[object, ...], int] = {}
        self.entries: dict[tuple[int | None, int], Disposal] = {}

    def place(self, index: int, start: int, end: int) -> tuple[int | None, int | None, Box | None]:
        """Characters of a block -> page, index into the page's text, box of the number printed there."""
        block = self.reading.blocks[index]
        where = _to_page(block, start)
        if where is None:
            return None, None, None
        page, at = where
        mark = self._mark(page, at, end - start)
        return page, at, mark.box if mark else None

    def state(
        self, index: int, start: int, end: int, statement: Statement, page: int | None, at: int | None, box: Box | None
    ) -> None:
        """Enters a statement; the same claim on the same page a second time is only noted as repeated."""
        claim = (page, statement.indicator, statement.area_code, statement.period, statement.kind, statement.value)
        if claim in self.claims:
            self.dispose(index, start, end, statement.value_text, statement.value, "repeated", statement.quote)
            return
        self.claims[claim] = len(self.statements)
        self.statements.append(replace(statement, page=page, at=at, box=box))
        self._enter(
            index,
            start,
            end,
            statement.value_text,
            statement.value,
            "observation",
            statement.quote,
            len(self.statements) - 1,
        )

    def dispose(
        self, index: int, start: int, end: int, text: str, value: float | None, disposition: str, quote: str
    ) -> None:
        """Enters a number that states nothing; `disposition` is one of DISPOSITIONS or the part it plays in its words."""
        self._enter(index, start, end, text, value, role_to_disposition(disposition), quote, None)

    def dispose_of_cell(self, disposal: Disposal, statements: tuple[Statement, ...]) -> None:
        """Enters what became of a number in a table's cell; `disposal.statement` is an index into `statements`."""
        link = None
        disposition = role_to_disposition(disposal.disposition)
        if disposal.statement is not None:
            s = statements[disposal.statement]
            claim = (s.page, s.indicator, s.area_code, s.period, s.kind, s.value)
            if claim in self.claims:
                disposition = "repeated"
            else:
                link = self.claims[claim] = len(self.statements)
                self.statements.append(s)
        key = (disposal.page, disposal.at if disposal.at is not None else -1 - len(self.entries))
        old = self.entries.get(key)
        if old is None or old.disposition != "observation":
            self.entries[key] = replace(disposal, disposition=disposition, statement=link)

    def close(self) -> tuple[tuple[Statement, ...], tuple[Disposal, ...]]:
        """Statements, and one disposal for each printed number: a small raised one that no reader spoke of is a footnote's
        mark, any other is unknown and counted as that."""
        for page in self.reading.pages:
            for mark in page.marks:
                if mark.text[:1].isdigit() and (page.number, mark.start) not in self.entries:
                    self.entries[page.number, mark.start] = Disposal(
                        page.number,
                        mark.start,
                        mark.text,
                        _plain(mark.text),
                        mark.box,
                        mark.text,
                        "footnote" if mark.raised else "unknown",
                    )
        ordered = sorted(self.entries.items(), key=lambda item: (item[0][0] or 0, item[0][1]))
        return tuple(self.statements), tuple(d for _, d in ordered)

    def _enter(
        self,
        index: int,
        start: int,
        end: int,
        text: str,
        value: float | None,
        disposition: str,
        quote: str,
        statement: int | None,
    ) -> None:
        block = self.reading.blocks[index]
        where = _to_page(block, start)
        disposition = _BLOCK_DISPOSITION.get(block.kind, disposition) if statement is None else disposition
        if where is None:
            if statement is None and not any(c.isdigit() for c in text):
                return
            self.entries[None, index * 1_000_000 + start] = Disposal(
                None, start, text, value, None, quote[:300], disposition, statement
            )
            return
        page, at = where
        marks = self._marks(page, at, end - start)
        for i, mark in enumerate(marks):
            if statement is None and not mark.text[:1].isdigit():
                continue
            key = (page, mark.start)
            old = self.entries.get(key)
            if old is not None and old.statement is not None:
                continue
            first = i == 0
            self.entries[key] = Disposal(
                page,
                mark.start,
                mark.text,
                value if first else _plain(mark.text),
                mark.box,
                quote[:300],
                disposition,
                statement,
            )

    def _marks(self, page: int, at: int, length: int) -> list[Mark]:
        p = self.pages[page]
        i = max(0, bisect_right(self.starts[page], at) - 1)
        found = []
        while i < len(p.marks) and p.marks[i].start < at + length:
            if p.marks[i].end > at:
                found.append(p.marks[i])
            i += 1
        return found

    def _mark(self, page: int, at: int, length: int) -> Mark | None:
        marks = self._marks(page, at, length)
        return marks[0] if marks else None


def role_to_disposition(role: str) -> str:
    """The part that a number plays in its words -> its code in the ledger; `unknown`, which every refresh counts, for a
    part that nobody has given a code."""
    code = _ROLES.get(role, role)
    return code if code in DISPOSITIONS else "unknown"


def _plain(text: str) -> float | None:
    m = _DIGITS.match(text)
    if not m:
        return None
    try:
        return float(m.group().replace(",", ""))
    except ValueError:
        return None


def _to_page(block: Block, start: int) -> tuple[int, int] | None:
    """A character of a block's text -> its page and its index in the page's text; None where the block has no page."""
    if not block.pieces:
        return None
    for piece in block.pieces:
        if piece.start <= start < piece.start + piece.length:
            return piece.page, piece.at + start - piece.start
    nearest = min(block.pieces, key=lambda p: abs(p.start - start))
    return nearest.page, nearest.at
