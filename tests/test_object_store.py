"""A data folder in an object store: the same tables as in a folder, swapped by one object, one writer at a time.

The server is a real one on loopback (`tests.object_server`); several working copies play several machines.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from flows import lease
from flows.lease import only_lease
from flows.object_store import ObjectStore
from flows.progress import RefreshSummary
from flows.refresh import refresh, rollback
from flows.refusals import RefreshError, RefreshUnderWayError
from queries.dataset import DatasetError, open_dataset
from queries.evidence import document_bytes
from schemas.places import place_to_address
from schemas.records import PUBLISHED
from tests.fake_reader import FAKE_READER
from tests.object_server import need_s3, new_bucket, s3_server

ROOT = Path(__file__).resolve().parents[1]
CLAIM = "cla_count E08000031 2023-03-31"
KILL_POINTS = int(os.environ.get("KILL_POINTS", "4"))

Machine = Callable[[str], None]


@pytest.fixture(scope="module")
def server() -> Iterator[None]:
    """The server, to which the environment leads meanwhile."""
    need_s3()
    with pytest.MonkeyPatch.context() as patch, s3_server() as environment:
        for name, value in environment.items():
            patch.setenv(name, value)
        yield


@pytest.fixture
def machine(server: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """Be another machine: one with that name's working copies."""

    def be(name: str) -> None:
        monkeypatch.setenv("KPI_CACHE", str(tmp_path / name))

    be("one machine")
    return be


@pytest.fixture
def address(machine: Machine) -> str:
    """An address where nothing is yet."""
    return f"{new_bucket()}/council/data"


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """Five documents, a figure in each."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(5):
        (folder / f"report {number}.txt").write_text(f"{CLAIM} {500 + number}\n")
    return folder


def run(documents: Path, place: str, **more: object) -> RefreshSummary:
    """A refresh with the tests' reader; the place as the command line hands it on."""
    return refresh([documents], Path(place), 1, reader=FAKE_READER, **more)  # type: ignore[arg-type]


def values(address: str) -> list[float]:
    """The figures that a reader of another machine finds; reads every column of every row."""
    return sorted(open_dataset(address).table("SELECT * FROM observations").column("value").to_pylist())


def test_an_address_is_told_from_a_folder() -> None:
    assert place_to_address(Path("s3://bucket/a/b/")) == "s3://bucket/a/b"
    assert place_to_address("gs://bucket") == "gs://bucket"
    for folder in ("data", "/srv/kpi/data", "C:/kpi/data", "C:\\kpi", "./s3", "s3"):
        assert place_to_address(Path(folder)) is None


def test_the_tables_are_those_of_a_folder(documents: Path, address: str, tmp_path: Path) -> None:
    run(documents, address)
    run(documents, str(tmp_path / "folder"))
    for name in PUBLISHED:
        one, two = (
            pq.read_table(place / f"{name}.parquet")
            for place in (open_dataset(address).snapshot, tmp_path / "folder" / "dataset" / "current")
        )
        if name == "documents":
            one, two = one.drop_columns(["retrieved_at"]), two.drop_columns(["retrieved_at"])
        assert one.equals(two), name


def test_a_night_with_nothing_new_writes_nothing_but_its_lease(documents: Path, address: str) -> None:
    run(documents, address)
    before = ObjectStore(address).seen()
    assert not run(documents, address).published
    after = ObjectStore(address).seen()
    assert {n: s for n, s in after.items() if not n.startswith("lease/")} == {
        n: s for n, s in before.items() if not n.startswith("lease/")
    }
    assert len([name for name in after if name.startswith("lease/")]) == 1


def test_another_machine_goes_on_from_what_is_there(documents: Path, address: str, machine: Machine) -> None:
    run(documents, address)
    machine("another machine")
    summary = run(documents, address)
    assert (summary.published, summary.documents_read) == (False, 0)
    (documents / "report 5.txt").write_text(f"{CLAIM} 505\n")
    (documents / "report 0.txt").unlink()
    assert run(documents, address).changes == {"added": 1, "withdrawn": 1}
    machine("one machine")
    summary = run(documents, address)
    assert (summary.published, summary.documents_read) == (False, 0)
    assert values(address) == [500.0, 501.0, 502.0, 503.0, 504.0, 505.0]


def test_old_snapshots_go_and_a_rollback_is_seen_by_all(documents: Path, address: str, machine: Machine) -> None:
    names = []
    for number in range(3):
        (documents / "report 9.txt").write_text(f"{CLAIM} {900 + number}\n")
        names.append(run(documents, address, keep=2).snapshot)
    objects = ObjectStore(address).seen("dataset/snapshots/")
    assert {name.split("/")[2] for name in objects} == set(names[-2:])
    machine("another machine")
    assert rollback(Path(address)) == names[-2]
    machine("one machine")
    assert open_dataset(address).snapshot.name == names[-2]
    assert not run(documents, address).published


def test_what_people_put_there_counts_and_is_never_written(documents: Path, address: str, machine: Machine) -> None:
    registry = f"sources:\n  - {{id: share, kind: folder, address: {str(documents)!r}, enabled: true}}\n"
    store = ObjectStore(address)
    store.put("sources.yaml", registry.encode())
    refresh([], Path(address), 1, reader=FAKE_READER)
    assert len(values(address)) == 5
    machine("another machine")
    store.put("sources.yaml", registry.replace("share", "drive").encode())
    refresh([], Path(address), 1, reader=FAKE_READER)
    sources = open_dataset(address).table("SELECT DISTINCT source FROM documents").column(0).to_pylist()
    assert [str(source) for source in sources] == ["drive"]
    assert store.get("sources.yaml") == registry.replace("share", "drive").encode()


def test_a_data_folder_that_is_copied_to_a_store_is_published_there_without_reading_it_again(
    documents: Path, address: str, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    run(documents, str(folder))
    files = [p for p in folder.rglob("*") if p.is_file() and "dataset" not in p.parts and not p.name.startswith(".")]
    ObjectStore(address).put_files([path.relative_to(folder).as_posix() for path in files], folder)
    summary = run(documents, address)
    assert (summary.published, summary.documents_read) == (True, 0)
    assert len(values(address)) == 5


# Two at once ----------------------------------------------------------------------------------------------------------


def test_a_second_refresh_from_another_machine_says_so_within_a_second(
    documents: Path, address: str, machine: Machine
) -> None:
    run(documents, address)
    machine("another machine")
    with only_lease(ObjectStore(address), "somebody else's working copy"):
        started = time.perf_counter()
        with pytest.raises(RefreshUnderWayError, match=f"process {os.getpid()} on "):
            run(documents, address)
        assert time.perf_counter() - started < 1
    assert not run(documents, address).published


def test_of_two_that_take_a_lease_at_once_one_gets_it(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = ObjectStore(address)
    with only_lease(store, "one"), monkeypatch.context() as patch:
        patch.setattr(lease, "_last", lambda _: None)  # as it was when both looked
        with pytest.raises(RefreshUnderWayError), only_lease(store, "two"):
            pass


def test_a_lease_that_nobody_renews_is_taken_over_and_its_holder_publishes_no_more(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ObjectStore(address)
    monkeypatch.setattr(lease, "DEAD_SECONDS", -1.0)  # the store's clock has whole seconds
    with only_lease(store, "asleep") as asleep:
        asleep.check()
        with only_lease(store, "awake") as awake:
            awake.check()
            with pytest.raises(RefreshUnderWayError, match="taken over"):
                asleep.check()
        with pytest.raises(RefreshUnderWayError, match="taken over"):
            asleep.check()


def test_a_lease_is_renewed_for_as_long_as_it_is_held(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = ObjectStore(address)
    monkeypatch.setattr(lease, "RENEW_SECONDS", 0.01)
    renewed = []
    monkeypatch.setattr(store, "put", lambda name, _: renewed.append(name))
    with only_lease(store, "copy"):
        until = time.monotonic() + 10
        while len(renewed) < 2 and time.monotonic() < until:
            time.sleep(0.01)
    assert set(renewed) == {"lease/00000001"}


# Killed ---------------------------------------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from pathlib import Path
from flows import object_store
from flows.refresh import refresh

documents, address, fatal, reader = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
asked = 0

def counted(method):
    def ask(*arguments, **more):
        global asked
        asked += 1
        if asked == fatal:
            os.kill(os.getpid(), signal.SIGKILL)
        return method(*arguments, **more)
    return ask

object_store.AT_ONCE = 1
for name in ("get", "get_files", "put", "put_files", "create", "remove"):
    setattr(object_store.ObjectStore, name, counted(getattr(object_store.ObjectStore, name)))
parts = object_store._in_parts
object_store._in_parts = lambda names: (counted(lambda part: part)(part) for part in parts(names))
refresh([documents], Path(address), 1, reader=reader)
print(asked)
"""


def _killed_refresh(documents: Path, address: str, point: int) -> str:
    """A refresh that ends itself, as by kill -9, the nth time that it turns to the store; what it printed."""
    told = subprocess.run(
        [sys.executable, "-c", KILLED, str(documents), address, str(point), FAKE_READER],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert told.returncode == (-signal.SIGKILL if point else 0), told.stderr
    return told.stdout


def _copied(address: str) -> str:
    """All that is at an address, at a new one."""
    store, copy = ObjectStore(address), ObjectStore(f"{new_bucket()}/copy")
    for name in store.seen():
        copy.put(name, store.get(name) or b"")
    return copy.address


def test_killed_at_any_point_leaves_readers_the_old_snapshot_or_the_new_one(documents: Path, address: str) -> None:
    run(documents, address)
    (documents / "report 5.txt").write_text(f"{CLAIM} 505\n")
    old = [500.0 + number for number in range(5)]
    new = [*old, 505.0]
    asked = int(_killed_refresh(documents, _copied(address), 0))
    ends = set()
    for point in sorted(random.Random(20261122).sample(range(1, asked - 1), min(KILL_POINTS // 2, asked - 2))):
        killed = _copied(address)
        _killed_refresh(documents, killed, point)
        assert values(killed) in (old, new), point
        ends.add(len(values(killed)))
        if point % 2:
            shutil.rmtree(os.environ["KPI_CACHE"])  # the machine is lost, with what it had made
            _let_go(killed)
        assert run(documents, killed).statuses == {"ok": 6}, point
        assert values(killed) == new
        assert not run(documents, killed).published
    assert len(old) in ends


def _let_go(address: str) -> None:
    """Wait for the end of the lease of a machine that was lost, ten minutes in truth."""
    store = ObjectStore(address)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lease, "DEAD_SECONDS", -1.0)
        with only_lease(store, "whoever comes next"):
            pass


# Faults ---------------------------------------------------------------------------------------------------------------


def test_a_working_copy_that_was_lost_or_altered_costs_nothing(documents: Path, address: str) -> None:
    run(documents, address)
    cache = Path(os.environ["KPI_CACHE"])
    for path in cache.rglob("*"):
        if path.is_file() and not path.is_symlink():
            path.write_bytes(b"\0nonsense")
    summary = run(documents, address)
    assert summary.documents_read == 0
    assert values(address) == [500.0 + number for number in range(5)]


def test_an_altered_table_in_the_store_is_said_to_readers_and_published_anew(
    documents: Path, address: str, machine: Machine
) -> None:
    name = run(documents, address).snapshot
    ObjectStore(address).put(f"dataset/snapshots/{name}/observations.parquet", b"nonsense")
    with pytest.raises(DatasetError, match="altered"):
        open_dataset(address)
    summary = run(documents, address)
    assert summary.published
    assert any("damaged" in note for note in summary.notes)
    assert len(values(address)) == 5


def test_a_bucket_that_is_not_there_is_said(documents: Path, machine: Machine) -> None:
    with pytest.raises(RefreshError, match="kpi-nowhere"):
        run(documents, "s3://kpi-nowhere/data")
    with pytest.raises(DatasetError, match="no published dataset"):
        open_dataset("s3://kpi-nowhere/data")


def test_a_store_that_does_not_answer_is_said(
    documents: Path, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    with pytest.raises(RefreshError, match="cannot be read or written"):
        run(documents, "s3://bucket/data")


def test_a_kept_document_is_at_hand_for_evidence(documents: Path, address: str, tmp_path: Path) -> None:
    run(documents, address)
    dataset = open_dataset(address)
    (document_id,) = dataset.table("SELECT document_id FROM documents LIMIT 1").column(0).to_pylist()
    text = next(path for path in documents.iterdir()).parent
    shutil.rmtree(text)
    assert document_bytes(dataset, document_id) is None
    ObjectStore(address).put(f"raw/{document_id[:2]}/{document_id}", b"bytes")
    assert document_bytes(dataset, document_id) == b"bytes"
