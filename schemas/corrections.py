"""Step review: `corrections.csv`, one decision of a person a line <-> records.

The file is kept by hand as well as by `kpi review`: a line that cannot be understood is said, with its number, and the others
count all the same.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable
from dataclasses import fields

from schemas.codes import DECISIONS
from schemas.records import Correction, Issue

CORRECTION_COLUMNS = tuple(f.name for f in fields(Correction))
_NEEDED = ("document_id", "indicator", "period", "kind", "value_read", "decision")


def read_corrections(text: str) -> tuple[tuple[Correction, ...], tuple[Issue, ...]]:
    """The text of the file -> decisions in order of their lines, and what could not be understood. Of two decisions about one
    observation the later line counts."""
    found: dict[tuple[object, ...], Correction] = {}
    issues = []
    for number, row in enumerate(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))), start=2):
        try:
            correction = _row_to_correction(
                {name: (value or "").strip() for name, value in row.items() if isinstance(value, str)}
            )
        except (ValueError, KeyError) as error:
            issues.append(Issue("not_understood", f"line {number} of the corrections: {_said(error)}"))
            continue
        key = claim_of(correction)
        found.pop(key, None)
        found[key] = correction
    return tuple(found.values()), tuple(issues)


def claim_of(correction: Correction) -> tuple[object, ...]:
    """What a decision is about: the claim and the page on which the document makes it."""
    c = correction
    return (c.document_id, c.page, c.indicator, c.area_code, c.period, c.kind, c.value_read)


def corrections_to_text(corrections: Iterable[Correction], with_head: bool = True) -> str:
    """Decisions -> lines of the file."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if with_head:
        writer.writerow(CORRECTION_COLUMNS)
    for one in corrections:
        writer.writerow([_cell(getattr(one, name)) for name in CORRECTION_COLUMNS])
    return out.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds")
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _row_to_correction(row: dict[str, str]) -> Correction:
    absent = [name for name in _NEEDED if not row.get(name)]
    if absent:
        raise ValueError(f"no {absent[0]}")
    decision = row["decision"].casefold()
    if decision not in DECISIONS:
        raise ValueError(f"'{row['decision']}' is no decision ({', '.join(DECISIONS)})")
    value = float(row["value"].replace(",", "")) if row.get("value") else None
    if decision == "correct" and value is None:
        raise ValueError("a correction without its value")
    when = dt.datetime.fromisoformat(row["when"]) if row.get("when") else dt.datetime.fromtimestamp(0, dt.UTC)
    return Correction(
        observation_id=row.get("observation_id", ""),
        document_id=row["document_id"],
        location=row.get("location", ""),
        page=int(row["page"]) if row.get("page") else None,
        indicator=row["indicator"],
        area_code=row.get("area_code") or None,
        period=row["period"],
        kind=row["kind"],
        value_read=float(row["value_read"].replace(",", "")),
        decision=decision,
        value=value if decision == "correct" else None,
        reason=row.get("reason", ""),
        who=row.get("who", ""),
        when=when if when.tzinfo else when.replace(tzinfo=dt.UTC),
    )


def _said(error: Exception) -> str:
    return str(error).strip("'\"")
