"""What an orchestrator is handed: batches of documents, alarms, a page that tells of the night; none of it needs Prefect."""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.alarm import COMMAND, WEBHOOK, sound_alarm
from flows.batches import FEWEST_BATCHES, MOST_BYTES, MOST_DOCUMENTS, end_pools, in_batches, read_batch
from flows.one_refresh import Request, one_refresh
from flows.prefect_home import prefect_environment
from flows.progress import RefreshSummary, Trouble
from flows.refresh import refresh
from flows.summary_page import summary_to_markdown
from flows.tasks import Task
from schemas.records import PUBLISHED
from tests.fake_reader import FAKE_READER


def a_task(number: int, size: int) -> Task:
    return Task(f"{number:064x}", "", f"{number}", f"{number}", "s", None, size, None)


@given(st.lists(st.integers(0, 2 * MOST_BYTES), max_size=400))
def test_every_document_is_in_one_batch_of_bounded_size_the_largest_first(sizes: list[int]) -> None:
    tasks = [a_task(number, size) for number, size in enumerate(sizes)]
    batches = list(in_batches(tasks, Path("r"), "x:y"))
    dealt = [task for batch in batches for task in batch.tasks]
    assert sorted(dealt, key=lambda t: t.document_id) == tasks
    assert [t.bytes for t in dealt] == sorted(sizes, reverse=True)
    for batch in batches:
        assert len(batch.tasks) == 1 or sum(t.bytes for t in batch.tasks) <= MOST_BYTES
        assert len(batch.tasks) <= MOST_DOCUMENTS
    assert len(batches) >= min(len(tasks), FEWEST_BATCHES // 2)


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for number in range(40):
        (folder / f"report {number:02}.txt").write_text(f"cla_count E08000031 2023-03-31 {500 + number}\n")
    (folder / "broken.txt").write_text("raises an error\n")
    (folder / "killed.txt").write_text("killed from outside\n")
    return folder


def test_batches_read_side_by_side_publish_the_same_tables(documents: Path, tmp_path: Path) -> None:
    alone = refresh([documents], tmp_path / "alone", 2, reader=FAKE_READER)
    request = Request(tmp_path / "batched", [documents], reader=FAKE_READER)
    with one_refresh(request, lambda _: None) as run, ThreadPoolExecutor(3) as threads:
        for read in threads.map(read_batch, run.batches(run.find())):
            run.take(read)
        batched = run.publish()
    end_pools()
    assert batched.statuses == alone.statuses == {"ok": 40, "failed": 2}
    assert batched.documents_read == alone.documents_read
    for name in PUBLISHED:
        one, two = (
            pq.read_table(tmp_path / place / "dataset" / "current" / f"{name}.parquet")
            for place in ("alone", "batched")
        )
        if name == "documents":
            one, two = one.drop_columns(["retrieved_at"]), two.drop_columns(["retrieved_at"])
        assert one.equals(two), name
    assert not refresh([documents], tmp_path / "batched", 2, reader=FAKE_READER).published


def test_neither_prefect_nor_the_web_is_imported_where_it_is_not_used(documents: Path, tmp_path: Path) -> None:
    program = f"""
import sys
from pathlib import Path
import kpi.command_line
from flows.refresh import refresh
refresh([Path({str(documents)!r})], Path({str(tmp_path / "data")!r}), 1, reader={FAKE_READER!r})
print(sorted(m for m in ("prefect", "httpx", "protego", "distributed", "camelot") if m in sys.modules))
"""
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        timeout=100,
        check=True,
        cwd=Path(__file__).resolve().parents[1],
    )
    assert ran.stdout.strip() == "[]"


def test_prefect_keeps_to_itself_and_to_the_data_folder(tmp_path: Path) -> None:
    environment = prefect_environment(
        tmp_path, {"PREFECT_HOME": "/elsewhere", "PREFECT_SERVER_ANALYTICS_ENABLED": "true"}
    )
    assert environment["PREFECT_HOME"] == "/elsewhere"  # where somebody has settled that already
    assert prefect_environment(tmp_path, {})["PREFECT_HOME"] == str(tmp_path / ".prefect")
    assert environment["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert environment["DO_NOT_TRACK"] == "1"


# Alarms ---------------------------------------------------------------------------------------------------------------


def test_a_command_is_handed_the_message(tmp_path: Path) -> None:
    script = tmp_path / "tell.py"
    script.write_text(
        f"import os, sys; open({str(tmp_path / 'told')!r}, 'w').write(sys.stdin.read() + '|' + os.environ['KPI_MESSAGE'])"
    )
    assert sound_alarm("the night failed", {COMMAND: f'"{sys.executable}" "{script}"'}) == ()
    assert (tmp_path / "told").read_text() == "the night failed|the night failed"


def test_a_command_that_fails_is_said_and_raises_nothing() -> None:
    (words,) = sound_alarm("the night failed", {COMMAND: "exit 3"})
    assert "code 3" in words


def test_a_webhook_is_posted_the_message() -> None:
    posted = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(500 if len(posted) > 1 else 204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    hook = {WEBHOOK: f"http://127.0.0.1:{server.server_address[1]}/hook"}
    try:
        assert sound_alarm("the night failed", hook) == ()
        assert sound_alarm("and failed", hook) == ("the message about the failure could not be posted",)
    finally:
        server.shutdown()
        server.server_close()
    assert posted == [{"text": "the night failed"}, {"text": "and failed"}]


# The page -------------------------------------------------------------------------------------------------------------


def a_summary(**more: object) -> RefreshSummary:
    values: dict[str, object] = {
        "snapshot": "20260101T020000Z",
        "published": True,
        "documents_read": 3,
        "pages_read": 1200,
        "statuses": {"ok": 2, "failed": 1},
        "troubles": (Trouble("https://example.org/a|b_c.pdf", "failed", "not_retrieved", "the server answered 500"),),
        "rows": {"observations": 12345},
        "dispositions": {"observation": 10, "ambiguous": 1},
        "changes": {"added": 3, "withdrawn": 0},
        "seconds": 12.3,
        "steps": {"find": 1.0},
    }  # fmt: skip
    return RefreshSummary(**(values | more))  # type: ignore[arg-type]


def test_the_page_leads_with_what_changed() -> None:
    lines = [line for line in summary_to_markdown(a_summary()).splitlines() if line]
    assert lines[0] == "# Snapshot 20260101T020000Z"
    assert lines[1] == "**Since the snapshot before:**"
    assert lines[4].startswith("| added | 3 |")
    assert "withdrawn" not in "\n".join(lines)
    assert "| observations | 12,345 |" in lines


def test_a_night_with_nothing_new_says_so() -> None:
    assert "Nothing is new" in summary_to_markdown(a_summary(published=False, changes={}))
    assert "no stated figure differs" in summary_to_markdown(a_summary(changes={"added": 0}))


def test_words_of_documents_and_addresses_end_no_cell_and_make_no_link() -> None:
    page = summary_to_markdown(a_summary(notes=("see [here](javascript:x)\n# not a heading",)))
    assert "| https://example.org/a\\|b\\_c.pdf | failed |" in page
    assert "- see \\[here\\](javascript:x) # not a heading" in page


def test_many_documents_in_trouble_are_counted_not_listed() -> None:
    troubles = tuple(Trouble(f"{number}.pdf", "failed", "damaged", "") for number in range(100))
    assert "and 70 more" in summary_to_markdown(a_summary(troubles=troubles))
