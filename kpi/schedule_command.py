"""Step people: `kpi schedule`: refreshes at the times of a cron line, until it is stopped."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from kpi.runners import Address, Runner, Where, choose_runner

FAILED = 1


def schedule(
    cron: Annotated[
        str, typer.Option(metavar="LINE", help="Minute, hour, day of the month, month, day of the week.")
    ] = "0 2 * * *",
    timezone: Annotated[str, typer.Option(help="The time zone of these times.")] = "Europe/London",
    sources: Annotated[
        list[Path] | None, typer.Option("--from", metavar="PATH", help="A folder or file to read; again for more.")
    ] = None,
    registry: Annotated[
        Path | None,
        typer.Option("--sources", metavar="FILE", help="A source registry: what its enabled sources offer."),
    ] = None,
    official: Annotated[
        list[Path] | None,
        typer.Option(metavar="PATH", help="Official statistics to check figures against; again for more."),
    ] = None,
    data: Annotated[
        Path, typer.Option("--data", metavar="DIR", help="The folder that holds the dataset.", envvar="KPI_DATA")
    ] = Path("data"),
    port: Annotated[int, typer.Option(help="The port on this machine at which runs are shown.")] = 4200,
    workers: Annotated[int | None, typer.Option(min=1, help="Batches that are read at once.")] = None,
    runner: Runner = Where.here,
    address: Address = None,
    on_failure: Annotated[
        str | None, typer.Option(metavar="COMMAND", help="Run this where a night fails; it reads the message.")
    ] = None,
    webhook: Annotated[
        str | None, typer.Option(metavar="URL", help="Post the message here, as JSON, where a night fails.")
    ] = None,
) -> None:
    """Refresh every night, with a Prefect server of its own on this machine (or that of PREFECT_API_URL)."""
    from flows.alarm import COMMAND, WEBHOOK
    from flows.prefect_home import WORKERS
    from flows.refusals import RefreshError
    from flows.schedule import Nights, keep_nights

    choose_runner(runner, address)
    wishes = {WORKERS: workers, COMMAND: on_failure, WEBHOOK: webhook}
    os.environ.update({name: str(value) for name, value in wishes.items() if value is not None})

    def say(words: str) -> None:
        print(words, file=sys.stderr, flush=True)

    try:
        keep_nights(Nights(cron, timezone, data, sources or (), registry, official or (), port), say)
    except RefreshError as error:
        say(str(error))
        raise typer.Exit(FAILED) from error
