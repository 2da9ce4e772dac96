"""Step evaluate: labels and the published rows on their pages -> how far the rows can be trusted, and every fault.

A figure is right if indicator, area and value agree on its page; a row if its kind and period agree too. Changes and
optional labels cost nothing either way, nor does a figure that the page states twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from queries.labels import read_labels, rows_on_pages
from schemas.evaluation import Evaluation, Fault, FieldShare, Judged, Label, Labels, PageKey, Stated, Tally

Pair = tuple[Label, Stated]


def evaluate(folder: Path, labels: Path, pages: Path | None = None) -> Evaluation:
    """A data folder and files of labels -> the evaluation of its current snapshot.

    Labels of documents that the dataset does not hold, or that several of its documents answer to, are left out and told.
    """
    asked = read_labels(labels, pages)
    rows, not_held, unclear = rows_on_pages(folder, asked)
    left_out = {*not_held, *unclear}
    usable = Labels(
        tuple(label for label in asked.figures if label.document not in left_out),
        {key: kind for key, kind in asked.pages.items() if key[0] not in left_out},
    )
    return score(usable, rows, not_held, unclear)


def score(
    labels: Labels, rows: Sequence[Stated], not_held: tuple[str, ...] = (), unclear: tuple[str, ...] = ()
) -> Evaluation:
    """Labels and rows on their pages -> the evaluation."""
    sums = _Sums()
    wanted: defaultdict[PageKey, list[Label]] = defaultdict(list)
    found: defaultdict[PageKey, list[Stated]] = defaultdict(list)
    for label in labels.figures:
        if label.kind != "change":
            wanted[label.document, label.page].append(label)
    for row in rows:
        found[row.document, row.page].append(row)
    for page, kind in labels.pages.items():
        sums.add_page(kind, wanted[page], found[page])
    return Evaluation(
        total=sums.total,
        by_page_kind=dict(sorted(sums.by_page_kind.items())),
        by_indicator=dict(sorted(sums.by_indicator.items())),
        by_construction=dict(sorted(sums.by_construction.items())),
        by_place=dict(sorted(sums.by_place.items())),
        fields=sums.fields(),
        faults=tuple(sums.faults),
        judged=tuple(sums.judged),
        not_held=not_held,
        unclear=unclear,
    )


def same_figure(label: Label, row: Stated) -> bool:
    """Whether a row states the figure of a label: indicator, area and value."""
    return label.indicator == row.indicator and same_area(label, row) and same_value(label, row)


def same_area(label: Label, row: Stated) -> bool:
    """Whether a row is about the area of a label."""
    return label.area.casefold() == row.area.casefold()


def same_value(label: Label, row: Stated) -> bool:
    """Whether two values are one, to a millionth."""
    return abs(label.value - row.value) <= 1e-6 * max(1.0, abs(label.value), abs(row.value))


def same_period(label: Label, row: Stated) -> bool:
    """Whether a row's period is one that the label accepts."""
    return "now" in label.periods or row.period in label.periods


def same_row(label: Label, row: Stated) -> bool:
    """Whether all of a row is as labelled."""
    return same_figure(label, row) and same_period(label, row) and label.kind == row.kind


def pair(labels: Sequence[Label], rows: Sequence[Stated], agree: Callable[[Label, Stated], bool]) -> list[Pair]:
    """Labels and rows -> pairs that agree, each side used once, in order."""
    pairs: list[Pair] = []
    left = list(rows)
    for label in labels:
        for index, row in enumerate(left):
            if agree(label, row):
                pairs.append((label, left.pop(index)))
                break
    return pairs


def judge_row(row: Stated, labels: Iterable[Label]) -> bool | None:
    """Whether all of a row is as labelled on its page; None where an optional label leaves that open."""
    same = [label for label in labels if same_figure(label, row)]
    if any(not label.optional and same_row(label, row) for label in same):
        return True
    return None if any(label.optional for label in same) else False


class _Sums:
    """The counts of an evaluation as its pages come."""

    def __init__(self) -> None:
        self.total = Tally()
        self.by_page_kind: defaultdict[str, Tally] = defaultdict(Tally)
        self.by_indicator: defaultdict[str, Tally] = defaultdict(Tally)
        self.by_construction: defaultdict[str, Tally] = defaultdict(Tally)
        self.by_place: defaultdict[str, Tally] = defaultdict(Tally)
        self.faults: list[Fault] = []
        self.judged: list[Judged] = []
        self._pairs: list[Pair] = []
        self._astray: list[Pair] = []

    def add_page(self, kind: str, labels: Sequence[Label], rows: Sequence[Stated]) -> None:
        """One page: whole rows are paired first, then figures; then what is left is told."""
        whole = pair(labels, rows, same_row)
        pairs = whole + pair(_without_labels(labels, whole), _without_rows(rows, whole), same_figure)
        for label, row in pairs:
            if not label.optional:
                self._count_right(kind, label, row)
        missed = [label for label in _without_labels(labels, pairs) if not label.optional]
        spare = _without_rows(rows, pairs)
        wrong = [row for row in spare if not any(same_figure(label, row) for label in labels)]
        for label in missed:
            for tally in (self.total, self.by_page_kind[kind], self.by_indicator[label.indicator]):
                tally.missed += 1
            self.faults.append(Fault("missed", label, None))
        for row in wrong:
            for tally in (self.by_page_kind[kind], *self._of_row(row)):
                tally.wrong += 1
            self.faults.append(Fault("wrong", None, row))
        self._astray += pair(missed, wrong, lambda g, r: same_value(g, r) and g.indicator == r.indicator)
        self._astray += pair(missed, wrong, lambda g, r: same_value(g, r) and same_area(g, r))
        verdicts = ((row, judge_row(row, labels)) for row in rows)
        self.judged += [Judged(row, verdict) for row, verdict in verdicts if verdict is not None]

    def _of_row(self, row: Stated) -> tuple[Tally, ...]:
        return (
            self.total,
            self.by_indicator[row.indicator],
            self.by_construction[row.construction],
            self.by_place[row.place],
        )

    def _count_right(self, kind: str, label: Label, row: Stated) -> None:
        whole = same_row(label, row)
        for tally in (self.by_page_kind[kind], *self._of_row(row)):
            tally.right += 1
            tally.rows_right += whole
        self._pairs.append((label, row))
        if not whole:
            self.faults.append(Fault("kind" if same_period(label, row) else "period", label, row))

    def fields(self) -> tuple[FieldShare, ...]:
        """Each field, where those before it are right."""
        exact = len(self._pairs)
        strayed_area = sum(1 for g, r in self._astray if g.indicator == r.indicator)
        strayed_indicator = sum(1 for g, r in self._astray if g.indicator != r.indicator)
        return (
            FieldShare("figure", "label", self.total.right, self.total.right + self.total.missed),
            FieldShare("indicator", "value and area", exact, exact + strayed_indicator),
            FieldShare("area", "value and indicator", exact, exact + strayed_area),
            FieldShare("period", "figure", sum(same_period(g, r) for g, r in self._pairs), exact),
            FieldShare("kind", "figure", sum(g.kind == r.kind for g, r in self._pairs), exact),
        )


def _without_labels(labels: Sequence[Label], pairs: Sequence[Pair]) -> list[Label]:
    taken = {id(label) for label, _ in pairs}
    return [label for label in labels if id(label) not in taken]


def _without_rows(rows: Sequence[Stated], pairs: Sequence[Pair]) -> list[Stated]:
    taken = {id(row) for _, row in pairs}
    return [row for row in rows if id(row) not in taken]
