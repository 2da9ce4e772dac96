"""Step people: `kpi review`: one doubtful figure after another, worst first, beside its words and its page; decide and say why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kpi.completion import complete_area, complete_indicator

if TYPE_CHECKING:
    from queries.dataset import Dataset
    from schemas.answers import ToReview
    from schemas.records import Correction

REVIEW_EXAMPLE = "Example:\n\nkpi review --check out_of_range --area Wolverhampton"
KEYS = {"a": "accept", "c": "correct", "r": "reject"}
MENU = "[a]ccept  [c]orrect  [r]eject  [s]kip  [p]age as a picture  [q]uit"
PICTURE = "review.png"


@dataclass(frozen=True, slots=True)
class Talk:
    """How the walk speaks with the person: ask a question, say something, keep a decision, write the page's picture."""

    ask: Callable[[str], str]
    say: Callable[[str], None]
    keep: Callable[[Correction], None]
    picture: Callable[[ToReview], str]


def review(
    observation_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="One observation, by its id or the beginning of it.")
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="The document states this figure, whatever the checks say.")
    ] = False,
    correct: Annotated[
        float | None, typer.Option("--correct", metavar="VALUE", help="The document states this value instead.")
    ] = None,
    reject: Annotated[bool, typer.Option("--reject", help="The document does not state this.")] = False,
    forget: Annotated[bool, typer.Option("--forget", help="Take back what was decided about it.")] = False,
    reason: Annotated[str, typer.Option(help="Why, for those who come later.")] = "",
    who: Annotated[
        str, typer.Option(help="Who decides.", envvar=["KPI_REVIEWER", "USER", "USERNAME"], show_default=False)
    ] = "",
    check: Annotated[
        list[str] | None, typer.Option("--check", help="Only figures that fail this check; give it again for more.")
    ] = None,
    indicator: Annotated[
        list[str] | None,
        typer.Option("--indicator", help="Only this indicator.", autocompletion=complete_indicator),
    ] = None,
    area: Annotated[
        list[str] | None, typer.Option("--area", help="Only this area.", autocompletion=complete_area)
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="Only list what there is to review.")] = False,
    decided: Annotated[bool, typer.Option("--decided", help="List the decisions, and how each stands.")] = False,
    data: Annotated[
        Path, typer.Option("--data", metavar="DIR", help="The folder that holds the dataset.", envvar="KPI_DATA")
    ] = Path("data"),
) -> None:
    """Walk through figures that failed a check, worst first: accept, correct or reject each, with a reason."""
    from kpi.terminal import is_terminal, show
    from queries import open_dataset
    from queries.dataset import table_to_records
    from queries.review import decide, decisions, one_to_review, to_review
    from queries.review_printed import decisions_to_printed, to_review_to_printed
    from schemas.answers import ToReview

    chosen = [KEYS[key] for key, wish in (("a", accept), ("c", correct is not None), ("r", reject)) if wish]
    if len(chosen) + forget > 1:
        raise typer.BadParameter("one of --accept, --correct, --reject and --forget at a time")
    if (chosen or forget) and observation_id is None:
        raise typer.BadParameter("say which observation is meant, by its id", param_hint="ID")
    dataset = open_dataset(data)
    if decided:
        show(decisions_to_printed(decisions(dataset)))
    elif forget and observation_id is not None:
        _forget(data, observation_id)
    elif chosen and observation_id is not None:
        row = one_to_review(dataset, observation_id)
        _keep(data, decide(row, chosen[0], reason, who, dt.datetime.now(dt.UTC), correct))
        print("Kept. The next kpi refresh applies it.")
    else:
        if observation_id is not None:
            rows = [one_to_review(dataset, observation_id)]
        else:
            rows = table_to_records(to_review(dataset, indicator or (), area or (), check or ()), ToReview)
        if listed or not is_terminal():
            show(to_review_to_printed(rows))
            return
        talk = Talk(input, print, lambda one: _keep(data, one), lambda row: _picture(dataset, data, row))
        kept = walk(rows, talk, who)
        print(f"{kept} decisions kept." + (" The next kpi refresh applies them." if kept else ""))


def walk(rows: Sequence[ToReview], talk: Talk, who: str) -> int:
    """Show one figure after another and keep what the person decides; how many decisions were kept. Ends at `q`, at the end of
    the input, or after the last figure."""
    from queries.review_printed import review_lines

    kept = 0
    for place, row in enumerate(rows, start=1):
        talk.say(f"\n{place} of {len(rows)}")
        for line in review_lines(row):
            talk.say(line)
        try:
            decision = _decide(row, talk, who)
        except (EOFError, KeyboardInterrupt):
            return kept
        if decision is not None:
            talk.keep(decision)
            kept += 1
    return kept


def _decide(row: ToReview, talk: Talk, who: str) -> Correction | None:
    """Ask until there is a decision, or the person skips (None) or leaves (EOFError)."""
    from queries.dataset import DatasetError
    from queries.review import decide

    while True:
        answer = talk.ask(f"{MENU} > ").strip().casefold()[:1]
        if answer == "q":
            raise EOFError
        if answer == "s":
            return None
        if answer == "p":
            talk.say(talk.picture(row))
            continue
        if answer not in KEYS:
            continue
        try:
            value = _number(talk.ask("Which value does the document state? > ")) if answer == "c" else None
            reason = talk.ask("Why? > ")
            by = who or talk.ask("Who decides? > ")
            return decide(row, KEYS[answer], reason, by, dt.datetime.now(dt.UTC), value)
        except DatasetError as error:
            talk.say(str(error))


def _number(text: str) -> float | None:
    try:
        return float(text.strip().rstrip("%").replace(",", ""))
    except ValueError:
        return None


def _keep(data: Path, decision: Correction) -> None:
    from flows.decisions import keep_decision
    from flows.refusals import RefreshError
    from queries.dataset import DatasetError

    try:
        keep_decision(data, decision)
    except RefreshError as error:
        raise DatasetError(str(error)) from error


def _forget(data: Path, observation_id: str) -> None:
    from flows.decisions import forget_decision
    from flows.refusals import RefreshError
    from queries.dataset import DatasetError

    try:
        forgotten = forget_decision(data, observation_id)
    except RefreshError as error:
        raise DatasetError(str(error)) from error
    print(f"Forgotten: {forgotten.decision}, {forgotten.reason} ({forgotten.who}). The next kpi refresh applies that.")


def _picture(dataset: Dataset, data: Path, row: ToReview) -> str:
    """Write the page with the figure boxed, and say where."""
    from queries import evidence, evidence_page
    from queries.dataset import DatasetError

    place = data / PICTURE
    try:
        place.write_bytes(evidence_page(dataset, evidence(dataset, row.observation_id)))
    except (DatasetError, OSError) as error:
        return str(error)
    return f"Page {row.page} is in {place}"
