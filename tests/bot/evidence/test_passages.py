"""What of a clause may be said by itself: items never without their lead-in, answers never as their question."""

import pytest

from bot.evidence.passages import passages_of, says_verdict, without_question_mark

BARRED = "第二条 下列项目不得申请补贴：\n（一）露天堆场；\n（二）停产的仓库。\n申请人弄虚作假的，五年内不得再次申请。"


def said(text: str) -> list[str]:
    """Every passage as it would be said, its lead-in in front."""
    return [
        ((one.lead.of(text) if one.lead else "") + one.span.of(text)).replace("\n", "").strip()
        for one in passages_of(text)
    ]


def test_an_item_carries_its_lead_in() -> None:
    assert said(BARRED)[1:] == [
        "第二条 下列项目不得申请补贴：（一）露天堆场；",
        "第二条 下列项目不得申请补贴：（二）停产的仓库。",
        "申请人弄虚作假的，五年内不得再次申请。",
    ]


def test_a_lead_in_knows_all_of_its_items() -> None:
    lead = passages_of(BARRED)[0]

    assert lead.whole is not None
    assert lead.whole.of(BARRED).strip().endswith("（二）停产的仓库。")


@pytest.mark.parametrize(
    "text",
    [
        "不得申请：露天堆场；停产的仓库；违法建筑。其他项目可以申请。",
        "不得申请：（1）露天堆场；（2）停产的仓库；（3）违法建筑。\n办理时限：5个工作日",
    ],
)
def test_a_list_in_one_line_has_its_lead_in_too(text: str) -> None:
    made = said(text)

    assert all(one.startswith("不得申请：") for one in made[:3])
    assert not made[3].startswith("不得申请：")


def test_each_part_with_a_colon_of_its_own_stands_alone() -> None:
    assert said("首层：每月28元；二层：每月20元。") == ["首层：每月28元；", "二层：每月20元。"]


def test_a_line_that_ends_with_a_colon_goes_with_the_next() -> None:
    text = "线下办理：\n携带材料到县政务服务中心窗口办理。当场受理。\n线上办理：\n登录县政务服务网办理。"
    first, *items, second, last = passages_of(text)

    assert first.whole is not None
    assert first.whole.of(text).strip().endswith("当场受理。")
    assert [one.lead == first.span for one in items] == [True, True]
    assert last.lead == second.span


def test_a_question_is_no_passage_and_a_bare_verdict_takes_the_next_sentence_along() -> None:
    text = "3.露天堆场能申请吗？\n答：不能。露天堆场不属于仓储设施。由县商务局认定。"
    first, second = passages_of(text)

    assert first.span.of(text) == "不能。露天堆场不属于仓储设施。"
    assert first.first
    assert first.asked is not None
    assert without_question_mark(first.asked.of(text)) == "露天堆场能申请吗"
    assert second.span.of(text) == "由县商务局认定。"


def test_a_short_verdict_alone_is_kept() -> None:
    text = "问：露天堆场能申请吗？\n答：不能。"

    assert said(text) == ["不能。"]


def test_where_there_is_nothing_but_questions_they_stay() -> None:
    assert said("什么是仓储？谁来管？") == ["什么是仓储？", "谁来管？"]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("不能。只能用于培训。", True),
        ("可以，须缴纳满6个月。", True),
        ("有。净地486亩。", True),
        ("不需要，当场办结。", True),
        ("能源企业，每年补助。", False),
        ("有关单位，应当配合。", False),
        ("每平方米20元。", False),
    ],
)
def test_verdicts(text: str, verdict: bool) -> None:
    assert says_verdict(text) is verdict


def test_a_list_that_answers_a_question_is_said_as_a_whole() -> None:
    text = "五、需要提交哪些材料？\n（一）申请表；\n（二）学历证书；\n（三）劳动合同。\n材料不退还。"
    first, second = passages_of(text)

    assert first.span.of(text).strip() == "（一）申请表；\n（二）学历证书；\n（三）劳动合同。"
    assert (first.lead, first.whole) == (None, None)
    assert second.span.of(text).strip() == "材料不退还。"


def test_a_step_carries_what_stands_before_the_first_one() -> None:
    assert said("对企业，年产值达到1亿元的，奖励11万元；达到5亿元的，奖励52万元；对其他单位，奖励3万元。") == [
        "对企业，年产值达到1亿元的，奖励11万元；",
        "对企业，年产值达到5亿元的，奖励52万元；",
        "对其他单位，奖励3万元。",
    ]


def test_a_step_may_open_with_what_is_counted() -> None:
    assert said("对年用气量100万立方米以上的企业，优惠12元的，照付；年用气量500万立方米以上的，优惠20元。")[1] == (
        "对年用气量500万立方米以上的，优惠20元。"
    )
