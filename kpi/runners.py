"""Step people: `--runner` and `--address`: where documents are read, on this machine or on the workers of a Dask scheduler."""

from __future__ import annotations

import os
from enum import StrEnum
from typing import Annotated

import typer


class Where(StrEnum):
    """Where documents are read."""

    here = "here"
    dask = "dask"


Runner = Annotated[Where, typer.Option("--runner", help="Where documents are read: here, or on the workers of Dask.")]
Address = Annotated[
    str | None, typer.Option("--address", metavar="tcp://HOST:PORT", help="The Dask scheduler, for --runner dask.")
]


def choose_runner(runner: Where, address: str | None) -> None:
    """Let the flow of this process and of those it starts read there. Raises typer.BadParameter where half is said."""
    from flows.prefect_home import DASK_ADDRESS

    if runner is Where.here and address is None:
        return
    if runner is Where.here:
        raise typer.BadParameter("an address is that of a Dask scheduler: add --runner dask", param_hint="--address")
    if address is None and not os.environ.get(DASK_ADDRESS):
        raise typer.BadParameter("say where its scheduler is: --address tcp://HOST:PORT", param_hint="--runner")
    os.environ[DASK_ADDRESS] = address or os.environ[DASK_ADDRESS]
