"""Tables are read in a process of their own: a page that hangs it costs that page's tables, and the rest is kept."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from dataclasses import replace

import pytest

from flows.child import Limits, Say
from flows.page_reader import PageReader
from flows.table_reader import TABLES, table_reader
from schemas.records import Page, Table

LIMITS = Limits(cpu_seconds=0.4, wall_seconds=5.0, memory_bytes=200 * 2**20)
WORK = replace(TABLES, function="tests.test_table_reader:answer_pages", page=LIMITS)


def page(number: int, text: str = "") -> Page:
    """A page that says what is to happen to its reader."""
    return Page(number, 595.0, 842.0, text, (), ())


def answer_pages(question: tuple[bytes, tuple[Page, ...]], say: Say) -> None:
    """One table for each page, named after the process that read it; or the fault that the page's text names."""
    for each in question[1]:
        if each.text == "spins":
            while True:
                pass
        elif each.text == "works":
            _work(0.25)
        elif each.text == "eats":
            held = []
            while True:
                held.append(b"x" * 2**20)
        elif each.text == "crashes":
            os.kill(os.getpid(), signal.SIGSEGV)
        elif each.text == "raises":
            raise ValueError
        say(((Table((), 0, 0, page=each.number, caption=str(os.getpid())),), ()))


def _work(seconds: float) -> None:
    import time

    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


@pytest.fixture
def reader() -> Iterator[PageReader[Table]]:
    """A reader with tight limits."""
    tables = table_reader(WORK)
    yield tables
    tables.close()


def read(reader: PageReader[Table], *texts: str) -> tuple[list[int | None], list[tuple[str, int | None]]]:
    """Pages whose tables were read, and issues."""
    tables, issues = reader.read(b"", [page(n, text) for n, text in enumerate(texts, 1)])
    return [t.page for t in tables], [(i.code, i.page) for i in issues]


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("spins", "table_timed_out"),
        ("eats", "table_failed"),
        ("crashes", "table_failed"),
        ("raises", "table_failed"),
    ],
)
def test_a_page_that_breaks_the_reader_costs_its_own_tables_only(
    reader: PageReader[Table], fault: str, code: str
) -> None:
    assert read(reader, "", fault, "", "") == ([1, 3, 4], [(code, 2)])


def test_after_two_stopped_pages_the_others_are_given_up(reader: PageReader[Table]) -> None:
    pages, issues = read(reader, "", "spins", "", "spins", "", "")
    assert pages == [1, 3]
    assert [number for _, number in issues] == [2, 4, 5, 6]


def test_a_document_of_endless_work_is_given_up_page_by_page_within_the_limit() -> None:
    reader = table_reader(replace(WORK, cpu_seconds=0.6))
    pages, issues = read(reader, *["works"] * 8)
    reader.close()
    assert 2 <= len(pages) <= 3
    assert len(pages) + len(issues) == 8


def test_the_process_is_kept_from_document_to_document_and_replaced_after_a_stop(reader: PageReader[Table]) -> None:
    def pid() -> str | None:
        ((table,), _) = reader.read(b"", [page(1)])
        return table.caption

    first = pid()
    assert pid() == first
    read(reader, "crashes")
    assert pid() != first


def test_no_pages_start_no_process(reader: PageReader[Table]) -> None:
    assert reader.read(b"", []) == ((), ())
    assert reader._child is None
