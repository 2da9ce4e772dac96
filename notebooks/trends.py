"""Step people: choose authorities and an indicator, see the trend, click a point, see the page that states it."""

import marimo

app = marimo.App(width="medium", html_head_file="head.html", app_title="Trends")


@app.cell
def _():
    import os

    import altair as alt
    import marimo as mo
    from afcharts.af_colours import get_af_colours

    from queries import DatasetError, evidence, evidence_page, open_dataset, trend
    from queries.page_report import TABLE_STYLE, table_to_html
    from queries.printed import trend_to_printed

    alt.renderers.set_embed_options(actions=False)  # a menu without words; kpi trend --out writes pictures
    dataset = open_dataset(os.environ.get("KPI_DATA", "data"))
    return (
        DatasetError,
        TABLE_STYLE,
        alt,
        dataset,
        evidence,
        evidence_page,
        get_af_colours,
        mo,
        table_to_html,
        trend,
        trend_to_printed,
    )


@app.cell
def _(dataset, mo):
    stated = dataset.connection.execute(
        """SELECT indicator_label || ' (' || indicator || ')', indicator, count(*) AS figures
        FROM trend WHERE area_kind = 'authority' GROUP BY ALL ORDER BY figures DESC, 1"""
    ).fetchall()
    labels = {label: indicator for label, indicator, _ in stated}
    indicator = mo.ui.dropdown(
        labels, value=next(iter(labels), None), label="Indicator", searchable=True, full_width=True
    )
    indicator
    return (indicator,)


@app.cell
def _(dataset, indicator, mo):
    mo.stop(not indicator.value, mo.md("The dataset states no figure yet. Make one with `kpi refresh`."))
    found = dataset.connection.execute(
        """SELECT area_name, area_code, count(*) AS points FROM trend
        WHERE indicator = ? AND area_kind = 'authority' GROUP BY ALL ORDER BY points DESC, 1""",
        [indicator.value],
    ).fetchall()
    codes = {name: code for name, code, _ in found}
    authorities = mo.ui.multiselect(codes, value=list(codes)[:3], label="Authorities (up to six)", max_selections=6)
    comparators = mo.ui.switch(value=False, label="Neighbours, region and England")
    mo.hstack([authorities, comparators], justify="start")
    return authorities, comparators


@app.cell
def _(authorities, comparators, dataset, indicator, mo, trend):
    mo.stop(not authorities.value, mo.md("Choose an authority."))
    points = trend(dataset, [indicator.value], authorities.value, with_comparators=comparators.value)
    return (points,)


@app.cell
def _(alt, get_af_colours, mo, points):
    shown = points.select(
        ["area_name", "period", "period_form", "period_end", "value", "value_text", "document_title", "observation_id"]
    ).to_pandas()
    colours = alt.Scale(range=get_af_colours("categorical", number_of_colours=6))
    picked = alt.selection_point(name="picked", fields=["observation_id"], on="click", nearest=False)
    base = alt.Chart(shown).encode(
        x=alt.X("period_end:T", title="Period ends"),
        y=alt.Y("value:Q", title=None, scale=alt.Scale(zero=True)),
        color=alt.Color("area_name:N", title="Area", scale=colours),
    )
    lines = base.mark_line().encode(strokeDash=alt.StrokeDash("period_form:N", title="Kind of period"))
    dots = base.mark_point(size=110, filled=True, opacity=1).encode(
        shape=alt.Shape("period_form:N", title="Kind of period"),
        tooltip=[
            alt.Tooltip("area_name:N", title="Area"),
            alt.Tooltip("period:N", title="Period"),
            alt.Tooltip("value_text:N", title="As printed"),
            alt.Tooltip("document_title:N", title="Document"),
        ],
    )
    drawn = (lines + dots.add_params(picked)).properties(
        height=320, width="container", usermeta={"embedOptions": {"renderer": "svg"}}
    )
    chart = mo.ui.altair_chart(drawn, chart_selection=False, legend_selection=False)
    chart
    return (chart,)


@app.cell
def _(TABLE_STYLE, mo, points, table_to_html, trend_to_printed):
    mo.accordion(
        {
            "The figures, with their sources": mo.Html(
                f"<style>{TABLE_STYLE}</style>" + "".join(map(table_to_html, trend_to_printed(points)))
            )
        }
    )
    return


@app.cell
def _(DatasetError, chart, dataset, evidence, evidence_page, mo):
    chosen = chart.value
    mo.stop(len(chosen) != 1, mo.md("Click a point to see the page that states it."))
    found_figure = evidence(dataset, chosen["observation_id"].iloc[0])
    try:
        page = mo.image(evidence_page(dataset, found_figure), alt=f"Page {found_figure.page} with the figure boxed")
    except DatasetError as error:
        page = mo.md(f"*{error}*")
    where = f"page {found_figure.page}" if found_figure.page else "no pages"
    mo.vstack(
        [
            mo.md(f"**{found_figure.document_title}**, {where}"),
            mo.md(f"> {found_figure.quote}"),
            page,
        ]
    )
    return


if __name__ == "__main__":
    app.run()
