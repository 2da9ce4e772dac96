"""The house itself: which room may look into which, what a pure room may not touch, and that every room says what it is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = {
    "schemas": set(),
    "extractors": {"schemas"},
    "flows": {"schemas", "extractors"},
    "queries": {"schemas"},
    "kpi": {"schemas", "extractors", "flows", "queries"},
    "notebooks": {"schemas", "queries"},
}
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
OUTSIDE_WORLD = {
    "os", "pathlib", "socket", "shutil", "subprocess", "tempfile", "urllib", "http", "httpx", "requests", "logging",
    "random", "time", "sys", "multiprocessing", "threading", "glob",
}  # fmt: skip
CLOCKS = {"now", "today", "utcnow"}


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def imports(path: Path) -> Iterator[str]:
    """The modules that a module imports, wherever in it, by their whole names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def names_alone(tree: ast.Module) -> set[str]:
    """Modules of which nothing is taken that touches anything: `urllib.parse`, and `pathlib` for paths as mere names."""
    taken = [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module == "pathlib"]
    pure = all(a.name.startswith("Pure") for node in taken for a in node.names)
    return {"urllib.parse", "pathlib"} if pure else {"urllib.parse"}


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_imports_run_one_way(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    entered = {name.partition(".")[0] for name in imports(path)} & set(ROOMS)
    assert entered <= ROOMS[room] | {room}


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", [p for p in MODULES if p.parent.name in ("extractors", "schemas")], ids=named)
def test_extractors_touch_no_disk_network_environment_or_clock(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    tree.body = [node for node in tree.body if not (isinstance(node, ast.If) and "__main__" in ast.unparse(node.test))]
    touched = {name.partition(".")[0] for name in imports(path) if name not in names_alone(tree)}
    assert not touched & OUTSIDE_WORLD
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert not [f for f in called if isinstance(f, ast.Name) and f.id in ("open", "print", "input", "exec", "eval")]
    assert not [f for f in called if isinstance(f, ast.Attribute) and f.attr in CLOCKS]


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_no_room_is_a_lumber_room(path: Path) -> None:
    assert not set(re.split(r"[_.]", path.stem)) & {"utils", "util", "helpers", "helper", "common", "misc", "manager"}


def test_rows_between_rooms_are_typed() -> None:
    """A public function of the rooms below takes and gives records or Arrow tables, no bags of anything."""
    loose = []
    for path in MODULES:
        if path.parent.name not in ("schemas", "extractors", "queries"):
            continue
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                annotations = [a.annotation for a in node.args.args if a.annotation] + [node.returns]
                loose += [f"{named(path)} {node.name}" for a in annotations if a and "dict[str, Any]" in ast.unparse(a)]
    assert not loose


def test_nothing_in_the_project_names_the_machine_it_was_made_on() -> None:
    kinds = {".py", ".md", ".toml", ".yaml", ".yml", ".csv", ".sql", ".sh", ".lock", ""}
    machine = re.compile(r"/work/(?:main|venv|shared|notes)|/root/|\.library")
    me = Path(__file__).resolve()
    hidden = {".git", ".venv", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis"}
    for path in ROOT.rglob("*"):
        parts = path.relative_to(ROOT).parts
        if path.is_file() and path.suffix in kinds and path != me and not hidden & set(parts) and parts[0] != "data":
            assert not machine.search(path.read_text(encoding="utf-8", errors="replace")), named(path)
