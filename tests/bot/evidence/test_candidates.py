"""Which sentences of the clauses found may answer, and in which order. Hits are made by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

import pytest

from bot.evidence.candidates import CLAUSES_LOOKED_AT, Candidate, find_candidates, query_terms, ranked
from bot.evidence.passages_for_question import without_label
from bot.evidence.weights import FEATURES, weights_in_use
from bot.text.term_overlap import TermWeights, terms_of
from bot.types import Question
from bot.understand.levels_and_places import Places
from bot.understand.reading import read_question
from index.types import Hit
from ingest.types import Clause, Role, Span

ClauseWith = Callable[[str], Clause]
Find = Callable[..., list[Candidate]]
TALENT = "分别给予200万元、150万元、100万元、50万元人才培养资助"
EVEN = TermWeights(dict.fromkeys(["安家", "家补", "补贴", "人才", "培养", "资助", "单位", "奖励"], 1.0))


@pytest.fixture
def find(places: Places) -> Find:
    """The candidates of a question in these clauses, found in this order."""

    def candidates(
        turns: str | Sequence[str], *clauses: Clause, cosines: Sequence[float] = (), scores: Sequence[float] = ()
    ) -> list[Candidate]:
        asked = (turns,) if isinstance(turns, str) else tuple(turns)
        reading = read_question(Question(asked, date(2026, 11, 22)), places, 20)
        hits = [
            Hit(clause, rank, scores[rank - 1] if scores else 1.0, {}, None) for rank, clause in enumerate(clauses, 1)
        ]
        return find_candidates(reading, hits, query_terms(reading, EVEN, ()), lambda _clause, _spans: cosines)

    return candidates


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("1.给予奖励。", "给予奖励。"),
        ("（一）给予奖励。", "给予奖励。"),
        ("——居民供热：14.5元", "居民供热：14.5元"),
        ("第十二条 给予奖励。", "给予奖励。"),
        ("①给予奖励。 ", "给予奖励。"),
        ("二、给予奖励。", "给予奖励。"),
        ("1.5万元奖励。", "1.5万元奖励。"),  # a figure is no label
        ("  给予奖励。", "给予奖励。"),
        ("1.", "1."),  # nothing else would be left
    ],
)
def test_without_label(text: str, left: str) -> None:
    assert without_label(text, Span(0, len(text))).of(text) == left


def test_spans_count_in_the_clause() -> None:
    text = "一、总则。2.给予奖励。"
    assert without_label(text, Span(5, len(text))) == Span(7, len(text))


def test_words_of_earlier_turns_weigh_half_and_those_of_the_last_count_as_fresh(places: Places) -> None:
    reading = read_question(Question(("全职引进人才安家补贴多少？", "那奖励呢？"), date(2026, 11, 22)), places, 20)
    wanted = query_terms(reading, EVEN, ("资助",))
    assert wanted.last == {"奖励": 1.0, "资助": 0.5}  # of a synonym half
    assert wanted.fresh == wanted.last
    assert wanted.words == {"安家": 0.5, "家补": 0.5, "补贴": 0.5, "人才": 0.5, "奖励": 1.0, "资助": 0.5}


def test_what_a_rule_leaves_out_is_none_of_its_words(find: Find, invented: ClauseWith) -> None:
    left_out = invented("对目录内新材料（不含人才培养、奖励）企业，上限提高至58%。")
    named = invented("对目录内人才培养企业，上限提高至42%。")
    found = {c.text: c.features["covers"] for c in find("人才培养的上限是多少", left_out, named)}
    assert found == {left_out.text: 0.0, named.text: 1.0}


def test_who_draws_up_a_list_is_no_mere_title(find: Find, invented: ClauseWith) -> None:
    clause = invented("《鼓励类产业目录》由发展改革委牵头制定。该目录修订的，自修订版实施之日起按新版本执行。")
    first = next(c for c in find("鼓励类产业目录由谁牵头制定", clause) if c.order == 0)
    assert not first.tells_nothing


def test_a_first_question_has_nothing_fresh_and_a_repeated_word_is_not(places: Places) -> None:
    day = date(2026, 11, 22)
    assert query_terms(read_question(Question(("安家补贴",), day), places, 20), EVEN, ()).fresh == {}
    follow_up = read_question(Question(("全职引进人才安家补贴多少？", "那补贴奖励呢？"), day), places, 20)
    assert set(query_terms(follow_up, EVEN, ()).fresh) == {"奖励"}


def test_the_sentence_that_answers_comes_first_and_offices_last(find: Find, clause_with: ClauseWith) -> None:
    found = find("市里给C类人才的单位多少人才培养资助", clause_with(TALENT))
    assert found[0].text.endswith("人才培养资助。")
    assert [figure.text for figure in found[0].figures] == ["200万元", "150万元", "100万元", "50万元"]
    assert found[-1].text == "（责任单位：市科技局、市人社局）"
    assert [candidate.score for candidate in found] == sorted((c.score for c in found), reverse=True)


def test_a_score_is_the_weighted_sum_of_its_features(find: Find, clause_with: ClauseWith) -> None:
    weights = weights_in_use().all
    for candidate in find("市里给C类人才的单位多少人才培养资助", clause_with(TALENT)):
        assert candidate.score == sum(weights[name] * value for name, value in candidate.features.items())


def test_what_a_sentence_covers_is_the_share_of_the_wanted_words(find: Find, invented: ClauseWith) -> None:
    clause = replace(invented("给予安家补贴。给予奖励。"), path=("篇", "人才办法"))
    first, second = sorted(find("人才安家补贴和奖励", clause), key=lambda candidate: candidate.order)
    assert (first.features["covers"], second.features["covers"]) == (3 / 5, 1 / 5)  # 安家 家补 补贴 奖励 人才
    assert first.features["covers_with_path"] == 4 / 5
    assert first.features["covers_fresh"] == 0.0


def test_a_short_first_sentence_is_a_title_unless_it_has_a_figure(find: Find, invented: ClauseWith) -> None:
    titled = {c.order: c.features["title_only"] for c in find("奖励", invented("给予引才奖励。每人30万元。"))}
    assert titled == {0: 1.0, 1: 0.0}
    figured = {c.order: c.features["title_only"] for c in find("奖励", invented("奖励30万元。每人一次。"))}
    assert figured == {0: 0.0, 1: 0.0}


def test_later_hits_count_by_their_share_of_the_best_score(find: Find, invented: ClauseWith) -> None:
    one, other = invented("给予奖励，分三年拨付。"), replace(invented("给予奖励，分五年拨付。"), id="other")
    first, second = find("奖励", one, other, scores=(0.8, 0.2))
    assert (first.features["clause"], second.features["clause"]) == (1.0, 0.25)
    assert (first.features["first_clause"], second.features["first_clause"]) == (1.0, 0.0)


def test_cosines_count_between_their_usual_ends(find: Find, invented: ClauseWith) -> None:
    found = find("奖励", invented("给予奖励。给予补助。给予资助。给予贴息。"), cosines=(0.5, 0.74, 0.83, 0.99))
    near = {candidate.order: candidate.features["near"] for candidate in found}
    assert near == {0: 0.0, 1: 0.0, 2: pytest.approx(0.5), 3: 1.0}


def test_a_row_of_a_rate_list_is_taken_whole_with_its_headings(find: Find, clause_with: ClauseWith) -> None:
    row = clause_with("1-10KV：0.477")
    (found,) = find("工业用电多少钱一度", row, cosines=(0.76, 0.92))
    assert found.text == row.text
    assert "用电" in found.terms  # from 工业用电 above it
    assert found.features["near"] == 1.0  # that of its nearest part


def test_only_the_first_clauses_are_looked_at(find: Find, invented: ClauseWith) -> None:
    clauses = [replace(invented("给予奖励。"), id=str(number)) for number in range(CLAUSES_LOOKED_AT + 3)]
    found = find("奖励", *clauses)
    assert [candidate.clause.id for candidate in found] == [str(number) for number in range(CLAUSES_LOOKED_AT)]
    assert find("奖励") == []


def test_what_opens_a_document_and_lists_of_people_give_no_money(find: Find, invented: ClauseWith) -> None:
    clause = invented("为引进人才，制定本办法。")
    (preamble,) = find("人才补贴多少", replace(clause, role=Role.PREAMBLE))
    (entry,) = find("人才补贴多少", replace(clause, role=Role.CATALOGUE))
    (asked,) = find("哪些人才符合条件", replace(clause, role=Role.CATALOGUE))
    assert preamble.features["preamble"] == entry.features["catalogue_unasked"] == 1.0
    assert asked.features["catalogue_unasked"] == asked.features["preamble"] == 0.0


def test_a_sentence_about_time_brings_what_it_says(find: Find, clause_with: ClauseWith) -> None:
    found = find("还有效吗", clause_with("阶段性降低失业保险费率至1%"))
    ends = [candidate.statement.valid_until for candidate in found if candidate.statement is not None]
    assert ends == [date(2025, 12, 31)]
    assert [bool(c.features["validity_wanted"]) for c in found] == [c.statement is not None for c in found]


def test_the_same_sentence_is_known_again(find: Find, clause_with: ClauseWith) -> None:
    found = find("资助多少", clause_with(TALENT))
    again = find("单位奖励", clause_with(TALENT))
    assert [sum(one.is_same(other) for other in again) for one in found] == [1] * len(found)


@pytest.mark.parametrize("weights", [weights_in_use().all, {**dict.fromkeys(FEATURES, 0.0), "covers": 1.0}])
def test_what_follows_a_repetition_of_the_question_has_its_score(
    places: Places, invented: ClauseWith, weights: Mapping[str, float]
) -> None:
    clause = invented("为了发展。本市给予仓储项目建设补贴资金支持。按照核定的面积分段计算并于次年拨付。由商务局解释。")
    question = "本市给予仓储项目建设补贴资金支持，具体多少"
    reading = read_question(Question((question,), date(2026, 11, 22)), places, 20)
    wanted = query_terms(reading, TermWeights(dict.fromkeys(terms_of(question), 1.0)), ())
    hits = [Hit(clause, 1, 1.0, {}, None)]
    found = ranked(find_candidates(reading, hits, wanted, lambda _clause, _spans: ()), weights)
    repeated, following = (next(c for c in found if c.order == order) for order in (1, 2))

    assert repeated.handed_to == following.order
    assert repeated.tells_nothing
    assert following.score == repeated.score > sum(weights[name] * value for name, value in following.features.items())
