"""Step "read PDF": a PDF's bytes -> a Reading with pages, lines, number marks and table screens; no blocks yet.

Reads through pdfium, which is not thread-safe: one process, one document at a time. What could not be read comes back
as Issues; no input raises. Time and memory limits are the caller's, who can stop the process.
"""

from __future__ import annotations

import re

import pypdfium2
import pypdfium2.raw as pdfium

from extractors.page_screens import has_aligned_numbers, has_rulings
from extractors.pdf_characters import PageCharacters, normalise
from extractors.pdf_lines import read_lines, read_marks
from schemas.records import Issue, Page, Reading

_MOST_PAGES = 5000
_MOST_CHARACTERS = 400_000  # on one page; the densest real page seen holds 15,000
# Titles that the producing program made up: "Microsoft Word - x.doc", "untitled", a file name, a template's name.
_JUNK_TITLE = re.compile(
    r"^(?:microsoft|powerpoint|untitled|title|document\d*$|slide \d|no slide title|print|template|layout \d)|\.(?:docx?|xlsx?|pptx?|pdf|indd|pub|rtf)$",
    re.IGNORECASE,
)


def pdf_to_reading(data: bytes) -> Reading:
    """A PDF's bytes as pages of lines and marks, in PDF points from the top left.

    Issues: `encrypted` (also tried with the empty password), `damaged`, `unreadable_page` and `no_text_layer` (of one
    page, or of the document where no page has text), `too_large`.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return Reading("application/pdf", issues=(_why_not_opened(error),))
    try:
        return _read(document)
    finally:
        document.close()


def _why_not_opened(error: Exception) -> Issue:
    code = getattr(error, "err_code", None)
    if code in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return Issue("encrypted", "The file asks for a password; the empty one does not open it.")
    return Issue("damaged", "pdfium could not open the file: its structure is broken.")


def _read(document: pypdfium2.PdfDocument) -> Reading:
    count = len(document)
    if count == 0:
        return Reading("application/pdf", page_count=0, issues=(Issue("damaged", "The file has no pages."),))
    issues: list[Issue] = []
    pages = []
    if count > _MOST_PAGES:
        issues.append(Issue("too_large", f"Only the first {_MOST_PAGES} of {count} pages were read."))
    for number in range(1, min(count, _MOST_PAGES) + 1):
        page = _read_page(document, number, issues)
        if page is not None:
            pages.append(page)
    characters = sum(len(page.text) for page in pages)
    return Reading(
        "application/pdf",
        pages=tuple(pages),
        issues=_summed(issues, pages),
        title=_title(document),
        page_count=count,
        characters=characters,
    )


def _summed(issues: list[Issue], pages: list[Page]) -> tuple[Issue, ...]:
    """One issue for the document where every page has the same trouble, else the pages' own."""
    if not pages:
        return (Issue("damaged", "None of the pages could be opened."), *issues)
    if not any(page.lines for page in pages):
        rest = tuple(issue for issue in issues if issue.code != "no_text_layer")
        return (Issue("no_text_layer", "No page has a text layer: images only, or empty."), *rest)
    return tuple(issues)


def _read_page(document: pypdfium2.PdfDocument, number: int, issues: list[Issue]) -> Page | None:
    handle = pdfium.FPDF_LoadPage(document.raw, number - 1)
    if not handle:
        issues.append(Issue("unreadable_page", "pdfium could not open the page.", number))
        return None
    try:
        characters = PageCharacters(handle)
    except ValueError as error:
        pdfium.FPDF_ClosePage(handle)
        issues.append(Issue("unreadable_page", str(error), number))
        return None
    try:
        return _to_page(handle, characters, number, issues)
    finally:
        characters.close()
        pdfium.FPDF_ClosePage(handle)


def _to_page(handle: object, characters: PageCharacters, number: int, issues: list[Issue]) -> Page:
    if characters.count > _MOST_CHARACTERS:
        issues.append(Issue("too_large", f"The page holds {characters.count} characters; it was not read.", number))
        return Page(number, characters.width, characters.height, "", (), ())
    text = normalise(characters.raw)
    lines = read_lines(text, characters)
    if not lines:
        issues.append(Issue("no_text_layer", "The page has no text: an image, or empty.", number))
    return Page(
        number,
        round(characters.width, 2),
        round(characters.height, 2),
        text,
        lines,
        read_marks(text, lines, characters),
        ruled=bool(lines) and has_rulings(handle),
        aligned=has_aligned_numbers(text, lines),
    )


def _title(document: pypdfium2.PdfDocument) -> str | None:
    """The title in the file's metadata, unless a program made it up."""
    title: str = " ".join(str(document.get_metadata_value("Title")).split()).strip("\x00 ")
    return None if len(title) < 4 or _JUNK_TITLE.search(title) else title
