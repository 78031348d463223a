from __future__ import annotations

import pytest

from bot.match.facts.titles.title_holders import is_listed_abroad, is_taken_part_in, title_abroad
from tests.bot.match.facts.conftest import Holds


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (
            "伊旗一家纸箱厂，母公司是国家级专精特新小巨人，我们今年拿到了专项资金100万元。",
            "-recognition -recognition.time@小巨人 earmarked=1000000元",
        ),
        ("母公司是国家高新技术企业，营收80亿，我们营收2亿。", "-recognition revenue=200000000元"),
        ("我们是北京某集团的子公司，集团是专精特新小巨人，我们今年新认定为创新型中小企业", "-recognition=小巨人"),
        (
            "我们集团在伊旗，是国家级专精特新小巨人，今年新认定",
            "recognition=小巨人 recognition.time@小巨人=新认定",
        ),
        ("伊旗一家民营企业，是国家高新技术企业的全资子公司", "-recognition ownership=民营"),
        ("我们是小巨人企业的供应商", "-recognition"),
        ("伊旗企业，员工里有一位国家重点研发计划首席科学家的学生，签了5年合同", "-talent:award -talent:job -event"),
        ("我是一位中科院院士的学生，博士", "-award degree=博士"),
        ("我师从中国工程院院士，博士，全职引进到伊旗民营企业", "-award degree=博士"),
        ("我是中国工程院院士，带了3个博士生", "award=中国工程院院士"),
        ("我们柔性引进了一位教授，他的学生是博士", "talent:title=教授"),
    ],
)
def test_a_title_of_a_parent_or_a_teacher_is_not_the_asker_s(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我们柔性引进一位国家重点研发计划课题负责人", "-event=承担国家科技计划项目"),
        ("引进了国家科技重大专项总体专家组成员", "-event=承担国家科技计划项目 -talent:degree"),
        ("我们今年参与了国家重点研发计划，作为子任务单位", "-event"),
        ("我们承担国家重点研发计划的一个子课题", "-event"),
        ("我们牵头承担国家重点研发计划项目，国家专项拨款600万", "event=承担国家科技计划项目 earmarked=6000000元"),
        ("我们是国家重点研发计划项目的负责人单位", "event=承担国家科技计划项目"),
        ("我们承担国家重点研发计划项目，还参与制定了1项行业标准", "event=承担国家科技计划项目"),
    ],
)
def test_who_leads_or_takes_part_in_a_project_does_not_undertake_it(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("profile", "title"),
    [
        ("日本工程院院士", "日本工程院院士"),
        ("美国国家科学院院士", "美国国家科学院院士"),
        ("丹麦皇家科学院院士", "丹麦皇家科学院院士"),
        ("第三世界科学院院士", "第三世界科学院院士"),
        ("从美国引进的中国科学院院士", None),
        ("从日本来了一位院士", None),
        ("a Japanese academician", "japanese academician"),
    ],
)
def test_a_title_of_another_country_is_told_by_the_country_in_front(profile: str, title: str | None) -> None:
    text = profile.lower()
    name = next(n for n in ("中国科学院院士", "院士", "academician") if n in text)
    found = title_abroad(text, 0, text.index(name), text.index(name) + len(name))
    assert (text[slice(*found)] if found else None) == title


def test_a_title_of_another_country_is_read_in_its_own_words(holds: Holds) -> None:
    holds("我们今年全职引进一位日本工程院院士", "talent:award=日本工程院院士 -talent:award=中国工程院院士")
    holds("我们今年从美国全职引进一位中国工程院院士", "talent:award=中国工程院院士")
    holds("伊旗一家中学，今年全职引进一位校级教学名师", "-talent:award")


def test_a_catalogue_lists_by_country_where_it_names_one() -> None:
    assert is_listed_abroad("日本工程院院士", "日本国家最高学术权威机构院士")
    assert not is_listed_abroad("丹麦皇家科学院院士", "日本国家最高学术权威机构院士")
    assert is_listed_abroad("丹麦皇家科学院院士", "外籍相当层次院士")
    assert not is_listed_abroad("日本工程院院士", "中国工程院院士")


def test_taking_part_is_told_by_the_clause_and_the_part_by_the_next() -> None:
    assert is_taken_part_in("参与了国家重点研发计划", "")
    assert is_taken_part_in("国家重点研发计划", "作为子任务单位")
    assert not is_taken_part_in("牵头并参与国家重点研发计划", "还参与制定标准")
