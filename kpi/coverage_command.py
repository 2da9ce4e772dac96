"""Step people: `kpi coverage` and `kpi comparators`: what is held and what is not, and comparators that are computed."""

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
    typer.Option("--out", metavar="FILE", help="Write all rows to a file instead (.csv or .parquet)."),
]
Indicators = Annotated[
    list[str] | None,
    typer.Option(
        "--indicator",
        help="An indicator, by id, name or synonym; give it again for more. Default: all.",
        autocompletion=complete_indicator,
    ),
]
COVERAGE_EXAMPLE = "Example:\n\nkpi coverage --area Wolverhampton --from 2021"
COMPARATORS_EXAMPLE = "Example:\n\nkpi comparators --area Wolverhampton --indicator cla_rate --model 2021"


def coverage(
    area: Annotated[
        list[str] | None,
        typer.Option(
            "--area",
            help="An area, by code or name; give it again for more. Default: all with documents.",
            autocompletion=complete_area,
        ),
    ] = None,
    indicator: Indicators = None,
    first: Annotated[int | None, typer.Option("--from", metavar="YEAR", help="The first year.")] = None,
    last: Annotated[int | None, typer.Option("--to", metavar="YEAR", help="The last year.")] = None,
    out: OutFile = None,
    data: DataFolder = Path("data"),
) -> None:
    """Show what is held by authority, year and indicator, and what kind of silence each gap is."""
    from kpi.terminal import show
    from queries import open_dataset
    from queries.coverage import coverage as ask
    from queries.coverage_printed import coverage_to_printed
    from queries.exports import rows_to_forms

    found = ask(open_dataset(data), area or (), indicator or (), first_year=first, last_year=last)
    if out:
        rows_to_forms(found).write(out)
        print(f"{found.num_rows} combinations written to {out}")
    elif found.num_rows:
        show(coverage_to_printed(found))
    else:
        print("No document is held of any authority, or no figure is stated.")


def comparators(
    area: Annotated[str, typer.Option(help="The authority, by code or name.", autocompletion=complete_area)],
    indicator: Indicators = None,
    model: Annotated[str, typer.Option(help="The model of statistical neighbours: 2025 or 2021.")] = "2025",
    official: Annotated[
        bool, typer.Option("--official", help="Compute from official statistics, not from what documents state.")
    ] = False,
    year: Annotated[int | None, typer.Option(help="The year in which the periods end. Default: the newest.")] = None,
    out: OutFile = None,
    data: DataFolder = Path("data"),
) -> None:
    """Compute comparators: mean and median of the statistical neighbours, the region and England, and how many they cover."""
    from kpi.terminal import show
    from queries import open_dataset
    from queries.computed import computed_comparators
    from queries.coverage_printed import computed_to_printed
    from queries.exports import rows_to_forms

    found = computed_comparators(
        open_dataset(data), area, indicator or (), model=model, basis="official" if official else "stated", year=year
    )
    if out:
        rows_to_forms(found).write(out)
        print(f"{found.num_rows} comparators written to {out}")
        return
    for place, table in enumerate(computed_to_printed(found)):
        if place:
            print()
        show(table)
    if not found.num_rows:
        print(f"No figure of {area} with a period is held. See what is with: kpi coverage --area {area!r}")
