from __future__ import annotations

import re

import pytest

from bot.match.facts.codes import FactCodes, code_of
from bot.match.facts.places import KnownPlaces
from ingest.errors import QuestionUnusable
from ingest.vocabulary.entitlements import entitlement_words
from tests.bot.match.facts.conftest import Read, spelt

PROFILES = [
    "我们是伊旗一家民营煤制烯烃企业，规模以上，2025年第二次通过高企认定。2025年营收38亿元，研发投入1.1亿元，员工1600人。",
    "我们公司没参与六类市场化并网项目。刚从外省全职引进一位“全国技术能手”。",
    "我是副主任医师，硕士，44岁，父亲74，在鄂尔多斯没房，签了5年，鄂尔多斯市B类人才，甘肃户口。",
    "Singapore-controlled (60% foreign) data-centre operator, investing US$160 million in Ejin Horo Banner, 110 kV",
    "阿镇街边的个体奶茶店，45岁本地人，小规模，一个月卖两万七，想贷款。",
]


@pytest.fixture(scope="module")
def codes(known: KnownPlaces) -> FactCodes:
    return FactCodes(known)


@pytest.mark.parametrize("profile", PROFILES)
def test_facts_come_back_from_their_codes(read: Read, codes: FactCodes, profile: str) -> None:
    facts = read(profile)
    back = codes.facts(codes.of(facts))
    assert {line for fact in back.facts for line in spelt(fact)} == {
        line for fact in facts.facts for line in spelt(fact)
    }
    assert back.who == facts.who
    assert codes.of(back) == codes.of(facts)


def test_a_link_holds_no_free_text(read: Read, codes: FactCodes) -> None:
    items = codes.of(read("一家做祖传酱牛肉罐头的民营公司，12辆冷藏面包车，营收300万"))
    assert set(items) - {"who"} <= entitlement_words().attributes.keys()
    assert all(re.fullmatch(r"[a-z0-9.,!@_-]+", item) for name, item in items.items() if name != "who")
    assert "酱牛肉" not in "".join(items.values())


def test_what_was_worked_out_is_worked_out_again(read: Read, codes: FactCodes) -> None:
    items = codes.of(read("公司营收2亿，研发800万"))
    assert "rd_share" not in items
    assert [fact.because for fact in codes.facts(items).facts if fact.attribute == "rd_share"] == ["800万÷2亿=4%"]


def test_no_two_words_share_a_code(codes: FactCodes) -> None:
    assert len(set(codes.words.values())) == len(codes.words)
    assert len(codes.words) > 500


def test_words_of_the_records_have_codes_too(known: KnownPlaces) -> None:
    codes = FactCodes(known, {"award": frozenset({"暖城贡献金奖"})})
    assert "暖城贡献金奖" in codes.words.values()


@pytest.mark.parametrize(
    ("items", "named"),
    [
        ({"wealth": "n1"}, "wealth"),
        ({"revenue": "DROP TABLE"}, "DROP TABLE"),
        ({"revenue": "aaaaaaa"}, "aaaaaaa"),
        ({"degree": "n3"}, "n3"),
        ({"degree": "zzzzzzz"}, "zzzzzzz"),
        ({"who": "king"}, "king"),
        ({"degree": f"t7x2.{code_of('博士')}"}, "t7x2."),
        ({"degree": f"t1x0.{code_of('博士')}"}, "t1x0."),
        ({"revenue": "n" + "9" * 50}, "n9999"),
    ],
)
def test_what_is_no_code_is_named(codes: FactCodes, items: dict[str, str], named: str) -> None:
    with pytest.raises(QuestionUnusable, match=re.escape(named)):
        codes.facts(items)


def test_a_link_of_thousands_of_facts_is_refused(codes: FactCodes) -> None:
    with pytest.raises(QuestionUnusable, match="at most"):
        codes.facts({"headcount": ",".join(f"n{number}" for number in range(1000))})


@pytest.mark.parametrize(
    ("items", "left", "told"),
    [
        ({"contract_years": "n99999999999999999999"}, (), ["“99999999999999999999”超出了常理"]),
        ({"contract_years": "n1,n5"}, (), ["合同年限给了两个不同的数（1、5）"]),
        ({"age": "n34,n61"}, (), ["年龄给了两个不同的数（34、61）"]),
        ({"contract_years": "n5,n5"}, ("contract_years=5",), []),
        ({"degree": f"{code_of('博士')},{code_of('博士')}"}, ("degree=博士",), []),
        ({"status": f"{code_of('无房')},{code_of('有房')}"}, (), ["身份既说是“无房”，又说是“有房”"]),
        (
            {"contract_years": "tn1,tn5".replace("t", "t1.", 1).replace(",t", ",t2.")},
            ("talent:contract_years=1", "talent:contract_years=5"),
            [],
        ),
    ],
)
def test_a_link_is_checked_as_a_profile_is(
    codes: FactCodes, items: dict[str, str], left: tuple[str, ...], told: list[str]
) -> None:
    facts = codes.facts(items)
    assert tuple(line for fact in facts.facts for line in spelt(fact)) == left
    assert [said.split("，没有采用")[0].split("：")[0].split("，只能")[0] for said in facts.contradictions] == told


def test_what_is_no_code_is_named_as_the_page_names_it(codes: FactCodes) -> None:
    with pytest.raises(QuestionUnusable) as raised:
        codes.facts({"contract_years": "x9"})
    assert raised.value.sentence.said("zh").startswith("链接里“合同年限”一项的“x9”")
    with pytest.raises(QuestionUnusable) as raised:
        codes.facts({"contract_years": "x9"}, "en")
    assert "Contract years" in raised.value.sentence
