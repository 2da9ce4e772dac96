"""Step find: a registry's text -> the same text with one source more, or one switched on or off; all else stays as it was
written, comments too.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from flows.find_documents import REGISTRY
from flows.sources import SHIPPED, RegisteredSource, RegistryError, text_to_sources
from flows.whole_files import write_whole
from flows.yaml_lines import Mistakes, compose, line_of
from schemas.places import place_to_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml.nodes import MappingNode, Node


@dataclass(frozen=True, slots=True)
class NewSource:
    """What a person says of a source to be added; None and empty for what they do not say."""

    id: str
    kind: str
    address: str
    authority: str | None = None
    document_kind: str | None = None
    licence: str | None = None
    schedule: str | None = None
    follow: tuple[str, ...] = ()
    documents: str | None = None
    enabled: bool = True
    networks: tuple[str, ...] = field(default=())


def registry_of(data_folder: Path) -> Path:
    """The registry that a data folder goes by: its own, else the one that comes with the project."""
    own = data_folder / REGISTRY
    return own if own.is_file() else SHIPPED


def own_registry(data_folder: Path) -> Path:
    """The data folder's own registry, to be changed; made from the one that comes with the project where there is none."""
    if address := place_to_address(data_folder):
        raise RegistryError(
            f"Write the registry to a file, name it with --sources, and copy it to {address}/{REGISTRY}."
        )
    own = data_folder / REGISTRY
    if not own.is_file():
        data_folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SHIPPED, own)
    return own


def change_registry(path: Path, text: str) -> tuple[RegisteredSource, ...]:
    """Write a registry's new text, if it is one without mistakes; its sources. Raises RegistryError."""
    mistakes = Mistakes(str(path))
    sources = text_to_sources(text, path.parent, mistakes)
    if mistakes.told:
        raise RegistryError("\n".join(mistakes.told))
    write_whole(path, text.encode())
    return sources


def with_source(text: str, new: NewSource) -> str:
    """The text with a source more, at its end. Raises RegistryError where its list is not written with dashes."""
    said: dict[str, object] = {"id": new.id, "kind": new.kind, "address": new.address}
    said |= {
        name: value for name in ("authority", "document_kind", "licence", "schedule") if (value := getattr(new, name))
    }
    said["enabled"] = new.enabled
    if new.networks:
        said["networks"] = list(new.networks)
    if new.follow:
        said["follow"] = [{"title": pattern} for pattern in new.follow]
    if new.documents is not None:
        said["documents"] = {"title": new.documents}
    root = compose(text, Mistakes(""))
    listed = (
        next((v for k, v in root.value if k.value == "sources"), None) if isinstance(root, yaml.MappingNode) else None
    )
    if listed is None or not listed.value:
        text, column = (
            "\n".join([*(line for line in text.splitlines() if not line.startswith("sources:")), "sources:\n"]),
            2,
        )
    elif listed.flow_style:
        raise RegistryError("The sources stand in brackets; write each with a dash on a line of its own to add one.")
    else:
        column = listed.start_mark.column
    lines = yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=1000).splitlines()
    entry = [f"{' ' * column}- {lines[0]}", *(f"{' ' * column}  {line}" for line in lines[1:])]
    return "\n".join([text.rstrip("\n"), "", *entry, ""]).lstrip("\n")


def with_source_switched(text: str, source: RegisteredSource, enabled: bool) -> str:
    """The text with a source of it enabled or disabled."""
    node = next(n for n in _mappings(compose(text, Mistakes(""))) if line_of(n) == source.line)
    word = "true" if enabled else "false"
    switch = next((value for key, value in node.value if key.value == "enabled"), None)
    lines = text.splitlines(keepends=True)
    if switch is not None:
        line, first, last = switch.start_mark.line, switch.start_mark.column, switch.end_mark.column
        lines[line] = lines[line][:first] + word + lines[line][last:]
    elif node.flow_style:
        line, brace = node.end_mark.line, node.end_mark.column - 1
        lines[line] = f"{lines[line][:brace].rstrip()}, enabled: {word}{lines[line][brace:]}"
    else:
        line, first = node.start_mark.line, node.start_mark.column
        lines[line] = f"{lines[line][:first]}enabled: {word}\n{' ' * first}{lines[line][first:]}"
    return "".join(lines)


def _mappings(node: Node | None) -> Iterator[MappingNode]:
    """The entries of a registry, and the rows of its templates."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value in ("sources", "values") and isinstance(value, yaml.SequenceNode):
                for entry in value.value:
                    if isinstance(entry, yaml.MappingNode):
                        yield entry
                        yield from _mappings(entry)
