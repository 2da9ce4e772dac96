"""Step work: questions -> answers, by a few long-lived processes that are watched, stopped and replaced one by one.

A document that hangs, crashes its reader or eats memory costs its own answer and nobody else's. A process that dies of
itself, or is killed from outside, has its question asked again of another.
"""

from __future__ import annotations

import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar, cast

from flows.child import Answered, Child, Ended, Limits, Message, Raised, Ready, Said

Question = TypeVar("Question")
Answer = TypeVar("Answer")

LOOK_SECONDS = 0.1
"""How often limits are looked at."""
TRIES = 2
TRIES_WHERE_KILLED = 4
"""How often a question is asked on which a process dies: of itself, or killed from outside."""
STARTS = 5
"""How many processes may be killed while they start before it is given up."""
RETIRE_BYTES = 350 * 2**20
RETIRE_QUESTIONS = 500
"""A process that has grown this far, or answered this often, is replaced between two questions: memory stays flat."""


@dataclass(frozen=True, slots=True)
class MoreTime:
    """A worker says: the next part may take this many seconds on the clock, for a reason that it watches itself."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Stopped:
    """Why a question has no answer: a reason code, a sentence, and whether asking again would end the same way."""

    reason: str
    detail: str
    lasting: bool = True


@dataclass(slots=True)
class _Job(Generic[Question]):
    question: Question
    tries: int = 0


class Workers(Generic[Question, Answer]):
    """A pool of processes that answer questions with `function` ("module:name", called as `function(question, say)`)."""

    def __init__(
        self,
        function: str,
        count: int,
        limits: Callable[[Question], Limits],
        memory_bytes: int,
        retire_bytes: int = RETIRE_BYTES,
    ) -> None:
        self._function = function
        self._limits = limits
        self._memory_bytes = memory_bytes
        self._retire_bytes = retire_bytes
        self._inbox: SimpleQueue[tuple[Child, Message]] = SimpleQueue()
        self._busy: dict[Child, _Job[Question] | None] = {}
        self._dismissed: list[Child] = []
        self._look_again = 0.0
        self._stillborn = 0
        for _ in range(count):
            self._hire()

    def __enter__(self) -> Workers[Question, Answer]:
        return self

    def __exit__(self, *_: object) -> None:
        for child in (*self._busy, *self._dismissed):
            child.stop()
        self._busy.clear()

    def _hire(self) -> None:
        self._busy[Child(self._function, self._inbox, self._memory_bytes)] = None

    def ask_all(self, questions: Iterable[Question]) -> Iterator[tuple[Question, Answer | Stopped]]:
        """Each question with its answer, in the order in which the answers come."""
        waiting = deque(_Job(q) for q in questions)
        open_questions = len(waiting)
        for child in list(self._busy):
            if child.ready:
                self._next(child, waiting)
        while open_questions:
            for question, answer in self._look(waiting):
                open_questions -= 1
                yield question, answer

    def _next(self, child: Child, waiting: deque[_Job[Question]]) -> None:
        """Give the child another question; one that has grown or served long is replaced instead."""
        self._busy[child] = None
        if not waiting:
            return
        if child.questions >= RETIRE_QUESTIONS or child.memory() > self._retire_bytes:
            del self._busy[child]
            child.dismiss()
            self._dismissed.append(child)
            self._hire()
            return
        self._busy[child] = job = waiting.popleft()
        child.ask(job.question, self._limits(job.question))

    def _look(self, waiting: deque[_Job[Question]]) -> Iterator[tuple[Question, Answer | Stopped]]:
        """Take in one message, and look at the limits when it is time."""
        if time.monotonic() >= self._look_again:
            yield from self._stop_overrun()
            self._look_again = time.monotonic() + LOOK_SECONDS
        try:
            child, message = self._inbox.get(timeout=LOOK_SECONDS)
        except Empty:
            return
        if child not in self._busy:  # stopped or dismissed meanwhile
            return
        job = self._busy[child]
        if isinstance(message, Said):
            if isinstance(message.value, MoreTime):
                child.restart_clock(message.value.seconds)
        elif isinstance(message, Raised) and not child.ready:
            raise RuntimeError(f"a reading process could not start:\n{message.text}")
        elif isinstance(message, Ended):
            yield from self._replace(child, job, message, waiting)
        else:
            self._next(child, waiting)
            if job is not None and not isinstance(message, Ready):
                yield job.question, self._message_to_answer(message)

    def _message_to_answer(self, message: Answered | Raised) -> Answer | Stopped:
        if isinstance(message, Answered):
            return cast("Answer", message.value)
        if message.out_of_memory:
            return Stopped("too_large", f"reading ran out of memory: {message.text}")
        return Stopped("reader_failed", f"the reader ended on {message.text}")

    def _stop_overrun(self) -> Iterator[tuple[Question, Answer | Stopped]]:
        for child, job in list(self._busy.items()):
            reason = child.overrun() if job or not child.ready else None
            if reason is None:
                continue
            child.stop()
            del self._busy[child]
            if job is None:
                raise RuntimeError("a reading process did not start in time")
            self._hire()
            yield job.question, Stopped(reason, _LIMIT_WORDS[reason])

    def _replace(
        self, child: Child, job: _Job[Question] | None, end: Ended, waiting: deque[_Job[Question]]
    ) -> Iterator[tuple[Question, Answer | Stopped]]:
        child.stop()  # what it had started
        del self._busy[child]
        if job is None and not child.ready:
            self._stillborn += 1
            if self._stillborn >= STARTS:
                raise RuntimeError(f"a reading process could not start: it ended {_end_words(end)}")
        self._hire()
        if job is None:
            return
        from_outside = end.code == -getattr(signal, "SIGKILL", 9)
        job.tries += 1
        if job.tries < (TRIES_WHERE_KILLED if from_outside else TRIES):
            waiting.appendleft(job)
        else:
            yield (
                job.question,
                Stopped("reader_failed", f"the reader ended {_end_words(end)}", lasting=not from_outside),
            )


_LIMIT_WORDS = {
    "timed_out": "reading was stopped at its time limit",
    "too_large": "reading was stopped at its memory limit",
}


def _end_words(end: Ended) -> str:
    with suppress(ValueError):
        return f"on signal {signal.Signals(-end.code).name}"
    return f"with exit code {end.code}"
