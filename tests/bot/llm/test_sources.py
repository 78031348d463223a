from __future__ import annotations

from collections.abc import Callable

from bot.llm.planning import AskedKind, ModelPlan, PlannedPart
from bot.llm.prompts import Material, user_prompt
from bot.llm.sources import in_turn, numbered
from bot.types import Language
from ingest.types import Clause, Corpus
from tests.bot.conftest import AS_OF

TIERS = "分别给予200万元、150万元、100万元、50万元人才培养资助"
HOUSING = "分别给予300万元、250万元、200万元、100万元、80万元安家补贴"
FUND = "设立10亿元绿色产业发展基金"


def told(corpus: Corpus, *clauses: Clause) -> str:
    plan = ModelPlan(AskedKind.FACT, (PlannedPart("问", "问"),))
    return user_prompt(("问",), Material(plan, numbered(clauses, 6000)), corpus, AS_OF, Language.ZH)


def test_each_search_has_its_best_clause_first(clause_with: Callable[[str], Clause]) -> None:
    one, two, three = clause_with(TIERS), clause_with(HOUSING), clause_with(FUND)
    assert in_turn([[one, two], [three]]) == [one, three, two]
    assert in_turn([[one], [three]], [three]) == [three, one]


def test_a_clause_too_long_for_what_is_left_gives_its_place_to_the_next(clause_with: Callable[[str], Clause]) -> None:
    first, long, short = clause_with(FUND), clause_with(HOUSING), clause_with("工商业用气3.06元/立方米")
    room = len(first.text) + len(short.text)
    assert set(numbered([first, long, short], room).values()) == {first, short}
    assert list(numbered([long], 10).values()) == [long]


def test_a_document_is_told_once_with_its_closing_rules(corpus: Corpus, clause_with: Callable[[str], Clause]) -> None:
    one, two = clause_with(TIERS), clause_with(HOUSING)
    document = corpus.document_of(one)
    assert document == corpus.document_of(two)
    said = told(corpus, one, two)
    assert said.count(document.title) == 1
    assert all(rule in said for rule in document.closing_rules)
    assert said.count(one.path[-2]) == 1


def test_no_heading_is_told_that_the_clause_begins_with(corpus: Corpus, clause_with: Callable[[str], Clause]) -> None:
    clause = clause_with(TIERS)
    assert clause.text.startswith(clause.path[-1])
    assert told(corpus, clause).count(clause.path[-1]) == 1


def test_offices_are_told_once(corpus: Corpus) -> None:
    clause = next(one for one in corpus.clauses if one.departments and "，协同单位：" in one.text)
    said = told(corpus, clause)
    assert said.count("责任单位：") == clause.text.count("责任单位：")
