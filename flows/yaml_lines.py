"""Step find: a YAML file written by hand -> its values, each with the line on which it stands, for errors that say where.

Every mistake is collected rather than only the first told, and an unknown key is told with the nearest known one.
"""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from yaml.nodes import Node

_TRUE, _FALSE = {"true", "yes", "on"}, {"false", "no", "off"}


@dataclass(slots=True)
class Mistakes:
    """What is wrong with a file, each sentence with its line."""

    file: str
    told: list[str] = field(default_factory=list)

    def add(self, node: Node, words: str) -> None:
        """One mistake, at a node's line."""
        self.add_line(line_of(node), words)

    def add_line(self, line: int, words: str) -> None:
        """One mistake, at a line."""
        self.told.append(f"{self.file}, line {line}: {words}")


def line_of(node: Node) -> int:
    """The line on which a node begins, from 1."""
    return int(node.start_mark.line) + 1


def compose(text: str, mistakes: Mistakes) -> Node | None:
    """YAML text -> its root node; None where it is empty or no YAML, which is then among the mistakes."""
    try:
        node: Node | None = yaml.compose(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        mistakes.add_line(mark.line + 1 if mark else 1, f"this is no YAML: {error.problem or error.context}")
        return None
    except yaml.YAMLError as error:
        mistakes.add_line(1, f"this is no YAML: {error}")
        return None
    return node


def items_of(node: Node, what: str, mistakes: Mistakes) -> Iterator[Node]:
    """The items of a list; nothing at all is an empty one."""
    if isinstance(node, yaml.ScalarNode) and not node.value:
        return
    if not isinstance(node, yaml.SequenceNode):
        mistakes.add(node, f"{what} must be a list")
        return
    yield from node.value


def keys_of(node: Node, what: str, mistakes: Mistakes, known: Collection[str] = ()) -> Mapping[str, Node]:
    """The values of a mapping by key; a key that stands twice, or is none of `known` where these are given, is a mistake."""
    if not isinstance(node, yaml.MappingNode):
        mistakes.add(node, f"{what} must be given as `key: value`")
        return {}
    found: dict[str, Node] = {}
    for key, value in node.value:
        name = str(key.value)
        if name in found:
            mistakes.add(key, f"`{name}` stands here for the second time")
        elif known and name not in known:
            nearest = difflib.get_close_matches(name, known, 1)
            hint = f"did you mean `{nearest[0]}`?" if nearest else f"there may be: {', '.join(known)}"
            mistakes.add(key, f"`{name}` is no key of {what}; {hint}")
        else:
            found[name] = value
    return found


def text_of(node: Node | None, what: str, mistakes: Mistakes) -> str | None:
    """A value as text; None where there is none."""
    if node is None:
        return None
    if not isinstance(node, yaml.ScalarNode):
        mistakes.add(node, f"`{what}` must be a single value")
        return None
    return str(node.value).strip() or None


def choice_of(node: Node | None, what: str, choices: Collection[str], mistakes: Mistakes) -> str | None:
    """A value that must be one of a few words."""
    text = text_of(node, what, mistakes)
    if node is not None and text is not None and text not in choices:
        mistakes.add(node, f"`{what}` is one of {', '.join(choices)}, not '{text}'")
        return None
    return text


def switch_of(node: Node | None, what: str, otherwise: bool, mistakes: Mistakes) -> bool:
    """A value that is true or false."""
    text = text_of(node, what, mistakes)
    if node is None or text is None:
        return otherwise
    if text.casefold() not in _TRUE | _FALSE:
        mistakes.add(node, f"`{what}` is true or false, not '{text}'")
    return text.casefold() in _TRUE


def number_of(node: Node | None, what: str, otherwise: int, mistakes: Mistakes) -> int:
    """A value that is a whole number from 1."""
    text = text_of(node, what, mistakes)
    if node is None or text is None:
        return otherwise
    if not text.isdecimal() or int(text) < 1:
        mistakes.add(node, f"`{what}` is a whole number from 1, not '{text}'")
        return otherwise
    return int(text)
