"""Beyond one machine: a Dask scheduler and two workers on loopback read the batches, one is killed in the middle of its
work, and the dataset is that of one machine; so it is where the data folder is an address of an object store and the
documents are not where the workers could see them. Needs the extra `prefect`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from flows.refresh import refresh
from queries.dataset import Dataset, open_dataset
from schemas.records import PUBLISHED
from tests.fake_reader import FAKE_READER
from tests.object_server import has_s3, need_s3, new_bucket, s3_server

ROOT = Path(__file__).resolve().parents[1]
NIGHTS = """
import json, sys
from pathlib import Path
from flows.in_prefect import is_wanted, refresh_in_prefect
from flows.prefect_home import prepare_prefect
from flows.prefect_server import PORT, prefect_server

assert is_wanted()
documents, here, reader = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
prepare_prefect(here)
with prefect_server(PORT, lambda _: None):
    for place in [here, *map(Path, sys.argv[4:])]:
        summary = refresh_in_prefect([documents], place, reader=reader)
        print(json.dumps([summary.published, summary.documents_read, dict(summary.statuses)]))
        reader = reader.replace("answer_task", "answer_what_was_brought")
"""


@contextmanager
def cluster(folder: Path, environment: dict[str, str]) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and two workers of one thread each; the scheduler's address, and the workers."""
    file = folder / "scheduler.json"
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    dask = [sys.executable, "-m", "dask"]
    here = ["--scheduler-file", str(file), "--no-dashboard"]
    started = [
        subprocess.Popen(
            [*dask, "scheduler", *here, "--host", "127.0.0.1", "--port", "0"], cwd=folder, env=environment, **quiet
        )
    ]
    try:
        for number in range(2):
            alone = ["--nthreads", "1", "--no-nanny", "--local-directory", str(folder / f"worker {number}")]
            started.append(subprocess.Popen([*dask, "worker", *here, *alone], cwd=folder, env=environment, **quiet))
        for _ in range(1200):
            if file.exists() and file.stat().st_size:
                break
            time.sleep(0.05)
        yield json.loads(file.read_text())["address"], started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()


@dataclass(frozen=True, slots=True)
class Nights:
    """What two nights came to: one that publishes to a folder, in which a worker is killed, and one to an object store."""

    told: list[object]
    ended: list[int | None]
    documents: Path
    folder: Path
    stored: Dataset | None


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nights]:
    if find_spec("prefect_dask") is None:
        pytest.skip("prefect-dask is not installed (the extra `prefect`)")
    place = tmp_path_factory.mktemp("nights")
    documents = place / "documents"
    documents.mkdir()
    for number in range(40):
        (documents / f"report {number:02}.txt").write_text(f"cla_count E08000031 2023-03-31 {500 + number}\n")
    (documents / "report 50.txt").write_text("orphans\ncla_count E08000031 2023-03-31 550\n")
    given = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "KPI_"))}
    environment = given | {"PYTHONPATH": str(ROOT), "DO_NOT_TRACK": "1", "PREFECT_HOME": str(place / "home")}
    with pytest.MonkeyPatch.context() as patch, s3_server() if has_s3() else nullcontext({}) as leading:
        for name, value in (leading | {"KPI_CACHE": str(place / "cache")}).items():
            patch.setenv(name, value)
            environment[name] = value
        addresses = [new_bucket()] if leading else []
        with cluster(place, environment) as (scheduler, workers):
            ran = subprocess.run(
                [sys.executable, "-c", NIGHTS, str(documents), str(place / "data"), FAKE_READER, *addresses],
                capture_output=True,
                text=True,
                timeout=400,
                cwd=ROOT,
                env=environment | {"KPI_DASK_ADDRESS": scheduler},
            )
            assert ran.returncode == 0, ran.stderr[-3000:]
            ended = [worker.poll() for worker in workers]
        told = [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("[")]
        yield Nights(told, ended, documents, place / "data", open_dataset(addresses[0]) if addresses else None)


def assert_same_tables(one: Path, two: Path) -> None:
    """Two snapshots hold the same, times apart."""
    for name in PUBLISHED:
        tables = [pq.read_table(snapshot / f"{name}.parquet") for snapshot in (one, two)]
        if name == "documents":
            tables = [table.drop_columns(["retrieved_at"]) for table in tables]
        assert tables[0].equals(tables[1]), name


def test_a_worker_killed_in_the_middle_of_a_batch_changes_nothing_of_the_dataset(
    nights: Nights, tmp_path: Path
) -> None:
    assert sorted(code is None for code in nights.ended) == [False, True]  # one was killed, one did the rest
    assert nights.told[0] == [True, 41, {"ok": 41}]
    refresh([nights.documents], tmp_path, 2, reader=FAKE_READER)
    assert_same_tables(nights.folder / "dataset" / "current", tmp_path / "dataset" / "current")


def test_workers_read_from_an_object_store_what_they_cannot_see_and_write_there(nights: Nights) -> None:
    if nights.stored is None:
        need_s3()
    assert nights.stored is not None
    assert nights.told[1] == [True, 41, {"ok": 41}]
    assert_same_tables(nights.folder / "dataset" / "current", nights.stored.snapshot)
