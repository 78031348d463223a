"""The documents say what the code does: settings, commands, links and versions."""

from __future__ import annotations

import ast
import importlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import AliasChoices
from pydantic.fields import FieldInfo

from ingest.settings import PROJECT, IngestSettings

FLOORS = ("ingest", "index", "bot", "eval", "web")
VARIABLE = re.compile(r"^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|", re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
CODE = re.compile(r"^    \S.*$", re.MULTILINE)


def read(name: str) -> str:
    return (PROJECT / name).read_text("utf-8")


def documents() -> list[str]:
    files = [*PROJECT.glob("*.md"), *PROJECT.glob("docs/**/*.md"), *PROJECT.glob("corpus/*.md")]
    return sorted(file.relative_to(PROJECT).as_posix() for file in files)


# ── Settings ───────────────────────────────────────────────────────────────────────────────────


def settings_classes() -> list[type[IngestSettings]]:
    modules = [
        importlib.import_module(f"{floor}.settings") for floor in FLOORS if (PROJECT / floor / "settings.py").exists()
    ]
    return [
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, IngestSettings) and value.__module__ == module.__name__
    ]


def variables(name: str, field: FieldInfo) -> list[str]:
    """The environment variables that set a field, the project's own name first."""
    if isinstance(field.validation_alias, AliasChoices):
        return [choice for choice in field.validation_alias.choices if isinstance(choice, str) and choice.isupper()]
    return [f"POLICYQA_{name.upper()}"]


def shown_default(value: object) -> str:
    if value in (None, "", ()):
        return "–"
    if isinstance(value, Path):
        value = value.relative_to(PROJECT).as_posix()
    return f"`{value}`"


def row(name: str, field: FieldInfo) -> str:
    """The line of docs/settings.md for a field, to be pasted as it is."""
    names = ", ".join(f"`{variable}`" for variable in variables(name, field))
    return f"| {names} | {shown_default(field.get_default(call_default_factory=True))} | {field.description} |"


def own_rows(settings: type[IngestSettings]) -> list[str]:
    fields = settings.model_fields
    return [row(name, fields[name]) for name in settings.__annotations__ if name in fields]


def test_every_floor_with_settings_is_looked_at() -> None:
    names = [settings.__name__ for settings in settings_classes()]
    assert names[:3] == ["IngestSettings", "IndexSettings", "BotSettings"]


@pytest.mark.parametrize("settings", settings_classes(), ids=lambda settings: settings.__name__)
def test_every_setting_has_its_row(settings: type[IngestSettings]) -> None:
    rows = own_rows(settings)
    assert rows, f"{settings.__name__} adds nothing"
    assert [line for line in rows if line not in read("docs/settings.md").splitlines()] == []


def test_no_row_is_left_of_a_setting_that_is_gone() -> None:
    documented = VARIABLE.findall(read("docs/settings.md"))
    known = [
        ", ".join(f"`{v}`" for v in variables(n, f)) for s in settings_classes() for n, f in s.model_fields.items()
    ]
    assert [names for names in documented if names not in known] == []
    assert len(documented) == len(set(documented))


def test_every_setting_explains_itself() -> None:
    bare = [f"{s.__name__}.{n}" for s in settings_classes() for n, f in s.model_fields.items() if not f.description]
    assert bare == []


# ── Commands ───────────────────────────────────────────────────────────────────────────────────


def command_words(source: str) -> Iterator[str]:
    """Sub-commands and long options that a module gives to argparse."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr not in {"add_argument", "add_parser"}:
                continue
            words = [word.value for word in node.args if isinstance(word, ast.Constant) and isinstance(word.value, str)]
            yield from (word for word in words if word.startswith("--") or node.func.attr == "add_parser")


def section(document: str, heading: str) -> str:
    """The text under a heading of rank two, up to the next one."""
    return next((part for part in re.split(r"^## ", document, flags=re.MULTILINE) if part.startswith(heading)), "")


COMMAND_LINES = {
    "app.py": ["app.py"],
    **{
        floor: [name for name in (f"{floor}/__main__.py", f"{floor}/arguments.py") if (PROJECT / name).exists()]
        for floor in FLOORS
        if (PROJECT / floor / "__main__.py").exists()
    },
}


@pytest.mark.parametrize("name", COMMAND_LINES)
def test_every_command_and_option_is_documented(name: str) -> None:
    words = {word for file in COMMAND_LINES[name] for word in command_words(read(file))}
    assert words, f"{name} takes no options at all?"
    text = section(read("docs/cli.md"), name)
    assert [word for word in sorted(words) if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text)] == []


def test_command_words_are_seen() -> None:
    source = 'p.add_argument("question")\np.add_argument("-k", "--top", type=int)\ns.add_parser("ask")'
    assert list(command_words(source)) == ["--top", "ask"]


@pytest.mark.parametrize("name", documents())
def test_documents_name_make_targets_that_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    named = set(re.findall(r"(?:^ {4}|`)make ([a-z-]+)", read(name), re.MULTILINE))
    assert named - targets == set()


# ── Documents among themselves ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", documents())
def test_links_lead_somewhere(name: str) -> None:
    targets = [target for target in LINK.findall(read(name)) if "://" not in target]
    broken = [target for target in targets if not leads_somewhere((PROJECT / name).parent, target, name)]
    assert broken == []


def leads_somewhere(folder: Path, target: str, name: str) -> bool:
    path, _, anchor = target.partition("#")
    file = folder / path if path else PROJECT / name
    return file.exists() and (not anchor or anchor in anchors(file.read_text("utf-8")))


def anchors(text: str) -> list[str]:
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return [re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings]


def test_both_readmes_have_the_same_parts() -> None:
    english, chinese = read("README.md"), read("README.zh-CN.md")
    without_remarks = [[line.split("  #")[0].rstrip() for line in CODE.findall(text)] for text in (english, chinese)]
    assert without_remarks[0] == without_remarks[1]
    assert english.count("\n## ") == chinese.count("\n## ")
    own = {"README.md", "README.zh-CN.md"}
    assert set(LINK.findall(english)) - own == set(LINK.findall(chinese)) - own


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_doors_for_programs_are_named(name: str) -> None:
    (line,) = [line for line in read(name).splitlines() if "docs/programs.md" in line]
    assert [door for door in ("OpenAI", "`/v1`", "`/mcp`", "企业微信", "`POST /api/search`") if door not in line] == []


def test_the_fields_of_ours_stand_in_the_guide_for_programs() -> None:
    text = section(read("docs/programs.md"), "OpenAI")
    assert [field for field in ("level", "document", "lang", "as_of") if f"`{field}`" not in text] == []


def test_the_first_screen_has_the_two_commands() -> None:
    first_screen = "\n".join(read("README.md").splitlines()[:40])
    assert "make run" in first_screen
    assert "make test" in first_screen


def test_changelog_and_package_name_the_same_version() -> None:
    version = tomllib.loads(read("pyproject.toml"))["project"]["version"]
    newest = re.search(r"^## (\S+)", read("CHANGELOG.md"), re.MULTILINE)
    assert newest is not None
    assert newest[1] == version


def test_every_dependency_says_why() -> None:
    lines = re.findall(r'^    "[\w.\[\]-]+[<>=].*$', read("pyproject.toml"), re.MULTILINE)
    assert len(lines) > 20
    assert [line for line in lines if not re.search(r'",\s+# \w', line)] == []


# ── Rooms ──────────────────────────────────────────────────────────────────────────────────────


def rooms() -> dict[str, tuple[str, ...]]:
    """The table ROOMS of the architecture test, read and not imported."""
    tree = ast.parse(read("tests/test_architecture.py"))
    (table,) = [
        node.value
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id == "ROOMS"
    ]
    assert table is not None
    return ast.literal_eval(table)


@pytest.mark.parametrize("floor", ["ingest", "index", "bot", "eval", "web", "web/staff"])
def test_every_room_has_its_row_in_their_order(floor: str) -> None:
    """The sentence of a room is that of its package: paste the rows that are missing."""
    packages = [f"{floor}/{room}" for room in rooms()[floor] if (PROJECT / floor / room / "__init__.py").is_file()]
    rows = [f"| `{name}/` | {ast.get_docstring(ast.parse(read(f'{name}/__init__.py')))} |" for name in packages]
    lines = read("docs/architecture.md").splitlines()
    assert [line for line in lines if re.match(rf"\| `{floor}/\w+/` ", line)] == rows


def test_files_that_documents_name_are_there() -> None:
    named = re.compile(r"`((?:ingest|index|bot|eval|web|tests|corpus)/[\w/]+\.(?:py|toml|jsonl|json))`")
    texts = {name: read(name) for name in documents() if name != "CHANGELOG.md"}
    gone = [
        f"{name}: {path}"
        for name, text in texts.items()
        for path in named.findall(text)
        if not (PROJECT / path).exists()
    ]
    assert gone == []
