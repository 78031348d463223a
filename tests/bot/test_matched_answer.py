from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.match.matching import MatcherKeeper
from bot.matched_answer import matched_draft
from bot.types import Question
from bot.understand.levels_and_places import places_of
from bot.understand.reading import read_question
from ingest.corpus.load import load_corpus
from ingest.types import Corpus
from tests.bot.match.small_corpus import FIRST, written_corpus

DAY = date(2026, 11, 29)
WHO = "我们公司在临川县，规模以上，2026年首次认定为国家高新技术企业。"


def drafted(corpus: Corpus, *turns: str):
    reading = read_question(Question(turns, DAY), places_of(corpus), 20)
    return matched_draft(reading, corpus, MatcherKeeper())


def test_the_short_list_counts_tells_and_cites(tmp_path: Path) -> None:
    draft = drafted(load_corpus(written_corpus(tmp_path)), f"{WHO}我们能拿哪些政策？")
    assert draft is not None
    assert draft.sentences[0].text == "按所述情况，共1项对得上，其中条件已满足1项。"
    assert draft.sentences[1].text.endswith(f"奖励 20万元（给企业，条件已满足）：{FIRST}。")
    assert draft.sentences[1].citations == (1,)
    (citation,) = draft.citations()
    assert [quote.of(citation.clause.text) for quote in citation.quotes] == [FIRST]


def test_what_was_said_in_earlier_turns_counts(tmp_path: Path) -> None:
    draft = drafted(load_corpus(written_corpus(tmp_path)), WHO, "那我们能拿哪些补贴？")
    assert draft is not None
    assert draft.sentences[1].citations == (1,)


def test_another_question_and_little_said_are_answered_as_ever(tmp_path: Path) -> None:
    corpus = load_corpus(written_corpus(tmp_path))
    assert drafted(corpus, f"{WHO}高企奖励多少？") is None
    assert drafted(corpus, "我们能拿哪些政策？") is None
