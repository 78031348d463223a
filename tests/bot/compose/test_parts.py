"""Parts put together into one answer: numbered anew, nothing said twice, what is not found named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.compose.draft import Draft
from bot.compose.outcome import part_of
from bot.compose.parts import keep_one_found, say_left_out, say_not_found, say_part, say_unsaid
from bot.refuse.gate import NOTHING_COMPOSED, Refusal
from bot.types import AnswerPart, Language, PartStatus, Reason, SentenceRole
from index.types import Hit
from ingest.types import Clause, Corpus, Span

ClauseWith = Callable[[str], Clause]
WATER = "工商业用水：10.4"
TALENT = "分别给予200万元、150万元、100万元、50万元人才培养资助"


@pytest.fixture
def whole(corpus: Corpus) -> Draft:
    return Draft(Language.ZH, corpus)


def _saying(corpus: Corpus, *clauses: Clause, label: str = "") -> Draft:
    draft = Draft(Language.ZH, corpus)
    for clause in clauses:
        draft.say(f"{label}{clause.text}", (draft.cite(clause, Span(0, len(clause.text)), "answer"),))
    return draft


def test_each_part_has_its_sentences_under_new_numbers(whole: Draft, corpus: Corpus, clause_with: ClauseWith) -> None:
    water, talent = clause_with(WATER), clause_with(TALENT)
    say_part(whole, "水价", _saying(corpus, water))
    say_part(whole, "培养资助", _saying(corpus, talent))
    assert [sentence.citations for sentence in whole.sentences] == [(1,), (2,)]
    assert whole.clauses == [water, talent]
    assert [(part.question, part.status, part.sentences) for part in whole.parts] == [
        ("水价", PartStatus.ANSWERED, (0,)),
        ("培养资助", PartStatus.ANSWERED, (1,)),
    ]


def test_what_two_parts_need_is_said_once(whole: Draft, corpus: Corpus, clause_with: ClauseWith) -> None:
    water, talent = clause_with(WATER), clause_with(TALENT)
    say_part(whole, "水价", _saying(corpus, water))
    say_part(whole, "水价和培养", _saying(corpus, talent, water, label="〔旗〕"))
    assert len(whole.sentences) == 2
    assert whole.parts[1].sentences == (1, 0)


def test_a_part_not_found_is_named_with_the_nearest_clause(whole: Draft, clause_with: ClauseWith) -> None:
    water = clause_with(WATER)
    refusal = Refusal(Reason.NOT_STATED, "price_not_printed")
    say_not_found(whole, "66千伏多少钱？", refusal, [Hit(water, 1, 1.0, {}, None)])
    named, nearest = whole.sentences
    assert named.text == "未找到：66千伏多少钱。"
    assert nearest.text.startswith("最接近的条款：")
    assert {named.role, nearest.role} == {SentenceRole.HEDGE}
    assert whole.citations()[0].why == "nearest"
    assert whole.parts[0].status is PartStatus.NOT_FOUND


def test_nothing_is_nearest_to_another_subject(whole: Draft, clause_with: ClauseWith) -> None:
    foreign = Refusal(Reason.OFF_TOPIC, "surely_foreign")
    say_not_found(whole, "今天天气怎么样？", foreign, [Hit(clause_with(WATER), 1, 1.0, {}, None)])
    assert [sentence.text for sentence in whole.sentences] == ["未找到：今天天气怎么样。"]
    assert whole.citations() == ()


def test_a_part_that_lacks_something_is_answered_partly(whole: Draft, corpus: Corpus, clause_with: ClauseWith) -> None:
    part = _saying(corpus, clause_with(WATER))
    part.say("所引条文没有写明责任单位。", (), SentenceRole.HEDGE)
    say_part(whole, "水价", part)
    assert whole.parts[0].status is PartStatus.PARTLY


def test_a_part_of_which_only_the_nearest_is_quoted_is_not_found(
    whole: Draft, corpus: Corpus, clause_with: ClauseWith
) -> None:
    part = _saying(corpus, clause_with(WATER))
    part.hedge()
    say_part(whole, "水价", part)
    assert whole.parts[0].status is PartStatus.NOT_FOUND
    keep_one_found(whole)  # quoted all the same, and an answer in which nothing is found would be a decline
    assert whole.parts[0].status is PartStatus.PARTLY


def test_a_part_that_adds_only_what_is_missing_is_not_found(
    whole: Draft, corpus: Corpus, clause_with: ClauseWith
) -> None:
    say_part(whole, "奖多少", _saying(corpus, clause_with(TALENT)))
    again = _saying(corpus, clause_with(TALENT))
    again.say("所引条文没有写明办理程序和材料。", (), SentenceRole.HEDGE)
    say_part(whole, "怎么申请", again)
    assert [part.status for part in whole.parts] == [PartStatus.ANSWERED, PartStatus.NOT_FOUND]


def test_a_part_not_found_is_named_without_figures_of_the_asker(whole: Draft) -> None:
    say_not_found(whole, "我们有两家公司要合并，税上有什么优惠", NOTHING_COMPOSED, [])
    assert whole.sentences[0].text == "未找到：税上有什么优惠。"


def test_parts_beyond_the_most_are_named(whole: Draft) -> None:
    say_left_out(whole, ())
    assert whole.sentences == []
    say_left_out(whole, ("甲？", "乙？"))
    assert whole.sentences[0].text == "一次最多回答六个问题，请另问：甲；乙。"
    assert [part.status for part in whole.parts] == [PartStatus.NOT_FOUND] * 2


def test_without_a_sentence_that_stands_a_part_is_not_found(whole: Draft) -> None:
    say_not_found(whole, "水价", NOTHING_COMPOSED, [])
    assert whole.parts[0].sentences == (0,)


def test_a_part_without_a_sentence_is_not_found_and_said_so(whole: Draft) -> None:
    assert part_of(whole, "煤价", ()).status is PartStatus.NOT_FOUND
    whole.parts.append(AnswerPart("煤价", PartStatus.ANSWERED))
    say_unsaid(whole)
    assert [sentence.text for sentence in whole.sentences] == ["未找到：煤价。"]
    assert (whole.parts[0].status, whole.parts[0].sentences) == (PartStatus.NOT_FOUND, (0,))


def test_what_was_answered_is_a_part_beside_the_items_left_out(whole: Draft) -> None:
    say_left_out(whole, ("煤价",), "水价、煤价")
    assert [part.question for part in whole.parts] == ["水价、煤价", "煤价"]
