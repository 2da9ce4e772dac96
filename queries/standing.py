"""Step answer: one authority's newest figure of an indicator -> its rank among its neighbours and its quartile nationally.

Unlike a stated comparator this is computed, from the figures that the other authorities' documents state, and so it always says
how many of them it could take.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.dataset import Dataset, sql_texts, table_to_records
from schemas.answers import Cell, Standing, record_to_columns

if TYPE_CHECKING:
    import pyarrow as pa

MODELS = ("2025", "2021")
LEAST_NEIGHBOURS = 4
"""Of ten neighbours so many must state a figure before a rank among them says anything."""
LEAST_AUTHORITIES = 40
"""So many authorities must state a figure before a quartile among them says anything."""
DAYS_APART = 190
"""How far the end of another authority's period may lie from the own one: half a year and a few days."""


def standing(dataset: Dataset, cells: pa.Table, model: str = MODELS[0]) -> pa.Table:
    """The rows of `queries.compare` -> one row (a `Standing`) for each of the authority's own newest figures.

    Taken are figures of equally long periods that end within `DAYS_APART` days, each authority's nearest. Rank 1 is the
    best by the indicator's polarity, the highest where it has none; quartile 1 holds the best (or highest) quarter. Both
    are null where too few authorities state a figure.
    """
    own = [cell for cell in table_to_records(cells, Cell) if cell.role == "own"]
    return dataset.table(
        f"""
        WITH stated AS MATERIALIZED (
            SELECT observation_id, indicator, area_code, value, period_end, period_days, better, document_date
            FROM trend
            WHERE indicator IN ({sql_texts(cell.indicator for cell in own) or "NULL"}) AND area_kind = 'authority'
        ),
        own AS (
            SELECT * FROM stated WHERE observation_id IN ({sql_texts(cell.observation_id for cell in own) or "NULL"})
        ),
        others AS (
            SELECT
                o.observation_id,
                t.area_code,
                (t.value - o.value) * CASE WHEN o.better = 'low' THEN -1 ELSE 1 END AS ahead,
                row_number() OVER (
                    PARTITION BY o.observation_id, t.area_code
                    ORDER BY abs(t.period_end - o.period_end), t.document_date DESC NULLS LAST, t.observation_id
                ) AS place_in_line
            FROM own AS o
            JOIN stated AS t
                ON t.indicator = o.indicator AND t.area_code <> o.area_code
                AND abs(t.period_days - o.period_days) < 7 AND abs(t.period_end - o.period_end) <= {DAYS_APART}
        ),
        told AS (
            SELECT
                o.observation_id,
                count(n.neighbour_code) AS neighbours_stating,
                1 + count(*) FILTER (WHERE n.neighbour_code IS NOT NULL AND x.ahead > 0) AS place,
                count(x.area_code) AS authorities_stating,
                1 + count(*) FILTER (WHERE x.ahead > 0) AS national_place
            FROM own AS o
            LEFT JOIN others AS x ON x.observation_id = o.observation_id AND x.place_in_line = 1
            LEFT JOIN neighbours AS n
                ON n.area_code = o.area_code AND n.neighbour_code = x.area_code AND n.model = $model
            GROUP BY ALL
        ),
        whole AS (
            SELECT
                t.*,
                o.indicator,
                (SELECT count(*) FROM neighbours AS n WHERE n.area_code = o.area_code AND n.model = $model) AS neighbours
            FROM told AS t
            JOIN own AS o USING (observation_id)
        ),
        standing AS (
            SELECT
                *,
                CASE WHEN neighbours_stating >= {LEAST_NEIGHBOURS} THEN place END AS rank,
                CASE WHEN authorities_stating >= {LEAST_AUTHORITIES} THEN
                    CAST(1 + floor(4.0 * (national_place - 1) / (authorities_stating + 1)) AS INTEGER)
                END AS quartile,
                $model AS model
            FROM whole
        )
        SELECT {record_to_columns(Standing)} FROM standing ORDER BY indicator
        """,
        {"model": model},
    )
