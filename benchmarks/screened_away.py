"""What the table screen costs in figures: `python -m benchmarks.screened_away FOLDER`.

Every PDF below the folder is read twice: as always, and with every page handed to the table reader as if it were ruled and
aligned. An observation that a table states on a page which the screen had stopped, and that is there only the second time,
was screened away. It is named, for not all of these are real: the screen also stops pages on which camelot sees tables that
are none.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

from extractors.pdf_tables import pdf_to_tables, screened_pages
from extractors.pdf_text import pdf_to_reading
from flows.read_document import read_document
from flows.tasks import Task
from schemas.records import Issue, Observation, Page, Reading, Table


def every_page(reading: Reading) -> tuple[int, ...]:
    """A screen that stops nothing."""
    return tuple(page.number for page in reading.pages)


def read_every_page(data: bytes, pages: Sequence[Page]) -> tuple[tuple[Table, ...], tuple[Issue, ...]]:
    """The table reader, told that every page is ruled and aligned."""
    return pdf_to_tables(data, [replace(page, ruled=True, aligned=True) for page in pages])


def screened_away(path: Path) -> tuple[int, int, list[Observation]]:
    """A PDF -> its pages, those let through, and the observations of tables on the others."""
    data = path.read_bytes()
    reading = pdf_to_reading(data)
    through = set(screened_pages(reading))
    name = f"{path.parent.name}/{path.name}"
    task = Task(sha256(data).hexdigest(), str(path), name, name, None, None, len(data), None)
    usual = {claim_of(row) for row in read_document(data, task, pdf_to_tables).observations}
    with patch("flows.read_document.screened_pages", every_page):
        rows = read_document(data, task, read_every_page).observations
    lost = [row for row in rows if row.place == "table" and row.page not in through and claim_of(row) not in usual]
    return len(reading.pages), len(through), lost


def claim_of(row: Observation) -> tuple[object, ...]:
    """What an observation states, wherever on its page."""
    return row.page, row.indicator, row.area_code, row.period, row.kind, row.value


def _all(folder: Path) -> Iterator[tuple[Path, tuple[int, int, list[Observation]]]]:
    for path in sorted(folder.rglob("*.pdf")):
        yield path, screened_away(path)


def main(words: Sequence[str]) -> None:
    """Print a line for each observation that was screened away, and the sums."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    pages = through = lost = documents = 0
    for path, (count, let_through, rows) in _all(parser.parse_args(words).folder):
        documents, pages, through, lost = documents + 1, pages + count, through + let_through, lost + len(rows)
        for row in rows:
            print(
                f"{path.name} page {row.page}: {row.indicator} {row.area_code} {row.period} {row.value:g}: {row.quote[:100]}"
            )
    print(f"{documents} documents, {pages} pages, {through} let through; {lost} observations of tables screened away")


if __name__ == "__main__":
    main(sys.argv[1:])
