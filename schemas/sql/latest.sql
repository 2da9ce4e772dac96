-- The newest figure of each indicator and area. A figure without a period of its own ("now") counts as a year older than its
-- document, which mostly speaks of the year before. Where several forms of period end on one day, a year or rolling
-- year comes before a date, a date before a quarter or month, and all before a bare "now".
SELECT * EXCLUDE (place_in_line)
FROM (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY indicator, area_code
            ORDER BY
                period_end - CASE WHEN period_form = 'now' THEN 365 ELSE 0 END DESC NULLS LAST,
                list_position(
                    ['financial_year', 'rolling', 'year', 'date', 'quarter', 'month', 'span', 'several_years', 'now'],
                    period_form
                ),
                document_date DESC NULLS LAST, observation_id
        ) AS place_in_line
    FROM trend
)
WHERE place_in_line = 1
