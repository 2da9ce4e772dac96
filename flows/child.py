"""Step isolation: one process of our own that answers questions one by one and may be stopped at any moment.

A PDF can make a parser hang, crash or eat the memory of the machine, and pdfium is not thread-safe: so whatever opens a
document runs in a `Child`. It is a plain Python process with pipes, not one of `multiprocessing`: that would run the
caller's main module again in every process, which a notebook or an unguarded script does not survive.

Whoever asks, watches: `overrun` says that a child has gone past its limits, and `stop` ends it and all it has started.
"""

from __future__ import annotations

import gc
import importlib
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from typing import IO, Any

import psutil

START_SECONDS = 120.0  # a slow machine may take long to import the readers
# One thread a process, since there is a process for each processor; and Arrow must not reserve memory ahead, which would
# count against the bound that the system keeps.
_MODEST = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one question may cost: processor seconds, seconds on the clock (for what hangs without working), bytes held."""

    cpu_seconds: float
    wall_seconds: float
    memory_bytes: int


@dataclass(frozen=True, slots=True)
class Ready:
    """The child has imported what it needs and waits for a question."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something the child says before its answer."""

    value: object


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to the question asked last."""

    value: object


@dataclass(frozen=True, slots=True)
class Raised:
    """The question ended on an exception: its name and words, and whether memory ran out."""

    text: str
    out_of_memory: bool = False


@dataclass(frozen=True, slots=True)
class Ended:
    """The process is gone: its exit code, negative for the signal that ended it."""

    code: int


Message = Ready | Said | Answered | Raised | Ended
Say = Callable[[object], None]


class Child:
    """A process that calls `function` ("module:name") as `function(question, say)` with each question it is sent.

    Its messages arrive on `inbox` as (child, Message); the last one is `Ended`.
    """

    def __init__(self, function: str, inbox: SimpleQueue[tuple[Child, Message]], memory_bytes: int) -> None:
        self.ready = False
        self.questions = 0
        self._limits = Limits(START_SECONDS, START_SECONDS, memory_bytes)
        environment = {**os.environ, **_MODEST, "PYTHONPATH": os.pathsep.join(p for p in sys.path if p)}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", f"from flows.child import serve; serve({function!r}, {memory_bytes})"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
        )
        self._watched = psutil.Process(self._process.pid)
        self.restart_clock()
        threading.Thread(target=self._listen, args=(inbox,), daemon=True).start()

    @property
    def pid(self) -> int:
        """Process id."""
        return self._process.pid

    def _listen(self, inbox: SimpleQueue[tuple[Child, Message]]) -> None:
        assert self._process.stdout is not None
        try:
            while True:
                message = pickle.load(self._process.stdout)
                self.ready = self.ready or isinstance(message, Ready)
                inbox.put((self, message))
        except EOFError:
            pass
        except (pickle.UnpicklingError, OSError, ValueError):  # cut short, or nonsense: nothing more to be had from it
            self._process.kill()
        inbox.put((self, Ended(self._process.wait())))

    def ask(self, question: object, limits: Limits) -> None:
        """Send a question; from now on it counts against `limits`. A child that is gone says so on the inbox."""
        assert self._process.stdin is not None
        self.questions += 1
        self._limits = limits
        self.restart_clock()
        with suppress(OSError):
            pickle.dump(question, self._process.stdin, pickle.HIGHEST_PROTOCOL)
            self._process.stdin.flush()

    def restart_clock(self, more_wall_seconds: float = 0.0) -> None:
        """Count time from now on; `more_wall_seconds` are granted on top of the limit."""
        self._more = more_wall_seconds
        self._asked = time.monotonic()
        self._cpu_before = self._cpu_seconds()

    def _cpu_seconds(self) -> float:
        with suppress(psutil.Error):
            times = self._watched.cpu_times()
            return float(times.user + times.system)
        return 0.0

    def spent(self) -> float:
        """Processor seconds since the clock was started."""
        return self._cpu_seconds() - self._cpu_before

    def memory(self) -> int:
        """Bytes it holds in memory now."""
        with suppress(psutil.Error):
            return int(self._watched.memory_info().rss)
        return 0

    def overrun(self) -> str | None:
        """`too_large` or `timed_out` where it is past its limits, else None."""
        if self.memory() > self._limits.memory_bytes:
            return "too_large"
        if time.monotonic() - self._asked > self._limits.wall_seconds + self._more:
            return "timed_out"
        if self.spent() > self._limits.cpu_seconds:
            return "timed_out"
        return None

    def stop(self) -> None:
        """End it at once, and every process it has started."""
        family: list[psutil.Process] = []
        with suppress(psutil.Error):
            family = self._watched.children(recursive=True)
        with suppress(OSError):
            self._process.kill()
        for process in family:
            with suppress(psutil.Error):
                process.kill()
        self._process.wait()

    def dismiss(self) -> None:
        """Let it go home: it ends by itself when no more questions can come."""
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.close()


def serve(function: str, memory_bytes: int) -> None:
    """The child's own side: answer the questions that come in until no more can come."""
    questions = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not get among the answers
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole terminal group; the parent decides
    _end_with_parent()
    _bound_memory(memory_bytes)
    module, _, name = function.partition(":")

    def tell(message: Message) -> None:
        answers.write(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))  # whole or not at all, should memory run out here
        answers.flush()

    gc.disable()  # all that is imported stays: a search for garbage finds none, and takes a tenth of the start
    try:
        answer: Callable[[Any, Say], object] = getattr(importlib.import_module(module), name)
    except Exception:
        tell(Raised(traceback.format_exc()))
        return
    # Frozen records by the thousand, and no cycles among them: looking for garbage more rarely saves a seventh of the time.
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    gc.enable()
    tell(Ready())
    while (question := _next_question(questions)) is not _NO_MORE:
        try:
            tell(Answered(answer(question, lambda value: tell(Said(value)))))
        except MemoryError as error:
            tell(Raised(_error_to_words(error), out_of_memory=True))
        except Exception as error:  # whatever a parser makes of a hostile file concerns that file alone
            tell(Raised(_error_to_words(error)))


def _error_to_words(error: Exception) -> str:
    """The error and where it arose, so that whoever reads the document's row can find it."""
    at = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} at {os.path.basename(at.filename)}:{at.lineno}: {error}"[:500]


_NO_MORE = object()


def _next_question(questions: IO[bytes]) -> object:
    try:
        return pickle.load(questions)
    except EOFError:
        return _NO_MORE


def _end_with_parent() -> None:
    """A parent that is killed cannot stop its children: they notice that it is gone and end themselves."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent and psutil.pid_exists(parent):
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    if sys.platform == "linux":  # sure even where a parser holds the interpreter's lock
        import ctypes

        prctl_set_parent_death_signal = 1
        ctypes.CDLL(None).prctl(prctl_set_parent_death_signal, signal.SIGKILL)


def _bound_memory(memory_bytes: int) -> None:
    """A second bound, kept by the system, for what grows faster than it is watched."""
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (2 * memory_bytes, 2 * memory_bytes))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
