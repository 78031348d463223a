"""What a careful official would add on handing out an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from bot.compose.draft import Draft
from bot.compose.notices import notices_of, notices_of_decline
from bot.compose.phrases import phrase
from bot.types import Citation, Language, Reason
from bot.understand.reading import Reading
from ingest.types import Clause, Corpus, Role, Span

ClauseWith = Callable[[str], Clause]
AnswerFrom = Callable[[Sequence[str], Sequence[Clause]], tuple[Reading, Draft]]
Noticed = Callable[..., tuple[str, ...]]
CITY_GRANT = "分别给予200万元、150万元、100万元、50万元人才培养资助"
BANNER_GRANT = "分别给予用人单位最高200万元、150万元、50万元引才资助"
WATER = "工商业用水：10.4"


@pytest.fixture
def noticed(answer_from: AnswerFrom, corpus: Corpus) -> Noticed:
    """The notices of an answer made of these clauses."""

    def of(question: str, *clauses: Clause) -> tuple[str, ...]:
        reading, draft = answer_from([question], clauses)
        return notices_of(reading, draft, corpus)

    return of


def said(key: str, notices: Sequence[str]) -> bool:
    return phrase(key, Language.ZH) in notices


def test_an_estimate_is_called_one(noticed: Noticed, clause_with: ClauseWith) -> None:
    assert said("estimate_caveat", noticed("我们厂一个月用5000吨水，水费多少钱", clause_with(WATER)))
    assert not said("estimate_caveat", noticed("工商业用水多少钱一吨", clause_with(WATER)))


def test_of_a_guide_only_the_title_is_printed(noticed: Noticed, corpus: Corpus, clause_with: ClauseWith) -> None:
    stub = next(clause for clause in corpus.clauses if clause.role is Role.STUB and "研发费用加计扣除" in clause.text)
    assert said("title_only", noticed("研发费用加计扣除政策执行指引", stub))
    assert not said("title_only", noticed("工商业用水多少钱一吨", clause_with(WATER)))


def test_rules_against_double_claims_are_named_with_their_document(noticed: Noticed, clause_with: ClauseWith) -> None:
    title = "鄂尔多斯市关于实施更加积极开放有效人才政策打造一流人才高地的若干措施"
    found = [notice for notice in noticed("C类人才资助单位多少钱", clause_with(CITY_GRANT)) if "就高" in notice]
    assert found == [f"{phrase('rule', Language.ZH)}（《{title}》）：就高、不重复"]
    assert not any("就高" in notice for notice in noticed("引才奖励由谁负责", clause_with(CITY_GRANT)))


def test_amounts_that_differ_by_level_are_told_apart(noticed: Noticed, clause_with: ClauseWith) -> None:
    both = clause_with(CITY_GRANT), clause_with(BANNER_GRANT)
    assert said("levels_differ", noticed("引进C类人才，各级分别奖给单位多少钱", *both))
    assert not said("levels_differ", noticed("市里引进C类人才奖给单位多少钱", *both))
    assert not said("levels_differ", noticed("引进C类人才奖给单位多少钱", both[0]))


def test_another_level_than_asked_is_said(noticed: Noticed, clause_with: ClauseWith) -> None:
    assert said("other_level", noticed("旗里对C类人才的单位资助多少", clause_with(CITY_GRANT)))
    assert not said("other_level", noticed("市里对C类人才的单位资助多少", clause_with(CITY_GRANT)))
    assert not said("other_level", noticed("旗里对C类人才的单位资助多少", replace(clause_with(CITY_GRANT), level=None)))


def test_a_term_that_ended_is_said_once(noticed: Noticed, clause_with: ClauseWith) -> None:
    notices = noticed("失业保险费率多少", clause_with("阶段性降低失业保险费率至1%"))
    assert len([notice for notice in notices if "已到期" in notice]) == 1
    assert len(set(notices)) == len(notices)


@pytest.mark.parametrize(
    ("question", "reason", "contact", "expired"),
    [
        ("失业保险费率多少", Reason.NOT_STATED, False, True),
        ("失业保险费率多少", Reason.OFF_TOPIC, False, False),
        ("人社局电话是多少", Reason.NOT_STATED, True, True),
    ],
)
def test_with_a_decline(
    question: str, reason: Reason, contact: bool, expired: bool,
    answer_from: AnswerFrom, corpus: Corpus, clause_with: ClauseWith,
) -> None:  # fmt: skip
    clause = clause_with("阶段性降低失业保险费率至1%")
    reading, _ = answer_from([question], [clause])
    nearest = [Citation(1, clause, "通知", (Span(0, len(clause.text)),), "nearest")]
    notices = notices_of_decline(reading, reason, nearest, corpus)
    assert said("no_contact", notices) is contact
    assert any("已到期" in notice for notice in notices) is expired


@pytest.mark.parametrize(
    ("question", "words", "levels", "said"),
    [
        ("人才父母年满70周岁，养老补贴是多少", ("2000元养老补贴", "1000元养老补贴"), {"市", "旗"}, True),
        ("市里对人才父母的养老补贴是多少", ("2000元养老补贴",), {"市"}, False),
        ("全职引进的A类人才，安家补贴是多少", ("顶尖人才（A类）给予不低于300万元", "A类人才给予不低于300万元"), {"市", "旗"}, False),
    ],
)  # fmt: skip
def test_levels_that_differ_are_said_only_where_they_do_and_no_level_was_asked_for(
    question: str, words: tuple[str, ...], levels: set[str], said: bool,
    answer_from: AnswerFrom, clause_with: ClauseWith, corpus: Corpus,
) -> None:  # fmt: skip
    reading, draft = answer_from([question], [clause_with(found) for found in words])
    assert {clause.level for clause in draft.clauses} == levels
    assert ("不同层级的规定数额不同，请以所属层级为准。" in notices_of(reading, draft, corpus)) is said


def test_clauses_of_another_level_than_asked_are_announced(
    answer_from: AnswerFrom, clause_with: ClauseWith, corpus: Corpus
) -> None:
    other = "所引条款出自其他层级，所问层级未见直接规定。"
    for question, expected in (("国家对引进C类人才的单位资助多少", True), ("市里对引进C类人才的单位资助多少", False)):
        reading, draft = answer_from([question], [clause_with(CITY_GRANT)])
        assert (other in notices_of(reading, draft, corpus)) is expected


def test_an_estimate_brings_its_caveat(answer_from: AnswerFrom, clause_with: ClauseWith, corpus: Corpus) -> None:
    for question, expected in (("我们厂用5000吨水多少钱", True), ("我们厂用水多少钱一吨", False)):
        reading, draft = answer_from([question], [clause_with("工商业用水：10.4")])
        assert any(notice.startswith("推算只是") for notice in notices_of(reading, draft, corpus)) is expected


def test_a_refusal_says_what_time_has_made_of_the_nearest_clause(
    answer_from: AnswerFrom, clause_with: ClauseWith, corpus: Corpus
) -> None:
    clause = clause_with("大型企业按不超过企业及其职工上年度实际缴纳失业保险费的")
    reading, _ = answer_from(["2026年稳岗返还比例多少"], [clause])
    nearest = [Citation(1, clause, "", (Span(0, len(clause.text)),), "nearest")]
    (notice, *_) = notices_of_decline(reading, Reason.NOT_STATED, nearest, corpus)
    assert "执行期限至2024年12月31日" in notice
    assert notices_of_decline(reading, Reason.OFF_TOPIC, nearest, corpus) == ()


def test_the_rank_of_a_prize_is_not_the_level_that_gives(noticed: Noticed, clause_with: ClauseWith) -> None:
    clause = clause_with(BANNER_GRANT)
    ranked = replace(clause, text=f"对省级技术中心，{clause.text}")

    assert said("other_level", noticed("省级政策给多少引才资助", clause))
    assert not said("other_level", noticed("省级技术中心给多少引才资助", ranked))
