"""Step answer: rows of an answer -> a table for people, the same for the terminal, a report and a workbook.

A printed table is text in cells, with its title, its notes, and its sources numbered as they are cited.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any

from queries.dataset import table_to_records
from queries.wording import UNIT_WORDS, date_words, number_words, period_words, value_words
from schemas.answers import Cell, Point, Standing

if TYPE_CHECKING:
    import pyarrow as pa

SHORT_ID = 10  # characters of an observation's id that tell it apart in a table
BAR_WIDTH = 10
FEW_AREAS = 4
ROLE_HEADS = {
    "own": "Latest",
    "own_previous": "Before",
    "neighbours": "Statistical neighbours",
    "region": "Region",
    "country": "England",
}


@dataclass(frozen=True, slots=True)
class Head:
    """A column's name, whether its cells stand to the right (numbers), whether each must stay on one line, and whether
    the column is a mere picture of another."""

    name: str
    right: bool = False
    whole: bool = False
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A cell: its words, and those that stand smaller below them (several lines where they hold line ends)."""

    words: str
    below: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A table for people."""

    title: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Text, ...], ...]
    notes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


class _Sources:
    """Numbers documents in the order in which they are cited."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._lines: list[str] = []

    def cite(self, row: Point) -> str:
        """A row -> `[1] p. 4`, its document entered in the list."""
        number = self._numbers.get(row.document_id)
        if number is None:
            number = self._numbers[row.document_id] = len(self._lines) + 1
            self._lines.append(f"[{number}] {source_words(row)}")
        return f"[{number}] p. {row.page}" if row.page else f"[{number}]"

    def lines(self) -> tuple[str, ...]:
        return tuple(self._lines)


def file_name(location: str) -> str:
    """A path of either kind, or an address -> its last part; an address without one is given whole."""
    path = PureWindowsPath(location) if "\\" in location else PurePosixPath(location)
    return path.name if path.suffix else location


def source_words(row: Point) -> str:
    """A row with document_title, document_location and document_date -> `Title, 27 July 2023 (file.pdf)`."""
    title, date = row.document_title or "", date_words(row.document_date)
    told = title if date in title else ", ".join(part for part in (title, date) if part)
    name = file_name(row.document_location or "")
    return f"{told} ({name})" if told else name


def when_words(row: Point, short: bool = False) -> str:
    """The period of a point in words."""
    return period_words(row.period, row.period_form, row.period_start, row.period_end, short)


def figure_words(row: Point) -> str:
    """A point's value with its unit, its decimals as printed."""
    return value_words(row.value, row.unit, row.approximation, row.kind, row.value_text)


def remarks(row: Point) -> str:
    """What a reader must know of a point beside its value: other stated values, failed checks, the variant."""
    told = []
    if row.value_lowest < row.value_highest:
        told.append(f"stated as {number_words(row.value_lowest)} to {number_words(row.value_highest)}")
    told.extend(check.replace("_", " ") for check in row.checks or ())
    if row.variant:
        told.append(row.variant.replace("_", " "))
    return "; ".join(told)


def _bars(rows: Sequence[Point]) -> list[str]:
    """Values -> bars of blocks on one scale from zero."""
    top = max((abs(row.value) for row in rows), default=0.0)
    return ["█" * round(BAR_WIDTH * abs(row.value) / top) if top else "" for row in rows]


def area_words(row: Point) -> str:
    """An area's name, else its code."""
    return row.area_name or row.area_code or "area not known"


def indicator_words(row: Point) -> str:
    """`Referrals per 10 000 children (referrals_rate)`."""
    return f"{row.indicator_label or row.indicator} ({row.indicator})"


def trend_to_printed(points: pa.Table) -> list[Printed]:
    """The rows of `queries.trend` -> one table an indicator: area, period, value, where it is stated, its id."""
    by_indicator: defaultdict[str, list[Point]] = defaultdict(list)
    for row in table_to_records(points, Point):
        by_indicator[row.indicator].append(row)
    cited = _Sources()
    return _sources_last([_one_trend(rows, cited) for rows in by_indicator.values()], cited)


def trend_title(points: pa.Table) -> str:
    """The rows of `queries.trend` -> a title: the one indicator or `Indicators`, and the areas where they are few."""
    rows = table_to_records(points, Point)
    labels = list(dict.fromkeys(row.indicator_label or row.indicator for row in rows))
    areas = list(dict.fromkeys(area_words(row) for row in rows))
    what = labels[0] if len(labels) == 1 else f"{len(labels)} indicators"
    where = ", ".join(areas) if len(areas) <= FEW_AREAS else f"{len(areas)} areas"
    return f"{what}: {where}"


def _sources_last(tables: list[Printed], cited: _Sources) -> list[Printed]:
    """Tables that share one list of sources -> the same, the list under the last."""
    return [*tables[:-1], replace(tables[-1], sources=cited.lines())] if tables else []


def _one_trend(rows: Sequence[Point], cited: _Sources) -> Printed:
    heads = (
        Head("Area"),
        Head("Period"),
        Head("Value", right=True),
        Head("", picture=True, whole=True),
        Head("Source", whole=True),
        Head("Id", whole=True),
    )
    body = tuple(
        (
            Text(area_words(row)),
            Text(when_words(row), remarks(row)),
            Text(figure_words(row)),
            Text(bar),
            Text(cited.cite(row)),
            Text(row.observation_id[:SHORT_ID]),
        )
        for row, bar in zip(rows, _bars(rows), strict=True)
    )
    forms: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows:
        forms[area_words(row)].add(row.period_form)
    mixed = any(len(found) > 1 for found in forms.values())
    notes = ("Periods of different kinds stand side by side here: they are not one series.",) if mixed else ()
    return Printed(indicator_words(rows[0]), heads, body, notes)


COMPARATOR_NOTE = "Comparators are those that the documents state, each for its own period; - where none is stated."


def by_indicator_and_role(cells: pa.Table) -> list[dict[str, Cell]]:
    """The rows of `queries.compare` -> for each indicator its cells by the part they play, own first."""
    rows: dict[str, dict[str, Cell]] = {}
    for row in table_to_records(cells, Cell):
        rows.setdefault(row.indicator, {})[row.role] = row
    return list(rows.values())


def role_head(role: str, by_role: dict[str, Cell]) -> str:
    """`Region` and `England` by the names they bear, the others by what they are."""
    named = by_role.get(role) if role in ("region", "country") else None
    return area_words(named) if named else ROLE_HEADS[role]


def rank_words(own: Cell, standing: Standing | None) -> str:
    """Where an own figure stands, and among how many: `3rd of 8 (7 of 10 statistical neighbours, model 2025) ...`."""
    if standing is None:
        return ""
    told = f"{standing.neighbours_stating} of {standing.neighbours} statistical neighbours (model {standing.model}) state a figure"
    first = "best" if own.better else "highest"
    if standing.rank is not None:
        told = f"rank {standing.rank} of {standing.neighbours_stating + 1}, 1 the {first}; {told}"
    if standing.quartile is not None:
        told += f"; quarter {standing.quartile} of {standing.authorities_stating + 1} authorities"
    return f"Computed for {own.indicator}: {told}."


def comparison_to_grid(cells: pa.Table, standings: Sequence[Standing] = ()) -> Printed:
    """The rows of `queries.compare` -> indicators down, own figures and stated comparators across, each with its period.

    With `standings` (the rows of `queries.standing`) a note for each indicator tells its rank.
    """
    ranks = {standing.observation_id: standing for standing in standings}
    rows = by_indicator_and_role(cells)
    named = {role: row for by_role in rows for role, row in by_role.items()}
    cited = _Sources()
    body = []
    for by_role in rows:
        own = by_role["own"]
        line = [Text(own.indicator_label or own.indicator)]
        for role in ROLE_HEADS:
            row = by_role.get(role)
            line.append(
                Text(figure_words(row), f"{when_words(row, short=True)}\n{cited.cite(row)}") if row else Text("-")
            )
        line.append(Text(_change_words(own.difference, own.unit), own.direction or ""))
        body.append(tuple(line))
    heads = (
        Head("Indicator"),
        *(Head(role_head(role, named), right=True, whole=True) for role in ROLE_HEADS),
        Head("Change", right=True, whole=True),
    )
    title = f"{area_words(named['own'])}: latest figures and stated comparators"
    told = [rank_words(by_role["own"], ranks.get(by_role["own"].observation_id)) for by_role in rows]
    return Printed(title, heads, tuple(body), (COMPARATOR_NOTE, *filter(None, told)), cited.lines())


def comparison_to_blocks(cells: pa.Table, standings: Sequence[Standing] = ()) -> list[Printed]:
    """The rows of `queries.compare` -> one small table an indicator, its cells down, for where the grid is too wide."""
    cited = _Sources()
    ranks = {standing.observation_id: standing for standing in standings}
    return _sources_last([_one_comparison(by_role, cited, ranks) for by_role in by_indicator_and_role(cells)], cited)


def _one_comparison(by_role: dict[str, Cell], cited: _Sources, ranks: dict[str, Standing]) -> Printed:
    own = by_role["own"]
    change = ", ".join(filter(None, (_change_words(own.difference, own.unit), own.direction)))
    heads = (
        Head(area_words(own)),
        Head("Value", right=True),
        Head("Period"),
        Head("Change"),
        Head("Source", whole=True),
        Head("Id", whole=True),
    )
    body = tuple(
        (
            Text(role_head(role, by_role)),
            Text(figure_words(row)),
            Text(when_words(row, short=True), remarks(row)),
            Text(change if role == "own" else ""),
            Text(cited.cite(row)),
            Text(row.observation_id[:SHORT_ID]),
        )
        for role, row in by_role.items()
    )
    told = rank_words(own, ranks.get(own.observation_id))
    return Printed(indicator_words(own), heads, body, (told,) if told else ())


def _change_words(difference: float | None, unit: str) -> str:
    if difference is None:
        return ""
    if abs(difference) < 1e-9:
        return "none"
    ending = "percentage_points" if unit == "percent" else unit
    return value_words(difference, ending, kind="change")


def found_to_printed(found: pa.Table) -> list[Printed]:
    """The rows of `queries.find` -> a table of indicators and one of areas, those that have any."""
    tables = []
    for what, title, second in (("indicator", "Indicators", "Unit"), ("area", "Areas", "Kind")):
        rows = tuple(
            (
                Text(r["id"]),
                Text(r["name"]),
                Text(UNIT_WORDS.get(r["unit"], r["unit"])),
                Text(number_words(r["figures"])),
            )
            for r in found.to_pylist()
            if r["what"] == what
        )
        if rows:
            tables.append(
                Printed(title, (Head("Id", whole=True), Head("Name"), Head(second), Head("Figures", right=True)), rows)
            )
    return tables


def answer_to_printed(answer: pa.Table, title: str = "") -> Printed:
    """Any Arrow table -> its cells as text, numbers to the right, dates as they stand in the data, nothing for null."""
    import pyarrow.types as types

    def number(kind: pa.DataType) -> bool:
        return bool(types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind))

    heads = tuple(Head(field.name, right=number(field.type)) for field in answer.schema)
    columns = [column.to_pylist() for column in answer.columns]
    rows = tuple(tuple(Text(_plain(value)) for value in row) for row in zip(*columns, strict=True))
    return Printed(title, heads, rows)


def _plain(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, dt.datetime):
        return value.isoformat(" ", "seconds")
    if isinstance(value, list | tuple):
        return ", ".join(map(_plain, value))
    return " ".join(str(value).split())


def without_pictures(table: Printed) -> Printed:
    """A table without its columns of bars, for where only words can stand."""
    keep = [index for index, head in enumerate(table.heads) if not head.picture]

    def kept(cells: Iterable[Any]) -> tuple[Any, ...]:
        listed = tuple(cells)
        return tuple(listed[index] for index in keep)

    return replace(table, heads=kept(table.heads), rows=tuple(kept(row) for row in table.rows))
