"""Step answer: an answer -> a file, in the form that the ending of its name asks for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from queries.dataset import DatasetError
from schemas.answers import Standing

if TYPE_CHECKING:
    import pyarrow as pa

    from queries.dataset import Dataset
    from queries.printed import Printed

Write = Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms in which one answer can be written: for each ending of a file's name, what writes it."""

    writers: dict[str, Write]

    def write(self, path: Path) -> None:
        """Write the form that the ending names. Raises DatasetError for an ending without one, or a place without a way."""
        writer = self.writers.get(path.suffix.lower())
        if writer is None:
            known = ", ".join(self.writers)
            raise DatasetError(
                f"No file can be written that ends in '{path.suffix}': choose a name that ends in {known}."
            )
        if not path.parent.is_dir():
            raise DatasetError(f"There is no folder {path.parent}: make it first, or choose another place.")
        try:
            writer(path)
        except OSError as error:
            raise DatasetError(f"{path} cannot be written: {error.strerror or error}. Choose another place.") from error


def evidence_to_forms(dataset: Dataset, observation_ids: Sequence[str], title: str) -> Forms:
    """Observations -> a web page with each one's words, page and checks, to hand on beside the figures."""
    from queries.evidence import evidence, evidence_part
    from queries.evidence_printed import evidence_to_html

    def page(path: Path) -> None:
        rows = [evidence(dataset, one) for one in observation_ids]
        shown = [(row, evidence_part(dataset, row)) for row in rows]
        path.write_text(evidence_to_html(shown, title, dataset.snapshot.name), encoding="utf-8")

    return Forms({".html": page})


def rows_to_forms(answer: pa.Table) -> Forms:
    """Rows of any kind -> CSV and Parquet."""
    return Forms({".csv": lambda path: write_csv(answer, path), ".parquet": lambda path: write_parquet(answer, path)})


def tables_to_forms(tables: Sequence[Printed], title: str) -> Forms:
    """Printed tables -> Markdown and a web page."""
    from queries import page_report

    def page(path: Path) -> None:
        path.write_text(page_report.tables_to_html(tables, title), encoding="utf-8")

    def markdown(path: Path) -> None:
        path.write_text(page_report.tables_to_markdown(tables, title), encoding="utf-8")

    return Forms({".md": markdown, ".html": page})


def trend_to_forms(points: pa.Table, title: str, snapshot: str) -> Forms:
    """The rows of `queries.trend` -> data, workbook, chart, web page, Markdown and Word."""
    from queries import charts, page_report, printed, word_report, workbook

    def page(path: Path) -> None:
        drawing = charts.trend_to_image(points, "svg").decode()
        tables = printed.trend_to_printed(points)
        path.write_text(
            page_report.tables_to_html(tables, title, drawing, charts.trend_in_words(points)), encoding="utf-8"
        )

    def markdown(path: Path) -> None:
        path.write_text(page_report.tables_to_markdown(printed.trend_to_printed(points), title), encoding="utf-8")

    return Forms(
        rows_to_forms(points).writers
        | {
            ".xlsx": lambda path: workbook.write_workbook(workbook.trend_to_sheets(points), title, snapshot, path),
            ".png": lambda path: write_bytes(path, charts.trend_to_image(points, "png")),
            ".svg": lambda path: write_bytes(path, charts.trend_to_image(points, "svg")),
            ".html": page,
            ".md": markdown,
            ".docx": lambda path: word_report.write_word(printed.trend_to_printed(points), title, path),
        }
    )


def comparison_to_forms(cells: pa.Table, title: str, snapshot: str, standings: Sequence[Standing] = ()) -> Forms:
    """The rows of `queries.compare`, and of `queries.standing` if wished -> data, workbook, chart, web page, Markdown, Word."""
    from queries import charts, page_report, printed, word_report, workbook

    def sheets() -> list[workbook.Sheet]:
        ranks = [workbook.standings_to_sheet(cells, standings)] if standings else []
        return [*workbook.comparison_to_sheets(cells), *ranks]

    def page(path: Path) -> None:
        drawing = charts.comparison_to_image(cells, "svg").decode()
        tables = [printed.comparison_to_grid(cells, standings)]
        path.write_text(
            page_report.tables_to_html(tables, title, drawing, charts.comparison_in_words(cells)), encoding="utf-8"
        )

    def markdown(path: Path) -> None:
        path.write_text(
            page_report.tables_to_markdown([printed.comparison_to_grid(cells, standings)], title), encoding="utf-8"
        )

    return Forms(
        rows_to_forms(cells).writers
        | {
            ".docx": lambda path: word_report.write_word([printed.comparison_to_grid(cells, standings)], title, path),
            ".xlsx": lambda path: workbook.write_workbook(sheets(), title, snapshot, path),
            ".png": lambda path: write_bytes(path, charts.comparison_to_image(cells, "png")),
            ".svg": lambda path: write_bytes(path, charts.comparison_to_image(cells, "svg")),
            ".html": page,
            ".md": markdown,
        }
    )


def write_bytes(path: Path, data: bytes) -> None:
    """Bytes -> the file."""
    path.write_bytes(data)


def write_csv(answer: pa.Table, path: Path) -> None:
    """Rows -> UTF-8 CSV with a header; lists joined by semicolons, nothing between the commas for null."""
    import pyarrow.compute as pc
    import pyarrow.csv as arrow_csv
    import pyarrow.types as types

    columns = [pc.binary_join(column, "; ") if types.is_list(column.type) else column for column in answer.columns]
    flat = answer.__class__.from_arrays(columns, names=answer.column_names)
    arrow_csv.write_csv(flat, path, arrow_csv.WriteOptions(quoting_style="needed"))


def write_parquet(answer: pa.Table, path: Path) -> None:
    """Rows -> Parquet, types kept."""
    import pyarrow.parquet as pq

    pq.write_table(answer, path, compression="zstd")
