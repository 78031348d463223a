from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds, Read

FIRM = "我们是伊旗的企业"


@pytest.mark.parametrize(
    "told",
    [
        "从前是国家级专精特新小巨人企业",
        "专精特新小巨人企业证书的有效期为2022年至2025年",
        "专精特新小巨人企业2025年6月底就期满了，后来没有再续",
        "2022年评上专精特新小巨人企业，有效期3年",
        "原来是专精特新小巨人企业，如今不是了",
        "去年评为专精特新小巨人企业，今年称号被收回",
        "专精特新小巨人企业，证书早已失效",
    ],
)
def test_a_title_that_is_over_is_not_held(holds: Holds, told: str) -> None:
    holds(f"{FIRM}，{told}。", "!recognition=小巨人 -recognition.level -recognition.time -recognition=小巨人")


@pytest.mark.parametrize(
    "told",
    [
        "专精特新小巨人企业，有效期到2028年",
        "专精特新小巨人企业2025年到期，当年复审通过",
        "以前就是专精特新小巨人企业，现在仍是",
        "专精特新小巨人企业，没有被取消过",
        "专精特新小巨人企业，今年取消了夜班",
        "专精特新小巨人企业，有效期为2024年至2027年",
        "2025年评上专精特新小巨人企业，有效期3年",
        "是专精特新小巨人企业，原来的高新技术企业证书2023年到期了",
    ],
)
def test_a_title_that_goes_on_is_held(holds: Holds, told: str) -> None:
    holds(f"{FIRM}，{told}。", "recognition=小巨人 -!recognition=小巨人")


@pytest.mark.parametrize("told", ["曾获评专精特新小巨人企业", "专精特新小巨人企业今年到期"])
def test_of_a_title_that_may_be_over_nothing_is_known_and_it_is_said(read: Read, told: str) -> None:
    facts = read(f"{FIRM}，{told}。")
    assert not [fact for fact in facts.facts if "小巨人" in fact.words]
    assert "小巨人" in facts.doubted
    assert any(told in sentence and "仍然有效" in sentence for sentence in facts.contradictions)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("我从前是鄂尔多斯市D类人才，去年认定被撤销", "!talent_class@鄂尔多斯市=D -talent_class@鄂尔多斯市=D"),
        ("我是鄂尔多斯市D类人才，认定没有被撤销", "talent_class@鄂尔多斯市=D"),
        ("我之前是一家高新技术企业的总工程师，今年引进到伊旗一家商贸公司", "arrival=引进 -recognition -job"),
        ("我是一家高新技术企业的总工程师，今年引进到伊旗", "arrival=引进 recognition=高新技术企业"),
        ("我以前是伊旗全职引进的硕士，后来离职回了上海", "degree=硕士 -arrival -status=全职"),
    ],
)
def test_what_a_person_was_is_no_more(holds: Holds, told: str, expected: str) -> None:
    holds(f"{told}。", expected)


def test_an_english_certificate_ends_too(holds: Holds) -> None:
    firm = "We are a manufacturer in Ejin Horo Banner."
    holds(f"{firm} Our high-tech enterprise certificate lapsed in 2022.", "!recognition=高新技术企业")
    holds(f"{firm} Our high-tech enterprise certificate is valid until 2028.", "recognition=高新技术企业")
