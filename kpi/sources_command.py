"""Step people: `kpi sources`: what the source registry holds, what is wrong with it, and changes to it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from queries.dataset import DatasetError

if TYPE_CHECKING:
    from flows.sources import RegisteredSource

FAILED = 1
DataFolder = Annotated[
    Path, typer.Option("--data", metavar="DIR", help="The folder that holds the dataset.", envvar="KPI_DATA")
]
Registry = Annotated[
    Path | None,
    typer.Option(
        "--sources",
        metavar="FILE",
        help="The registry. Default: sources.yaml of the data folder, else the one that comes with the project.",
    ),
]
DATA = Path("data")

sources = typer.Typer(
    help="Where documents come from: the source registry.",
    epilog="Example:\n\nkpi sources list",
    no_args_is_help=True,
)


def _say(words: str) -> None:
    print(words, file=sys.stderr)


def _read(registry: Path | None, data: Path) -> tuple[Path, tuple[RegisteredSource, ...]]:
    """The registry and its sources; its mistakes, and the end, where it has any."""
    from flows.edit_sources import registry_of
    from flows.sources import RegistryError, read_sources

    path = registry or registry_of(data)
    try:
        return path, read_sources(path)
    except RegistryError as error:
        print(error)
        raise typer.Exit(FAILED) from error


def _to_be_changed(data: Path) -> Path:
    from flows.edit_sources import own_registry
    from flows.sources import RegistryError

    try:
        return own_registry(data)
    except RegistryError as error:
        raise DatasetError(str(error)) from error


def _named(all_of_them: tuple[RegisteredSource, ...], ids: list[str], path: Path) -> list[RegisteredSource]:
    """The sources with these ids. Raises DatasetError with the nearest ids where there is none."""
    from difflib import get_close_matches

    by_id = {source.id: source for source in all_of_them}
    for one in ids:
        if one not in by_id:
            near = get_close_matches(one, by_id, 3) or [known for known in by_id if one in known][:3]
            hint = f" The nearest: {', '.join(near)}." if near else " See them with: kpi sources list"
            raise DatasetError(f"{path} has no source '{one}'.{hint}")
    return [by_id[one] for one in ids]


@sources.command("list", epilog="Example:\n\nkpi sources list ofsted dudley")
def list_sources(
    words: Annotated[list[str] | None, typer.Argument(help="Only sources that have these words in any column.")] = None,
    enabled: Annotated[bool, typer.Option("--enabled", help="Only those that a refresh visits.")] = False,
    registry: Registry = None,
    data: DataFolder = DATA,
) -> None:
    """List the sources: whose they are, whether they are visited, when they were last seen whole."""
    import datetime as dt

    from extractors.area_tables import area_with_code
    from flows.visits import last_visits
    from kpi.terminal import show
    from queries.printed import Head, Printed, Text

    path, found = _read(registry, data)
    visits = last_visits(data)
    rows = []
    for source in found:
        area = area_with_code(source.authority) if source.authority else None
        seen = visits.get(source.id)
        cells = (
            source.id,
            source.kind,
            area.name if area else "",
            "yes" if source.enabled else "no",
            source.schedule,
            dt.datetime.fromtimestamp(seen, dt.UTC).astimezone().strftime("%d %B %Y %H:%M").lstrip("0") if seen else "",
            source.address,
        )
        told = " ".join(cells).casefold()
        if (source.enabled or not enabled) and all(word.casefold() in told for word in words or ()):
            rows.append(tuple(Text(cell) for cell in cells))
    heads = ("Source", "Kind", "Authority", "Enabled", "Schedule", "Last seen whole", "Address")
    show(Printed("", tuple(Head(name) for name in heads), tuple(rows)))
    number = sum(source.enabled for source in found)
    _say(f"{len(rows)} of {len(found)} sources of {path}; {number} of all are enabled.")


@sources.command(epilog="Example:\n\nkpi sources check")
def check(
    ids: Annotated[
        list[str] | None, typer.Argument(metavar="[ID]...", help="Sources to look at. Default: all.")
    ] = None,
    visit: Annotated[
        bool, typer.Option("--visit", help="Read the pages of these sources, and list the documents they offer.")
    ] = False,
    registry: Registry = None,
    data: DataFolder = DATA,
) -> None:
    """Say what is wrong with the registry, each mistake by its line; with --visit, try sources without keeping anything."""
    path, found = _read(registry, data)
    chosen = _named(found, ids, path) if ids else list(found)
    wrong = _missing(chosen) + _same_address(chosen)
    if visit and not ids:
        raise DatasetError("Name the sources to visit: kpi sources check --visit ID")
    if visit:
        wrong += [line for source in chosen for line in _look(source, path)]
    print("\n".join([*wrong, f"{path}: {len(found)} sources, {sum(s.enabled for s in found)} of them enabled."]))
    if wrong:
        raise typer.Exit(FAILED)


def _missing(chosen: list[RegisteredSource]) -> list[str]:
    return [
        f"line {s.line}, {s.id}: there is no file or folder {s.address}"
        for s in chosen
        if s.enabled and not s.on_the_web and not Path(s.address).exists()
    ]


def _same_address(chosen: list[RegisteredSource]) -> list[str]:
    first: dict[str, str] = {}
    return [
        f"line {s.line}, {s.id}: its address is that of {first[s.address]} too"
        for s in chosen
        if first.setdefault(s.address, s.id) != s.id
    ]


def _look(source: RegisteredSource, path: Path) -> list[str]:
    """Visit a source, print what it offers; what is wrong with it."""
    from flows.visits import look_at_source

    if not source.on_the_web:
        return []
    offers, notes = look_at_source(source, path)
    print(f"{source.id}: {len(offers)} document{'' if len(offers) == 1 else 's'}")
    for offer in offers:
        print(f"  {offer.link.title or '(without words)'}  {offer.link.url}")
    return [f"line {source.line}, {source.id}: {note}" for note in notes] + (
        [] if offers else [f"line {source.line}, {source.id}: no link fits `documents`"]
    )


@sources.command(
    epilog="Example:\n\nkpi sources add https://democracy.example.gov.uk/ieListMeetings.aspx?CId=7 --authority Dudley"
    ' --follow "20[0-9][0-9]" --documents "performance|scorecard"'
)
def add(
    address: Annotated[str, typer.Argument(help="A web address, a file or a folder.")],
    documents: Annotated[
        str | None, typer.Option(help="Words (a regular expression) in the titles of links that lead to documents.")
    ] = None,
    follow: Annotated[
        list[str] | None, typer.Option(help="Words in the titles of links to further pages; again for each step.")
    ] = None,
    authority: Annotated[str | None, typer.Option(help="Whose documents they are, by code or name.")] = None,
    name: Annotated[str | None, typer.Option("--id", help="The source's id. Default: made from the address.")] = None,
    document_kind: Annotated[str | None, typer.Option("--kind", help="report, minutes, self_evaluation ...")] = None,
    licence: Annotated[str | None, typer.Option(help="Under what licence it is published.")] = None,
    schedule: Annotated[str | None, typer.Option(help="nightly, weekly or monthly.")] = None,
    disabled: Annotated[bool, typer.Option("--disabled", help="Do not visit it yet.")] = False,
    registry: Registry = None,
    data: DataFolder = DATA,
) -> None:
    """Add a source: a page if --documents is given, else a file or folder."""
    from flows.edit_sources import NewSource, change_registry, with_source
    from flows.sources import RegistryError, is_url

    path = registry or _to_be_changed(data)
    web = is_url(address)
    kind = "page" if web and documents else "file" if web or Path(address).is_file() else "folder"
    new = NewSource(
        id=name or _id_of(address),
        kind=kind,
        address=address if web else Path(address).absolute().as_posix(),
        authority=authority,
        document_kind=document_kind,
        licence=licence,
        schedule=schedule,
        follow=tuple(follow or ()),
        documents=documents,
        enabled=not disabled,
    )
    try:
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        added = change_registry(path, with_source(text, new))[-1]
    except RegistryError as error:
        _say(f"Nothing was changed:\n{error}")
        raise typer.Exit(FAILED) from error
    print(f"{added.id} stands in {path}, line {added.line}.")
    _say(f"Try it with: kpi sources check --visit {added.id}" if web else "Read it with: kpi refresh")


def _id_of(address: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", re.sub(r"^https?://(www\.)?", "", address.casefold())).strip("-")
    return words[-60:].strip("-") or "source"


@sources.command(epilog="Example:\n\nkpi sources enable ofsted-dudley ofsted-wolverhampton")
def enable(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="The sources.")],
    registry: Registry = None,
    data: DataFolder = DATA,
) -> None:
    """Let refreshes visit sources from now on."""
    _switch(ids, True, registry, data)


@sources.command(epilog="Example:\n\nkpi sources disable ofsted-dudley")
def disable(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="The sources.")],
    registry: Registry = None,
    data: DataFolder = DATA,
) -> None:
    """Leave sources alone from now on; what they gave stays in the dataset."""
    _switch(ids, False, registry, data)


def _switch(ids: list[str], enabled: bool, registry: Path | None, data: Path) -> None:
    from flows.edit_sources import change_registry, with_source_switched

    path = registry or _to_be_changed(data)
    path, found = _read(path, data)
    for one in ids:
        (source,) = _named(found, [one], path)
        found = change_registry(path, with_source_switched(path.read_text(encoding="utf-8"), source, enabled))
    number = sum(source.enabled for source in found)
    print(
        f"{path}: {', '.join(ids)} {'enabled' if enabled else 'disabled'}; {number} of {len(found)} sources are enabled."
    )
