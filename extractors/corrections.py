"""Step publish: what a person decided about observations -> the observations as they are to be published.

A decision is found by the observation's id, and where the way of reading has changed since, by the claim and its page. It
never leaves the document it was made about: an edition with other bytes is raised for review instead.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from schemas.codes import REVIEWED
from schemas.corrections import claim_of
from schemas.records import Correction

RENEW = "corrected_before"
_CLAIM = ("document_id", "page", "indicator", "area_code", "period", "kind", "value")


@dataclass(slots=True)
class Decisions:
    """The decisions of people, and which of them were met with so far.

    by_id, by_claim: decisions by observation and by claim. earlier: for documents that lie where an older edition lay, what
    people decided about that edition.
    """

    by_id: Mapping[str, Correction]
    by_claim: Mapping[tuple[object, ...], Correction]
    earlier: Mapping[str, frozenset[tuple[object, ...]]]
    met: set[Correction] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of the decisions: applied, about an older edition of a document, about a document that is not held, about
    a claim that the document is no longer read to make."""

    applied: tuple[Correction, ...]
    changed: tuple[Correction, ...]
    gone: tuple[Correction, ...]
    unmatched: tuple[Correction, ...]


def prepare(corrections: Sequence[Correction], locations: Mapping[str, Iterable[str]]) -> Decisions:
    """Decisions, and where each document lies now (document_id -> locations) -> what is needed to apply them."""
    document_at = {place: document for document, places in locations.items() for place in places}
    earlier: defaultdict[str, set[tuple[object, ...]]] = defaultdict(set)
    for one in corrections:
        now = document_at.get(one.location)
        if now is not None and one.document_id not in locations:
            earlier[now].add((one.indicator, one.area_code, one.period, one.kind))
    return Decisions(
        {one.observation_id: one for one in corrections if one.observation_id},
        {claim_of(one): one for one in corrections},
        {document: frozenset(claims) for document, claims in earlier.items()},
    )


def apply_decisions(observations: pa.Table, decisions: Decisions) -> tuple[pa.Table, list[bool]]:
    """Observations -> the same with `value`, `value_read` and `reviewed` as people decided, and for each row whether it makes a
    claim that was decided about in an earlier edition of its document."""
    again = [False] * observations.num_rows
    if not decisions.by_claim:
        return observations, again
    concerned = _concerned(observations, decisions)
    if not len(concerned):
        return observations, again
    few = observations.take(concerned)
    ids = few.column("observation_id").to_pylist()
    claims = list(zip(*(_plain(few, name) for name in _CLAIM), strict=True))
    values, read = _plain(observations, "value"), _plain(observations, "value_read")
    reviewed = _plain(observations, "reviewed")
    for row, key, claim in zip(concerned.to_pylist(), ids, claims, strict=True):
        again[row] = claim[2:6] in decisions.earlier.get(str(claim[0]), ())
        decision = decisions.by_id.get(key) or decisions.by_claim.get(claim)
        if decision is None:
            continue
        decisions.met.add(decision)
        reviewed[row] = REVIEWED[decision.decision]
        if decision.value is not None:
            values[row], read[row] = decision.value, values[row]
    for name, column in (("value", values), ("value_read", read), ("reviewed", reviewed)):
        place = observations.schema.get_field_index(name)
        observed = observations.schema.field(place)
        observations = observations.set_column(place, observed, pa.array(column, observed.type))
    return observations, again


def _concerned(observations: pa.Table, decisions: Decisions) -> pa.Array:
    """The rows about which anything can have been decided: those of documents, or with ids, that decisions name."""
    documents = {*decisions.earlier, *(str(claim[0]) for claim in decisions.by_claim)}
    named = (("document_id", documents), ("observation_id", decisions.by_id))
    hit = [pc.is_in(observations.column(name), pa.array(sorted(keys), pa.string())) for name, keys in named]
    return pc.indices_nonzero(pc.or_(*hit))


def what_became(
    decisions: Decisions, corrections: Sequence[Correction], locations: Mapping[str, Iterable[str]]
) -> Standing:
    """After all observations were seen: what became of each decision."""
    places = {place for held in locations.values() for place in held}
    left = [one for one in corrections if one not in decisions.met]
    held = [one for one in left if one.document_id in locations]
    missing = [one for one in left if one.document_id not in locations]
    return Standing(
        applied=tuple(one for one in corrections if one in decisions.met),
        changed=tuple(one for one in missing if one.location in places),
        gone=tuple(one for one in missing if one.location not in places),
        unmatched=tuple(held),
    )


def _plain(observations: pa.Table, name: str) -> list[object]:
    return list(observations.column(name).to_pylist())
