"""Beyond one machine: a Dask scheduler and two workers on loopback read the batches, one is killed in the middle of its
work, and the dataset is that of one machine. Needs the extra `prefect`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from flows.refresh import refresh
from schemas.records import PUBLISHED
from tests.fake_reader import FAKE_READER

ROOT = Path(__file__).resolve().parents[1]
NIGHT = """
import json, sys
from pathlib import Path
from flows.in_prefect import is_wanted, refresh_in_prefect

assert is_wanted()
summary = refresh_in_prefect([Path(sys.argv[1])], Path(sys.argv[2]), reader=sys.argv[3])
print(json.dumps([summary.published, summary.documents_read, dict(summary.statuses)]))
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


def test_a_worker_killed_in_the_middle_of_a_batch_changes_nothing_of_the_dataset(tmp_path: Path) -> None:
    if find_spec("prefect_dask") is None:
        pytest.skip("prefect-dask is not installed (the extra `prefect`)")
    documents = tmp_path / "documents"
    documents.mkdir()
    for number in range(40):
        (documents / f"report {number:02}.txt").write_text(f"cla_count E08000031 2023-03-31 {500 + number}\n")
    (documents / "report 50.txt").write_text("orphans\ncla_count E08000031 2023-03-31 550\n")
    given = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "KPI_"))}
    environment = given | {"PYTHONPATH": str(ROOT), "DO_NOT_TRACK": "1", "PREFECT_HOME": str(tmp_path / "home")}
    with cluster(tmp_path, environment) as (address, workers):
        ran = subprocess.run(
            [sys.executable, "-c", NIGHT, str(documents), str(tmp_path / "dask"), FAKE_READER],
            capture_output=True,
            text=True,
            timeout=400,
            cwd=ROOT,
            env=environment | {"KPI_DASK_ADDRESS": address},
        )
        assert ran.returncode == 0, ran.stderr[-3000:]
        ended = [worker.poll() for worker in workers]
    assert sorted(code is None for code in ended) == [False, True]  # one was killed, one did the rest
    assert json.loads(ran.stdout.splitlines()[-1]) == [True, 41, {"ok": 41}]
    refresh([documents], tmp_path / "here", 2, reader=FAKE_READER)
    for name in PUBLISHED:
        one, two = (
            pq.read_table(tmp_path / place / "dataset" / "current" / f"{name}.parquet") for place in ("dask", "here")
        )
        if name == "documents":
            one, two = one.drop_columns(["retrieved_at"]), two.drop_columns(["retrieved_at"])
        assert one.equals(two), name
