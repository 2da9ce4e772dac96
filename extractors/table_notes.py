"""Step `statements`, tables: what the notes over and under a table say of its dates.

"Comparators: 2023/24 published data" dates columns of areas that print no year; "Year columns show the position at 31 March"
says which day of each year is meant.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractors.numbers import find_numbers
from extractors.periods import find_periods
from extractors.table_words import table_words
from schemas.records import PeriodMention

_SENTENCE = re.compile(r"(?<=[;|])\s+(?=\S)|(?<=\.)\s+(?=[^a-z\s])")
_DATING = frozenset({"financial_year", "year", "date", "year_end", "month", "quarter"})


@dataclass(frozen=True, slots=True)
class NotedDates:
    """comparators: the one period that notes give the figures of other areas; days: a day of the year ("31 March") that
    they give figures in columns of years."""

    comparators: PeriodMention | None = None
    days: tuple[PeriodMention, ...] = ()


def speaks_of_comparators(text: str) -> bool:
    """Whether a passage anywhere in the paper may say what its comparators are of."""
    return bool(table_words().of_comparators.search(text))


def comparators_elsewhere(passages: Iterable[str], reference: dt.date | None) -> PeriodMention | None:
    """The one period that sentences anywhere in the paper give all its comparators ("England figures are for 2021-22, the
    last published"); those that state figures speak of these alone."""
    sentences = (part for passage in passages for part in _SENTENCE.split(passage))
    said = [part for part in sentences if table_words().of_comparators.search(part)]
    plain = (
        part
        for part in said
        if not any(one.role == "quantity" for one in find_numbers(part, find_periods(part, reference)))
    )
    return notes_to_dates(plain, reference).comparators


def notes_to_dates(notes: Iterable[str], reference: dt.date | None) -> NotedDates:
    """The dates that notes state for a table. notes: passages over and under it; reference: the day that the paper speaks of."""
    words = table_words()
    compared: list[PeriodMention] = []
    days: list[PeriodMention] = []
    for sentence in (part for note in notes for part in _SENTENCE.split(note)):
        of_others, of_years = words.of_comparators.search(sentence), words.of_years.search(sentence)
        if not of_others and not of_years:
            continue
        periods = [period for period in find_periods(sentence, reference) if period.form in _DATING and period.last]
        if of_others and len({period.normal for period in periods}) == 1:
            compared.append(periods[0])
        elif of_years and len(periods) == 1 and periods[0].form == "date":
            days.append(periods[0])
    one = len({period.normal for period in compared}) == 1
    return NotedDates(compared[0] if one else None, tuple(days[:1]))
