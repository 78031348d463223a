from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds, Read


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("伊旗一家民营公司", "place=伊金霍洛旗 place=鄂尔多斯市 place=内蒙古自治区 place=西部地区"),
        ("我们是旗里的企业", "place=伊金霍洛旗"),
        ("东胜区一家做稀土永磁材料的企业", "place=东胜区 place=鄂尔多斯市 -place=伊金霍洛旗"),
        ("阿镇街边的个体奶茶店", "place=阿勒腾席热镇 place=伊金霍洛旗"),
        ("空港物流园区注册的货运公司", "place=空港物流园区"),
        ("呼和浩特的一所自治区高校，另一项作价入股到鄂尔多斯企业", "place=呼和浩特 -place=鄂尔多斯市"),
        ("We are a company in Ordos", "place=鄂尔多斯市 -place=伊金霍洛旗"),
        ("我們公司在鄂爾多斯", "place=鄂尔多斯市"),
        ("我是甘肃户口，在伊旗上班", "place=伊金霍洛旗 origin=甘肃 origin=外省 origin=区外 origin=旗外"),
        ("我从包头来伊旗工作", "origin=包头市 origin=市外 origin=旗外 -origin=区外 place=伊金霍洛旗"),
        ("我是湖北三甲医院的医生，被伊旗人民医院引进", "origin=湖北 place=伊金霍洛旗"),
        ("I just moved from Tianjin to work in Ejin Horo Banner", "origin=天津 origin=外省 place=伊金霍洛旗"),
        ("我是台湾人，在伊旗开了家店", "origin=台湾 origin=境外 status=港澳台居民"),
        ("我们企业刚从外省全职引进一位专家", "talent:origin=外省 talent:origin=区外 -origin"),
        ("我们是从深圳搬来伊旗的软件公司", "place=伊金霍洛旗 origin=深圳 origin=区外"),
        ("我是伊旗户口的大学生", "status=本旗户籍 status=伊金霍洛旗生源 origin=伊金霍洛旗"),
        ("我28，本旗人", "status=本旗户籍"),
        ("我们公司以后想跑二连浩特往蒙古国送货", "-origin -place"),
        ("公司产品卖到上海", "-place=上海 -origin"),
        ("我係香港科技大學博士，在鄂爾多斯一間單位談好了", "origin=香港 origin=市外 place=鄂尔多斯市"),
        ("我在北京读书，是伊旗户口", "-place=北京"),
        ("公司是自治区级企业技术中心", "-place"),
        ("请问市里和自治区有什么待遇", "-place"),
        ("我是在旗外工作的", "-place=伊金霍洛旗"),
        ("We are a US-owned company planning a new factory", "ownership=外资"),
        ("A Japanese-owned firm bringing in five engineers full-time to Ordos", "ownership=外资 -status=外籍"),
        ("A German-owned manufacturer hiring two class B talents full time", "ownership=外资"),
    ],
)
def test_where_somebody_is_and_comes_from(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我们公司做软件，上海子公司做销售", "-place"),
        ("我们公司的北京办事处有3个人，公司做羊绒", "-place"),
        ("我们是上海子公司，做软件", "place=上海"),
        ("我是中国人，刚从新加坡回国", "origin=境外 -status"),
        ("I'm Chinese, I returned to China from Germany last year", "-status=外籍"),
        ("我是德国人，从德国来", "status=外籍"),
        ("我是德国人，博士，刚从德国回来", "status=外籍"),
        ("我和旗里一家煤化工企业签了3年劳动合同", "place=伊金霍洛旗 industry=煤化工"),
        ("我在外地大学任教授，今年和伊旗某煤机企业签了横向合同320万元", "-place -industry"),
    ],
)
def test_another_seat_is_no_place_and_a_returnee_no_foreigner(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我是新加坡国立大学材料博士，在伊旗工作", "school=世界前100 -origin -status"),
        ("我北京师范大学毕业，在伊旗一中当老师", "school=985 -origin"),
        ("我在美国读完博士，在伊旗工作", "-status=外籍"),
        ("我是从日本过来的工程师，在伊旗工作", "origin=日本 -status=外籍"),
        ("我是马来西亚人，在伊旗工作", "origin=马来西亚 status=外籍"),
        ("I am Malaysian and work in Ordos", "status=外籍"),
        ("我去年从西安毕业，在伊旗上班", "origin=西安"),
        ("我是西安交大附属医院过来的医生，在伊旗工作", "origin=西安"),
    ],
)
def test_a_school_is_no_origin_and_a_stay_no_nationality(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我是非遗传承人，家在呼和浩特，公司在伊金霍洛旗。", "~place=伊金霍洛旗 -place=伊金霍洛旗"),
        ("我住在上海，伊金霍洛旗有家公司找我。", "~place=伊金霍洛旗 -place=伊金霍洛旗"),
        ("我家在呼和浩特，在伊金霍洛旗的公司上班。", "place=伊金霍洛旗"),
        ("我今年获得发明专利授权3件，其中美国专利1件，在伊金霍洛旗。", "place=伊金霍洛旗 -origin"),
    ],
)
def test_a_person_at_home_elsewhere_is_not_where_the_firm_is(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("我们企业在郑州，没想过搬到伊旗", "place=郑州 !place=伊金霍洛旗 -place=伊金霍洛旗"),
        ("我们企业在郑州，不会来伊旗", "place=郑州 -place=伊金霍洛旗"),
        (
            "We are a company in Zhengzhou with no plans to move to Ejin Horo Banner.",
            "-place=伊金霍洛旗 -~place=伊金霍洛旗",
        ),
        ("我们企业在郑州，明年搬到伊旗", "~place=伊金霍洛旗"),
        ("我们企业在郑州，还没有来伊旗注册，正在选址", "~place=伊金霍洛旗"),
        ("我们企业在伊旗，不去郑州", "place=伊金霍洛旗"),
    ],
)
def test_who_does_not_come_is_not_here(holds: Holds, told: str, expected: str) -> None:
    holds(f"{told}。", expected)


def test_a_place_both_told_and_denied_is_not_known(read: Read) -> None:
    facts = read("我们企业在伊旗注册，其实没有在鄂尔多斯注册。")
    assert not facts.of("place")
    assert any("鄂尔多斯" in sentence for sentence in facts.contradictions)


def test_a_place_in_the_name_of_a_prize_is_nowhere(holds: Holds) -> None:
    holds("今年引进了一名硕士，他得过浙江省科学技术进步奖，我们是伊旗企业。", "place=伊金霍洛旗 -place=浙江")
