"""The whole flow, as a run of the Prefect server that PREFECT_API_URL names: called as `flows.refresh.refresh` is."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path

from flows.prefect_home import API_URL, DASK_ADDRESS, WORKERS, prepare_prefect
from flows.prefect_server import PORT, prefect_server
from flows.progress import Progress, RefreshSummary
from flows.read_documents import READER
from schemas.places import place_to_address


def is_wanted() -> bool:
    """Whether the environment names a Prefect server, or a Dask scheduler, whose workers only Prefect's flow uses."""
    return bool(os.environ.get(API_URL) or os.environ.get(DASK_ADDRESS))


def refresh_in_prefect(
    sources: Sequence[Path],
    data_folder: Path,
    workers: int | None = None,
    progress: Callable[[Progress], None] = lambda _: None,
    *,
    registry: Path | None = None,
    official: Sequence[Path] = (),
    again: bool = False,
    accept_loss: bool = False,
    reader: str = READER,
) -> RefreshSummary:
    """Refresh as a flow run. Raises what `flows.refresh.refresh` does, and RefreshError where Prefect is not installed.

    progress: not used; the run's log tells how far it is.
    """
    prepare_prefect(data_folder)
    if workers is not None:
        os.environ[WORKERS] = str(workers)
    # Dask's workers run tasks, and so must reach the flow's server; without one each would start its own.
    with prefect_server(PORT, _say_nothing) if os.environ.get(DASK_ADDRESS) else nullcontext():
        from flows.prefect_flow import nightly_refresh, send_logs

        summary: RefreshSummary = nightly_refresh(
            **flow_parameters(sources, data_folder, registry, official),
            again=again,
            accept_loss=accept_loss,
            reader=reader,
        )
        send_logs()
    return summary


def _say_nothing(_: str) -> None:
    pass


def flow_parameters(
    sources: Sequence[Path], data_folder: Path, registry: Path | None, official: Sequence[Path]
) -> dict[str, str | list[str] | None]:
    """Paths as the flow's parameters: absolute, since a run may start in another folder."""
    return {
        "data": place_to_address(data_folder) or str(data_folder.absolute()),
        "sources": [str(path.absolute()) for path in sources],
        "registry": str(registry.absolute()) if registry is not None else None,
        "official": [str(path.absolute()) for path in official],
    }
