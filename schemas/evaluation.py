"""Step evaluate: the record types of labels, of published rows beside them, and of what came of the comparison."""

from __future__ import annotations

from dataclasses import dataclass, field

PageKey = tuple[str, int | None]
"""A labelled document's name, and its page (None where it has none)."""


@dataclass(frozen=True, slots=True)
class Label:
    """One figure that a person found on a page. `periods` are the normal forms that are right; `now` accepts any."""

    document: str
    page: int | None
    indicator: str
    area: str  # LA, SN, or an area's name
    periods: tuple[str, ...]
    kind: str
    value: float
    optional: bool
    quote: str


@dataclass(frozen=True, slots=True)
class Labels:
    """Labelled figures, the pages that were labelled completely (each with the kind its labeller gave it), and the
    documents they are of."""

    figures: tuple[Label, ...]
    pages: dict[PageKey, str]

    @property
    def documents(self) -> tuple[str, ...]:
        """Each labelled document once, in order of first mention."""
        return tuple(dict.fromkeys(document for document, _ in self.pages))


@dataclass(frozen=True, slots=True)
class Held:
    """A document that the dataset holds, and every place where it was found."""

    document_id: str
    locations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stated:
    """One published row on a labelled page; `area` in the words of labels."""

    observation_id: str
    document: str
    page: int | None
    indicator: str
    area: str
    area_kind: str
    period: str
    kind: str
    value: float
    place: str
    construction: str
    confidence: float
    quote: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as labelled: `what` is missed, wrong, period, or kind; `label` and `row` as far as there are."""

    what: str
    label: Label | None
    row: Stated | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A published row and whether all of it (figure, period and kind) is as labelled."""

    row: Stated
    right: bool


@dataclass(slots=True)
class Tally:
    """Counts of required labels and of rows: figures right, of these the rows right as a whole, wrong rows, missed labels."""

    right: int = 0
    rows_right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """Share of the figures stated that are right; None where none is stated."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float | None:
        """Share of the figures labelled that are stated."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall of figures."""
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed)

    @property
    def row_precision(self) -> float | None:
        """Share of the figures stated whose period and kind are right too."""
        return _share(self.rows_right, self.right + self.wrong)

    @property
    def row_recall(self) -> float | None:
        """Share of the figures labelled that are stated with the right period and kind."""
        return _share(self.rows_right, self.right + self.missed)

    @property
    def row_f1(self) -> float | None:
        """Harmonic mean of precision and recall of rows."""
        return _share(2 * self.rows_right, 2 * self.right + self.wrong + self.missed)


@dataclass(frozen=True, slots=True)
class FieldShare:
    """How often one field is right where the fields named in `given` are."""

    name: str
    given: str
    right: int
    of: int

    @property
    def share(self) -> float | None:
        """The share that is right; None where nothing could be compared."""
        return _share(self.right, self.of)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A dataset against labels: the sum, the same by kind of page, indicator, construction and place, the fields, every
    fault, each row with its verdict, and the documents that could not be compared."""

    total: Tally
    by_page_kind: dict[str, Tally]
    by_indicator: dict[str, Tally]
    by_construction: dict[str, Tally]
    by_place: dict[str, Tally]
    fields: tuple[FieldShare, ...]
    faults: tuple[Fault, ...]
    judged: tuple[Judged, ...]
    not_held: tuple[str, ...] = field(default=())
    unclear: tuple[str, ...] = field(default=())


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
