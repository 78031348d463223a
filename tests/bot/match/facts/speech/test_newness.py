from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds

NOT_NEW = "-recognition.time@{0}=新认定 -talent:recognition.time@{0}=新认定 -recognition.time@{0}=首次"


@pytest.mark.parametrize(
    ("profile", "name"),
    [
        ("我们公司有自治区级企业技术中心，今年新招10名本科毕业生", "企业技术中心"),
        ("我们企业的自治区级企业技术中心今年新招10名本科毕业生", "企业技术中心"),
        ("公司有院士专家工作站，今年新引进一位博士", "院士专家工作站"),
        ("民企，国家知识产权优势企业，今年新招5名硕士", "知识产权优势企业"),
        ("公司是国家级众创空间，今年新取得3件发明专利", "众创空间"),
        ("公司是自治区级专精特新企业，今年第一次招了两名大学生", "专精特新"),
        ("公司是自治区级专精特新企业，今年新上了一条生产线", "专精特新"),
        ("We have a national enterprise technology center, and this year hired 10 graduates", "企业技术中心"),
        ("文旅公司，今年返聘一位国家级非遗传承人", "非遗传承人"),
        ("民企，今年引进了一位中国专利金奖获得者", "中国专利金奖"),
        ("医院今年引进一位国家级优秀医师", "优秀医师"),
        ("公司今年营收3亿元，员工里有一位伊金霍洛工匠", "伊金霍洛工匠"),
    ],
)
def test_hiring_makes_no_recognition_new(holds: Holds, profile: str, name: str) -> None:
    holds(profile, NOT_NEW.format(name))


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (
            "公司今年新招10名本科毕业生，新获批自治区级企业技术中心",
            "recognition.time@企业技术中心=新认定",
        ),
        ("公司的企业技术中心今年刚认定为自治区级，又招了10名本科", "recognition.time@企业技术中心=新认定"),
        ("公司今年新引进落地一家国家级重点实验室", "recognition.time@重点实验室=新认定"),
        ("公司今年引进的一位师傅获评国家级非遗传承人", "talent:recognition.time@非遗传承人=新认定"),
        ("公司今年拿了中国专利金奖", "recognition.time@中国专利金奖=新认定"),
        ("我今年被认定为国家级非遗传承人，在伊旗工作", "recognition.time@非遗传承人=新认定"),
    ],
)
def test_a_verb_of_recognition_makes_it_new(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


def test_the_award_of_who_is_hired_is_theirs(holds: Holds) -> None:
    holds("民企，今年引进了一位中国专利金奖获得者", "talent:award=中国专利金奖 -award")
    holds("民企，有一位中国专利金奖得主", "talent:award=中国专利金奖 -award")
    holds("民企，今年获得中国专利金奖", "award=中国专利金奖 -talent:award")


@pytest.mark.parametrize(
    ("profile", "name"),
    [
        ("我今年63岁，被认定为自治区级非遗传承人，在伊金霍洛旗。", "非遗传承人"),
        ("我今年51岁获评过市级优秀护士，在旗医院工作。", "优秀护士"),
        ("今年我儿子考上了大学，我是市级优秀护士。", "优秀护士"),
        ("我刚到旗里，被评为伊金霍洛工匠。", "伊金霍洛工匠"),
        (
            "I turned 63 this year and was recognised as an autonomous-region-level heritage inheritor (自治区级非遗传承人).",
            "非遗传承人",
        ),
    ],
)
def test_a_word_of_time_that_is_about_something_else_makes_nothing_new(holds: Holds, profile: str, name: str) -> None:
    holds(profile, NOT_NEW.format(name))


@pytest.mark.parametrize(
    "profile",
    [
        "我63岁，今年被认定为自治区级非遗传承人，在伊金霍洛旗。",
        "我今年63岁，今年被认定为自治区级非遗传承人。",
        "我今年3月，被认定为自治区级非遗传承人。",
    ],
)
def test_a_word_of_time_with_the_verb_of_winning_makes_it_new(holds: Holds, profile: str) -> None:
    holds(profile, "recognition.time@非遗传承人=新认定")
