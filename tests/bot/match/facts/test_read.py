from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.match.facts.places import KnownPlaces, known_places
from bot.match.facts.profile_text import LONGEST_PROFILE
from bot.match.facts.read import read_facts
from index.glossary.of_corpus import glossary_of
from ingest.corpus.load import load_corpus
from ingest.vocabulary.entitlements import entitlement_words
from tests.bot.match.facts.conftest import AS_OF, Holds, Read, spelt
from tests.conftest import COMPENDIUM

PROFILES = [json.loads(line) for line in (Path(__file__).parent / "profiles.jsonl").read_text("utf-8").splitlines()]
WHOLE = (
    "我们是伊旗一家民营煤制烯烃企业，规模以上，2025年第二次通过高企认定。2025年营收38亿元，研发投入1.1亿元（约占2.9%），员工1600人。"
    "2026年新认定了自治区级企业技术中心。刚从外省全职引进一位“全国技术能手”，48岁，年薪60万，老公在武汉国企。"
)


@pytest.mark.parametrize("case", PROFILES, ids=lambda case: case["profile"][:16])
def test_whole_profiles_of_every_manner_are_read(holds: Holds, case: dict[str, str]) -> None:
    holds(case["profile"], case["expected"])


def test_every_fact_speaks_the_language_of_conditions(read: Read) -> None:
    known = entitlement_words().attributes
    for fact in read(WHOLE).facts:
        attribute = known[fact.attribute]
        assert (fact.number is not None) == (attribute.takes == "number")
        assert bool(fact.words) != (fact.number is not None)
        assert not attribute.units or fact.unit in attribute.units
        if attribute.takes == "steps":
            assert fact.words[0] in attribute.ladder


def test_every_fact_says_where_it_is_said_or_how_it_was_worked_out(read: Read) -> None:
    for fact in read(WHOLE).facts:
        assert (fact.said is not None and fact.said.of(WHOLE).strip()) or fact.because


def test_the_same_profile_is_read_the_same(read: Read) -> None:
    assert read(WHOLE) == read(WHOLE)


def test_simplified_and_traditional_are_read_the_same(read: Read) -> None:
    traditional = "我們是伊旗一家民營煤製烯烴企業，規模以上，2025年第二次通過高企認定。2025年營收38億元，研發投入1.1億元（約占2.9%），員工1600人。"
    simplified = WHOLE[: WHOLE.index("2026年新")]
    lines = [{line for fact in read(text).facts for line in spelt(fact)} for text in (traditional, simplified)]
    assert lines[0] == lines[1]


@pytest.mark.parametrize("profile", ["", "   ", "？？？", "asdkjhaskd", "12345", "政策", "\n\n", "🙂"])
def test_nothing_is_read_of_nothing(read: Read, profile: str) -> None:
    assert read(profile).facts == ()


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "，",
        "一",
        "没有",
        "招",
        "发明专利",
        "3万、",
        "our ",
        "伊旗从外省来",
        "我父亲74。",
        "-5万 ",
        "（",
        "2025年",
        "\0",
        "𠀀",
    ],
)
def test_a_profile_of_the_longest_length_is_read(read: Read, piece: str) -> None:
    facts = read((piece * LONGEST_PROFILE)[:LONGEST_PROFILE])
    assert len(facts.facts) < 50


def test_a_longer_one_is_cut_and_said_so(read: Read) -> None:
    facts = read("我们是企业。" + "，" * LONGEST_PROFILE + "员工30人。")
    assert facts.contradictions == (
        f"描述超过{LONGEST_PROFILE}个字，后面的没有读：请缩短，只留与企业或个人情况有关的话。",
    )
    assert all(fact.attribute != "headcount" for fact in facts.facts)


def test_words_of_the_records_are_facts_when_said_as_printed(known: KnownPlaces) -> None:
    listed = {
        "award": frozenset({"暖城贡献金奖"}),
        "event": frozenset({"入驻鄂尔多斯人才科创中心"}),
        "unknown": frozenset({"x"}),
    }
    facts = read_facts("我去年得了暖城贡献金奖", known, AS_OF, listed)
    assert [(fact.attribute, fact.words) for fact in facts.facts if fact.attribute == "award"] == [
        ("award", ("暖城贡献金奖",))
    ]


@pytest.mark.parametrize("corpus", ["county", "province"])
def test_places_come_from_the_corpus(corpus: str) -> None:
    other = load_corpus(COMPENDIUM.parent / "tests" / "corpora" / corpus)
    known = known_places(other, glossary_of(other))
    facts = read_facts("我们是企业，在" + known.region[-1], known, AS_OF)
    (here,) = facts.of("place")
    assert here.words[: len(known.region)] == tuple(reversed(known.region))
    assert "伊金霍洛旗" not in known.names


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我们是伊旗企业，员工90人，营收5000万，8人技术团队（3个博士）", "headcount=90人 talent:degree=博士"),
        ("我们公司带动3人就业", "-team_size"),
        ("我在旗里工作了2年半", "years_working=2.5年"),
        ("我在旗里工作了两年零三个月", "years_working=2.25年"),
        ("社保交了3年零2个月，我在旗里工作", "insured_months=38月"),
        ("公司成立14个月", "years_operating=1.17年"),
        ("公司注册30个月", "years_operating=2.5年"),
        ("孩子36个月，我在旗里工作", "relative:relative_age=3岁"),
        ("公司注册时间未超过2年，做软件", "years_operating=1.9年"),
        ("My contract is 4 years. I am a doctor", "contract_years=4年"),
        ("I have a contract 4 years, PhD", "contract_years=4年"),
        ("我年薪8万，在伊旗一家营收2亿的公司上班", "annual_salary=80000元 -annual_salary=200000000元"),
        (
            "公司2022年首次认定高新技术企业，2025年再次认定通过",
            "recognition.time@高新技术企业=再次 -recognition.time@高新技术企业=首次",
        ),
        (
            "公司2021年首次认定国家高新技术企业，2024年通过重新认定",
            "recognition.time@高新技术企业=再次 -recognition.time@高新技术企业=首次",
        ),
        ("我們是德商獨資企業，做裝備製造", "ownership=外资 foreign_share=100%"),
        ("我们是美资独资企业", "ownership=外资 foreign_share=100%"),
        ("我们是日商独资企业", "ownership=外资 foreign_share=100%"),
        ("德资企业，在伊旗，总经理是德国人", "ownership=外资"),
        ("我们在伊旗设了区域总部", "event=设立区域总部"),
        ("公司在伊旗设有区域总部", "event=设立区域总部"),
        ("我是国家级非物质文化遗产项目代表性传承人", "award=非遗传承人 recognition.level@非遗传承人=国家"),
        ("我是院士（柔性），来旗里", "award=院士 arrival=柔性引进"),
        ("我们是做柔性电子材料的公司", "-talent:arrival -arrival"),
        ("我稳定工作满3年后离职了", "!years_working=3年 -years_working"),
        ("我在旗里工作满3年，已经离职", "!years_working=3年 -years_working"),
        ("我从北京离职，在旗里工作满3年", "years_working=3年"),
        ("我获得「全国技术能手」", "award=全国技术能手"),
    ],
)
def test_ranks_terms_owners_and_posts_are_told_apart(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我在伊旗一家企业上班，失业险交了4年", "status=在职 event=缴纳失业保险 insured_months=48月 -status=失业"),
        ("我以前失业，现在伊旗企业上班", "status=在职 -status=失业"),
        ("我原来无房，上个月刚在阿镇买了房", "status=有房 !status=无房 -status=无房"),
        ("我在老家买了房，在伊旗没有房", "status=无房 -status=有房"),
        ("我在伊旗名下有一套房", "status=有房 !status=无房"),
        ("我没有一套房", "status=无房 -status=有房"),
        ("我之前没领过住房补贴，无房", "status=未享受过住房补贴 status=无房"),
        ("我打算在阿镇买房，现在无房", "status=无房 -status=有房"),
        ("我没有工作8个月了", "status=失业 -years_working"),
    ],
)
def test_only_what_is_so_now_counts(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)
