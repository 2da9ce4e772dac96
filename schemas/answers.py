"""Step answer: the record types of the rows that questions give back; their fields are the columns of the question views."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields

from schemas.records import Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One figure of the view `figures_preferred`: what is stated of an indicator, an area and a period, and where.

    `statements` rows make the same claim, with values from `value_lowest` to `value_highest`.
    """

    indicator: str
    indicator_label: str | None
    area_code: str | None
    area_name: str | None
    area_kind: str
    period: str
    period_form: str
    period_start: dt.date | None
    period_end: dt.date | None
    year: str | None
    kind: str
    value: float
    unit: str
    value_text: str
    approximation: str
    better: str | None
    measures: str | None
    variant: str | None
    confidence: float
    checks: tuple[str, ...]
    statements: int
    value_lowest: float
    value_highest: float
    observation_id: str
    document_id: str
    document_title: str | None
    document_location: str | None
    document_date: dt.date | None
    page: int | None
    place: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell(Point):
    """One cell of a comparator table: a point and the part it plays (own, own_previous, neighbours, region, country).

    On the row `own`: its difference from `own_previous` where both periods are equally long, and whether that is
    better or worse by the indicator's polarity.
    """

    role: str
    difference: float | None
    direction: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where an authority's own figure stands among those that other authorities' documents state (computed).

    `rank` is its place among itself and the `neighbours_stating` of its `neighbours` under `model`; `quartile` among
    itself and `authorities_stating`; null where too few state one.
    """

    observation_id: str
    indicator: str
    model: str
    neighbours: int
    neighbours_stating: int
    rank: int | None
    authorities_stating: int
    quartile: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked(Point):
    """One stated figure beside the official value of its area and period (the columns of `OfficialComparison`).

    `off_by` is their difference as a share of the official value, null where that is nought.
    """

    official_value: float
    official_period: str
    release: str
    vintage: str
    basis: str
    outcome: str
    difference: float
    off_by: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict(Point):
    """One statement of a claim that is stated with different values: whether it is the preferred one, and by which rule that
    one was chosen."""

    preferred: bool
    chosen_for: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How often the figures of one indicator, or of one document, agree with official values.

    `agreeing` is the share that agrees, to rounding or with one edition; `far` counts those further off than a tenth.
    """

    about: str
    label: str | None
    compared: int
    agrees: int
    rounding: int
    vintage: int
    differs: int
    far: int
    agreeing: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ToReview:
    """One observation that a person should look at: what it claims, where, and how much speaks against it (`severity`)."""

    observation_id: str
    document_id: str
    document_location: str | None
    page: int | None
    indicator: str
    indicator_label: str | None
    area_code: str | None
    area_name: str | None
    period: str
    kind: str
    value: float
    value_read: float | None
    unit: str
    value_text: str
    quote: str
    confidence: float
    checks: tuple[str, ...]
    reviewed: str | None
    severity: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One line of `corrections.csv`, and how it stands to the current snapshot (`standing`, a key of
    `schemas.codes.DECISION_STANDINGS`)."""

    observation_id: str
    document_id: str
    location: str
    page: int | None
    indicator: str
    area_code: str | None
    period: str
    kind: str
    value_read: float
    decision: str
    value: float | None
    reason: str
    who: str
    when: dt.datetime
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """What is held of one indicator, area and year, or why there is nothing (`status`, a key of `schemas.codes.COVERAGE`).

    `figures` are those stated, `documents` those that speak of that area and year at all, `unread` those of them that were not
    read whole.
    """

    area_code: str
    area_name: str
    indicator: str
    year: int
    status: str
    figures: int
    in_doubt: int
    failed_checks: int
    documents: int
    unread: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """One comparator that is computed here, and stated by no document.

    `group` is neighbours, region or country, `statistic` mean or median, of the figures of `covered` out of `members` authorities
    for the period of the authority's own figure; `model` the neighbour model, null for other groups. `basis` says whose figures:
    stated (in documents) or official. An authority's figures of each kind are never mixed.
    """

    for_area: str
    indicator: str
    indicator_label: str | None
    unit: str
    period: str
    period_end: dt.date | None
    own_value: float
    group: str
    group_name: str
    statistic: str
    model: str | None
    value: float | None
    covered: int
    members: int
    lowest: float | None
    highest: float | None
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One observation with all by which a person can check it."""

    observation_id: str
    indicator: str
    indicator_label: str | None
    area_code: str | None
    area_name: str | None
    period: str
    period_form: str
    period_start: dt.date | None
    period_end: dt.date | None
    kind: str
    value: float
    unit: str
    value_text: str
    approximation: str
    variant: str | None
    confidence: float
    checks: tuple[str, ...]
    quote: str
    place: str
    page: int | None
    x0: float | None
    y0: float | None
    x1: float | None
    y1: float | None
    document_id: str
    document_title: str | None
    document_location: str | None
    document_date: dt.date | None
    publisher: str | None
    pages: int | None
    extractor: str

    @property
    def box(self) -> Box | None:
        """Where the figure stands on its page."""
        if self.x0 is None or self.y0 is None or self.x1 is None or self.y1 is None:
            return None
        return Box(self.x0, self.y0, self.x1, self.y1)


def record_to_columns(record: type) -> str:
    """The columns of a record type, as SQL lists them."""
    return ", ".join(f.name for f in fields(record))
