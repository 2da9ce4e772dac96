"""Step answer: what `kpi check` and `kpi conflicts` found -> tables for people."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from queries.dataset import table_to_records
from queries.printed import (
    Head,
    Printed,
    Text,
    area_words,
    figure_words,
    file_name,
    remarks,
    when_words,
)
from queries.wording import date_words, number_words, value_words
from schemas.answers import Agreement, Checked, Conflict

if TYPE_CHECKING:
    import pyarrow as pa

BASIS_WORDS = {"period": "", "last_day": "a stock, by its last day", "year": "a bare year: which one is not said"}
_LONGEST_QUOTE = 300


def agreements_to_printed(agreements: pa.Table, by: str) -> Printed:
    """The rows of `queries.official.check` -> a line for each indicator or document, and one for all."""
    rows = table_to_records(agreements, Agreement)
    heads = (
        Head(by.capitalize()),
        Head("Compared", right=True),
        Head("Same", right=True),
        Head("Rounded", right=True),
        Head("Another edition", right=True),
        Head("Differs", right=True),
        Head("by over 10%", right=True),
        Head("Agrees", right=True),
        Head("Within 10%", right=True),
    )
    named = [(file_name(row.about) if by == "document" else row.about, row) for row in rows]
    body = tuple(_agreement_line(name, [row]) for name, row in named)
    every = (_agreement_line("All", rows),) if len(rows) > 1 else ()
    return Printed(f"Stated figures beside official values, by {by}", heads, body + every)


def _agreement_line(name: str, rows: Sequence[Agreement]) -> tuple[Text, ...]:
    compared = sum(row.compared for row in rows)
    differs = sum(row.differs for row in rows)
    far = sum(row.far for row in rows)
    counts = [compared, *(sum(getattr(row, kind) for row in rows) for kind in ("agrees", "rounding", "vintage"))]
    shares = (f"{1 - differs / compared:.0%}", f"{1 - far / compared:.0%}")
    return (Text(name), *(Text(number_words(count)) for count in (*counts, differs, far)), *map(Text, shares))


def differences_to_printed(found: pa.Table) -> Printed:
    """The rows of `queries.official.differences` -> a line for each figure, with the words that state it below its source."""
    rows = table_to_records(found, Checked)
    heads = (Head("Figure"), Head("Stated", right=True), Head("Official", right=True), Head("Where it stands"))
    body = tuple(
        (
            Text(f"{row.indicator}, {area_words(row)}, {when_words(row)}", BASIS_WORDS.get(row.basis, "")),
            Text(figure_words(row)),
            Text(value_words(row.official_value, row.unit), f"{row.official_period}, {row.release}, {row.vintage}"),
            Text(f"{row.observation_id[:10]}, {place_words(row)}", short_quote(row.quote)),
        )
        for row in rows
    )
    return Printed("Furthest from the official value", heads, body)


def conflicts_to_printed(found: pa.Table) -> list[Printed]:
    """The rows of `queries.conflicts` -> one table for each claim, the preferred statement first."""
    tables = []
    rows = table_to_records(found, Conflict)
    for _, group in groupby(
        rows,
        key=lambda row: (row.indicator, row.area_code, row.period, row.period_end, row.kind, row.unit, row.variant),
    ):
        statements = list(group)
        first = statements[0]
        heads = (Head(""), Head("Value", right=True), Head("Source"), Head("Words"), Head("Id", whole=True))
        body = tuple(
            (
                Text("preferred" if row.preferred else ""),
                Text(figure_words(row), remarks(row) if row.checks else ""),
                Text(place_words(row)),
                Text(short_quote(row.quote)),
                Text(row.observation_id[:10]),
            )
            for row in statements
        )
        title = (
            f"{first.indicator_label or first.indicator} ({first.indicator}), {area_words(first)}, {when_words(first)}"
        )
        tables.append(Printed(title, heads, body, (f"Preferred for: {first.chosen_for}.",)))
    return tables


def place_words(row: Checked | Conflict) -> str:
    """`file.pdf, 27 July 2023, p. 4`: titles of reports run over lines, and all begin alike."""
    told = (file_name(row.document_location or ""), date_words(row.document_date), f"p. {row.page}" if row.page else "")
    return ", ".join(part for part in told if part)


def short_quote(quote: str) -> str:
    """The words of a quote, cut where they run on for long."""
    words = " ".join(quote.split())
    return words if len(words) <= _LONGEST_QUOTE else words[: _LONGEST_QUOTE - 1].rstrip() + "…"
