"""What kind of answer a question asks for: lines as people write them, and all that each of them asks."""

from __future__ import annotations

import pytest

from index.text.question_types import QuestionType, question_types


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("全职引进的a类人才，市里给多少安家补贴？", {QuestionType.AMOUNT}),
        ("奖励由谁负责兑现", {QuestionType.OFFICE}),
        ("高新技术企业认定要什么条件", {QuestionType.WHO}),
        ("我们公司怎么申请研发补助，要哪些材料？", {QuestionType.HOW, QuestionType.LIST, QuestionType.SCENARIO}),
        (
            "税率优惠还能享受吗，执行到哪一年？",
            {QuestionType.VALIDITY, QuestionType.WHEN, QuestionType.AMOUNT, QuestionType.YES_NO},
        ),
        ("这个在哪儿申请，几天能批", {QuestionType.HOW, QuestionType.WHEN}),
        ("市里给过了，县里能再拿吗", {QuestionType.OVERLAP, QuestionType.YES_NO}),
        ("“揭榜挂帅”是什么意思", {QuestionType.DEFINITION}),
        ("市里和旗里的奖励有什么区别", {QuestionType.COMPARISON, QuestionType.LIST}),
        ("安家补贴和租房补贴能不能都领", {QuestionType.OVERLAP, QuestionType.YES_NO}),
        ("投资促进局电话是多少", {QuestionType.CONTACT, QuestionType.AMOUNT}),
        ("租房补贴最长领几年", {QuestionType.WHEN}),
        (
            "how much does the city pay, and until when?",
            {QuestionType.AMOUNT, QuestionType.WHEN, QuestionType.VALIDITY},
        ),
        ("which department is in charge?", {QuestionType.OFFICE, QuestionType.LIST}),
        ("高新技术企业", set()),
        ("", set()),
    ],
)
def test_kinds(text: str, kinds: set[QuestionType]) -> None:
    assert question_types(text) == kinds


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("博士能拿到补贴", QuestionType.VALIDITY),  # 能 without 还
        ("注册地址在旗里的企业", QuestionType.CONTACT),
        ("部门预算编制", QuestionType.OFFICE),
        ("our tower is tall", QuestionType.WHO),
        ("mobile games", QuestionType.SCENARIO),  # my inside another word
        ("island development", QuestionType.YES_NO),
    ],
)
def test_what_only_looks_like_it(text: str, kind: QuestionType) -> None:
    assert kind not in question_types(text)


AMOUNT, WHEN, OFFICE, CLASS = QuestionType.AMOUNT, QuestionType.WHEN, QuestionType.OFFICE, QuestionType.CLASS
TOLD_OF_CLAUSES = frozenset({AMOUNT, WHEN, OFFICE, CLASS})


@pytest.mark.parametrize(
    ("question", "types"),
    [
        ("高企首次认定奖多少钱", {AMOUNT}),
        ("企业所得税减按什么税率", {AMOUNT}),
        ("奖金几万", {AMOUNT}),
        ("病殘津貼從什麼時候開始發", {WHEN}),
        ("负面清单由谁负责解释", {OFFICE}),
        ("全国技术能手在市里的目录算第几类", {CLASS}),
        ("首次认定的高企奖多少，归哪个部门管", {AMOUNT, OFFICE}),
        ("How much is the relocation allowance, and until when?", {AMOUNT, WHEN}),
        ("Which department handles complaints?", {OFFICE}),
        ("Who interprets the negative list, and when does it take effect?", {OFFICE, WHEN}),
        ("Which talent class am I in?", {CLASS}),
        ("外籍员工的子女怎么入学", set()),
        ("", set()),
    ],
)
def test_what_search_weighs_of_a_question(question: str, types: set[QuestionType]) -> None:
    assert question_types(question) & TOLD_OF_CLAUSES == types


@pytest.mark.parametrize(
    ("question", "type_"),
    [
        ("这项补贴还能领吗", QuestionType.VALIDITY),
        ("奖励到哪年截止", QuestionType.VALIDITY),
        ("市里和旗里的能叠加吗", QuestionType.OVERLAP),
        ("咨询电话是多少？", QuestionType.CONTACT),
        ("怎么申请，要什么材料", QuestionType.HOW),
        ("什么是专精特新企业", QuestionType.DEFINITION),
        ("A类和B类有什么区别", QuestionType.COMPARISON),
        ("我们是一家外资企业", QuestionType.SCENARIO),
        ("哪些人可以享受", QuestionType.WHO),
        ("是否要缴税", QuestionType.YES_NO),
    ],
)
def test_types_beside_those(question: str, type_: QuestionType) -> None:
    assert type_ in question_types(question)
