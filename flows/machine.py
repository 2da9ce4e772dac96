"""Step work: how many processes this machine, or the share of it that a container was given, has room for."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import psutil

MEMORY_PER_WORKER = 900 * 2**20
"""What a worker and its table reader may need together."""
CONTROL_GROUP = Path("/sys/fs/cgroup")


def worker_count(control_group: Path = CONTROL_GROUP) -> int:
    """As many as there are processors to use and memory for."""
    return max(1, min(usable_processors(control_group), usable_memory(control_group) // MEMORY_PER_WORKER))


def usable_processors(control_group: Path = CONTROL_GROUP) -> int:
    """The processors that this process may run on, or the part of them that its container was given."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quota, period = _numbers(control_group / "cpu.max", 2)
    if quota is None:  # the older form of control groups
        (quota,) = _numbers(control_group / "cpu" / "cpu.cfs_quota_us", 1)
        (period,) = _numbers(control_group / "cpu" / "cpu.cfs_period_us", 1)
    if quota is not None and period and quota > 0:
        return max(1, min(processors, round(quota / period)))
    return processors


def usable_memory(control_group: Path = CONTROL_GROUP) -> int:
    """Bytes of memory that are free, or left of what the container was given; files held in memory make way."""
    free = int(psutil.virtual_memory().available)
    for most, held, told in (
        ("memory.max", "memory.current", "memory.stat"),
        ("memory/memory.limit_in_bytes", "memory/memory.usage_in_bytes", "memory/memory.stat"),
    ):
        (limit,), (used,) = _numbers(control_group / most, 1), _numbers(control_group / held, 1)
        if limit is not None:
            free = min(free, limit - (used or 0) + _files_in_memory(control_group / told))
    return max(free, 0)


def _files_in_memory(path: Path) -> int:
    with suppress(OSError, ValueError):
        told = dict(line.split() for line in path.read_text().splitlines())
        return int(told.get("total_inactive_file", told.get("inactive_file", 0)))
    return 0


def _numbers(path: Path, count: int) -> Iterable[int | None]:
    """The whole numbers in a small file of the system; None where there is none, or no limit ("max")."""
    found: list[int | None] = []
    with suppress(OSError):
        found = [int(word) if word.lstrip("-").isdigit() else None for word in path.read_text().split()[:count]]
    return found + [None] * (count - len(found))
