"""Step people: what a refresh did and what the dataset now holds -> the lines that end the command."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from flows.image_reader import images_can_be_read
from flows.progress import RefreshSummary, Trouble
from queries.dataset import Dataset
from queries.printed import file_name
from queries.wording import number_words
from schemas.codes import REASONS

MOST_NAMED = 40
STATUS_WORDS = {"ok": "read whole", "partial": "read in part", "failed": "failed"}
HELD = """
SELECT count(*), count(DISTINCT indicator), count(DISTINCT area_code), min(year(period_end)), max(year(period_end)),
    count(*) FILTER (WHERE list_contains(checks, 'low_confidence'))
FROM observations
"""


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 document`, `1,380 documents`, `2 authorities`."""
    return f"{number_words(number)} {noun if number == 1 else plural or noun + 's'}"


def held_line(dataset: Dataset) -> str:
    """What the dataset holds: observations, indicators, areas and years."""
    ((rows, indicators, areas, first, last, doubtful),) = dataset.connection.execute(HELD).fetchall()
    if not rows:
        return "No document states a figure of the catalogue."
    years = f"years {first} to {last}" if first != last else f"year {first}"
    line = f"{counted(rows, 'observation')} of {counted(indicators, 'indicator')}, {counted(areas, 'area')}, {years}"
    return f"{line}; {counted(doubtful, 'observation')} in doubt" if doubtful else line


def trouble_lines(troubles: Iterable[Trouble]) -> list[str]:
    """Documents that were not read whole -> each named with its reason, those of one reason together."""
    together: defaultdict[tuple[str, str], list[Trouble]] = defaultdict(list)
    for trouble in troubles:
        together[trouble.status, trouble.reason].append(trouble)
    lines = []
    for (status, reason), each in sorted(together.items()):
        lines.append(f"  {status}: {REASONS.get(reason, reason)} ({reason})")
        lines += [f"    {file_name(t.location)}" for t in each[:MOST_NAMED]]
        if len(each) > MOST_NAMED:
            lines.append(
                f"    and {len(each) - MOST_NAMED} more: SELECT location, detail FROM documents WHERE reason = '{reason}'"
            )
        if reason == "no_text_layer" and not images_can_be_read():
            lines.append("    Such pages are read once the optional part is installed: pip install '.[ocr]'")
    return lines


def report_lines(summary: RefreshSummary, dataset: Dataset, commands: Iterable[str]) -> list[str]:
    """The summary of a refresh, what the dataset holds, and the commands to try next -> lines to print."""
    documents = sum(summary.statuses.values())
    told = ", ".join(
        f"{number_words(number)} {STATUS_WORDS.get(status, status)}"
        for status, number in summary.statuses.items()
        if number
    )
    numbers = sum(summary.dispositions.values())
    steps, stages = (
        ", ".join(f"{name} {seconds:.1f} s" for name, seconds in told.items())
        for told in (summary.steps, summary.stages)
    )
    changes = ", ".join(f"{number_words(number)} {change}" for change, number in summary.changes.items() if number)
    state = "published" if summary.published else "unchanged: nothing is new"
    lines = [f"Snapshot {summary.snapshot} {state}", f"{counted(documents, 'document')}: {told}"]
    lines += trouble_lines(summary.troubles)
    lines.append(held_line(dataset))
    lines.append(f"{counted(numbers, 'printed number')} accounted for, {summary.unclear_share:.1%} of them ambiguous")
    judgements = summary.rows.get("judgements", 0)
    if judgements:
        lines.append(f"{counted(judgements, 'inspection grade')}")
    if summary.published and changes:
        lines.append(f"Since the last snapshot: {changes}")
    lines += [f"Note: {note}" for note in summary.notes]
    read = f"{counted(summary.documents_read, 'document')} and {counted(summary.pages_read, 'page')} read"
    lines.append(f"{summary.seconds:.1f} s: {read}" + (f" ({steps})" if steps else ""))
    if stages:
        lines.append(f"Reading, in the time of all processes: {stages}")
    return [*lines, "", "Try next:", *(f"  {command}" for command in commands)]
