-- One row for each claim (indicator, area, period, kind, unit and variant), however many documents and pages state it; what a
-- person rejected makes none. The first of these rules that tells two rows apart decides: a row not in doubt before one in
-- doubt; the one that failed fewer checks (none, where a person confirmed it); the later document; the area's own statement
-- before another's; a table or card before prose; a final figure before a provisional one; an exact figure before an approximate
-- one; the higher confidence; the earlier page; the smaller id. The order in which documents arrived plays no part.
-- `statements` counts the rows that make the claim, `value_lowest` and `value_highest` tell how far they are apart.
SELECT * EXCLUDE (place_in_line)
FROM (
    SELECT
        *,
        count(*) OVER claim AS statements,
        min(value) OVER claim AS value_lowest,
        max(value) OVER claim AS value_highest,
        row_number() OVER (
            PARTITION BY
                indicator, area_code, period, CASE WHEN period = 'now' THEN period_end END, kind, unit, variant
            ORDER BY
                in_doubt, CASE WHEN reviewed IS NULL THEN len(checks) ELSE 0 END, document_date DESC NULLS LAST,
                area_code IS DISTINCT FROM subject_code, place NOT IN ('table', 'card'), provisional,
                approximation <> 'exact', confidence DESC, page NULLS LAST, observation_id
        ) AS place_in_line
    FROM claims
    WHERE area_code IS NOT NULL AND reviewed IS DISTINCT FROM 'rejected'
    WINDOW claim AS (
        PARTITION BY indicator, area_code, period, CASE WHEN period = 'now' THEN period_end END, kind, unit, variant
    )
)
WHERE place_in_line = 1
