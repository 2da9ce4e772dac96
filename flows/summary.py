"""Step tell: a published snapshot -> what a run says of it: counts, and every document that was not read whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows.progress import Trouble
from schemas.records import PUBLISHED


@dataclass(frozen=True, slots=True)
class SnapshotCounts:
    """Rows by table, documents by status, printed numbers by disposition, changes by kind, and the documents in trouble."""

    rows: Mapping[str, int]
    statuses: Mapping[str, int]
    dispositions: Mapping[str, int]
    changes: Mapping[str, int]
    troubles: tuple[Trouble, ...]


def count_snapshot(folder: Path) -> SnapshotCounts:
    """Count a snapshot's rows."""
    return SnapshotCounts(
        rows={name: pq.read_metadata(folder / f"{name}.parquet").num_rows for name in PUBLISHED},
        statuses=_count(folder / "documents.parquet", "status"),
        dispositions=_count(folder / "figures.parquet", "disposition"),
        changes=_count(folder / "changes.parquet", "change"),
        troubles=_troubles(folder / "documents.parquet"),
    )


def _count(path: Path, column: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(columns=[column]):
            for pair in pc.value_counts(batch.column(0).cast(pa.string())).to_pylist():
                counts[pair["values"]] = counts.get(pair["values"], 0) + pair["counts"]
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _troubles(path: Path) -> tuple[Trouble, ...]:
    with pq.ParquetFile(path) as file:  # `read_table` would import pandas
        table = file.read(columns=["location", "status", "reason", "detail"])
    rows = table.filter(pc.not_equal(table.column("status").cast(pa.string()), "ok")).to_pylist()
    return tuple(Trouble(r["location"], r["status"], r["reason"] or "", r["detail"] or "") for r in rows)
