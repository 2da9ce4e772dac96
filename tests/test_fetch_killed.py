"""kill -9 while documents are being fetched from a real server on loopback: the raw store and the manifest are whole, and the
next run asks only for what had not come.

`KILL_POINTS` in the environment says at how many points: 4 where it does not, every one that there is where it is 1000.
"""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from flows.code_version import publishing_version, reading_version
from flows.manifest import read_manifest
from flows.progress import RefreshSummary
from flows.raw_store import LOG, RawStore
from flows.refresh import refresh
from flows.visits import visit_sources
from tests.fake_reader import FAKE_READER
from tests.web_server import Page, Site, hurried, ofsted_page, served

ROOT = Path(__file__).resolve().parents[1]
KILL_POINTS = int(os.environ.get("KILL_POINTS", "4"))
DOCUMENTS = 6
VALUES = [500.0 + number for number in range(DOCUMENTS)]


@pytest.fixture(autouse=True)
def _same_code() -> None:
    """The code's version is looked up once: a change to it while tests run is not what they are about."""
    reading_version()
    publishing_version()


@pytest.fixture
def site() -> Iterator[Site]:
    """A page that leads to documents of some hundred kilobytes, a figure in each."""
    padding = "nothing else is said here\n" * 8_000
    pages = {"/provider/44": ofsted_page("Dudley", {f"/v1/file/{n}": f"Report {n}, pdf" for n in range(DOCUMENTS)})}
    for number in range(DOCUMENTS):
        text = f"cla_count E08000027 2023-03-31 {500 + number}\n{padding}"
        pages[f"/v1/file/{number}"] = Page(text.encode(), "text/plain")
    with served(Site(pages)) as site:
        yield site


@pytest.fixture
def registry(site: Site, tmp_path: Path) -> Path:
    """The site's page as a source."""
    path = tmp_path / "registry.yaml"
    path.write_text(
        "sources:\n"
        f"  - {{id: ofsted, kind: page, address: {site.root}/provider/44, networks: [127.0.0.1/32], enabled: true,\n"
        "     documents: {address: /v1/file/}}\n",
        encoding="utf-8",
    )
    return path


def run(data: Path, registry: Path) -> RefreshSummary:
    """The run after: the tests' reader, and no waiting."""
    visit = partial(visit_sources, way=hurried)
    return refresh([], data, 1, registry=registry, reader=FAKE_READER, visit=visit)


def start(registry: Path, data: Path, point: int = 0) -> subprocess.Popen[str]:
    """A refresh in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.killed_refresh", str(registry), str(data), str(point)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def assert_kept_whole(data: Path) -> set[str]:
    """All that is in the raw store and its memory is whole, or plainly unfinished; the addresses whose bytes had come."""
    for path in (data / "raw").glob("??/*"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == path.name
    _, torn = read_manifest(data)
    assert torn == 0
    store = RawStore(data)
    logged = store.logged()
    lines = (store.folder / LOG).read_bytes().splitlines() if (store.folder / LOG).exists() else []
    assert len(logged) >= len(lines) - 1  # the last line may be torn
    return {location for location, one in logged.items() if one.document_id}


def assert_finished(data: Path, registry: Path, site: Site, had: set[str]) -> None:
    """The next run finishes: what had come is asked for only if it has changed, and is not sent again."""
    site.forget()
    assert run(data, registry).statuses == {"ok": DOCUMENTS}
    asked = {site.root + one.path: one for one in site.forget()}
    assert all(asked[location].conditional and asked[location].status == 304 for location in had if location in asked)
    assert assert_kept_whole(data) == {f"{site.root}/v1/file/{number}" for number in range(DOCUMENTS)}
    assert not [path for path in (data / "raw").iterdir() if path.name.startswith(".")]
    table = pq.read_table(data / "dataset" / "current" / "observations.parquet")
    assert sorted(table.column("value").to_pylist()) == VALUES


def test_killed_at_any_point_of_fetching_what_came_is_whole_and_does_not_come_again(
    site: Site, registry: Path, tmp_path: Path
) -> None:
    whole = start(registry, tmp_path / "whole")
    told, _ = whole.communicate(timeout=120)
    finding = int(told.split()[0])
    came = set()
    points = random.Random(20261122).sample(range(1, finding + 1), min(max(KILL_POINTS // 2, 2), finding))
    for point in sorted(points):
        data = tmp_path / f"killed {point}"
        killed = start(registry, data, point)
        _, errors = killed.communicate(timeout=120)
        assert killed.returncode == -signal.SIGKILL, errors
        had = assert_kept_whole(data)
        came.add(len(had))
        assert_finished(data, registry, site, had)
        shutil.rmtree(data)
    assert max(came) > 0


@pytest.mark.parametrize("number", [0, 3])
def test_killed_in_the_middle_of_a_body_nothing_of_it_is_kept(
    site: Site, registry: Path, tmp_path: Path, number: int
) -> None:
    running: list[subprocess.Popen[str]] = []
    address = f"/v1/file/{number}"
    page = site.pages[address]
    site.pages[address] = replace(page, halfway=lambda: running[0].kill())
    running.append(start(registry, tmp_path / "data"))
    running[0].communicate(timeout=120)
    assert running[0].returncode == -signal.SIGKILL
    assert not (tmp_path / "data" / "dataset").exists()
    had = assert_kept_whole(tmp_path / "data")
    assert len(had) == number
    site.pages[address] = page
    assert_finished(tmp_path / "data", registry, site, had)
