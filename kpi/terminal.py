"""Step people: a printed table -> the terminal, or plain aligned text where the output goes to a file or another program."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from queries.printed import Head, Printed, Text, without_pictures

if TYPE_CHECKING:
    from rich.table import Table

GAP = "  "
WIDEST_WORD = 40  # characters from which on a word may be broken: hashes and addresses


def is_terminal() -> bool:
    """Whether a person looks at the output, rather than a file or another program."""
    return sys.stdout.isatty()


def show(table: Printed) -> None:
    """Print a table: laid out for the width of the terminal, or whole and plain where there is none."""
    if is_terminal():
        _show_rich(table)
    else:
        print("\n".join(plain_lines(without_pictures(table))))


def plain_lines(table: Printed) -> list[str]:
    """A table -> lines of aligned text, never wrapped or cut; what stands below in a cell follows in brackets."""
    cells = [[_in_one_line(cell) for cell in row] for row in table.rows]
    widths = [max([len(head.name), *(len(row[index]) for row in cells)]) for index, head in enumerate(table.heads)]
    lines = [table.title] if table.title else []
    lines.append(_plain_line([head.name for head in table.heads], widths, table.heads))
    lines += [_plain_line(row, widths, table.heads) for row in cells]
    lines += [f"Note: {note}" for note in table.notes]
    lines += list(table.sources)
    return lines


def _in_one_line(cell: Text) -> str:
    return f"{cell.words} ({', '.join(cell.below.splitlines())})" if cell.below else cell.words


def _plain_line(cells: list[str], widths: list[int], heads: tuple[Head, ...]) -> str:
    placed = [
        cell.rjust(width) if head.right else cell.ljust(width)
        for cell, width, head in zip(cells, widths, heads, strict=True)
    ]
    return GAP.join(placed).rstrip()


def fits(table: Printed, width: int | None = None) -> bool:
    """Whether a terminal (of `width` characters, else this one) holds the table with no word of it broken."""
    if width is None:
        width = terminal_width()
    return sum(_narrowest(table, index) + len(GAP) for index in range(len(table.heads))) <= width


def terminal_width() -> int:
    """Characters in a line of this terminal."""
    return shutil.get_terminal_size((80, 24)).columns


def _narrowest(table: Printed, index: int) -> int:
    """The characters that a column needs: numbers and what is `whole` in one line, text broken at spaces only."""
    head = table.heads[index]
    texts = [row[index].words for row in table.rows] + [
        line for row in table.rows for line in row[index].below.splitlines()
    ]
    words = [word for text in texts for word in text.split()]
    if head.whole:
        words = texts
    elif head.right:
        words += [row[index].words for row in table.rows]
    words += head.name.split()
    return min(max(map(len, words), default=0), WIDEST_WORD)


def _show_rich(table: Printed) -> None:
    from rich.console import Console
    from rich.text import Text as Styled

    console = Console(highlight=False, width=terminal_width(), height=24)  # both, or rich takes a plain terminal for 80
    if table.title:
        console.print(Styled(table.title, style="bold"))
    if not fits(table, console.width):
        table = without_pictures(table)
    if fits(table, console.width):
        console.print(_rich_table(table))
    else:
        _show_records(table, console.width)
    for note in table.notes:
        console.print(Styled(note, style="italic"))
    for source in table.sources:
        console.print(Styled(source, style="dim"))
    console.print()


def _rich_table(table: Printed) -> Table:
    from rich import box
    from rich.table import Table
    from rich.text import Text as Styled

    laid_out = Table(box=box.SIMPLE_HEAD, show_edge=False, padding=(0, len(GAP) - 1, 0, 0), pad_edge=False)
    for index, head in enumerate(table.heads):
        laid_out.add_column(
            head.name,
            justify="right" if head.right else "left",
            min_width=_narrowest(table, index),
            overflow="fold",
            style="cyan" if head.picture else None,
        )
    for row in table.rows:
        laid_out.add_row(
            *(Styled.assemble(cell.words, ("\n" + cell.below if cell.below else "", "dim")) for cell in row)
        )
    return laid_out


def _show_records(table: Printed, width: int) -> None:
    """A table too wide for the terminal -> its rows one below another, a line for each column."""
    longest = max(len(head.name) for head in table.heads)
    for number, row in enumerate(table.rows, start=1):
        print(f"-- row {number} ".ljust(min(width, 60), "-"))
        for head, cell in zip(table.heads, row, strict=True):
            if cell.words and not head.picture:
                print(f"{head.name.ljust(longest)}{GAP}{_in_one_line(cell)}")
