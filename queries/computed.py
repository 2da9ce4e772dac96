"""Step answer: comparators that are computed here: mean and median over statistical neighbours, region and England.

They are never mixed with comparators that documents state: each says the statistic, the neighbour model, whose figures it is
made of, and of how many of the authorities it could take one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from queries.dataset import Dataset, DatasetError, sql_texts
from queries.names import resolve_areas, resolve_indicators
from queries.standing import DAYS_APART, MODELS
from schemas.answers import Computed, record_to_columns

if TYPE_CHECKING:
    import pyarrow as pa

BASES = ("stated", "official")
OF_STATED = """
    SELECT indicator::VARCHAR AS indicator, area_code, period, period_end, period_days, value, unit::VARCHAR AS unit, variant,
        document_date, observation_id
    FROM trend
    WHERE area_kind = 'authority'
"""
OF_OFFICIAL = """
    SELECT indicator::VARCHAR AS indicator, o.area_code, period, period_end, length(period) AS period_days, value,
        unit::VARCHAR AS unit, NULL::VARCHAR AS variant, NULL::DATE AS document_date, o.release || o.vintage AS observation_id
    FROM official AS o
    JOIN areas AS a ON a.area_code = o.area_code AND a.kind = 'authority'
    WHERE o.value IS NOT NULL AND len(o.checks) = 0
"""
COMPUTED = """
WITH figures AS MATERIALIZED (
    SELECT * FROM ({figures}) WHERE {indicators}
),
own AS (
    SELECT * FROM (
        SELECT *, row_number() OVER (
            PARTITION BY indicator ORDER BY period_end DESC NULLS LAST, period_days DESC, document_date DESC NULLS LAST, observation_id
        ) AS place_in_line
        FROM figures WHERE area_code = $area AND period <> 'now' AND {in_year}
    ) WHERE place_in_line = 1
),
members AS (
    SELECT 'neighbours' AS "group", 'Statistical neighbours' AS group_name, $model AS model, neighbour_code AS area_code,
        NULL::DATE AS valid_from, NULL::DATE AS valid_to
    FROM neighbours WHERE area_code = $area AND model = $model
    UNION ALL
    SELECT 'region', r.name, NULL, a.area_code, a.valid_from, a.valid_to
    FROM areas AS a
    JOIN areas AS r ON r.area_code = a.region_code
    WHERE a.kind = 'authority' AND a.region_code = (SELECT region_code FROM areas WHERE area_code = $area)
    UNION ALL
    SELECT 'country', c.name, NULL, a.area_code, a.valid_from, a.valid_to
    FROM areas AS a
    JOIN areas AS c ON c.kind = 'country'
    WHERE a.kind = 'authority'
),
nearest AS (
    SELECT
        o.indicator,
        f.area_code,
        f.value,
        row_number() OVER (
            PARTITION BY o.indicator, f.area_code
            ORDER BY f.period IS DISTINCT FROM o.period, abs(f.period_end - o.period_end), f.document_date DESC NULLS LAST,
                f.observation_id DESC
        ) AS place_in_line
    FROM own AS o
    JOIN figures AS f
        ON f.indicator = o.indicator AND f.unit = o.unit AND f.variant IS NOT DISTINCT FROM o.variant AND f.period <> 'now'
        AND abs(f.period_days - o.period_days) < 7 AND abs(f.period_end - o.period_end) <= {days_apart}
),
counted AS (
    SELECT
        o.indicator, m."group", m.group_name, m.model,
        count(n.value)::INTEGER AS covered,
        count(*)::INTEGER AS members,
        avg(n.value) AS mean,
        median(n.value) AS median,
        min(n.value) AS lowest,
        max(n.value) AS highest
    FROM own AS o
    CROSS JOIN members AS m
    LEFT JOIN nearest AS n ON n.indicator = o.indicator AND n.area_code = m.area_code AND n.place_in_line = 1
    WHERE coalesce(m.valid_from <= o.period_end, true) AND coalesce(m.valid_to >= o.period_end, true)  -- there at that time
    GROUP BY ALL
)
SELECT
    $area AS for_area, o.indicator, i.label AS indicator_label, o.unit, o.period, o.period_end, o.value AS own_value,
    c."group", c.group_name, s.statistic, c.model,
    round(CASE s.statistic WHEN 'mean' THEN c.mean ELSE c.median END, 6) AS value,
    c.covered, c.members, c.lowest, c.highest, $basis AS basis
FROM counted AS c
JOIN own AS o USING (indicator)
LEFT JOIN indicators AS i ON i.indicator = o.indicator
CROSS JOIN (SELECT unnest(['mean', 'median']) AS statistic) AS s
ORDER BY list_position([{order}]::VARCHAR[], o.indicator), o.indicator,
    list_position(['neighbours', 'region', 'country'], c."group"), s.statistic
"""


def computed_comparators(
    dataset: Dataset,
    area: str,
    indicators: Sequence[str] = (),
    *,
    model: str = MODELS[0],
    basis: str = BASES[0],
    year: int | None = None,
) -> pa.Table:
    """An authority and indicators, by id, name or synonym -> rows of `Computed`: for the authority's newest period (of a year),
    mean and median of its statistical neighbours under `model`, of the authorities of its region, and of England.

    basis: `stated` takes what documents state of each authority, equally long periods that end within half a year; `official`
    takes official statistics of the very period. The region and England include the authority itself, the neighbours do not.
    Raises UnknownNameError, AmbiguousNameError, or DatasetError where the area is no authority or has no such neighbours.
    """
    (code,) = resolve_areas(dataset, [area])
    ids = resolve_indicators(dataset, indicators)
    if basis not in BASES:
        raise DatasetError(f"Comparators are computed from {' or '.join(BASES)} figures, not from '{basis}'.")
    if not dataset.table("SELECT 1 FROM neighbours WHERE area_code = ? AND model = ?", [code, model]).num_rows:
        raise DatasetError(
            f"'{area}' has no statistical neighbours under model '{model}': choose {' or '.join(MODELS)}."
        )
    query = COMPUTED.format(
        figures=OF_STATED if basis == "stated" else OF_OFFICIAL,
        indicators=f"indicator IN ({sql_texts(ids)})" if ids else "true",
        in_year="year(period_end) = $year" if year is not None else "$year IS NULL",
        days_apart=DAYS_APART if basis == "stated" else 0,
        order=sql_texts(ids),
    )
    given = {"area": code, "model": model, "basis": basis, "year": year}
    columns = record_to_columns(Computed).replace("group,", '"group",', 1)
    return dataset.table(f"SELECT {columns} FROM ({query})", given)
