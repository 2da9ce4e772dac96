"""Step `statements`, tables: the headers that a value stands under and beside, as a reader's eye collects them.

Over a value stand the title of the table, its column headers, and any row of headers that the body repeats; beside it its
row headers and the section that they are listed under. A table that carries on from the page before inherits its headers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractors.table_grid import spread_texts
from extractors.table_headers import is_label_row, is_note, is_period_label, is_suppressed, is_value
from extractors.table_words import plain_header, table_words
from schemas.records import Table

_ONLY_UNIT = re.compile(
    r"^\W*(?:as a )?(?:rate|%|per ?cent(?:age)?|proportion|per 10,?000)(?: per 10[, ]?000| per 10k)?(?: (?:of )?(?:the )?(?:children|population|child population|aged|under 18s?|0|to|17|-|–)+)*\W*$",
    re.IGNORECASE,
)
_REMARKS = ("not_a_statement", "reference", "comparison")
_CODE = re.compile(
    r"^(?:[A-Za-z]{1,6}[\s/.\-_]{0,2})?\d{1,4}(?:[./]\d{1,3})*[a-z]?\.?[*†‡]{0,2}$|^[A-Z]{1,4}\d{1,4}[a-z]?[*†‡]{0,2}$|^[a-z]\)$|^[A-Z]\d{8}$"
)
_LONGEST_HEADER = 14  # words; a longer cell in a row of the body is prose, not a header
Texts = list[list[str]]


@dataclass(frozen=True, slots=True)
class Path:
    """The headers of one value. Each level is one printed header: `column` from the top down, `row` from the left;
    `corner` heads the row headers; `titles` and `sections` stand over the whole table or over a run of rows."""

    column: tuple[str, ...] = ()
    row: tuple[str, ...] = ()
    corner: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Headers:
    """The header rows in force at some row of the body: titles of the whole table, and the levels over each column."""

    titles: tuple[str, ...]
    levels: tuple[tuple[str, ...], ...]  # one tuple of texts, as wide as the table, for each level


@dataclass(slots=True)
class _Walk:
    """What has been seen on the way down the body."""

    headers: Headers
    sections: list[str] = field(default_factory=list)
    last_was: str = "value"
    named: str = ""  # the row header before
    of_row: str = ""  # the row header whose rate or share this row gives


def table_to_paths(table: Table, tables: Sequence[Table]) -> dict[tuple[int, int], Path]:
    """(row, column) of each place of the body right of the row headers -> its headers. `tables` are all of the reading,
    for the one that this table carries on."""
    texts = spread_texts(table.cells)
    if not texts:
        return {}
    width, columns = len(texts[0]), _header_columns(table, texts)
    walk = _Walk(_headers_of(table, tables, texts))
    if table.continues is not None:
        walk.sections = [_said(row)[0] for row in texts[: table.header_rows] if row[0] and len(set(_said(row))) == 1]
    names = _naming_columns(texts, table.header_rows, columns)
    unit = _unit_column(texts, table.header_rows, names)
    measure = next((name for name in reversed(names) if name != unit), None)
    paths = {}
    before = [""] * columns
    for row in range(table.header_rows, len(texts)):
        words = texts[row]
        kind = _kind_of_row(words, columns, walk.headers, table.header_rows < row)
        if kind == "note":
            for column in range(width):  # a remark speaks of the row above it
                paths[row, column] = Path(row=_distinct(before[name] for name in names))
            continue
        if kind == "section":
            walk.sections = [*(walk.sections if walk.last_was == "section" else []), _said(words)[0]]
        elif kind == "headers":
            walk.headers = _carry_on(walk, words)
        else:
            before = _filled_down(words[:columns], before)
            named = "" if measure is None else before[measure]
            if _ONLY_UNIT.match(named):
                # "rate per 10,000" below "Children subject of a plan" is the rate of those
                walk.of_row = walk.of_row or walk.named
            else:
                walk.of_row, walk.named = "", named
            for column in range(columns, width):
                paths[row, column] = _path(walk, before, names, unit, column)
        walk.last_was = kind
    return paths


def _header_columns(table: Table, texts: Texts) -> int:
    """The table's header columns; none where the first column is made of values (a piece of a larger table)."""
    body = [row[0] for row in texts[table.header_rows :] if row[0] and len(set(_said(row))) > 1]
    if table.header_columns == 1 and _is_code_column(body):
        return 1 + _text_columns(texts[table.header_rows :], 1)
    if body and all(is_value(text) or is_suppressed(text) for text in body) and table.header_columns == 1:
        return 0
    return table.header_columns


def _text_columns(body: Texts, first: int) -> int:
    """How many columns from one on hold words and no values: names that stand behind a column of codes."""
    count = 0
    for column in range(first, len(body[0]) - 1 if body else 0):
        said = [row[column] for row in body if row[column]]
        if not said or sum(is_value(text) or is_suppressed(text) for text in said) * 5 > len(said):
            break
        count += 1
    return count


def _headers_of(table: Table, tables: Sequence[Table], texts: Texts, depth: int = 0) -> Headers:
    spanning = any(cell.column_span > 1 for cell in table.cells if cell.row < table.header_rows)
    placed = spanning or table.method in ("lattice", "html", "docx")
    own = _split_titles([tuple(row) for row in texts[: table.header_rows]], placed)
    if _heads_values(own) or table.continues is None or depth > 20 or not 0 <= table.continues < len(tables):
        return own
    first = tables[table.continues]
    first_texts = spread_texts(first.cells)
    if not first_texts or len(first_texts[0]) != len(texts[0]) or first is table:
        return own
    return _headers_of(first, tables, first_texts, depth + 1)


def _heads_values(headers: Headers) -> bool:
    """Whether any header stands over values; what carries on from the page before may open with a section's name."""
    return any(any(level[1:]) for level in headers.levels)


def _split_titles(rows: Sequence[tuple[str, ...]], placed: bool) -> Headers:
    """Rows that say one thing across the whole width are titles. Where nothing says how far a header reaches (no ruling
    line, no header known to span columns), one that stands alone over several columns reaches over all of them, and several
    over equal shares of them."""
    titles: list[str] = []
    levels: list[tuple[str, ...]] = []
    for index, row in enumerate(rows):
        said = _said(row)
        last = index == len(rows) - 1
        if len(set(said)) == 1 and len(row) > 1 and (not last or all(row)) and (not row[0] or len(row) > 2 or all(row)):
            titles.append(said[0])
        elif said:
            if last or placed:
                levels.append(row)
            elif len([text for text in row[1:] if text]) * 3 <= len(row):
                titles.append(
                    " ".join(said)
                )  # a few words over many columns: a title that no rule parts from the table
            else:
                levels.append(_spread_over_groups(row))
    if not placed:
        levels = _join_wrapped(levels)
    return Headers(tuple(titles), tuple(levels))


def _spread_over_groups(row: tuple[str, ...]) -> tuple[str, ...]:
    """ "2022 _ 2023 _" over four columns is "2022 2022 2023 2023"."""
    places = [index for index, text in enumerate(row) if text and index > 0]
    width = len(row) - 1
    if len(places) < 2 or len(places) == width or width % len(places):
        return row
    share = width // len(places)
    if any((place - 1) // share != group for group, place in enumerate(places)):
        return row
    return (row[0], *(row[places[index // share]] for index in range(width)))


def _join_wrapped(levels: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Header lines that no rule parts are one header in each column: "Total rated Good or" over "Outstanding"."""
    if not levels:
        return []
    return [tuple(" ".join(text for text in column if text) for column in zip(*levels, strict=True))]


def _kind_of_row(words: Sequence[str], columns: int, headers: Headers, later: bool) -> str:
    said = _said(words)
    if not said:
        return "empty"
    rest = [text for text in words[columns:] if text]
    if any(is_value(text) or is_suppressed(text) for text in rest) and not is_label_row(words):
        return "value"
    if is_note(words):
        return "note"
    if len(set(said)) == 1:
        return "section"
    if not rest:
        return "section" if len(said) == 1 else "value"
    if any(tuple(words) == level for level in headers.levels) or is_label_row(words):
        return "headers"
    short = all(len(text.split()) <= _LONGEST_HEADER for text in rest)
    return "headers" if later and short and len(rest) * 2 > len(words) - columns and len(rest) > 1 else "value"


def _carry_on(walk: _Walk, words: Sequence[str]) -> Headers:
    """The headers in force below a row of headers in the body: new ones, or one more level of those just begun."""
    if walk.last_was == "headers":
        return Headers(walk.headers.titles, (*walk.headers.levels, tuple(words)))
    return Headers(walk.headers.titles, (tuple(words),))


def _filled_down(words: Sequence[str], before: Sequence[str]) -> list[str]:
    """Row headers, with a group's name carried down to the rows that leave it blank (only left of a header that is new)."""
    filled = list(words)
    for index in range(len(words) - 1):
        if not words[index] and any(words[index + 1 :]):
            filled[index] = before[index]
        else:
            break
    return filled


def _naming_columns(texts: Texts, header_rows: int, columns: int) -> tuple[int, ...]:
    """Header columns that name something: not those of codes or running numbers, nor those that say something about the
    measure ("Polarity: Low", "Lead officer"), unless there is no other."""
    body = texts[header_rows:]
    naming = tuple(
        column
        for column in range(columns)
        if not _is_code_column([row[column] for row in body if len(set(_said(row))) > 1])
        and not _is_remark([row[column] for row in texts[:header_rows]])
        and not _remarks_only([row[column] for row in body if len(set(row)) > 1])
    )
    return naming or tuple(range(columns))


def _is_remark(headers: Sequence[str]) -> bool:
    """Whether a column's header says that it holds neither names nor figures."""
    said = [plain_header(text) for text in headers if text]
    roles = [phrases for role, phrases in table_words().not_figures if role in _REMARKS]
    return bool(said) and any(phrases.match(said[-1]) for phrases in roles)


def _remarks_only(texts: Sequence[str]) -> bool:
    """Whether a column, whatever heads it, says of each measure only what is good or how often it is counted ("Low", "H",
    "YTD", "R12M")."""
    said = {plain for text in texts if (plain := text.strip().casefold()) and any(map(str.isalnum, plain))}
    return bool(said) and said <= table_words().remarks


def _unit_column(texts: Texts, header_rows: int, names: Sequence[int]) -> int | None:
    """The naming column beside the measures that holds their units ("Unit": "%", "number", "rate per 10,000")."""
    words = table_words()
    for name in names[1:]:
        head = next((row[name] for row in reversed(texts[:header_rows]) if row[name]), "")
        said = [plain for row in texts[header_rows:] if (plain := row[name].casefold())]
        units = sum(any(pattern.search(text) for _, pattern in words.units) for text in said)
        if plain_header(head) in words.unit_columns and units * 2 >= len(said):
            return name
    return None


def _is_code_column(texts: Sequence[str]) -> bool:
    said = [text for text in texts if text]
    codes = [text for text in said if _CODE.match(text) and not is_period_label(text)]
    return bool(codes) and len(codes) * 5 >= len(said) * 4


def _path(walk: _Walk, row: Sequence[str], names: Sequence[int], unit: int | None, column: int) -> Path:
    levels = walk.headers.levels
    return Path(
        column=_distinct(level[column] for level in levels if column < len(level)),
        row=_distinct([*([walk.of_row] if walk.of_row else []), *(row[name] for name in names)]),
        corner=_distinct(
            level[name] for level in levels for name in sorted(names) if name < len(level) and name != unit
        ),
        titles=walk.headers.titles,
        sections=tuple(walk.sections),
    )


def _distinct(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _said(words: Sequence[str]) -> list[str]:
    return [text for text in words if text]
