from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds, Read


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "她是伊旗全职引进的硕士，签了4年合同。我是她的高中同学，现在失业。",
            "status=失业 -arrival -degree=硕士 -contract_years",
        ),
        ("听说隔壁小李是硕士，被全职引进到伊旗企业，我也想来。我是大专毕业。", "degree=大专 -arrival"),
        (
            "我女儿是硕士，今年被伊旗一家光伏企业全职引进，我71岁。",
            "age=71岁 relation=子女 -arrival -degree -employer_kind",
        ),
        ("我是伊旗全职引进的硕士。他是我同事。", "arrival=全职引进 degree=硕士"),
        ("我老公和我都是硕士，今年被伊旗一家光伏企业全职引进。", "arrival=全职引进 degree=硕士"),
        ("我爱人是教师，我被伊旗一家光伏企业全职引进。", "arrival=全职引进"),
    ],
)
def test_what_is_told_of_somebody_else_is_not_the_askers(holds: Holds, told: str, expected: str) -> None:
    expected = expected.replace("relation=子女", "relative:relation=子女")
    holds(told, f"who=person {expected}")


def test_a_partner_has_the_title_and_not_the_firm(holds: Holds) -> None:
    holds("我们是伊旗的企业，合作高校有两位院士。", "-award -talent:award=院士")
    holds("我们是伊旗的企业，和合作高校一起引进了一位院士。", "talent:award=院士")


def test_the_contract_of_a_relative_who_was_taken_on_is_theirs_and_it_is_said(read: Read) -> None:
    told = "我老婆是硕士，今年被伊旗一家企业全职引进，签了6年合同，市里认定为E类人才。我大专，待业。"
    facts = read(told)
    own = {fact.attribute for fact in facts.facts if fact.about == "asker" and not fact.denied}
    assert {"degree", "place", "status"} <= own
    assert not own & {"contract_years", "talent_class", "arrival"}
    spouse = {word for fact in facts.of("relative_status") for word in fact.words}
    assert "失业" in spouse
    assert "全职" not in spouse
    assert any("亲属" in sentence for sentence in facts.contradictions)


def test_ones_own_contract_behind_a_relative_is_ones_own(read: Read) -> None:
    facts = read("我老婆是老师，我今年全职引进到伊旗，签了6年合同。")
    assert {fact.about for fact in facts.of("contract_years")} == {"asker"}
    assert not facts.contradictions
