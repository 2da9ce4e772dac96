"""Step tables, the child's side: pages -> their tables, said page by page. Only `table_reader`'s own process imports it."""

from __future__ import annotations

import camelot  # noqa: F401  (two seconds, spent before the first page's time begins to count)

from extractors.pdf_tables import pdf_to_tables
from flows.child import Say
from schemas.records import Page


def answer_tables(question: tuple[bytes, tuple[Page, ...]], say: Say) -> None:
    """Says each page's tables and issues as soon as it has them."""
    data, pages = question
    for page in pages:
        say(pdf_to_tables(data, (page,)))
