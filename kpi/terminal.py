"""Step people: a printed table -> the terminal, or plain aligned text where the output goes to a file or another program."""

from __future__ import annotations

import sys

from queries.printed import Head, Printed, Text, without_pictures

GAP = "  "
NARROWEST = 8  # characters under which a column of text says nothing


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
    return f"{cell.words} ({cell.below})" if cell.below else cell.words


def _plain_line(cells: list[str], widths: list[int], heads: tuple[Head, ...]) -> str:
    placed = [
        cell.rjust(width) if head.right else cell.ljust(width)
        for cell, width, head in zip(cells, widths, heads, strict=True)
    ]
    return GAP.join(placed).rstrip()


def _show_rich(table: Printed) -> None:
    from rich.console import Console
    from rich.text import Text as Styled

    console = Console(highlight=False)
    if table.title:
        console.print(Styled(table.title, style="bold"))
    if _fits(table, console.width):
        console.print(_rich_table(table))
    else:
        _show_records(table, console.width)
    for note in table.notes:
        console.print(Styled(note, style="italic"))
    for source in table.sources:
        console.print(Styled(source, style="dim"), soft_wrap=False)


def _fits(table: Printed, width: int) -> bool:
    """Whether every column can have its numbers whole and its text not absurdly narrow."""
    needed = 0
    for index, head in enumerate(table.heads):
        if head.picture:
            continue
        longest = max((len(row[index].words) for row in table.rows), default=0)
        needed += min(longest, len(head.name) if head.right else NARROWEST) if not head.right else longest
        needed += len(GAP)
    return needed <= width


def _rich_table(table: Printed) -> object:
    from rich import box
    from rich.table import Table
    from rich.text import Text as Styled

    laid_out = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False, header_style="bold")
    for head in table.heads:
        laid_out.add_column(
            head.name,
            justify="right" if head.right else "left",
            no_wrap=head.right or head.picture or head.name in ("Id", "Source"),
            overflow="fold",
            style="cyan" if head.picture else None,
        )
    for row in table.rows:
        laid_out.add_row(
            *(
                Styled.assemble(cell.words, ("\n" + cell.below, "dim")) if cell.below else Styled(cell.words)
                for cell in row
            )
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
