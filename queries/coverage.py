"""Step answer: what is held, by authority, year and indicator, and for each gap what kind of silence it is.

A document speaks of the year in which its time of reference or publication lies, and of the one before. One that could not be
read is its authority's by its subject, else by a name in its location, and of the year that stands there, else of any.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from queries.dataset import Dataset, DatasetError, sql_texts
from queries.names import resolve_areas, resolve_indicators
from schemas.answers import Silence, record_to_columns

if TYPE_CHECKING:
    import pyarrow as pa

COVERAGE = """
WITH asked_areas AS (
    SELECT area_code, name AS area_name FROM areas WHERE {areas}
),
asked_indicators AS (
    SELECT indicator::VARCHAR AS indicator FROM indicators WHERE {indicators}
),
asked_years AS (SELECT unnest(generate_series($first, $last))::INTEGER AS year),
spoken AS (
    SELECT
        a.area_code,
        d.document_id || d.location AS document,
        d.status,
        coalesce(
            year(coalesce(d.period_of_reference, d.published_on)),
            CASE WHEN d.status = 'failed' THEN TRY_CAST(regexp_extract_all(d.location, '20[0-4][0-9]')[-1] AS BIGINT) END
        ) AS year
    FROM documents AS d
    JOIN asked_areas AS a
        ON d.subject_code = a.area_code
        OR (
            d.subject_code IS NULL AND d.status = 'failed'
            AND regexp_matches(
                regexp_replace(lower(d.location), '[^a-z]+', ' ', 'g'),
                '\\b' || regexp_replace(lower(a.area_name), '[^a-z]+', ' ', 'g') || '\\b'
            )
        )
),
held AS (
    SELECT
        s.area_code,
        y.year,
        count(DISTINCT s.document) AS documents,
        count(DISTINCT s.document) FILTER (WHERE s.status <> 'ok') AS unread
    FROM spoken AS s
    JOIN asked_years AS y ON y.year BETWEEN s.year - 1 AND s.year OR (s.year IS NULL AND s.status <> 'ok')
    GROUP BY ALL
),
stated AS (
    SELECT
        c.area_code,
        c.indicator::VARCHAR AS indicator,
        year(c.period_end) AS year,
        count(*) AS figures,
        count(*) FILTER (WHERE c.in_doubt) AS in_doubt,
        count(*) FILTER (WHERE NOT c.in_doubt AND len(c.checks) > 0) AS failed_checks
    FROM claims AS c
    JOIN asked_areas AS a ON a.area_code = c.area_code
    JOIN asked_indicators AS i ON i.indicator = c.indicator
    WHERE c.kind <> 'change' AND c.kind <> 'target' AND c.reviewed IS DISTINCT FROM 'rejected'
    GROUP BY ALL
),
withheld AS (
    SELECT DISTINCT area_code, indicator::VARCHAR AS indicator, year(period_end) AS year
    FROM official
    WHERE missing IN ('suppressed', 'low')
    UNION
    SELECT DISTINCT area_code::VARCHAR, indicator::VARCHAR, year(period_end)
    FROM figures
    WHERE disposition = 'suppressed' AND indicator IS NOT NULL AND period_end IS NOT NULL
)
SELECT
    a.area_code,
    a.area_name,
    i.indicator,
    y.year,
    CASE
        WHEN s.figures > s.in_doubt THEN 'present'
        WHEN s.figures > 0 THEN 'in_doubt'
        WHEN w.area_code IS NOT NULL THEN 'suppressed'
        WHEN h.unread > 0 THEN 'not_read'
        WHEN h.documents > 0 THEN 'not_stated'
        ELSE 'no_document'
    END AS status,
    coalesce(s.figures, 0)::INTEGER AS figures,
    coalesce(s.in_doubt, 0)::INTEGER AS in_doubt,
    coalesce(s.failed_checks, 0)::INTEGER AS failed_checks,
    coalesce(h.documents, 0)::INTEGER AS documents,
    coalesce(h.unread, 0)::INTEGER AS unread
FROM asked_areas AS a
CROSS JOIN asked_indicators AS i
CROSS JOIN asked_years AS y
LEFT JOIN stated AS s ON s.area_code = a.area_code AND s.indicator = i.indicator AND s.year = y.year
LEFT JOIN held AS h ON h.area_code = a.area_code AND h.year = y.year
LEFT JOIN withheld AS w ON w.area_code = a.area_code AND w.indicator = i.indicator AND w.year = y.year
ORDER BY a.area_name, a.area_code, i.indicator, y.year
"""
YEARS = """
SELECT min(year), max(year) FROM (
    SELECT year(period_end) AS year FROM observations WHERE period_end <= current_date
    UNION ALL
    SELECT year(coalesce(period_of_reference, published_on)) FROM documents
) WHERE year IS NOT NULL
"""
WITH_DOCUMENTS = "area_code IN (SELECT subject_code FROM documents WHERE subject_code IS NOT NULL)"
STATED = "indicator IN (SELECT DISTINCT indicator FROM observations)"


def coverage(
    dataset: Dataset,
    areas: Sequence[str] = (),
    indicators: Sequence[str] = (),
    *,
    first_year: int | None = None,
    last_year: int | None = None,
) -> pa.Table:
    """Areas, indicators and years -> one row (a `Silence`) for each of their combinations, whether anything is held or not.

    Without areas all authorities of which a document is held; without indicators all that any document states; without years
    all that figures and documents speak of. Raises UnknownNameError or AmbiguousNameError for names, and DatasetError where the
    years run backwards.
    """
    codes, ids = resolve_areas(dataset, areas), resolve_indicators(dataset, indicators)
    ((earliest, latest),) = dataset.connection.execute(YEARS).fetchall()
    first, last = (
        first_year if first_year is not None else earliest,
        last_year if last_year is not None else latest,
    )
    if first is None or last is None:
        raise DatasetError(
            "The dataset holds no figure and no document with a date: say which years with --from and --to."
        )
    if first > last:
        raise DatasetError(f"The years run from {first} to {last}: give the earlier one first.")
    query = COVERAGE.format(
        areas=f"area_code IN ({sql_texts(codes)})" if codes else WITH_DOCUMENTS,
        indicators=f"indicator IN ({sql_texts(ids)})" if ids else STATED,
    )
    return dataset.table(f"SELECT {record_to_columns(Silence)} FROM ({query})", {"first": first, "last": last})
