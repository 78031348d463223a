from __future__ import annotations

import pytest

from ingest.facts.administration import level_of, places_at_start

ISSUERS = """
国务院 国家
国务院办公厅 国家
财政部 国家
工业和信息化部 国家
国家税务总局 国家
国家发展改革委 国家
中国人民银行 国家
江苏省人民政府 省
江苏省财政厅 省
浙江省科学技术厅 省
广东省工业和信息化厅 省
中共湖南省委办公厅 省
国家税务总局江苏省税务局 省
内蒙古自治区人民政府 自治区
西藏自治区人力资源和社会保障厅 自治区
广西壮族自治区财政厅 自治区
新疆维吾尔自治区人民政府办公厅 自治区
宁夏回族自治区工业和信息化厅 自治区
上海市人民政府 直辖市
北京市经济和信息化局 直辖市
天津市财政局 直辖市
重庆市经济和信息化委员会 直辖市
香港特别行政区政府 特别行政区
澳门特别行政区政府 特别行政区
苏州市人民政府 市
深圳市科技创新局 市
鄂尔多斯市财政局 市
拉萨市人民政府 市
延边朝鲜族自治州人民政府 州
恩施土家族苗族自治州财政局 州
海西蒙古族藏族自治州人民政府办公室 州
锡林郭勒盟行政公署 盟
阿拉善盟行政公署 盟
大兴安岭地区行政公署 地区
阿克苏地区行政公署 地区
阿里地区行政公署 地区
上海市浦东新区人民政府 区
苏州市吴江区财政局 区
天津市滨海新区人民政府 区
呼和浩特市新城区人民政府 区
长沙县人民政府 县
浙江省长兴县人民政府 县
景宁畲族自治县人民政府 县
伊金霍洛旗人民政府 旗
鄂温克族自治旗人民政府 旗
准格尔旗工业和信息化局 旗
义乌市人民政府 县级市 known
昆山市人民政府 县级市 known
满洲里市人民政府 县级市 known
敦煌市财政局 县级市 known
库尔勒市人民政府 县级市 known
昆山市玉山镇人民政府 乡镇
佛山市顺德区北滘镇人民政府 乡镇
苏州工业园区娄葑街道办事处 乡镇
上海市浦东新区花木街道办事处 乡镇
苏州工业园区管委会 园区
武汉东湖新技术开发区管理委员会 园区
合肥高新技术产业开发区管理委员会 园区
广州南沙经济技术开发区管理委员会 园区
鄂尔多斯蒙苏经济开发区管理委员会 园区
"""


@pytest.mark.parametrize("row", ISSUERS.strip().splitlines())
def test_the_level_of_an_issuer(row: str) -> None:
    issuer, level, *needs = row.split()
    known = {issuer[: issuer.index("市") + 1]: level} if needs else {}
    assert level_of(issuer, known) == level


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("自治区财政厅", "自治区"),
        ("市科技局", "市"),
        ("旗委组织部", "旗"),
        ("区商务局", "区"),
        ("市场监管局", None),
        ("关于支持县域经济发展的若干措施", None),
        ("西部地区鼓励类产业目录", None),
        ("关于加强新时代人才工作助推高质量发展的若干措施（试行）", None),
        ("鄂尔多斯市打造一流人才高地若干措施（30条）", "市"),
        ("内蒙古自治区鄂尔多斯市伊金霍洛旗", "旗"),
        ("江苏省润江市锦湖区", "区"),
        ("湖南省云浦县", "县"),
        ("江苏省苏州市昆山市财政局", "县级市"),
        ("海南省财政厅", "省"),
        ("青海省海南藏族自治州人民政府", "州"),
        ("吉林省吉林市人民政府", "市"),
    ],
)
def test_the_level_of_other_names(name: str, level: str | None) -> None:
    assert level_of(name) == level


def test_a_region_is_read_place_by_place() -> None:
    assert [(p.full, p.level, p.name) for p in places_at_start("内蒙古自治区鄂尔多斯市伊金霍洛旗人民政府")] == [
        ("内蒙古自治区", "自治区", "内蒙古"),
        ("鄂尔多斯市", "市", "鄂尔多斯"),
        ("伊金霍洛旗", "旗", "伊金霍洛"),
    ]


def test_what_the_owner_says_of_a_place_counts() -> None:
    known = {"义乌市": "县级市"}
    assert [p.level for p in places_at_start("浙江省义乌市人民政府", known)] == ["省", "县级市"]
    assert level_of("义乌市人民政府") == "市"
