"""Step "blocks": a row that a page break cuts in two -> one row again.

Word processors break a row's header over the page: "Placed with" and its values stand at the foot of one page, "parents"
alone in the first row of the next. A half that says nothing more is no section of what follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.table_headers import is_suppressed, is_value
from extractors.table_wraps import carries_on
from schemas.records import Cell, Table


def join_broken_rows(tables: Sequence[Table]) -> tuple[Table, ...]:
    """The tables, the last row of each with the words of its header that open the table carrying it on."""
    joined = list(tables)
    for number, table in enumerate(joined):
        if table.continues is None or not 0 <= table.continues < len(joined) or table.continues == number:
            continue
        first = joined[table.continues]
        rest, label = _lone_label(table), _last_label(first)
        if rest is None or label is None or not carries_on(label.text, rest.text):
            continue
        whole = replace(label, text=f"{label.text} {rest.text}")
        joined[table.continues] = replace(first, cells=tuple(whole if cell is label else cell for cell in first.cells))
        emptied = replace(rest, text="")
        joined[number] = replace(table, cells=tuple(emptied if cell is rest else cell for cell in table.cells))
    return tuple(joined)


def _lone_label(table: Table) -> Cell | None:
    """The cell of the first row, where its first place alone holds words and numbers none."""
    said = [cell for cell in table.cells if cell.row == 0 and cell.text.strip()]
    if len(said) != 1 or said[0].column != 0 or any(map(str.isdigit, said[0].text)):
        return None
    return said[0]


def _last_label(table: Table) -> Cell | None:
    """The row header of the last row, where values stand beside it."""
    last = max((cell.row for cell in table.cells), default=0)
    row = [cell for cell in table.cells if cell.row == last]
    if not any(cell.column > 0 and (is_value(cell.text.strip()) or is_suppressed(cell.text)) for cell in row):
        return None
    return next((cell for cell in row if cell.column == 0 and cell.text.strip()), None)
