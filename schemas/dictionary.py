"""Step snapshot: record types and question views -> the data dictionary in Markdown, so that docs cannot differ from data.

python -m schemas.dictionary > docs/data-dictionary.md
"""

from __future__ import annotations

import pyarrow as pa

from schemas.arrow import record_to_schema
from schemas.codes import CHECKS, DISPOSITIONS, MISSING, REASONS
from schemas.records import PUBLISHED
from schemas.views import QUESTIONS, question_doc

HEAD = """# Data dictionary

Made from the record types in `schemas/records.py` by `python -m schemas.dictionary`; a test holds this page to them.
Each table is a Parquet file of a snapshot; tables and views alike are in `kpi.duckdb` and in `kpi sql`.
"""


def _type_words(kind: pa.DataType) -> str:
    """An Arrow type -> its name for a reader: a dictionary is what it stands for."""
    if pa.types.is_dictionary(kind):
        return f"{kind.value_type} (dictionary)"
    if pa.types.is_list(kind):
        return f"list of {kind.value_type}"
    return str(kind)


def _table_section(name: str, record: type) -> str:
    """One published table: its sentence, and a row for each column."""
    rows = [
        f"| {field.name} | {_type_words(field.type)} | {'yes' if field.nullable else ''} | "
        f"{field.metadata[b'doc'].decode().replace('|', chr(92) + '|')} |"
        for field in record_to_schema(record)
    ]
    lines = [
        f"## {name}",
        "",
        record.__doc__ or "",
        "",
        "| column | type | may be null | meaning |",
        "|---|---|---|---|",
        *rows,
    ]
    return "\n".join(lines) + "\n"


def _codes_section(title: str, column: str, codes: dict[str, str]) -> str:
    rows = [f"| `{code}` | {words} |" for code, words in codes.items()]
    return "\n".join([f"## {title}", "", f"Values of `{column}`.", "", "| code | meaning |", "|---|---|", *rows]) + "\n"


def dictionary_markdown() -> str:
    """The whole page."""
    tables = [_table_section(name, record) for name, record in PUBLISHED.items()]
    views = ["## Views", "", "| view | what it answers |", "|---|---|"]
    views += [f"| {name} | {question_doc(name)} |" for name in QUESTIONS]
    codes = [
        _codes_section("Dispositions", "figures.disposition", DISPOSITIONS),
        _codes_section("Reasons", "documents.reason", REASONS),
        _codes_section("Checks", "observations.checks", CHECKS),
        _codes_section("Missing", "official.missing", MISSING),
    ]
    return "\n".join([HEAD, *tables, "\n".join(views) + "\n", *codes])


if __name__ == "__main__":
    print(dictionary_markdown(), end="")
