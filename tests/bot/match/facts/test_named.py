from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds

FIRMS = [
    ("我们是伊旗一家民营煤制烯烃企业，规模以上", "industry=现代煤化工 ownership=民营 size=规模以上"),
    ("我们做液压支架配件，规上", "industry=矿用装备 industry=装备制造 size=规模以上"),
    ("一家做矿山智能化软件的民营公司", "industry=软件 industry=矿山智能化软件 ownership=民营"),
    ("储能电池企业，民营", "industry=储能 industry=新能源"),
    ("空港物流园区注册的民营货运公司", "industry=道路货运 -industry=新能源"),
    ("我们是羊绒制品出口企业", "industry=羊绒 industry=外贸"),
    ("牛羊肉深加工企业，民营，75人", "industry=农畜产品加工 industry=制造业"),
    ("我公司给超市配送蔬菜，是物流企业", "industry=物流 -industry=零售"),
    ("We make polysilicon, privately owned", "industry=多晶硅 ownership=民营"),
    ("国有控股的数据中心运营公司", "industry=数据中心 ownership=国有"),
    ("我们是外商独资企业，做生物医药", "ownership=外资 industry=生物医药"),
    ("訂房平台說我沒有「涉外資質」，我開了一家酒店", "-ownership -!ownership industry=住宿"),
    ("我们公司是小微企业，一般纳税人", "size=小微 size=中小微 size=一般纳税人"),
    ("也没进科技型中小企业库，我们是企业", "-size -!size"),
    ("我们公司没参与六类市场化并网项目", "not_in=六类市场化并网项目"),
    ("我们企业已经参与了源网荷储一体化", "!not_in=六类市场化并网项目"),
    ("外贸公司，海关一般信用，委托中介申请AEO认证", "not_in=海关高级认证企业 -!not_in"),
    ("外贸公司，正在申请AEO认证", "-not_in -!not_in"),
    ("外贸公司，海关高级认证企业", "!not_in=海关高级认证企业"),
    ("自治区外企业，民营，准备落户伊旗", "ownership=民营 -ownership=外资"),
    ("市外企业，想来伊旗", "-ownership=外资"),
    ("我们是外企，在伊旗", "ownership=外资"),
    ("伊旗做重组蛋白、重组疫苗的企业", "-event=并购重组"),
    ("伊旗企业，今年重组了一家公司", "event=并购重组"),
    ("We have not joined any of the six kinds of market-based renewable projects", "not_in=六类市场化并网项目"),
]
EVENTS = [
    ("今年在上交所科创板上市的企业", "event=上市科创板 event=上市"),
    ("我们公司在自治区股权交易市场科创板优选层首次挂了牌", "event=挂牌 recognition.time@挂牌=首次"),
    ("公司今年承担国家重点研发计划项目", "event=承担国家科技计划项目"),
    (
        "我们新授权国内发明专利6件、美国发明专利1件、实用新型12件，是家民企",
        "event=发明专利授权 event=国外专利授权 event=实用新型授权",
    ),
    ("我们公司新通过知识产权贯标认证", "event=知识产权贯标"),
    ("公司今年招了4个本科应届生", "event=招聘毕业生"),
    ("我们厂返聘了一位退休食品工程师", "event=返聘退休专家 talent:status=退休 talent:arrival=返聘"),
    (
        "今年我们公司柔性请了一位双一流高校的教授",
        "event=柔性引进人才 talent:title=正高级 talent:school=双一流 talent:arrival=柔性引进",
    ),
    ("学校把技术作价入股到企业，我们是高校", "event=成果转化 who=institution"),
    ("我在阿镇租房住了三年", "event=租房"),
    ("我打算明年在阿镇买房", "plan=购置住房 -event=购置住房"),
    ("我在职读研，今年双证到手", "event=在职攻读研究生 event=在职取得研究生双证"),
    ("我今年9月考下高级工证", "event=考取证书 skill_level=高级工"),
    ("公司拿到国家高新技术企业证书", "-event=考取证书 recognition=高新技术企业"),
    ("个体店，以单位形式参保", "event=缴纳社会保险"),
    ("我们公司去年没裁员", "event=未裁员"),
    ("In 2026 we opened stores on Amazon and on Alibaba.com", "event=入驻跨境电商平台 platforms=2个"),
    (
        "We shipped B2B under customs code 9710 and registered our brand in the EU",
        "event=跨境电商出口 event=境外商标注册",
    ),
    ("我已经和市直事业单位谈好引进意向", "event=达成引进意向 -arrival"),
    ("我们公司把一半产品出口到蒙古国", "event=出口 -origin"),
    ("Customers' data will sometimes have to go abroad, we are a company", "plan=数据出境"),
]
PEOPLE = [
    ("我在伊旗矿用装备民企干电工", "job=电工 employer_kind=民营企业 -ownership"),
    ("我从事社工工作", "job=社工"),
    ("我考下了中级社工证是兴趣，没干社工", "!job=社工 event=中级社会工作者职业资格证书 -title"),
    ("我在鄂尔多斯没房，没领过住房补贴", "status=无房 status=未享受过住房补贴"),
    ("我有自己的房", "!status=无房 status=有房"),
    ("我是退伍军人，正在找工作", "status=退役军人 status=求职"),
    ("我失业半年了，在领失业金", "status=失业"),
    ("我失业保险交着呢", "-status"),
    ("我是应届毕业生", "status=应届毕业生 status=高校毕业生"),
    ("我是伊旗属国企正式职工", "employer_kind=国有企业 status=在职"),
    ("我是旗直事业单位的", "employer_kind=事业单位 employer_kind=旗直单位"),
    ("I am an American production-safety director", "job=安全生产技术总监 status=外籍"),
    ("我是中国科学院院士", "award=中国科学院院士 award=院士"),
    ("我今年拿了国家优青", "award=国家自然科学基金优秀青年科学基金项目"),
    ("我们公司刚全职引进一位“全国技术能手”", "talent:award=全国技术能手 talent:arrival=全职引进 event=引进人才"),
    ("其中一件发明拿了中国专利优秀奖，我们是企业", "award=中国专利优秀奖"),
    ("我被伊旗人民医院刚性引进", "arrival=刚性引进 arrival=全职引进 employer_kind=医院"),
    ("我们企业是从外省整体迁入的", "arrival=整体迁入 origin=外省 origin=区外"),
    ("我们是今年新成立的公司", "arrival=新成立"),
    ("本地土生土长的董事长，公司去年给他工资160万", "talent:arrival=本地培养 talent:job=高管"),
]
PLANS = [
    (
        "今年我们企业授权专利若干，其中一件拿了中国专利优秀奖",
        "award=中国专利优秀奖 recognition.time@中国专利优秀奖=新认定",
    ),
    ("我们是高校，今年把一项技术作价入股", "event=成果转化 event=职务科技成果转化"),
    ("我们是担保公司，当年新增小微和“三农三牧”主体担保责任金额4.2亿元", "event=为小微企业融资担保 -size"),
    ("我们还准备上一个二氧化碳捕集的中试项目，是家化工企业", "plan=中试项目"),
    ("公司拟新建光伏组件项目", "plan=新建项目 ~industry=光伏"),
    ("我们企业打算扩产", "plan=扩产"),
    ("我们公司正在申报高新技术企业", "plan=申报高新技术企业 -recognition"),
    ("我想毕业后自己开公司", "plan=创业 -who=company"),
    ("We plan a 60 MW campus in Ejin Horo Banner", "plan=新建项目"),
    ("我们计划明年上市，现在是规上企业", "plan=上市 -event=上市"),
    ("我想暑假在旗里企业实习两个月", "plan=实习 -event=实习实践"),
]


@pytest.mark.parametrize(("profile", "expected"), [*FIRMS, *EVENTS, *PEOPLE, *PLANS])
def test_words_are_read_as_conditions_have_them(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    "profile",
    [
        "专精特新企业有什么奖励？",
        "引进博士能拿多少钱",
        "听说还有个什么“未来之星”奖学金",
        "购房补贴怎么申请",
    ],
)
def test_what_is_asked_is_no_fact(holds: Holds, profile: str) -> None:
    holds(profile, "-recognition -degree -event -award")


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我们公司收了3个大学生实习，每人4个月", "event=接收大学生实习 who=company -event=实习实践"),
        ("公司接收了5名大学生来实习", "event=接收大学生实习"),
        ("Our company took three student interns this summer", "event=接收大学生实习"),
        (
            "We hired five German engineers and plan to import testing equipment",
            "event=引进人才 talent:status=外籍 plan=进口设备 -ownership",
        ),
        ("我們合作社新註冊了一件地理標誌", "recognition=地理标志 -arrival"),
        ("公司刚注册了两个商标，做羊绒", "-arrival industry=羊绒"),
        ("我们公司是今年新注册的", "arrival=新成立"),
        ("我们是氢能装备企业，也是高新技术企业", "industry=氢能装备 recognition=高新技术企业"),
    ],
)
def test_what_firms_say_of_hiring_and_registering(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (
            "硕士，在东胜区企业工作，我不在重点企业上班",
            "status=在职 employer_kind=企业 !employer_kind=重点企业 -employer_kind=重点企业",
        ),
        ("我是博士，购房补贴已经享受了", "status=享受过住房补贴 -status=未享受过住房补贴"),
        ("我没享受过购房补贴，硕士", "status=未享受过住房补贴 -status=享受过住房补贴"),
        ("我首次创业，营业执照满三年", "years_operating=3年"),
    ],
)
def test_where_somebody_does_not_work_and_what_was_received(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (
            "Our core business is battery recycling and makes up 71% of our income.",
            "industry=储能 revenue_share=71%",
        ),
        ("Exports account for 71% of our income.", "-industry -rd_share"),
    ],
)
def test_the_main_business_and_its_share_are_read_in_english(holds: Holds, told: str, expected: str) -> None:
    holds(f"We are a company in Ejin Horo Banner. {told}", expected)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("伊旗一家企业给我开的合同是4年，还没有正式签", "~contract_years=4年 -contract_years"),
        ("和伊旗一家企业签了4年合同", "contract_years=4年"),
    ],
)
def test_a_contract_that_is_not_signed_is_a_plan(holds: Holds, told: str, expected: str) -> None:
    holds(f"我是硕士，{told}。", expected)


def test_a_school_is_not_the_firm_it_trains_for(holds: Holds) -> None:
    told = "跟一家重点企业办了订单班"
    holds(f"我们是伊旗的职业学院，{told}。", "event=校企合作 -recognition -employer_kind=重点企业")


@pytest.mark.parametrize(
    ("told", "expected"),
    [("没打算引进人才", "-~talent:arrival -plan -talent:arrival"), ("打算引进人才", "plan=引进人才")],
)
def test_what_nobody_plans_is_no_plan(holds: Holds, told: str, expected: str) -> None:
    holds(f"我们是伊旗的企业，{told}。", expected)
