"""What a sentence means, held against the clauses it rests on: untrue sentences of each kind beside true ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.text.jieba_dictionary import joining_words
from bot.types import AnswerSentence
from bot.verify.meaning.checker import CheckerKeeper, MeaningChecker
from bot.verify.meaning.types import Asked, Kind, Source
from ingest.editions.load import load_edition
from ingest.editions.types import Edition
from ingest.structure.sentences import split_sentences
from ingest.types import Corpus

SETTLING = "对全职引进的A类人才给予不低于300万元安家补贴"
FIRMS = "整体迁入我市的国家高新技术企业"
TAX = "对设在西部地区的鼓励类产业企业减按15%的税率征收企业所得税"
PENSION = "参保人员领取病残津贴期间，不再缴纳基本养老保险费"
GRANTS = "对首次获批国家高新技术企业的区内企业"
POWER = "110KV：0.401元/度"
HEDGING = "鼓励火电或储能企业向新能源企业提供平衡服务"
FRONT = "省级商务主管部门比对符合后"
TOTAL = "完全丧失劳动能力鉴定结论一年内有效"
SYSTEMS = "统计监测和风险防控六体系构建完善"
RAISED = "租房提取住房公积金"
DAY = date(2026, 11, 22)

Told = Callable[..., list[Kind]]


@pytest.fixture(scope="module")
def checker(compendium: Corpus) -> MeaningChecker:
    return MeaningChecker(compendium, load_edition(compendium))


@pytest.fixture
def told(compendium: Corpus, checker: MeaningChecker) -> Told:
    def held(sentence: str, printed: str, question: str = "") -> list[Kind]:
        clause = next(clause for clause in compendium.clauses if printed in clause.text)
        return [one.kind for one in checker.differences(sentence, [clause], Asked(question, DAY))]

    return held


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        ("全职引进的A类人才，安家补贴不低于300万元。[1]", SETTLING),
        ("全職引進的A類人才，安家補貼不低於300萬元。", SETTLING),
        ("D类人才最高可获得80万元的安家补贴。", SETTLING),
        ("D类人才最高可获得八十万元的安家补贴。", SETTLING),
        ("可以。旗里对全职引进的B类人才给予最高300万元安家费。", SETTLING),
        ("整体迁入的高新技术企业，市里奖补20万元。", FIRMS),
        ("设在西部地区的鼓励类产业企业，2030年底前减按15%的税率缴纳企业所得税。", TAX),
        ("领取病残津贴期间不再缴纳基本养老保险费。", PENSION),
        ("首次获批国家高新技术企业，自治区一次性奖励30万元研发经费。", GRANTS),
        ("接入110KV的工业用户，电价是0.401元/度。", POWER),
        ("最接近的规定是：旗里对全职引进的A类人才给予不低于300万元安家补贴。", SETTLING),
        ("根据资料，整体迁入的高新技术企业，市里奖补20万元。", FIRMS),
        ("好的，按来源里的规定，领取病残津贴期间不再缴纳基本养老保险费。", PENSION),
        ("Please note that no basic pension contributions are paid while the disability allowance is drawn.", PENSION),
        ("西部大开发企业所得税政策自2021年1月1日起施行，有效期至2030年12月31日。", TAX),
        ("完全丧失劳动能力鉴定结论有效期为一年。", TOTAL),
        ("A conclusion of total loss of working capacity is valid for one year.", TOTAL),
        ("该行动计划有效期至2025-12-31，现已到期，到2025年完成六体系构建。", SYSTEMS),
        ("Encouraged-industry companies in the western region pay corporate income tax at 15%.", TAX),
        ("No basic pension contributions are paid while the disability allowance is drawn.", PENSION),
    ],
)
def test_a_true_sentence_in_other_words_differs_in_nothing(told: Told, sentence: str, printed: str) -> None:
    assert told(sentence, printed) == []


def test_the_askers_own_figures_and_what_comes_of_them_stand(told: Told) -> None:
    asked = "我们厂用110KV，一年用电200万度，电费多少？"
    assert told("按0.401元/度算，200万度电费约80.2万元。", POWER, asked) == []
    assert Kind.FIGURE in told("按0.401元/度算，200万度电费约90.2万元。", POWER, asked)


@pytest.mark.parametrize(
    ("sentence", "printed", "kind"),
    [
        ("全职引进的A类人才，安家补贴不低于300万港币。", SETTLING, Kind.CURRENCY),
        ("全职引进的A类人才，安家补贴最高300万元。", SETTLING, Kind.BOUND),
        ("全职引进的A类人才，安家补贴为伍佰万元。", SETTLING, Kind.FIGURE),
        ("全职引进的A类人才，安家补贴为⑤⓪⓪万元。", SETTLING, Kind.FIGURE),
        ("全职引进的A类人才，可获千万级的安家补贴。", SETTLING, Kind.NUMERAL),
        ("D类人才最高可获得200万元的安家补贴。", SETTLING, Kind.ROW),
        ("E类人才最高可获得80万元的安家补贴。", SETTLING, Kind.WORD),
        ("对全职引进的A类人才每年给予不低于300万元安家补贴。", SETTLING, Kind.PERIOD),
        ("对柔性引进的A类人才给予不低于300万元安家补贴。", SETTLING, Kind.WORD),
        ("对全职引进的A类人才给予不低于300万元创业补贴。", SETTLING, Kind.WORD),
        ("市里对全职引进的A类人才给予不低于300万元安家补贴。", SETTLING, Kind.LEVEL),
        ("只有全职引进的A类人才给予不低于300万元安家补贴。", SETTLING, Kind.SCOPE),
        ("所有鼓励类产业企业一律减按15%的税率征收企业所得税。", TAX, Kind.SCOPE),
        ("对设在西部地区的鼓励类产业企业减按15%的税率征收增值税。", TAX, Kind.WORD),
        ("该政策已到期，对设在西部地区的鼓励类产业企业减按15%的税率征收企业所得税。", TAX, Kind.STANDING),
        ("参保人员领取病残津贴期间，缴纳基本养老保险费。", PENSION, Kind.NEGATION),
        ("鼓励新能源企业向火电或储能企业提供平衡服务。", HEDGING, Kind.ORDER),
        ("强制火电或储能企业向新能源企业提供平衡服务。", HEDGING, Kind.MODALITY),
        ("鼓励火电且储能企业向新能源企业提供平衡服务。", HEDGING, Kind.CONDITION),
        ("省级商务主管部门比对之前，企业或其投资者向信息报告机构领取回执。", FRONT, Kind.CONDITION),
        ("F类及以上人才为无房缴存人的，租房提取住房公积金额度上浮到50%。", RAISED, Kind.BOUND),
        ("今天天气很好。", SETTLING, Kind.NOTHING),
        ("Encouraged-industry companies in the western region pay VAT at 15%.", TAX, Kind.WORD),
        ("Encouraged-industry companies in the western region are paid a seven-figure sum.", TAX, Kind.NUMERAL),
        ("Encouraged-industry companies in the western region pay corporate income tax at 20%.", TAX, Kind.FIGURE),
        (
            "Encouraged-industry companies in the western region automatically pay corporate income tax at 15%.",
            TAX,
            Kind.PROCEDURE,
        ),
    ],
)
def test_what_is_untrue_is_named(told: Told, sentence: str, printed: str, kind: Kind) -> None:
    assert kind in told(sentence, printed)


def test_few_sentences_of_the_compendium_differ_from_themselves_behind_an_opener(
    compendium: Corpus, checker: MeaningChecker
) -> None:
    asked = [
        (f"其中：{span.of(clause.text)}", clause)
        for clause in compendium.clauses[::9]
        for span in split_sentences(clause.text)
    ]
    differing = [said for said, clause in asked if checker.differences(said, [clause])]
    assert len(asked) > 150
    assert len(differing) / len(asked) < 0.02


def test_an_extract_stands_as_it_is_printed(compendium: Corpus, checker: MeaningChecker) -> None:
    asked = [
        (span.of(clause.text), clause) for clause in compendium.clauses[::3] for span in split_sentences(clause.text)
    ]
    assert [said for said, clause in asked if checker.differences(said, [clause])] == []


def test_a_sentence_that_stands_carries_the_places_of_its_figures(compendium: Corpus, checker: MeaningChecker) -> None:
    clause = next(clause for clause in compendium.clauses if TAX in clause.text)
    stood = checker.stands("西部地区的鼓励类产业企业减按15%的税率征收企业所得税。", (1,), {1: clause}, Asked())
    assert isinstance(stood, AnswerSentence)
    assert [figure.text for figure in stood.figures] == ["15%"]
    assert not isinstance(checker.stands("减按15%的税率。", (1, 9), {1: clause}, Asked()), AnswerSentence)


class _Sceptic:
    def believes(self, sentence: str, sources: object) -> bool:
        return "15%" not in sentence


def test_a_model_that_is_asked_besides_can_only_withhold(compendium: Corpus) -> None:
    sceptical = MeaningChecker(compendium, verifier=_Sceptic())
    clause = next(clause for clause in compendium.clauses if TAX in clause.text)
    kinds = [one.kind for one in sceptical.differences(TAX, [clause])]
    assert kinds == [Kind.VERIFIER]


def test_the_gate_is_made_once_for_a_corpus(compendium: Corpus) -> None:
    keeper = CheckerKeeper()
    assert keeper.of(compendium, Edition()) is keeper.of(compendium, Edition())
    assert isinstance(keeper.of(compendium, Edition()).source_of(compendium.clauses[0]), Source)


def test_a_warmed_gate_has_its_words_loaded(checker: MeaningChecker) -> None:
    joining_words.cache_clear()
    assert checker.warmed() is checker
    assert joining_words.cache_info().currsize == 1
