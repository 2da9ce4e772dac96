"""Processes that read documents: what hangs, crashes or eats memory costs its own document, in bounded time."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import psutil
import pytest

from flows.child import Limits, Say
from flows.machine import usable_memory, usable_processors, worker_count
from flows.workers import MoreTime, Stopped, Workers

MEGABYTE = 2**20
FAULTS = "tests.test_workers:answer"


def answer(question: str, say: Say) -> str:
    """What the tests ask of a child: an echo, or a fault by name."""
    import os
    import signal

    word, _, rest = question.partition(" ")
    if word == "spin":
        while True:
            pass
    elif word == "wait":
        signal.pause()
    elif word == "eat":
        held = []
        while True:
            held.append(b"x" * MEGABYTE)
    elif word == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif word == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    elif word == "leave":
        os._exit(3)
    elif word == "raise":
        raise KeyError(rest)
    elif word == "gulp":
        bytearray(1 << 45)
    elif word == "print":
        print("noise among the answers")
        os.system("echo noise of a process")
    elif word == "once":
        mark = Path(rest)
        if not mark.exists():
            mark.touch()
            os.kill(os.getpid(), signal.SIGKILL)
    elif word == "slowly":
        say(MoreTime(60.0))
        deadline = time.monotonic() + 1.3
        while time.monotonic() < deadline:
            signal.sigtimedwait([signal.SIGUSR1], 0.1)
    elif word == "pid":
        return str(os.getpid())
    elif word == "child":
        import subprocess
        import sys

        Path(rest).write_text(str(subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"]).pid))
        signal.pause()
    return question


def limits(_: str) -> Limits:
    """Half a second of work, a second on the clock."""
    return Limits(cpu_seconds=0.5, wall_seconds=1.0, memory_bytes=200 * MEGABYTE)


@pytest.fixture
def pool() -> Iterator[Workers[str, str]]:
    """Two workers."""
    with Workers[str, str](FAULTS, 2, limits, 200 * MEGABYTE) as workers:
        yield workers


def ask(pool: Workers[str, str], questions: Sequence[str]) -> dict[str, str | Stopped]:
    """Answers by question."""
    return dict(pool.ask_all(questions))


def test_every_question_is_answered_once(pool: Workers[str, str]) -> None:
    questions = [f"echo {i}" for i in range(500)]
    assert sorted(q for q, a in pool.ask_all(questions)) == sorted(questions)


@pytest.mark.parametrize(
    ("fault", "reason", "words"),
    [
        ("spin", "timed_out", "time limit"),
        ("wait", "timed_out", "time limit"),
        ("eat", "too_large", "memory"),
        ("gulp", "too_large", "memory"),
        ("crash", "reader_failed", "SIGSEGV"),
        ("leave", "reader_failed", "exit code 3"),
        ("raise an error", "reader_failed", "KeyError"),
    ],
)
def test_a_fault_costs_its_own_question_only(pool: Workers[str, str], fault: str, reason: str, words: str) -> None:
    answers = ask(pool, ["echo 1", fault, "echo 2", "echo 3"])
    stopped = answers.pop(fault)
    assert isinstance(stopped, Stopped)
    assert stopped.reason == reason
    assert words in stopped.detail
    assert stopped.lasting
    assert answers == {f"echo {i}": f"echo {i}" for i in (1, 2, 3)}


def test_a_worker_killed_from_outside_has_its_question_asked_again(pool: Workers[str, str], tmp_path: Path) -> None:
    question = f"once {tmp_path / 'mark'}"
    assert ask(pool, [question, "echo"])[question] == question


def test_one_that_is_killed_from_outside_twice_is_not_a_lasting_failure(pool: Workers[str, str]) -> None:
    stopped = ask(pool, ["killed"])["killed"]
    assert isinstance(stopped, Stopped)
    assert (stopped.reason, stopped.lasting) == ("reader_failed", False)


def test_what_a_library_prints_does_not_get_among_the_answers(pool: Workers[str, str]) -> None:
    assert ask(pool, ["print", "echo"]) == {"print": "print", "echo": "echo"}


def test_more_time_is_given_to_a_worker_that_asks_for_it(pool: Workers[str, str]) -> None:
    assert ask(pool, ["slowly"]) == {"slowly": "slowly"}


def test_a_stopped_worker_takes_with_it_what_it_had_started(pool: Workers[str, str], tmp_path: Path) -> None:
    note = tmp_path / "pid"
    assert isinstance(ask(pool, [f"child {note}"])[f"child {note}"], Stopped)
    pid = int(note.read_text())
    _, alive = psutil.wait_procs([psutil.Process(pid)] if psutil.pid_exists(pid) else [], timeout=10)
    assert not alive


def test_no_process_is_left_when_the_pool_is_closed() -> None:
    with Workers[str, str](FAULTS, 2, limits, 200 * MEGABYTE) as pool:
        pids = {int(str(a)) for _, a in pool.ask_all(["pid 1", "pid 2", "pid 3"])}
    assert not any(psutil.pid_exists(pid) and psutil.Process(pid).status() != "zombie" for pid in pids)


def test_a_worker_that_has_served_long_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.workers.RETIRE_QUESTIONS", 3)
    with Workers[str, str](FAULTS, 1, limits, 200 * MEGABYTE) as pool:
        answers = ask(pool, [f"pid {i}" for i in range(9)])
    assert len(set(map(str, answers.values()))) == 3


def test_a_worker_that_cannot_start_is_said_at_once() -> None:
    with (
        Workers[str, str]("tests.no_such_module:answer", 1, limits, 200 * MEGABYTE) as pool,
        pytest.raises(RuntimeError, match="no_such_module"),
    ):
        ask(pool, ["echo"])


def test_there_is_at_least_one_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.machine.MEMORY_PER_WORKER", 1 << 60)
    assert worker_count() == 1


@pytest.mark.parametrize(
    ("files", "processors", "memory"),
    [
        ({"cpu.max": "100000 100000", "memory.max": "3000000000", "memory.current": "1000000000"}, 1, 2_000_000_000),
        ({"memory.max": "3000", "memory.current": "2500", "memory.stat": "anon 500\ninactive_file 2000"}, None, 2500),
        ({"cpu.max": "50000 100000", "memory.max": "max", "memory.current": "5"}, 1, None),
        ({"cpu.max": "max 100000"}, None, None),
        ({"cpu/cpu.cfs_quota_us": "100000", "cpu/cpu.cfs_period_us": "100000"}, 1, None),
        ({"cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "100000"}, None, None),
        ({"memory/memory.limit_in_bytes": "9", "memory/memory.usage_in_bytes": "10"}, None, 0),
        ({}, None, None),
    ],
)
def test_a_container_has_what_it_was_given_and_no_more(
    tmp_path: Path, files: dict[str, str], processors: int | None, memory: int | None
) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    assert usable_processors(tmp_path) == (processors or usable_processors(tmp_path / "none"))
    if memory is None:
        assert usable_memory(tmp_path) > 0
    else:
        assert usable_memory(tmp_path) == memory
