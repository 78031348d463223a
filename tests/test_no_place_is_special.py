"""No string of the code names a place, and few name a level: both are words of ``ingest/vocabulary``.

Words of the field stand there as well; in strings of code are grammar and the sentences that are shown. Read with ``ast``, docstrings and comments apart. Levels are looked for by the endings that nothing else ends in.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
FLOORS = ("ingest", "index", "bot", "eval", "web")
DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
# Where a level is still spelt: what each does with it no list of levels can say.
SPELLING_LEVELS = {
    "bot/compose/verdict.py": "how names of counties and cities end, where a rule lists them",
    "bot/text/jieba_dictionary.py": "how names end in jieba's dictionary",
    "bot/understand/levels_and_places.py": "what may stand between the name of a place and what is given",
    "index/spelling/correct.py": "characters that are never changed",
    "index/text/levels_and_places.py": "levels whose name ends the names of their places",
    "ingest/facts/administration.py": "which levels may follow one another in a name",
    "ingest/facts/departments.py": "how names of offices begin and end",
    "ingest/entitlements/rules/conditions.py": "signs that say nothing of a condition",
    "ingest/facts/enumerations.py": "a rank of two levels at once",
    "ingest/structure/closings.py": "whom a document is addressed to",
}

# Chinese characters in string constants, by floor. A list of words belongs into ingest/vocabulary, a sentence that is
# shown into a file of sentences; a floor that comes to hold fewer lowers its figure here.
MOST_CHINESE = {"ingest": 4284, "index": 608, "bot": 5458, "eval": 398, "web": 1087}


@cache
def names_of_places() -> re.Pattern[str]:
    known = tomllib.loads((PROJECT / "ingest/vocabulary/places.toml").read_text("utf-8"))
    listed = [*known["provinces"].values(), *known["prefectures"].values(), known["cities"]["words"]]
    chinese = {name for names in listed for name in names} | set(known["latin"])
    latin = {name for names in known["latin"].values() for name in names}
    latin_words = "|".join(rf"\b{re.escape(name)}\b" for name in sorted(latin))
    return re.compile(f"{'|'.join(sorted(chinese))}|{latin_words}", re.IGNORECASE)


LEVELS = re.compile(r"旗|盟|自治区|自治州|\b(?:county|counties|prefectures?|leagues?)\b", re.IGNORECASE)


def sources() -> list[Path]:
    return [*(file for floor in FLOORS for file in sorted((PROJECT / floor).rglob("*.py"))), PROJECT / "app.py"]


def strings_of(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and text of every string constant that is no docstring."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, DOCUMENTED) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.lineno, node.value


def named(tree: ast.Module, words: re.Pattern[str]) -> list[tuple[int, str]]:
    return [(line, found[0]) for line, text in strings_of(tree) if (found := words.search(text))]


def test_no_string_of_the_code_names_a_place() -> None:
    found = {
        file.relative_to(PROJECT).as_posix(): places
        for file in sources()
        if (places := named(ast.parse(file.read_text("utf-8")), names_of_places()))
    }
    assert found == {}


def test_levels_are_named_only_where_it_is_said_why() -> None:
    found = {
        file.relative_to(PROJECT).as_posix() for file in sources() if named(ast.parse(file.read_text("utf-8")), LEVELS)
    }
    assert found == set(SPELLING_LEVELS)


@pytest.mark.parametrize("floor", FLOORS)
def test_chinese_in_code_does_not_grow(floor: str) -> None:
    texts = (
        text for file in (PROJECT / floor).rglob("*.py") for _, text in strings_of(ast.parse(file.read_text("utf-8")))
    )
    assert sum(len(re.findall("[一-鿿]", text)) for text in texts) <= MOST_CHINESE[floor]


@pytest.mark.parametrize(
    "file",
    [
        *sorted((PROJECT / "web").rglob("*.js")),
        *sorted((PROJECT / "web").rglob("*.html")),
        *sorted((PROJECT / "web").rglob("*.toml")),
        PROJECT / "index/glossary/product.toml",
    ],
    ids=lambda file: file.name,
)
def test_words_of_the_pages_name_no_banner_and_no_place_of_ours(file: Path) -> None:
    assert re.findall(r"伊金霍洛|鄂尔多斯|旗里|我旗|Ejin Horo|Ordos|Banner", file.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("code", "places"),
    [
        ('x = "深圳的政策"', 1),
        ('x = "in Inner Mongolia"', 1),
        ('def f():\n    """Of 深圳."""', 0),
        ('x = "the city"', 0),
    ],
)
def test_the_check_sees_what_it_looks_for(code: str, places: int) -> None:
    assert len(named(ast.parse(code), names_of_places())) == places
