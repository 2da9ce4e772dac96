"""Step answer: claims that are stated with different values: which one is preferred, by what rule, and what the others say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from queries.dataset import Dataset, sql_texts
from queries.names import resolve_areas, resolve_indicators
from schemas.answers import Conflict, record_to_columns

if TYPE_CHECKING:
    import pyarrow as pa


def conflicts(dataset: Dataset, indicators: Sequence[str] = (), areas: Sequence[str] = ()) -> pa.Table:
    """Indicators and areas, by id, name or synonym (all without) -> one row (a `Conflict`) for each statement of a claim that
    is stated with different values, the preferred one first; claims that are furthest apart first."""
    ids, codes = resolve_indicators(dataset, indicators), resolve_areas(dataset, areas)
    chosen = [f"indicator IN ({sql_texts(ids)})"] if ids else []
    chosen += [f"area_code IN ({sql_texts(codes)})"] if codes else []
    return dataset.table(
        f"""
        SELECT {record_to_columns(Conflict)}
        FROM (
            SELECT
                *,
                count(*) OVER claim AS statements,
                (value_highest - value_lowest) / nullif(greatest(abs(value_highest), abs(value_lowest)), 0) AS apart
            FROM conflicts
            {"WHERE " + " AND ".join(chosen) if chosen else ""}
            WINDOW claim AS (
                PARTITION BY indicator, area_code, period, CASE WHEN period = 'now' THEN period_end END, kind, unit, variant
            )
        )
        ORDER BY apart DESC, indicator, area_code, period, period_end, kind, unit, variant, preferred DESC,
            document_date DESC NULLS LAST, observation_id
        """
    )
