"""Step images: pages without a text layer are read by recognising their words, where the extra `ocr` is installed.

Installing the extra is the switch: a refresh in the night then reads such pages without being told, and without it says of
each that it has no text layer. Recognition takes about ten processor seconds on a full page.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec

from flows.child import Limits
from flows.page_reader import PageReader, PageWork
from schemas.records import Issue, Page

IMAGES = PageWork(
    "flows.image_pages:answer_images",
    Limits(cpu_seconds=90.0, wall_seconds=360.0, memory_bytes=1200 * 2**20),
    usual_seconds=40.0,
    cpu_seconds=1800.0,
    retire_bytes=0,  # nothing of that size is kept for documents that hardly ever come
)

Images = tuple[tuple[Page, ...], tuple[Issue, ...]]


@cache
def images_can_be_read() -> bool:
    """Whether the extra `ocr` is installed."""
    return all(find_spec(module) is not None for module in ("rapidocr", "onnxruntime"))


def image_reader(work: PageWork = IMAGES) -> PageReader[Page]:
    """Recognises the words of PDF pages that are images."""
    return PageReader(work, _trouble_to_issue)


def _trouble_to_issue(reason: str, page: int) -> Issue:
    why = {
        "timed_out": "was stopped at its time limit",
        "too_large": "was stopped at its memory limit",
        "given_up": "was given up, since the pages before it took the time of the document",
    }.get(reason, "ended on an error")
    return Issue("no_text_layer", f"recognising the words of page {page} {why}", page)
