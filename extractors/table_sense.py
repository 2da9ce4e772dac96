"""Step `statements`, tables: the headers of one value, each understood, and what they say together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.table_meaning import HeaderReader, Meaning
from extractors.table_papers import COHORTS
from extractors.table_paths import Path
from extractors.table_surroundings import NOTE
from extractors.table_words import plain_header, table_words
from schemas.records import PeriodMention


@dataclass(frozen=True, slots=True)
class Sense:
    """What the headers of one place of the body say. `column` and `row` are all levels of that side read as one text,
    `levels` each by itself; `titles` are sections, title rows and the caption, nearest first; `role` a disposition where
    numbers here are no figures; `kind` actual, average or target; `dated` the period that the cell itself prints."""

    path: Path
    column: Meaning
    row: Meaning
    corner: Meaning
    levels: tuple[Meaning, ...]
    titles: tuple[Meaning, ...]
    role: str | None
    kind: str
    dated: PeriodMention | None = None

    @property
    def row_is_own_area(self) -> bool:
        """Whether the row is headed by the document's own authority and nothing else: the whole below its districts."""
        areas = self.row.areas
        return len(areas) == 1 and areas[0].kind == "own" and not self.row.unexplained and not self.row.concepts

    @property
    def own_concepts(self) -> frozenset[str]:
        """Concepts of the headers themselves."""
        own = self.column.concepts | self.row.concepts
        return own | (self.corner.concepts - COHORTS if own & COHORTS else self.corner.concepts)

    @property
    def title_concepts(self) -> frozenset[str]:
        """Concepts of what stands over the table or the section."""
        return concepts_of(self.titles)


def path_to_sense(path: Path, headers: HeaderReader, titles: Sequence[Meaning]) -> Sense:
    """The headers of a place -> what they say. titles: those of the whole table."""
    across = _without_trend(path.column, headers)
    levels = tuple(headers.read(text) for text in (*across, *path.row))
    over = tuple(
        headers.read(text) for text in (*reversed(path.sections), *reversed(path.titles)) if not NOTE.match(text)
    )
    kinds = {meaning.kind for meaning in (*levels, *over)}
    if "benchmark" in kinds and not any(area.kind != "own" for meaning in levels for area in meaning.areas):
        kinds.add("target")  # "Benchmark" over "London" and "England" is what others reached
    role = next((meaning.role for meaning in levels if meaning.role), None)
    if "forecast" in kinds:
        role = role or "not_a_statement"
    return Sense(
        path=path,
        column=_with_areas_of_levels(headers.read_joined(across), across, headers),
        row=headers.read_joined(path.row),
        corner=headers.read_joined(path.corner),
        levels=levels,
        titles=(*over, *titles),
        role=role,
        kind="target" if "target" in kinds else "average" if "average" in kinds else "actual",
    )


def _without_trend(column: Sequence[str], headers: HeaderReader) -> Sequence[str]:
    """The headers of a column without "Year on year trend" over its year: that says only that years follow one another."""
    trends = [text for text in column if plain_header(text) in table_words().over_years]
    rest = [text for text in column if text not in trends]
    return rest if trends and any(headers.read(text).periods for text in rest) else column


def _with_areas_of_levels(joined: Meaning, levels: Sequence[str], headers: HeaderReader) -> Meaning:
    """The headers of a column read together, with the areas that single ones name where the whole names none: "National"
    is an area by itself."""
    if joined.areas or len(levels) < 2:
        return joined
    return replace(joined, areas=tuple(area for text in levels for area in headers.read(text).areas))


def concepts_of(meanings: Sequence[Meaning]) -> frozenset[str]:
    """All concepts that some headers name."""
    return frozenset().union(*(meaning.concepts for meaning in meanings))
