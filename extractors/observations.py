"""Step observations: statements and disposals of one document -> its rows of `observations` and `figures`."""

from __future__ import annotations

import hashlib

from extractors.confidence import confidence_of
from extractors.variants import variant_of
from extractors.version import EXTRACTOR
from schemas.records import Disposal, Figure, Observation, Statement, Subject


def statement_to_id(document_id: str, statement: Statement) -> str:
    """The id of what a statement claims and where it stands: never of the run, the clock or the code version."""
    s = statement
    claim = "|".join(
        str(part)
        for part in (
            document_id,
            s.page,
            s.place,
            s.indicator,
            s.area_code,
            s.area_name,
            s.period,
            s.kind,
            repr(float(s.value)),
        )
    )
    return hashlib.sha256(claim.encode()).hexdigest()[:24]


def statements_to_observations(
    document_id: str, subject: Subject, statements: tuple[Statement, ...]
) -> tuple[Observation, ...]:
    """Statements -> published rows, one for each id; of two that make the same claim at the same place the first stays."""
    rows: dict[str, Observation] = {}
    subject_code = subject.code
    for s in statements:
        key = statement_to_id(document_id, s)
        if key in rows:
            continue
        rows[key] = Observation(
            observation_id=key,
            document_id=document_id,
            indicator=s.indicator,
            area_code=s.area_code,
            area_name=s.area_name,
            area_kind=s.area_kind,
            subject_code=subject_code,
            period=s.period,
            period_start=s.period_start,
            period_end=s.period_end,
            kind=s.kind,
            value=s.value,
            unit=s.unit,
            value_text=s.value_text,
            approximation=s.approximation,
            page=s.page,
            x0=s.box.x0 if s.box else None,
            y0=s.box.y0 if s.box else None,
            x1=s.box.x1 if s.box else None,
            y1=s.box.y1 if s.box else None,
            quote=s.quote,
            place=s.place,
            confidence=confidence_of(s),
            checks=(),
            extractor=EXTRACTOR,
            variant=s.variant or variant_of(s.indicator, s.quote, s.value_text),
            construction=s.construction,
        )
    return tuple(rows.values())


def disposals_to_figures(
    document_id: str, statements: tuple[Statement, ...], disposals: tuple[Disposal, ...]
) -> tuple[Figure, ...]:
    """Disposals -> the document's part of the ledger; a number that became an observation names it."""
    return tuple(
        Figure(
            document_id=document_id,
            page=d.page,
            position=d.at,
            value_text=d.text,
            value=d.value,
            quote=d.quote,
            box=(d.box.x0, d.box.y0, d.box.x1, d.box.y1) if d.box else None,
            disposition=d.disposition,
            observation_id=statement_to_id(document_id, statements[d.statement]) if d.statement is not None else None,
            indicator=d.indicator,
            area_code=d.area_code,
            period_end=d.period_end,
        )
        for d in disposals
    )
