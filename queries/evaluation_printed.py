"""Step evaluate: an evaluation -> tables for people, and its misses and wrong rows in the words of the page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from queries.printed import Head, Printed, Text
from queries.wording import number_words
from schemas.evaluation import Evaluation, Fault, Judged, Label, Stated, Tally

LONGEST_QUOTE = 160
STEPS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)  # tenths, the last in two
TALLY_HEADS = (
    Head("Right", right=True),
    Head("Wrong", right=True),
    Head("Missed", right=True),
    Head("Precision", right=True),
    Head("Recall", right=True),
    Head("F1", right=True),
    Head("Row precision", right=True),
    Head("Row recall", right=True),
    Head("Row F1", right=True),
)
ROW_HEADS = (
    Head("Right", right=True),
    Head("Wrong", right=True),
    Head("Precision", right=True),
    Head("Row precision", right=True),
)
WHAT = {"missed": "Missed", "wrong": "Wrong", "period": "Other period", "kind": "Other kind"}


def evaluation_to_printed(evaluation: Evaluation) -> list[Printed]:
    """An evaluation -> its tables: all, kinds of page, fields, constructions, places, indicators, confidence."""
    tables = [_total(evaluation), _fields(evaluation)]
    tables += [_of_rows("By construction", "Construction", evaluation.by_construction)]
    tables += [_of_rows("By place", "Place", evaluation.by_place)]
    tables += [_of_tallies("By indicator", "Indicator", evaluation.by_indicator)]
    return [*tables, confidence_to_printed(evaluation.judged)]


def faults_to_lines(faults: Sequence[Fault], show: int) -> list[str]:
    """The first `show` faults, two lines each: what was labelled or stated, and the words of the page."""
    lines = [line for fault in faults[:show] for line in _fault_lines(fault)]
    rest = len(faults) - show
    return [*lines, f"... and {rest} more: --show {len(faults)} tells all."] if rest > 0 and lines else lines


def confidence_to_printed(judged: Iterable[Judged]) -> Printed:
    """Rows with their verdicts -> by tenths of confidence, the mean that was said and the share that is right."""
    groups: list[list[Judged]] = [[] for _ in STEPS[1:]]
    for one in judged:
        groups[min(bisect_right(STEPS, round(one.row.confidence, 6)), len(groups)) - 1].append(one)
    rows = tuple(
        (
            Text(f"{low:g} to {high:g}"),
            Text(str(len(group))),
            Text(_share_words(sum(one.row.confidence for one in group) / len(group))),
            Text(_share_words(sum(one.right for one in group) / len(group))),
        )
        for low, high, group in zip(STEPS, STEPS[1:], groups, strict=False)
        if group
    )
    heads = (
        Head("Confidence", whole=True),
        Head("Rows", right=True),
        Head("Said", right=True),
        Head("Right", right=True),
    )
    return Printed("Confidence: share of rows said and found to be right as a whole", heads, rows)


def _total(evaluation: Evaluation) -> Printed:
    rows = [_tally_row("All pages", evaluation.total)]
    if len(evaluation.by_page_kind) > 1:
        rows += [_tally_row(kind or "not told", tally) for kind, tally in evaluation.by_page_kind.items()]
    notes = [f"Not in the dataset, so left out: {name}" for name in evaluation.not_held]
    notes += [f"Several documents answer to this name, so left out: {name}" for name in evaluation.unclear]
    notes.append("A figure is right if indicator, area and value are; a row if its period and kind are too.")
    return Printed("Figures against labels", (Head("Pages", whole=True), *TALLY_HEADS), tuple(rows), tuple(notes))


def _fields(evaluation: Evaluation) -> Printed:
    heads = (
        Head("Field", whole=True),
        Head("Given the right", whole=True),
        Head("Right", right=True),
        Head("Of", right=True),
        Head("Share", right=True),
    )
    rows = tuple(
        (Text(f.name), Text(f.given), Text(str(f.right)), Text(str(f.of)), Text(_share_words(f.share)))
        for f in evaluation.fields
    )
    return Printed("By field", heads, rows)


def _of_rows(title: str, head: str, tallies: dict[str, Tally]) -> Printed:
    ordered = sorted(tallies.items(), key=lambda item: (-item[1].right - item[1].wrong, item[0]))
    rows = tuple(
        (
            Text(name),
            Text(str(tally.right)),
            Text(str(tally.wrong)),
            Text(_share_words(tally.precision)),
            Text(_share_words(tally.row_precision)),
        )
        for name, tally in ordered
    )
    return Printed(title, (Head(head, whole=True), *ROW_HEADS), rows)


def _of_tallies(title: str, head: str, tallies: dict[str, Tally]) -> Printed:
    ordered = sorted(tallies.items(), key=lambda item: (-item[1].wrong - item[1].missed, -item[1].right, item[0]))
    return Printed(
        title, (Head(head, whole=True), *TALLY_HEADS), tuple(_tally_row(name, tally) for name, tally in ordered)
    )


def _tally_row(name: str, tally: Tally) -> tuple[Text, ...]:
    counts = (tally.right, tally.wrong, tally.missed)
    shares = (tally.precision, tally.recall, tally.f1, tally.row_precision, tally.row_recall, tally.row_f1)
    return (Text(name), *(Text(str(n)) for n in counts), *(Text(_share_words(s)) for s in shares))


def _share_words(share: float | None) -> str:
    return "" if share is None else f"{share:.3f}"


def _fault_lines(fault: Fault) -> list[str]:
    one = fault.label or fault.row
    assert one is not None
    page = "" if one.page is None else f", p. {one.page}"
    told = f"{WHAT[fault.what]}: {one.indicator}, {one.area or 'area not known'}, {number_words(one.value)}"
    if fault.label and fault.row:
        told += f": labelled {_when(fault.label)}, stated {fault.row.period} {fault.row.kind}"
    elif fault.label:
        told += f", {_when(fault.label)}"
    elif fault.row:
        told += f", {fault.row.period} {fault.row.kind} [{fault.row.place}, {fault.row.construction}]"
    return [f"{told} ({one.document}{page})", f"    {_quote(one)}"]


def _when(label: Label) -> str:
    return f"{' or '.join(label.periods)} {label.kind}"


def _quote(one: Label | Stated) -> str:
    quote = " ".join(one.quote.split())
    return quote if len(quote) <= LONGEST_QUOTE else quote[: LONGEST_QUOTE - 1] + "…"
