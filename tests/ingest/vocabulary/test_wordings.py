from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from ingest.errors import VocabularyUnusable
from ingest.vocabulary.documents import document_words
from ingest.vocabulary.figures import bounds, units
from ingest.vocabulary.grades import ranks_of_people
from ingest.vocabulary.guides import kinds_of_label
from ingest.vocabulary.load import CUT_NOTHING, FOLDER, Subject, parse
from ingest.vocabulary.offices import office_words
from ingest.vocabulary.questions import QuestionWords, question_words
from ingest.vocabulary.rates import rate_words
from ingest.vocabulary.refusals import injection_words, subjects_of_questions
from ingest.vocabulary.tables import TableWords, table_words
from ingest.vocabulary.wordings import Said, either

READERS: tuple[Callable[[], object], ...] = (
    bounds, document_words, injection_words, kinds_of_label, office_words, question_words, ranks_of_people, rate_words,
    subjects_of_questions, table_words, units,
)  # fmt: skip
FILES = [entry.name for entry in FOLDER.iterdir() if entry.name.endswith(".toml")]


@pytest.mark.parametrize("words", READERS, ids=lambda words: words.__name__)
def test_the_files_are_read_once(words: Callable[[], object]) -> None:
    assert words() is words()


@pytest.mark.parametrize("name", FILES)
def test_every_file_has_an_owners_guide_in_two_languages(name: str) -> None:
    head = (FOLDER / name).read_text("utf-8").split("\n\n", 1)[0]
    assert all(line.startswith("#") for line in head.splitlines())
    assert re.search("[一-鿿]{4}", head)
    assert "For the owner" in head or "#   " in head


def test_what_cuts_nothing_is_a_file() -> None:
    assert set(FILES) >= CUT_NOTHING


@pytest.mark.parametrize(
    ("wording", "fault"),
    [("(甲|乙)", "captures"), ("甲(", "is no regular expression"), ("(?:甲)?", "matches everything"), ("", "matches")],
)
def test_a_wording_that_cannot_be_looked_for_is_refused(wording: str, fault: str) -> None:
    class Words(Subject):
        said: Said

    with pytest.raises(VocabularyUnusable, match=fault):
        parse(f"[said]\nchinese = ['{wording}']\n".encode(), "words.toml", Words)


def test_a_missing_type_of_question_is_named() -> None:
    whole = (FOLDER / "questions.toml").read_text("utf-8")
    start = whole.index("[types.office]")
    without = whole[:start] + whole[whole.index("[types.when]") :]
    with pytest.raises(VocabularyUnusable, match="types lacks office"):
        parse(without.encode(), "questions.toml", QuestionWords)


@pytest.mark.parametrize(
    ("subject", "model", "raw"),
    [("tables", TableWords, 'colour = ["红"]\n'), ("questions", QuestionWords, "types.colour = {chinese = ['红']}\n")],
)
def test_unknown_keys_are_refused(subject: str, model: type[Subject], raw: str) -> None:
    whole = raw + (FOLDER / f"{subject}.toml").read_text("utf-8")
    with pytest.raises(VocabularyUnusable, match="colour"):
        parse(whole.encode(), f"{subject}.toml", model)


def test_the_first_wording_is_looked_for_first() -> None:
    match = re.match(either(["自治区", "自治"]), "自治区")
    assert match is not None
    assert match[0] == "自治区"
