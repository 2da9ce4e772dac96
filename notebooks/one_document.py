"""Step people: one document page by page: what every printed number became, and where the observations stand."""

import marimo

app = marimo.App(width="full", html_head_file="head.html", app_title="One document")


@app.cell
def _():
    import os

    import marimo as mo

    from queries import open_dataset
    from queries.evidence import document_bytes, page_with_boxes
    from schemas.records import Box

    dataset = open_dataset(os.environ.get("KPI_DATA", "data"))
    return Box, dataset, document_bytes, mo, page_with_boxes


@app.cell
def _(dataset, mo):
    held = dataset.connection.execute(
        """SELECT coalesce(title, location) || ' (' || status || ')', document_id FROM documents ORDER BY location"""
    ).fetchall()
    document = mo.ui.dropdown(
        dict(held), value=held[0][0] if held else None, label="Document", searchable=True, full_width=True
    )
    document
    return (document,)


@app.cell
def _(dataset, document, mo):
    mo.stop(not document.value, mo.md("The dataset holds no document yet. Make one with `kpi refresh`."))
    about = dataset.sql(
        f"""SELECT location, publisher, document_kind, published_on, period_of_reference, pages, status, reason, detail
        FROM documents WHERE document_id = '{document.value}'"""
    ).to_pylist()[0]
    pages = about["pages"] or 0
    page = (
        mo.ui.number(start=1, stop=max(pages, 1), value=1, label=f"Page, of {pages}")
        if pages
        else mo.ui.text(value="", disabled=True, label="This document has no pages")
    )
    told = ", ".join(f"{name.replace('_', ' ')}: {value}" for name, value in about.items() if value is not None)
    mo.vstack([mo.md(told), page])
    return page, pages


@app.cell
def _(dataset, document, page, pages):
    where = f"document_id = '{document.value}'" + (f" AND page = {int(page.value)}" if pages else "")
    stated = dataset.sql(
        f"""SELECT indicator, area_name, period, kind, value, value_text, place, confidence, checks, quote, x0, y0, x1, y1
        FROM observations WHERE {where} ORDER BY y0, x0"""
    ).to_pandas()
    printed = dataset.sql(
        f"SELECT value_text, disposition, quote, position FROM figures WHERE {where} ORDER BY position"
    ).to_pandas()
    return printed, stated


@app.cell
def _(Box, dataset, document, document_bytes, mo, page, page_with_boxes, pages, printed, stated):
    picture = mo.md("*No page to draw.*")
    data = document_bytes(dataset, document.value) if pages else None
    if data is not None:
        boxes = [Box(r.x0, r.y0, r.x1, r.y1) for r in stated.itertuples() if r.x0 == r.x0]
        picture = mo.image(page_with_boxes(data, int(page.value), boxes), alt=f"Page {page.value}, its figures boxed")
    tables = mo.ui.tabs(
        {
            f"Observations ({len(stated)})": mo.ui.table(stated.drop(columns=["x0", "y0", "x1", "y1"]), selection=None),
            f"Every printed number ({len(printed)})": mo.ui.table(printed, selection=None),
        }
    )
    mo.vstack([tables, picture])
    return


if __name__ == "__main__":
    app.run()
