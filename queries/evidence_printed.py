"""Step answer: one observation -> the lines by which a person can check it, on a terminal or as a page to hand on."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from pathlib import PurePath

from queries.page_report import STYLE
from queries.wording import date_words, period_words, value_words
from schemas.answers import Evidence
from schemas.codes import CHECKS

LABEL_WIDTH = 12
REPORT_STYLE = """
section { border-top: 2px solid #b1b4b6; padding: 0.5rem 0; break-inside: avoid; }
dl { display: grid; grid-template-columns: 8rem 1fr; gap: 0.2rem 1rem; margin: 0.5rem 0; }
dt { color: #505a5f; } dd { margin: 0; overflow-wrap: anywhere; }
img { max-width: 100%; border: 1px solid #b1b4b6; }
"""


def evidence_told(row: Evidence) -> list[tuple[str, str]]:
    """An observation's evidence -> labels and words; what is not known is left out."""
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
        ("Where", ", ".join(filter(None, (row.document_location, page)))),
        ("Variant", row.variant),
        ("Checks", ", ".join(row.checks or ()) or "none failed"),
        ("Confidence", f"{row.confidence:.0%}"),
        ("Id", row.observation_id),
    )
    return [(label, words) for label, words in told if words]


def evidence_lines(row: Evidence) -> list[str]:
    """An observation's evidence -> lines of a label and its words."""
    return [f"{label.ljust(LABEL_WIDTH)}{words}" for label, words in evidence_told(row)]


def _place_words(place: str) -> str:
    return "recognised in the page's image" if place == "ocr" else f"in a {place}"


def evidence_to_html(rows: Sequence[tuple[Evidence, bytes | None]], title: str, snapshot: str) -> str:
    """Evidence, each with the part of its page as PNG where there is one -> one page in British English that loads nothing.

    Each figure can be linked to by its id behind a `#`, which stays the same over every later reading of its document.
    """
    sections = "\n".join(_section(row, picture) for row, picture in rows)
    return (
        f'<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>{STYLE}{REPORT_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>\n"
        f"<p>Figures as the documents state them, from the snapshot {escape(snapshot)}.</p>\n{sections}\n</main>\n</body>\n</html>\n"
    )


def _to_hand_on(location: str | None) -> str | None:
    """An address of the web, or the name of a file without the folders of this machine."""
    if location is None or "://" in location:
        return location
    return PurePath(location).name


def _section(row: Evidence, picture: bytes | None) -> str:
    told = evidence_told(replace(row, document_location=_to_hand_on(row.document_location)))
    heading = ", ".join(words for label, words in told if label in ("Area", "Period"))
    listed = "".join(f"<dt>{escape(label)}</dt><dd>{escape(words)}</dd>\n" for label, words in told)
    meant = "".join(f"<p>{escape(name)}: {escape(CHECKS[name])}.</p>\n" for name in row.checks or () if name in CHECKS)
    image = ""
    if picture is not None:
        source = base64.b64encode(picture).decode()
        words = f"Part of page {row.page}, with {row.value_text} framed: {row.quote}"
        image = f'<img src="data:image/png;base64,{source}" alt="{escape(words)}">\n'
    name = escape(f"{row.indicator_label or row.indicator}: {heading}")
    return (
        f'<section id="{escape(row.observation_id)}">\n<h2>{name}</h2>\n<dl>\n{listed}</dl>\n{meant}{image}</section>'
    )
