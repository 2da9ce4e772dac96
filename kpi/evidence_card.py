"""Step people: one observation -> the lines and the picture by which a person can check it."""

from __future__ import annotations

from pathlib import Path

from queries.dataset import Dataset, DatasetError
from queries.evidence import document_bytes, page_with_boxes
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
        ("Printed as", f"{row.value_text}, in a {row.place}"),
        ("Document", row.document_title),
        ("Published", ", ".join(filter(None, (row.publisher, date_words(row.document_date))))),
        ("Where", ", ".join(filter(None, (where, page)))),
        ("Variant", row.variant),
        ("Checks", ", ".join(row.checks or ()) or "none failed"),
        ("Confidence", f"{row.confidence:.0%}"),
        ("Id", row.observation_id),
    )
    return [f"{label.ljust(LABEL_WIDTH)}{words}" for label, words in told if words]


def write_page(dataset: Dataset, row: Evidence, path: Path) -> None:
    """An observation's evidence -> its page as PNG with the figure boxed. Raises DatasetError where there is none."""
    if row.page is None or row.box is None:
        raise DatasetError(
            "This document has no pages to draw (it is a web page or a text): its words stand under Quote."
        )
    data = document_bytes(dataset, row.document_id, row.document_location)
    if data is None:
        raise DatasetError(
            f"The document is no longer at hand ({row.document_location}): run kpi refresh where its files are."
        )
    path.write_bytes(page_with_boxes(data, row.page, [row.box]))
