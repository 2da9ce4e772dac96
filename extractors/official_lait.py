"""Step official: the long table of the Local Authority Interactive Tool, and its dictionary -> official values.

The table has one row for a measure (by its short name), a year's label and an area, all as text. What a year's label means
only the dictionary tells: the same `2016` is a year up to March, a school year, a January or a September.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extractors.area_tables import area_named, load_areas
from extractors.indicators import load_indicators
from extractors.lexicon import lookup
from extractors.official_periods import OfficialPeriod, YearLabel, label_to_period, read_label
from schemas.records import Area, Indicator, Issue, OfficialValue

LONG_COLUMNS = ("Short Desc", "Years", "LA and Regions", "Values", "LA Number")
DICTIONARY_COLUMNS = ("Measure_short", "Year_Type", "Last Update")
_FIRST_DAY = dt.date(1899, 12, 30)  # from which spreadsheets count days


@dataclass(frozen=True, slots=True)
class MeasureNote:
    """What the dictionary says of a measure: how its years are counted, and the day of its last update."""

    year_type: str
    updated: dt.date | None


def dictionary_to_notes(data: bytes) -> dict[str, MeasureNote]:
    """The bytes of the dictionary (CSV) -> its notes by short name; empty where it has not the columns."""
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig", errors="replace")))
    if not set(DICTIONARY_COLUMNS) <= set(rows.fieldnames or ()):
        return {}
    notes: dict[str, MeasureNote] = {}
    for row in rows:
        notes.setdefault(row["Measure_short"], MeasureNote(row["Year_Type"] or "", _serial_to_date(row["Last Update"])))
    return notes


def lait_to_official(long: bytes, dictionary: bytes | None) -> tuple[tuple[OfficialValue, ...], tuple[Issue, ...]]:
    """The bytes of the long table (Parquet) and of the dictionary (CSV) -> rows in the catalogue's indicators, issues.

    Without the dictionary, years are taken to end in March. Measures that the catalogue does not hold are left alone; a
    year or area that is not understood is an issue, said once for each.
    """
    try:
        table = pq.read_table(pa.BufferReader(long))
    except (pa.ArrowException, OSError) as error:
        return (), (Issue("damaged", f"the long table cannot be read: {error}"),)
    absent = [name for name in LONG_COLUMNS if name not in table.column_names]
    if absent:
        return (), (Issue("wrong_type", f"the long table has no column {absent[0]}"),)
    measures = _measures()
    table = table.filter(pc.is_in(table["Short Desc"], pa.array(list(measures)))).select(LONG_COLUMNS)
    notes = dictionary_to_notes(dictionary) if dictionary else {}
    reader = _Reader(measures, notes)
    rows = tuple(reader.read(table))
    return rows, reader.issues()


class _Reader:
    """Reads row by row, remembering what each label, area and value means."""

    def __init__(self, measures: dict[str, Indicator], notes: dict[str, MeasureNote]) -> None:
        self._measures, self._notes = measures, notes
        self._settings = lookup("official.yaml")["lait"]
        self._periods: dict[tuple[str, str], tuple[OfficialPeriod, str] | None] = {}
        self._areas: dict[tuple[str, float | None], Area | None] = {}
        self._troubles: Counter[str] = Counter()

    def read(self, table: pa.Table) -> Iterable[OfficialValue]:
        left_out = set(self._settings["areas_left_out"])
        symbols: dict[str, str] = self._settings["symbols"]
        columns = [table.column(name).to_pylist() for name in LONG_COLUMNS]
        for short, label, name, text, number in zip(*columns, strict=True):
            if name in left_out:
                continue
            period = self._period(short, label or "")
            area = self._area(name or "", number)
            value, missing = read_value(text or "", symbols)
            if value is None and missing is None:
                self._troubles[f"'{text}' is neither a value nor a symbol that is known"] += 1
            if period is None or area is None or (value is None and missing is None):
                continue
            measure = self._measures[short]
            yield OfficialValue(
                indicator=measure.indicator,
                area_code=area.area_code,
                period=period[0].normal,
                period_end=period[0].end,
                value=value,
                unit=measure.unit,
                release=self._settings["release"],
                vintage=period[1],
                missing=missing,
            )

    def issues(self) -> tuple[Issue, ...]:
        return tuple(
            Issue("not_understood", f"{what} ({count} rows)") for what, count in sorted(self._troubles.items())
        )

    def _period(self, short: str, text: str) -> tuple[OfficialPeriod, str] | None:
        """The period of a measure's year, and the edition it is of."""
        key = (short, text)
        if key not in self._periods:
            self._periods[key] = self._find_period(short, text)
        if self._periods[key] is None:
            self._troubles[f"'{text}' is no year ({short})"] += 1
        return self._periods[key]

    def _find_period(self, short: str, text: str) -> tuple[OfficialPeriod, str] | None:
        label = read_label(text)
        if label is None:
            return None
        note = self._notes.get(short)
        year_types = self._settings["year_types"]
        named = self._settings["year_type_of"].get(short) or (note.year_type if note else "Financial Year")
        year_type = year_types.get(named) or year_types["Financial Year"]
        period = label_to_period(label, year_type[self._measures[short].measures], year_type["ends"])
        return period, self._vintage(note, label)

    def _vintage(self, note: MeasureNote | None, label: YearLabel) -> str:
        updated = note.updated.isoformat() if note and note.updated else "edition not told"
        remark = self._settings["remarks"].get(label.remark or "", label.remark)
        return f"{updated}, {remark}" if remark else updated

    def _area(self, name: str, number: float | None) -> Area | None:
        """By the Department's number, which tells an authority from its abolished namesake; else by the name."""
        key = (name, number)
        if key not in self._areas:
            self._areas[key] = _by_number().get(str(int(number)) if number else "") or area_named(name)
        if self._areas[key] is None:
            self._troubles[f"'{name}' is no area that is known"] += 1
        return self._areas[key]


def read_value(text: str, symbols: dict[str, str]) -> tuple[float | None, str | None]:
    """The text of a value -> the value, or why there is none; neither where the text is not understood."""
    text = text.strip()
    if text.casefold() in symbols:
        return None, symbols[text.casefold()]
    try:
        value = float(text.replace(",", ""))
    except ValueError:
        return None, None
    return (round(value, 9), None) if abs(value) < 1e12 else (None, None)


@cache
def _measures() -> dict[str, Indicator]:
    """Short name -> indicator: those that the catalogue names, and those that official.yaml adds."""
    beside: dict[str, str] = lookup("official.yaml")["lait"]["measures"]
    named = {i.lait or beside.get(i.indicator): i for i in load_indicators()}
    return {short: indicator for short, indicator in named.items() if short}


@cache
def _by_number() -> dict[str, Area]:
    """The Department's three-figure number -> area."""
    return {area.la_code: area for area in load_areas() if area.la_code}


def _serial_to_date(text: str | None) -> dt.date | None:
    """A spreadsheet's day number -> the date; None for other texts ("New data")."""
    return _FIRST_DAY + dt.timedelta(days=int(text)) if text and text.isdigit() and len(text) == 5 else None
