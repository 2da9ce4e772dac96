"""The whole flow, conducted by Prefect: the steps of `flows.one_refresh`, with a server that logs, retries and shows them.

Only `kpi schedule`, a deployment (`prefect.yaml`) and `kpi refresh` with PREFECT_API_URL set come here; nothing else
imports Prefect. The environment is `flows.prefect_home`'s, set before the import. Documents go to tasks in batches.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prefect import flow, get_run_logger, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.logging.handlers import APILogHandler
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.alarm import sound_alarm
from flows.batches import Batch, BatchRead, end_pools, read_batch
from flows.machine import worker_count
from flows.one_refresh import OneRefresh, Request, one_refresh
from flows.prefect_home import DASK_ADDRESS, WORKERS
from flows.progress import Progress, RefreshSummary
from flows.read_documents import READER
from flows.summary_page import summary_to_markdown
from flows.tasks import Task

if TYPE_CHECKING:
    from prefect import Flow as PrefectFlow
    from prefect.client.schemas.objects import FlowRun, State

ARTIFACT = "refresh-summary"
FIND_HOURS, NIGHT_HOURS = 8, 20


def task_runner() -> TaskRunner[Any]:
    """Where batches are read: in threads that each hand them to a process, or on the workers of a Dask scheduler."""
    if address := os.environ.get(DASK_ADDRESS):
        from prefect_dask import DaskTaskRunner

        return DaskTaskRunner(address=address)
    return ThreadPoolTaskRunner(max_workers=int(os.environ.get(WORKERS, "0")) or worker_count())


def tell_of_failure(_: PrefectFlow[..., Any], run: FlowRun, state: State[Any]) -> None:
    """The hook: whoever is to know of a night that failed is told."""
    sound_alarm(f"{run.name}: {state.name}. {state.message or 'No reason was given.'}")


@task(name="find documents", cache_policy=NO_CACHE, timeout_seconds=FIND_HOURS * 3600)
def find(run: OneRefresh) -> list[Task]:
    """Look at every source; the documents that are still to be read."""
    return run.find()


@task(name="read documents", task_run_name="{batch.name}", cache_policy=NO_CACHE, retries=2, retry_delay_seconds=10)
def read(batch: Batch) -> BatchRead:
    """Read a batch of documents, and keep what was read."""
    return read_batch(batch)


@task(name="publish snapshot", cache_policy=NO_CACHE)
def publish(run: OneRefresh) -> RefreshSummary:
    """Publish all that is held, checked and whole, unless nothing has changed."""
    return run.publish()


@task(name="tell", cache_policy=NO_CACHE)
def tell(summary: RefreshSummary) -> None:
    """Leave the summary where people look for it."""
    create_markdown_artifact(
        key=ARTIFACT, markdown=summary_to_markdown(summary), description=f"Refresh to snapshot {summary.snapshot}"
    )


@flow(
    name="refresh",
    flow_run_name="refresh of {data}",
    task_runner=task_runner(),
    timeout_seconds=NIGHT_HOURS * 3600,
    on_failure=[tell_of_failure],
    on_crashed=[tell_of_failure],
)
def nightly_refresh(
    data: str = "data",
    sources: list[str] | None = None,
    registry: str | None = None,
    official: list[str] | None = None,
    again: bool = False,
    accept_loss: bool = False,
    reader: str = READER,
) -> RefreshSummary:
    """Find what is new, read it in batches, publish a snapshot, and tell of it."""
    request = Request(
        data_folder=Path(data),
        sources=[Path(place) for place in sources or ()],
        registry=Path(registry) if registry else None,
        official=[Path(place) for place in official or ()],
        again=again,
        accept_loss=accept_loss,
        reader=reader,
    )
    try:
        with one_refresh(request, _logged()) as run:
            batches = [read.submit(batch) for batch in run.batches(find(run), elsewhere=DASK_ADDRESS in os.environ)]
            for batch in batches:
                run.take(batch.result())
            summary = publish(run)
    finally:
        end_pools()
    tell(summary)
    return summary


def send_logs() -> None:
    """Wait until the server has the lines that were logged last: it may be about to end."""
    APILogHandler().flush()


def _logged() -> Callable[[Progress], None]:
    """Progress as lines of the run's log: the beginning of each step, and every hundredth place that was looked at."""
    logger = get_run_logger()
    begun: set[str] = set()

    def log(progress: Progress) -> None:
        if progress.step not in begun or progress.done % 100 == 0:
            begun.add(progress.step)
            logger.info("%s: %s %s", progress.step, progress.done, progress.location)

    return log
