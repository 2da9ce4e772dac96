"""Step people: choose an authority and indicators, see its newest figures beside the stated comparators, as a report prints them."""

import marimo

app = marimo.App(width="medium", html_head_file="head.html", app_title="Comparators")


@app.cell
def _():
    import os

    import marimo as mo

    from queries import compare, open_dataset, standing
    from queries.charts import MOST_PANELS, comparison_in_words, comparison_to_image
    from queries.dataset import table_to_records
    from queries.page_report import TABLE_STYLE, drawing_to_html, table_to_html
    from queries.printed import comparison_to_grid
    from schemas.answers import Standing

    dataset = open_dataset(os.environ.get("KPI_DATA", "data"))
    return (
        MOST_PANELS,
        TABLE_STYLE,
        Standing,
        compare,
        comparison_in_words,
        comparison_to_grid,
        comparison_to_image,
        dataset,
        drawing_to_html,
        mo,
        standing,
        table_to_html,
        table_to_records,
    )


@app.cell
def _(dataset, mo):
    stated = dataset.connection.execute(
        """SELECT area_name, area_code, count(*) AS figures FROM latest
        WHERE area_kind = 'authority' GROUP BY ALL ORDER BY figures DESC, 1"""
    ).fetchall()
    codes = {name: code for name, code, _ in stated}
    authority = mo.ui.dropdown(codes, value=next(iter(codes), None), label="Authority", searchable=True)
    authority
    return (authority,)


@app.cell
def _(authority, dataset, mo):
    mo.stop(not authority.value, mo.md("The dataset states no figure yet. Make one with `kpi refresh`."))
    found = dataset.connection.execute(
        """SELECT any_value(indicator_label), indicator, count(*) AS cells FROM comparators
        WHERE for_area = ? GROUP BY indicator ORDER BY cells DESC, indicator""",
        [authority.value],
    ).fetchall()
    labels = {f"{label} ({indicator})": indicator for label, indicator, _ in found}
    indicators = mo.ui.multiselect(labels, value=list(labels)[:4], label="Indicators", full_width=True)
    ranked = mo.ui.switch(value=False, label="Rank among neighbours (computed)")
    mo.vstack([indicators, ranked])
    return indicators, ranked


@app.cell
def _(
    TABLE_STYLE,
    Standing,
    authority,
    compare,
    comparison_to_grid,
    dataset,
    indicators,
    mo,
    ranked,
    standing,
    table_to_html,
    table_to_records,
):
    mo.stop(not indicators.value, mo.md("Choose an indicator."))
    cells = compare(dataset, authority.value, indicators.value)
    ranks = table_to_records(standing(dataset, cells), Standing) if ranked.value else []
    mo.Html(f"<style>{TABLE_STYLE}</style>{table_to_html(comparison_to_grid(cells, ranks))}")
    return (cells,)


@app.cell
def _(MOST_PANELS, cells, comparison_in_words, comparison_to_image, drawing_to_html, indicators, mo):
    mo.stop(len(indicators.value) > MOST_PANELS, mo.md(f"Choose at most {MOST_PANELS} indicators for a chart."))
    mo.Html(drawing_to_html(comparison_to_image(cells, "svg").decode(), comparison_in_words(cells)))
    return


if __name__ == "__main__":
    app.run()
