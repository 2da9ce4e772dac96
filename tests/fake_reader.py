"""Readers for tests of the flow: plain text with one figure a line, and documents that hang, crash or eat memory.

A line `cla_count E08000031 2023-03-31 501` is an observation; any other number on a line is in the ledger as a date. A
document whose first word is the name of a fault has that fault.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import signal
from collections.abc import Callable
from pathlib import Path

from flows.child import Limits, Say
from flows.document_rows import DocumentRows, failed_rows
from flows.read_documents import Read
from flows.readings import rows_to_bytes
from flows.tasks import Task
from schemas.records import Figure, Observation

FAKE_READER = "tests.fake_reader:answer_task"
MEGABYTE = 2**20


def tight_limits(_: Task) -> Limits:
    """Limits that a fault passes within a second."""
    return Limits(cpu_seconds=0.5, wall_seconds=1.0, memory_bytes=300 * MEGABYTE)


def answer_task(task: Task, _: Say) -> Read:
    """Read a document of the tests, or fall over it."""
    text = Path(task.path).read_text(encoding="utf-8")
    words = text.split()
    if words and words[0] in FAULTS:
        FAULTS[words[0]](task)
    rows = text_to_rows(task, text)
    return Read(rows_to_bytes(rows), rows.document.status, 1, rows.stages)


def answer_what_was_brought(task: Task, say: Say) -> Read:
    """A reader on a machine that sees nothing of the folder where the document was found."""
    if "documents" in Path(task.path).parts:
        raise FileNotFoundError(task.path)
    text = Path(task.path).read_text(encoding="utf-8")
    Path(task.path).write_text(text.removeprefix("orphans"), encoding="utf-8")  # it was killed once, which is enough
    return answer_task(task, say)


def answer_nothing(task: Task, _: Say) -> Read:
    """A reader that has broken: it finds no figure in any document."""
    rows = text_to_rows(task, "")
    return Read(rows_to_bytes(rows), rows.document.status, 1, rows.stages)


def text_to_rows(task: Task, text: str) -> DocumentRows:
    """The rows of one document of the tests."""
    from dataclasses import replace

    observations, figures = [], []
    for line in text.splitlines():
        parts = line.split()
        if len(parts) == 4:
            observations.append(_observation(task, *parts))
            figures.append(_figure(task, parts[3], observations[-1].observation_id))
        else:
            figures += [_figure(task, word, None) for word in parts if word.isdigit()]
    document = replace(
        failed_rows(task, "", "").document,
        title=task.name,
        status="ok",
        reason=None,
        detail=None,
        media_type="text/plain",
        numbers=len(figures),
        seconds=0.001,
    )
    return DocumentRows(document, tuple(observations), tuple(figures), (), (("read", 0.001),))


def _observation(task: Task, indicator: str, area: str, period: str, value: str) -> Observation:
    claim = "|".join((task.document_id, indicator, area, period, value))
    day = dt.date.fromisoformat(period)
    return Observation(
        observation_id=hashlib.sha256(claim.encode()).hexdigest()[:24],
        document_id=task.document_id,
        indicator=indicator,
        area_code=area,
        area_name=area,
        area_kind="authority",
        subject_code=area,
        period=period,
        period_start=day,
        period_end=day,
        kind="actual",
        value=float(value),
        unit="count",
        value_text=value,
        approximation="exact",
        page=None,
        x0=None,
        y0=None,
        x1=None,
        y1=None,
        quote=f"There were {value}.",
        place="sentence",
        confidence=0.9,
        checks=(),
        extractor="tests",
        variant=None,
        construction="plain",
    )


def _figure(task: Task, text: str, observation_id: str | None) -> Figure:
    return Figure(
        document_id=task.document_id,
        page=None,
        position=None,
        value_text=text,
        value=float(text),
        quote=text,
        box=None,
        disposition="observation" if observation_id else "date",
        observation_id=observation_id,
    )


def _spin(_: Task) -> None:
    while True:
        pass


def _wait(_: Task) -> None:
    signal.pause()


def _eat(_: Task) -> None:
    held = []
    while True:
        held.append(bytearray(os.urandom(8 * 1024)) * (8 * 1024))


def _crash(_: Task) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _leave(_: Task) -> None:
    os._exit(7)


def _raise(_: Task) -> None:
    raise ValueError("a page tree that bites its tail")


def _killed(task: Task) -> None:
    if not Path(task.path).with_suffix(".mark").exists():
        os.kill(os.getpid(), signal.SIGKILL)


def _orphan(task: Task) -> None:
    """Kill whoever reads documents in this process, once: another machine's worker, in the middle of its batch."""
    mark = Path(task.path).with_suffix(".mark")
    if not mark.exists():
        mark.touch()
        os.kill(os.getppid(), signal.SIGKILL)
        signal.pause()


FAULTS: dict[str, Callable[[Task], None]] = {
    "orphans": _orphan,
    "spins": _spin,
    "waits": _wait,
    "eats": _eat,
    "crashes": _crash,
    "leaves": _leave,
    "raises": _raise,
    "killed": _killed,
}
