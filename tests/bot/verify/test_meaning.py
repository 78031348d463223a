"""What a sentence means, held against the clauses it rests on: one untrue sentence of each kind beside true ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.verify.meaning import Kind, differences, without_marks
from ingest.structure.sentences import split_sentences
from ingest.types import Corpus

SETTLING = "对全职引进的A类人才给予不低于300万元安家补贴"
FIRMS = "整体迁入我市的国家高新技术企业"
TAX = "对设在西部地区的鼓励类产业企业减按15%的税率征收企业所得税"
PENSION = "参保人员领取病残津贴期间，不再缴纳基本养老保险费"
GRANTS = "对首次获批国家高新技术企业的区内企业"

Told = Callable[[str, str], list[tuple[Kind, str]]]


@pytest.fixture
def told(compendium: Corpus) -> Told:
    def held(sentence: str, printed: str) -> list[tuple[Kind, str]]:
        clause = next(clause for clause in compendium.clauses if printed in clause.text)
        title = compendium.document_of(clause).title
        return [(one.kind, one.said) for one in differences(sentence, [clause], [title])]

    return held


@pytest.mark.parametrize(
    ("sentence", "printed"),
    [
        ("给予A类人才300万元安家补贴。", SETTLING),
        ("全职引进的A类人才，安家补贴不低于300万元。[1]", SETTLING),
        ("全職引進的A類人才，安家補貼不低於300萬元。", SETTLING),
        ("A类人才300万元、D类人才80万元。", SETTLING),
        ("D类人才最高可获得80万元的安家补贴。", SETTLING),
        ("旗里对全职引进的B类人才给予最高300万元安家费。", SETTLING),
        ("整体迁入的高新技术企业，市里奖补20万元。", FIRMS),
        ("再次获批的国家高新技术企业可以拿到20万元。", FIRMS),
        ("设在西部地区的鼓励类产业企业，2030年底前减按15%的税率缴纳企业所得税。", TAX),
        ("领取病残津贴期间不再缴纳基本养老保险费。", PENSION),
        ("首次获批国家高新技术企业，自治区一次性奖励30万元研发经费。", GRANTS),
        ("区外科技型企业来我区，第4年至第6年减半征收企业所得税地方分享部分。", GRANTS),
        ("技术转让所得不超过500万元的部分，居民企业免征企业所得税。", GRANTS),
    ],
)
def test_a_true_sentence_in_other_order_differs_in_nothing(told: Told, sentence: str, printed: str) -> None:
    assert told(sentence, printed) == []


@pytest.mark.parametrize(
    ("sentence", "printed", "kind", "said"),
    [
        ("农民工给予300万元安家补贴。", SETTLING, Kind.WORD, "农民工"),
        ("博士给予200万元安家补贴。", SETTLING, Kind.WORD, "博士"),
        ("E类人才给予80万元安家补贴。", SETTLING, Kind.WORD, "E类"),
        ("柔性引进的A类人才给予300万元安家补贴。", SETTLING, Kind.WORD, "柔性"),
        ("A类人才给予300万元创业补贴。", SETTLING, Kind.WORD, "创业"),
        ("给予A类人才300万元安家补贴和一套别墅。", SETTLING, Kind.WORD, "别墅"),
        ("首次获批国家高新技术企业的，奖励20万元。", FIRMS, Kind.WORD, "首次"),
        ("西部地区鼓励类产业企业减按15%征收增值税。", TAX, Kind.WORD, "增值税"),
        ("A类人才安家补贴最高300万元。", SETTLING, Kind.WORD, "A类"),
        ("给予A类人才$3 million安家补贴。", SETTLING, Kind.CURRENCY, "$"),
        ("每年给予A类人才300万元安家补贴。", SETTLING, Kind.PERIOD, "每年"),
        ("市里对A类人才给予300万元安家补贴。", SETTLING, Kind.LEVEL, "市里"),
        ("旗里对整体迁入的高新技术企业给予20万元奖补。", FIRMS, Kind.LEVEL, "旗里"),
        ("国务院给予A类人才300万元安家补贴。", SETTLING, Kind.LEVEL, "国务院"),
        ("不给予A类人才300万元安家补贴。", SETTLING, Kind.NEGATION, "不给予a"),
        ("只有A类人才才有安家补贴。", SETTLING, Kind.NEGATION, "只有a类"),
        ("领取病残津贴期间须继续缴纳基本养老保险费。", PENSION, Kind.NEGATION, "须继续缴纳"),
        ("领取病残津贴期间缴纳基本养老保险费。", PENSION, Kind.NEGATION, "缴纳"),
        ("对非居民企业技术转让所得不超过500万元的部分免征企业所得税。", GRANTS, Kind.NEGATION, "非居民"),
        ("给予A类人才300万元购房补贴。", SETTLING, Kind.WORD, "购房"),
        ("实物配置为主、货币补贴为辅的优秀人才住房解决机制。", SETTLING, Kind.WORD, "配置为主"),
        ("今天天气很好。", SETTLING, Kind.NOTHING, "今天天气很好。"),
        ("3", SETTLING, Kind.NOTHING, "3"),
    ],
)
def test_what_is_untrue_is_named(told: Told, sentence: str, printed: str, kind: Kind, said: str) -> None:
    assert (kind, said) in told(sentence, printed)


@pytest.mark.parametrize(
    "sentence",
    [
        "对居民企业技术转让所得不超过500万元的部分减半征收企业所得税。",
        "区外科技型企业来我区设立企业的，第1年至第6年免征企业所得税地方分享部分。",
        "区外科技型企业来我区设立企业的，第4年至第6年免征企业所得税地方分享部分。",
        "区外科技型企业来我区设立企业的，第1年至第3年减半征收企业所得税地方分享部分。",
    ],
)
def test_a_relief_is_of_what_it_is_printed_of(told: Told, sentence: str) -> None:
    assert Kind.RELIEF in [kind for kind, _ in told(sentence, GRANTS)]


def test_a_sentence_in_english_is_not_read(told: Told) -> None:
    assert told("Class A talents receive nothing at all.", SETTLING) == []


def test_few_sentences_of_the_compendium_differ_from_themselves_behind_an_opener(compendium: Corpus) -> None:
    """Those that do hold several rows, one of which grants nothing in figures."""
    asked = [
        (f"其中：{span.of(clause.text)}", clause)
        for clause in compendium.clauses[::5]
        for span in split_sentences(clause.text)
    ]
    differing = [said for said, clause in asked if differences(said, [clause], [compendium.document_of(clause).title])]
    assert len(asked) > 300
    assert len(differing) / len(asked) < 0.015


def test_marks_of_citations_are_no_words() -> None:
    assert without_marks("给予300万元。[1][12]") == "给予300万元。"
