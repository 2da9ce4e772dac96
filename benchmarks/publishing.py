"""What a snapshot of millions of observations costs: `python -m benchmarks.publishing [--documents 100000] [--rows 100]`.

Makes up a data folder whose documents have all been read (`benchmarks.simulated`), publishes it by an ordinary refresh, and
refreshes it once more when nothing has changed. The bars: 10 million observations in 90 s within 4 GB; no change in 100,000
documents in 60 s.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.history import append_history, write_between
from benchmarks.measured import ROOT, Cost, run_measured

PAGE = ROOT / "docs" / "scale.md"


def to_markdown(told: str, documents: int, costs: Sequence[Cost], bytes_: int) -> str:
    """The table of docs/scale.md."""
    lines = [
        told,
        "",
        "| | Documents | Observations | Rows of the ledger | Seconds | CPU seconds | Largest process, MB |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for name, cost in zip(("first snapshot", "nothing changed"), costs, strict=True):
        lines.append(
            f"| {name} | {documents:,} | {int(cost.number('observations')):,} | {int(cost.number('figures')):,} "
            f"| {cost.wall:,.1f} | {cost.cpu:,.1f} | {cost.peak_bytes / 2**20:,.0f} |"
        )
    return "\n".join([*lines, "", f"The snapshot takes {bytes_ / 2**20:,.0f} MB on disk."])


def main(words: Sequence[str]) -> None:
    """Make up, publish, look again; print and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--rows", type=int, default=100, help="observations of each document")
    parser.add_argument("--keep", type=Path, help="a folder to make it in, and to leave it in")
    parser.add_argument("--only-print", action="store_true", help="leave history and docs as they are")
    asked = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="publishing-") as place:
        work = asked.keep or Path(place)
        documents, data = work / "documents", work / "data"
        if not data.exists():
            from benchmarks.simulated import make_data_folder

            start = time.perf_counter()
            make_data_folder(documents, data, asked.documents, asked.rows)
            print(f"made up in {time.perf_counter() - start:,.0f} s", flush=True)
        wanted = work / "wanted.json"
        wanted.write_text(json.dumps([[str(documents), []]]), encoding="utf-8")
        costs = []
        for _ in range(2):
            costs.append(run_measured("benchmarks.contenders", ["pipeline", str(wanted), str(data)]))
            cost = costs[-1]
            print(
                f"{cost.wall:8.1f} s, {cost.cpu:8.1f} s CPU, {cost.peak_bytes / 2**20:6.0f} MB, published: "
                f"{cost.told['published']}, {cost.number('observations'):,.0f} observations; {cost.told['steps']}",
                flush=True,
            )
            if cost.number("read"):
                raise RuntimeError("documents were read: the code changed while it was measured")
        size = sum(path.stat().st_size for path in (data / "dataset" / "current").resolve().iterdir())
    if not asked.only_print:
        measured = {
            name: {
                "wall_seconds": round(cost.wall, 2),
                "cpu_seconds": round(cost.cpu, 2),
                "peak_mb": round(cost.peak_bytes / 2**20),
                "steps": cost.told["steps"],
            }
            for name, cost in zip(("published", "unchanged"), costs, strict=True)
        }
        rows = {"documents": asked.documents, "observations": costs[0].number("observations"), "bytes": size}
        kept = append_history("publishing", {**rows, **measured})
        told = f"{kept.day}, {kept.machine}, made-up readings."
        write_between(PAGE, "publishing", to_markdown(told, asked.documents, costs, size))


if __name__ == "__main__":
    main(sys.argv[1:])
