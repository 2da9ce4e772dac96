"""Step publish: two snapshots -> what the later one changed, claim by claim.

A claim is what one location states for an indicator, area, period and kind. A document that was published again with the
same figures changes nothing, though its bytes and so its observations' ids are new; a claim whose value is another one
is restated. The rows of a document that its source no longer offers stay in the dataset, and are told as withdrawn once.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from schemas.arrow import record_to_schema, rows_to_table
from schemas.records import Change

_CLAIMS = """
CREATE TEMP TABLE {name} AS
SELECT o.observation_id, o.document_id, o.indicator::VARCHAR AS indicator, o.area_code, o.period, o.kind::VARCHAR AS kind,
    o.value, d.location, o.variant, o.period_end,
    row_number() OVER (
        PARTITION BY d.location, o.indicator, o.area_code, o.period, o.period_end, o.kind, o.variant, o.value
        ORDER BY o.page, o.observation_id
    ) AS same
FROM read_parquet('{snapshot}/observations.parquet') AS o
JOIN (
    SELECT document_id, min(location) AS location
    FROM read_parquet('{snapshot}/documents.parquet') WHERE at_source GROUP BY document_id
) AS d USING (document_id)
"""
# Claims that stand in both snapshots are taken out first, also where their document only moved; what is left on each
# side is paired in order of value, so that one figure of two is told as restated and the other one not at all.
_LEFT = """
CREATE TEMP TABLE left_{side} AS
SELECT *, row_number() OVER (
    PARTITION BY location, indicator, area_code, period, period_end, kind, variant ORDER BY value, observation_id
) AS place
FROM {side} AS one
WHERE observation_id NOT IN (SELECT observation_id FROM {other}) AND NOT EXISTS (
    SELECT 1 FROM {other} AS two
    WHERE one.location = two.location AND one.indicator = two.indicator AND one.period = two.period
        AND one.kind = two.kind AND one.value = two.value AND one.same = two.same
        AND one.area_code IS NOT DISTINCT FROM two.area_code
        AND one.period_end IS NOT DISTINCT FROM two.period_end
        AND one.variant IS NOT DISTINCT FROM two.variant
)
"""
_CHANGES = """
SELECT
    coalesce(n.observation_id, b.observation_id) AS observation_id,
    CASE WHEN b.value IS NULL THEN 'added' WHEN n.value IS NULL THEN 'withdrawn' ELSE 'restated' END AS change,
    coalesce(n.indicator, b.indicator) AS indicator,
    coalesce(n.area_code, b.area_code) AS area_code,
    coalesce(n.period, b.period) AS period,
    b.value AS value_before,
    n.value AS value_after,
    coalesce(n.document_id, b.document_id) AS document_id
FROM left_now AS n
FULL OUTER JOIN left_before AS b
    ON n.location = b.location AND n.indicator = b.indicator AND n.period = b.period AND n.kind = b.kind
    AND n.place = b.place
    AND n.area_code IS NOT DISTINCT FROM b.area_code
    AND n.period_end IS NOT DISTINCT FROM b.period_end
    AND n.variant IS NOT DISTINCT FROM b.variant
ORDER BY change, indicator, area_code NULLS LAST, period, observation_id
"""


def write_changes(folder: Path, before: Path | None) -> None:
    """Write `changes.parquet` of a snapshot in the making; empty where there is none before it."""
    table = _compare(before, folder) if before else rows_to_table(Change, ())
    pq.write_table(table, folder / "changes.parquet", compression="zstd")


def _compare(before: Path, now: Path) -> pa.Table:
    import duckdb

    with duckdb.connect() as connection:
        for name, snapshot in (("before", before), ("now", now)):
            place = snapshot.as_posix().replace("'", "''")
            connection.execute(_CLAIMS.format(name=name, snapshot=place))
        connection.execute(_LEFT.format(side="before", other="now"))
        connection.execute(_LEFT.format(side="now", other="before"))
        told = connection.sql(_CHANGES).to_arrow_table()
    return told.cast(record_to_schema(Change))
