-- Rows that make the same claim (indicator, area, period, kind, unit and variant) with values further apart than their rounding,
-- side by side: every row, `preferred` marking the one that `trend` and `comparators` use, and `chosen_for` the rule that
-- put it first. Rows in doubt, and what a person rejected, are left out.
WITH apart AS (
    SELECT *
    FROM figures_preferred
    WHERE value_lowest < value_highest
),
rows_apart AS (
    SELECT
        c.*,
        f.observation_id = c.observation_id AS preferred,
        f.value_lowest,
        f.value_highest,
        f.observation_id AS preferred_id,
        f.document_date IS DISTINCT FROM c.document_date AS other_date,
        (f.area_code IS DISTINCT FROM f.subject_code) <> (c.area_code IS DISTINCT FROM c.subject_code) AS other_speaker,
        (f.place IN ('table', 'card')) <> (c.place IN ('table', 'card')) AS other_place,
        f.provisional <> c.provisional AS other_finality,
        CASE WHEN f.reviewed IS NULL THEN len(f.checks) ELSE 0 END
            <> CASE WHEN c.reviewed IS NULL THEN len(c.checks) ELSE 0 END AS other_soundness,
        CASE
            WHEN c.approximation = 'exact' THEN pow(10, -length(regexp_extract(c.value_text, '[0-9]\.([0-9]+)', 1)))
            ELSE 0.1 * abs(c.value)
        END AS step
    FROM claims AS c
    JOIN apart AS f
        ON f.indicator = c.indicator AND f.area_code = c.area_code AND f.period = c.period AND f.kind = c.kind
        AND f.unit = c.unit AND f.variant IS NOT DISTINCT FROM c.variant
        AND (c.period <> 'now' OR f.period_end IS NOT DISTINCT FROM c.period_end)
    WHERE NOT c.in_doubt AND c.reviewed IS DISTINCT FROM 'rejected'
),
judged AS (
    SELECT
        * EXCLUDE (preferred_id, step, other_date, other_speaker, other_place, other_finality, other_soundness),
        CASE
            WHEN bool_or(other_soundness) OVER claim THEN 'fewer failed checks'
            WHEN bool_or(other_date) OVER claim THEN 'later document'
            WHEN bool_or(other_speaker) OVER claim THEN 'own statement'
            WHEN bool_or(other_place) OVER claim THEN 'table over prose'
            WHEN bool_or(other_finality) OVER claim THEN 'final over provisional'
            ELSE 'earlier place'
        END AS chosen_for,
        max(value) OVER claim - min(value) OVER claim > max(step) OVER claim / 2 + 1e-9 AS further_than_rounding
    FROM rows_apart
    WINDOW claim AS (PARTITION BY preferred_id)
)
SELECT * EXCLUDE (further_than_rounding) FROM judged WHERE further_than_rounding
