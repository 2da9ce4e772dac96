"""Step people: how much is held of each authority and indicator, and the figures to look at first, each beside its page."""

import marimo

app = marimo.App(width="full", app_title="Coverage and review")


@app.cell
def _():
    import datetime as dt
    import os
    from pathlib import Path

    import altair as alt
    import marimo as mo

    from queries import DatasetError, evidence, evidence_page, open_dataset
    from queries.evidence import TO_REVIEW
    from schemas.corrections import corrections_to_text
    from schemas.records import Correction

    data_folder = Path(os.environ.get("KPI_DATA", "data"))
    dataset = open_dataset(data_folder)
    return (
        Correction,
        DatasetError,
        TO_REVIEW,
        alt,
        corrections_to_text,
        data_folder,
        dataset,
        dt,
        evidence,
        evidence_page,
        mo,
    )


@app.cell
def _(alt, dataset, mo):
    held = dataset.sql(
        """SELECT area_name, year, count(DISTINCT indicator) AS indicators, CAST(sum(figures) AS INTEGER) AS figures
        FROM coverage WHERE area_kind = 'authority' AND year IS NOT NULL GROUP BY ALL"""
    ).to_pandas()
    mo.stop(held.empty, mo.md("The dataset states no figure yet. Make one with `kpi refresh`."))
    mo.vstack(
        [
            mo.md(
                "# Coverage\nIndicators stated for each authority and year in which periods end; a blank is not stated in what is held."
            ),
            alt.Chart(held)
            .mark_rect()
            .encode(
                x=alt.X("year:O", title="Year", axis=alt.Axis(labelAngle=0)),
                y=alt.Y("area_name:N", title=None),
                color=alt.Color("indicators:Q", title="Indicators", scale=alt.Scale(scheme="blues")),
                tooltip=["area_name", "year", "indicators", "figures"],
            )
            .properties(width="container"),
        ]
    )
    return


@app.cell
def _(TO_REVIEW, dataset, mo):
    doubtful = dataset.sql(TO_REVIEW).to_pandas()
    mo.stop(doubtful.empty, mo.md("# Review\nNo figure failed a check or is in doubt."))
    rows = mo.ui.table(
        doubtful.assign(checks=[", ".join(found) for found in doubtful["checks"]]), selection="single", page_size=12
    )
    mo.vstack(
        [mo.md(f"# Review\n{len(doubtful)} figures, those most in doubt first. Choose one to see its page."), rows]
    )
    return (rows,)


@app.cell
def _(DatasetError, dataset, evidence, evidence_page, mo, rows):
    mo.stop(len(rows.value) != 1)
    figure = evidence(dataset, rows.value["observation_id"].iloc[0])
    try:
        picture = mo.image(evidence_page(dataset, figure), alt=f"Page {figure.page} with the figure boxed")
    except DatasetError as error:
        picture = mo.md(f"*{error}*")
    decision = (
        mo.md("{decision} {value} {reason} {who}")
        .batch(
            decision=mo.ui.dropdown(["accept", "correct", "reject"], value="accept", label="Decision"),
            value=mo.ui.number(value=figure.value, label="Right value"),
            reason=mo.ui.text(label="Reason", full_width=True),
            who=mo.ui.text(label="Who decides"),
        )
        .form(submit_button_label="Keep this decision", clear_on_submit=True)
    )
    mo.vstack([mo.md(f"> {figure.quote}"), decision, picture])
    return decision, figure


@app.cell
def _(Correction, corrections_to_text, data_folder, decision, dt, figure, mo):
    mo.stop(not decision.value)
    told = decision.value
    mo.stop(not (told["who"] and told["reason"]), mo.md("**Say who decides and why**: those who come later will ask."))
    kept = Correction(
        observation_id=figure.observation_id,
        document_id=figure.document_id,
        location=figure.document_location or "",
        page=figure.page,
        indicator=figure.indicator,
        area_code=figure.area_code,
        period=figure.period,
        kind=figure.kind,
        value_read=figure.value,
        decision=told["decision"],
        value=told["value"] if told["decision"] == "correct" else None,
        reason=told["reason"],
        who=told["who"],
        when=dt.datetime.now(dt.UTC),
    )
    place = data_folder / "corrections.csv"
    text = corrections_to_text([kept], with_head=not place.exists())
    with place.open("a", encoding="utf-8", newline="") as lines:
        lines.write(text)
    mo.md(f"Kept in `{place}`; the next `kpi refresh` applies it.")
    return


if __name__ == "__main__":
    app.run()
