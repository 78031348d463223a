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
