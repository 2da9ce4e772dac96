"""Step `tables`: which rows and columns of a grid are its headers, and whether the grid is a table of figures at all."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from functools import cache

from extractors.table_words import table_words

# Grammar of a cell that holds a value: an optional sign, arrow or comparison, digits, a unit, and a second value in
# brackets or after a slash ("45 (12%)", "85% (93/110)", "1,234", "£3.5m", "12 days").
_VALUE = re.compile(
    r"""^[\s<>≤≥~c.+\-–−±£↑↓↔→←▲▼►◄⬆⬇➔()\[\]*#]*
        \d[\d,\s]*(?:\.\d+)?\s*
        (?:%|per\s?cent|pp|m|k|bn|days?|weeks?|months?|years?|cases|per\s?10[,\s]?000)?
        (?:\s*[/(–\-:]\s*[+\-–−]?[\d.,%\s]+(?:/[\d.,\s]+)?%?\s*\)?|\s*\((?:p|r|prov|provisional|revised|[a-z])\))*
        [\s%*†‡§^~#()\[\]↑↓↔→←▲▼►◄⬆⬇➔rpRP]*$""",
    re.VERBOSE | re.IGNORECASE,
)
# "72.3 AMBER", "Green: 84.7%": a rating beside the value.
_RATED = re.compile(
    r"^\s*(?:red|amber|green)\b[\s:–-]*(?=[^A-Za-z]*\d)|(?<=[\d%)])[\s:(–-]+(?:red|amber|green)\)?\s*$", re.IGNORECASE
)
# Grammar of a period label: a year, a pair of years, a quarter, a month with a year or alone, a date.
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_PERIOD = re.compile(
    rf"""^(?:(?:as\s)?at\s|end\sof\s|year\sending\s|ye\s|fy\s?)?
        (?:(?:19|20)\d\d(?:\s*[/–\-]\s*(?:19|20)?\d\d)?
          |\d\d\s*[/–\-]\s*\d\d
          |(?:q|qtr|quarter)\s?[1-4](?:\s*\(?.*)?
          |(?:\d{{1,2}}(?:st|nd|rd|th)?\s)?{_MONTH}[\s\-'’]*(?:\d{{2,4}})?(?:\s?[/–\-]\s?(?:{_MONTH}[\s\-'’]*)?(?:\d{{2,4}})?)?
          |\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}})
        \s*(?:\(?(?:p|r|prov|provisional|revised|ytd|to\sdate|q[1-4]|outturn|actual|target|rev)\)?)?\**$""",
    re.VERBOSE | re.IGNORECASE,
)

# "Fewer than 40", "At least 90%": a target that is told as a limit.
_NO_MORE_THAN = re.compile(
    r"^\s*(?:(?:less|fewer|more|greater|no more|no less) than|under|over|below|above|at least|at most|up to|or more)\s+(?=[\d.])",
    re.IGNORECASE,
)

_BARE_RANGE = re.compile(r"^\d{1,2}\s*(?:-|–|to)\s*\d{1,2}$")
_LONGEST_SECTION = 20  # words; what is longer is a remark, not the name of a section
_SHORTEST_NOTE = 5
_FARTHEST_LABELS = 6  # rows under a stray number in which the row of labels is still looked for
_BARE_PAIR = re.compile(r"^(\d\d)\s*[/–\-]\s*(\d\d)$")


@cache
def is_period_label(text: str) -> bool:
    """Whether the whole cell names a period: "2016/17", "Mar-23", "Q3", "31/03/2023", "2021-22 (provisional)"."""
    return bool(_PERIOD.match(text.strip())) and _years_follow(text)


def _years_follow(text: str) -> bool:
    """Whether a bare pair of two figures is a pair of years: "21/22" is, "93/110" and "93/95" are fractions."""
    pair = _BARE_PAIR.match(text.strip())
    return pair is None or (int(pair[1]) + 1) % 100 == int(pair[2])


@cache
def is_suppressed(text: str) -> bool:
    """Whether the whole cell says that its value is withheld or unknown: "c", "-", "<5", "n/a"."""
    return " ".join(text.casefold().split()) in table_words().suppressed


@cache
def is_value(text: str) -> bool:
    """Whether the whole cell is a value ("1,380", "45 (12%)", "85% (93/110)"), not a period label and not a code."""
    return (
        any(map(str.isdigit, text))
        and bool(_VALUE.match(_RATED.sub("", _NO_MORE_THAN.sub("", text))))
        and not is_period_label(text)
        and not _BARE_RANGE.match(text)  # "0-15" heads an age group
    )


def count_header_rows(texts: Sequence[Sequence[str]]) -> int:
    """Number of leading rows that are headers: those above the first row with a value outside its first column.

    A row that names a section alone ("Front door") directly above the values belongs to the body. Where no row holds a
    value the first row is the header; where the first row does, there is none. A stray number over a row of periods
    (the number of a chart, a code that was cut in two) does not make a body.
    """
    first = next((index for index, row in enumerate(texts) if _is_body_row(row)), None)
    if first is None:
        return 1 if len(texts) > 1 else 0
    below = range(first + 1, min(first + 1 + _FARTHEST_LABELS, len(texts) - 1))
    labels = next((index for index in below if is_label_row(texts[index])), None)
    if labels is not None and sum(is_value(text) for row in texts[first:labels] for text in row[1:]) < 2:
        return labels + 1
    while first > 1 and _names_section(texts[first - 1]) and any(not _is_section(row) for row in texts[: first - 1]):
        first -= 1
    return first


def _names_section(row: Sequence[str]) -> bool:
    return _is_section(row) or is_note(row)


def is_note(row: Sequence[str]) -> bool:
    """Whether a row holds one remark in sentences ("Comment: ...", a line of commentary across the columns) and nothing
    else: it speaks of the row above it and heads nothing."""
    said = {text for text in row if text}
    if len(said) != 1:
        return False
    text = said.pop()
    words = len(text.split())
    return words > _LONGEST_SECTION or (words > _SHORTEST_NOTE and text.rstrip().endswith((".", "!", "?")))


def is_label_row(row: Sequence[str]) -> bool:
    """Whether a row heads what is below it: two periods at least right of its first column, and no value."""
    rest = row[1:]
    return len({text for text in rest if is_period_label(text)}) > 1 and not any(map(is_value, rest))


def count_header_columns(texts: Sequence[Sequence[str]], header_rows: int) -> int:
    """Number of leading columns that name the rows: those before the first in which at least half of the words of the
    body are values. Running numbers 1, 2, 3 and years name rows too. At least one, unless there is one column alone."""
    width = len(texts[0]) if texts else 0
    if width < 2:
        return 0
    for column in range(width):
        body = [row[column] for row in texts[header_rows:] if row[column] and not _is_section(row)]
        if _is_value_column(body) and not (column == 0 and _is_running_number(body)):
            return max(column, 1)
    return 1


def _is_body_row(row: Sequence[str]) -> bool:
    """Whether a row states values right of its first column: a number, or nothing but symbols for withheld ones."""
    said = [text for text in row[1:] if text]
    return any(map(is_value, said)) or (bool(row[0]) and bool(said) and all(map(is_suppressed, said)))


def _is_section(row: Sequence[str]) -> bool:
    """Whether a row says one thing only, in its first place or across its whole width."""
    said = {text for text in row if text}
    return len(said) == 1 and bool(row[0])


def _is_value_column(body: Sequence[str]) -> bool:
    values = sum(is_value(text) or is_suppressed(text) for text in body)
    return values > 0 and values * 2 >= len(body)


def _is_running_number(body: Sequence[str]) -> bool:
    if len(body) < 2 or not all(text.rstrip(".").isdigit() for text in body):
        return False
    numbers = [int(text.rstrip(".")) for text in body]
    return all(after - before == 1 for before, after in itertools.pairwise(numbers))
