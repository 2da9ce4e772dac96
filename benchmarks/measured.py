"""Runs one command and tells what it cost: seconds on the clock, processor seconds and the largest process of its family.

Processor time is that of the command and all that it starts, to the last child, as the system counts it when each of
them ends. A reading process is killed together with those that it started, and these are then nobody's children: for
the while of a measurement this process adopts them (a "subreaper", which only Linux has).
"""

from __future__ import annotations

import compileall
import ctypes
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_SET_CHILD_SUBREAPER = 36
_ROOMS = ("schemas", "extractors", "flows", "queries", "kpi")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, processor seconds of the whole family, bytes that the largest process held, what was told."""

    wall: float
    cpu: float
    peak_bytes: int
    told: Mapping[str, object]

    def number(self, name: str) -> float:
        """A number that the command told of itself."""
        value = self.told.get(name)
        if not isinstance(value, int | float):
            raise TypeError(f"{name} was not told: {value!r}")
        return float(value)


def compile_modules() -> None:
    """Compile our modules to bytecode, as pip does with those that it installs.

    Where the environment forbids Python to keep bytecode (PYTHONDONTWRITEBYTECODE, as containers often have it), a checkout's
    modules are else compiled again by every process, and those of floor and peers are not.
    """
    for room in _ROOMS:
        compileall.compile_dir(ROOT / room, quiet=1)


def run_measured(module: str, words: Sequence[str], nice: int = 0) -> Cost:
    """Run `python -m module words` to its end; its last line of output is JSON and becomes `told`.

    Raises RuntimeError where it fails, and where the system is not Linux.
    """
    if not sys.platform.startswith("linux"):
        raise RuntimeError("costs of whole families of processes are measured on Linux only")
    ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", module, *words],
            stdout=output,
            env=environment,
            preexec_fn=(lambda: os.nice(nice) and None) if nice else None,
        )
        code, wall, cpu, peak = 1, 0.0, 0.0, 0
        while True:
            try:
                pid, status, used = os.wait4(-1, 0)
            except ChildProcessError:
                break
            cpu += used.ru_utime + used.ru_stime  # with those of its children that it has seen end
            peak = max(peak, used.ru_maxrss * 1024)
            if pid == process.pid:
                wall = time.perf_counter() - start
                process.returncode = code = os.waitstatus_to_exitcode(status)
        output.seek(0)
        lines = output.read().decode().strip().splitlines()
    if code or not lines:
        raise RuntimeError(f"{module} {' '.join(words)} ended with {code}")
    return Cost(wall, cpu, peak, json.loads(lines[-1]))
