"""Step answer: printed tables -> a web page that loads nothing from anywhere, or Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from queries.printed import Head, Printed, Text, without_pictures

TABLE_STYLE = """
.printed { overflow-x: auto; }
.printed table { border-collapse: collapse; margin: 1rem 0; }
.printed caption { text-align: left; font-weight: bold; padding: 0.5rem 0; }
.printed th, .printed td { border-bottom: 1px solid #b1b4b6; padding: 0.4rem 0.8rem 0.4rem 0; text-align: left;
  vertical-align: top; font-weight: normal; }
.printed thead th { font-weight: bold; }
.printed .number { text-align: right; }
.printed small { color: #505a5f; display: block; white-space: nowrap; }
"""
STYLE = (
    TABLE_STYLE
    + """
body { font-family: Arial, Helvetica, sans-serif; color: #0b0c0c; background: #fff; max-width: 70rem; margin: 2rem auto;
  padding: 0 1rem; line-height: 1.4; }
svg { max-width: 100%; height: auto; }
"""
)


def tables_to_html(tables: Sequence[Printed], title: str, drawing: str = "", drawing_in_words: str = "") -> str:
    """Printed tables, and a drawing as SVG with its description -> one self-contained page in British English."""
    figure = drawing_to_html(drawing, drawing_in_words) if drawing else ""
    body = "\n".join(map(table_to_html, tables))
    return (
        f'<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n<title>{escape(title)}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>\n{figure}\n{body}\n</main>\n</body>\n</html>\n"
    )


def drawing_to_html(drawing: str, words: str) -> str:
    """An SVG file's text and its description -> the drawing as part of a page, told in words to those who cannot see it."""
    svg = drawing[drawing.index("<svg") :].replace("<svg ", '<svg aria-hidden="true" ', 1)
    return f'<div role="img" aria-label="{escape(words)}">{svg}</div>'


def table_to_html(printed: Printed) -> str:
    """A printed table -> an HTML table with caption, notes and sources, to stand in a page."""
    table = without_pictures(printed)
    heads = "".join(f'<th scope="col"{_side(head)}>{escape(head.name)}</th>' for head in table.heads)
    rows = "\n".join(
        "<tr>"
        + "".join(
            _cell(cell, head, first=index == 0) for index, (cell, head) in enumerate(zip(row, table.heads, strict=True))
        )
        + "</tr>"
        for row in table.rows
    )
    notes = "".join(f"<p>{escape(note)}</p>\n" for note in table.notes)
    sources = "".join(f"<li>{escape(source)}</li>\n" for source in table.sources)
    listed = f'<h2>Sources</h2>\n<ul style="list-style: none; padding: 0">\n{sources}</ul>\n' if sources else ""
    return (
        f'<div class="printed" tabindex="0" role="region" aria-label="{escape(table.title)}">\n<table>\n'
        f"<caption>{escape(table.title)}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>\n"
        f"{notes}{listed}"
    )


def _side(head: Head) -> str:
    return ' class="number"' if head.right else ""


def _cell(cell: Text, head: Head, *, first: bool) -> str:
    below = "".join(f"<small>{escape(line)}</small>" for line in cell.below.splitlines())
    kind, scope = ("th", ' scope="row"') if first else ("td", "")
    return f"<{kind}{scope}{_side(head)}>{escape(cell.words)}{below}</{kind}>"


def tables_to_markdown(tables: Sequence[Printed], title: str) -> str:
    """Printed tables -> Markdown with pipe tables, numbers to the right."""
    parts = [f"# {title}"]
    for table in map(without_pictures, tables):
        if table.title and table.title != title:
            parts.append(f"## {table.title}")
        lines = [_line(head.name for head in table.heads)]
        lines.append(_line("---:" if head.right else "---" for head in table.heads))
        lines += [_line(_in_cell(cell) for cell in row) for row in table.rows]
        parts.append("\n".join(lines))
        parts += list(table.notes)
        if table.sources:
            parts.append("\n".join(f"- {source}" for source in table.sources))
    return "\n\n".join(parts) + "\n"


def _line(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _in_cell(cell: Text) -> str:
    words = [cell.words, *(f"<small>{line}</small>" for line in cell.below.splitlines())]
    return "<br>".join(words).replace("|", "\\|")
