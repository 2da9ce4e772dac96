"""Step people: `kpi evaluate`, which holds the published dataset against pages that a person has labelled."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DataFolder = Annotated[
    Path, typer.Option("--data", metavar="DIR", help="The folder that holds the dataset.", envvar="KPI_DATA")
]


def evaluate(
    labels: Annotated[
        Path, typer.Argument(metavar="LABELS.csv", help="The figures that a person found on some pages.")
    ],
    pages: Annotated[
        Path | None,
        typer.Argument(
            metavar="[PAGES.csv]",
            help="The pages that were labelled completely, those without any figure too. Default: those with labels.",
        ),
    ] = None,
    data: DataFolder = Path("data"),
    show_faults: Annotated[
        int, typer.Option("--show", metavar="N", min=0, help="How many misses and wrong rows to quote.")
    ] = 10,
) -> None:
    """Tell how far the dataset agrees with labels of your own: by field, construction, place and indicator."""
    from kpi.terminal import show
    from queries.evaluation import evaluate as ask
    from queries.evaluation_printed import evaluation_to_printed, faults_to_lines

    evaluation = ask(data, labels, pages)
    for line in faults_to_lines(evaluation.faults, show_faults):
        print(line)
    for table in evaluation_to_printed(evaluation):
        print()
        show(table)
