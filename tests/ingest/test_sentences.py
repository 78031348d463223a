"""Sentences by key: said in two languages, whole after any journey, and none of them without its words."""

from __future__ import annotations

import ast
import copy
import string
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from eval.cases.cases import RowError
from ingest.corpus_config import SourceConfig
from ingest.errors import ChangedMeanwhile, DraftUnusable, PolicyQAError, SourceUnreadable
from ingest.sentences import Sentence, in_language, said_of, words_of
from ingest.settings import PROJECT

FLOORS = ("ingest", "index", "bot", "eval", "web")


def test_a_sentence_is_english_text_that_can_be_said_in_chinese() -> None:
    gone = Sentence("ingest.no_file_in_draft", name="甲.txt")
    assert gone == "There is no file '甲.txt' in this draft."
    assert gone.said("zh") == "草稿里没有文件“甲.txt”。"
    assert gone.said("en") == gone


def test_a_sentence_inside_another_is_said_in_the_same_language() -> None:
    row = Sentence("eval.row_is_wrong", path="own.jsonl", row=3, what=Sentence("eval.id_missing"))
    assert row == 'own.jsonl, row 3: "id" is missing or is not a text.'
    assert row.said("zh") == "own.jsonl 第 3 行：缺少编号（id）。"


def test_an_error_gives_its_sentence_back_whole() -> None:
    error = DraftUnusable("ingest.no_file_in_draft", name="甲.txt")
    assert isinstance(error.sentence, Sentence)
    assert str(error) == error.sentence
    again = SourceUnreadable(error.sentence)
    assert again.sentence is error.sentence
    assert str(ChangedMeanwhile()).startswith("It was changed since it was opened")


def test_other_errors_carry_it_as_well() -> None:
    said = str(RowError(Sentence("eval.field_no_list", name="turns", found=Sentence("eval.is_a_text"))))
    assert isinstance(said, Sentence)
    assert said.said("zh") == "“turns”应是一个列表，而不是文字"


def test_a_copy_of_it_can_be_said_as_well() -> None:
    said = Sentence("web.too_many_from_address", wait_seconds=7)
    again = copy.deepcopy(said)
    assert (again, again.said("zh")) == (said, said.said("zh"))
    error = copy.deepcopy(DraftUnusable("ingest.no_file_in_draft", name="甲.txt"))
    assert error.sentence.said("zh") == "草稿里没有文件“甲.txt”。"


def test_it_is_kept_as_json_by_its_key() -> None:
    kept = TypeAdapter(Sentence)
    said = Sentence("eval.row_is_wrong", path="own.jsonl", row=3, what=Sentence("eval.id_missing"))
    again = kept.validate_json(kept.dump_json(said))
    assert (again, again.said("zh")) == (said, said.said("zh"))
    assert kept.validate_python(said) is said


@pytest.mark.parametrize(
    "wrong",
    [
        b'"words"',
        b"[]",
        b'{"key": "eval.id_missing"}',
        b'{"key": "ingest.no_such_sentence", "blanks": {}}',
        b'{"key": "ingest.no_file_in_draft", "blanks": {}}',
    ],
)
def test_json_that_is_no_sentence_of_today_is_refused(wrong: bytes) -> None:
    with pytest.raises(ValidationError):
        TypeAdapter(Sentence).validate_json(wrong)


def test_a_fault_found_by_pydantic_is_our_sentence_where_our_check_found_it() -> None:
    with pytest.raises(ValidationError) as ours:
        SourceConfig.model_validate({"valid_from": "2025-06-30", "valid_until": "2025-01-01"})
    with pytest.raises(ValidationError) as other:
        SourceConfig.model_validate({"page_offset": "x"})
    assert in_language(said_of(ours.value.errors()[0]), "zh").startswith("失效日期（valid_until）2025-01-01 早于")
    assert said_of(other.value.errors()[0]).startswith("Input should be a valid integer")


def test_a_thing_can_be_named_as_its_reader_knows_it() -> None:
    said = Sentence("eval.not_a_workbook", path=Path("/tmp/upload-7/a.xlsx"))
    assert said.naming("题集.xlsx", instead_of="/tmp/upload-7/a.xlsx").said("zh").startswith("题集.xlsx 不能作为")


@pytest.mark.parametrize("wrong", ["ingest.no_such_sentence", "nowhere.at_all", "no_floor"])
def test_a_key_without_words_is_a_fault_at_once(wrong: str) -> None:
    with pytest.raises((KeyError, ModuleNotFoundError)):
        Sentence(wrong)


def test_a_blank_that_is_not_filled_is_a_fault_at_once() -> None:
    with pytest.raises(KeyError, match="name"):
        Sentence("ingest.no_file_in_draft")


# ── The words and the code ─────────────────────────────────────────────────────────────────────


def blanks_in(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


@pytest.mark.parametrize("floor", FLOORS)
def test_every_sentence_is_there_in_both_languages_with_the_same_blanks(floor: str) -> None:
    for key, words in words_of(floor).items():
        assert set(words) == {"en", "zh"}, key
        assert blanks_in(words["zh"]) <= blanks_in(words["en"]), key
        assert any("\u3400" <= character <= "\u9fff" for character in words["zh"]), key


def sources() -> list[Path]:
    return [PROJECT / "app.py", *(path for floor in FLOORS for path in sorted((PROJECT / floor).rglob("*.py")))]


@cache
def uses() -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Every key that stands in the code, with its place and the blanks that are filled there."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for path in sources():
        for place, key, given in keys_in(path):
            found[key].append((place, given))
    return found


def keys_in(path: Path) -> Iterator[tuple[str, str, frozenset[str]]]:
    tree = ast.parse(path.read_text("utf-8"))
    calls = {node.args[0]: node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and is_key(node.value):
            call = calls.get(node)
            given = [keyword.arg for keyword in call.keywords] if call else [None]
            filled = frozenset(name or "*" for name in given)
            yield f"{path.relative_to(PROJECT)}:{node.lineno}", node.value, filled


def is_key(text: str) -> bool:
    floor, dot, name = text.partition(".")
    return bool(dot) and floor in FLOORS and name in words_of(floor)


def raised_without_words() -> Iterator[str]:
    names = {error.__name__ for error in everything_below(PolicyQAError)}
    for path in sources():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names and node.args:
                first = node.args[0]
                keyed = isinstance(first, ast.Constant) and is_key(str(first.value))
                if isinstance(first, ast.Constant | ast.JoinedStr) and not keyed:
                    yield f"{path.relative_to(PROJECT)}:{node.lineno}"


def everything_below(error: type[PolicyQAError]) -> Iterator[type[PolicyQAError]]:
    yield error
    for kind in error.__subclasses__():
        yield from everything_below(kind)


def test_no_error_is_raised_with_words_of_its_own() -> None:
    assert list(raised_without_words()) == []


def test_every_key_is_given_the_blanks_of_its_words() -> None:
    wrong = [
        f"{place}: {key} fills {sorted(given)}"
        for key, places in uses().items()
        for place, given in places
        if "*" not in given and given != blanks_in(words_of(key.split(".")[0])[key.partition(".")[2]]["en"])
    ]
    assert wrong == []


@pytest.mark.parametrize("floor", FLOORS)
def test_no_sentence_is_left_over(floor: str) -> None:
    assert [key for key in words_of(floor) if f"{floor}.{key}" not in uses()] == []
