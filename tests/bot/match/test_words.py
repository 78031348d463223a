from __future__ import annotations

import pytest

from bot.match.words import Standing, is_known, standard_form, standing, steps_of


@pytest.mark.parametrize(
    ("attribute", "said", "asked"),
    [
        ("recognition", "国家高新技术企业", "高新技术企业"),
        ("recognition", "“专精特新”中小企业", "专精特新"),
        ("recognition", "国企改革示范企业", "国有企业改革示范企业"),
        ("industry", "煤制烯烃", "现代煤化工"),
        ("industry", "煤制烯烃", "煤化工"),
        ("industry", "羊绒围巾", "羊绒"),
        ("arrival", "柔性引进", "引进"),
        ("arrival", "全职引进", "刚性引进"),
        ("recognition.level", "自治区级", "自治区"),
        ("recognition.time", "首次", "新认定"),
        ("title", "副主任医师", "副高级"),
        ("event", "国家重点研发计划项目", "承担国家科技计划项目"),
        ("size", "小微", "中小微"),
        ("talent_class", "C", "C"),
    ],
)
def test_a_word_counts_as_what_it_lies_inside(attribute: str, said: str, asked: str) -> None:
    assert standing(attribute, said, asked) is Standing.FITS


@pytest.mark.parametrize(
    ("attribute", "said", "asked"),
    [
        ("arrival", "引进", "全职引进"),
        ("industry", "煤化工", "现代煤化工"),
        ("recognition.time", "新认定", "首次"),
        ("event", "专利授权", "发明专利授权"),
    ],
)
def test_a_wider_word_leaves_it_open(attribute: str, said: str, asked: str) -> None:
    assert standing(attribute, said, asked) is Standing.WIDER


@pytest.mark.parametrize(
    ("attribute", "said", "asked"),
    [
        ("arrival", "全职引进", "柔性引进"),
        ("arrival", "本地培养", "全职引进"),
        ("recognition.level", "国家", "自治区"),
        ("recognition.time", "再次", "首次"),
        ("recognition.time", "再次", "新认定"),
        ("degree", "硕士", "博士"),
        ("title", "副高级", "正高级"),
        ("skill_level", "技师", "高级技师"),
        ("status", "有房", "无房"),
        ("status", "退休", "在职"),
        ("size", "规模以上", "个体工商户"),
        ("talent_class", "E", "D"),
        ("employer_kind", "企业", "事业单位"),
    ],
)
def test_what_cannot_hold_besides_excludes(attribute: str, said: str, asked: str) -> None:
    assert standing(attribute, said, asked) is Standing.EXCLUDED


@pytest.mark.parametrize(
    ("attribute", "said", "asked"),
    [("recognition", "高新技术企业", "科技型中小企业"), ("industry", "酒店", "新能源"), ("event", "租房", "购置住房")],
)
def test_another_word_says_nothing(attribute: str, said: str, asked: str) -> None:
    assert standing(attribute, said, asked) is Standing.OTHER


def test_a_step_is_found_by_any_of_its_names() -> None:
    assert steps_of("degree", "学士") == (2,)
    assert steps_of("title", "主任医师") == (3,)
    assert steps_of("title", "保洁员") == ()


def test_quotation_marks_and_spellings_do_not_count() -> None:
    assert standard_form("“全国技术能手”") == standard_form("全国技术能手")
    assert standard_form("国企职工") == standard_form("国有企业员工")


def test_an_industry_is_known_when_the_table_has_a_place_for_it() -> None:
    assert is_known("industry", "酒店")
    assert not is_known("industry", "殡葬")
