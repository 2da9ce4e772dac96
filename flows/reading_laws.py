"""Step read: what must hold of one document's rows before they are kept.

The same laws are checked of the whole snapshot when it is published. A document that breaks one is our own error: it
fails by itself, and is named, rather than keep every other document from being published.
"""

from __future__ import annotations

from flows.document_rows import DocumentRows
from schemas.records import Reading


def broken_law(rows: DocumentRows, reading: Reading) -> str | None:
    """The sentence of the first law that the rows break, or None."""
    ids = {o.observation_id for o in rows.observations}
    places = [(f.page, f.position) for f in rows.figures if f.page is not None and f.position is not None]
    if len(ids) < len(rows.observations):
        return "two of its observations have one id"
    if len(set(places)) < len(places):
        return "a number of its text is in the ledger twice"
    printed = {(p.number, m.start) for p in reading.pages for m in p.marks if m.text[:1].isdigit()}
    if missing := printed.difference(places):
        return f"{len(missing)} of the {len(printed)} numbers that its pages print are not in the ledger"
    for figure in rows.figures:
        if figure.observation_id is not None and figure.observation_id not in ids:
            return f"the number {figure.value_text} leads to an observation that is not there"
    return None
