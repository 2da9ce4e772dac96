"""Step `statements`, tables: each value of a table -> the figure that its headers make of it, or why it is none.

A value's meaning is its row header, its column headers, the title, and what stands around the table, in that order. What
any of them leaves open (which measure, whose, when) is not guessed: the value goes to the ledger with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.note_claims import note_to_claims
from extractors.numbers import find_numbers
from extractors.periods import find_periods
from extractors.table_claims import Claim, Claims
from extractors.table_headers import is_suppressed
from extractors.table_meaning import HeaderReader
from extractors.table_notes import speaks_of_comparators
from extractors.table_paths import table_to_paths
from extractors.table_prose import Read, is_prose, prose_to_statements
from extractors.table_sense import Sense
from extractors.table_surroundings import surroundings_of
from extractors.table_values import cell_to_numbers, split_period
from schemas.records import (
    Block,
    Box,
    Cell,
    Disposal,
    Indicator,
    Mark,
    Number,
    Page,
    PeriodMention,
    Reading,
    Statement,
    Subject,
    Table,
)

_LONGEST_QUOTE = 300


def tables_to_statements(
    reading: Reading, subject: Subject, paper: PeriodMention | None = None
) -> tuple[tuple[Statement, ...], tuple[Disposal, ...]]:
    """Statements of all tables of a reading in order, and a disposal for each number in them (`statement` is an index into
    the statements; `at` is None where the document has no pages). paper: the span that the whole paper reports on."""
    headers = HeaderReader(subject.area, subject.reference)
    statements: list[Statement] = []
    disposals: list[Disposal] = []
    named: list[frozenset[str]] = []  # the indicators of each table
    passages = (block.text for block in reading.blocks if block.table is None) if reading.tables else ()
    comparing = tuple(text for text in passages if speaks_of_comparators(text))
    for number, table in enumerate(reading.tables):
        carried = (
            named[table.continues] if table.continues is not None and 0 <= table.continues < number else frozenset()
        )
        reader = _TableReader(table, reading, subject, headers, paper, carried, comparing)
        stated, disposed = reader.read()
        named.append(carried.union(*({one.indicator for one in row} for row in reader.measures.values())))
        offset = len(statements)
        statements += stated
        disposals += [
            disposal if disposal.statement is None else replace(disposal, statement=disposal.statement + offset)
            for disposal in disposed
        ]
    return tuple(statements), tuple(disposals)


def table_to_statements(
    table: Table, reading: Reading, subject: Subject
) -> tuple[tuple[Statement, ...], tuple[Disposal, ...]]:
    """Statements of one table, and a disposal for each number in it; withheld values too are disposed of."""
    statements, disposals = _TableReader(table, reading, subject, HeaderReader(subject.area, subject.reference)).read()
    return tuple(statements), tuple(disposals)


class _TableReader:
    """Reads one table cell by cell."""

    def __init__(
        self,
        table: Table,
        reading: Reading,
        subject: Subject,
        headers: HeaderReader,
        paper: PeriodMention | None = None,
        carried: frozenset[str] = frozenset(),
        comparing: Sequence[str] = (),
    ) -> None:
        self.table = table
        self.subject = subject
        self.reference = subject.reference
        self.page = next((page for page in reading.pages if page.number == table.page), None)
        self.paths = table_to_paths(table, reading.tables)
        around = surroundings_of(table, reading, headers)
        self.claims = Claims(table, self.paths, around, headers, subject, carried, comparing)
        self.paper = paper
        self.measures: dict[tuple[str, ...], set[Indicator]] = {}  # by the headers of the row
        self.statements: list[Statement] = []
        self.disposals: list[Disposal] = []

    def read(self) -> tuple[list[Statement], list[Disposal]]:
        for cell in self.table.cells:
            path = self.paths.get((cell.row, cell.column))
            marks = self._marks(cell)
            text, period = split_period(cell.text, self.reference) if path is not None else ("", None)
            numbers = cell_to_numbers(text)
            if path is None or not (numbers or is_suppressed(text)):
                self._words(cell, marks, None if path is None else self.claims.sense(path))
                continue
            sense = self.claims.sense(path)
            if period is not None:
                sense = replace(sense, dated=period)
            if is_suppressed(text):
                self._withheld(cell, sense, marks)
            else:
                self._values(cell, sense, numbers, marks)
        return self.statements, self.disposals

    def _values(self, cell: Cell, sense: Sense, numbers: Sequence[Number], marks: Sequence[Mark]) -> None:
        quote = _quote(sense, cell.text)
        together = sum(number.role == "quantity" for number in numbers)
        for number, mark in _paired(numbers, marks):
            claim = Claim(number.role)
            if number.role == "quantity":
                claim = self.claims.claim(cell, sense, number, together)
            statement = self._statement(cell, sense, number, claim, mark, quote)
            if statement is not None:
                self.statements.append(statement)
            if claim.indicator is not None:
                self.measures.setdefault(sense.path.row, set()).add(claim.indicator)
            index = None if statement is None else len(self.statements) - 1
            self._dispose(cell, number.text, number.value, mark, quote, claim.disposition, index)

    def _withheld(self, cell: Cell, sense: Sense, marks: Sequence[Mark]) -> None:
        """A withheld value: in the ledger if it prints a number ("<5") or if it would have been a figure ("c"); then with
        what it would have stated, since that is another silence than none."""
        quote = _quote(sense, cell.text)
        claim = self.claims.claim(cell, sense, Number(0, 0, cell.text, None))
        for mark in marks or ((None,) if claim.disposition == "observation" else ()):
            self._dispose(cell, mark.text if mark else cell.text, None, mark, quote, "suppressed", None)
            if claim.disposition == "observation" and claim.indicator is not None and sense.kind == "actual":
                self.disposals[-1] = replace(
                    self.disposals[-1],
                    indicator=claim.indicator.indicator,
                    area_code=claim.area[0],
                    period_end=claim.period.last if claim.period else None,
                )

    def _statement(
        self, cell: Cell, sense: Sense, number: Number, claim: Claim, mark: Mark | None, quote: str
    ) -> Statement | None:
        if claim.indicator is None or claim.period is None or number.value is None:
            return None
        code, name, kind = claim.area
        return Statement(
            indicator=claim.indicator.indicator,
            area_code=code,
            area_name=name,
            area_kind=kind,
            period=claim.period.normal,
            period_start=claim.period.first,
            period_end=claim.period.last,
            kind=sense.kind,
            value=number.value,
            unit=claim.indicator.unit,
            value_text=number.text,
            approximation=number.approximation,
            page=self.table.page,
            box=mark.box if mark else cell.box,
            at=mark.start if mark else None,
            quote=quote,
            place="table",
            construction=f"table_{claim.how}",
            confidence=1.0,
        )

    # ---- the ledger ----

    def _dispose(
        self,
        cell: Cell,
        text: str,
        value: float | None,
        mark: Mark | None,
        quote: str,
        disposition: str,
        statement: int | None,
    ) -> None:
        at, box = (mark.start, mark.box) if mark else (None, cell.box)
        self.disposals.append(Disposal(self.table.page, at, text, value, box, quote, disposition, statement))

    def _words(self, cell: Cell, marks: Sequence[Mark], sense: Sense | None) -> None:
        """Numbers in headers and in cells of words: dates, thresholds, units, references; a cell of sentences in the body
        may state figures as any paragraph does."""
        numbers = find_numbers(cell.text, find_periods(cell.text, self.reference))
        said: dict[int, Read] = {}
        if sense is not None and numbers:
            said = self._sentences(cell, sense) if is_prose(cell.text) else self._notes(cell, sense)
        for number, mark in _paired(numbers, marks):
            read = said.get(number.start)
            if read is not None and read.statements and (mark is not None or self.page is None):
                for statement in read.statements:
                    self._state_in_words(cell, statement, mark)
            elif mark is not None or self.page is None:
                disposition = read.disposition if read else "no_indicator" if number.role == "quantity" else number.role
                self._dispose(cell, number.text, number.value, mark, cell.text[:_LONGEST_QUOTE], disposition, None)

    def _sentences(self, cell: Cell, sense: Sense) -> dict[int, Read]:
        if sense.role == "money" or self.claims.around.other_service:
            return {}
        measures = self.measures.get(sense.path.row, set())
        measure = next(iter(measures)) if len(measures) == 1 else None
        read = prose_to_statements(cell.text, sense.row.concepts, measure, self.paper, self.subject)
        return {one.number.start: one for one in read}

    def _notes(self, cell: Cell, sense: Sense) -> dict[int, Read]:
        """What a few words in a column of comments say of other areas, by the one measure of the row: "England 21.5%"."""
        measures = self.measures.get(sense.path.row, set())
        if len(measures) != 1 or sense.role != "not_a_statement" or self.subject.area is None:
            return {}
        (measure,) = measures
        over = " | ".join(sense.path.row)
        claims = note_to_claims(Block("table", cell.text), over, (measure.indicator,), self.subject, None, None)
        by_start = {number.start: number for number in find_numbers(cell.text, find_periods(cell.text, self.reference))}
        return {
            claim.start: Read(
                by_start[claim.start],
                (replace(claim.statement, place="table", construction="table_header"),),
                "observation",
            )
            for claim in claims
            if claim.start in by_start and claim.statement.area_code != self.subject.area.area_code
        }

    def _state_in_words(self, cell: Cell, statement: Statement, mark: Mark | None) -> None:
        at, box = (mark.start, mark.box) if mark else (None, cell.box)
        placed = replace(statement, page=self.table.page, box=box, at=at)
        self.statements.append(placed)
        index = len(self.statements) - 1
        self._dispose(cell, placed.value_text, placed.value, mark, placed.quote[:_LONGEST_QUOTE], "observation", index)

    def _marks(self, cell: Cell) -> tuple[Mark, ...]:
        """The page's number marks in the cell, in the page's order, without footnote markers."""
        if self.page is None or cell.box is None:
            return ()
        return tuple(mark for mark in _marks_in(self.page, cell.box) if not mark.raised)


def _marks_in(page: Page, box: Box) -> Iterator[Mark]:
    for mark in page.marks:
        x, y = (mark.box.x0 + mark.box.x1) / 2, (mark.box.y0 + mark.box.y1) / 2
        if box.x0 <= x < box.x1 and box.y0 <= y < box.y1:
            yield mark


def _paired(numbers: Sequence[Number], marks: Sequence[Mark]) -> Iterator[tuple[Number, Mark | None]]:
    """Each number of a cell with the mark that prints it: the next one whose figures are those of the number, else one
    with which the number's figures begin ("2 016" is two marks)."""
    left = list(marks)
    for number in numbers:
        bare = _figures(number.text)
        found = next((mark for mark in left if bare and _figures(mark.text) == bare), None)
        found = found or next((mark for mark in left if bare and bare.startswith(_figures(mark.text) or "?")), None)
        if found is not None:
            left.remove(found)
        yield number, found


def _figures(text: str) -> str:
    return "".join(character for character in text if character.isdigit() or character == ".").strip(".")


def _quote(sense: Sense, text: str) -> str:
    """The row with its header path: "title | section | row | column headers: value"."""
    path = sense.path
    corner = path.corner if sense.corner.concepts else ()
    headers = dict.fromkeys((*path.titles, *corner, *path.sections, *path.row, *path.column))
    return f"{' | '.join(headers)}: {text}"[:_LONGEST_QUOTE]
