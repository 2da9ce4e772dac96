"""Step official: a CSV of Explore Education Statistics -> official values.

Every data set has the same columns of time (time_period, time_identifier) and geography (country, region and authority by
code); which of its other columns and rows hold a measure of the catalogue is told in `official.yaml`.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from extractors.area_tables import area_with_code
from extractors.indicators import indicator_named
from extractors.lexicon import lookup
from extractors.official_lait import read_value
from extractors.official_periods import YearLabel, label_to_period, read_label
from schemas.records import Issue, OfficialValue

TIME_AND_PLACE = ("time_period", "time_identifier", "geographic_level", "country_code", "region_code", "new_la_code")
_CODE_OF_LEVEL = {"National": "country_code", "Regional": "region_code", "Local authority": "new_la_code"}


@dataclass(frozen=True, slots=True)
class Measure:
    """A column that holds an indicator, on the rows where other columns say so; `shift` is added to the year."""

    indicator: str
    column: str
    release: str
    period: str
    ends: str
    where: tuple[tuple[str, str], ...]
    shift: int = 0

    def stands_in(self, columns: Sequence[str]) -> bool:
        """Whether a file with these columns can hold it."""
        return self.column in columns and all(name in columns for name, _ in self.where)

    def stands_on(self, row: dict[str, str]) -> bool:
        """Whether this row is one of its own."""
        return all(row[name] == value for name, value in self.where)


@cache
def load_measures() -> tuple[Measure, ...]:
    """The measures that `official.yaml` tells of."""
    return tuple(
        Measure(
            e["indicator"],
            e["column"],
            e["release"],
            e["period"],
            e["ends"],
            tuple(e.get("where", {}).items()),
            e.get("shift", 0),
        )
        for e in lookup("official.yaml")["ees"]["measures"]
    )


def ees_to_official(data: bytes) -> tuple[tuple[OfficialValue, ...], tuple[Issue, ...]]:
    """The bytes of a CSV -> rows in the catalogue's indicators, issues.

    The edition is called by its newest period. A row whose year, area or value is not understood is an issue, said once for
    each kind; a file that holds no measure of the catalogue is an issue too.
    """
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig", errors="replace")))
    columns = rows.fieldnames or ()
    absent = [name for name in TIME_AND_PLACE if name not in columns]
    if absent:
        return (), (Issue("wrong_type", f"no column {absent[0]}: not a data set of Explore Education Statistics"),)
    measures = [m for m in load_measures() if m.stands_in(columns)]
    if not measures:
        return (), (Issue("no_measure", "no column of it is a measure of the catalogue"),)
    held = [row for row in rows if None not in row.values()]  # a row that was cut short
    edition = max((row["time_period"] for row in held), default="")
    troubles: Counter[str] = Counter()
    found = tuple(_read(held, measures, edition, troubles))
    return found, tuple(Issue("not_understood", f"{what} ({n} rows)") for what, n in sorted(troubles.items()))


def _read(
    rows: Iterable[dict[str, str]], measures: Sequence[Measure], edition: str, troubles: Counter[str]
) -> Iterable[OfficialValue]:
    settings = lookup("official.yaml")["ees"]
    left_out = set(settings["areas_left_out"])
    for row in rows:
        level = _CODE_OF_LEVEL.get(row["geographic_level"])
        if level is None or row[level] in left_out:
            continue
        area, label = area_with_code(row[level]), read_label(row["time_period"])
        if area is None:
            troubles[f"'{row[level]}' is the code of no area that is known"] += 1
        if label is None:
            troubles[f"'{row['time_period']}' is no year"] += 1
        if area is None or label is None:
            continue
        for m in measures:
            if not m.stands_on(row):
                continue
            value, missing = read_value(row[m.column], settings["symbols"])
            if value is None and missing is None:
                troubles[f"'{row[m.column]}' is neither a value nor a symbol that is known"] += 1
                continue
            period = label_to_period(YearLabel(label.year + m.shift, label.years), m.period, m.ends)
            yield OfficialValue(
                indicator=m.indicator,
                area_code=area.area_code,
                period=period.normal,
                period_end=period.end,
                value=value,
                unit=indicator_named(m.indicator).unit,
                release=m.release,
                vintage=f"edition of {edition}",
                missing=missing,
            )
