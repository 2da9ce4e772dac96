"""Does a page cost the same at any size? `python -m benchmarks.growth FOLDER [--sizes 10,100,1000] [--workers 1,2]`.

A corpus of any size is made of the PDFs below a folder, each copied under changed bytes (a comment behind its end), so that
every copy is a document of its own. Every size is made of the same mixture: a fixed, seeded choice of `--mixture` PDFs, over
and over. For each size and number of workers the whole pipeline is run into an empty data folder, and then once more, when
nothing has changed. Appends to benchmarks/history.jsonl and writes the table in docs/scale.md.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.history import append_history, write_between
from benchmarks.measured import ROOT, Cost, run_measured

PAGE = ROOT / "docs" / "scale.md"
SEED = 7


@dataclass(frozen=True, slots=True)
class Grown:
    """What one size cost with one number of workers: read anew, and when nothing had changed."""

    documents: int
    workers: int
    pages: int
    anew: Cost
    unchanged: Cost

    def as_record(self) -> dict[str, object]:
        """Plain values for the history."""
        return {
            "documents": self.documents,
            "workers": self.workers,
            "pages": self.pages,
            "wall_seconds": round(self.anew.wall, 2),
            "cpu_seconds": round(self.anew.cpu, 2),
            "cpu_ms_per_page": round(1000 * self.anew.cpu / max(self.pages, 1), 3),
            "peak_mb": round(self.anew.peak_bytes / 2**20),
            "steps": self.anew.told["steps"],
            "unchanged_wall_seconds": round(self.unchanged.wall, 2),
            "unchanged_cpu_seconds": round(self.unchanged.cpu, 2),
            "unchanged_peak_mb": round(self.unchanged.peak_bytes / 2**20),
        }


def choose_mixture(folder: Path, count: int, most_bytes: int) -> list[Path]:
    """A seeded choice of the PDFs below a folder that are no larger than that, in an order of chance."""
    some = [p for p in sorted(folder.rglob("*.pdf")) if p.stat().st_size <= most_bytes and _is_pdf(p)]
    random.Random(SEED).shuffle(some)
    if not some:
        raise SystemExit(f"no PDF of at most {most_bytes} bytes below {folder}")
    return some[:count]


def _is_pdf(path: Path) -> bool:
    with open(path, "rb") as file:
        return b"%PDF-" in file.read(1024)


def grow(mixture: Sequence[Path], folder: Path, size: int) -> None:
    """Fill the folder up to that many documents."""
    for number in range(size):
        source = mixture[number % len(mixture)]
        place = folder / f"{number // len(mixture):05d}" / source.parent.name / source.name
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(source.read_bytes() + b"\n%% copy %d\n" % number)


def measure(folder: Path, size: int, workers: int, work: Path, nice: int) -> Grown:
    """Read the folder into an empty data folder, and look at it once more."""
    wanted = work / "wanted.json"
    wanted.write_text(json.dumps([[str(folder), []]]), encoding="utf-8")
    data = work / "data"
    words = ["pipeline", str(wanted), str(data), str(workers)]
    try:
        anew = run_measured("benchmarks.contenders", words, nice)
        unchanged = run_measured("benchmarks.contenders", words, nice)
    finally:
        shutil.rmtree(data, ignore_errors=True)
    if unchanged.told["published"] or anew.number("documents") != size or unchanged.number("read"):
        raise RuntimeError(f"{size} documents were not read once each: {anew.told} {unchanged.told}")
    return Grown(size, workers, int(anew.number("pages")), anew, unchanged)


def run(mixture: Sequence[Path], sizes: Sequence[int], workers: Sequence[int], nice: int) -> Iterator[Grown]:
    """Each size with each number of workers, the smallest first."""
    with tempfile.TemporaryDirectory(prefix="growth-") as place:
        work = Path(place)
        for size in sorted(sizes):
            grow(mixture, work / "documents", size)
            for number in workers:
                yield measure(work / "documents", size, number, work, nice)


def to_line(grown: Grown) -> str:
    """One line for the terminal."""
    anew = grown.anew
    return (
        f"{grown.documents:>6} documents, {grown.workers} workers: {anew.wall:8.1f} s, {anew.cpu:8.1f} s CPU, "
        f"{1000 * anew.cpu / max(grown.pages, 1):6.2f} ms CPU a page, {anew.peak_bytes / 2**20:4.0f} MB; "
        f"unchanged {grown.unchanged.wall:5.1f} s, {grown.unchanged.peak_bytes / 2**20:4.0f} MB"
    )


def to_markdown(all_grown: Sequence[Grown], told: str) -> str:
    """The table of docs/scale.md."""
    lines = [
        told,
        "",
        "| Documents | Pages | Workers | Seconds | CPU seconds | CPU ms a page | Largest process, MB | Unchanged, seconds | Unchanged, MB |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for g in all_grown:
        lines.append(
            f"| {g.documents:,} | {g.pages:,} | {g.workers} | {g.anew.wall:,.1f} | {g.anew.cpu:,.1f} "
            f"| {1000 * g.anew.cpu / max(g.pages, 1):.2f} | {g.anew.peak_bytes / 2**20:.0f} "
            f"| {g.unchanged.wall:.1f} | {g.unchanged.peak_bytes / 2**20:.0f} |"
        )
    return "\n".join(lines)


def main(words: Sequence[str]) -> None:
    """Measure, print a line for each as it comes, and write what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="PDFs to copy")
    parser.add_argument("--sizes", default="10,100,1000")
    parser.add_argument("--workers", default="1,2")
    parser.add_argument("--mixture", type=int, default=100, help="how many different PDFs a corpus is made of")
    parser.add_argument("--most-bytes", type=int, default=2**40, help="leave larger PDFs out, to be done sooner")
    parser.add_argument("--nice", type=int, default=0)
    parser.add_argument("--only-print", action="store_true", help="write nothing")
    asked = parser.parse_args(words)
    mixture = choose_mixture(asked.folder, asked.mixture, asked.most_bytes)
    sizes, workers = ([int(n) for n in text.split(",")] for text in (asked.sizes, asked.workers))
    all_grown = []
    for grown in run(mixture, sizes, workers, asked.nice):
        all_grown.append(grown)
        print(to_line(grown), flush=True)
    if asked.only_print:
        return
    size = statistics.mean(p.stat().st_size for p in mixture)
    told = f"{len(mixture)} different PDFs of {size / 1024:,.0f} KB on average, over and over."
    record = append_history("growth", {"mixture": told, "sizes": [g.as_record() for g in all_grown]})
    write_between(PAGE, "growth", to_markdown(all_grown, f"{record.day}, {record.machine}. {told}"))


if __name__ == "__main__":
    main(sys.argv[1:])
