-- Every observation with what a reader needs beside it: the indicator's label, polarity and topic, the document's title, location
-- and date, the form of its period (date, month, quarter, year, financial_year, rolling, span, several_years, now) and
-- its length in days, the year in which it ends as text, and whether the row is in doubt (its confidence is under the
-- project's threshold).
SELECT
    o.* REPLACE (
        CASE WHEN o.area_kind = 'neighbours' THEN 'Statistical neighbours' || coalesce(' of ' || a.name, '') ELSE o.area_name END
            AS area_name
    ),
    CASE
        WHEN o.period = 'now' THEN 'now'
        WHEN regexp_matches(o.period, '^[0-9]+m:') THEN 'rolling'
        WHEN regexp_matches(o.period, 'Q[1-4]$') THEN 'quarter'
        WHEN regexp_matches(o.period, '^[0-9]{4}-[0-9]{2}-[0-9]{2}$') THEN 'date'
        WHEN regexp_matches(o.period, '^[0-9]{4}$') THEN 'year'
        WHEN regexp_matches(o.period, '/') THEN 'span'
        WHEN o.period_end - o.period_start < 32 THEN 'month'
        WHEN o.period_end - o.period_start > 367 THEN 'several_years'
        ELSE 'financial_year'
    END AS period_form,
    coalesce(o.period_end - o.period_start, 0) + 1 AS period_days,
    CAST(year(o.period_end) AS VARCHAR) AS year,
    list_contains(o.checks, 'low_confidence') AS in_doubt,
    i.label AS indicator_label,
    i.better,
    i.measures,
    i.topic,
    d.title AS document_title,
    d.location AS document_location,
    coalesce(d.published_on, d.period_of_reference) AS document_date
FROM observations AS o
LEFT JOIN indicators AS i ON i.indicator = o.indicator
LEFT JOIN documents AS d ON d.document_id = o.document_id
LEFT JOIN areas AS a ON a.area_code = substr(o.area_code, 4) AND o.area_kind = 'neighbours'
