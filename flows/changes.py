"""Step publish: two snapshots -> what the later one changed, claim by claim.

A claim is what one location states for an indicator, area, period and kind. A document that was published again with the
same figures changes nothing, though its bytes and so its observations' ids are new; a claim whose value is another one
is restated. The rows of a document that its source no longer offers stay in the dataset, and are told as withdrawn once.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from flows.duck import quoted, working_connection
from schemas.arrow import record_to_schema, rows_to_table
from schemas.records import Change

_KNOWN = ("location", "indicator", "period", "kind")
_CLAIM = (*_KNOWN, "area_code", "period_end", "variant")
"""What a claim is about; the first of these columns are never null."""
_CLAIMS = """
CREATE TEMP VIEW {side} AS
SELECT o.observation_id, o.document_id, d.location, o.indicator::VARCHAR AS indicator, o.area_code, o.period, o.period_end,
    o.kind::VARCHAR AS kind, o.variant, o.value, o.page
FROM read_parquet({observations}) AS o
JOIN (
    SELECT document_id, min(location) AS location
    FROM read_parquet({documents}) WHERE at_source GROUP BY document_id
) AS d USING (document_id)
"""
# What stands in both snapshots is taken out first: observations of one id, also where their document only moved ...
_NEW_HERE = """
CREATE TEMP TABLE {side}_new AS
SELECT *, row_number() OVER (PARTITION BY {claim}, value ORDER BY page, observation_id) AS same
FROM {side} ANTI JOIN {other} USING (observation_id)
"""
# ... then claims that say the same, one for one. What is left on each side is paired in order of value, so that one figure
# of two is told as restated and the other one not at all.
_LEFT = """
CREATE TEMP TABLE {side}_left AS
SELECT *, row_number() OVER (PARTITION BY {claim} ORDER BY value, observation_id) AS place
FROM {side}_new AS one
WHERE NOT EXISTS (
    SELECT 1 FROM {other}_new AS two WHERE {same_claim} AND one.value = two.value AND one.same = two.same
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
FROM now_left AS n FULL OUTER JOIN before_left AS b ON {same_claim} AND n.place = b.place
ORDER BY change, indicator, area_code NULLS LAST, period, observation_id
"""


def write_changes(folder: Path, before: Path | None) -> None:
    """Write `changes.parquet` of a snapshot in the making; empty where there is none before it."""
    table = _compare(before, folder) if before else rows_to_table(Change, ())
    pq.write_table(table, folder / "changes.parquet", compression="zstd")


def _compare(before: Path, now: Path) -> pa.Table:
    sides = (("before", "now", before), ("now", "before", now))
    rows = sum(pq.read_metadata(snapshot / "observations.parquet").num_rows for _, _, snapshot in sides)
    with working_connection(now, rows) as connection:
        for side, _, snapshot in sides:
            tables = {name: quoted(snapshot / f"{name}.parquet") for name in ("observations", "documents")}
            connection.execute(_CLAIMS.format(side=side, **tables))
        for side, other, _ in sides:
            connection.execute(_NEW_HERE.format(side=side, other=other, claim=", ".join(_CLAIM)))
        for side, other, _ in sides:
            same = _same_claim("one", "two")
            connection.execute(_LEFT.format(side=side, other=other, claim=", ".join(_CLAIM), same_claim=same))
        told = connection.sql(_CHANGES.format(same_claim=_same_claim("n", "b"))).to_arrow_table()
    return told.cast(record_to_schema(Change))


def _same_claim(one: str, two: str) -> str:
    """SQL: two rows make the same claim, where what is not known equals what is not known."""
    equal = [f"{one}.{c} = {two}.{c}" for c in _KNOWN]
    return " AND ".join(equal + [f"{one}.{c} IS NOT DISTINCT FROM {two}.{c}" for c in _CLAIM if c not in _KNOWN])
