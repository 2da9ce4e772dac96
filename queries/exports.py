"""Step answer: the rows of an answer -> a file, its form told by the ending of its name."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from queries.dataset import DatasetError

if TYPE_CHECKING:
    import pyarrow as pa


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


WRITERS: dict[str, Callable[[pa.Table, Path], None]] = {".csv": write_csv, ".parquet": write_parquet}


def write_answer(answer: pa.Table, path: Path) -> None:
    """Rows -> the file, in the form that its ending names. Raises DatasetError for an ending that is not known here."""
    writer = WRITERS.get(path.suffix.lower())
    if writer is None:
        known = ", ".join(WRITERS)
        raise DatasetError(
            f"No file can be written that ends in '{path.suffix}': give --out a name that ends in {known}."
        )
    try:
        writer(answer, path)
    except OSError as error:
        raise DatasetError(f"{path} cannot be written: {error.strerror or error}. Give --out another place.") from error
