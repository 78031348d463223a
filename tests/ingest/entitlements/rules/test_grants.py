"""Where a clause grants, by real lines; what only sounds like it grants nothing."""

from collections.abc import Callable

import pytest

from ingest.entitlements.rules.grants import Grant, pieces
from ingest.vocabulary.grants import grant_words

Grants = Callable[[str], list[Grant]]


def said(grants: list[Grant]) -> list[str]:
    return [grant.words.of(grant.clause.text) for grant in grants]


def test_each_semicolon_grants_by_itself(grants_of: Grants) -> None:
    line = "对首次认定的高新技术企业，县财政给予15万元奖励；对重新认定的，给予5万元奖励。"
    assert said(grants_of(line)) == ["对首次认定的高新技术企业，县财政给予15万元奖励", "对重新认定的，给予5万元奖励"]


def test_one_sentence_may_give_twice_and_share_its_conditions(grants_of: Grants) -> None:
    line = (
        "旗级医疗卫生单位新获评自治区级、市级医学重点领先学科的，分别给予学科带头人5万元、3万元一次性奖励，"
        "分别给予所在单位20万元、10万元一次性奖励。"
    )
    first, second = grants_of(line)
    assert second.words.of(second.clause.text) == "分别给予所在单位20万元、10万元一次性奖励"
    assert second.heads[-1].of(second.clause.text) == first.heads[0].of(first.clause.text)


def test_with_a_phrase_of_its_own_the_second_shares_nothing(grants_of: Grants) -> None:
    line = "对连续两年入库的国家科技型中小企业给予5万元奖补，对再次获批和整体迁入我市的国家高新技术企业给予20万元奖补。"
    assert [grant.heads[0].of(grant.clause.text) for grant in grants_of(line)] == [
        "对连续两年入库的国家科技型中小企业",
        "对再次获批和整体迁入我市的国家高新技术企业",
    ]
    assert all(len(grant.heads) == 1 for grant in grants_of(line))


@pytest.mark.parametrize(
    "line",
    [
        "企业购买标准厂房的，按照购房款的10%给予补助，最高200万元。",
        "社会引荐人引进县外投资项目的，按照实际到位固定资产投资的千分之三给予引荐奖励。",
        "企业自建厂房三层以上的，超出部分的建筑面积免缴城市基础设施配套费。",
        "评选“云浦工匠”10名，每名奖励2万元。",
        "其中招用脱贫劳动力的，补贴标准提高到每人1500元。",
        "引进人才的子女就读义务教育阶段学校的，可以自主选择一所公办学校就读。",
        "园区企业可以申请“云商贷”，单户最高500万元。",
        "按照其当年新增担保责任金额的1%进行风险补偿。",
        "对运输鲜活农产品的新能源配送车辆，给予优先通行权。",
    ],
)
def test_money_relief_and_rights_are_granted(grants_of: Grants, line: str) -> None:
    assert len(grants_of(line)) == 1


@pytest.mark.parametrize(
    "line",
    [
        "县产业发展基金规模3亿元，单个项目投资不超过3000万元。",
        "到2027年，全省认定省级县域特色产业集群100个，力争给予奖励500万元。",
        "未满服务期主动离职的，应当全额退还已经领取的安家补贴5万元。",
        "绩效评价不合格的，第三年不再给予240万元奖励。",
        "县财政局对下达的资金实行专账管理，收到资金后20个工作日内拨付到企业。",
        "同一企业同一年度享受本政策奖励总额不超过1500万元。",
        "研究补贴退坡后的支持政策。",
    ],
)
def test_funds_goals_losses_and_limits_grant_nothing(grants_of: Grants, line: str) -> None:
    assert grants_of(line) == []


def test_pieces_leave_label_and_end_sign_out() -> None:
    text = "（二）购房优惠。引进人才购房的，给予补贴；最高5万元。"
    assert [piece.of(text) for piece, _ in pieces(text)] == ["购房优惠", "引进人才购房的，给予补贴", "最高5万元"]
    assert [sentence.of(text) for _, sentence in pieces(text)][-1] == "引进人才购房的，给予补贴；最高5万元"


def test_no_place_is_a_word_of_the_rules() -> None:
    shown = grant_words().model_dump_json()
    assert all(place not in shown for place in ("内蒙古", "鄂尔多斯", "伊金霍洛", "湖南", "云浦", "北京"))
