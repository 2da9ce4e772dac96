"""Step answer: the figures that a person should look at, worst first, and the decisions that people have made.

Decisions are lines of `corrections.csv` in the data folder; the next publication applies them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from queries.dataset import Dataset, DatasetError, sql_texts, table_to_records
from queries.names import resolve_areas, resolve_indicators
from schemas.answers import Decided, ToReview, record_to_columns
from schemas.codes import CHECKS, DECISIONS, REVIEWED, SEVERITY
from schemas.corrections import claim_of, read_corrections
from schemas.records import Correction

if TYPE_CHECKING:
    import pyarrow as pa

CORRECTIONS = "corrections.csv"
_SEVERITY = " + ".join(f"{weight} * list_contains(checks, '{name}')::INTEGER" for name, weight in SEVERITY.items())


def to_review(
    dataset: Dataset,
    indicators: Sequence[str] = (),
    areas: Sequence[str] = (),
    checks: Sequence[str] = (),
    *,
    with_decided: bool = False,
) -> pa.Table:
    """Observations that failed a check (any, or one of `checks`) and that nobody has decided about (rows of `ToReview`), those
    against which most speaks first. Raises DatasetError for a check that is none."""
    ids, codes = resolve_indicators(dataset, indicators), resolve_areas(dataset, areas)
    for name in checks:
        if name not in CHECKS:
            raise DatasetError(f"There is no check called '{name}'. There are: {', '.join(CHECKS)}.")
    chosen = [f"indicator IN ({sql_texts(ids)})"] if ids else []
    chosen += [f"area_code IN ({sql_texts(codes)})"] if codes else []
    chosen += [f"list_has_any(checks, [{sql_texts(checks)}])"] if checks else ["len(checks) > 0"]
    if not with_decided:
        decided = [one.observation_id for one in decisions(dataset) if one.standing in ("applied", "waiting")]
        chosen.append(f"observation_id NOT IN ({sql_texts(decided)})" if decided else "true")
    return dataset.table(
        f"""
        SELECT {record_to_columns(ToReview)}
        FROM (SELECT *, ({_SEVERITY})::INTEGER AS severity FROM claims WHERE {" AND ".join(chosen)})
        ORDER BY severity DESC, confidence, observation_id
        """
    )


def one_to_review(dataset: Dataset, observation_id: str) -> ToReview:
    """One observation by its id or the beginning of it, whether it failed a check or not."""
    from queries.evidence import evidence

    whole = evidence(dataset, observation_id).observation_id
    found = dataset.table(
        f"SELECT {record_to_columns(ToReview)} FROM (SELECT *, ({_SEVERITY})::INTEGER AS severity FROM claims"
        " WHERE observation_id = ?)",
        [whole],
    )
    return table_to_records(found, ToReview)[0]


def decide(
    row: ToReview, decision: str, reason: str, who: str, when: dt.datetime, value: float | None = None
) -> Correction:
    """What a person decided about an observation -> the line to keep. Raises DatasetError where something is missing."""
    if decision not in DECISIONS:
        raise DatasetError(f"'{decision}' is no decision: {', '.join(DECISIONS)}.")
    if decision == "correct" and value is None:
        raise DatasetError("Which value does the document state? Give it with the correction.")
    if not reason.strip() or not who.strip():
        raise DatasetError("Say who decides and why: those who come later will ask.")
    return Correction(
        observation_id=row.observation_id,
        document_id=row.document_id,
        location=row.document_location or "",
        page=row.page,
        indicator=row.indicator,
        area_code=row.area_code,
        period=row.period,
        kind=row.kind,
        value_read=row.value if row.value_read is None else row.value_read,
        decision=decision,
        value=value if decision == "correct" else None,
        reason=" ".join(reason.split()),
        who=" ".join(who.split()),
        when=when,
    )


def decisions(dataset: Dataset) -> list[Decided]:
    """Every decision in `corrections.csv`, in order of its lines, and how it stands to the current snapshot."""
    place = dataset.folder / CORRECTIONS
    if not place.is_file():
        return []
    kept, _ = read_corrections(place.read_text(encoding="utf-8", errors="replace"))
    documents = {row[0] for row in dataset.connection.execute("SELECT document_id FROM documents").fetchall()}
    places = {
        row[0]
        for row in dataset.connection.execute(
            "SELECT location FROM documents UNION ALL SELECT unnest(other_locations) FROM documents"
        ).fetchall()
    }
    rows = _held(dataset, kept)
    return [
        Decided(
            **{name: getattr(one, name) for name in Correction.__dataclass_fields__},
            standing=_standing(one, rows, documents, places),
        )
        for one in kept
    ]


def _held(dataset: Dataset, kept: Sequence[Correction]) -> dict[tuple[object, ...], tuple[str | None, float]]:
    """The claims that decisions are about and that the snapshot holds -> how they were reviewed, and their value."""
    documents = sql_texts({one.document_id for one in kept})
    rows = dataset.connection.execute(
        "SELECT document_id, page, indicator::VARCHAR, area_code, period, kind::VARCHAR, coalesce(value_read, value),"
        f" reviewed::VARCHAR, value FROM observations WHERE document_id IN ({documents})"
        if kept
        else "SELECT 1, 2, 3, 4, 5, 6, 7, 8, 9 WHERE false"
    ).fetchall()
    return {row[:7]: (row[7], row[8]) for row in rows}


def _standing(
    one: Correction,
    rows: dict[tuple[object, ...], tuple[str | None, float]],
    documents: set[str],
    places: set[str],
) -> str:
    if one.document_id not in documents:
        return "document_changed" if one.location in places else "document_gone"
    held = rows.get(claim_of(one))
    if held is None:
        return "no_longer_read"
    reviewed, value = held
    applied = reviewed == REVIEWED[one.decision] and (one.value is None or one.value == value)
    return "applied" if applied else "waiting"
