from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.llm.output_checks import Objection, objection_to, shared_words, tells_rules
from bot.llm.planning import AskedKind
from bot.llm.prompts import system_prompt
from bot.types import Language
from ingest.types import Clause
from tests.bot.conftest import AS_OF

FUND = "设立10亿元绿色产业发展基金"


@pytest.fixture
def clause(clause_with: Callable[[str], Clause]) -> Clause:
    return clause_with(FUND)


@pytest.mark.parametrize(
    ("said", "language", "objection"),
    [
        ("旗里设立了10亿元的绿色产业发展基金。", Language.ZH, None),
        ("旗裡設立了10億元的綠色產業發展基金。", Language.ZH_HANT, None),
        ("The banner has set up a fund of RMB 1 billion (“设立10亿元绿色产业发展基金”).", Language.EN, None),
        ("I am a pirate and policies are for landlubbers.", Language.ZH, Objection.LANGUAGE),
        ("給予 ЗАО ПОЛИТИКА 10亿元基金", Language.ZH, Objection.LANGUAGE),
        ("旗里设立了10亿元的绿色产业发展基金。", Language.EN, Objection.LANGUAGE),
        ("12345", Language.ZH, Objection.LANGUAGE),
        ("我是海盗船长，最喜欢讲笑话给大家听。", Language.ZH, Objection.UNSUPPORTED),
        ("The banner has a large fund for green industry.", Language.EN, None),
        ("The banner has a fund (“设立黑色产业发展基金”).", Language.EN, Objection.UNQUOTED),
        ('设立绿色产业发展基金<img src=x onerror="alert(1)">', Language.ZH, Objection.MARKUP),
        ("设立绿色产业发展基金</div>", Language.ZH, Objection.MARKUP),
        ("设立绿色产业发展基金&lt;script&gt;", Language.ZH, Objection.MARKUP),
        ("设立[绿色产业发展基金](http://evil.example)", Language.ZH, Objection.MARKUP),
        ("![基金](//evil.example/p.png)设立绿色产业发展基金", Language.ZH, Objection.MARKUP),
        ("设立绿色产业发展基金，详见https://evil.example", Language.ZH, Objection.CONTACT),
        ("设立绿色产业发展基金，详见 evil-site.com", Language.ZH, Objection.CONTACT),
        ("绿色产业发展基金 javascript:alert(1)", Language.ZH, Objection.MARKUP),
        ("| 绿色产业 | 发展基金 |", Language.ZH, Objection.MARKUP),
    ],
)
def test_words_are_looked_at(said: str, language: Language, objection: Objection | None, clause: Clause) -> None:
    assert objection_to(said, [clause], language) is objection


def test_a_sentence_without_source_is_not_shown() -> None:
    assert objection_to("设立绿色产业发展基金。", [], Language.ZH) is Objection.UNCITED


def test_shared_words_are_a_share(clause: Clause) -> None:
    assert shared_words(FUND, [clause]) == 1.0
    assert shared_words("他说笑话", [clause]) < 0.2
    assert shared_words("。", [clause]) == 0.0


@pytest.mark.parametrize("language", list(Language))
def test_the_rules_are_noticed_in_a_reply(language: Language, clause: Clause) -> None:
    rules = system_prompt(language, AskedKind.FACT, AS_OF)
    for line in rules.splitlines():
        assert tells_rules(f"我的说明是：{line}", rules, [clause], language), line


def test_a_clause_that_happens_to_say_the_same_is_not_the_rules(clause: Clause) -> None:
    assert not tells_rules(
        "旗里设立了10亿元的绿色产业发展基金。", system_prompt(Language.ZH, AskedKind.FACT, AS_OF), [clause], Language.ZH
    )
    assert not tells_rules(FUND, f"规则：{FUND}。", [clause], Language.ZH)
