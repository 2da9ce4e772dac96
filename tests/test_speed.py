"""Speed, guarded without a clock's noise: by counts of what is done, and by ratios of processor time.

The ratio cannot fail from noise alone. It is one of processor times, so that waiting for a busy machine does not count; what
other programs do to caches and clock rates slows both sides, which run turn by turn; each side is the least of several turns,
and a disturbance only ever adds; and the limit is two and a half times what was measured when it was set.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from extractors.pdf_tables import screened_pages
from extractors.pdf_text import pdf_to_reading
from flows.read_document import read_document
from flows.tasks import Task
from schemas.records import Issue, Page, Table

SAMPLES = Path(__file__).resolve().parents[1] / "data" / "samples"
PDFS = sorted(SAMPLES.glob("*.pdf"))
TURNS = 7
MOST_TIMES_THE_FLOOR = 45.0
"""Times the processor time of the raw text of the samples' pages, which are few and full of figures and tables (17 when this
was set, on a busy machine as on an idle one; of Ofsted's reports less than half of it: docs/performance.md)."""

Tables = tuple[tuple[Table, ...], tuple[Issue, ...]]


def raw_text(documents: Sequence[bytes]) -> None:
    """The floor: every page's text, as pdfium gives it."""
    for data in documents:
        with pypdfium2.PdfDocument(data) as document:
            for page in document:
                text = page.get_textpage()
                text.get_text_range()
                text.close()
                page.close()


def no_tables(data: bytes, pages: Sequence[Page]) -> Tables:
    """The slow reader of tables, left out."""
    return (), ()


def task_of(path: Path, data: bytes) -> Task:
    return Task(hashlib.sha256(data).hexdigest(), str(path), path.name, path.name, None, None, len(data), None)


def processor_seconds(work: Callable[[], None]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def test_reading_takes_no_more_times_the_raw_text_than_it_did() -> None:
    documents = [(task_of(path, path.read_bytes()), path.read_bytes()) for path in PDFS]

    def read() -> None:
        for task, data in documents:
            assert read_document(data, task, no_tables).document.status == "ok"

    def floor() -> None:
        for _ in range(5):  # long enough for the clock of processor time
            raw_text([data for _, data in documents])

    read()  # lookups are loaded, patterns compiled
    turns = [(processor_seconds(read), processor_seconds(floor) / 5) for _ in range(TURNS)]
    times = min(reading for reading, _ in turns) / min(text for _, text in turns)
    assert times < MOST_TIMES_THE_FLOOR, f"reading takes {times:.0f} times the processor time of the raw text"


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_a_document_is_opened_once_and_its_text_taken_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    done = {"opened": 0, "texts": 0}
    opens, loads = pypdfium2.PdfDocument, pdfium.FPDFText_LoadPage

    def opened(data: bytes) -> object:
        done["opened"] += 1
        return opens(data)

    def loaded(page: object) -> object:
        done["texts"] += 1
        return loads(page)

    monkeypatch.setattr("extractors.pdf_text.pypdfium2.PdfDocument", opened)
    monkeypatch.setattr("extractors.pdf_characters.pdfium.FPDFText_LoadPage", loaded)
    data = path.read_bytes()
    pages = read_document(data, task_of(path, data), no_tables).document.pages
    assert done == {"opened": 1, "texts": pages}


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.name)
def test_tables_are_read_once_and_on_screened_pages_only(path: Path) -> None:
    asked: list[tuple[int, ...]] = []

    def read_tables(data: bytes, pages: Sequence[Page]) -> Tables:
        asked.append(tuple(page.number for page in pages))
        return (), ()

    data = path.read_bytes()
    read_document(data, task_of(path, data), read_tables)
    screened = screened_pages(pdf_to_reading(data))
    assert asked == ([screened] if screened else [])
