"""Step answer: stated figures beside official statistics: how often they agree, and which do not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from queries.dataset import Dataset, DatasetError, sql_texts
from queries.names import resolve_areas, resolve_indicators
from schemas.answers import Agreement, Checked, record_to_columns
from schemas.codes import OUTCOMES

if TYPE_CHECKING:
    import pyarrow as pa

FAR = 0.1
"""From which share of the official value on a figure is far off: local figures are provisional, and differ a little."""

BESIDE = f"""
    SELECT
        c.* EXCLUDE (provisional),
        1 AS statements, c.value AS value_lowest, c.value AS value_highest,
        o.official_value, o.official_period, o.release, o.vintage, o.basis, o.outcome, o.difference,
        abs(o.difference) / nullif(abs(o.official_value), 0) AS off_by,
        o.outcome = 'differs' AND coalesce(abs(o.difference) > {FAR} * abs(o.official_value), true) AS far
    FROM claims AS c
    JOIN official_comparisons AS o USING (observation_id)
    WHERE c.reviewed IS DISTINCT FROM 'rejected'
"""


def check(
    dataset: Dataset, indicators: Sequence[str] = (), areas: Sequence[str] = (), *, by: str = "indicator"
) -> pa.Table:
    """Indicators and areas, by id, name or synonym (all without) -> one row (an `Agreement`) for each indicator, or with
    by="document" for each document, of which figures have official values; those with most figures far off first.

    Raises DatasetError where the dataset holds no official statistics.
    """
    about, label = {
        "indicator": ("indicator", "any_value(indicator_label)"),
        "document": ("document_location", "any_value(document_title)"),
    }[by]
    return dataset.table(
        f"""
        SELECT
            {about}::VARCHAR AS about,
            {label} AS label,
            count(*)::INTEGER AS compared,
            {", ".join(f"count(*) FILTER (WHERE outcome = '{o}')::INTEGER AS {o}" for o in OUTCOMES)},
            count(*) FILTER (WHERE far)::INTEGER AS far,
            count(*) FILTER (WHERE outcome <> 'differs') / count(*) AS agreeing
        FROM ({_beside(dataset, indicators, areas)})
        GROUP BY {about}
        ORDER BY far DESC, differs DESC, compared DESC, about
        """
    ).select([name.strip() for name in record_to_columns(Agreement).split(",")])


def differences(
    dataset: Dataset, indicators: Sequence[str] = (), areas: Sequence[str] = (), *, count: int | None = None
) -> pa.Table:
    """The figures that differ from the official value (rows of `Checked`), the furthest off first."""
    return dataset.table(
        f"""
        SELECT {record_to_columns(Checked)}
        FROM ({_beside(dataset, indicators, areas)})
        WHERE outcome = 'differs'
        ORDER BY basis = 'year', off_by DESC NULLS FIRST, observation_id
        {f"LIMIT {count:d}" if count is not None else ""}
        """
    )


def compared(dataset: Dataset, indicators: Sequence[str] = (), areas: Sequence[str] = ()) -> pa.Table:
    """All figures that have an official value (rows of `Checked`), by indicator, area and period."""
    return dataset.table(
        f"""
        SELECT {record_to_columns(Checked)}
        FROM ({_beside(dataset, indicators, areas)})
        ORDER BY indicator, area_name, area_code, period_end, observation_id
        """
    )


def _beside(dataset: Dataset, indicators: Sequence[str], areas: Sequence[str]) -> str:
    """The SELECT of all pairs of the indicators and areas that were asked for."""
    held = dataset.table("SELECT 1 FROM duckdb_views() WHERE view_name = 'official_comparisons'").num_rows
    if not held or not dataset.table("SELECT 1 FROM official LIMIT 1").num_rows:
        raise DatasetError(
            "The dataset holds no official statistics. Name a folder that does with: kpi refresh --official FOLDER"
        )
    ids, codes = resolve_indicators(dataset, indicators), resolve_areas(dataset, areas)
    chosen = [f"indicator IN ({sql_texts(ids)})"] if ids else []
    chosen += [f"area_code IN ({sql_texts(codes)})"] if codes else []
    return BESIDE + "".join(f" AND c.{condition}" for condition in chosen)
