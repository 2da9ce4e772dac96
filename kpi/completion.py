"""Step people: what a person has begun to type -> the indicators and areas of the dataset that it may become."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer

from queries.dataset import DatasetError


def complete_indicator(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """The ids that begin so, each with the indicator's name beside it."""
    yield from (pair for pair in _known(ctx, "indicators") if pair[0].startswith(incomplete))


def complete_area(ctx: typer.Context, incomplete: str) -> Iterator[tuple[str, str]]:
    """The names of areas that begin so, each with its code beside it."""
    yield from ((name, code) for code, name in _known(ctx, "areas") if name.startswith(incomplete))


def _known(ctx: typer.Context, table: str) -> list[tuple[str, str]]:
    from queries.dataset import open_dataset

    columns = {"indicators": "indicator, label", "areas": "area_code, name"}[table]
    try:
        dataset = open_dataset(Path(ctx.params.get("data") or "data"))
    except DatasetError:  # without a dataset there is nothing to offer, and nobody to tell
        return []
    return [
        (row[0], row[1]) for row in dataset.connection.execute(f"SELECT {columns} FROM {table} ORDER BY 2").fetchall()
    ]
