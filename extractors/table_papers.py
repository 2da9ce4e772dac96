"""Step `statements`, tables: of whom a paper or chapter speaks from end to end, which its tables then leave unsaid.

A paper of the corporate parenting board prints "Reviews in time" and "Statutory visits" without saying whose; a workforce
report prints "Vacancy rate" below a sentence about social workers.
"""

from __future__ import annotations

from collections.abc import Iterable

from extractors.table_meaning import Meaning
from extractors.table_surroundings import Surroundings
from extractors.table_words import table_words

COHORTS = frozenset({"care_leaver", "looked_after"})  # whose measures carry the names of everybody's
SPOKEN_OF = COHORTS | {"in_need", "on_plan", "special_needs", "unaccompanied", "child_population", "social_worker"}


def cohort_of_paper(over: Iterable[Meaning]) -> str | None:
    """The cohort that the nearest of the headings names, and no other; None where that is not one of `COHORTS`.

    over: what stands over a table, nearest first, the document's title last.
    """
    for meaning in over:
        said = {cohort for cohort, pattern in table_words().papers if pattern.search(meaning.text)}
        said |= meaning.concepts & SPOKEN_OF
        if said:
            return said.pop() if len(said) == 1 and said <= COHORTS else None
    return None


def meanings_over(around: Surroundings, title: str | None) -> tuple[Meaning, ...]:
    """What may say whose measure a table holds: its titles, the headings, the document's title, and in a paper on children
    the passage before it ("188 social workers are employed" over "Vacancy rate"), unread."""
    texts = [title or ""]
    if any("child" in text.casefold() for text in (*texts, *(meaning.text for meaning in around.context))):
        texts.append(around.before)
    return (*around.near, *around.context, *(Meaning(text) for text in texts if text))
