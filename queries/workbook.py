"""Step answer: the rows of an answer -> an accessible Excel workbook, as the Analysis Function's guidance asks.

One table a sheet, with cover, contents and notes; numbers are numbers, years and periods are text, and a cell without a
value says so by a shorthand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from queries.dataset import table_to_records
from queries.printed import (
    COMPARATOR_NOTE,
    ROLE_HEADS,
    area_words,
    by_indicator_and_role,
    remarks,
    role_head,
    source_words,
    when_words,
)
from queries.wording import unit_words
from schemas.answers import Cell, Point, Standing

if TYPE_CHECKING:
    import pyarrow as pa

NOT_STATED = "[x]"
LEGEND = ["[x] = not stated in any document that was read"]
LONGEST_SHEET_NAME = 31  # characters that Excel allows
MAIN_NOTES = (
    "Figures are as the documents state them. Nothing is computed, except the change between two stated figures.",
    "Where several statements make the same claim, the one shown is preferred by a written rule: not in doubt, without"
    " failed checks, the later document, the area's own statement, a table before prose, exact before approximate.",
    "Periods of different kinds (a date, a financial year, a rolling year, a quarter) are different measurements and"
    " are not one series.",
    COMPARATOR_NOTE.replace("; - where none is stated", "").replace(" - ", " "),
)

Value = str | float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table of a workbook: the name of its sheet, its title, its columns and rows."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def trend_to_sheets(points: pa.Table) -> list[Sheet]:
    """The rows of `queries.trend` -> a sheet for each indicator, a row for each point."""
    together: dict[str, list[Point]] = {}
    for point in table_to_records(points, Point):
        together.setdefault(point.indicator, []).append(point)
    columns = ("Area", "Period", "Year", "Value", "Precision", "Remarks", "Document", "Page", "Id")
    return [
        Sheet(
            name=indicator[:LONGEST_SHEET_NAME],
            title=f"{rows[0].indicator_label or indicator} ({unit_words(rows[0].unit)})",
            columns=columns,
            rows=tuple(_point_to_row(row) for row in rows),
        )
        for indicator, rows in together.items()
    ]


def _point_to_row(row: Point) -> tuple[Value, ...]:
    return (
        area_words(row),
        when_words(row),
        row.year or NOT_STATED,
        row.value,
        row.approximation,
        remarks(row) or "none",
        source_words(row),
        str(row.page) if row.page else "no pages",
        row.observation_id,
    )


def standings_to_sheet(cells: pa.Table, standings: Sequence[Standing]) -> Sheet:
    """The rows of `queries.standing` -> a sheet of ranks, each with the number of authorities it rests on."""
    labels = {cell.observation_id: cell.indicator_label or cell.indicator for cell in table_to_records(cells, Cell)}
    columns = (
        "Indicator",
        "Rank among neighbours",
        "Neighbours stating a figure",
        "Neighbours",
        "Model",
        "Quarter nationally",
        "Authorities stating a figure",
    )
    rows = tuple(
        (
            labels.get(one.observation_id, one.indicator),
            one.rank if one.rank is not None else NOT_STATED,
            one.neighbours_stating,
            one.neighbours,
            one.model,
            one.quartile if one.quartile is not None else NOT_STATED,
            one.authorities_stating,
        )
        for one in standings
    )
    return Sheet("Ranks", "Ranks computed from the figures that other authorities' documents state", columns, rows)


def comparison_to_sheets(cells: pa.Table) -> list[Sheet]:
    """The rows of `queries.compare` -> one sheet of the comparator table, and one of where each figure is stated."""
    table = by_indicator_and_role(cells)
    named = {role: cell for by_role in table for role, cell in by_role.items()}
    heads = {role: role_head(role, named) for role in ROLE_HEADS}
    area = area_words(named["own"])
    columns = ["Indicator", "Unit"]
    for head in heads.values():
        columns += [head, f"{head}: period"]
    columns += ["Change", "Direction"]
    sources = ("Indicator", "Figure", "Value", "Period", "Document", "Page", "Id")
    return [
        Sheet(
            "Comparison", f"{area}: latest figures and stated comparators", tuple(columns), tuple(map(_grid_row, table))
        ),
        Sheet(
            "Sources",
            f"{area}: where each figure of the comparison is stated",
            sources,
            tuple(
                (
                    cell.indicator_label or cell.indicator,
                    heads[role],
                    cell.value,
                    when_words(cell),
                    source_words(cell),
                    str(cell.page) if cell.page else "no pages",
                    cell.observation_id,
                )
                for by_role in table
                for role, cell in by_role.items()
            ),
        ),
    ]


def _grid_row(by_role: dict[str, Cell]) -> tuple[Value, ...]:
    own = by_role["own"]
    row: list[Value] = [own.indicator_label or own.indicator, unit_words(own.unit)]
    for role in ROLE_HEADS:
        cell = by_role.get(role)
        row += [cell.value, when_words(cell)] if cell else [NOT_STATED, NOT_STATED]
    return (*row, own.difference if own.difference is not None else NOT_STATED, own.direction or NOT_STATED)


def write_workbook(sheets: Sequence[Sheet], title: str, snapshot: str, path: Path) -> None:
    """Sheets -> an Excel file with cover, contents and notes. `snapshot` names the edition of the dataset."""
    import gptables
    import pandas as pd

    cover = gptables.Cover(
        title=title,
        intro=["Figures about children's services as councils, Ofsted and others state them in their documents."],
        about=[f"Made from the snapshot {snapshot} of the dataset.", *LEGEND],
        width=max(
            85, 2 * len(title)
        ),  # its large type takes twice the room: LibreOffice shows one line of a wrapped title
    )
    notes = pd.DataFrame(
        {"Note reference": [f"note_{number}" for number in range(1, len(MAIN_NOTES) + 1)], "Note text": MAIN_NOTES}
    )
    references = "".join(f"$$note_{number}$$" for number in range(1, len(MAIN_NOTES) + 1))
    tables = {
        sheet.name: gptables.GPTable(
            table=pd.DataFrame([list(row) for row in sheet.rows], columns=list(sheet.columns), dtype=object),
            table_name=f"table_{number}",
            title=sheet.title + references,
            legend=LEGEND,
            index_columns={2: 0},
        )
        for number, sheet in enumerate(sheets, start=1)
    }
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = gptables.produce_workbook(
        filename=str(path), sheets=tables, cover=cover, notes_table=notes, workbook_options=options
    )
    book.set_properties({"title": title})
    book.close()
