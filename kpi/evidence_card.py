"""Step people: one observation -> the lines by which a person can check it."""

from __future__ import annotations

from queries.wording import date_words, period_words, value_words
from schemas.answers import Evidence

LABEL_WIDTH = 12


def evidence_lines(row: Evidence) -> list[str]:
    """An observation's evidence -> lines of a label and its words; what is not known is left out."""
    where = row.document_location
    page = f"page {row.page} of {row.pages}" if row.page else None
    told = (
        ("Figure", f"{value_words(row.value, row.unit, row.approximation, row.kind, row.value_text)} ({row.kind})"),
        ("Indicator", f"{row.indicator_label} ({row.indicator})"),
        ("Area", row.area_name or "not known"),
        ("Period", period_words(row.period, row.period_form, row.period_start, row.period_end)),
        ("Quote", f"“{row.quote}”"),
        ("Printed as", f"{row.value_text}, {_place_words(row.place)}"),
        ("Document", row.document_title),
        ("Published", ", ".join(filter(None, (row.publisher, date_words(row.document_date))))),
        ("Where", ", ".join(filter(None, (where, page)))),
        ("Variant", row.variant),
        ("Checks", ", ".join(row.checks or ()) or "none failed"),
        ("Confidence", f"{row.confidence:.0%}"),
        ("Id", row.observation_id),
    )
    return [f"{label.ljust(LABEL_WIDTH)}{words}" for label, words in told if words]


def _place_words(place: str) -> str:
    return "recognised in the page's image" if place == "ocr" else f"in a {place}"
