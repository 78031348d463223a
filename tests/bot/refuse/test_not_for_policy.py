"""Advice, somebody's own case and other work, beside honest questions that sound alike. Written for this file."""

from __future__ import annotations

import pytest

from bot.refuse.not_for_policy import asks_advice, asks_personal, is_other_work


@pytest.mark.parametrize(
    "text",
    [
        "你说我该不该回来创业",
        "现在投储能值不值",
        "后年电价会涨到多少",
        "成功率有几成",
        "should we move to another county?",
        "建议我投哪个园区",
        "换成你会去哪家",
        "两个园区哪个更赚钱",
        "评上领军人才的几率大不大",
        "我这个项目能批下来吗",
        "which of the two would you recommend?",
    ],
)
def test_a_decision_or_prediction_is_advice(text: str) -> None:
    assert asks_advice(text)


@pytest.mark.parametrize(
    "text",
    [
        "两条路哪个划算",
        "我们够不够条件",
        "这个政策还延续吗",
        "安家补贴该找哪个部门",
        "会不会重复享受",
        "要几天能批下来",
        "推荐人才要什么条件",
        "单位推荐我申报d类人才要什么材料",
        "企业给政府提意见找谁",
        "哪个层次的奖励更高",
    ],
)
def test_a_question_on_conditions_is_no_advice(text: str) -> None:
    assert not asks_advice(text)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("我妈的病能鉴定成完全丧失劳动能力吗", True),
        ("我的申请进度到哪一步了", True),
        ("吃什么药好得快", True),
        ("完全丧失劳动能力由谁鉴定", False),
        ("申请多久能批下来", False),
    ],
)
def test_somebodys_own_case_is_not_judged(text: str, is_one: bool) -> None:
    assert asks_personal(text) is is_one


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("帮我写一封感谢信", True),
        ("甲乙两车几小时相遇", True),
        ("(12+8)×3等于多少", True),
        ("220", False),
        ("条文里写的是最高还是一次性", False),
        ("帮我列一下水电气价格", False),
        ("我们公司在写可研报告，用地怎么批", False),
    ],
)
def test_other_work_is_told_from_policy(text: str, is_one: bool) -> None:
    assert is_other_work(text) is is_one


@pytest.mark.parametrize(
    "text",
    [
        "有突出贡献的企业能拿多少奖励",
        "什么情况下会取消资格",
        "离职了补贴会取消吗",
        "怎么争取名额",
        "录取名单在哪看",
        "what is the phone number of the talent service centre?",
        "minimum registered capital of companies?",
        "which official is in charge of this?",
    ],
)
def test_an_honest_question_is_none_of_these(text: str) -> None:
    assert not asks_advice(text)
    assert not asks_personal(text)
    assert not is_other_work(text)


@pytest.mark.parametrize(
    ("text", "personal"),
    [
        ("招商部门负责人的手机号和家庭住址能告诉我吗", True),
        ("局长住在哪里", True),
        ("区长的私人电话是多少", True),
        ("企业负责人申报要填家庭住址吗", False),
        ("人才专员的联系电话是多少", False),
        ("项目负责人要满足什么条件", False),
    ],
)
def test_where_somebody_lives_is_personal(text: str, *, personal: bool) -> None:
    assert asks_personal(text) is personal
