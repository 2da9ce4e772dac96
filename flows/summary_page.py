"""Step tell: what a refresh did -> a page in Markdown, what changed first."""

from __future__ import annotations

from collections.abc import Iterable

from flows.progress import RefreshSummary, Trouble
from schemas.codes import REASONS

MOST_NAMED = 30
CHANGE_WORDS = {
    "added": "figures that are new",
    "restated": "figures stated anew with another value",
    "withdrawn": "figures whose document is no longer offered, or no longer states them",
}


def summary_to_markdown(summary: RefreshSummary) -> str:
    """The summary of a refresh -> headings, sentences and tables."""
    parts = [f"# Snapshot {summary.snapshot}", _what_changed(summary)]
    if summary.notes:
        parts += ["## To be looked at", "\n".join(f"- {_escaped(note)}" for note in summary.notes)]
    parts += ["## Documents", _table(("Status", "Documents"), summary.statuses.items())]
    if summary.troubles:
        parts += ["### Not read whole", _troubles(summary.troubles)]
    parts += ["## What the dataset holds", _table(("Table", "Rows"), summary.rows.items())]
    clear = f"{summary.unclear_share:.1%} of the printed numbers are ambiguous."
    parts += [
        "## What became of every printed number",
        clear,
        _table(("Disposition", "Numbers"), summary.dispositions.items()),
    ]
    seconds = [(step, f"{seconds:,.1f}") for step, seconds in summary.steps.items()]
    read = f"{summary.documents_read:,} documents and {summary.pages_read:,} pages were read."
    parts += ["## Time", read, _table(("Step", "Seconds"), [*seconds, ("all", f"{summary.seconds:,.1f}")])]
    return "\n\n".join(parts) + "\n"


def _what_changed(summary: RefreshSummary) -> str:
    if not summary.published:
        return "**Nothing is new: the snapshot before stands.**"
    if not any(summary.changes.values()):
        return "**Published; against the snapshot before, if there was one, no stated figure differs.**"
    rows = [(change, number, CHANGE_WORDS.get(change, "")) for change, number in summary.changes.items() if number]
    return "**Since the snapshot before:**\n\n" + _table(("Change", "Figures", "Meaning"), rows)


def _troubles(troubles: Iterable[Trouble]) -> str:
    listed = list(troubles)
    rows = [(t.location, t.status, t.reason, t.detail or REASONS.get(t.reason, "")) for t in listed[:MOST_NAMED]]
    more = len(listed) - len(rows)
    table = _table(("Document", "Status", "Reason", "In words"), rows)
    return (
        f"{table}\n\nand {more:,} more: `SELECT location, reason, detail FROM documents WHERE status <> 'ok'`"
        if more
        else table
    )


def _table(heads: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *([_cell(value) for value in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else _escaped(str(value))


def _escaped(text: str) -> str:
    """Words of documents and addresses, so that they stand as they are and end no cell."""
    escaped = "".join(f"\\{c}" if c in "\\`*_[]<>|" else c for c in text)
    return " ".join(escaped.split())
