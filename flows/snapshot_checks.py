"""Step publish: what must hold of a snapshot before readers are led to it.

Each check is a question that must find nothing; its sentence says what is wrong where it finds something. That no number
of a document is in the ledger twice is checked when it is read (`reading_laws`), where it costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

from flows.duck import quoted, working_connection
from flows.refusals import SnapshotRefusedError
from schemas.arrow import record_to_schema
from schemas.records import PUBLISHED

if TYPE_CHECKING:
    import duckdb

MOST_LOST = 0.5
"""The share of the observations of documents held before and now that may go from one snapshot to the next."""


@dataclass(frozen=True, slots=True)
class Check:
    """A law of the dataset: its sentence, and the SQL that finds what breaks it."""

    sentence: str
    sql: str


CHECKS: tuple[Check, ...] = (
    Check(
        "observation ids are unique",
        "SELECT observation_id FROM observations GROUP BY ALL HAVING count(*) > 1",
    ),
    Check(
        "every observation's document is there and was read",
        "SELECT document_id FROM observations ANTI JOIN (FROM documents WHERE status <> 'failed') USING (document_id)",
    ),
    Check(
        "documents that were read are there once",
        "SELECT document_id FROM documents WHERE status <> 'failed' GROUP BY ALL HAVING count(*) > 1",
    ),
    Check(
        "locations are unique",
        "SELECT location FROM documents GROUP BY ALL HAVING count(*) > 1",
    ),
    Check(
        "a document that failed has a reason",
        "SELECT location FROM documents WHERE status = 'failed' AND reason IS NULL",
    ),
    Check(
        "every number that a document prints is in the ledger once",
        """
        SELECT document_id, d.numbers, coalesce(f.numbers, 0)
        FROM (SELECT document_id, max(numbers) AS numbers FROM documents GROUP BY ALL) AS d
        FULL JOIN (SELECT document_id, count(*) AS numbers FROM figures GROUP BY ALL) AS f USING (document_id)
        WHERE coalesce(d.numbers, -1) <> coalesce(f.numbers, 0)
        """,
    ),
    Check(
        "a number of the ledger that became an observation leads to it",
        """
        SELECT observation_id FROM figures ANTI JOIN observations USING (observation_id)
        WHERE observation_id IS NOT NULL
        """,
    ),
    Check(
        "every observation's indicator is in the catalogue",
        "SELECT DISTINCT indicator::VARCHAR FROM observations ANTI JOIN indicators USING (indicator)",
    ),
)


def check_snapshot(folder: Path, before: Path | None, accept_loss: bool = False) -> dict[str, int]:
    """Rows by table of a snapshot in the making; raises SnapshotRefusedError where a law of the dataset does not hold."""
    rows = {name: _check_schema(folder / f"{name}.parquet", record) for name, record in PUBLISHED.items()}
    with working_connection(folder, rows["observations"]) as connection:
        _views(connection, folder, "")
        for check in CHECKS:
            _hold(connection, check)
        if before is not None and not accept_loss:
            _views(connection, before, "_before")
            _hold_tolerance(connection)
    return rows


def _views(connection: duckdb.DuckDBPyConnection, folder: Path, suffix: str) -> None:
    for name in ("observations", "documents", "figures", "indicators"):
        place = quoted(folder / f"{name}.parquet")
        connection.execute(f"CREATE VIEW {name}{suffix} AS SELECT * FROM read_parquet({place})")


def _check_schema(path: Path, record: type) -> int:
    with pq.ParquetFile(path) as file:
        if not file.schema_arrow.equals(record_to_schema(record)):
            raise SnapshotRefusedError(f"{path.name} has not the columns of its record type {record.__name__}")
        return int(file.metadata.num_rows)


def _hold(connection: duckdb.DuckDBPyConnection, check: Check) -> None:
    found = connection.execute(f"{check.sql} LIMIT 3").fetchall()
    if found:
        cases = "; ".join(", ".join(map(str, row)) for row in found)
        raise SnapshotRefusedError(f"not published: it does not hold that {check.sentence} ({cases})")


def _hold_tolerance(connection: duckdb.DuckDBPyConnection) -> None:
    """Documents that both snapshots hold must not lose most of their observations: then we have broken, not they."""
    counts = """
        SELECT count(*) FROM observations{0} SEMI JOIN (
            SELECT document_id FROM documents INTERSECT SELECT document_id FROM documents_before
        ) USING (document_id)
    """
    before, now = (connection.execute(counts.format(suffix)).fetchall()[0][0] for suffix in ("_before", ""))
    if before >= 100 and now < before * (1 - MOST_LOST):
        raise SnapshotRefusedError(
            f"not published: the same documents gave {before:,} observations before and {now:,} now; "
            "publish it all the same with --accept-loss"
        )
