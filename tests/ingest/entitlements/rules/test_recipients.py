"""Who gets it, by real lines: the traps are where one noun stands and another one is paid."""

from collections.abc import Callable

import pytest

from ingest.entitlements.rules.grants import Grant
from ingest.entitlements.rules.recipients import recipient
from ingest.entitlements.types import Recipient
from ingest.types import Span

Grants = Callable[[str], list[Grant]]


def who(grants: list[Grant]) -> list[str | None]:
    found: list[str | None] = []
    inherited: Recipient | None = None
    for grant in grants:
        got = recipient(grant, inherited, Span(0, grant.sentence.start))
        found.append(got.who if got else None)
        inherited = got
    return found


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("对首次认定的高新技术企业，县财政给予15万元奖励；对重新认定的，给予5万元奖励。", ["company", "company"]),
        ("对企业全职引进的各类产业人才，分级分类给予最低5万元，最高不超过40万元的购房补贴。", ["person"]),
        ("对全职引进A、B、C、D类人才的企事业单位，分别给予200万元、150万元、100万元、50万元人才培养资助。", ["employer"]),
        ("对引进优秀退休教师或退休医师的用人单位每年给予最高20万元引才补贴。", ["employer"]),
        ("刚性引进A、B、C类人才的，分别给予用人单位最高200万元、150万元、50万元引才资助。", ["employer"]),
        ("企业新招用本县户籍员工并缴纳社会保险满一年的，按照每人1000元给予企业用工补贴；其中招用脱贫劳动力的，补贴标准提高到每人1500元。", ["employer", "employer"]),
        ("用人单位柔性引进高层次人才，按照用人单位实际支付报酬的30%给予单位补助。", ["employer"]),
        ("经认定的人力资源服务企业、猎头公司等机构举荐并协助用人单位全职引进A、B类人才，分别给予50万元、40万元荐才奖励。", ["intermediary"]),
        ("社会引荐人引进县外投资项目的，按照实际到位固定资产投资的千分之三给予引荐奖励。", ["intermediary"]),
        ("对成功挂牌的国家级、自治区级人力资源产业园，另外给予产业园1000万元、500万元奖补经费。", ["park"]),
        ("对年培训集群企业职工500人次以上的产业学院，每年给予60万元补助。", ["institution"]),
        ("县人民医院引进的执业医师，具有主治医师以上职称的，每年再给予2.4万元岗位补贴。", ["person"]),
        ("引进人才凭“英才卡”享受县人民医院优先就诊服务。", ["person"]),
        ("企业高级管理人员的子女入学，由县教育局优先安排到公办学校就读；在县城购买首套住房的，给予每套2万元购房补贴。", ["person", "person"]),
        ("租用县产业开发区标准厂房，设备投资500万元以上且用工50人以上的企业，前三年租金全免。", ["company"]),
        ("全职引进到市直国有企事业单位工作的人才，可享受200万元年薪。", ["person"]),
        ("对新认定的省级县域特色产业集群，一次性给予所在县500万元补助。", [None]),
        ("对公立医院综合改革成效明显的市（地、州、盟）、县（市、区、旗），由省统筹给予奖励。", [None]),
        ("对促进外贸、外资稳定增长成效明显的省（区、市），给予补助。", [None]),
        ("对盟市、旗县（市、区）引进的人才，给予补贴。", ["person"]),
        ("对当年支持小微企业融资担保的融资担保公司，按照担保责任金额的1%给予补偿。", ["guarantor"]),
        ("旗级医疗卫生单位新获评医学重点学科的，分别给予学科带头人5万元奖励，分别给予所在单位20万元奖励。", ["person", "employer"]),
        ("对年开票销售首次突破10亿元的工业企业，奖励企业经营团队20万元。", ["person"]),
        ("人才创办（领办）企业用于创新创业活动的信用贷款按照实际贷款利率50%予以贴息。", ["company"]),
        ("本市行政事业单位工作人员、国有企业正式员工经所在单位同意，可在职攻读研究生。", ["person"]),
        ("对工作中急需的领军人才，符合国家统一规定的可推迟办理退休。", ["person"]),
        ("企业新引进人才租住市级人才公寓的，前两年免收租金。", ["person"]),
    ],
)  # fmt: skip
def test_the_one_who_is_paid_is_told_from_the_one_who_is_named(
    grants_of: Grants, line: str, expected: list[str | None]
) -> None:
    assert who(grants_of(line)) == expected


def test_the_words_that_say_so_stand_in_the_clause(grants_of: Grants) -> None:
    (grant,) = grants_of("对首次认定的高新技术企业，县财政给予15万元奖励。")
    assert recipient(grant, None, Span(0, 0)) == Recipient("company", "企业")
