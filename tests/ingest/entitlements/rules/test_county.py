"""The rules on a corpus they were not written for: what its clauses grant and to whom, by reading them.

``GRANTED`` is everything that the four documents of the county grant: words of the grant and who gets it. Goals, the
government's own work, what is lost again and prices on the market (wages, freight) are none.
"""

from collections.abc import Sequence

import pytest

from ingest.entitlements.proposing import proposals
from ingest.entitlements.rules.proposer import RuleProposer
from ingest.entitlements.types import Attached
from ingest.entitlements.wording import Wording, squeezed
from ingest.types import Corpus

MOST_MISSED = 0.30  # of the clauses that grant
FEWEST_RIGHT = 0.90  # of the proposals, by who gets it

GRANTED: tuple[tuple[str, str], ...] = (
    # 关于支持县域特色产业集群发展的若干措施
    ("对评价为优秀的集群，再给予200万元奖励", "park"),
    ("省财政分别给予100万元、20万元奖励", "company"),
    ("对集群内首次认定的高新技术企业，省财政给予10万元奖励", "company"),
    ("对集群内企业设备投资500万元以上的技术改造项目，按照设备投资额的6%给予补助", "company"),
    ("新建或者扩建生产线且设备投资300万元以上的，按照设备投资额的10%给予补助", "company"),
    ("地理标志证明商标的申请单位，给予30万元奖励", "institution"),
    ("对主导或者参与制定国家标准、行业标准的企业，分别给予20万元、10万元奖励", "company"),
    ("担保费率不超过1%", "company"),
    ("省财政按照不超过1.5%的比例给予贴息", "company"),
    ("对年培训集群企业职工500人次以上的产业学院，每年给予60万元补助", "institution"),
    ("每个省级县域特色产业集群由省自然资源厅每年单列不少于100亩新增建设用地计划指标", "park"),
    ("集群内企业可以打捆参与电力市场化交易", "company"),
    # 云浦县引进急需紧缺人才若干措施
    ("按照下表执行，安家补贴分五年平均发放", "person"),
    ("正高级职称人才、博士研究生 30万元 每月3000元", "person"),
    ("副高级职称人才、硕士研究生 12万元 每月1500元", "person"),
    ("全日制本科毕业生（限目录内专业） 4万元 每月800元", "person"),
    ("高级技师 5万元 每月1000元", "person"),
    ("再按每平方米300元给予购房补贴", "person"),
    ("按照用人单位实际支付报酬的30%给予单位补助", "employer"),
    ("每年再给予2.4万元岗位补贴", "person"),
    ("每年岗位补贴为1.8万元", "person"),
    ("可以在县域内自主选择一所公办学校就读", "person"),
    ("就读县一中的，中考录取分数可以降低20分", "person"),
    ("按照对口原则安排工作", "person"),
    ("由县人力资源和社会保障局推荐就业岗位三次以上", "person"),
    ("享受县人民医院优先就诊服务，每年免费体检一次", "person"),
    ("评选“云浦工匠”10名，每名奖励2万元", "person"),
    ("评选“乡村振兴带头人”20名，每名奖励1万元", "person"),
    ("引进人才可以拎包入住，前三年免租金", "person"),
    # 云浦县投资要素价格和办事指南（2026年）
    ("县产业开发区工业用地出让起始价为12.8万元/亩", "company"),
    ("起始价按50年期的50%确定", "company"),
    ("钢结构厂房租金为每月9元/平方米", "company"),
    ("厂房出售价格为2180元/平方米", "company"),
    ("期间新签订租赁合同的企业，首年租金减半收取", "company"),
    ("自来水（含污水处理费） 居民 2.85", "household"),
    ("工业 3.40", "company"),
    ("商业及服务业 4.10", "company"),
    ("大工业10千伏 0.6612", "company"),
    ("大工业35千伏及以上 0.6322", "company"),
    ("一般工商业 0.7238", "company"),
    ("管道天然气 居民 2.92", "household"),
    ("工业 3.75", "company"),
    ("缴纳容（需）量电费", "company"),
    ("工业蒸汽价格为每吨218元", "company"),
    ("处置费每吨160元", "company"),
    ("园区企业可以申请“云商贷”，单户最高500万元", "company"),
    ("由县教育局按照就近原则安排到公办学校就读", "person"),
    # 云浦县招商引资优惠办法
    ("按照土地出让价款县级留成部分的40%给予基础设施配套补助", "company"),
    ("前三年租金全免，后两年租金减半收取", "company"),
    ("企业购买标准厂房的，按照购房款的10%给予补助", "company"),
    ("免缴城市基础设施配套费", "company"),
    ("按照实际设备投资额给予一次性奖励", "company"),
    ("1000万元（含）至5000万元 3%", "company"),
    ("5000万元（含）至2亿元 5%", "company"),
    ("2亿元（含）以上 7%", "company"),
    ("前三年按照其形成的县级财政贡献的60%给予奖励", "company"),
    ("第四年、第五年按照30%给予奖励", "company"),
    ("按照实际运费的15%给予物流补贴", "company"),
    ("给予一次性落户奖励100万元", "company"),
    ("给予一次性落户奖励400万元", "company"),
    ("实行“一事一议”，由县人民政府与投资者另行签订投资协议", "company"),
    ("按照每人1000元给予企业用工补贴", "employer"),
    ("补贴标准提高到每人1500元", "employer"),
    ("对首次认定的高新技术企业，县财政给予15万元奖励", "company"),
    ("对重新认定的，给予5万元奖励", "company"),
    ("县财政分别给予50万元、10万元奖励", "company"),
    ("首次公开发行股票并上市的，给予800万元奖励", "company"),
    ("在全国中小企业股份转让系统挂牌的，给予100万元奖励", "company"),
    ("在湖南股权交易所挂牌的，给予10万元奖励", "company"),
    ("分别给予100万元、30万元奖励", "company"),
    ("参加境外展会的，按照展位费的50%给予补贴", "company"),
    ("自营出口实绩首次超过100万美元的企业，给予10万元奖励", "company"),
    ("免费帮办代办全部手续", "company"),
    ("由县教育局优先安排到公办学校就读", "person"),
    ("给予每套2万元购房补贴", "person"),
    ("千分之三给予引荐奖励", "intermediary"),
)


@pytest.fixture(scope="module")
def proposed(county: Corpus) -> list[Attached]:
    return list(proposals(RuleProposer(), county.documents, county.clauses))


@pytest.fixture(scope="module")
def granting(county: Corpus) -> dict[str, list[tuple[str, str]]]:
    """What was read, by the clause it stands in."""
    wording = Wording(county.documents, list(county.clauses))
    found: dict[str, list[tuple[str, str]]] = {}
    for words, who in GRANTED:
        (place,) = wording.places(words)
        found.setdefault(place.clause, []).append((squeezed(words), who))
    return found


def test_most_granting_clauses_are_proposed(
    granting: dict[str, list[tuple[str, str]]], proposed: Sequence[Attached]
) -> None:
    reached = {clause for item in proposed for clause in item.clauses}
    missed = sorted(granting.keys() - reached)
    assert len(granting) == 56
    assert len(missed) <= MOST_MISSED * len(granting), missed


def test_who_gets_it_is_right_for_nearly_all(
    granting: dict[str, list[tuple[str, str]]], proposed: Sequence[Attached]
) -> None:
    """Every proposal is judged, also one that nothing read answers to: that is wrong, whoever it names."""
    wrong = [
        f"{item.record.recipient.who}: {item.record.spans[-1]}"
        for item in proposed
        if item.record.recipient.who not in read_for(item, granting)
    ]
    assert len(proposed) >= 50
    assert len(wrong) <= (1 - FEWEST_RIGHT) * len(proposed), wrong


def read_for(item: Attached, granting: dict[str, list[tuple[str, str]]]) -> set[str]:
    """Who gets what was read in the words of a proposal."""
    spans = [squeezed(span) for span in item.record.spans]
    read = [grant for clause in item.clauses for grant in granting.get(clause, [])]
    return {who for words, who in read if any(words in span or span in words for span in spans)}


def test_nobody_stands_for_a_proposal_and_its_words_stand_in_their_clause(
    county: Corpus, proposed: Sequence[Attached]
) -> None:
    assert {item.record.review.proposed_by for item in proposed} == {"rules"}
    assert not any(item.accepted for item in proposed)
    for item in proposed:
        for place, span in zip(item.places, item.record.spans, strict=True):
            assert squeezed(place.span.of(county.clause_by_id[place.clause].text)) == squeezed(span)


def test_a_fund_is_nobody_s_amount(proposed: Sequence[Attached]) -> None:
    assert not any("3亿元" in row.figure for item in proposed for row in item.record.amounts)


def test_the_same_corpus_gives_the_same_proposals(county: Corpus, proposed: Sequence[Attached]) -> None:
    assert [item.record for item in proposals(RuleProposer(), county.documents, county.clauses)] == [
        item.record for item in proposed
    ]
    assert len({item.key for item in proposed}) == len(proposed)
