"""Step answer: what is held and what is silent, and computed comparators -> tables for people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from queries.dataset import table_to_records
from queries.printed import Head, Printed, Text
from queries.wording import number_words, value_words
from schemas.answers import Computed, Silence
from schemas.codes import COVERAGE

if TYPE_CHECKING:
    import pyarrow as pa

SIGNS = {"in_doubt": "?", "suppressed": "c", "not_read": "!", "not_stated": "-", "no_document": ""}
"""What stands in a cell where nothing can be counted."""
STATISTIC_WORDS = {"mean": "Mean", "median": "Median"}


def coverage_to_printed(found: pa.Table) -> Printed:
    """The rows of `queries.coverage` -> years across. Down stand the indicators of one area, else the areas of one indicator,
    with the figures counted and a sign for each kind of silence; else the areas, with the indicators counted."""
    rows = table_to_records(found, Silence)
    areas, indicators = {row.area_code for row in rows}, {row.indicator for row in rows}
    if len(areas) == 1:
        title = f"{rows[0].area_name}: figures held, by year in which their periods end"
        return _grid(title, rows, lambda row: row.indicator, "Indicator", _one_cell, _legend(rows))
    if len(indicators) == 1:
        title = f"{rows[0].indicator}: figures held, by year in which their periods end"
        return _grid(title, rows, lambda row: row.area_name, "Authority", _one_cell, _legend(rows))
    title = f"Indicators of {len(indicators)} of which a figure is held, by year in which their periods end"
    notes = (
        "Empty: no document is held. ! a document could not be read whole. Name one area or indicator to see each.",
    )
    return _grid(title, rows, lambda row: row.area_name, "Authority", _counted_cell, notes)


def _grid(
    title: str,
    rows: Sequence[Silence],
    line_of: Callable[[Silence], str],
    head: str,
    cell: Callable[[Sequence[Silence]], Text],
    notes: tuple[str, ...],
) -> Printed:
    years = sorted({row.year for row in rows})
    lines: defaultdict[str, defaultdict[int, list[Silence]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        lines[line_of(row)][row.year].append(row)
    body = tuple(
        (Text(name), *(cell(by_year.get(year, ())) for year in years))
        for name, by_year in lines.items()
        if any(row.status != "no_document" for cells in by_year.values() for row in cells)
    )
    return Printed(title, (Head(head), *(Head(str(year), right=True) for year in years)), body, notes)


def _one_cell(rows: Sequence[Silence]) -> Text:
    if not rows:
        return Text("")
    (row,) = rows
    return Text(number_words(row.figures) if row.status == "present" else SIGNS[row.status])


def _counted_cell(rows: Sequence[Silence]) -> Text:
    if not any(row.documents or row.figures for row in rows):
        return Text("")
    present = sum(row.status == "present" for row in rows)
    return Text(number_words(present) + ("!" if any(row.unread for row in rows) else ""))


def _legend(rows: Sequence[Silence]) -> tuple[str, ...]:
    """What the signs mean that stand in the table."""
    met = {row.status for row in rows}
    told = [f"{sign} {COVERAGE[status]}" for status, sign in SIGNS.items() if status in met and sign]
    return (("; ".join([*told, "empty: no document held"]) + ".").capitalize(),)


def computed_to_printed(found: pa.Table) -> list[Printed]:
    """The rows of `queries.computed` -> one table for each indicator: the own value, and each group's mean and median."""
    by_indicator: defaultdict[str, list[Computed]] = defaultdict(list)
    for row in table_to_records(found, Computed):
        by_indicator[row.indicator].append(row)
    return [_one_computed(rows) for rows in by_indicator.values()]


def _one_computed(rows: Sequence[Computed]) -> Printed:
    first = rows[0]
    groups: defaultdict[str, dict[str, Computed]] = defaultdict(dict)
    for row in rows:
        groups[row.group][row.statistic] = row
    heads = (
        Head("Computed for"),
        *(Head(words, right=True) for words in STATISTIC_WORDS.values()),
        Head("Lowest", right=True),
        Head("Highest", right=True),
        Head("Of", right=True),
    )
    body = []
    for by_statistic in groups.values():
        one = next(iter(by_statistic.values()))
        name = f"{one.group_name} (model {one.model})" if one.model else f"Authorities of {one.group_name}"
        values = [by_statistic[statistic].value for statistic in STATISTIC_WORDS]
        told = [_rounded(value, one.unit) for value in (*values, one.lowest, one.highest)]
        body.append((Text(name), *map(Text, told), Text(f"{one.covered} of {one.members}")))
    what = "official statistics" if first.basis == "official" else "what documents state"
    return Printed(
        f"{first.indicator_label or first.indicator} ({first.indicator}), {first.period}: own {value_words(first.own_value, first.unit)}",
        heads,
        tuple(body),
        (f"Computed from {what}, each authority counting once; no document states these comparators.",),
    )


def _rounded(value: float | None, unit: str) -> str:
    """A computed value, to one decimal."""
    return "-" if value is None else value_words(round(value, 1), unit)
