"""Step people: the command `kpi`, which makes the dataset and puts questions to it.

What is slow to import is imported where it is used, so that help and completion answer at once.
"""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import Annotated

import typer

from kpi.check_command import CHECK_EXAMPLE, CONFLICTS_EXAMPLE, check, conflicts
from kpi.completion import complete_area, complete_indicator
from kpi.coverage_command import COMPARATORS_EXAMPLE, COVERAGE_EXAMPLE, comparators, coverage
from kpi.evaluate_command import evaluate
from kpi.review_command import REVIEW_EXAMPLE, review
from kpi.runners import Address, Runner, Where, choose_runner
from kpi.schedule_command import schedule
from kpi.sources_command import sources as sources_commands
from queries.dataset import DatasetError
from schemas.places import place_to_address

app = typer.Typer(
    name="kpi",
    help="The figures that English councils and Ofsted state about children's services, each one step from its page.",
    epilog="Start with:  kpi refresh\n\nThen:  kpi trend referrals_rate --area Wolverhampton",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

DataFolder = Annotated[
    Path, typer.Option("--data", metavar="DIR", help="The folder that holds the dataset.", envvar="KPI_DATA")
]
OutFile = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="Write to a file instead; the ending of its name says in what form."),
]
DATA = Path("data")
FAILED, NOT_ANSWERED, UNDER_WAY = 1, 2, 3  # exit codes
OWN_FAULT = (
    "This is a fault of kpi itself; a published dataset is as it was. Report the lines above with what you typed."
)


def say(words: str) -> None:
    """A remark to the person, apart from the answer itself."""
    print(words, file=sys.stderr)


@app.command(epilog="Example:\n\nkpi refresh --from reports --from papers/2023.pdf --data data")
def refresh(
    sources: Annotated[
        list[Path] | None,
        typer.Option(
            "--from",
            metavar="PATH",
            help="A folder or file to read; give it again for more. Default: those of last time.",
        ),
    ] = None,
    registry: Annotated[
        Path | None,
        typer.Option(
            "--sources",
            metavar="FILE",
            help="A source registry: read what its enabled sources offer, on the web too. Default: that of last time.",
        ),
    ] = None,
    official: Annotated[
        list[Path] | None,
        typer.Option(
            "--official",
            metavar="PATH",
            help="A folder or file of official statistics to check figures against. Default: those of last time.",
        ),
    ] = None,
    data: DataFolder = DATA,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes that read at once. Default: one for each core.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Read everything anew, what has not changed too.")] = False,
    accept_loss: Annotated[
        bool, typer.Option("--accept-loss", help="Publish even if most figures of the last snapshot are gone.")
    ] = False,
    runner: Runner = Where.here,
    address: Address = None,
    rollback: Annotated[
        bool, typer.Option("--rollback", help="Read nothing: go back to the snapshot before the current one.")
    ] = False,
) -> None:
    """Read documents and publish what they state: without --from, those of last time or the project's samples."""
    from flows.in_prefect import is_wanted, refresh_in_prefect
    from flows.refresh import refresh as run_here
    from flows.refresh import rollback as step_back
    from flows.refusals import RefreshError, RefreshUnderWayError
    from kpi.refresh_progress import shown_progress
    from kpi.refresh_report import report_lines
    from queries import open_dataset
    from queries.suggestions import commands_to_try

    choose_runner(runner, address)
    run = refresh_in_prefect if is_wanted() else run_here
    try:
        if rollback:
            say(f"The dataset is the snapshot {step_back(data)} again.")
            return
        with shown_progress() as progress:
            summary = run(
                sources or (),
                data,
                workers,
                progress,
                registry=registry,
                again=again,
                accept_loss=accept_loss,
                official=official or (),
            )
    except RefreshUnderWayError as error:
        say(str(error))
        raise typer.Exit(UNDER_WAY) from error
    except RefreshError as error:
        say(str(error))
        raise typer.Exit(FAILED) from error
    dataset = open_dataset(data)
    option = "" if data == DATA else f"--data {shlex.quote(place_to_address(data) or str(data))}"
    print("\n".join(report_lines(summary, dataset, commands_to_try(dataset, option))))


@app.command(epilog='Example:\n\nkpi find "placement"')
def find(
    words: Annotated[str, typer.Argument(help="Words, or their beginnings, that the name must have.")],
    data: DataFolder = DATA,
) -> None:
    """Find indicators and areas by any of their words, synonyms too."""
    from kpi.terminal import show
    from queries import find as find_names
    from queries import open_dataset
    from queries.names import areas_named, indicators_named, nearest_names
    from queries.printed import found_to_printed

    dataset = open_dataset(data)
    found = found_to_printed(find_names(dataset, words))
    if not found:
        close = nearest_names(words, [*indicators_named(dataset), *areas_named(dataset)])
        hint = "".join(f"\n  {named.id}  {named.name}" for named in close)
        say(
            f"Nothing has all the words '{words}' in its name."
            + (f" The nearest:{hint}" if hint else " Try one of them.")
        )
    for table in found:
        show(table)


@app.command(epilog="Example:\n\nkpi trend referrals_rate --area Wolverhampton --area Dudley --out trend.png")
def trend(
    indicators: Annotated[
        list[str], typer.Argument(help="Indicators, by id, name or synonym.", autocompletion=complete_indicator)
    ],
    area: Annotated[
        list[str] | None,
        typer.Option(help="An area, by code or name; give it again for more.", autocompletion=complete_area),
    ] = None,
    first: Annotated[
        int | None, typer.Option("--from", metavar="YEAR", help="Periods that end in this year or later.")
    ] = None,
    last: Annotated[
        int | None, typer.Option("--to", metavar="YEAR", help="Periods that end in this year or earlier.")
    ] = None,
    comparators: Annotated[bool, typer.Option("--comparators", help="Add neighbours, region and England.")] = False,
    doubtful: Annotated[bool, typer.Option("--all", help="Show figures in doubt (low confidence) too.")] = False,
    out: OutFile = None,
    data: DataFolder = DATA,
) -> None:
    """Show what is stated of indicators and areas through time."""
    from kpi.terminal import show
    from queries import open_dataset
    from queries import trend as ask
    from queries.exports import trend_to_forms
    from queries.printed import trend_title, trend_to_printed

    dataset = open_dataset(data)

    def answer(with_doubtful: bool):  # type: ignore[no-untyped-def]  # an Arrow table, which is not imported here
        return ask(
            dataset,
            indicators,
            area or (),
            first_year=first,
            last_year=last,
            with_doubtful=with_doubtful,
            with_comparators=comparators,
        )

    points = answer(doubtful)
    if out and points.num_rows:
        trend_to_forms(points, trend_title(points), dataset.snapshot.name).write(out)
        say(f"{points.num_rows} figures written to {out}")
    else:
        for table in trend_to_printed(points):
            show(table)
    hidden = 0 if doubtful else answer(True).num_rows - points.num_rows
    if not points.num_rows:
        say("No document that was read states that. See what is held with: kpi find WORD")
    if hidden:
        say(f"{hidden} figure{'s' if hidden > 1 else ''} in doubt left out: add --all to see.")


@app.command(
    epilog="Example:\n\nkpi compare --area Wolverhampton --indicator cla_same_placement_2yr_pct"
    " --indicator cla_under_3_placements_pct"
)
def compare(
    area: Annotated[str, typer.Option(help="The authority, by code or name.", autocompletion=complete_area)],
    indicator: Annotated[
        list[str] | None,
        typer.Option(
            help="An indicator, by id, name or synonym; give it again for more. Default: all.",
            autocompletion=complete_indicator,
        ),
    ] = None,
    doubtful: Annotated[bool, typer.Option("--all", help="Use figures in doubt (low confidence) too.")] = False,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report", metavar="FILE", help="Write the evidence of every figure of the table to this .html file."
        ),
    ] = None,
    rank: Annotated[
        bool, typer.Option("--rank", help="Compute the rank among statistical neighbours and the quarter nationally.")
    ] = False,
    out: OutFile = None,
    data: DataFolder = DATA,
) -> None:
    """Set an authority's latest figures beside the ones before, its neighbours, its region and England."""
    from kpi.terminal import fits, is_terminal, show
    from queries import compare as ask
    from queries import open_dataset, standing
    from queries.dataset import table_to_records
    from queries.exports import comparison_to_forms, evidence_to_forms
    from queries.printed import comparison_to_blocks, comparison_to_grid
    from schemas.answers import Standing

    dataset = open_dataset(data)
    cells = ask(dataset, area, indicator or (), with_doubtful=doubtful)
    ranks = table_to_records(standing(dataset, cells), Standing) if rank else []
    if not cells.num_rows:
        say(f"No document that was read states that of {area}. See what is held with: kpi find WORD")
        return
    if report:
        ids = list(dict.fromkeys(cells.column("observation_id").to_pylist()))
        evidence_to_forms(dataset, ids, comparison_to_grid(cells).title).write(report)
        say(f"The evidence of {len(ids)} figures written to {report}")
    if out:
        comparison_to_forms(cells, comparison_to_grid(cells).title, dataset.snapshot.name, ranks).write(out)
        say(f"{cells.num_rows} figures written to {out}")
    elif report:
        return
    elif is_terminal() and fits(grid := comparison_to_grid(cells, ranks)):
        show(grid)
    else:
        for block in comparison_to_blocks(cells, ranks):
            show(block)


@app.command(epilog="Example:\n\nkpi evidence 3fa9c1d2e4 --png page.png --report figure.html")
def evidence(
    observation_id: Annotated[str, typer.Argument(help="The observation's id, or its beginning.")],
    png: Annotated[
        Path | None, typer.Option("--png", metavar="FILE", help="Write the page, with the figure boxed, to this file.")
    ] = None,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report", metavar="FILE", help="Write all of it, with that part of the page, to this .html file."
        ),
    ] = None,
    data: DataFolder = DATA,
) -> None:
    """Show the document, page and words that state a figure, and the page itself as a picture."""
    from queries import evidence as ask
    from queries import evidence_page, open_dataset
    from queries.evidence_printed import evidence_lines
    from queries.exports import Forms, evidence_to_forms, write_bytes

    dataset = open_dataset(data)
    found = ask(dataset, observation_id)
    print("\n".join(evidence_lines(found)))
    if png:
        picture = evidence_page(dataset, found)
        Forms({".png": lambda path: write_bytes(path, picture)}).write(png)
        say(f"Page {found.page} written to {png}")
    if report:
        title = f"{found.indicator_label or found.indicator}, {found.area_name or 'area not known'}"
        evidence_to_forms(dataset, [found.observation_id], title).write(report)
        say(f"The evidence written to {report}")


@app.command(epilog='Example:\n\nkpi sql "SELECT indicator, count(*) AS figures FROM trend GROUP BY ALL ORDER BY ALL"')
def sql(
    query: Annotated[str, typer.Argument(help="One SELECT over the tables and views.")],
    out: OutFile = None,
    data: DataFolder = DATA,
) -> None:
    """Put any question in SQL to the dataset (read-only); SHOW TABLES names its tables and views."""
    from kpi.terminal import show
    from queries import open_dataset
    from queries.exports import rows_to_forms
    from queries.printed import answer_to_printed

    answer = open_dataset(data).sql(query)
    if out:
        rows_to_forms(answer).write(out)
        say(f"{answer.num_rows} rows written to {out}")
    else:
        show(answer_to_printed(answer))


app.add_typer(sources_commands, name="sources")
app.command(epilog='Example:\n\nkpi schedule --cron "0 2 * * *" --sources data/sources.yaml --data data')(schedule)
app.command(epilog=CHECK_EXAMPLE)(check)
app.command(epilog=CONFLICTS_EXAMPLE)(conflicts)
app.command(epilog=COVERAGE_EXAMPLE)(coverage)
app.command(epilog=REVIEW_EXAMPLE)(review)
app.command(epilog=COMPARATORS_EXAMPLE)(comparators)
app.command(epilog="Example:\n\nkpi evaluate my-labels.csv my-pages.csv --show 20")(evaluate)


@app.command(epilog="Example:\n\nkpi explore --port 8080\n\nkpi explore --export pages")
def explore(
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to serve on.")] = 2718,
    host: Annotated[
        str, typer.Option(help="The address to serve on; by default for this machine alone.")
    ] = "127.0.0.1",
    export: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Write static pages there instead, one for each authority.")
    ] = None,
    data: DataFolder = DATA,
) -> None:
    """Open the dataset as a local web app: trends, comparators, coverage and review, one document."""
    from queries import open_dataset

    dataset = open_dataset(data)
    if export:
        from queries.site import write_pages

        say(f"{write_pages(dataset, export)} pages written to {export}: open {export / 'index.html'}")
        return
    from kpi.explore import notebooks_to_app, serve

    app = notebooks_to_app(data)
    say(f"The dataset is at http://{host}:{port}/ until you press Ctrl+C.")
    serve(app, host, port)


def main() -> None:
    """Run the command; a question that cannot be answered ends with a sentence and exit code 2."""
    try:
        app()
    except DatasetError as error:
        say(str(error))
        sys.exit(NOT_ANSWERED)
    except BrokenPipeError:  # whoever read the output has seen enough (kpi ... | head)
        sys.stderr.close()
    except Exception:
        import traceback

        traceback.print_exc()
        say(OWN_FAULT)
        sys.exit(FAILED)
