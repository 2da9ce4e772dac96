"""Step people: how much is held of each authority and indicator, and the figures to look at first, each beside its page."""

import marimo

app = marimo.App(width="full", html_head_file="head.html", app_title="Coverage and review")


@app.cell
def _():
    import datetime as dt
    import os
    from pathlib import Path

    import altair as alt
    import marimo as mo

    from queries import DatasetError, evidence, evidence_page, open_dataset
    from queries.review import CORRECTIONS, decide, one_to_review, to_review
    from schemas.codes import DECISIONS
    from schemas.corrections import corrections_to_text
    from schemas.places import place_to_address

    data_folder = Path(os.environ.get("KPI_DATA", "data"))
    alt.renderers.set_embed_options(actions=False)  # a menu without words; kpi trend --out writes pictures
    dataset = open_dataset(data_folder)
    return (
        CORRECTIONS,
        DECISIONS,
        DatasetError,
        alt,
        corrections_to_text,
        data_folder,
        dataset,
        decide,
        dt,
        evidence,
        evidence_page,
        mo,
        one_to_review,
        place_to_address,
        to_review,
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
def _(dataset, mo, to_review):
    doubtful = to_review(dataset).to_pandas()
    mo.stop(doubtful.empty, mo.md("# Review\nNo figure fails a check that nobody has decided about."))
    shown = ["area_name", "indicator_label", "period", "kind", "value_text", "checks", "quote", "observation_id"]
    rows = mo.ui.table(
        doubtful.assign(checks=[", ".join(found) for found in doubtful["checks"]])[shown],
        selection="single",
        page_size=12,
    )
    mo.vstack(
        [
            mo.md(
                f"# Review\n{len(doubtful)} figures, those against which most speaks first. Choose one to see its page."
            ),
            rows,
        ]
    )
    return (rows,)


@app.cell
def _(DECISIONS, DatasetError, dataset, evidence, evidence_page, mo, one_to_review, rows):
    mo.stop(len(rows.value) != 1)
    figure = one_to_review(dataset, rows.value["observation_id"].iloc[0])
    try:
        picture = mo.image(
            evidence_page(dataset, evidence(dataset, figure.observation_id)),
            alt=f"Page {figure.page} with the figure boxed",
        )
    except DatasetError as error:
        picture = mo.md(f"*{error}*")
    decision = (
        mo.md("{decision} {value} {reason} {who}")
        .batch(
            decision=mo.ui.dropdown(list(DECISIONS), value="accept", label="Decision"),
            value=mo.ui.number(value=figure.value, label="Right value"),
            reason=mo.ui.text(label="Reason", full_width=True),
            who=mo.ui.text(label="Who decides"),
        )
        .form(submit_button_label="Keep this decision", clear_on_submit=True)
    )
    mo.vstack([mo.md(f"> {figure.quote}"), decision, picture])
    return decision, figure


@app.cell
def _(CORRECTIONS, DatasetError, corrections_to_text, data_folder, decide, decision, dt, figure, mo, place_to_address):
    mo.stop(not decision.value)
    told = decision.value
    try:
        kept = decide(
            figure, told["decision"], told["reason"], told["who"], dt.datetime.now(dt.UTC), value=told["value"]
        )
    except DatasetError as error:
        mo.stop(True, mo.md(f"**{error}**"))
    address = place_to_address(data_folder)
    mo.stop(
        address is not None,
        mo.md(
            f"Add this line to `{address}/{CORRECTIONS}`:\n\n```\n{corrections_to_text([kept], with_head=False)}\n```"
        ),
    )
    place = data_folder / CORRECTIONS
    before = place.read_text(encoding="utf-8") if place.exists() else ""
    gap = "" if not before or before.endswith("\n") else "\n"
    with place.open("a", encoding="utf-8", newline="") as lines:
        lines.write(gap + corrections_to_text([kept], with_head=not before))
    mo.md(f"Kept in `{place}`; the next `kpi refresh` applies it.")
    return


if __name__ == "__main__":
    app.run()
