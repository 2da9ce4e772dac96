"""Step people: `kpi check` and `kpi conflicts`: figures beside official values, and beside one another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kpi.completion import complete_area, complete_indicator

DataFolder = Annotated[
    Path, typer.Option("--data", metavar="DIR", help="The folder that holds the dataset.", envvar="KPI_DATA")
]
OutFile = Annotated[
    Path | None,
    typer.Option(
        "--out", metavar="FILE", help="Write to a file instead: all rows (.csv, .parquet) or the tables (.md, .html)."
    ),
]
Indicators = Annotated[
    list[str] | None,
    typer.Option(
        "--indicator",
        help="An indicator, by id, name or synonym; give it again for more. Default: all.",
        autocompletion=complete_indicator,
    ),
]
Areas = Annotated[
    list[str] | None,
    typer.Option(
        "--area", help="An area, by code or name; give it again for more. Default: all.", autocompletion=complete_area
    ),
]
CHECK_TITLE = "Stated figures beside official statistics"
CONFLICTS_TITLE = "Claims that are stated with different values"
CHECK_EXAMPLE = "Example:\n\nkpi check --by document --show 20"
CONFLICTS_EXAMPLE = "Example:\n\nkpi conflicts --area Wolverhampton"


def check(
    indicator: Indicators = None,
    area: Areas = None,
    by: Annotated[str, typer.Option(help="Count by indicator or by document.")] = "indicator",
    show_differences: Annotated[
        int, typer.Option("--show", metavar="N", min=0, help="How many of the figures that differ to quote.")
    ] = 10,
    out: OutFile = None,
    data: DataFolder = Path("data"),
) -> None:
    """Compare what documents state with official statistics of the same area and period."""
    from kpi.terminal import show
    from queries import open_dataset
    from queries.check_printed import agreements_to_printed, differences_to_printed
    from queries.exports import Forms, rows_to_forms, tables_to_forms
    from queries.official import check as ask
    from queries.official import compared, differences

    if by not in ("indicator", "document"):
        raise typer.BadParameter("count by 'indicator' or by 'document'", param_hint="--by")
    dataset = open_dataset(data)
    chosen = indicator or (), area or ()
    agreements = ask(dataset, *chosen, by=by)
    found = differences(dataset, *chosen, count=show_differences)
    tables = [agreements_to_printed(agreements, by)] if agreements.num_rows else []
    tables += [differences_to_printed(found)] if found.num_rows else []
    if out:
        rows = compared(dataset, *chosen)
        Forms(rows_to_forms(rows).writers | tables_to_forms(tables, CHECK_TITLE).writers).write(out)
        print(f"{rows.num_rows} figures with their official values written to {out}")
    elif not tables:
        print("No stated figure has an official value of its area and period.")
    for table in () if out else tables:
        show(table)
        print()


def conflicts(
    indicator: Indicators = None,
    area: Areas = None,
    most: Annotated[int, typer.Option("--show", metavar="N", min=1, help="How many claims to show.")] = 10,
    out: OutFile = None,
    data: DataFolder = Path("data"),
) -> None:
    """List claims that are stated with different values, and which value is preferred, by what rule."""
    from kpi.terminal import show
    from queries import open_dataset
    from queries.check_printed import conflicts_to_printed
    from queries.conflicts import conflicts as ask
    from queries.exports import Forms, rows_to_forms, tables_to_forms

    found = ask(open_dataset(data), indicator or (), area or ())
    if out:
        tables = conflicts_to_printed(found)
        Forms(rows_to_forms(found).writers | tables_to_forms(tables, CONFLICTS_TITLE).writers).write(out)
        print(f"{found.num_rows} statements written to {out}")
        return
    tables = conflicts_to_printed(found)
    print(
        f"{len(tables)} claims are stated with different values."
        if len(tables) != 1
        else "1 claim is stated with different values."
    )
    for table in tables[:most]:
        print()
        show(table)
    if len(tables) > most:
        print(f"\nThe {most} furthest apart; for more: --show {len(tables)}")
