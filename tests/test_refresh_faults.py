"""Faults injected into a refresh: the published snapshot is the old one or the new one, whole, and the next run finishes.

`KILL_POINTS` in the environment says at how many points a refresh is killed: 4 where it does not, every one that there is
(some 170) where it is 1000.
"""

from __future__ import annotations

import datetime as dt
import errno
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import psutil
import pyarrow.parquet as pq
import pytest

from flows.code_version import publishing_version, reading_version
from flows.progress import Progress, RefreshSummary
from flows.refresh import refresh, rollback
from flows.refusals import RefreshError, RefreshUnderWayError, SnapshotRefusedError
from flows.snapshots import current_name, damage, next_name, snapshots_folder
from tests.fake_reader import FAKE_READER, tight_limits

ROOT = Path(__file__).resolve().parents[1]
CLAIM = "cla_count E08000031 2023-03-31"
KILL_POINTS = int(os.environ.get("KILL_POINTS", "4"))
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def run(documents: Path, data: Path, **more: object) -> RefreshSummary:
    """A refresh with the tests' reader."""
    return refresh([documents], data, 2, reader=FAKE_READER, **more)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def _same_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """The code's version is looked up once: a change to it while tests run is not what they are about."""
    reading_version()
    publishing_version()


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """Five documents, a figure in each."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(5):
        (folder / f"report {number}.txt").write_text(f"{CLAIM} {500 + number}\n")
    return folder


def values(data: Path) -> list[float]:
    """The figures of the current snapshot; reads every column of every row."""
    table = pq.read_table(data / "dataset" / "current" / "observations.parquet")
    return sorted(table.column("value").to_pylist())


def assert_whole(data: Path) -> None:
    """The current snapshot is there with every byte."""
    name = current_name(data)
    assert name is not None
    assert damage(snapshots_folder(data) / name) is None


# Killed ---------------------------------------------------------------------------------------------------------------


def test_killed_at_any_point_leaves_the_old_snapshot_or_the_new_one(documents: Path, tmp_path: Path) -> None:
    base = tmp_path / "base"
    run(documents, base)
    old = values(base)
    (documents / "report 5.txt").write_text(f"{CLAIM} 505\n")
    new = [*old, 505.0]
    touches = int(_killed_refresh(documents, shutil.copytree(base, tmp_path / "whole", symlinks=True), 0).split()[1])
    ends = set()
    for point in _points(touches, KILL_POINTS):
        data = shutil.copytree(base, tmp_path / f"killed {point}", symlinks=True)
        _killed_refresh(documents, data, point)
        assert_whole(data)
        assert values(data) in (old, new), point
        ends.add(len(values(data)))
        assert run(documents, data).statuses == {"ok": 6}
        assert_whole(data)
        assert values(data) == new
        assert not [p.name for p in snapshots_folder(data).iterdir() if p.name.startswith(".")]
        assert not run(documents, data).published
        shutil.rmtree(data)
    assert len(old) in ends


def _points(touches: int, count: int) -> list[int]:
    """So many of the times at which the data folder is touched, the same at every run of the tests."""
    return sorted(random.Random(20261122).sample(range(1, touches - 1), min(count, touches - 2)))


def test_killed_while_processes_write_its_parts_it_leaves_a_whole_snapshot(documents: Path, tmp_path: Path) -> None:
    base = tmp_path / "base"
    run(documents, base)
    old = values(base)
    (documents / "report 5.txt").write_text(f"{CLAIM} 505\n")
    whole = shutil.copytree(base, tmp_path / "whole", symlinks=True)
    finding, touches = map(int, _killed_refresh(documents, whole, 0, "in_parts").split())
    for point in [finding + at for at in _points(touches - finding, KILL_POINTS)]:
        data = shutil.copytree(base, tmp_path / f"killed {point}", symlinks=True)
        _killed_refresh(documents, data, point, "in_parts")
        assert_whole(data)
        assert values(data) in (old, [*old, 505.0]), point
        run(documents, data)
        assert values(data) == [*old, 505.0]
        assert not [p.name for p in snapshots_folder(data).iterdir() if p.name.startswith(".")]


def _killed_refresh(documents: Path, data: Path, point: int, *more: str) -> str:
    """Runs `killed_refresh` and returns what it printed."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.killed_refresh", str(documents), str(data), str(point), *more],
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert told.returncode == (-signal.SIGKILL if point else 0), told.stderr
    return told.stdout


def test_killed_in_its_first_run_leaves_nothing_or_a_whole_snapshot(documents: Path, tmp_path: Path) -> None:
    touches = int(_killed_refresh(documents, tmp_path / "whole", 0).split()[1])
    for point in _points(touches, KILL_POINTS // 2):
        data = tmp_path / f"killed {point}"
        _killed_refresh(documents, data, point)
        if (data / "dataset" / "current").exists():
            assert_whole(data)
        run(documents, data)
        assert values(data) == [500.0, 501.0, 502.0, 503.0, 504.0]


def test_workers_killed_at_random_cost_no_row(documents: Path, tmp_path: Path) -> None:
    for number in range(5, 40):
        (documents / f"report {number}.txt").write_text(f"{CLAIM} {500 + number}\n")
    chance = random.Random(7)

    def kill_one(progress: Progress) -> None:
        children = psutil.Process().children()
        if progress.step == "read" and progress.done % 8 == 0 and children:
            chance.choice(children).kill()

    summary = run(documents, tmp_path / "data", progress=kill_one)
    assert summary.statuses == {"ok": 40}
    assert values(tmp_path / "data") == [500.0 + n for n in range(40)]


def test_a_process_whose_parent_was_killed_ends_itself(documents: Path, tmp_path: Path) -> None:
    (documents / "report 0.txt").write_text("waits")
    code = (
        "from pathlib import Path; from flows.refresh import refresh;"
        f"refresh([Path({str(documents)!r})], Path({str(tmp_path / 'data')!r}), 2, lambda p: print(p.step, flush=True),"
        f"reader={FAKE_READER!r})"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        while b"read" not in parent.stdout.readline():
            pass
        children = psutil.Process(parent.pid).children(recursive=True)
        assert children
        parent.kill()
    _, alive = psutil.wait_procs(children, timeout=10)
    assert not alive


# Documents that break their reader -------------------------------------------------------------------------------------


def test_documents_that_hang_crash_or_eat_memory_leave_the_rows_of_the_others_as_they_are(
    documents: Path, tmp_path: Path
) -> None:
    run(documents, tmp_path / "without")
    for fault in ("spins", "waits", "eats", "crashes", "leaves", "raises"):
        (documents / f"fault {fault}.txt").write_text(f"{fault}\n{CLAIM} 999\n")
    summary = run(documents, tmp_path / "with", limits=tight_limits)
    assert {Path(t.location).stem.split()[1]: t.reason for t in summary.troubles} == {
        "spins": "timed_out",
        "waits": "timed_out",
        "eats": "too_large",
        "crashes": "reader_failed",
        "leaves": "reader_failed",
        "raises": "reader_failed",
    }
    rows = [(tmp_path / d / "dataset" / "current" / "observations.parquet").read_bytes() for d in ("with", "without")]
    assert rows[0] == rows[1]


def test_a_document_that_failed_for_good_is_not_read_every_night(documents: Path, tmp_path: Path) -> None:
    (documents / "fault.txt").write_text("raises")
    run(documents, tmp_path / "data")
    assert run(documents, tmp_path / "data").documents_read == 0


def test_a_document_whose_worker_was_killed_from_outside_is_read_the_next_night(
    documents: Path, tmp_path: Path
) -> None:
    (documents / "report 0.txt").write_text(f"killed\n{CLAIM} 500\n")
    first = run(documents, tmp_path / "data")
    assert [t.reason for t in first.troubles] == ["reader_failed"]
    (documents / "report 0.mark").touch()
    second = run(documents, tmp_path / "data")
    assert (second.published, second.statuses) == (True, {"ok": 5})


@pytest.mark.skipif(os.geteuid() == 0, reason="to the superuser every file is open")
def test_a_file_that_may_not_be_opened_is_a_failed_document(documents: Path, tmp_path: Path) -> None:
    (documents / "report 0.txt").chmod(0)
    assert run(documents, tmp_path / "data").statuses == {"ok": 4, "failed": 1}


# Two at once ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that holds the data folder."""
    code = (
        "import sys; from pathlib import Path; from flows.lock import only_refresh\n"
        f"with only_refresh(Path({str(tmp_path / 'data')!r})):\n"
        "    print('held', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        yield process
        process.kill()


def test_a_second_refresh_says_so_within_a_second(
    documents: Path, tmp_path: Path, holder: subprocess.Popen[bytes]
) -> None:
    started = time.perf_counter()
    with pytest.raises(RefreshUnderWayError, match=str(holder.pid)):
        run(documents, tmp_path / "data")
    assert time.perf_counter() - started < 1


def test_the_lock_of_a_dead_process_is_taken_over(
    documents: Path, tmp_path: Path, holder: subprocess.Popen[bytes]
) -> None:
    holder.kill()
    holder.wait()
    assert run(documents, tmp_path / "data").published


# Places that cannot be written ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("room", [0, 200, 2_000, 20_000])
def test_a_full_disk_is_said_and_the_old_snapshot_stays(documents: Path, tmp_path: Path, room: int) -> None:
    data = tmp_path / "data"
    run(documents, data)
    before = current_name(data)
    (documents / "report 5.txt").write_text(f"{CLAIM} 505\n")
    # No file may grow beyond `room` bytes: the system then refuses to write, as a full disk does.
    code = f"""
import resource, sys
from pathlib import Path
from types import SimpleNamespace
from flows.refresh import refresh, rollback
from flows.refusals import RefreshError
resource.setrlimit(resource.RLIMIT_FSIZE, ({room}, {room}))
try:
    refresh([Path({str(documents)!r})], Path({str(data)!r}), 2, reader={FAKE_READER!r})
except RefreshError as error:
    print(error)
"""
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert "no space left" in told.stdout, told.stderr
    assert "as it was before" in told.stdout
    assert current_name(data) == before
    assert_whole(data)
    assert run(documents, data).statuses == {"ok": 6}


def test_a_disk_that_fills_up_while_the_snapshot_is_forced_to_disk(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    run(documents, data)
    before = current_name(data)
    (documents / "report 5.txt").write_text(f"{CLAIM} 505\n")

    def full(_: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("flows.snapshots.sync_file", full)
        with pytest.raises(RefreshError, match="no space left"):
            run(documents, data)
    assert current_name(data) == before
    assert [p.name for p in snapshots_folder(data).iterdir()] == [before]
    assert run(documents, data).published


@pytest.mark.parametrize("closed", [".", "dataset"])
def test_a_folder_that_may_not_be_written_is_said(documents: Path, closed: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        papers, data = shutil.copytree(documents, Path(place) / "papers"), Path(place) / "data"
        run(papers, data)
        (papers / "report 4.txt").unlink()
        for path in (Path(place), *Path(place).rglob("*")):
            if not path.is_symlink():
                path.chmod(0o555 if path.is_relative_to(data / closed) else 0o777)
        # To the superuser every folder is open: it becomes nobody, once it has all that it needs of its own library.
        code = f"""
import os, sys
sys.path.insert(0, {str(ROOT)!r})
from pathlib import Path
from flows.refresh import refresh
from flows.refusals import RefreshError
papers, data = Path({str(papers)!r}), Path({str(data)!r})
refresh([papers], Path({place!r}) / "warm", 1, reader={FAKE_READER!r})
if os.geteuid() == 0:
    os.setuid(65534)
try:
    refresh([papers], data, 1, reader={FAKE_READER!r})
except RefreshError as error:
    print(error)
"""
        told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
        assert "cannot be written" in told.stdout, told.stderr
        assert_whole(data)
        assert len(values(data)) == 5
        for folder, _, _ in os.walk(place):
            Path(folder).chmod(0o755)
        summary = run(papers, data)
        assert (summary.published, summary.changes) == (True, {"withdrawn": 1})


# Damage ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["cut", "altered", "removed", "nonsense"])
def test_a_damaged_snapshot_is_said_and_published_anew(documents: Path, tmp_path: Path, how: str) -> None:
    data = tmp_path / "data"
    name = run(documents, data).snapshot
    _damage(snapshots_folder(data) / name / "observations.parquet", how)
    summary = run(documents, data)
    assert summary.published
    assert summary.documents_read == 0
    assert any("damaged" in note for note in summary.notes)
    assert_whole(data)
    assert len(values(data)) == 5


@pytest.mark.parametrize("how", ["cut", "altered", "removed", "nonsense"])
def test_a_damaged_reading_is_read_again(documents: Path, tmp_path: Path, how: str) -> None:
    data = tmp_path / "data"
    run(documents, data)
    _damage(next(p for p in (data / "readings").rglob("*") if p.is_file()), how)
    (documents / "report 5.txt").write_text(f"{CLAIM} 505\n")
    summary = run(documents, data)
    assert summary.documents_read == 2
    assert summary.statuses == {"ok": 6}


@pytest.mark.parametrize("how", ["cut", "altered", "removed", "nonsense"])
def test_a_damaged_manifest_costs_a_second_look_and_no_row(documents: Path, tmp_path: Path, how: str) -> None:
    data = tmp_path / "data"
    run(documents, data)
    _damage(data / "manifest.jsonl", how)
    summary = run(documents, data)
    assert summary.documents_read == 0
    assert how == "removed" or any("manifest" in note for note in summary.notes)
    assert len(values(data)) == 5
    assert not run(documents, data).notes


def _damage(path: Path, how: str) -> None:
    data = path.read_bytes()
    if how == "removed":
        path.unlink()
    else:
        middle = len(data) // 2
        changed = data[:middle] + bytes([data[middle] ^ 0xFF]) + data[middle + 1 :]
        path.write_bytes({"cut": data[:middle], "altered": changed, "nonsense": b"\0\xff" * 40}[how])


@pytest.mark.parametrize("lost", ["current", "kpi.duckdb", "snapshots"])
def test_a_lost_part_of_the_dataset_is_made_anew(documents: Path, tmp_path: Path, lost: str) -> None:
    data = tmp_path / "data"
    run(documents, data)
    path = data / "dataset" / lost
    shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    run(documents, data)
    assert_whole(data)
    assert (data / "dataset" / "kpi.duckdb").is_file()
    assert len(values(data)) == 5


# Laws and clocks ------------------------------------------------------------------------------------------------------


def test_most_observations_lost_at_once_are_not_published_unless_accepted(documents: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    report = documents / "report 0.txt"
    report.write_text("".join(f"{CLAIM} {n}\n" for n in range(1000, 1200)))
    run(documents, data)
    assert len(values(data)) == 204
    # The same documents, by a reader that has broken.
    broken = {"reader": "tests.fake_reader:answer_nothing", "again": True}
    with pytest.raises(SnapshotRefusedError, match="204 observations before and 0 now"):
        refresh([documents], data, 2, **broken)  # type: ignore[arg-type]
    assert len(values(data)) == 204
    assert refresh([documents], data, 2, accept_loss=True, **broken).rows["observations"] == 0  # type: ignore[arg-type]


def test_a_clock_that_jumps_back_does_not_disturb_the_order_of_snapshots(tmp_path: Path) -> None:
    folder = snapshots_folder(tmp_path)
    now = dt.datetime(2026, 11, 22, 2, 0, 0, tzinfo=dt.UTC)
    names = []
    for clock in (now, now, now - dt.timedelta(days=400), now + dt.timedelta(days=1), now):
        names.append(next_name(tmp_path, clock))
        (folder / names[-1]).mkdir(parents=True)
    assert names == sorted(set(names))


class JumpingClock(dt.datetime):
    """A clock that says what it is told."""

    says = dt.datetime(2026, 11, 22, 2, tzinfo=dt.UTC)

    @classmethod
    def now(cls, tz: dt.tzinfo | None = None) -> JumpingClock:
        return cls.fromtimestamp(cls.says.timestamp(), tz)


def test_runs_under_a_clock_that_jumps_are_told_in_their_order(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for room in ("editions", "find_documents"):
        monkeypatch.setattr(
            f"flows.{room}.dt", SimpleNamespace(datetime=JumpingClock, UTC=dt.UTC, timedelta=dt.timedelta)
        )
    data = tmp_path / "data"
    names: list[str] = []
    for years, value in ((0, 601), (-16, 602), (40, 603), (0, 604)):
        monkeypatch.setattr(JumpingClock, "says", dt.datetime(2026 + years, 11, 22, 2, tzinfo=dt.UTC))
        (documents / "report 0.txt").write_text(f"{CLAIM} {value}\n")
        ahead = time.time() + years * 366 * 86400
        os.utime(documents / "report 0.txt", (max(ahead, 0), max(ahead, 0)))  # files are dated by the same clock
        summary = run(documents, data)
        assert (summary.published, summary.documents_read, summary.notes) == (True, 1 if names else 5, ())
        assert values(data)[-1] == value
        assert not names or summary.changes == {"restated": 1}
        names.append(summary.snapshot)
        assert not run(documents, data).published
    assert names == sorted(set(names))
    assert rollback(data) == names[-2]
    assert values(data)[-1] == 603
