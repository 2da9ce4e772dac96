"""Step official: files of published statistics, of whatever kind -> the rows of `official`.

Each file is known by its columns, not by its name. Values that cannot be are kept and marked, so that nothing is compared
with them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

import pyarrow as pa
import pyarrow.parquet as pq

from extractors.area_tables import area_with_code
from extractors.indicators import indicator_named
from extractors.official_ees import TIME_AND_PLACE, ees_to_official
from extractors.official_lait import DICTIONARY_COLUMNS, LONG_COLUMNS, lait_to_official
from schemas.records import Issue, OfficialValue

_FEWEST_PARTS = 10  # authorities whose values say between which bounds that of the whole must lie


@dataclass(frozen=True, slots=True)
class OfficialFile:
    """A file of published statistics: its name, for what is said of it, and its bytes."""

    name: str
    data: bytes


def read_official(files: Sequence[OfficialFile]) -> tuple[tuple[OfficialValue, ...], tuple[Issue, ...]]:
    """Files of either kind, in any order -> rows of `official` in order of indicator, area and period, each once; issues.

    A file that is of no kind known here is passed over without a word, since such folders hold code lists as well.
    """
    kinds = [(file, file_kind(file.data)) for file in files]
    dictionary = next((file.data for file, kind in kinds if kind == "lait_dictionary"), None)
    rows: list[OfficialValue] = []
    issues: list[Issue] = []
    for file, kind in kinds:
        if kind == "lait":
            found, troubles = lait_to_official(file.data, dictionary)
        elif kind == "ees":
            found, troubles = ees_to_official(file.data)
        else:
            continue
        rows += found
        issues += [replace(issue, detail=f"{file.name}: {issue.detail}") for issue in troubles]
    return tuple(_in_order(mark_impossible(rows))), tuple(issues)


def file_kind(data: bytes) -> str | None:
    """`lait`, `lait_dictionary`, `ees`, or None for any other file, by its columns."""
    if data[:4] == b"PAR1":
        try:
            columns = pq.read_schema(pa.BufferReader(data)).names
        except (pa.ArrowException, OSError):
            return None
        return "lait" if set(LONG_COLUMNS) <= set(columns) else None
    head = data[:4000].decode("utf-8-sig", errors="replace").partition("\n")[0]
    columns = [name.strip().strip('"') for name in head.split(",")]
    if set(TIME_AND_PLACE) <= set(columns):
        return "ees"
    return "lait_dictionary" if set(DICTIONARY_COLUMNS) <= set(columns) else None


def mark_impossible(rows: Iterable[OfficialValue]) -> list[OfficialValue]:
    """Marks `out_of_range`: a value under nought; a share over 100; a rate, share or mean of a region or of England that lies
    outside those of its authorities, because then it is no rate of the whole (a tool once printed the sum of the rates)."""
    rows = list(rows)
    spread = _spread(rows)
    return [replace(row, checks=("out_of_range",)) if _impossible(row, spread) else row for row in rows]


def _impossible(row: OfficialValue, spread: dict[tuple[str, str, str, str], tuple[float, float]]) -> bool:
    if row.value is None:
        return False
    highest = indicator_named(row.indicator).maximum or 100.0
    if row.value < 0 or (row.unit == "percent" and row.value > max(100.0, highest)):
        return True
    bounds = spread.get((row.indicator, row.period, row.release, row.vintage))
    if bounds is None or row.unit == "count" or _kind(row) == "authority":
        return False
    slack = 0.01 * (bounds[1] - bounds[0]) + 0.5  # rounding
    return not bounds[0] - slack <= row.value <= bounds[1] + slack


def _spread(rows: Iterable[OfficialValue]) -> dict[tuple[str, str, str, str], tuple[float, float]]:
    """The lowest and highest value of authorities, for each indicator and period where there are enough of them."""
    values: defaultdict[tuple[str, str, str, str], list[float]] = defaultdict(list)
    for row in rows:
        if row.value is not None and _kind(row) == "authority":
            values[row.indicator, row.period, row.release, row.vintage].append(row.value)
    return {key: (min(v), max(v)) for key, v in values.items() if len(v) >= _FEWEST_PARTS}


def _kind(row: OfficialValue) -> str:
    area = area_with_code(row.area_code)
    return area.kind if area else ""


def _in_order(rows: Iterable[OfficialValue]) -> list[OfficialValue]:
    """By indicator, area, period, release and edition; the same row of two files once, one with a value before one without."""
    key = attrgetter("indicator", "area_code", "period", "release", "vintage")
    once: dict[object, OfficialValue] = {}
    for row in rows:
        held = once.setdefault(key(row), row)
        if held.value is None and row.value is not None:
            once[key(row)] = row
    return sorted(once.values(), key=key)
