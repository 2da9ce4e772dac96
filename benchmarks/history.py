"""What was measured, kept: a line of JSON a run in benchmarks/history.jsonl, and the tables in docs/ between two marks."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.measured import ROOT

HISTORY = ROOT / "benchmarks" / "history.jsonl"
_TOLD_LIBRARIES = ("pypdfium2", "camelot-py", "pyarrow", "duckdb", "pdfplumber", "docling", "docling-parse")


@dataclass(frozen=True, slots=True)
class Record:
    """When, on what machine and of which commit something was measured."""

    day: str
    machine: str
    commit: str


def append_history(kind: str, measured: Mapping[str, object]) -> Record:
    """Append a run to the history; nothing in it tells a path of this machine."""
    record = Record(dt.datetime.now(dt.UTC).strftime("%d %B %Y").lstrip("0"), describe_machine(), _commit())
    line = {
        "kind": kind,
        "at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "commit": record.commit,
        "machine": record.machine,
        "load_before": round(os.getloadavg()[0], 1),
        "libraries": {name: told for name in _TOLD_LIBRARIES if (told := _version(name))},
        **measured,
    }
    with open(HISTORY, "a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
    return record


def describe_machine() -> str:
    """The class of machine, as far as costs depend on it."""
    return f"{os.cpu_count()} processors ({platform.machine()}), Python {platform.python_version()}"


def write_between(page: Path, name: str, text: str) -> None:
    """Replace what stands on a page between `<!-- name -->` and `<!-- /name -->`; raises ValueError where they are not."""
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, found, rest = page.read_text(encoding="utf-8").partition(start)
    _, found_end, after = rest.partition(end)
    if not found or not found_end:
        raise ValueError(f"{page.name} has no {start} ... {end}")
    page.write_text(f"{before}{start}\n{text}\n{end}{after}", encoding="utf-8")


def _commit() -> str:
    done = subprocess.run(
        ["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    )
    return done.stdout.strip() or "unknown"


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None
