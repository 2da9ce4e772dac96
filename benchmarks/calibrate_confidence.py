"""Measures how often rows of each construction are right on labelled pages, and writes extractors/lookups/confidence.yaml.

    python -m benchmarks.calibrate_confidence DATA LABELS.csv[,PAGES.csv] ...           prints the shares and the table
    python -m benchmarks.calibrate_confidence DATA LABELS.csv[,PAGES.csv] ... --write   and writes the file

DATA is a data folder into which the labelled documents were read. A row is right if all of it is: indicator, area, value,
period and kind. The table sets what is said against what is found; what is said of a row there comes from the other
documents only (ten parts, each told by the nine others), so that no document vouches for itself.
"""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from extractors.confidence import group_keys
from queries.evaluation import evaluate
from queries.evaluation_printed import confidence_to_printed
from queries.printed import Printed
from schemas.evaluation import Judged

LOOKUP = Path(__file__).resolve().parents[1] / "extractors" / "lookups" / "confidence.yaml"
LEAST = 0.77
PRIOR = 10.0  # rows of the wider group that a group's own rows are mixed with
FEWEST = 5  # a group with fewer rows says nothing of its own
PARTS = 10
MOST = 40  # rows of one group for which one document may speak: long tables are right or wrong together
HEAD = """# How often rows are right, by where they stand, how they state their figure, and whether they say when; measured on
# {rows} rows of {documents} labelled documents with benchmarks/calibrate_confidence.py, which writes this file.
# `share` is the share of a group that is right as a whole (indicator, area, value, period, kind), drawn towards the wider
# group as if {prior:g} more of its rows had been seen; a group with fewer than {fewest} rows is left to the wider one, and one
# document speaks for {most} rows of a group at most. `rows` and `right` are all that were seen.

# Rows less sure than this are published with the check low_confidence, and left out of trend and compare unless asked for.
least_confidence: {least}

shares:
"""

Shares = dict[str, tuple[int, int, float]]
"""Group -> rows seen, rows right, share."""


def keys_of(one: Judged) -> tuple[str, ...]:
    """The groups a judged row belongs to, the widest first."""
    return group_keys(one.row.place, one.row.construction, one.row.period != "now", bool(one.row.area))


def rows_to_shares(judged: Iterable[Judged]) -> Shares:
    """Judged rows -> the share of each group, drawn towards that of the group around it."""
    counts: defaultdict[str, Counter[tuple[str, bool]]] = defaultdict(Counter)
    wider: dict[str, str | None] = {}
    for one in judged:
        before = None
        for key in keys_of(one):
            wider[key] = before
            counts[key][one.row.document, one.right] += 1
            before = key
    shares: Shares = {}
    for key in sorted(wider, key=lambda k: (k.count("/"), k != "all", k)):
        parent, seen = wider[key], counts[key].total()
        right = sum(n for (_, is_right), n in counts[key].items() if is_right)
        if parent is None or seen >= FEWEST:
            expected = shares[_held(parent, wider, shares)][2] if parent else 1.0
            weight, good = _weighed(counts[key])
            shares[key] = (seen, right, (good + PRIOR * expected) / (weight + PRIOR))
    return shares


def _weighed(counts: Counter[tuple[str, bool]]) -> tuple[float, float]:
    """Rows by document and verdict -> how many rows they count as, and how many of these are right."""
    weight = good = 0.0
    for document in {name for name, _ in counts}:
        right, wrong = counts[document, True], counts[document, False]
        scale = min(1.0, MOST / (right + wrong))
        weight, good = weight + scale * (right + wrong), good + scale * right
    return weight, good


def _held(key: str, wider: dict[str, str | None], shares: Shares) -> str:
    """The narrowest group with a share of its own, from `key` outwards."""
    at: str | None = key
    while at not in shares:
        at = wider[at or ""]
    return at


def told_by_others(judged: Sequence[Judged]) -> list[Judged]:
    """Judged rows -> the same with the confidence that the other documents give them."""
    parts: defaultdict[int, list[Judged]] = defaultdict(list)
    number = {name: index for index, name in enumerate(sorted({one.row.document for one in judged}))}
    for one in judged:
        parts[number[one.row.document] % PARTS].append(one)
    told = []
    for part, rows in parts.items():
        shares = rows_to_shares(one for other, more in parts.items() if other != part for one in more)
        for one in rows:
            share = next(shares[key][2] for key in reversed(keys_of(one)) if key in shares)
            told.append(replace(one, row=replace(one.row, confidence=share)))
    return told


def shares_to_yaml(shares: Shares, documents: int) -> str:
    """Shares -> the text of the lookup file."""
    head = HEAD.format(rows=shares["all"][0], documents=documents, prior=PRIOR, fewest=FEWEST, most=MOST, least=LEAST)
    lines = [
        f"  {key}: {{rows: {n}, right: {right}, share: {min(share, 0.999):.3f}}}\n"
        for key, (n, right, share) in shares.items()
    ]
    return head + "".join(lines)


def read_judged(data: Path, files: Iterable[str]) -> list[Judged]:
    """Files of labels (`labels.csv` or `labels.csv,pages.csv`) -> the judged rows of all of them."""
    judged: list[Judged] = []
    for named in files:
        labels, _, pages = named.partition(",")
        judged += evaluate(data, Path(labels), Path(pages) if pages else None).judged
    return judged


def _plain(table: Printed) -> str:
    lines = ["  ".join(f"{head.name:>12}" for head in table.heads)]
    lines += ["  ".join(f"{cell.words:>12}" for cell in row) for row in table.rows]
    return "\n".join(lines)


def main(words: list[str]) -> None:
    """Prints the shares and the table; writes the file where asked."""
    files = [word for word in words if word != "--write"]
    judged = read_judged(Path(files[0]), files[1:])
    text = shares_to_yaml(rows_to_shares(judged), len({one.row.document for one in judged}))
    print(text)
    print(_plain(confidence_to_printed(told_by_others(judged))))
    if "--write" in words:
        LOOKUP.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
