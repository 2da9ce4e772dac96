"""Step `statements`, tables: a number in its place of a table -> the claim that its headers make of it.

A claim needs an indicator, an area and a period; each comes from the nearest header that gives it, and where headers leave
one open the number is not claimed for any: the disposition says why.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from extractors.indicators import place_names
from extractors.note_claims import FEWEST
from extractors.periods import find_periods
from extractors.table_cohorts import concepts_naming, is_themed, reason_against
from extractors.table_dates import dating_headers, dating_titles, prints_period, span_of_rows, span_to_date, whole_year
from extractors.table_grid import spread_texts
from extractors.table_headers import is_period_label
from extractors.table_indicators import Shape, first_fit
from extractors.table_meaning import HeaderReader, Meaning
from extractors.table_notes import NotedDates, comparators_elsewhere, notes_to_dates
from extractors.table_papers import COHORTS, SPOKEN_OF, cohort_of_paper, meanings_over
from extractors.table_paths import Path
from extractors.table_periods import TablePeriod, choose_period, is_bare, year_of_target, year_to_date
from extractors.table_sense import Sense, concepts_of, path_to_sense
from extractors.table_steps import period_before
from extractors.table_surroundings import Surroundings
from extractors.table_values import cell_to_numbers
from extractors.table_words import plain_header, table_words
from schemas.records import AreaMention, Cell, Indicator, Number, PeriodMention, Subject, Table

_AGE_GROUP = re.compile(
    r"^\W*(?:aged?\s|ages\s)?(?:(?:under|over|below)\s\d{1,2}|\d{1,2}\s?\+|\d{1,2}\s?(?:-|–|to|and)\s?(?:\d{1,2}|over|under|above)|\d{1,2})(?:\s?(?:years?|yrs?)(?:\sold|\sand\sover|\sof\sage)?)?\W*$",
    re.IGNORECASE,
)
_COMPARED = frozenset({"country", "region", "neighbours"})
_ASKS_A_PART = re.compile(r"^[^?]*\bof (?:the|these|those|all)\b[^?]*\bhow many\b[^?]*\?", re.IGNORECASE)
_ELSEWHERE = re.compile(r"\b(?:outside|out of|another|elsewhere|beyond|neighbouring|bordering)\b", re.IGNORECASE)
_JOINS = re.compile(r"\b(?:and|&)\b|\s&\s", re.IGNORECASE)
_COUNTED_BY_AGE = frozenset({"looked_after", "on_plan", "in_need"})
_SPECIAL_NEEDS = frozenset({"special_needs", "ehc_plan"})
_SHARES = frozenset({"percent", "rate"})


@dataclass(frozen=True, slots=True)
class Claim:
    """Indicator, area (code, name, kind) and period that a number's headers give it; or only the disposition that says
    why they do not. `how` names the headers that gave the indicator: header, title or context."""

    disposition: str
    indicator: Indicator | None = None
    area: tuple[str | None, str | None, str] = (None, None, "other")
    period: TablePeriod | None = None
    how: str = ""


class Claims:
    """Decides the claims of one table."""

    def __init__(
        self,
        table: Table,
        paths: dict[tuple[int, int], Path],
        around: Surroundings,
        headers: HeaderReader,
        subject: Subject,
        carried: frozenset[str] = frozenset(),
        comparing: Sequence[str] = (),
    ) -> None:
        """carried: the indicators of the table that this one carries on from the page before; comparing: the paper's
        passages on comparators."""
        self.table = table
        self.carried = carried
        self.comparing = comparing
        self.paths = paths
        self.around = around
        self.headers = headers
        self.own = subject.area
        self.document_title = subject.title
        self.texts = spread_texts(table.cells)
        self._senses: dict[Path, Sense] = {}

    def sense(self, path: Path) -> Sense:
        """What the headers of a place say."""
        sense = self._senses.get(path)
        if sense is None:
            sense = path_to_sense(path, self.headers, self.around.titles)
            if self._of_targets and sense.kind == "actual":
                sense = replace(sense, kind="target")
            self._senses[path] = sense
        return sense

    @cached_property
    def _of_targets(self) -> bool:
        """Whether the title says that all values are targets and no header tells some from others."""
        if not any(meaning.kind == "target" for meaning in self.around.titles):
            return False
        headers = [self.headers.read(text) for text in self._texts_of_headers]
        return not any(meaning.kind or meaning.actual for meaning in headers)

    def claim(self, cell: Cell, sense: Sense, number: Number, together: int = 1) -> Claim:
        """The claim of one number of a cell; `together` is how many quantities the cell prints. A number without a value
        (a withheld one) is claimed for any indicator that its headers allow."""
        claim = self.undated_claim(cell, sense, number, together)
        if claim.indicator is None:
            return claim
        if sense.dated is None and sense.kind != "target" and not prints_period(sense):
            sense = replace(sense, dated=self._period_of_row(cell.row))
        if cell.column in self._columns_of_year_before and not self._years_stand_over(sense):
            sense = replace(sense, column=_year_back(sense.column))
        beside = partial(self._periods_beside, cell.row)
        noted = self._noted
        headers = dating_headers(sense, claim.area[2], beside, self.headers.reference, noted.comparators)
        titles, measures = dating_titles(sense, beside), claim.indicator.measures
        over = (*titles, *self.around.context)
        year = None
        if measures == "flow" and not prints_period(sense):
            year = span_to_date(sense, beside, over) if _to_date(sense) else whole_year(sense, beside, over)
        if year is not None:
            headers = (Meaning("", periods=(year,)),)
        if sense.row.total and not prints_period(sense) and (rows := self._periods_of_rows(cell.column)):
            span = span_of_rows(rows) if measures == "flow" else None
            if span is None:
                return Claim("ambiguous")  # a sum of stocks, or over rows that leave a month out
            headers = (Meaning("", periods=(span,)),)
        if sense.corner.periods and not any(meaning.periods for meaning in headers):
            dates = tuple(one for one in sense.corner.periods if one.last and not is_bare(one))
            titles = (Meaning("", periods=dates), *titles)  # "Age on 31 March 2022" over the ages
        elif sense.corner.periods and any(meaning.periods for meaning in headers):
            titles = (*titles, sense.corner)  # "Placement at 31 March" over the rows, years over the columns
        if noted.days and any(meaning.periods for meaning in headers):
            titles = (*titles, Meaning("", periods=noted.days))
        period = choose_period(headers, titles, self.around.context, self.headers.reference, measures)
        if period is not None and sense.kind == "target" and not prints_period(sense):
            period = year_of_target(period)
        elif period is not None and measures == "flow" and _to_date(sense):
            period = year_to_date(period)
        return Claim("ambiguous") if period is None else replace(claim, period=period)

    @cached_property
    def _noted(self) -> NotedDates:
        titles = dict.fromkeys(title for path in self.paths.values() for title in path.titles)
        noted = notes_to_dates((*self.around.notes, *titles), self.headers.reference)
        if noted.comparators is not None:
            return noted
        return replace(noted, comparators=comparators_elsewhere(self.comparing, self.headers.reference))

    def undated_claim(self, cell: Cell, sense: Sense, number: Number, together: int = 1) -> Claim:
        """The claim without its period."""
        if sense.role:
            return Claim(sense.role)
        if self.around.other_service and not sense.row.concepts:
            return Claim("other_cohort")
        indicator, how = self._indicator(cell, sense, number, together)
        context = concepts_of(self.around.near) if how == "context" else frozenset()
        if indicator is None and how == "no_indicator" and _names_an_area(sense):
            indicator, context = self._measure_above(cell, number)
        if indicator is None:
            return Claim(how)
        if how == "context" and _ASKS_A_PART.search(self.around.before):
            return Claim("subset")  # the table answers of how many of the cohort something else is true
        reason = reason_against(sense, indicator, self._over, self._in_field, context)
        reason = reason or self._of_own_clients(indicator)
        reason = reason or self._part_of_total(sense, indicator) or self._one_of_several(sense, indicator)
        if reason:
            return Claim(reason)
        area = self._area(sense)
        if area is None or _too_few(indicator, area[2], number):
            return Claim("ambiguous")
        return Claim("observation", indicator, area, None, how)

    def _measure_above(self, cell: Cell, number: Number) -> tuple[Indicator | None, frozenset[str]]:
        """What the nearest row above that is no other area's states, printed alike: "England" below "Re-referrals"; and the
        concepts of its headers."""
        for row in range(cell.row - 1, self.table.header_rows - 1, -1):
            path = self.paths.get((row, cell.column))
            above = next((one for one in self.table.cells if (one.row, one.column) == (row, cell.column)), None)
            if path is None or above is None:
                return None, frozenset()
            sense = self.sense(path)
            if _names_an_area(sense):
                continue
            numbers = [one for one in cell_to_numbers(above.text) if one.role == "quantity"]
            if not sense.row.concepts or len(numbers) != 1 or numbers[0].unit != number.unit:
                return None, frozenset()
            return self.undated_claim(above, sense, numbers[0]).indicator, sense.own_concepts
        return None, frozenset()

    # ---- which indicator ----

    def _indicator(self, cell: Cell, sense: Sense, number: Number, together: int) -> tuple[Indicator | None, str]:
        """The indicator and by which headers it was found; None and the disposition if there is none.

        What a title says belongs to every value under it, unless the title only lists what single rows name.
        """
        title = sense.title_concepts
        topics = sense.corner.concepts & self._listed  # "Indicators: contact, referral and protection" over the rows
        headed = sense.row.concepts | sense.column.concepts
        own = sense.own_concepts - (topics - headed if len(topics) > 1 else frozenset())
        joined = self.headers.read_joined((*sense.path.row, *sense.path.column)).concepts
        near = concepts_of(self.around.near)
        if not own | title:
            own = self._measure_beside(cell, sense)
        tries = [("header", own | joined | (title - self._listed)), ("title", own | title)]
        if own | joined and title & COHORTS - self._said_by_rows:
            tries.insert(1, ("title", own | joined | (title & COHORTS)))
        cohort = near & COHORTS
        if len(cohort) == 1 and own | joined and not COHORTS & (own | title | joined | self._listed):
            # "Not in education, employment or training" under "Care leavers" is theirs
            tries.insert(0, ("context", own | joined | cohort))
        elif self._cohort and own | joined and self._leaves_cohort_unsaid(sense, own | title | joined):
            tries.append(("context", own | joined | {self._cohort}))
        elif self._lists_placements and not (own | title | joined) & SPOKEN_OF and "outside_area" not in near:
            tries.append(("context", own | joined | {"looked_after"}))
        if "within_20_weeks" in own | joined and self._on_special_needs:
            tries.append(("context", own | joined | {"ehc_plan"}))  # no other plan has this limit
        if own | title or sense.column.units or sense.row.units:
            tries.append(("context", own | title | (near - self._listed)))
            if sense.row.units & _SHARES and self._is_subject_of_rows(near):
                tries.append(("context", own | title | near))
        if sense.row.total and not own | title:
            tries.append(("context", self._whole))
            tries.append(("context", self._counted_by_age(sense)))
        units, shape = self._units(cell, sense), self._shape(cell, sense, together)
        found, how = first_fit(tries, own | joined | title, number, units, shape)
        if found is None and how == "ambiguous" and is_themed(sense):
            # chapter and row name a measure each ("Children in need and protection"): the row's is meant
            row = sense.column.concepts | self.headers.read_joined(sense.path.row[-1:]).concepts
            found, how = first_fit([("header", row)], row, number, units, shape)
        elif found is not None and how != "context" and own | joined and self._may_be_of_another(sense, found):
            plain, _ = first_fit([("header", own | joined)], own | joined, number, units, shape)
            if plain is not None and plain != found:
                return None, "ambiguous"
        return found, how

    def _may_be_of_another(self, sense: Sense, found: Indicator) -> bool:
        """Whether a title that has a part in naming the measure joins two topics ("Front door and early help"): what its
        rows count may be of either."""
        named = concepts_naming(found.indicator) - sense.own_concepts
        return any(_JOINS.search(meaning.text) and meaning.concepts & named for meaning in sense.titles)

    def _is_subject_of_rows(self, near: frozenset[str]) -> bool:
        """Whether all rows that name anything of the heading name the one process that it names: "% in time" below "Reviews
        due", under "Reviews", is of these."""
        rows = [self.headers.read_joined(path.row).concepts & near for path in {*self.paths.values()}]
        subjects = {subject for subject in rows if subject}
        return len(subjects) == 1 and not subjects & {near & SPOKEN_OF} and subjects == {near}

    @cached_property
    def _cohort(self) -> str | None:
        """The cohort of the paper or chapter."""
        title = () if self.document_title is None else (self.headers.read(self.document_title),)
        return cohort_of_paper((*self.around.near, *self.around.context, *title))

    @cached_property
    def _on_special_needs(self) -> bool:
        """Whether the paper or chapter is on special educational needs."""
        title = () if self.document_title is None else (self.headers.read(self.document_title),)
        over = concepts_of((*self.around.near, *self.around.context, *title))
        return not over.isdisjoint(_SPECIAL_NEEDS)

    def _leaves_cohort_unsaid(self, sense: Sense, said: frozenset[str]) -> bool:
        """Whether the headers are those of a table that is all about the paper's cohort: they name none, and no other row
        or column does so by contrast ("Looked after children" above "All pupils")."""
        if said & SPOKEN_OF or (self._listed & SPOKEN_OF) - {self._cohort}:
            return False
        return self._cohort not in self._listed or not (self._cohort in self._said_by_rows or sense.column.areas)

    @cached_property
    def _lists_placements(self) -> bool:
        """Whether the rows name kinds of placement ("Children's home", "Placed with parents"), and nobody but children
        looked after: such a list is theirs, whatever stands over it."""
        return len(self._named_by_rows & place_names()) > 1 and not (self._listed & SPOKEN_OF) - {"looked_after"}

    @cached_property
    def _named_by_rows(self) -> frozenset[str]:
        """Concepts that the headers of rows name."""
        return concepts_of([self.headers.read(text) for text in {t for path in self.paths.values() for t in path.row}])

    @cached_property
    def _said_by_rows(self) -> frozenset[str]:
        """... and those of them that words of theirs say: "Teeth checked by a dentist" leaves the cohort unsaid, too."""
        rows = (self.headers.read(text) for text in {t for path in self.paths.values() for t in path.row})
        return frozenset().union(*(meaning.concepts - meaning.implied for meaning in rows))

    def _measure_beside(self, cell: Cell, sense: Sense) -> frozenset[str]:
        """The measure of the nearest column on the left that names one, for a header that is a unit alone: "Rate per 10,000"
        beside "Number of children looked after"."""
        if not (sense.column.units or sense.column.areas) or not sense.column.understood:
            return frozenset()
        beside = self._column_beside(cell, lambda meaning: bool(meaning.concepts))
        return frozenset() if beside is None else beside.concepts

    @cached_property
    def _listed(self) -> frozenset[str]:
        """Concepts that single rows or columns name."""
        return concepts_of([self.headers.read(text) for text in self._texts_of_headers])

    @cached_property
    def _texts_of_headers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(text for path in self.paths.values() for text in (*path.row, *path.column)))

    @cached_property
    def _over(self) -> tuple[Meaning, ...]:
        return meanings_over(self.around, self.document_title)

    @cached_property
    def _in_field(self) -> bool:
        """Whether the table, its title, the headings over it or the document's title speak of children's social care."""
        words = table_words()
        over = (*self.around.titles, *self.around.near, *self.around.context)
        corners = [self.headers.read_joined(path.corner) for path in {*self.paths.values()}]
        if not words.field_concepts.isdisjoint(self._listed | concepts_of((*over, *corners))):
            return True
        texts = (*self._texts_of_headers, *(meaning.text for meaning in over), self.document_title or "")
        return any(words.field_words.search(text) for text in texts)

    def _units(self, cell: Cell, sense: Sense) -> frozenset[str]:
        """The units that the nearest header prints."""
        for text in (*reversed(sense.path.column), *reversed(sense.path.row)):
            units = self.headers.read(text).units
            if units:
                return units
        if sense.corner.units and not (sense.corner.concepts and (sense.row.concepts or sense.column.concepts)):
            return sense.corner.units  # "Rate per 10,000" over the names of the measures
        if sense.column.areas and not sense.column.concepts:
            beside = self._column_beside(cell, lambda meaning: bool(meaning.units))
            if beside is not None:
                return beside.units  # "Number", "Rate per 10,000", "England": England's is a rate
        for meaning in sense.titles:
            if meaning.units - {"count"}:
                return meaning.units - {"count"}
        return frozenset()

    def _column_beside(self, cell: Cell, wanted: Callable[[Meaning], bool]) -> Meaning | None:
        """The headers of the nearest column on the left that say what is wanted."""
        for column in range(cell.column - 1, -1, -1):
            path = self.paths.get((cell.row, column))
            if path is not None and not self.sense(path).role and wanted(self.sense(path).column):
                return self.sense(path).column
        return None

    def _shape(self, cell: Cell, sense: Sense, together: int) -> Shape:
        """How the values of the same measure are printed: those of the row, of the column, or of the whole table."""
        if sense.row.concepts and sense.column.concepts:
            texts = [cell.text]
        elif sense.row.concepts:
            texts = self._row_of_unit(cell.row, sense)
        elif sense.column.concepts:
            texts = [row[cell.column] for row in self.texts]
        else:
            body = range(self.table.header_rows, len(self.texts))
            texts = [text for row in body for text in self._row_of_unit(row, sense)]
        numbers = [number for text in texts for number in cell_to_numbers(text) if number.role == "quantity"]
        percent = any(number.unit == "percent" for number in numbers) and together < 2
        lasting = any(table_words().durations.search(meaning.text) for meaning in (*sense.levels, *sense.titles))
        return Shape(percent, any("." in number.text for number in numbers if number.unit is None), lasting)

    def _row_of_unit(self, row: int, sense: Sense) -> list[str]:
        """A row's cells in columns that print the units of this one's header: "% of total" beside years is a column of
        its own, and its signs say nothing of the counts."""
        places = ((column, self.paths.get((row, column))) for column in range(len(self.texts[row])))
        return [
            self.texts[row][column]
            for column, path in places
            if path is not None and self.sense(path).column.units == sense.column.units
        ]

    def _part_of_total(self, sense: Sense, indicator: Indicator) -> str | None:
        """Rows that break a stock down ("Freed for adoption" among the legal statuses of children looked after) count parts
        of it, not events."""
        if indicator.measures != "flow" or indicator.unit != "count" or sense.row.total or self._totalled is None:
            return None
        return "subset"

    def _of_own_clients(self, indicator: Indicator) -> str | None:
        """`other_cohort` for a count in the paper of a service that counts its own clients (youth justice)."""
        if indicator.unit != "count" or indicator.measures != "stock":
            return None
        texts = (self.document_title or "", *(meaning.text for meaning in self._over))
        return "other_cohort" if any(table_words().own_clients.search(text) for text in texts) else None

    def _one_of_several(self, sense: Sense, indicator: Indicator) -> str | None:
        """`subset` for a row that shares its measure with another, where each adds words of its own that nobody here
        understands ("NEET, illness", "NEET, young parents"), and for the authority's own row among places where children
        live ("In Dudley" above "Outside the region")."""
        if sense.row_is_own_area and indicator.measures == "stock" and self._lists_whereabouts:
            return "subset"
        named = concepts_naming(indicator.indicator) & sense.row.concepts
        if not named or not sense.row.unexplained or sense.row.total or sense.row.areas:
            return None
        for path in {*self.paths.values()} - {sense.path}:
            other = self.sense(path)
            alike = path.sections == sense.path.sections and path.column == sense.path.column
            if alike and _shares_measure(sense.row, other.row, named):
                return "subset"
        return None

    @cached_property
    def _lists_whereabouts(self) -> bool:
        """Whether rows tell children by where they live, inside and outside of the authority."""
        return any(_ELSEWHERE.search(" ".join(path.row)) for path in {*self.paths.values()})

    @cached_property
    def _totalled(self) -> Indicator | None:
        """The stock that the table's total row counts."""
        for cell in self.table.cells:
            path = self.paths.get((cell.row, cell.column))
            if path is None or not self.headers.read_joined(path.row).total:
                continue
            for number in cell_to_numbers(cell.text):
                indicator, _ = self._indicator(cell, self.sense(path), number, 1)
                if indicator is not None and indicator.measures == "stock":
                    return indicator
        return None

    @cached_property
    def _whole(self) -> frozenset[str]:
        """The cohort whose parts the rows list, or those of the table that this one carries on."""
        wholes, parts = table_words().wholes, set(self.carried)
        for cell in self.table.cells:
            path = self.paths.get((cell.row, cell.column))
            if path is None or self.headers.read_joined(path.row).total:
                continue
            for number in cell_to_numbers(cell.text):
                indicator, _ = self._indicator(cell, self.sense(path), number, 1)
                parts.update(() if indicator is None else (indicator.indicator,))
        return frozenset(wholes[part] for part in parts & wholes.keys())

    def _counted_by_age(self, sense: Sense) -> frozenset[str]:
        """The cohort that the heading names, where all rows over the total are ages and the columns days: "Under 5", "5 to 9"
        ... under "Children looked after" are all of these."""
        parts = [path.row for path in {*self.paths.values()} if not self.headers.read_joined(path.row).total]
        cohort = concepts_of(self.around.near) & SPOKEN_OF
        by_age = len({*parts}) > 1 and all(_AGE_GROUP.match(" ".join(row)) for row in parts)
        on_days = any(mention.form == "date" for mention in (*sense.column.periods, *_periods_of(sense.titles)))
        return cohort if by_age and on_days and len(cohort) == 1 and cohort <= _COUNTED_BY_AGE else frozenset()

    def _periods_of_rows(self, column: int) -> list[PeriodMention]:
        """The periods that head the values of a column, where every row but totals is headed by one."""
        rows = [self.headers.read_joined(path.row) for (_, place), path in self.paths.items() if place == column]
        parts = [row for row in rows if not row.total]
        if not parts or any(len(row.periods) != 1 for row in parts):
            return []
        return [row.periods[0] for row in parts]

    @cached_property
    def _columns_of_year_before(self) -> frozenset[int]:
        """The columns of quarters or months without a year that would lie after a column on their right: "Q1" beside "Q2" in
        a paper of July is that of the year before, as the other is."""
        bare: dict[int, PeriodMention] = {}
        for (_, column), path in self.paths.items():
            found = self.sense(path).column.periods
            if len(found) == 1 and found[0].first and is_bare(found[0]) and found[0].form in ("quarter", "month"):
                bare[column] = found[0]
        order = sorted(bare.items())
        late = {
            column
            for place, (column, one) in enumerate(order)
            if any(one.first > other.first for _, other in order[place + 1 :] if one.first and other.first)
        }
        return frozenset(late) if len({one.form for one in bare.values()}) == 1 else frozenset()

    def _years_stand_over(self, sense: Sense) -> bool:
        """Whether anything over the table may name the year of its quarters and months."""
        over = (*sense.titles, *self.around.context, sense.row, sense.corner)
        return any(not is_bare(one) and one.last for meaning in over for one in meaning.periods)

    def _period_of_row(self, row: int) -> PeriodMention | None:
        """The period that a column "Date" or "Period" prints for a row's figures."""
        found = []
        for cell in self.table.cells:
            path = self.paths.get((row, cell.column)) if cell.row == row else None
            heads = path is not None and path.column and plain_header(path.column[-1]) in table_words().dates_of_rows
            if heads and is_period_label(cell.text):
                found += [one for one in find_periods(cell.text, self.headers.reference) if one.last]
        return found[0] if len(found) == 1 else None

    def _periods_beside(self, row: int) -> list[PeriodMention]:
        """The periods that head the values of a row."""
        beside = [self.sense(path) for (number, _), path in self.paths.items() if number == row]
        return [m for one in beside if not one.role for m in one.column.periods if m.last and m.normal != "now"]

    # ---- whose ----

    def _area(self, sense: Sense) -> tuple[str | None, str | None, str] | None:
        """Code, name and kind of the area; None where headers name several, or none and the document is nobody's."""
        named = self._single_areas(sense)
        if not named and any(meaning.total for meaning in sense.levels) and self._lists_areas:
            return None
        if not named:
            named = _distinct([mention for meaning in sense.titles for mention in meaning.areas])
            if named and self._contrasts(named):
                named = []  # "Comparators: 2023/24" over columns of our own and of comparators
        if len(named) > 1 or (named and named[0].kind != "own"):
            return (named[0].code, named[0].name, named[0].kind) if len(named) == 1 else None
        if self.own is None:
            return self._country
        return self.own.area_code, self.own.name, self.own.kind

    def _single_areas(self, sense: Sense) -> list[AreaMention]:
        """The areas of a value's headers, without "Comparators" over the columns of single ones."""
        named = _distinct((*sense.column.areas, *sense.row.areas))
        if len(named) > 1:
            group = table_words().of_comparators
            named = [area for area in named if area.kind != "neighbours" or not group.fullmatch(area.text.strip())]
        return named

    def _contrasts(self, named: Sequence[AreaMention]) -> bool:
        """Whether single headers name the areas that stand over the whole table, so that the others are not theirs."""
        listed = {(area.code, area.name) for text in self._texts_of_headers for area in self.headers.read(text).areas}
        return all(area.kind != "own" and (area.code, area.name) in listed for area in named)

    @cached_property
    def _country(self) -> tuple[str | None, str | None, str] | None:
        """The country, where a paper of no one authority says right over the table that its figures are the country's
        ("The England number is extrapolated from 122 responses")."""
        if not table_words().of_country.search(self.around.before):
            return None
        named = _distinct(self.headers.read(self.around.before).areas)
        return (named[0].code, named[0].name, "country") if len(named) == 1 and named[0].kind == "country" else None

    @cached_property
    def _lists_areas(self) -> bool:
        return any(self.headers.read(text).areas for text in self._texts_of_headers)


def _shares_measure(row: Meaning, other: Meaning, named: frozenset[str]) -> bool:
    """Whether two headers begin with the same word, name the same and each say something of their own."""
    if not named or other.concepts != row.concepts or other.total or other.areas:
        return False
    mine, theirs = plain_header(row.text).split(), plain_header(other.text).split()
    return mine[:1] == theirs[:1] and not set(row.unexplained) <= set(theirs) and not set(theirs) <= set(mine)


def _to_date(sense: Sense) -> bool:
    """Whether a value's own headers say that it counts from the beginning of the year, and not over twelve months."""
    said = any(table_words().to_date.search(meaning.text) for meaning in sense.levels)
    return said and not (sense.column.rolling or sense.row.rolling)


def _year_back(column: Meaning) -> Meaning:
    """A header whose one quarter or month lies a year earlier."""
    before = period_before(column.periods[0], "-1y")
    return column if before is None else replace(column, periods=(replace(before, text=before.normal),))


def _names_an_area(sense: Sense) -> bool:
    """Whether a row is headed by one area other than the authority, and nothing else."""
    row = sense.row
    if len(row.areas) != 1 or row.areas[0].kind not in _COMPARED or row.concepts - {"averaging"}:
        return False
    return not (row.unexplained or sense.column.concepts or sense.column.areas)


def _periods_of(meanings: Sequence[Meaning]) -> list[PeriodMention]:
    return [mention for meaning in meanings for mention in meaning.periods]


def _too_few(indicator: Indicator, kind: str, number: Number) -> bool:
    return indicator.unit == "count" and number.value is not None and number.value < FEWEST.get(kind, 0)


def _distinct(mentions: Sequence[AreaMention]) -> list[AreaMention]:
    return list({(mention.code, mention.name): mention for mention in mentions}.values())
