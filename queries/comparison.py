"""Step answer: one authority and some indicators -> its newest figures beside the ones before and the stated comparators."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from queries.dataset import Dataset, DatasetError, sql_texts
from queries.names import resolve_areas, resolve_indicators
from queries.trend import comparator_codes
from schemas.answers import Point, record_to_columns
from schemas.views import question_sql

if TYPE_CHECKING:
    import pyarrow as pa

ROLES = ("own", "own_previous", "neighbours", "region", "country")


def compare(dataset: Dataset, area: str, indicators: Sequence[str] = (), *, with_doubtful: bool = False) -> pa.Table:
    """An authority and indicators, by id, name or synonym -> one row (a `Cell`) for each cell of a comparator table.

    `role` says which cell: own, own_previous, neighbours, region, country. `difference` is own less own_previous (on the
    row `own`, where both periods are equally long), `direction` whether that is better or worse by the indicator's polarity, null
    where it has none or nothing changed. Comparators are those that documents state; each keeps its own period. Without indicators, all of
    which the authority has a figure. Raises UnknownNameError, AmbiguousNameError, or DatasetError where `area` is no authority.
    """
    (code,) = resolve_areas(dataset, [area])
    if not dataset.connection.execute(
        "SELECT 1 FROM areas WHERE area_code = ? AND kind = 'authority'", [code]
    ).fetchall():
        raise DatasetError(
            f"'{area}' is not an authority: compare sets one authority beside its neighbours and England."
        )
    ids = resolve_indicators(dataset, indicators)
    # The same SQL as the view `comparators`, over the few rows that matter: `trend` and `latest` here stand before the views.
    source = "main.figures_preferred" if with_doubtful else "main.trend"
    return dataset.table(f"""
        WITH trend AS MATERIALIZED (
            SELECT * FROM {source}
            WHERE kind = 'actual' AND area_code IN ({sql_texts([code, *comparator_codes(dataset, [code])])})
                {f"AND indicator IN ({sql_texts(ids)})" if ids else ""}
        ),
        latest AS ({question_sql("latest")}),
        cells AS ({question_sql("comparators")}),
        paired AS (
            SELECT
                *,
                max(value) FILTER (WHERE role = 'own_previous') OVER same AS before,
                max(period_days) FILTER (WHERE role = 'own_previous') OVER same AS days_before
            FROM cells
            WINDOW same AS (PARTITION BY indicator, unit)
        ),
        told AS (
            SELECT *, CASE WHEN role = 'own' AND abs(period_days - days_before) < 7 THEN value - before END AS difference
            FROM paired
        )
        SELECT
            role,
            {record_to_columns(Point)},
            round(difference, 6) AS difference,
            CASE
                WHEN difference IS NULL OR better IS NULL THEN NULL
                WHEN abs(difference) < 1e-9 THEN NULL
                WHEN (difference > 0) = (better = 'high') THEN 'better'
                ELSE 'worse'
            END AS direction
        FROM told
        ORDER BY list_position([{sql_texts(ids)}]::VARCHAR[], indicator), indicator,
            list_position([{sql_texts(ROLES)}], role)
    """)
