"""Step `statements`, tables: each value of a table -> the figure that its headers make of it, or why it is none.

A value's meaning is its row header, its column headers, the title, and what stands around the table, in that order. What
any of them leaves open (which measure, whose, when) is not guessed: the value goes to the ledger with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from extractors.indicators import indicator_named, wordings
from extractors.lexicon import lookup
from extractors.numbers import find_numbers
from extractors.periods import find_periods
from extractors.table_grid import spread_texts
from extractors.table_headers import is_suppressed
from extractors.table_indicators import Shape, choose_indicator
from extractors.table_meaning import HeaderReader, Meaning
from extractors.table_paths import Path, table_to_paths
from extractors.table_periods import TablePeriod, choose_period
from extractors.table_surroundings import surroundings_of
from extractors.table_values import cell_to_numbers, split_period
from extractors.table_words import plain_header, table_words
from schemas.codes import DISPOSITIONS
from schemas.records import (
    AreaMention,
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
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sense:
    """What the headers of one place of the body say, taken together."""

    path: Path
    column: Meaning
    row: Meaning
    levels: tuple[Meaning, ...]
    titles: tuple[Meaning, ...]
    role: str | None
    kind: str
    dated: PeriodMention | None = None  # the period that the cell itself prints


@dataclass(frozen=True, slots=True)
class Claim:
    """Indicator, area and period that a number's headers give it, or the disposition that says why they do not."""

    disposition: str
    indicator: Indicator | None = None
    area: tuple[str | None, str | None, str] = (None, None, "other")
    period: TablePeriod | None = None
    how: str = "table"


def tables_to_statements(reading: Reading, subject: Subject) -> tuple[tuple[Statement, ...], tuple[Disposal, ...]]:
    """Statements of all tables of a reading in order, and a disposal for each number in them (`statement` is an index into
    the statements; `at` is None where the document has no pages)."""
    statements: list[Statement] = []
    disposals: list[Disposal] = []
    for table in reading.tables:
        stated, disposed = table_to_statements(table, reading, subject)
        offset = len(statements)
        statements += stated
        disposals += [_shifted(disposal, offset) for disposal in disposed]
    return tuple(statements), tuple(disposals)


def table_to_statements(
    table: Table, reading: Reading, subject: Subject
) -> tuple[tuple[Statement, ...], tuple[Disposal, ...]]:
    """Statements of one table, and a disposal for each number in it; suppressed values too are disposed of."""
    return _TableReader(table, reading, subject).read()


def _shifted(disposal: Disposal, offset: int) -> Disposal:
    if disposal.statement is None or not offset:
        return disposal
    return Disposal(
        disposal.page,
        disposal.at,
        disposal.text,
        disposal.value,
        disposal.box,
        disposal.quote,
        disposal.disposition,
        disposal.statement + offset,
    )


class _TableReader:
    """Reads one table cell by cell."""

    def __init__(self, table: Table, reading: Reading, subject: Subject) -> None:
        self.table = table
        self.subject = subject
        self.headers = HeaderReader(subject.area, subject.reference)
        self.page = next((page for page in reading.pages if page.number == table.page), None)
        self.paths = table_to_paths(table, reading.tables)
        self.around = surroundings_of(table, reading, self.headers)
        self.texts = spread_texts(table.cells)
        self.senses: dict[Path, Sense] = {}
        self.listed = self._listed_concepts()
        self.statements: list[Statement] = []
        self.disposals: list[Disposal] = []

    def read(self) -> tuple[tuple[Statement, ...], tuple[Disposal, ...]]:
        for cell in self.table.cells:
            path = self.paths.get((cell.row, cell.column))
            marks = self._marks(cell)
            text, period = split_period(cell.text, self.subject.reference) if path is not None else ("", None)
            numbers = cell_to_numbers(text)
            if path is None or not (numbers or is_suppressed(text)):
                self._dispose_of_words(cell, marks)
                continue
            sense = self._sense(path)
            if period is not None:
                sense = replace(sense, dated=period)
            self._read_values(cell, sense, numbers, marks)
        return tuple(self.statements), tuple(self.disposals)

    # ---- values ----

    def _read_values(self, cell: Cell, sense: Sense, numbers: Sequence[Number], marks: Sequence[Mark]) -> None:
        quote = _quote(sense, cell.text)
        if is_suppressed(cell.text):
            self._suppress(cell, sense, marks, quote)
            return
        stated = [number for number in numbers if number.role == "quantity"]
        for number, mark in _paired(numbers, marks, cell.text):
            claim = self._claim(cell, sense, number, len(stated)) if number.role == "quantity" else Claim(number.role)
            index = self._state(cell, sense, number, claim, mark, quote) if claim.indicator else None
            self._dispose(cell, number.text, number.value, mark, quote, claim.disposition, index)

    def _suppress(self, cell: Cell, sense: Sense, marks: Sequence[Mark], quote: str) -> None:
        """A withheld value: in the ledger if it prints a number ("<5") or if it would have been a figure ("c")."""
        for mark in marks:
            self._dispose(cell, mark.text, None, mark, quote, "suppressed", None)
        if (
            not marks
            and self._claim(cell, sense, Number(0, 0, cell.text, 50.0), 1, withheld=True).disposition == "observation"
        ):
            self._dispose(cell, cell.text, None, None, quote, "suppressed", None)

    def _claim(self, cell: Cell, sense: Sense, number: Number, together: int, withheld: bool = False) -> Claim:
        reason = sense.role or self._foreign(sense)
        if reason:
            return Claim(reason)
        indicator, how = self._indicator(cell, sense, number, together, withheld)
        if indicator is None:
            return Claim(how)
        reason = (
            _generic(sense, indicator)
            or _not_understood(sense, indicator)
            or _part_of_cohort(sense, indicator)
            or self._part_of_total(sense, indicator)
        )
        if reason:
            return Claim(reason)
        area = self._area(sense)
        if area is None or not _plausible_count(indicator, area, number):
            return Claim("ambiguous")
        headers = (Meaning("", periods=(sense.dated,)),) if sense.dated else (sense.column, sense.row)
        period = choose_period(headers, sense.titles, self.around.context, self.subject.reference, indicator.measures)
        if period is None:
            return Claim("ambiguous")
        if indicator.indicator == "population_0_17_count" and period.found == "nowhere" and how != "header":
            return Claim("ambiguous")
        return Claim("observation", indicator, area, period, f"table_{how}")

    def _indicator(
        self, cell: Cell, sense: Sense, number: Number, together: int, withheld: bool
    ) -> tuple[Indicator | None, str]:
        """The indicator and by which headers it was found (header, title, context); None and the disposition if none."""
        own = sense.column.concepts | sense.row.concepts | self.headers.read_joined(sense.path.corner).concepts
        joined = self.headers.read_joined((*sense.path.row, *sense.path.column)).concepts
        title = frozenset().union(*(meaning.concepts for meaning in sense.titles))
        near = frozenset().union(*(meaning.concepts for meaning in self.around.near))
        tries = [
            ("header", own | joined | (title - self.listed)),
            ("title", own | title),
            ("context", own | title | (near - self.listed)),
        ]
        shape = self._shape(cell, sense, together)
        open_question = False
        for how, concepts in tries:
            if not concepts or (how == "context" and not (own | title) and not _says_measure(sense)):
                continue
            units = self._units(sense)
            if withheld:
                indicator, several = _any_indicator(concepts, units)
            else:
                indicator, several = choose_indicator(concepts, number.value or 0.0, number.unit, units, shape)
            if indicator is not None:
                return indicator, how
            open_question = open_question or several
        return None, "ambiguous" if open_question else "no_indicator"

    def _units(self, sense: Sense) -> frozenset[str]:
        """The units that the nearest header prints."""
        for text in (*reversed(sense.path.column), *reversed(sense.path.row)):
            units = self.headers.read(text).units
            if units:
                return units
        for meaning in sense.titles:
            if meaning.units - {"count"}:
                return meaning.units - {"count"}
        return frozenset()

    def _shape(self, cell: Cell, sense: Sense, together: int) -> Shape:
        """How the values of the same measure are printed: those of the row, of the column, or of the whole table."""
        if sense.row.concepts and not sense.column.concepts:
            texts = self.texts[cell.row]
        elif sense.column.concepts and not sense.row.concepts:
            texts = [row[cell.column] for row in self.texts]
        elif sense.row.concepts:
            texts = [cell.text]
        else:
            texts = [text for row in self.texts[self.table.header_rows :] for text in row]
        numbers = [number for text in texts for number in cell_to_numbers(text) if number.role == "quantity"]
        percent = any(number.unit == "percent" for number in numbers) and together < 2
        return Shape(percent, any("." in number.text for number in numbers if number.unit is None))

    def _listed_concepts(self) -> frozenset[str]:
        """Concepts that single rows or columns of the table name: the title only lists them."""
        headers = {text for path in self.paths.values() for text in (*path.row, *path.column)}
        return frozenset().union(*(self.headers.read(text).concepts for text in headers))

    def _part_of_total(self, sense: Sense, indicator: Indicator) -> str | None:
        """Rows that break a stock down ("Freed for adoption" among the legal statuses of children looked after) count parts
        of it, not events."""
        broken_down = self._totalled is not None and not sense.row.total
        return "subset" if broken_down and indicator.measures == "flow" and indicator.unit == "count" else None

    @cached_property
    def _totalled(self) -> Indicator | None:
        """The stock that the table's total row counts."""
        for cell in self.table.cells:
            path = self.paths.get((cell.row, cell.column))
            if path is None or not self.headers.read_joined(path.row).total:
                continue
            for number in cell_to_numbers(cell.text):
                indicator, _ = self._indicator(cell, self._sense(path), number, 1, False)
                if indicator is not None and indicator.measures == "stock":
                    return indicator
        return None

    def _foreign(self, sense: Sense) -> str | None:
        """A table of another service (adults' social care), or a heading that says that nothing is stated."""
        return "other_cohort" if self.around.other_service and not sense.row.concepts else None

    def _area(self, sense: Sense) -> tuple[str | None, str | None, str] | None:
        """Code, name and kind of the area; None where headers name several, or none and the document is nobody's."""
        named = _distinct_areas((*sense.column.areas, *sense.row.areas))
        if not named and any(meaning.total for meaning in sense.levels) and self._lists_areas():
            return None
        if not named:
            named = _distinct_areas([mention for meaning in sense.titles for mention in meaning.areas])
        foreign = [mention for mention in named if mention.kind != "own"]
        if len(foreign) > 1 or (foreign and len(named) > 1 and sense.row.areas and sense.column.areas):
            return None
        if foreign and len(named) == 1:
            return foreign[0].code, foreign[0].name, foreign[0].kind
        if foreign:
            return None
        own = self.subject.area
        return (own.area_code, own.name, own.kind) if own else None

    def _lists_areas(self) -> bool:
        return any(self.headers.read(text).areas for path in self.paths.values() for text in (*path.row, *path.column))

    def _sense(self, path: Path) -> Sense:
        sense = self.senses.get(path)
        if sense is None:
            sense = self.senses[path] = self._understand(path)
        return sense

    def _understand(self, path: Path) -> Sense:
        levels = tuple(self.headers.read(text) for text in (*path.column, *path.row))
        over = (*path.sections[::-1], *path.titles[::-1])
        titles = (*(self.headers.read(text) for text in over), *self.around.titles)
        kinds = {meaning.kind for meaning in (*levels, *titles[: len(over)])}
        role = next((meaning.role for meaning in levels if meaning.role), None)
        if "forecast" in kinds:
            role = role or "not_a_statement"
        kind = "target" if "target" in kinds else "average" if "average" in kinds else "actual"
        column, row = self.headers.read_joined(path.column), self.headers.read_joined(path.row)
        return Sense(path, column, row, levels, titles, role, kind)

    def _state(self, cell: Cell, sense: Sense, number: Number, claim: Claim, mark: Mark | None, quote: str) -> int:
        assert claim.indicator is not None
        assert claim.period is not None
        code, name, kind = claim.area
        self.statements.append(
            Statement(
                indicator=claim.indicator.indicator,
                area_code=code,
                area_name=name,
                area_kind=kind,
                period=claim.period.normal,
                period_start=claim.period.first,
                period_end=claim.period.last,
                kind=sense.kind,
                value=number.value or 0.0,
                unit=claim.indicator.unit,
                value_text=number.text,
                approximation=number.approximation,
                page=self.table.page,
                box=mark.box if mark else cell.box,
                at=mark.start if mark else None,
                quote=quote,
                place="table",
                construction=claim.how,
                confidence=1.0,
            )
        )
        return len(self.statements) - 1

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
        known = disposition if disposition in DISPOSITIONS else "no_indicator"
        box: Box | None = mark.box if mark else cell.box
        at = mark.start if mark else None
        self.disposals.append(Disposal(self.table.page, at, text, value, box, quote, known, statement))

    def _dispose_of_words(self, cell: Cell, marks: Sequence[Mark]) -> None:
        """Numbers in headers and in cells of words: dates, thresholds, units, references; none of them states a figure."""
        periods = find_periods(cell.text, self.subject.reference)
        numbers = find_numbers(cell.text, periods)
        for number, mark in _paired(numbers, marks, cell.text):
            disposition = "no_indicator" if number.role == "quantity" else number.role
            if mark is not None or self.page is None:
                self._dispose(cell, number.text, number.value, mark, cell.text[:_LONGEST_QUOTE], disposition, None)

    def _marks(self, cell: Cell) -> tuple[Mark, ...]:
        """The page's number marks in the cell, in the page's order; raised ones are footnote markers."""
        if self.page is None or cell.box is None:
            return ()
        return tuple(mark for mark in _marks_in(self.page, cell.box) if not mark.raised)


def _marks_in(page: Page, box: Box) -> Iterator[Mark]:
    for mark in page.marks:
        x, y = (mark.box.x0 + mark.box.x1) / 2, (mark.box.y0 + mark.box.y1) / 2
        if box.x0 <= x < box.x1 and box.y0 <= y < box.y1:
            yield mark


def _paired(numbers: Sequence[Number], marks: Sequence[Mark], text: str) -> Iterator[tuple[Number, Mark | None]]:
    """Each number of a cell with the mark that prints it: the next one whose figures are found in the number's words."""
    left = list(marks)
    for number in numbers:
        bare = _figures(number.text)
        match = next((mark for mark in left if bare and (_figures(mark.text) == bare)), None)
        match = match or next((mark for mark in left if bare and bare.startswith(_figures(mark.text) or "?")), None)
        if match is not None:
            left.remove(match)
        yield number, match


def _figures(text: str) -> str:
    return "".join(character for character in text if character.isdigit() or character == ".").strip(".")


@cache
def concepts_naming(indicator: str) -> frozenset[str]:
    """All concepts by which the catalogue names an indicator."""
    either = (concept for concept, indicators in table_words().either.items() if indicator in indicators)
    return frozenset(either).union(*(wording.concepts for wording in wordings() if wording.indicator == indicator))


def _says_measure(sense: Sense) -> bool:
    """Whether the headers say at least a unit or a kind ("Number", "Rate per 10,000", "Latest"), so that a heading may
    say of what."""
    return bool(sense.column.units or sense.row.units)


def _any_indicator(concepts: frozenset[str], units: frozenset[str]) -> tuple[Indicator | None, bool]:
    from extractors.indicators import indicators_for

    names = {
        name for unit in ("percent", "per_10000", "days", "weeks", None) for name in indicators_for(concepts, unit)
    }
    return (indicator_named(sorted(names)[0]), False) if names else (None, False)


def _generic(sense: Sense, indicator: Indicator) -> str | None:
    """`no_indicator` where nothing but words of any service name the measure and some word of its headers or title is not
    understood: "Urgent GP referrals", "Contacts offered"."""
    words = table_words()
    said = concepts_naming(indicator.indicator).intersection(
        *[frozenset().union(*(m.concepts for m in (*sense.levels, *sense.titles)))]
    )
    if not said <= words.generic:
        return None
    left = (word for meaning in (*sense.levels, *sense.titles) for word in meaning.unexplained)
    return "no_indicator" if any(word not in words.generic_words for word in left) else None


def _not_understood(sense: Sense, indicator: Indicator) -> str | None:
    """`subset` where a level of the headers says something that is neither measure, area, period nor unit, or speaks of
    another measure only ("Foster placement" before "outside the authority" is part of either)."""
    named, neutral = concepts_naming(indicator.indicator), frozenset(lookup("concepts.yaml")["neutral"])
    for meaning in sense.levels:
        told = meaning.concepts - neutral
        foreign = bool(told) and told.isdisjoint(named)
        if foreign or not (meaning.understood or meaning.areas):
            return "subset"
    return None


def _part_of_cohort(sense: Sense, indicator: Indicator) -> str | None:
    """The disposition of a value whose headers or title name a part of the cohort or a sample."""
    own = plain_header(f"{indicator.label} {indicator.definition}")
    vetoes = {
        reason
        for meaning in (sense.column, sense.row, *sense.titles)
        for reason, phrase in meaning.vetoes
        if phrase not in own  # "re-referrals within 12 months" are so by definition
    }
    if table_words().part_of_cohort.search(" | ".join(meaning.text for meaning in (*sense.levels, *sense.titles))):
        return "subset"
    if indicator.indicator == "audits_good_pct":
        vetoes.discard("sample")
    if vetoes:
        reason = sorted(vetoes)[0]
        return "not_a_statement" if reason == "not_yet" else reason
    allowed = lookup("vetoes.yaml")["ages_allowed"].split()
    if indicator.indicator in allowed:
        return None
    texts = [meaning.text for meaning in (sense.column, sense.row, *sense.titles)]
    if any(_names_ages(text) for text in texts):
        return "subset"
    return None


def _names_ages(text: str) -> bool:
    ages = [number for number in find_numbers(text) if number.role == "age"]
    return any(number.value not in (0, 17, 18) for number in ages)


def _plausible_count(indicator: Indicator, area: tuple[str | None, str | None, str], number: Number) -> bool:
    """A country's or region's count of children is in the hundreds at least; a smaller number is a rate without its unit."""
    if indicator.unit != "count" or area[2] not in ("country", "region") or number.value is None:
        return True
    return number.value >= (1000 if area[2] == "country" else 100)


def _distinct_areas(mentions: Sequence[AreaMention]) -> list[AreaMention]:
    return list({(mention.code, mention.name): mention for mention in mentions}.values())


def _quote(sense: Sense, text: str) -> str:
    """The row with its header path: "section | row | column headers: value"."""
    path = sense.path
    headers = dict.fromkeys((*path.titles, *path.corner, *path.sections, *path.row, *path.column))
    return f"{' | '.join(headers)}: {text}"[:_LONGEST_QUOTE]
