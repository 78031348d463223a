"""Somebody else's story gives no fact of the asker."""

from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds, Read


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("她是旗里柔性引进的教授，签了3年。我是她邻居，高中毕业。", "-title -contract_years -arrival degree=高中"),
        (
            "她是我表姐的同事，硕士，前年被全职引进到伊旗，签了4年。我大专毕业。",
            "-degree=硕士 -contract_years degree=大专",
        ),
        ("据说小赵是正高级工程师，被刚性引进到伊旗。我是电工。", "-title -arrival"),
        (
            "张博士今年全职引进到伊旗一家企业，签5年合同。我在他手下干活，大专。",
            "-arrival -contract_years -degree=博士",
        ),
        ("我师兄是博士。前年全职引进到伊旗企业，签了5年。我只有本科。", "-arrival -contract_years degree=本科"),
        ("我大专。有个人是博士，被全职引进到伊旗，签了6年。", "-arrival -contract_years degree=大专"),
        (
            "Somebody with a PhD was recruited full-time by a firm in Ordos. I have a bachelor's degree.",
            "-arrival degree=本科",
        ),
        ("She is a professor hired full-time from Beijing. I am her neighbour and have no job.", "-title -arrival"),
        # like cases that are the asker's own
        (
            "我老赵是正高级工程师，今年全职引进到伊旗企业，签5年合同。",
            "title=正高级 arrival=全职引进 contract_years=5年",
        ),
        ("本人李博士，全职引进到伊旗企业，签5年合同。", "degree=博士 arrival=全职引进"),
        (
            "我是博士，去年全职引进到伊旗企业。签了5年合同，社保在旗里。",
            "degree=博士 arrival=全职引进 contract_years=5年",
        ),
        (
            "我是硕士，同学推荐我来的，全职引进到伊旗企业，签4年合同。",
            "degree=硕士 arrival=全职引进 contract_years=4年",
        ),
        ("我们公司今年全职引进了一位博士，他签了5年合同。", "talent:degree=博士 talent:contract_years=5年"),
        ("他们给我签了5年合同，我是全职引进到伊旗企业的硕士。", "contract_years=5年 arrival=全职引进"),
    ],
)
def test_whose_facts_they_are(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


def test_words_that_may_be_anybodys_are_quoted(read: Read) -> None:
    facts = read("本人本科，31岁。我邻居老王也在这里。全职引进，签了5年合同。")
    assert not facts.of("arrival")
    assert any("全职引进，签了5年合同" in said for said in facts.contradictions)
