"""Step answer: a dataset -> commands worth trying on it, each of which has something to show."""

from __future__ import annotations

import shlex

from queries.dataset import Dataset

LONGEST_TREND = """
WITH lines AS (
    SELECT indicator, area_name, count(DISTINCT period) AS periods
    FROM trend
    WHERE area_kind = 'authority' AND area_name IS NOT NULL
    GROUP BY ALL
),
ranked AS (
    SELECT *, row_number() OVER (PARTITION BY indicator ORDER BY periods DESC, area_name) AS place_in_line FROM lines
)
SELECT indicator, list(area_name ORDER BY place_in_line) AS areas
FROM ranked
WHERE place_in_line <= 2
GROUP BY indicator
ORDER BY sum(least(periods, 6)) DESC, max(periods) DESC, indicator
LIMIT 1
"""
FULLEST_COMPARISON = """
WITH stated AS (
    SELECT indicator, area_code, area_kind, count(DISTINCT period_end) AS periods
    FROM trend
    WHERE area_code IS NOT NULL
    GROUP BY ALL
),
told AS (  -- which cells the view `comparators` would fill, without choosing their rows
    SELECT
        n.area_code AS for_area,
        n.indicator,
        1 + (n.periods > 1)::INT + (s.indicator IS NOT NULL)::INT + (r.indicator IS NOT NULL)::INT
        + (n.indicator IN (SELECT indicator FROM stated WHERE area_kind = 'country'))::INT AS cells
    FROM stated AS n
    LEFT JOIN areas AS a ON a.area_code = n.area_code
    LEFT JOIN stated AS s ON s.indicator = n.indicator AND s.area_code = 'SN:' || n.area_code
    LEFT JOIN stated AS r ON r.indicator = n.indicator AND r.area_code = a.region_code
    WHERE n.area_kind = 'authority'
),
ranked AS (
    SELECT *, row_number() OVER (PARTITION BY for_area ORDER BY cells DESC, indicator) AS place_in_line FROM told
)
SELECT coalesce(a.name, r.for_area) AS area, list(r.indicator ORDER BY r.place_in_line) AS indicators
FROM ranked AS r
LEFT JOIN areas AS a ON a.area_code = r.for_area
WHERE r.place_in_line <= 2
GROUP BY ALL
ORDER BY sum(r.cells) DESC, area
LIMIT 1
"""
A_FIGURE_ON_A_PAGE = """
SELECT observation_id, x0 IS NOT NULL AS drawn
FROM trend
ORDER BY drawn DESC, indicator IS DISTINCT FROM ?, area_kind <> 'authority', place IN ('table', 'card') DESC, period_end DESC NULLS LAST, observation_id
LIMIT 1
"""
WHAT_BECAME_OF_THEM = 'kpi sql "SELECT location, status, reason, detail FROM documents ORDER BY status"'


def commands_to_try(dataset: Dataset, data_option: str = "") -> list[str]:
    """A trend, a comparison and a figure on its page that this dataset holds -> the commands that show them.

    `data_option` is what the commands need to find the dataset (`--data DIR`), empty for the usual folder.
    """
    trends = dataset.connection.execute(LONGEST_TREND).fetchall()
    commands = []
    for indicator, areas in trends:
        named = " ".join(f"--area {shlex.quote(area)}" for area in areas)
        commands.append(f"kpi trend {indicator} {named}")
    for area, indicators in dataset.connection.execute(FULLEST_COMPARISON).fetchall():
        named = " ".join(f"--indicator {indicator}" for indicator in indicators)
        commands.append(f"kpi compare --area {shlex.quote(area)} {named}")
    first = trends[0][0] if trends else None
    for observation_id, drawn in dataset.connection.execute(A_FIGURE_ON_A_PAGE, [first]).fetchall():
        commands.append(f"kpi evidence {observation_id[:10]}" + (" --png page.png" if drawn else ""))
    commands = commands or [WHAT_BECAME_OF_THEM]
    return [f"{command} {data_option}".strip() for command in commands]
