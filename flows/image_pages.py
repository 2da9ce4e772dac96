"""Step images, the child's side: pages -> the same with their words, said page by page. Only `image_reader`'s own process
imports it."""

from __future__ import annotations

import rapidocr  # noqa: F401  (a second, spent before the first page's time begins to count)

from extractors.page_images import pdf_to_recognised
from flows.child import Say
from schemas.records import Page


def answer_images(question: tuple[bytes, tuple[Page, ...]], say: Say) -> None:
    """Says each page as soon as its words are recognised."""
    data, pages = question
    for page in pages:
        say(pdf_to_recognised(data, (page,)))
