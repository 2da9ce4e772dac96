"""Step answer: a dataset -> static web pages, one for each authority, that load nothing from anywhere."""

from __future__ import annotations

from html import escape
from pathlib import Path

from queries.charts import trend_in_words, trend_to_image
from queries.comparison import compare
from queries.dataset import Dataset, DatasetError
from queries.page_report import STYLE, tables_to_html
from queries.printed import comparison_to_grid, trend_to_printed
from queries.trend import trend

CHARTED = 6  # indicators that an authority's page draws: those with the most points
AUTHORITIES = """
    SELECT area_code, any_value(area_name) AS name, count(*) AS indicators
    FROM latest WHERE area_kind = 'authority' GROUP BY area_code ORDER BY name, area_code
"""
FULLEST = """
    SELECT indicator FROM trend WHERE area_code = ? AND period_end IS NOT NULL
    GROUP BY indicator HAVING count(*) > 1 ORDER BY count(*) DESC, indicator LIMIT ?
"""


def write_pages(dataset: Dataset, folder: Path) -> int:
    """A page for each authority that states anything, and one that leads to them -> how many pages."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        authorities = dataset.connection.execute(AUTHORITIES).fetchall()
        for code, name, _ in authorities:
            (folder / f"{code}.html").write_text(_authority_page(dataset, code, name or code), encoding="utf-8")
        (folder / "index.html").write_text(_index_page(dataset, authorities), encoding="utf-8")
    except OSError as error:
        raise DatasetError(f"{folder} cannot be written: {error.strerror or error}. Choose another folder.") from error
    return len(authorities) + 1


def _authority_page(dataset: Dataset, code: str, name: str) -> str:
    charted = [row[0] for row in dataset.connection.execute(FULLEST, [code, CHARTED]).fetchall()]
    tables = [comparison_to_grid(compare(dataset, code))]
    drawing = words = ""
    if charted:
        points = trend(dataset, charted, [code])
        drawing, words = trend_to_image(points, "svg").decode(), trend_in_words(points)
        tables += trend_to_printed(points)
    return tables_to_html(tables, name, drawing, words)


def _index_page(dataset: Dataset, authorities: list[tuple[str, str, int]]) -> str:
    links = "\n".join(
        f'<li><a href="{code}.html">{escape(name or code)}</a>: {count} indicators</li>'
        for code, name, count in authorities
    )
    return (
        f'<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n<title>Children\'s services KPIs</title>\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>Children's services KPIs</h1>\n"
        f"<p>Made from the snapshot {escape(dataset.snapshot.name)}.</p>\n<ul>\n{links}\n</ul>\n</main>\n</body>\n</html>\n"
    )
