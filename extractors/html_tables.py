"""Step `read others`: a <table> element -> the rows of a table, or the finding that it only lays the page out."""

from __future__ import annotations

from itertools import islice

from lxml.html import HtmlElement

from extractors.html_words import inline_words
from extractors.markup_table import MarkupCell, markup_to_table
from extractors.text_encoding import clean_words
from schemas.records import Table

_LAYOUT_ROLES = frozenset({"presentation", "none"})
# What no cell of a table of figures holds: old pages lay their columns out with tables.
_LAYOUT_CONTENT = frozenset({"table", "h1", "h2", "h3", "form", "main", "article"})
_MANY_PARAGRAPHS = 6


def is_layout_table(table: HtmlElement) -> bool:
    """Whether a table only arranges passages: one row or one column, other tables or headings in its cells, or cells of
    many paragraphs."""
    if (table.get("role") or "").casefold() in _LAYOUT_ROLES:
        return True
    rows = [row for row in table_rows(table) if len(row)]
    if len(rows) < 2 or max((_width(row) for row in rows), default=0) < 2:
        return True
    if any(part.tag in _LAYOUT_CONTENT for part in table.iterdescendants()):
        return True
    return any(len(list(islice(cell.iter("p"), _MANY_PARAGRAPHS))) == _MANY_PARAGRAPHS for row in rows for cell in row)


def html_table(table: HtmlElement) -> tuple[Table, str] | None:
    """`Table` and its text; None where no cell holds words or the grid is larger than any table."""
    rows, header_rows, in_head = [], 0, True
    for row in table_rows(table):
        cells = [_markup_cell(cell) for cell in row if cell.tag in {"td", "th"}]
        if not any(cell.text for cell in cells):
            continue
        parent = row.getparent()
        in_head = in_head and parent is not None and parent.tag == "thead"
        header_rows += in_head
        rows.append(cells)
    captions = [clean_words(inline_words(part)) for part in table.iterchildren("caption")]
    return markup_to_table(rows, "html", next((caption for caption in captions if caption), None), header_rows)


def table_rows(table: HtmlElement) -> list[HtmlElement]:
    """The table's own rows in printed order (thead first, tfoot last), without those of tables inside it."""
    order = {"thead": 0, "tbody": 1, "tr": 1, "tfoot": 2}
    children = [child for child in table if child.tag in order]
    rows: list[HtmlElement] = []
    for child in sorted(children, key=lambda child: order[str(child.tag)]):
        rows.extend([child] if child.tag == "tr" else child.iterchildren("tr"))
    return rows


def _markup_cell(cell: HtmlElement) -> MarkupCell:
    return MarkupCell(
        text=inline_words(cell),
        row_span=_span(cell.get("rowspan"), zero=65_534),
        column_span=_span(cell.get("colspan"), zero=1),
        header=cell.tag == "th",
    )


def _span(value: str | None, zero: int) -> int:
    """A span attribute as a number; 0 means to the end of the table for rows. Anything else than digits is 1."""
    digits = (value or "1").strip()
    if not digits.isascii() or not digits.isdigit():
        return 1
    return min(int(digits[:6]), 65_534) or zero


def _width(row: HtmlElement) -> int:
    return sum(min(_span(cell.get("colspan"), zero=1), 50) for cell in row if cell.tag in {"td", "th"})
