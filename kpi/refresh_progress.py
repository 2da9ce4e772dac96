"""Step people: the progress of a refresh -> a bar on a terminal, a plain line now and then where there is none."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePath

from flows.progress import Progress

STEPS = {"find": "Finding documents", "read": "Reading documents", "publish": "Publishing"}
PLAIN_LINES_A_STEP = 10
LONGEST_NAME = 32


@contextmanager
def shown_progress() -> Iterator[Callable[[Progress], None]]:
    """A function that shows each step of a refresh as it goes, for as long as the context lasts."""
    if sys.stderr.isatty():
        with _bars() as show:
            yield show
    else:
        yield _plain_lines()


@contextmanager
def _bars() -> Iterator[Callable[[Progress], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (TextColumn("{task.description}"), BarColumn(bar_width=20), MofNCompleteColumn(), TimeElapsedColumn())
    with Bars(*columns, TextColumn("[dim]{task.fields[name]}"), console=Console(stderr=True), transient=True) as bars:
        tasks = {}

        def show(progress: Progress) -> None:
            if progress.step not in tasks:
                tasks[progress.step] = bars.add_task(STEPS.get(progress.step, progress.step), name="")
            name = PurePath(progress.location).name[:LONGEST_NAME]
            total = progress.total or None
            bars.update(tasks[progress.step], completed=progress.done, total=total, name=name)

        yield show


def _plain_lines() -> Callable[[Progress], None]:
    tenth_shown: dict[str, int] = {}

    def show(progress: Progress) -> None:
        tenth = progress.done * PLAIN_LINES_A_STEP // progress.total if progress.total else 0
        if tenth > tenth_shown.get(progress.step, -1):
            tenth_shown[progress.step] = tenth
            if progress.total <= 1 and tenth:
                return  # one thing to do: its beginning is enough
            how_far = f": {progress.done} of {progress.total}" if progress.done and progress.total else ""
            print(f"{STEPS.get(progress.step, progress.step)}{how_far}", file=sys.stderr, flush=True)

    return show
