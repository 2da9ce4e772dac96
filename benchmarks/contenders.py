"""The work that is measured, each kind alone in a process of its own: `python -m benchmarks.contenders KIND ...`.

The pages come as a JSON file: a list of [PDF, [page numbers from 1]] (no numbers: all). Each ends with one line of JSON: the
pages it read, the processor seconds it had spent when its libraries were imported and the work began (`started`), and the
seconds on the clock from there (`seconds`).
"""

from __future__ import annotations

import json
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

Wanted = Sequence[tuple[str, Sequence[int]]]
Read = Callable[[str, Sequence[int]], int]
"""A PDF and the numbers of its pages (none: all) -> how many were read."""


def pdfium_text() -> Read:
    """The floor: the text of the page as pdfium gives it, no boxes."""
    import pypdfium2

    def read(path: str, pages: Sequence[int]) -> int:
        with pypdfium2.PdfDocument(Path(path).read_bytes()) as document:
            numbers = pages or range(1, len(document) + 1)
            for number in numbers:
                page = document[number - 1]
                text = page.get_textpage()
                text.get_text_range()
                text.close()
                page.close()
            return len(numbers)

    return read


def pdfplumber_words() -> Read:
    """pdfplumber's words with their boxes."""
    import pdfplumber

    def read(path: str, pages: Sequence[int]) -> int:
        with pdfplumber.open(path, pages=list(pages) or None) as document:
            for page in document.pages:
                page.extract_words()
                page.close()
            return len(document.pages)

    return read


def camelot_tables(**how: Any) -> Callable[[], Read]:
    """camelot on every page."""

    def start() -> Read:
        import camelot
        import pypdfium2

        def read(path: str, pages: Sequence[int]) -> int:
            with pypdfium2.PdfDocument(path) as document:
                count = len(document)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                named = ",".join(map(str, pages)) or "all"
                camelot.read_pdf(path, pages=named, suppress_stdout=True, **how)
            return len(pages) or count

        return read

    return start


def docling_documents() -> Read:
    """docling's whole conversion with its models."""
    from docling.document_converter import DocumentConverter

    converter = DocumentConverter()

    def read(path: str, pages: Sequence[int]) -> int:
        spans = [(number, number) for number in pages] or [(1, sys.maxsize)]
        return sum(len(converter.convert(path, page_range=span).document.pages) for span in spans)

    return read


def docling_parser() -> Read:
    """docling's own parser alone: words with boxes, without its layout and table models."""
    from docling_parse.pdf_parser import DoclingPdfParser

    parser = DoclingPdfParser()

    def read(path: str, pages: Sequence[int]) -> int:
        document = parser.load(path)
        numbers = pages or range(1, document.number_of_pages() + 1)
        for number in numbers:
            document.get_page(number)
        document.unload()
        return len(numbers)

    return read


# Without `boxes_flow=None` camelot's layout analysis takes minutes on a dense page: the peers are run at their best.
_FLOW = {"boxes_flow": None}
READERS: dict[str, Callable[[], Read]] = {
    "pdfium_text": pdfium_text,
    "pdfplumber_words": pdfplumber_words,
    "camelot_lattice": camelot_tables(flavor="lattice", layout_kwargs=_FLOW),
    "camelot_lattice_vector": camelot_tables(
        flavor="lattice", engine="vector", split_text=True, copy_text=["h", "v"], layout_kwargs=_FLOW
    ),
    "docling": docling_documents,
    "docling_parser": docling_parser,
}


def read_all(kind: str, wanted: Wanted) -> dict[str, object]:
    """Read those pages with one reader; {"missing": ...} where its library is not installed."""
    try:
        read = READERS[kind]()
    except ImportError as error:
        return {"missing": str(error)}
    started, clock = time.process_time(), time.perf_counter()
    pages = failed = 0
    for path, numbers in wanted:
        try:
            pages += read(path, numbers)
        except Exception:  # a peer's own failure on a PDF is told, and costs it nothing here
            failed += 1
    return {"pages": pages, "started": started, "seconds": time.perf_counter() - clock, "failed": failed}


def refresh_all(wanted: Wanted, data: Path, workers: int | None) -> dict[str, object]:
    """The whole pipeline over those PDFs, or over the folders named instead of PDFs: from folder to snapshot."""
    from flows.refresh import refresh

    clock = time.perf_counter()
    done = refresh([Path(path) for path, _ in wanted], data, workers)
    return {
        "pages": done.pages_read,
        "documents": sum(done.statuses.values()),
        "read": done.documents_read,
        "published": done.published,
        "observations": done.rows["observations"],
        "figures": done.rows["figures"],
        "steps": dict(done.steps),
        "stages": dict(done.stages),
        "started": 0.0,
        "seconds": time.perf_counter() - clock,
    }


def main(words: Sequence[str]) -> None:
    """KIND PAGES.json, or `pipeline PAGES.json DATA [WORKERS]`."""
    kind, wanted = words[0], json.loads(Path(words[1]).read_text(encoding="utf-8"))
    if kind == "pipeline":
        told = refresh_all(wanted, Path(words[2]), int(words[3]) if words[3:] else None)
    else:
        told = read_all(kind, wanted)
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1:])
