"""Step answer: what there is to review, and what was decided -> lines and tables for people."""

from __future__ import annotations

from collections.abc import Sequence

from queries.check_printed import short_quote
from queries.printed import Head, Printed, Text, file_name
from queries.wording import date_words, value_words
from schemas.answers import Decided, ToReview
from schemas.codes import CHECKS, DECISION_STANDINGS

LABEL_WIDTH = 12


def review_lines(row: ToReview) -> list[str]:
    """One figure to review -> lines of a label and its words, each failed check with its sentence."""
    page = f"p. {row.page}" if row.page else ""
    told = [
        ("Figure", f"{value_words(row.value, row.unit, printed=row.value_text)} ({row.kind})"),
        ("Indicator", f"{row.indicator_label or row.indicator} ({row.indicator})"),
        ("Area", row.area_name or "not known"),
        ("Period", row.period),
        ("Quote", f"“{' '.join(row.quote.split())}”"),
        ("Document", ", ".join(part for part in (file_name(row.document_location or ""), page) if part)),
        ("Confidence", f"{row.confidence:.0%}"),
        *(("Fails", f"{check}: {CHECKS.get(check, check)}") for check in row.checks),
        ("Id", row.observation_id),
    ]
    return [f"{label.ljust(LABEL_WIDTH)}{words}" for label, words in told]


def to_review_to_printed(rows: Sequence[ToReview]) -> Printed:
    """What there is to review, worst first."""
    heads = (Head("Id", whole=True), Head("Figure"), Head("Value", right=True), Head("Fails"), Head("Where it stands"))
    body = tuple(
        (
            Text(row.observation_id[:10]),
            Text(f"{row.indicator}, {row.area_name or row.area_code or 'area not known'}, {row.period}"),
            Text(value_words(row.value, row.unit, printed=row.value_text)),
            Text(", ".join(check.replace("_", " ") for check in row.checks)),
            Text(
                f"{file_name(row.document_location or '')}{f', p. {row.page}' if row.page else ''}",
                short_quote(row.quote),
            ),
        )
        for row in rows
    )
    count = f"{len(rows)} figures" if len(rows) != 1 else "1 figure"
    return Printed(f"{count} to review, those against which most speaks first", heads, body)


def decisions_to_printed(found: Sequence[Decided]) -> Printed:
    """What people decided, and how each decision stands to the current snapshot."""
    heads = (Head("Id", whole=True), Head("Figure"), Head("Decision"), Head("Why"), Head("Who"), Head("Standing"))
    body = tuple(
        (
            Text(one.observation_id[:10]),
            Text(f"{one.indicator}, {one.area_code or 'area not known'}, {one.period}: {one.value_read:g}"),
            Text(one.decision + (f" to {one.value:g}" if one.value is not None else "")),
            Text(one.reason),
            Text(f"{one.who}, {date_words(one.when.date(), short=True)}"),
            Text(DECISION_STANDINGS[one.standing]),
        )
        for one in found
    )
    count = f"{len(found)} decisions" if len(found) != 1 else "1 decision"
    return Printed(f"{count} kept", heads, body)
