"""Step evaluate: files of labels -> labels, and the published rows on the pages that they label.

The form of a label file is told in docs/labelling.md: document,page,indicator,area,period,kind,value,approx,optional,quote.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from queries.dataset import DatasetError, find_snapshot
from schemas.evaluation import Held, Label, Labels, PageKey, Stated

if TYPE_CHECKING:
    import pyarrow as pa

LABEL_COLUMNS = ("document", "page", "indicator", "area", "period", "kind", "value")
PAGE_COLUMNS = ("document", "page")
KINDS = ("actual", "average", "target", "change")
ROW_COLUMNS = (
    "observation_id", "document_id", "page", "indicator", "area_code", "area_name", "area_kind", "subject_code", "period",
    "kind", "value", "place", "construction", "confidence", "quote",
)  # fmt: skip


def read_labels(labels: Path, pages: Path | None = None) -> Labels:
    """A file of labels, and one of the pages that were labelled completely -> labels.

    Without the second, the pages that have labels are taken, so that a figure found on a page without any costs nothing.
    Raises DatasetError, with file and line, for what is not in the form.
    """
    figures = tuple(_row_to_label(labels, line, row) for line, row in _rows(labels, LABEL_COLUMNS))
    named: dict[PageKey, str] = {(label.document, label.page): "" for label in figures}
    if pages is not None:
        named = {
            (row["document"], _page(pages, line, row["page"])): row.get("kind") or ""
            for line, row in _rows(pages, PAGE_COLUMNS)
        }
    if not named:
        raise DatasetError(f"{pages or labels} names no page. Pages without any figure are told in a PAGES.csv.")
    return Labels(tuple(label for label in figures if (label.document, label.page) in named), named)


def _rows(path: Path, columns: Iterable[str]) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            missing = [name for name in columns if name not in (reader.fieldnames or ())]
            if missing:
                raise DatasetError(f"{path} lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)}.")
            yield from ((reader.line_num, row) for row in reader)
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path} cannot be read: {error}") from error


def _row_to_label(path: Path, line: int, row: dict[str, str]) -> Label:
    try:
        value = float(row["value"])
    except (TypeError, ValueError) as error:
        raise DatasetError(f"{path}, line {line}: '{row['value']}' is no plain number.") from error
    if row["kind"] not in KINDS:
        raise DatasetError(f"{path}, line {line}: '{row['kind']}' is none of {', '.join(KINDS)}.")
    return Label(
        document=row["document"],
        page=_page(path, line, row["page"]),
        indicator=row["indicator"],
        area=row["area"],
        periods=tuple(row["period"].split("|")),
        kind=row["kind"],
        value=value,
        optional=(row.get("optional") or "").strip() == "1",
        quote=row.get("quote") or "",
    )


def _page(path: Path, line: int, text: str) -> int | None:
    if not (text or "").strip():
        return None
    try:
        return int(text)
    except ValueError as error:
        raise DatasetError(f"{path}, line {line}: '{text}' is no page number.") from error


def match_documents(labelled: Iterable[str], documents: Iterable[Held]) -> tuple[dict[str, str], list[str]]:
    """Names of labelled documents, and the documents held -> the labelled name of each document_id, and the names that
    several different documents answer to.

    A document answers to a name that its location ends in, part by part: `leeds/report.pdf` is never `kent/report.pdf`.
    """
    by_file: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    for name in labelled:
        parts = PurePosixPath(name).parts
        by_file[parts[-1]].append((parts, name))
    found: defaultdict[str, set[str]] = defaultdict(set)
    for held in documents:
        for location in held.locations:
            parts = tuple(unquote(location.replace("\\", "/")).split("/"))
            for tail, name in by_file.get(parts[-1], ()):
                if parts[-len(tail) :] == tail:
                    found[name].add(held.document_id)
    unclear = sorted(name for name, ids in found.items() if len(ids) > 1)
    return {next(iter(ids)): name for name, ids in found.items() if len(ids) == 1}, unclear


def rows_on_pages(folder: Path, labels: Labels) -> tuple[tuple[Stated, ...], tuple[str, ...], tuple[str, ...]]:
    """A data folder and labels -> the rows published on the labelled pages, the labelled documents that the dataset does
    not hold, and those whose name several of its documents answer to. Changes are left out: no label asks for them."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    snapshot = find_snapshot(folder)
    if snapshot is None:
        raise DatasetError(f"There is no published dataset in {folder}. Make one with: kpi refresh --data {folder}")
    held = pq.read_table(snapshot / "documents.parquet")
    columns = [name for name in ("document_id", "location", "other_locations") if name in held.column_names]
    documents = (
        Held(row["document_id"], (row["location"], *(row.get("other_locations") or ())))
        for row in held.select(columns).to_pylist()
    )
    names, unclear = match_documents(labels.documents, documents)
    not_held = tuple(sorted(set(labels.documents) - set(names.values()) - set(unclear)))
    rows = pq.read_table(snapshot / "observations.parquet", columns=list(ROW_COLUMNS))
    wanted = rows.filter(pc.is_in(rows["document_id"], pa.array(names, pa.string())))
    return tuple(_rows_to_stated(wanted, names, labels)), not_held, tuple(unclear)


def _rows_to_stated(rows: pa.Table, names: dict[str, str], labels: Labels) -> Iterator[Stated]:
    for row in rows.to_pylist():
        document = names[row["document_id"]]
        if (document, row["page"]) in labels.pages and row["kind"] != "change":
            yield Stated(
                observation_id=row["observation_id"],
                document=document,
                page=row["page"],
                indicator=row["indicator"],
                area=_area_in_labels(row),
                area_kind=row["area_kind"],
                period=row["period"],
                kind=row["kind"],
                value=row["value"],
                place=row["place"],
                construction=row["construction"],
                confidence=row["confidence"],
                quote=row["quote"],
            )


def _area_in_labels(row: dict[str, Any]) -> str:
    """An area as labels name it: LA for the document's own authority, SN for its neighbours, else the name."""
    if row["area_code"] and row["area_code"] == row["subject_code"]:
        return "LA"
    return "SN" if row["area_kind"] == "neighbours" else row["area_name"] or ""
