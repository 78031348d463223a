"""What must stay true of the whole house, read from the source with ``ast``; nothing is imported."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
# One staircase: each floor may import the floors before it and itself.
FLOORS = ("ingest", "index", "bot", "eval", "web", "app")
# Inside a floor the same holds for its rooms (sub-packages) and for the files that lie beside them.
ROOMS: Mapping[str, tuple[str, ...]] = {
    "ingest": (
        "sentences", "errors", "settings", "command_line", "by_id", "clause_lookup", "whole_characters", "spans", "standings", "types", "normalise",
        "vocabulary", "corpus_config", "database",
        "facts", "readers", "structure", "corpus", "entitlements", "service", "editions", "output", "__main__",
    ),
    "ingest/readers": (
        "limits", "encoding", "table_grid", "building", "number_formats", "line_tables", "text", "markdown", "html", "docx", "pdf", "sheets", "office", "dispatch",
    ),
    "index": (
        "settings", "arrays", "types", "text", "glossary", "spelling", "rankers", "embedding", "scoring", "kept", "store",
        "in_database", "search", "measure", "__main__",
    ),
    "bot": (
        "settings", "types", "awaited", "text", "understand", "verify", "evidence", "refuse", "compose", "english", "service", "talk", "llm", "output",
        "records", "match", "granting", "verdicts", "matched_answer", "kinds", "step_log", "anchor", "found", "finding", "still_valid", "going_on", "with_model", "pipeline", "trace", "suggest", "proposing", "__main__",
    ),
    "eval": (
        "cases", "scoring", "sets", "runs", "exports", "studies", "scale", "scope", "reports", "matching", "truth", "arguments", "measured_run", "__main__",
    ),
    "web": (
        "settings", "texts", "server", "answers", "replicas", "http", "api", "openai_api", "mcp", "channels", "chat", "match", "pages", "staff", "moving", "service", "load", "__main__",
    ),
    "web/staff": (
        "identity", "shell", "account", "audit", "records", "complaints", "bench", "approvals", "corpus", "evaluation", "glossary", "entitlements", "service", "policies", "reminders", "monthly", "compare", "rewording", "questions", "updating", "accounts", "start",
        "faults", "sharing", "pages",
    ),
}  # fmt: skip
MOST_FILES = 16  # in one folder, its __init__.py and its sub-packages not counted
LONGEST_BODY = 60  # lines of a function without its docstring
LONGEST_PACKAGE_SENTENCE = 150  # characters
DOORS = frozenset({"__main__.py", "app.py"})  # the only files that make a settings object
LONGEST_FILE = 350  # lines; what is longer holds two thoughts
VAGUE_NAMES = re.compile(r"_?(utils?|common|helpers?|misc|shared|stuff|base)(_.*)?\.py")
# Loading any of these can run code that somebody else wrote into a file.
CODE_CARRIERS = frozenset({"pickle", "cPickle", "cloudpickle", "dill", "joblib", "marshal", "shelve"})
CODE_CARRYING_FLAGS = frozenset({"allow_pickle", "allow_dangerous_deserialization", "trust_remote_code"})
BROAD = frozenset({"Exception", "BaseException"})

Check = Callable[[ast.Module, str], Iterator[str]]


def project_files() -> list[Path]:
    """Every source file of the house, tests apart."""
    files = [file for floor in FLOORS for file in sorted((PROJECT / floor).rglob("*.py"))]
    return [*files, *PROJECT.glob("*.py")]


@cache
def tree_of(file: Path) -> ast.Module:
    """A source file as Python reads it, once for all checks."""
    return ast.parse(file.read_text("utf-8"), relative(file))


def relative(file: Path) -> str:
    return file.relative_to(PROJECT).as_posix()


def floor_of(name: str) -> str:
    return name.split("/")[0].removesuffix(".py")


def imported_modules(tree: ast.Module, name: str) -> Iterator[tuple[int, str]]:
    """Line and absolute dotted name of every import, those inside functions included."""
    package = name.split("/")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            yield node.lineno, ".".join([*above, *([node.module] if node.module else [])])


def imports_upwards(tree: ast.Module, name: str) -> Iterator[str]:
    own = FLOORS.index(floor_of(name))
    for line, module in imported_modules(tree, name):
        target = module.split(".")[0]
        if target in FLOORS and FLOORS.index(target) > own:
            yield f"{name}:{line} imports {module}, which stands above it"
        if target in {"tests", "conftest"}:
            yield f"{name}:{line} imports the tests"


def room_of(name: str, folder: str) -> str:
    """The room, or the file beside the rooms, of ``folder`` that a path or a dotted module leads into."""
    parts = name.removesuffix(".py").replace(".", "/").split("/")[folder.count("/") + 1 :]
    return parts[0] if parts else "__init__"


def imports_a_later_room(tree: ast.Module, name: str) -> Iterator[str]:
    for folder, rooms in ROOMS.items():
        if not name.startswith(f"{folder}/") or room_of(name, folder) == "__init__":
            continue
        own = room_of(name, folder)
        if own not in rooms:
            yield f"{name} lies in a room of {folder} that ROOMS does not name"
            continue
        for line, module in imported_modules(tree, name):
            target = room_of(module, folder) if module.replace(".", "/").startswith(f"{folder}/") else own
            if target not in rooms[: rooms.index(own) + 1]:
                yield f"{name}:{line} imports {module}, a later room of {folder}"


def carries_code(tree: ast.Module, name: str) -> Iterator[str]:
    for line, module in imported_modules(tree, name):
        if module.split(".")[0] in CODE_CARRIERS:
            yield f"{name}:{line} imports {module}"
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg in CODE_CARRYING_FLAGS and not is_false(node.value):
            yield f"{name}:{node.value.lineno} sets {node.arg}"


def is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def excepts_everything(tree: ast.Module, name: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            caught = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
            if any(kind is None or (isinstance(kind, ast.Name) and kind.id in BROAD) for kind in caught):
                yield f"{name}:{node.lineno} catches everything"


def makes_settings(tree: ast.Module, name: str) -> Iterator[str]:
    if name.split("/")[-1] in DOORS:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in settings_classes():
            yield f"{name}:{node.lineno} makes {node.func.id}; only {', '.join(sorted(DOORS))} do"


@cache  # asked for at every call in the source
def settings_classes() -> frozenset[str]:
    sources = [file.read_text("utf-8") for file in PROJECT.glob("*/settings.py")]
    return frozenset(re.findall(r"^class (\w+Settings)\b", "\n".join(sources), re.MULTILINE))


def lacks_docstring(tree: ast.Module, name: str) -> Iterator[str]:
    if ast.get_docstring(tree) is None:
        yield f"{name} does not say what it is for"


def writes_a_long_function(tree: ast.Module, name: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            lines = (node.end_lineno or 0) - body[0].lineno + 1 if body else 0
            if lines > LONGEST_BODY:
                yield f"{name}:{node.lineno} {node.name} has {lines} lines"


def package_is_more_than_a_sentence(tree: ast.Module, name: str) -> Iterator[str]:
    if name.count("/") < 2 or not name.endswith("/__init__.py"):
        return
    sentence = ast.get_docstring(tree) or ""
    if len(tree.body) != 1 or "\n" in sentence or len(sentence) > LONGEST_PACKAGE_SENTENCE:
        yield f"{name} is more than one sentence of what comes in and goes out"


CHECKS: list[Check] = [
    imports_upwards,
    imports_a_later_room,
    carries_code,
    excepts_everything,
    makes_settings,
    lacks_docstring,
    writes_a_long_function,
    package_is_more_than_a_sentence,
]


@pytest.mark.parametrize("check", CHECKS)
def test_the_house_keeps_its_rules(check: Check) -> None:
    files = project_files()
    assert {floor_of(relative(file)) for file in files} >= set(FLOORS[:3]), "no source was found"
    faults = [fault for file in files for fault in check(tree_of(file), relative(file))]
    assert faults == []


@pytest.mark.parametrize(
    ("check", "name", "source", "faults"),
    [
        (imports_upwards, "ingest/a.py", "import index.types", 1),
        (imports_upwards, "ingest/a.py", "from ingest.types import Span\nimport re", 0),
        (imports_upwards, "index/a.py", "def f():\n    from bot import chain", 1),  # inside a function counts too
        (imports_upwards, "index/a/b.py", "from ...web import pages", 1),
        (imports_upwards, "index/a/b.py", "from . import c\nfrom .. import types", 0),
        (imports_upwards, "web/a.py", "from app import main", 1),
        (imports_upwards, "app.py", "import ingest, index, bot, eval, web", 0),
        (imports_upwards, "bot/a.py", "from tests.conftest import corpus", 1),
        (imports_a_later_room, "bot/refuse/gate.py", "from bot.compose.body import compose", 1),
        (imports_a_later_room, "bot/refuse/gate.py", "from bot.evidence.candidates import Candidate", 0),
        (imports_a_later_room, "bot/refuse/gate.py", "from bot.refuse.on_topic import Topics", 0),
        (imports_a_later_room, "bot/types.py", "from bot.pipeline import PolicyBot", 1),
        (imports_a_later_room, "bot/stray.py", "import re", 1),  # a file that no room expects
        (imports_a_later_room, "web/staff/identity/sessions.py", "from web.staff.pages import add_staff", 1),
        (imports_a_later_room, "web/staff/pages.py", "from web.staff.identity.sessions import Sessions", 0),
        (imports_a_later_room, "web/http/guards.py", "from web.staff.pages import add_staff", 1),
        (writes_a_long_function, "bot/a.py", "def f():\n" + "    x = 1\n" * 61, 1),
        (writes_a_long_function, "bot/a.py", "def f():\n" + "    x = 1\n" * 60, 0),
        (package_is_more_than_a_sentence, "bot/text/__init__.py", '"""Text in, words out."""', 0),
        (package_is_more_than_a_sentence, "bot/text/__init__.py", '"""Text in, words out."""\nimport re', 1),
        (carries_code, "index/a.py", "import pickle", 1),
        (carries_code, "index/a.py", "from joblib import load", 1),
        (carries_code, "index/a.py", "np.load(file, allow_pickle=True)", 1),
        (carries_code, "index/a.py", "np.load(file, allow_pickle=False)", 0),
        (carries_code, "index/a.py", "Model(folder, trust_remote_code=trust)", 1),
        (excepts_everything, "bot/a.py", "try:\n    f()\nexcept Exception:\n    pass", 1),
        (excepts_everything, "bot/a.py", "try:\n    f()\nexcept:\n    pass", 1),
        (excepts_everything, "bot/a.py", "try:\n    f()\nexcept (OSError, BaseException):\n    pass", 1),
        (excepts_everything, "bot/a.py", "try:\n    f()\nexcept (OSError, ValueError):\n    pass", 0),
        (makes_settings, "bot/a.py", "settings = BotSettings()", 1),
        (makes_settings, "bot/__main__.py", "settings = BotSettings()", 0),
        (makes_settings, "bot/a.py", "def f(settings: BotSettings) -> None: ...", 0),
        (lacks_docstring, "bot/a.py", "x = 1", 1),
        (lacks_docstring, "bot/a.py", '"""What this is."""', 0),
    ],
)
def test_each_rule_finds_what_breaks_it(check: Check, name: str, source: str, faults: int) -> None:
    assert len(list(check(ast.parse(source), name))) == faults


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [relative(file) for file in project_files() if VAGUE_NAMES.fullmatch(file.name)] == []


@pytest.mark.parametrize(
    ("name", "vague"),
    [
        ("utils.py", True),
        ("common.py", True),
        ("helper.py", True),
        ("base.py", True),
        ("_utils_text.py", True),
        ("basement.py", False),
        ("commons.py", False),
        ("numbering.py", False),
        ("__init__.py", False),
    ],
)
def test_names_that_say_nothing_are_known(name: str, vague: bool) -> None:
    assert (VAGUE_NAMES.fullmatch(name) is not None) is vague


def test_files_hold_one_thought() -> None:
    lengths = {relative(file): len(file.read_text("utf-8").splitlines()) for file in project_files()}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST_FILE} == {}


def test_folders_hold_what_can_be_seen_at_once() -> None:
    counts = Counter(file.parent for file in project_files() if file.name != "__init__.py")
    assert {folder.relative_to(PROJECT).as_posix(): n for folder, n in counts.items() if n > MOST_FILES} == {}


def test_every_room_is_there() -> None:
    missing = [
        f"{folder}/{room}"
        for folder, rooms in ROOMS.items()
        for room in rooms
        if not (PROJECT / folder / room).is_dir() and not (PROJECT / folder / f"{room}.py").is_file()
    ]
    assert missing == []


def test_tests_mirror_the_tree() -> None:
    """Every package with code of its own has tests in the folder of the same name."""
    packages = {file.parent for file in project_files() if file.name != "__init__.py" and file.parent != PROJECT}
    bare = [
        folder.relative_to(PROJECT).as_posix()
        for folder in packages
        if not any((PROJECT / "tests" / folder.relative_to(PROJECT)).glob("test_*.py"))
    ]
    assert sorted(bare) == []


SILENCE = re.compile(r"#.*\b((type|pyright): *ignore|noqa)\b")
# The code and, after it, a word of reason; pyright's codes for libraries without types are reason enough.
REASON = re.compile(
    r"ignore\s*\[[\w, -]+\][\s#:;(—-]*\w+"
    r"|noqa:\s*[A-Z]+\d+\b(,\s*[A-Z]+\d+\b)*[\s#:;(—-]*\w+"
    r"|pyright: ignore\[(report(MissingTypeStubs|Unknown\w+Type)(, )?)+\]"
)
CODE = re.compile(r"ignore\s*\[|noqa:")


def ignores_without_a_reason(source: str) -> list[int]:
    """Lines that silence a check without naming it, or without a reason behind it or in a comment right above."""
    lines = ["", *source.splitlines()]
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    silences = {t.start[0]: t.string for t in tokens if t.type == tokenize.COMMENT and SILENCE.search(t.string)}
    return [line for line, comment in silences.items() if not has_reason(comment, line, lines, silences.keys())]


def has_reason(comment: str, line: int, lines: list[str], silenced: Collection[int]) -> bool:
    if REASON.search(comment):
        return True
    above = line - 1
    while above in silenced:
        above -= 1
    return CODE.search(comment) is not None and lines[above].strip().startswith("#")


def test_silenced_checks_say_why() -> None:
    places = {relative(file): ignores_without_a_reason(file.read_text("utf-8")) for file in project_files()}
    assert {name: lines for name, lines in places.items() if lines} == {}


def test_tests_are_no_packages() -> None:
    # tests/index/__init__.py would hide our index from every test that imports it.
    assert [relative(file) for file in (PROJECT / "tests").rglob("__init__.py")] == []


@pytest.mark.parametrize(
    ("comment", "silent"),
    [
        ("# type: ignore", True),
        ("# type: ignore[attr-defined]", True),
        ("# type: ignore[attr-defined]  # faiss has no types for this", False),
        ("# pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]", False),
        ("# pyright: ignore[reportPrivateUsage]", True),
        ("# pyright: ignore[reportPrivateUsage] - the only name lxml gives the type", False),
        ("# noqa", True),
        ("# noqa: BLE001", True),
        ("# noqa: S301 - our own file, checked by its sha256", False),
        ("# a plain remark", False),
    ],
)
def test_silence_without_a_reason_is_found(comment: str, silent: bool) -> None:
    assert ignores_without_a_reason(f"x = 1  {comment}\n") == ([1] if silent else [])


def test_one_reason_above_holds_for_the_lines_below_it() -> None:
    source = "# Slow to import.\nimport a  # noqa: PLC0415\nimport b  # noqa: PLC0415\n\nimport c  # noqa: PLC0415\n"
    assert ignores_without_a_reason(source) == [5]
