-- Each authority's newest figure of an indicator (`role` own) with what documents state to set beside it: its own
-- figure before (own_previous), its statistical neighbours, its region and its country. `for_area` is the authority.
-- Comparators are those that documents state, none is computed. Of several, one of the same period comes first, then one that
-- the same document states, then the nearest in time; the figure before is of a period as long as that of the newest, where there is one.
WITH own AS (
    SELECT * FROM latest WHERE area_kind = 'authority'
),
beside AS (
    SELECT n.area_code AS for_area, 'own_previous' AS role, t.observation_id
    FROM own AS n
    JOIN trend AS t ON t.indicator = n.indicator AND t.area_code = n.area_code AND t.period_end < n.period_end
    UNION ALL
    SELECT n.area_code, 'neighbours', t.observation_id
    FROM own AS n
    JOIN trend AS t ON t.indicator = n.indicator AND t.area_code = 'SN:' || n.area_code
    UNION ALL
    SELECT n.area_code, 'region', t.observation_id
    FROM own AS n
    JOIN areas AS a ON a.area_code = n.area_code
    JOIN trend AS t ON t.indicator = n.indicator AND t.area_code = a.region_code
    UNION ALL
    SELECT n.area_code, 'country', t.observation_id
    FROM own AS n
    JOIN trend AS t ON t.indicator = n.indicator AND t.area_kind = 'country'
),
ranked AS (
    SELECT
        b.for_area,
        b.role,
        t.*,
        row_number() OVER (
            PARTITION BY b.for_area, b.role, t.indicator
            ORDER BY
                t.period IS DISTINCT FROM n.period,
                b.role = 'own_previous' AND abs(t.period_days - n.period_days) > 6,
                b.role <> 'own_previous' AND t.document_id <> n.document_id,
                abs(t.period_end - n.period_end) NULLS LAST,
                t.document_date DESC NULLS LAST, t.observation_id
        ) AS place_in_line
    FROM beside AS b
    JOIN trend AS t ON t.observation_id = b.observation_id
    JOIN own AS n ON n.area_code = b.for_area AND n.indicator = t.indicator
)
SELECT area_code AS for_area, 'own' AS role, * FROM own
UNION ALL
SELECT * EXCLUDE (place_in_line) FROM ranked WHERE place_in_line = 1
