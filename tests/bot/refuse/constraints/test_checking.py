"""Each kind of constraint beside its answerable neighbour. The questions were written for this file and stand in no set."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.refuse.answerability import Searched
from bot.refuse.constraints.checking import check_constraints
from bot.refuse.constraints.deciding import counting, leads_with_hedge, refusal_of, unnamed, without_printed
from bot.refuse.constraints.documents import no_such_clause
from bot.refuse.constraints.sizes import check_sizes
from bot.refuse.constraints.types import Outcome
from bot.types import Reason

HOMES = "对全职引进的A类人才给予不低于300万元安家补贴"
POWER = "110KV：0.401元/度"
GAS = "第二档价格：2.47元/立方米"
WATER = "居民生活用水：4.05元/吨"
LAND = "参考价格：20-25万元/亩"
PATENTS = "对新获得授权的国际、国内发明专利"
FIRMS = "对再次获批或整体迁入伊金霍洛旗的国家高新技术企业给予20万元奖补"
BOARD = "对在上海证券交易所科创板上市的科技型企业"
LABS = "对自治区级重点实验室和工程研究中心"
SKILLS = "可按照初级（五级）不超过1000元"
HEADHUNTERS = "经认定的人力资源服务企业、猎头公司、社会组织等机构举荐并协助用人单位全职引进D类及以上人才"
HOUSING = "对企业全职引进的各类产业人才，分级分类给予最低5万元"
WEST = "《西部地区鼓励类产业目录》由发展改革委牵头制定"
EMERGING = "制定《战略性新兴产业目录》"
RESEARCH = "对研发投入占营业收入比例达到3%以上"
AGENCIES = "对上年度全国人力资源服务业排名前10名"
FLATS = "柔性引进到伊金霍洛旗工作的高层次人才可申请入住人才公寓"
HEADMASTERS = "对专家型、卓越型、骨干型校园长，分别给予最高15万元、12万元、10万元绩效奖励"
E_COMMERCE = "对实现跨境电商“1210”“9610”零售出口业务的跨境电商企业"
TURNOVER = "2022年底前，基本完成跨境电子商务综合试验区"
RESULTS = "根据技术合同到账金额或有关股权折算金额在200万元以上的"
RENT = "工作地在中心城区（即东胜区、康巴什区、伊金霍洛旗）的全职引进人才"
INTERNS = "市外高校院所受邀组织选派的在校大学生"
OUTPOSTS = "对首次认定的市级“人才飞地”，分别按孵化类200万元、研发类100万元给予一次性奖励"
HOSTEL = "为全日制本科及以上求职大学生和来本市探亲的高层次人才亲属"
LORRIES = "货车、挂车、专用作业车、轮式专用机械车车船税适用税额"
NEGATIVE_LIST = "2021年12月27日国家发展改革委、商务部发布的2021年版"
MANAGERS = "上年度我市营业收入5亿元（含）以上企业"
TRADE_MARKS = "对新获得“中国商标金奖”或新获得中国驰名商标保护认定的"
AEO = "对企业委托第三方机构申请AEO认证相关费用给予支持"
Search = Callable[..., Searched]


@pytest.mark.parametrize(
    ("text", "words", "fault", "named"),
    [
        ("旗里给F类人才多少安家补贴", HOMES, "grade.class", ("A类", "B类", "C类", "D类")),
        ("旗里举荐E类人才的猎头能拿多少荐才奖励", HEADHUNTERS, "grade.class", ("A类", "B类", "C类", "D类")),
        ("35千伏的工业电价一度多少", POWER, "step.voltage", ("小于1KV", "1-10KV", "110KV", "220千伏以上")),
        ("家里用气第五档多少钱", GAS, "step.ordinal", ("第一档", "第二档", "第三档")),
        ("家里用水第三档一吨多少钱", WATER, "step.ordinal", ()),
        ("商业用地一亩多少钱", LAND, "object.land", ("工业用地",)),
        ("外观设计专利授权旗里奖多少", PATENTS, "object.patents", ("发明专利",)),
        ("首次获批的国家高新技术企业旗里给多少奖补", FIRMS, "object.times", ("再次",)),
        ("柔性引进的A类人才旗里给多少安家补贴", HOMES, "recipient.presence", ("全职引进",)),
        ("A类人才旗里给多少租房补贴", HOMES, "object.purpose", ("安家补贴",)),
        ("主板上市自治区奖多少", BOARD, "object.stock_boards", ("科创板",)),
        ("市级重点实验室市里每年补多少", LABS, "level.rank", ("自治区级",)),
        ("高级技师能领多少技能提升补贴", SKILLS, "grade.skills", ("初级工", "中级工", "高级工")),
        ("准格尔旗对再次获批的高企奖多少", FIRMS, "place", ()),
        ("What does Baotou pay for a re-certified high-tech enterprise?", FIRMS, "place", ()),
        ("《伊金霍洛旗工业振兴十条》怎么奖高企", FIRMS, "document.unknown", ()),
        ("《鼓励外商投资产业目录》里有哪些氢能条目", WEST, "document.only_named", ()),
        ("西部鼓励类目录里都有哪些产业", WEST, "document.list", ()),
        ("Which trades are in the catalogue?", WEST, "document.list", ()),
        ("申请购房补贴要交哪些材料", HOUSING, "attribute.materials", ()),
        ("购房补贴几月份开始申报", HOUSING, "attribute.window", ()),
        ("人才公寓的物业费一个月多少", FLATS, "object.fee", ()),
        ("买工业机器人旗里补贴多少", FIRMS, "object.given_for", ()),
        ("研发投入占营收1%的企业市里奖多少", RESEARCH, "size", None),
        ("排名第300名的人力资源企业设区域总部市里奖多少", AGENCIES, "size", ("前10名", "前50名", "前100名")),
        ("技术合同到账90万，奖给学校百分之几", RESULTS, "size", ("有关股权折算金额在200万元以上",)),
        ("成长型校园长绩效奖励多少", HEADMASTERS, "object.listed", ("专家型", "卓越型", "骨干型")),
        ("农用车的车船税减多少", LORRIES, "object.listed", ()),
        ("走0110申报的物流费补不补", E_COMMERCE, "object.code", ("1210", "9610")),
        ("跨境电商2023年的交易规模是多少", TURNOVER, "year", ("2022年",)),
        ("通辽市首次认定的研发类人才飞地，市里一次性奖多少", OUTPOSTS, "place", ()),
        ("我在呼和浩特上班，租房补贴一个月多少", RENT, "place", ()),
        ("本地高校的学生统一去实习，一个月补多少", INTERNS, "recipient.origins", ("外地",)),
        ("二本毕业的本科生租房补贴多少", RENT, "grade.schools", ()),
        ("Our lab is a municipal-level one. How much a year?", LABS, "level.rank", ("自治区级",)),
        ("人才驿站最多能住几晚", HOSTEL, "measure.days", ()),
        ("委托机构做AEO认证，费用报百分之几", AEO, "measure.share", ()),
        ("自治区级的“人才飞地”第一次认定，研发类能奖多少", OUTPOSTS, "level.rank", ("市级",)),
        ("國家級的「人才飛地」認定後，市裡獎多少", OUTPOSTS, "level.rank", ("市级",)),
        ("市级“人才飞地”入驻企业数要达到多少", OUTPOSTS, "attribute.tenants", ()),
        ("What does farm power cost at 110 kV?", POWER, "step.voltage", ("不满1千伏", "1-10千伏")),
        ("负面清单2025年版从哪天开始施行", NEGATIVE_LIST, "year.edition", ("2024年版", "2021年版")),
        ("研发投入8000万元落在哪一档", RESEARCH, "attribute.tiers", ()),
        ("限价房的申请步骤是什么", HOUSING, "attribute.procedure", ()),
        ("干了两年就走，补贴要退吗", HOUSING, "attribute.recovery", ()),
        ("Is there a tax holiday for lorries?", HOUSING, "attribute.tax_holiday", ()),
        ("我们新评上“中华老字号”，旗里奖多少钱", FIRMS, "object.honour", ()),
        ("购房补贴去税务局怎么领", HOUSING, "object.elsewhere", ()),
        (
            "上年度营业收入1亿元的企业，经理能评哪一类人才",
            MANAGERS,
            "size.of_all",
            ("上年度我市营业收入5亿元（含）以上",),
        ),
    ],
)
def test_what_is_not_printed_is_named_with_what_is(
    search: Search, text: str, words: str, fault: str, named: tuple[str, ...] | None
) -> None:
    unmet = {check.fault: check for check in counting(check_constraints(search(text, words)))}
    if named is None:
        # "3%以上或5000万元以上": the other condition may be met, so nothing is said.
        assert "size" not in unmet
        return
    assert fault in unmet
    if named:
        assert unmet[fault].printed == named


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("旗里给C类人才多少安家补贴", HOMES),
        ("旗里举荐B类人才的猎头能拿多少荐才奖励", HEADHUNTERS),
        ("110千伏的工业电价一度多少", POWER),
        ("10千伏的工业电价一度多少", POWER),
        ("330千伏的工业电价一度多少", POWER),
        ("家里用气第二档多少钱", GAS),
        ("工业用地一亩多少钱", LAND),
        ("发明专利授权旗里奖多少", PATENTS),
        ("科创板上市自治区奖多少", BOARD),
        ("自治区级重点实验室市里每年补多少", LABS),
        ("四级工能领多少技能提升补贴", SKILLS),
        ("战略性新兴产业目录里都有哪些行业", EMERGING),
        ("排名第40名的人力资源企业设区域总部市里奖多少", AGENCIES),
        ("我们在东胜区，旗里对再次获批的高企奖多少", FIRMS),
        ("我在光伏厂上班，购房补贴最高多少", HOUSING),
        ("我是教师，旗里给C类人才多少安家补贴", HOMES),
        ("技术合同到账300万，奖给学校百分之几", RESULTS),
        ("卓越型校园长绩效奖励多少", HEADMASTERS),
        ("挂车的车船税减多少", LORRIES),
        ("走9610申报的物流费补不补", E_COMMERCE),
        ("市级的“人才飞地”首次认定，研发类能奖多少", OUTPOSTS),
        ("What does factory power cost at 110 kV?", POWER),
        ("2021年版负面清单还有效吗", NEGATIVE_LIST),
        ("上年度营业收入8亿元的企业，经理能评哪一类人才", MANAGERS),
        ("产业人才的购房补贴最低多少", HOUSING),
        ("我在税务局干过，产业人才的购房补贴最低多少", HOUSING),  # no noun of what is asked
        ("购房补贴到哪个彩票站领", HOUSING),  # printed nowhere: a word of the asker's own
        ("购房补贴从哪份文件里查", HOUSING),  # of any document
        ("新获得“中国驰名商标”，旗里奖多少钱", TRADE_MARKS),
        ("跨境电商2022年的交易规模是多少", TURNOVER),
        ("我从呼和浩特搬来东胜上班，租房补贴一个月多少", RENT),
        ("我现在在呼和浩特上班，想回来，租房补贴一个月多少", RENT),
        ("我们不是本地高校，是外地的，学生来实习一个月补多少", INTERNS),
        ("Ours is no municipal-level lab but an autonomous region level one. How much a year?", LABS),
    ],
)
def test_what_is_printed_is_left_alone(search: Search, text: str, words: str) -> None:
    checks = check_constraints(search(text, words))
    assert counting(checks) == ()
    assert refusal_of(checks) is None


def test_what_only_another_document_prints_is_named_and_the_answer_stays(search: Search) -> None:
    checks = check_constraints(search("购房补贴去税务局怎么领", HOUSING))
    assert [check.asked for check in counting(checks)] == ["税务局"]
    assert refusal_of(checks) is None
    assert not leads_with_hedge(checks)


def test_of_several_classes_the_printed_one_is_answered(search: Search) -> None:
    checks = check_constraints(search("旗里给D类和E类人才多少安家补贴", HOMES))
    assert [(check.asked, check.outcome) for check in checks.checks] == [
        ("D类", Outcome.BORNE_OUT),
        ("E类", Outcome.CONTRADICTED),
    ]
    assert refusal_of(checks) is None
    assert not leads_with_hedge(checks)


def test_a_class_printed_further_down_is_no_gap(search: Search) -> None:
    searched = search("旗里D类人才补贴多少", "由旗外新引进急需紧缺E、F类人才稳定工作满3年", HOMES)
    assert refusal_of(check_constraints(searched)) is None


@pytest.mark.parametrize(
    ("text", "words", "reason"),
    [
        ("旗里给F类人才多少安家补贴", HOMES, Reason.NOT_STATED),
        ("66千伏的工业电价一度多少", POWER, Reason.NOT_STATED),
        ("准格尔旗对再次获批的高企奖多少", FIRMS, Reason.OTHER_PLACE),
        ("外观设计专利授权旗里奖多少", PATENTS, Reason.NOT_STATED),
        ("申请购房补贴要交哪些材料", HOUSING, Reason.NOT_STATED),
        ("购房补贴最低多少，申请要交哪些材料", HOUSING, None),
        ("买工业机器人旗里补贴多少", FIRMS, None),
        ("高中毕业的能领多少购房补贴", HOUSING, None),
    ],
)
def test_what_is_asked_by_itself_refuses_and_what_is_asked_beside_is_named(
    search: Search, text: str, words: str, reason: Reason | None
) -> None:
    refusal = refusal_of(check_constraints(search(text, words)))
    assert (refusal.reason if refusal else None) == reason


def test_nothing_found_has_nothing_to_check(search: Search) -> None:
    assert check_constraints(search("旗里给F类人才多少安家补贴")).checks == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [("我是F类人才，旗里给安家补贴吗", HOMES), ("技术合同到账90万，自治区奖不奖学校，能拿吗", RESULTS)],
)
def test_whether_a_class_or_so_much_may_have_it_is_no_gap(search: Search, text: str, words: str) -> None:
    checks = check_constraints(search(text, words))
    assert [check.outcome for check in counting(checks)] == [Outcome.CONTRADICTED]
    assert refusal_of(checks) is None
    assert not leads_with_hedge(checks)


@pytest.mark.parametrize(
    ("asked", "borne_out"),
    [
        ("事业单位直接费用1200万，间接费最高多少", "1000万元以上部分最高可提高到20%"),
        ("事业单位直接费用8000万元，间接费用最高提高到多少", "1000万元以上部分最高可提高到20%"),
    ],
)
def test_a_number_above_the_last_bound_is_inside_an_open_last_step(search: Search, asked: str, borne_out: str) -> None:
    sizes = [one for one in check_sizes(search(asked, borne_out)) if one.outcome is Outcome.CONTRADICTED]
    assert not sizes


def test_of_which_water_a_part_is_asked_is_no_reclaimed_water(search: Search) -> None:
    assert not counting(check_constraints(search("居民用水一吨，其中水资源费多少", WATER)))


def test_what_a_later_sentence_prints_after_all_is_not_missing(search: Search) -> None:
    checks = check_constraints(search("买工业机器人旗里补贴多少", FIRMS))
    (missing,) = counting(checks)
    assert counting(without_printed(checks, ["购置工业机器人的，给予补贴。"])) == ()
    assert counting(without_printed(checks, ["购置机床的，给予补贴。"])) == (missing,)
    assert counting(unnamed(checks, [f"{missing.asked}的补贴"])) == ()


def test_an_article_of_a_document_only_named_is_refused_with_its_name(search: Search) -> None:
    found = search("鄂党发〔2021〕22号文第三条具体写了什么", HOMES)
    refusal = no_such_clause(found.reading, found.printed, found.places)
    assert [(check.asked, check.fault) for check in refusal.checks] == [("2021年22号", "document.only_named")]


@pytest.mark.parametrize(("text", "is_named"), [("高质量发展政策现在还有效吗", True), ("人才公寓政策还有效吗", False)])
def test_a_policy_called_by_part_of_several_titles_is_held_by_that_name_nowhere(
    search: Search, text: str, *, is_named: bool
) -> None:
    called = [check for check in check_constraints(search(text, HOMES)).unmet if check.fault == "document.called"]
    assert [len(check.printed) > 1 for check in called] == ([True] if is_named else [])
