"""Every step: what a refresh says of itself while it runs, and when it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a step is: `find`, `read` or `publish`; the document done last and what became of it."""

    step: str
    done: int
    total: int
    location: str = ""
    status: str = ""


@dataclass(frozen=True, slots=True)
class Trouble:
    """A document that was not read whole: its status, reason code and sentence."""

    location: str
    status: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class RefreshSummary:
    """What a refresh found and did. `snapshot` is the one that is current now; `published` says whether it is new."""

    snapshot: str
    published: bool
    documents_read: int
    pages_read: int
    statuses: Mapping[str, int]
    troubles: tuple[Trouble, ...]
    rows: Mapping[str, int]
    dispositions: Mapping[str, int]
    changes: Mapping[str, int]
    seconds: float
    steps: Mapping[str, float] = field(default_factory=dict)  # seconds on the clock by step: find, read, publish
    stages: Mapping[str, float] = field(default_factory=dict)  # seconds by stage of reading, summed over the workers
    notes: tuple[str, ...] = ()

    @property
    def unclear_share(self) -> float:
        """The share of the printed numbers whose disposition is ambiguous or unknown, 0 to 1."""
        unclear = self.dispositions.get("ambiguous", 0) + self.dispositions.get("unknown", 0)
        return unclear / max(sum(self.dispositions.values()), 1)
