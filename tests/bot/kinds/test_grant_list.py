"""Lists of what a corpus grants: counted, paged, nothing twice, no level missing. Over the real index."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, AnswerKind, Question, SentenceRole
from bot.verify.counts import recounts

DAY = date(2026, 11, 29)


def _ask(bot: PolicyBot, *turns: str) -> Answered:
    answer = bot.ask(Question(turns, DAY))
    assert isinstance(answer, Answered)
    return answer


def _counts(answer: Answered) -> list[int]:
    return [int(re.findall(r"共(\d+)", one.text)[0]) for one in answer.sentences if one.role is SentenceRole.COUNT]


def _quoted(answer: Answered) -> list[str]:
    return [one.text.rstrip("；。") for one in answer.sentences if one.role is SentenceRole.QUOTE]


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("列出旗里所有的人才补贴，越全越好", "〔旗〕给个人的补贴共"),
        ("旗里有多少种补贴？", "〔旗〕补贴共"),
        ("列出旗裡給企業的全部獎勵", "〔旗〕給企業、用人單位的"),
        ("自治区给企业的奖励都有哪些", "〔自治区〕给企业、用人单位的奖励共"),
        ("list all subsidies for talent in the banner", "〔Banner〕 Subsidy (Person): "),
    ],
)
def test_a_list_opens_with_how_many_there_are(bot: PolicyBot, asked: str, first: str) -> None:
    answer = _ask(bot, asked)
    assert (answer.kind, answer.sentences[0].role) == (AnswerKind.LIST, SentenceRole.COUNT)
    assert answer.sentences[0].text.startswith(first)
    counts = [one for one in answer.sentences if one.role is SentenceRole.COUNT]
    assert all(recounts(one.text, one.counted, bot.corpus) for one in counts)
    assert all(one.citations for one in answer.sentences if one.role is SentenceRole.QUOTE)


def test_the_rest_comes_when_somebody_says_go_on_and_nothing_twice(bot: PolicyBot) -> None:
    first = _ask(bot, "旗里有哪些补贴")
    turns: list[str] = ["旗里有哪些补贴"]
    listed = _quoted(first)
    cited = [(one.text, [first.citations[n - 1].clause.id for n in one.citations]) for one in first.sentences]
    for said in ("继续", "还有吗", "接着说", "继续", "更多"):
        turns.append(said)
        more = _ask(bot, *turns)
        cited += [(one.text, [more.citations[n - 1].clause.id for n in one.citations]) for one in more.sentences]
        listed += _quoted(more)
        if more.sentences[-1].role is SentenceRole.COUNT:
            break
    grants = [(text.rstrip("；。"), tuple(ids)) for text, ids in cited if ids]
    assert len(grants) == len(set(grants)) == _counts(first)[0]
    assert more.sentences[-1].text == f"以上已经列完，共{_counts(first)[0]}项。"
    assert "没有更多" in _ask(bot, *turns, "还有吗").sentences[0].text


def test_going_on_with_nothing_before_is_said(bot: PolicyBot) -> None:
    answer = _ask(bot, "还有吗")
    assert answer.kind is AnswerKind.CLARIFY
    assert answer.sentences[0].role is SentenceRole.QUESTION


def test_no_level_is_missing_where_none_is_named(bot: PolicyBot) -> None:
    said = [one.text[:4] for one in _ask(bot, "把所有住房方面的补贴列出来").sentences]
    assert {"〔自治区", "〔市〕补", "〔旗〕补"} <= set(said)


def test_who_asks_for_subsidies_is_told_of_rewards_too(bot: PolicyBot) -> None:
    answer = _ask(bot, "旗里有哪些补贴")
    assert [one.text for one in answer.sentences if "另有" in one.text] == [
        "〔旗〕另有奖励，共35项。",
        "〔旗〕另有资助，共22项。",
    ]


def test_everything_of_one_level_is_an_overview_with_a_question_back(bot: PolicyBot) -> None:
    answer = _ask(bot, "你们旗里有什么优惠")
    assert sum(one.role is SentenceRole.COUNT for one in answer.sentences) >= 5
    assert answer.questions
    assert len(answer.body) <= 170


def test_who_else_leaves_out_what_goes_to_the_named_alone(bot: PolicyBot) -> None:
    said = "".join(_quoted(_ask(bot, "除了博士，还有谁能拿旗里的安家补贴")))
    assert "A至D类人才安家补贴" in said
    assert "硕士" in said


@pytest.mark.parametrize(
    "asked", ["哪些人可以申请病残津贴", "旗里的购房补贴是多少", "哪些企业能享受15%的税率", "旗里人才公寓有多少套"]
)
def test_what_asks_for_one_thing_is_no_list(bot: PolicyBot, asked: str) -> None:
    assert _ask(bot, asked).kind is AnswerKind.ANSWER


@pytest.mark.parametrize(("name", "level", "clauses"), [("county", "县", 7), ("province", "市", 3)])
def test_a_corpus_without_checked_records_is_quoted(
    other_corpus_bot: Callable[[str], PolicyBot], name: str, level: str, clauses: int
) -> None:
    bot = other_corpus_bot(name)
    pages: Sequence[Answered] = [
        _ask(bot, f"{level}里有哪些补贴，全部列出来"),
        _ask(bot, f"{level}里有哪些补贴，全部列出来", "继续"),
    ]
    count = pages[0].sentences[0]
    assert count.text == f"写有补贴的条款，共{clauses}条："
    assert recounts(count.text, count.counted, bot.corpus)
    quoted = [one for page in pages for one in page.sentences if one.role is SentenceRole.QUOTE]
    assert len(quoted) == clauses
    assert not any(one.role is SentenceRole.VERDICT for page in pages for one in page.sentences)


def test_what_names_a_recipient_in_other_words_is_listed_too(bot: PolicyBot) -> None:
    answer = bot.ask(Question(("高校毕业生能享受的补贴都有哪些？",), date(2026, 11, 22)))
    assert isinstance(answer, Answered)
    assert "新招聘本科生生活补贴（1万元）" in answer.body  # 普通高校本科毕业生
    assert "一次性创业补贴" in answer.body


def test_a_narrow_recipient_is_told_all_of_its_own(bot: PolicyBot) -> None:
    answer = bot.ask(Question(("个体工商户有哪些政策可以享受，一个不落列出来",), date(2026, 11, 22)))
    assert isinstance(answer, Answered)
    assert "稳岗返还" in answer.body
    assert "普惠金融贷款" in answer.body


def test_the_other_rows_are_told_where_one_is_left_out(bot: PolicyBot) -> None:
    answer = bot.ask(Question(("除了博士还有谁能拿市里的留用生活补贴",), date(2026, 11, 22)))
    assert isinstance(answer, Answered)
    assert answer.sentences[0].text.startswith("〔市〕硕士")
    assert "3000元" not in answer.sentences[0].text


@pytest.mark.parametrize(
    "asked", ["旗里的人才政策有哪些奖励，全部列出来", "旗里有哪些奖励，全部列出来", "旗里一共多少项奖励"]
)
def test_one_count_however_it_is_asked_for(bot: PolicyBot, asked: str) -> None:
    # 人才政策 is what the documents are on: all they reward is counted, not what goes to persons alone
    assert _counts(_ask(bot, asked))[0] == _counts(_ask(bot, "旗里的奖励有几项？"))[0] == 35
