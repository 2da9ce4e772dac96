"""How well tables are found and read, beside plain camelot: `python benchmarks/table_accuracy.py ../shared/tables/icdar2013-eu`.

The ground truth is that of the ICDAR-2013 table competition (`*-str.xml`: cells, `*-reg.xml`: regions). Two measures:

- detection: a table is found when its area and that of a table of the truth overlap by at least half of their union;
- cells: the competition's own measure, adjacency relations. Each cell and its next non-empty neighbour to the right and
  below make a relation (words without spaces, direction); precision and recall are of relations, pooled over all pages.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
import unicodedata
import warnings
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from extractors.pdf_tables import pdf_to_tables, screened_pages
from extractors.pdf_text import pdf_to_reading
from extractors.table_headers import is_value
from schemas.records import Box, Cell, Page, Reading, Table

_NOT_WORDS = re.compile(r"[^\w%.,+-]")
Relation = tuple[int, str, str, str]


def truth_of(document: Path, pages: Sequence[Page]) -> list[Table]:
    """The tables that the two XML files of a document state, boxes turned to an upper left origin."""
    heights = {page.number: page.height for page in pages}
    cells = {}
    for table in ElementTree.parse(document.with_name(f"{document.stem}-str.xml")).getroot().iter("table"):
        for region in table.iter("region"):
            offset = int(region.get("row-increment") or 0), int(region.get("col-increment") or 0)
            cells[table.get("id"), region.get("id")] = tuple(_truth_cell(cell, offset) for cell in region.iter("cell"))
    tables = []
    for table in ElementTree.parse(document.with_name(f"{document.stem}-reg.xml")).getroot().iter("table"):
        for region in table.iter("region"):
            page = int(region.get("page") or 0)
            edges = region.find("bounding-box")
            if edges is None:
                continue
            x0, y0, x1, y1 = (float(edges.get(name) or 0) for name in ("x1", "y1", "x2", "y2"))
            box = Box(x0, heights[page] - y1, x1, heights[page] - y0)
            tables.append(Table(cells.get((table.get("id"), region.get("id")), ()), 0, 0, page, box))
    return tables


def _truth_cell(cell: ElementTree.Element, offset: tuple[int, int]) -> Cell:
    row, column = int(cell.get("start-row") or 0), int(cell.get("start-col") or 0)
    last_row, last_column = int(cell.get("end-row") or row), int(cell.get("end-col") or column)
    text = " ".join(content.text or "" for content in cell.iter("content"))
    return Cell(row + offset[0], column + offset[1], text, None, last_row - row + 1, last_column - column + 1)


def relations_of(table: Table) -> Counter[Relation]:
    """Adjacency relations of a table: (page, words, words of the next cell, direction)."""
    place = {
        (row, column): cell
        for cell in table.cells
        if cell.text.strip()
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    }
    height = max((row for row, _ in place), default=0) + 1
    width = max((column for _, column in place), default=0) + 1
    pairs: dict[tuple[int, int, str], Relation] = {}
    for (row, column), cell in place.items():
        right = next(
            (place[row, c] for c in range(column + 1, width) if (row, c) in place and place[row, c] is not cell), None
        )
        below = next(
            (place[r, column] for r in range(row + 1, height) if (r, column) in place and place[r, column] is not cell),
            None,
        )
        for other, direction in ((right, "right"), (below, "below")):
            if other is not None:
                pairs[id(cell), id(other), direction] = (
                    table.page or 0,
                    _bare(cell.text),
                    _bare(other.text),
                    direction,
                )
    return Counter(pairs.values())


def _bare(text: str) -> str:
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _overlap(one: Table, other: Table) -> float:
    if one.box is None or other.box is None or one.page != other.page:
        return 0.0
    width = min(one.box.x1, other.box.x1) - max(one.box.x0, other.box.x0)
    height = min(one.box.y1, other.box.y1) - max(one.box.y0, other.box.y0)
    both = max(width, 0.0) * max(height, 0.0)
    return both / (_area(one.box) + _area(other.box) - both) if both else 0.0


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.y1 - box.y0)


def ours(data: bytes, reading: Reading) -> list[Table]:
    wanted = set(screened_pages(reading))
    return list(pdf_to_tables(data, [page for page in reading.pages if page.number in wanted])[0])


def plain_camelot(flavor: str, **how: Any) -> Callable[[bytes, Reading], list[Table]]:
    """camelot on all pages as it comes, its merged cells filled from the left and above."""

    def read(data: bytes, reading: Reading) -> list[Table]:
        import camelot

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = camelot.read_pdf(
                data, pages="all", flavor=flavor, suppress_stdout=True, layout_kwargs={"boxes_flow": None}, **how
            )
        return [_plain_table(table) for table in found]

    return read


def _plain_table(table: Any) -> Table:
    height = table.pdf_size[1]
    x0, y0, x1, y1 = table._bbox
    cells = tuple(
        Cell(r, c, str(text)) for r, row in enumerate(table.df.itertuples(index=False)) for c, text in enumerate(row)
    )
    return Table(cells, 0, 0, table.page, Box(x0, height - y1, x1, height - y0))


def measure(name: str, read: Callable[[bytes, Reading], list[Table]], documents: Sequence[Path], show: bool) -> str:
    found = wanted = right = 0
    cells: list[int] = [0, 0, 0]
    start = time.process_time()
    for document in documents:
        data = document.read_bytes()
        reading = pdf_to_reading(data)
        truth, tables = truth_of(document, reading.pages), read(data, reading)
        hits = sum(any(_overlap(table, one) >= 0.5 for table in tables) for one in truth)
        found, wanted, right = found + len(tables), wanted + len(truth), right + hits
        have = sum((relations_of(table) for table in tables), Counter())
        want = sum((relations_of(table) for table in truth), Counter())
        both = (have & want).total()
        cells = [cells[0] + both, cells[1] + have.total(), cells[2] + want.total()]
        if show:
            print(
                f"  {document.name}: tables {hits} of {len(truth)}, {len(tables)} found; relations {both} of {want.total()}, {have.total()} found"
            )
    seconds = time.process_time() - start
    return f"{name:32}{_scores(right, found, wanted)}   {_scores(*cells)}   {seconds:6.1f}"


def screen_recall(documents: Sequence[Path]) -> str:
    """Pages of the truth that hold a table with two values at least, and how many of them the screen lets through."""
    held = passed = 0
    for document in documents:
        reading = pdf_to_reading(document.read_bytes())
        let_through = set(screened_pages(reading))
        truth = truth_of(document, reading.pages)
        values = Counter(table.page for table in truth for cell in table.cells if is_value(cell.text.strip()))
        pages = {page for page, count in values.items() if count > 1}
        held, passed = held + len(pages), passed + len(pages & let_through)
    return f"pages with a table of values: {held}, let through by the screen: {passed}"


def _scores(right: int, found: int, wanted: int) -> str:
    precision, recall = right / max(found, 1), right / max(wanted, 1)
    return f"{precision:6.3f} {recall:6.3f} {2 * precision * recall / max(precision + recall, 1e-9):6.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", action="store_true", help="one line a document")
    given = parser.parse_args()
    documents = [pdf for pdf in sorted(given.folder.glob("*.pdf")) if pdf.with_name(f"{pdf.stem}-str.xml").exists()]
    print(f"{len(documents)} documents; tables, then cells: precision recall F1; CPU seconds with text")
    for name, read in {
        "ours": ours,
        "camelot lattice, default engine": plain_camelot("lattice"),
        "camelot lattice, vector": plain_camelot("lattice", engine="vector"),
        "camelot lattice, vector, split": plain_camelot(
            "lattice", engine="vector", split_text=True, copy_text=["h", "v"]
        ),
        "camelot network": plain_camelot("network"),
        "camelot hybrid": plain_camelot("hybrid", engine="vector"),
    }.items():
        print(measure(name, read, documents, given.show and name == "ours"))
    print(screen_recall(documents))


if __name__ == "__main__":
    main()
