"""Step find: the source registry, a YAML file kept by hand -> the sources that a refresh visits.

A source is a file or a folder of ours, a file on the web, a page whose links are followed, or a template from whose rows
many sources are made. What is wrong with the file is told all at once, each mistake with its line.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from flows.refusals import RefreshError
from flows.yaml_lines import (
    Mistakes,
    choice_of,
    compose,
    items_of,
    keys_of,
    line_of,
    number_of,
    switch_of,
    text_of,
)

if TYPE_CHECKING:
    from yaml.nodes import Node

SHIPPED = Path(__file__).resolve().parents[1] / "data" / "sources.yaml"
"""The registry that comes with the project: public addresses, all disabled."""

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

KINDS = ("file", "folder", "page", "template")
DOCUMENT_KINDS = ("self_evaluation", "inspection", "minutes", "report", "transcript", "statistics", "other")
SCHEDULES = {"nightly": 0, "weekly": 7, "monthly": 28}
"""Days between visits, by the schedule hint."""
MOST_LINKS = 500
_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")
_PLACEHOLDER = re.compile(r"[a-z][a-z0-9_]*")
_COMMON = ("id", "kind", "address", "authority", "document_kind", "licence", "schedule", "enabled", "note")
_WEB_ONLY = ("networks",)
_PAGE_ONLY = ("follow", "documents")
_KEYS = {
    "file": (*_COMMON, *_WEB_ONLY),
    "folder": _COMMON,
    "page": (*_COMMON, *_WEB_ONLY, *_PAGE_ONLY),
    "template": (*_COMMON, *_WEB_ONLY, *_PAGE_ONLY, "values"),
}
_ROW_KEYS = ("id", "authority", "enabled", "note")
_LINK_KEYS = ("title", "address", "unless", "most")


class RegistryError(RefreshError):
    """The registry cannot be used; the text has a line for each mistake."""


@dataclass(frozen=True, slots=True)
class LinkPattern:
    """Which links of a page are followed: those whose title and address hold these patterns and whose title does not hold
    `unless` (regular expressions, without regard to case), the first `most` of them."""

    title: re.Pattern[str] | None = None
    address: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    most: int = MOST_LINKS


@dataclass(frozen=True, slots=True)
class RegisteredSource:
    """One source of the registry. `address` is a URL or an absolute path; `follow` the steps from a page to the pages that
    hold the links to documents, `documents` which of these are taken (None: the address is the document itself);
    `networks` the private networks whose addresses it may lie at."""

    id: str
    kind: str
    address: str
    line: int
    authority: str | None = None
    document_kind: str | None = None
    licence: str | None = None
    schedule: str = "nightly"
    enabled: bool = False
    note: str | None = None
    follow: tuple[LinkPattern, ...] = ()
    documents: LinkPattern | None = None
    networks: tuple[Network, ...] = ()

    @property
    def on_the_web(self) -> bool:
        """Whether it is visited by HTTP rather than on disk."""
        return is_url(self.address)


def is_url(address: str) -> bool:
    """Whether an address is one of the web."""
    return address.startswith(("http://", "https://"))


def read_sources(path: Path) -> tuple[RegisteredSource, ...]:
    """The registry's sources, templates written out, in the order of the file. Raises RegistryError."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise RegistryError(f"The source registry {path} cannot be read: {reason}.") from error
    mistakes = Mistakes(str(path))
    sources = text_to_sources(text, path.parent, mistakes)
    if mistakes.told:
        raise RegistryError("\n".join(mistakes.told))
    return sources


def text_to_sources(text: str, folder: Path, mistakes: Mistakes) -> tuple[RegisteredSource, ...]:
    """The text of a registry that lies in `folder` -> its sources; what is wrong goes into `mistakes`."""
    root = compose(text, mistakes)
    if root is None:
        return ()
    listed = keys_of(root, "the registry", mistakes, ("sources",)).get("sources")
    if listed is None:
        return ()
    sources: list[RegisteredSource] = []
    for node in items_of(listed, "`sources`", mistakes):
        sources += _node_to_sources(node, folder, mistakes)
    lines: dict[str, int] = {}
    for source in sources:
        if source.id in lines:
            mistakes.add_line(source.line, f"the id '{source.id}' is that of line {lines[source.id]} already")
        lines.setdefault(source.id, source.line)
    return tuple(sources)


def _node_to_sources(node: Node, folder: Path, mistakes: Mistakes) -> list[RegisteredSource]:
    """One entry -> its source, or for a template those of its rows."""
    before = len(mistakes.told)
    every = tuple(dict.fromkeys(key for keys in _KEYS.values() for key in keys))
    values = keys_of(node, "a source", mistakes, every)
    kind = choice_of(values.get("kind"), "kind", KINDS, mistakes)
    for key in ("id", "kind", "address"):
        if key not in values:
            mistakes.add(node, f"a source needs `{key}`")
    if kind is None:
        return []
    for key in values.keys() - set(_KEYS[kind]):
        mistakes.add(values[key], f"`{key}` has no meaning for a source of kind {kind}")
    source = RegisteredSource(
        id=_id(values.get("id"), mistakes),
        kind=kind,
        address=text_of(values.get("address"), "address", mistakes) or "",
        line=line_of(node),
        authority=_authority(values.get("authority"), mistakes),
        document_kind=choice_of(values.get("document_kind"), "document_kind", DOCUMENT_KINDS, mistakes),
        licence=text_of(values.get("licence"), "licence", mistakes),
        schedule=choice_of(values.get("schedule"), "schedule", SCHEDULES, mistakes) or "nightly",
        enabled=switch_of(values.get("enabled"), "enabled", True, mistakes),
        note=text_of(values.get("note"), "note", mistakes),
        follow=tuple(_pattern(n, "follow", mistakes) for n in _follow_nodes(values.get("follow"), mistakes)),
        documents=_pattern(values["documents"], "documents", mistakes) if "documents" in values else None,
        networks=_networks(values.get("networks"), mistakes),
    )
    if kind == "page" and source.documents is None:
        mistakes.add(node, "a page needs `documents`: which of its links are documents")
    if kind == "template":
        return _rows_to_sources(source, values.get("values"), node, mistakes)
    if len(mistakes.told) > before:
        return []
    address = _address(source, values["address"], folder, mistakes)
    return [replace(source, address=address)]


def _id(node: Node | None, mistakes: Mistakes) -> str:
    text = text_of(node, "id", mistakes) or ""
    if node is not None and not _ID.fullmatch(text):
        mistakes.add(node, f"`id` is made of small letters, digits, '-', '_' and '.', not '{text}'")
    return text


def _authority(node: Node | None, mistakes: Mistakes) -> str | None:
    """The code of the authority, region or country that is named, so that every way of naming it gives the same rows."""
    text = text_of(node, "authority", mistakes)
    if node is None or text is None:
        return None
    from extractors.area_tables import area_named

    area = area_named(text)
    if area is None:
        mistakes.add(node, f"no authority, region or country is called '{text}'")
    return area.area_code if area else None


def _follow_nodes(node: Node | None, mistakes: Mistakes) -> list[Node]:
    return list(items_of(node, "`follow`", mistakes)) if node is not None else []


def _pattern(node: Node, what: str, mistakes: Mistakes) -> LinkPattern:
    before = len(mistakes.told)
    values = keys_of(node, f"`{what}`", mistakes, _LINK_KEYS)
    if not values.keys() & {"title", "address"} and len(mistakes.told) == before:
        mistakes.add(node, f"`{what}` needs a `title` or an `address` to look for in links")
    return LinkPattern(
        title=_expression(values.get("title"), "title", mistakes),
        address=_expression(values.get("address"), "address", mistakes),
        unless=_expression(values.get("unless"), "unless", mistakes),
        most=number_of(values.get("most"), "most", MOST_LINKS, mistakes),
    )


def _expression(node: Node | None, what: str, mistakes: Mistakes) -> re.Pattern[str] | None:
    text = text_of(node, what, mistakes)
    if node is None or text is None:
        return None
    try:
        return re.compile(text, re.IGNORECASE)
    except re.error as error:
        mistakes.add(node, f"`{what}` is no regular expression: {error}")
        return None


def _networks(node: Node | None, mistakes: Mistakes) -> tuple[Network, ...]:
    found = []
    for item in items_of(node, "`networks`", mistakes) if node is not None else ():
        text = text_of(item, "networks", mistakes) or ""
        try:
            found.append(ipaddress.ip_network(text))
        except ValueError:
            mistakes.add(item, f"'{text}' is no network; one is written 10.20.0.0/16 or 10.20.30.40/32")
    return tuple(found)


def _address(source: RegisteredSource, node: Node, folder: Path, mistakes: Mistakes) -> str:
    """The address as it is visited: a URL as it stands, a path from the registry's folder on."""
    if "://" in source.address:
        wrong = _what_is_wrong_with_url(source.address)
        if wrong is None and source.kind == "folder":
            wrong = "a folder is one of this machine's or network's; for a web page use `kind: page`"
        if wrong is not None:
            mistakes.add(node, wrong)
        return source.address
    if source.kind == "page":
        mistakes.add(node, "the `address` of a page begins with http:// or https://")
        return source.address
    return (folder / Path(source.address).expanduser()).absolute().as_posix()


def _what_is_wrong_with_url(address: str) -> str | None:
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return f"'{address}' is no address of the web"
    if parts.scheme not in ("http", "https"):
        return f"addresses begin with http:// or https://, not '{parts.scheme}://'"
    if not host or re.search(r"\s", address):
        return f"'{address}' is no address of the web"
    if parts.username is not None:
        return "an address with a user name or password in it is not visited"
    return None


def _rows_to_sources(
    template: RegisteredSource, node: Node | None, whole: Node, mistakes: Mistakes
) -> list[RegisteredSource]:
    """A template and its rows -> a source for each row."""
    try:
        fields = [name for _, name, _, _ in Formatter().parse(template.address) if name is not None]
    except ValueError:
        fields = []
    if not fields or not all(_PLACEHOLDER.fullmatch(name) for name in fields):
        mistakes.add(whole, "the `address` of a template holds names in braces: https://example.org/{year}.pdf")
        return []
    if node is None:
        mistakes.add(
            whole, "a template needs `values`: a row for each source, with what stands for the names in braces"
        )
        return []
    sources = []
    for row in items_of(node, "`values`", mistakes):
        values = keys_of(row, "a row", mistakes, (*dict.fromkeys(fields), *_ROW_KEYS))
        texts = {name: text_of(values.get(name), name, mistakes) for name in fields}
        if missing := [name for name, text in texts.items() if text is None]:
            mistakes.add(row, f"a row needs a value for {', '.join(missing)}")
            continue
        sources.append(
            _row_to_source(template, row, values, {name: text or "" for name, text in texts.items()}, mistakes)
        )
    return sources


def _row_to_source(
    template: RegisteredSource, row: Node, values: Mapping[str, Node], texts: Mapping[str, str], mistakes: Mistakes
) -> RegisteredSource:
    ending = text_of(values.get("id"), "id", mistakes) or "-".join(texts.values()).casefold()
    address = template.address.format(**{name: quote(text, safe="") for name, text in texts.items()})
    if not is_url(address) or _what_is_wrong_with_url(address) is not None:
        mistakes.add(row, f"the template makes '{address}' of this row, which is no address of the web")
    if not _ID.fullmatch(ending):
        mistakes.add(row, f"`id` is made of small letters, digits, '-', '_' and '.', not '{ending}'")
    return replace(
        template,
        id=f"{template.id}-{ending}",
        kind="page" if template.documents is not None else "file",
        address=address,
        line=line_of(row),
        authority=_authority(values.get("authority"), mistakes) or template.authority,
        enabled=switch_of(values.get("enabled"), "enabled", template.enabled, mistakes),
        note=text_of(values.get("note"), "note", mistakes) or template.note,
    )
