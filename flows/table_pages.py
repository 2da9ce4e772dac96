"""Step tables, the child's side: pages -> their tables, said page by page. Only `table_reader`'s own process imports it."""

from __future__ import annotations

import importlib
import sys

from extractors.pdf_tables import pdf_to_tables
from flows.child import Say
from schemas.records import Page


def _import_camelot() -> None:
    """Half a second, spent before the first page's time begins to count.

    For its plots, which nobody draws here, camelot imports matplotlib: two thirds of what it would take to start. Where
    that cannot be imported it does without.
    """
    kept = sys.modules.get("matplotlib")
    if kept is None:
        sys.modules["matplotlib"] = None  # type: ignore[assignment]
    importlib.import_module("camelot")
    if kept is None:
        del sys.modules["matplotlib"]


_import_camelot()


def answer_tables(question: tuple[bytes, tuple[Page, ...]], say: Say) -> None:
    """Says each page's tables and issues as soon as it has them."""
    data, pages = question
    for page in pages:
        say(pdf_to_tables(data, (page,)))
