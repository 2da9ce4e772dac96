-- Rows that make the same claim (indicator, area, period, kind, unit and variant) with different values, side by side:
-- every row, `preferred` marking the one that `trend` and `comparators` use. Rows in doubt are left out.
SELECT c.*, f.observation_id = c.observation_id AS preferred, f.value_lowest, f.value_highest
FROM claims AS c
JOIN figures_preferred AS f
    ON f.indicator = c.indicator AND f.area_code = c.area_code AND f.period = c.period AND f.kind = c.kind
    AND f.unit = c.unit AND f.variant IS NOT DISTINCT FROM c.variant
    AND (c.period <> 'now' OR f.period_end IS NOT DISTINCT FROM c.period_end)
WHERE f.value_lowest < f.value_highest AND NOT c.in_doubt
