"""Step publish: observations on their way into the snapshot: decided about by people, checked, compared with statistics.

Those of whole documents are checked together, some thousands at once; those of a series when they come by in order. Memory
does not grow with either.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import pyarrow as pa

from flows.runs import listed
from schemas.records import Correction

if TYPE_CHECKING:
    from extractors.checked_rows import Known
    from extractors.corrections import Decisions


def check_rows(rows: pa.Table, known: Known, decisions: Decisions) -> tuple[pa.Table, pa.Table]:
    """All observations of some documents -> the same (`listed`) as people decided and with the checks that they fail, and rows
    of `official_comparisons`."""
    from extractors.checked_rows import comparisons
    from extractors.checks import check_documents, names_of_failed
    from extractors.corrections import RENEW, apply_decisions
    from extractors.provisional import is_provisional

    rows, decided_before = apply_decisions(rows, decisions)
    rows = listed(rows)  # many short pieces until here: words are not copied before they are numbers
    compared = comparisons(rows, known)
    failed = check_documents(rows, compared, known)
    names = names_of_failed(failed.append_column(RENEW, pa.array(decided_before, pa.bool_())))
    rows = _with_column(rows, "checks", names)
    return _with_column(rows, "provisional", is_provisional(rows.column("quote"))), compared


def with_series_checks(rows: pa.Table, known: Known) -> pa.Table:
    """Whole series of observations -> the same with the checks of series."""
    from extractors.checks import add_names, check_series, without_told_jumps

    failed = without_told_jumps(check_series(rows, known), rows.column("quote"))
    return _with_column(rows, "checks", add_names(rows.column("checks").combine_chunks(), failed))


def what_is_told(
    decisions: Decisions, corrections: Sequence[Correction], locations: Mapping[str, Iterable[str]]
) -> tuple[str, ...]:
    """What became of the decisions, once all documents have come by."""
    from extractors.corrections import what_became

    became = what_became(decisions, corrections, locations)
    told = [f"{_counted(became.applied)} applied."] if became.applied else []
    if became.changed:
        told.append(
            f"{_counted(became.changed)} made about earlier editions of {_places(became.changed)}: review these figures again."
        )
    if became.gone:
        told.append(f"{_counted(became.gone)} made about documents that are not held any more: {_places(became.gone)}.")
    if became.unmatched:
        told.append(
            f"{_counted(became.unmatched)} made about claims that are no longer read from {_places(became.unmatched)}."
        )
    return tuple(told)


def _with_column(rows: pa.Table, name: str, column: pa.Array | pa.ChunkedArray) -> pa.Table:
    place = rows.schema.get_field_index(name)
    return rows.set_column(place, rows.schema.field(place), column)


def _counted(decisions: tuple[Correction, ...]) -> str:
    return "1 decision of a person was" if len(decisions) == 1 else f"{len(decisions)} decisions of people were"


def _places(decisions: tuple[Correction, ...]) -> str:
    names = sorted({one.location for one in decisions})
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
