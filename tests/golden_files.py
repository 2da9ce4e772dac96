"""The project's own goldens: documents of ours with every figure that each page states, in the form of labels.

A golden is a document (a sample of `data/samples` or a short text of `tests/goldens`) and, in `tests/goldens`, a CSV of the
same stem: document,page,indicator,area,period,kind,value,approx,optional,quote. A page is labelled completely: what is
not in the CSV is not a figure of the catalogue.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
GOLDENS = ROOT / "tests" / "goldens"
SAMPLES = ROOT / "data" / "samples"
DOCUMENTS = (".pdf", ".docx", ".html", ".md", ".txt")


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """One labelled figure. `periods` are the normal forms that are right; `now` among them accepts any period."""

    document: str
    page: int | None
    indicator: str
    area: str  # LA, SN, England, a region or another authority by name
    periods: tuple[str, ...]
    kind: str
    value: float
    approximation: str
    optional: bool
    quote: str


def golden_pairs() -> list[tuple[Path, Path]]:
    """Each document and its CSV, sorted by name. Every CSV has its document."""
    pairs = []
    for labels in sorted(GOLDENS.rglob("*.csv")):
        if labels.stem == "judgements":
            continue
        found = [
            folder / (labels.stem + suffix)
            for folder in (labels.parent, SAMPLES)
            for suffix in DOCUMENTS
            if (folder / (labels.stem + suffix)).exists()
        ]
        if len(found) != 1:
            raise FileNotFoundError(f"{labels.name} needs exactly one document of the same stem, found {found}")
        pairs.append((found[0], labels))
    return pairs


def expected_rows(labels: Path) -> list[ExpectedRow]:
    """The rows of one CSV in its order."""
    with labels.open(encoding="utf-8", newline="") as handle:
        return [
            ExpectedRow(
                document=row["document"],
                page=int(row["page"]) if row["page"] else None,
                indicator=row["indicator"],
                area=row["area"],
                periods=tuple(row["period"].split("|")),
                kind=row["kind"],
                value=float(row["value"]),
                approximation=row["approx"] or "exact",
                optional=row["optional"] == "1",
                quote=row["quote"],
            )
            for row in csv.DictReader(handle)
        ]
