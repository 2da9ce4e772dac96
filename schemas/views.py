"""Step views: the SQL that makes a snapshot's tables answer questions, as data, so that publishing and reading share one text.

Each question view is a file in `schemas/sql/`; the comment at its head is its documentation. The SQL keeps to what DuckDB
has understood since 1.0, because any client may open `kpi.duckdb`.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from schemas.records import PUBLISHED

QUESTIONS = ("claims", "figures_preferred", "trend", "latest", "comparators", "conflicts", "coverage")
"""The question views in the order in which they build on one another."""

QUESTIONED = ("observations", "documents", "indicators", "areas")
"""The published tables that the question views read."""


@cache
def question_sql(name: str) -> str:
    """The SELECT of a question view, its leading comment included."""
    return (files("schemas") / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def question_doc(name: str) -> str:
    """What a question view answers, in its own words: the comment at the head of its SQL."""
    lines = question_sql(name).splitlines()
    comment = lines[: next(i for i, line in enumerate(lines) if not line.startswith("--"))]
    return " ".join(line.removeprefix("--").strip() for line in comment)


def table_sql(name: str, snapshot: str) -> str:
    """The SELECT that reads one published table from a snapshot folder, given with `/` between its parts."""
    place = f"{snapshot}/{name}.parquet".replace("'", "''")
    return f"SELECT * FROM read_parquet('{place}')"


def view_statements(snapshot: str, tables: Iterable[str] = tuple(PUBLISHED)) -> list[str]:
    """CREATE VIEW statements, in order, for the published tables and every question view over a snapshot folder."""
    published = [f"CREATE OR REPLACE VIEW {name} AS {table_sql(name, snapshot)}" for name in tables]
    questions = [f"CREATE OR REPLACE VIEW {name} AS\n{question_sql(name)}" for name in QUESTIONS]
    return published + questions
