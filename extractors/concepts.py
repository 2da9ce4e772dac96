"""Step text -> mentions: which concepts of the field a text names, and by which words."""

from __future__ import annotations

from extractors.lexicon import field_tree, find_phrases, words_of
from schemas.records import ConceptMention


def find_concepts(text: str) -> tuple[ConceptMention, ...]:
    """Text (a sentence, a cell, a header path) -> the concepts it names, in order; phrases of traps are left out."""
    mentions = []
    for found in find_phrases(text, words_of(text), field_tree()):
        for tag in found.tags:
            kind, _, name = tag.partition(":")
            if kind == "concept":
                mentions.append(ConceptMention(found.start, found.end, name))
    return tuple(mentions)
