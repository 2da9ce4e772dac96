"""Step `read others`: plain text -> blocks and tables, by blank lines, indents, typed bullets and aligned columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.list_markers import is_numbered, strip_bullet
from extractors.markup_table import MarkupCell, markup_to_table
from extractors.table_headers import is_suppressed, is_value
from extractors.text_encoding import clean_words
from schemas.records import Block, Table

_COLUMN_GAP = re.compile(r"\t+| {2,}")
_UNDERLINE = re.compile(r"^\s*(?:=+|-{3,}|~{3,}|\*{3,}|_{3,})\s*$")
_SENTENCE_END = (".", ";", ",", "!", "?")
_LINE_END_HYPHEN = re.compile(r"(?<=\w)-\n(?=[a-z])")
_MAX_HEADING = 90
_MIN_TABLE_ROWS = 2


def text_to_blocks(text: str) -> tuple[list[Block], list[Table]]:
    """Blocks (headings' paths and leads not yet filled in) and tables of a text whose lines end in \\n."""
    blocks: list[Block] = []
    tables: list[Table] = []
    for passage in _passages(text):
        for run, tabular in _runs(passage):
            found = _columns_to_table(run) if tabular else None
            if found is None:
                blocks.extend(_lines_to_blocks(run))
                continue
            table, words = found
            tables.append(replace(table, block=len(blocks)))
            blocks.append(Block("table", words, table=len(tables) - 1))
    return blocks, tables


def _passages(text: str) -> list[list[str]]:
    """Lines between blank lines (a form feed parts passages, too)."""
    passages: list[list[str]] = [[]]
    for line in text.replace("\t", "    ").replace("\f", "\n\n").split("\n"):
        if line.strip():
            passages[-1].append(line.rstrip())
        elif passages[-1]:
            passages.append([])
    return [passage for passage in passages if passage]


def _runs(passage: Sequence[str]) -> list[tuple[list[str], bool]]:
    """The passage cut into runs of lines that have columns and of lines that have none."""
    runs: list[tuple[list[str], bool]] = []
    for line in passage:
        tabular = len(_cells(line)) > 1 and strip_bullet(line.strip()) is None
        if runs and runs[-1][1] == tabular:
            runs[-1][0].append(line)
        else:
            runs.append(([line], tabular))
    return runs


def _cells(line: str) -> list[str]:
    return [clean_words(cell) for cell in _COLUMN_GAP.split(line.strip())]


def _columns_to_table(lines: Sequence[str]) -> tuple[Table, str] | None:
    """A table of lines that have as many columns as the most of them; None where that is not clear.

    A first line with one column less is a header whose first place is empty.
    """
    rows = [_cells(line) for line in lines if not _UNDERLINE.match(line)]
    width = max(map(len, rows), default=0)
    if rows and len(rows[0]) == width - 1:
        rows[0] = ["", *rows[0]]
    if len(rows) < _MIN_TABLE_ROWS or width < 2 or any(len(row) != width for row in rows):
        return None
    if not any(is_value(cell) or is_suppressed(cell) for row in rows[1:] for cell in row[1:]):
        return None
    return markup_to_table([[MarkupCell(cell) for cell in row] for row in rows], "text")


def _lines_to_blocks(lines: Sequence[str]) -> list[Block]:
    heading = _heading(lines)
    if heading:
        return [heading]
    if len(lines) > 1 and _UNDERLINE.match(lines[1]):
        first = _heading(lines[:2])
        return ([first] if first else []) + _lines_to_blocks(lines[2:] if first else [lines[0], *lines[2:]])
    opened: list[tuple[str, int, list[str]]] = []  # kind, level, lines
    indents: list[int] = []
    for line in lines:
        words = clean_words(line)
        if not any(map(str.isalnum, words)):
            continue
        item = strip_bullet(words)
        if item is not None or is_numbered(words):
            level = _level(indents, len(line) - len(line.lstrip()))
            opened.append(("list_item", level, [item if item is not None else words]))
        elif opened:
            opened[-1][2].append(words)
        else:
            opened.append(("paragraph", 0, [words]))
    return [Block(kind, _joined(parts), level=level) for kind, level, parts in opened]


def _heading(lines: Sequence[str]) -> Block | None:
    """A heading: one short line, underlined, in capitals, or standing alone without the end of a sentence."""
    words = clean_words(lines[0])
    if not any(map(str.isalpha, words)) or len(words) > _MAX_HEADING or strip_bullet(words) is not None:
        return None
    if len(lines) == 2 and _UNDERLINE.match(lines[1]) and len(lines[1].strip()) >= 3:
        return Block("heading", words, level=1 if lines[1].strip().startswith("=") else 2)
    if len(lines) > 1 or lines[0].startswith("    ") or words.endswith(_SENTENCE_END) or words.endswith(":"):
        return None
    if words.isupper():
        return Block("heading", words, level=2)
    # A lone line with figures may be a card or a cut sentence; a heading in lower case is none.
    return Block("heading", words, level=3) if words[0].isupper() and not any(map(is_value, words.split())) else None


def _level(indents: list[int], indent: int) -> int:
    """Level of a list item by its indent among those of the items before it in the same list."""
    while indents and indents[-1] > indent:
        indents.pop()
    if not indents or indents[-1] < indent:
        indents.append(indent)
    return len(indents)


def _joined(lines: Sequence[str]) -> str:
    """Lines as one passage; a hyphen at a line's end stays ("two-" over "year" is "two-year")."""
    return _LINE_END_HYPHEN.sub("-", "\n".join(lines)).replace("\n", " ")
