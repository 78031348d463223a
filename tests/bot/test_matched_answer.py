from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.compose.notices import notices_of
from bot.match.matching import MatcherKeeper
from bot.matched_answer import matched_draft, wishes_without_profile
from bot.types import AnswerKind, Question
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


def test_who_tells_of_themselves_when_asked_back_is_matched(tmp_path: Path) -> None:
    draft = drafted(load_corpus(written_corpus(tmp_path)), "我们能拿到什么？", WHO)
    assert draft is not None
    assert draft.sentences[1].citations == (1,)


def test_a_wish_that_says_too_little_is_asked_back(tmp_path: Path) -> None:
    corpus = load_corpus(written_corpus(tmp_path))
    for text, little in (
        ("我能领什么？", True),
        ("我在临川县上班，能领啥", True),
        (f"{WHO}我们能拿哪些政策？", False),
        ("高企奖励多少？", False),
    ):
        reading = read_question(Question((text,), DAY), places_of(corpus), 20)
        assert wishes_without_profile(reading, corpus, MatcherKeeper()) is little


def test_another_question_and_little_said_are_answered_as_ever(tmp_path: Path) -> None:
    corpus = load_corpus(written_corpus(tmp_path))
    assert drafted(corpus, f"{WHO}高企奖励多少？") is None
    assert drafted(corpus, "我们能拿哪些政策？") is None


# Eight kinds of people in one sentence: more than are read, and sums whose rows the words of a title point elsewhere for.
EIGHT = (
    "我们是伊旗的风电叶片厂，民营，规上企业，国家高新技术企业，今年营收3亿元，研发1200万元，员工200人。今年引进人才："
    "①全职引进国家技术创新中心主任1名，年薪100万，合同5年；②全职引进长江学者1名；③博士3名，合同5年，来自省外；④硕士5名；"
    "⑤本科生12名；⑥柔性引进院士1名；⑦全国技术能手2名；⑧高级技师4名。我们能拿到什么？"
)


def test_every_cited_clause_has_its_line_and_numbers_begin_at_one(compendium: Corpus) -> None:
    draft = drafted(compendium, EIGHT)
    assert draft is not None
    cited = [number for sentence in draft.sentences for number in sentence.citations]
    assert list(dict.fromkeys(cited)) == list(range(1, len(draft.citations()) + 1))
    assert draft.withheld == []
    states = ["条件已满足" in sentence.text for sentence in draft.sentences[1:] if sentence.citations]
    assert states == sorted(states, reverse=True)
    assert sum(states) == 10


def test_the_quote_of_a_line_is_what_its_number_points_at(compendium: Corpus) -> None:
    draft = drafted(compendium, EIGHT)
    assert draft is not None
    quoted = {c.n: ["".join(q.of(c.clause.text).split()) for q in c.quotes] for c in draft.citations()}
    for sentence in draft.sentences:
        if sentence.citations:
            assert any(words.rstrip("。") in sentence.text for words in quoted[sentence.citations[0]]), sentence.text


def test_the_warnings_of_the_match_and_what_a_sum_means_here_are_told(compendium: Corpus) -> None:
    draft = drafted(compendium, EIGHT)
    assert draft is not None
    assert "引进的人分了6类以上，后面的没有读：请分几次描述。" in draft.notices
    assert any("；按所述算：最高500万元×2=最高1000万元" in sentence.text for sentence in draft.sentences)


def test_the_rest_is_counted_and_where_it_stands_is_said(compendium: Corpus) -> None:
    draft = drafted(compendium, EIGHT)
    assert draft is not None
    (rest,) = (sentence.text for sentence in draft.sentences if "/match" in sentence.text)
    assert rest.startswith("其余")


def test_a_match_brings_no_notice_of_another_level(compendium: Corpus) -> None:
    reading = read_question(
        Question((f"国家高新技术企业，{EIGHT}国家级政策我们能拿哪些补贴？",), DAY), places_of(compendium), 20
    )
    draft = matched_draft(reading, compendium, MatcherKeeper())
    assert draft is not None
    assert reading.levels
    draft.kind = AnswerKind.MATCH
    assert not [notice for notice in notices_of(reading, draft, compendium) if "层级" in notice]


def test_an_upper_bound_is_told_as_one(compendium: Corpus) -> None:
    draft = drafted(compendium, "我们是伊旗的光伏企业，民营。今年全职引进全国技术能手1名，签5年合同，我们能拿到什么？")
    assert draft is not None
    (line,) = [sentence.text for sentence in draft.sentences if "用人单位引才资助" in sentence.text]
    assert "最高50万元" in line.split("“")[0]
