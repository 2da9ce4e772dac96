"""The flow in Prefect, where it is installed: the same tables as without it, retries of nothing that failed for good, the
summary as an artifact, and a failure that is told. One server for all of it: its start takes 12 to 25 seconds.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil
import pyarrow.parquet as pq
import pytest
import yaml

from flows.refresh import refresh
from schemas.records import PUBLISHED
from tests.fake_reader import FAKE_READER

ROOT = Path(__file__).resolve().parents[1]
CLAIM = "cla_count E08000031 2023-03-31"
NIGHTS = """
import json, sys
from pathlib import Path

documents, data = Path(sys.argv[1]), Path(sys.argv[2])
from flows.in_prefect import refresh_in_prefect
from flows.lock import only_refresh
from flows.refusals import RefreshUnderWayError

def night():
    summary = refresh_in_prefect([documents], data, 2, reader=sys.argv[3])
    return [summary.snapshot, summary.published, summary.documents_read, dict(summary.changes)]

told = {"first": night(), "second": night()}
(documents / "report 0.txt").write_text("cla_count E08000031 2023-03-31 599\\n")
told["third"] = night()
with only_refresh(data):
    try:
        night()
    except RefreshUnderWayError as error:
        told["fourth"] = str(error)

from prefect.client.orchestration import get_client
with get_client(sync_client=True) as client:
    artifacts = client.read_artifacts()
    runs = client.read_flow_runs()
    told["artifacts"] = [a.data for a in artifacts if a.key == "refresh-summary"]
    told["states"] = sorted(run.state_name for run in runs)
print(json.dumps(told))
"""


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], Path, Path]:
    """Four nights in one process with a server of its own; what they told, the documents and the data folder."""
    if find_spec("prefect") is None:
        pytest.skip("Prefect is not installed (the extra `prefect`)")
    folder = tmp_path_factory.mktemp("nights")
    documents = folder / "documents"
    documents.mkdir()
    for number in range(25):
        (documents / f"report {number}.txt").write_text(f"{CLAIM} {500 + number}\n")
    (documents / "broken.txt").write_text("raises an error\n")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "KPI_"))}
    alarm = f'"{sys.executable}" -c "import sys; open({str(folder / "alarm")!r}, chr(97)).write(sys.stdin.read())"'
    ran = subprocess.run(
        [sys.executable, "-c", NIGHTS, str(documents), str(folder / "data"), FAKE_READER],
        capture_output=True,
        text=True,
        timeout=400,
        cwd=ROOT,
        env=environment | {"KPI_ON_FAILURE_COMMAND": alarm, "PYTHONPATH": str(ROOT)},
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    return json.loads(ran.stdout.splitlines()[-1]), documents, folder / "data"


Nights = tuple[dict[str, Any], Path, Path]


def test_both_ways_publish_identical_tables(nights: Nights, tmp_path: Path) -> None:
    _, documents, data = nights
    refresh([documents], tmp_path, 2, reader=FAKE_READER)
    for name in PUBLISHED:
        if name != "changes":  # the one has a snapshot before
            one, two = (pq.read_table(place / "dataset" / "current" / f"{name}.parquet") for place in (data, tmp_path))
            if name == "documents":
                one, two = one.drop_columns(["retrieved_at"]), two.drop_columns(["retrieved_at"])
            assert one.equals(two), name


def test_a_night_with_nothing_new_reads_nothing_and_publishes_nothing(nights: Nights) -> None:
    told, _, _ = nights
    assert told["first"][1:3] == [True, 26]
    assert told["second"] == [told["first"][0], False, 0, {}]
    assert told["third"][1:] == [True, 1, {"restated": 1}]


def test_the_summary_is_an_artifact_that_leads_with_what_changed(nights: Nights) -> None:
    pages = nights[0]["artifacts"]
    assert len(pages) == 3
    (changed,) = [page for page in pages if "| restated | 1 |" in page]
    assert changed.startswith("# Snapshot")
    assert "| broken.txt" in changed or "broken.txt" in changed


def test_a_night_that_fails_says_why_and_tells_whoever_is_to_know(nights: Nights) -> None:
    told, _, data = nights
    assert "under way" in told["fourth"]
    assert told["states"] == ["Completed", "Completed", "Completed", "Failed"]
    assert "under way" in (data.parent / "alarm").read_text()


def test_prefect_writes_below_the_data_folder_only(nights: Nights) -> None:
    assert (nights[2] / ".prefect" / "prefect.db").is_file()


def test_the_deployment_names_a_flow_that_is_there_and_parameters_that_it_has() -> None:
    (deployment,) = yaml.safe_load((ROOT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    file, _, name = deployment["entrypoint"].partition(":")
    text = (ROOT / file).read_text(encoding="utf-8")
    assert f"def {name}(" in text
    assert all(f"    {parameter}: " in text for parameter in deployment["parameters"])


def test_a_schedule_starts_a_server_and_takes_it_along_when_it_is_stopped(tmp_path: Path) -> None:
    if find_spec("prefect") is None:
        pytest.skip("Prefect is not installed (the extra `prefect`)")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "KPI_"))}
    words = ["schedule", "--cron", "0 2 1 1 *", "--port", "0", "--data", str(tmp_path / "data")]
    schedule = subprocess.Popen(
        [sys.executable, "-c", "from kpi.command_line import main; main()", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=environment | {"PYTHONPATH": str(ROOT)},
    )
    assert schedule.stderr is not None
    ended = threading.Timer(300, schedule.kill)  # should it hang, so that reading its words ends
    ended.start()
    try:
        said = next(line for line in schedule.stderr if line.startswith("Refreshes of"))
        family = psutil.Process(schedule.pid).children(recursive=True)
        schedule.send_signal(signal.SIGTERM)  # a shell may start what runs behind it deaf to SIGINT
        schedule.wait(120)
    finally:
        ended.cancel()
        schedule.kill()
        schedule.stderr.close()
    assert "http://127.0.0.1:" in said
    assert family
    assert not psutil.wait_procs(family, timeout=30)[1]
