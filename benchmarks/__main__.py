"""What a page costs, beside others on the same pages: `python -m benchmarks [FOLDER ...]`.

One run measures, each alone in a process of its own and by processor time of all processes it starts:

- the floor: the text of every page as pdfium gives it;
- the whole pipeline, from the folders to a published snapshot, everything counted (starting its processes, too);
- peers, each on a seeded sample of the pages (`--sample`, 0 for all), their imports left out: pdfplumber's words, camelot's
  lattice with its default engine and with the vector one, docling and docling's parser where they are installed.

Everything is repeated (`--repeats`). Prints milliseconds a page and their ratios with the spread over the repeats, appends a
line to benchmarks/history.jsonl, and writes the table of docs/performance.md.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.history import append_history, write_between
from benchmarks.measured import ROOT, Cost, compile_modules, run_measured

PAGE = ROOT / "docs" / "performance.md"
FOLDERS = (ROOT.parent / "shared" / "corpus" / "ofsted", ROOT / "data" / "samples")
SEED = 7
FLOOR, OURS = "pdfium_text", "pipeline"
NAMES = {
    FLOOR: "pdfium, raw text (the floor)",
    OURS: "the whole pipeline",
    "pdfplumber_words": "pdfplumber, words",
    "camelot_lattice": "camelot, lattice, default engine",
    "camelot_lattice_vector": "camelot, lattice, vector engine",
    "docling_parser": "docling's parser alone",
    "docling": "docling, whole",
}
Wanted = list[tuple[str, list[int]]]


@dataclass(frozen=True, slots=True)
class Spread:
    """The middle, the least and the most of what several repeats gave."""

    middle: float
    least: float
    most: float

    def words(self, digits: int) -> str:
        """`8.2 (8.0 to 8.9)`."""
        return f"{self.middle:,.{digits}f} ({self.least:,.{digits}f} to {self.most:,.{digits}f})"


def spread(values: Sequence[float]) -> Spread:
    """Values of several repeats -> their spread."""
    return Spread(statistics.median(values), min(values), max(values))


@dataclass(frozen=True, slots=True)
class Contender:
    """What one contender cost: pages of each repeat, and milliseconds a page, by processor and on the clock."""

    name: str
    pages: int
    cpu: tuple[float, ...]
    wall: tuple[float, ...]
    peak_bytes: int


def find_pdfs(folders: Sequence[Path]) -> dict[str, int]:
    """The PDFs below folders that pdfium opens -> the number of their pages."""
    import pypdfium2

    pages = {}
    for path in sorted(path for folder in folders for path in folder.rglob("*.pdf")):
        try:
            with pypdfium2.PdfDocument(path) as document:
                pages[str(path)] = len(document)
        except pypdfium2.PdfiumError:
            continue
    return pages


def sample_pages(pdfs: Mapping[str, int], count: int) -> Wanted:
    """A seeded choice of the pages, by PDF; all of them where count is 0."""
    every = [(path, number) for path, pages in pdfs.items() for number in range(1, pages + 1)]
    chosen = every if count == 0 else random.Random(SEED).sample(every, min(count, len(every)))
    wanted: dict[str, list[int]] = {}
    for path, number in sorted(chosen):
        wanted.setdefault(path, []).append(number)
    return list(wanted.items())


def measure(kind: str, wanted: Wanted, repeats: int, workers: int | None) -> Contender | None:
    """Run one contender several times; None where it is not installed."""
    costs: list[Cost] = []
    for _ in range(repeats):
        with tempfile.TemporaryDirectory(prefix="costs-") as place:
            pages = Path(place) / "pages.json"
            pages.write_text(json.dumps(wanted), encoding="utf-8")
            words = [kind, str(pages)]
            if kind == OURS:
                words += [str(Path(place) / "data"), *([str(workers)] if workers else [])]
            costs.append(run_measured("benchmarks.contenders", words))
        if "missing" in costs[-1].told:
            return None
    return Contender(
        kind,
        int(costs[0].number("pages")),
        tuple(1000 * (cost.cpu - cost.number("started")) / cost.number("pages") for cost in costs),
        tuple(1000 * cost.number("seconds") / cost.number("pages") for cost in costs),
        max(cost.peak_bytes for cost in costs),
    )


def ratios(one: Contender, other: Contender) -> Spread:
    """How many times the processor time of `other` a page of `one` takes, repeat by repeat."""
    return spread([a / b for a, b in zip(one.cpu, other.cpu, strict=True)])


def to_markdown(found: Mapping[str, Contender | None], told: str) -> str:
    """The table of docs/performance.md."""
    floor, ours = found[FLOOR], found[OURS]
    assert floor is not None
    assert ours is not None
    lines = [
        told,
        "",
        "| | Pages | CPU ms a page | Clock ms a page | CPU, times the floor | CPU, times the pipeline | Largest process, MB |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for kind, one in found.items():
        if one is None:
            lines.append(f"| {NAMES[kind]} | not installed here | | | | | |")
            continue
        lines.append(
            f"| {NAMES[kind]} | {one.pages:,} | {spread(one.cpu).words(2)} | {spread(one.wall).words(2)} "
            f"| {ratios(one, floor).words(1)} | {ratios(one, ours).words(2)} | {one.peak_bytes / 2**20:.0f} |"
        )
    return "\n".join(lines)


def to_record(found: Mapping[str, Contender | None]) -> dict[str, object]:
    """Plain values for the history and the JSON file."""
    return {
        kind: None
        if one is None
        else {
            "pages": one.pages,
            "cpu_ms_per_page": [round(value, 4) for value in one.cpu],
            "wall_ms_per_page": [round(value, 4) for value in one.wall],
            "peak_mb": round(one.peak_bytes / 2**20),
        }
        for kind, one in found.items()
    }


def main(words: Sequence[str]) -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*", help="PDFs to read; else the corpus beside the project")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--sample", type=int, default=200, help="pages for each peer; 0: all")
    parser.add_argument("--workers", type=int, help="of the pipeline; else as many as the machine has room for")
    parser.add_argument("--json", type=Path, help="where to write the measurements as well")
    parser.add_argument("--only-print", action="store_true", help="leave history and docs as they are")
    asked = parser.parse_args(words)
    folders = asked.folders or [next(folder for folder in FOLDERS if folder.is_dir())]
    pdfs = find_pdfs(folders)
    every: Wanted = [(path, []) for path in pdfs]
    sample = sample_pages(pdfs, asked.sample)
    wanted = dict.fromkeys(NAMES, sample) | {FLOOR: every, OURS: [(str(folder), []) for folder in folders]}
    found: dict[str, Contender | None] = {}
    compile_modules()
    for kind, name in NAMES.items():
        found[kind] = one = measure(kind, wanted[kind], asked.repeats, asked.workers)
        cost = f"{one.pages:>6} pages {spread(one.cpu).words(2)} ms CPU a page" if one else "not installed here"
        print(f"{name:36} {cost}", flush=True)
    floor, ours = found[FLOOR], found[OURS]
    assert floor is not None
    assert ours is not None
    print(f"The pipeline takes {ratios(ours, floor).words(1)} times the floor.")
    for kind, other in found.items():
        if other is not None and kind not in (FLOOR, OURS):
            print(f"{NAMES[kind]} takes {ratios(other, ours).words(1)} times the pipeline.")
    record = {"pdfs": len(pdfs), "pages": sum(pdfs.values()), "sampled": asked.sample, "costs": to_record(found)}
    if asked.json:
        asked.json.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    if not asked.only_print:
        kept = append_history("costs", record)
        peers = f"a seeded sample of {asked.sample} pages" if asked.sample else "all pages"
        told = (
            f"{kept.day}, {kept.machine}, {len(pdfs)} PDFs with {sum(pdfs.values()):,} pages, {asked.repeats} repeats: the "
            f"middle one (least to most). The peers read {peers}."
        )
        write_between(PAGE, "costs", to_markdown(found, told))


if __name__ == "__main__":
    main(sys.argv[1:])
