"""What is said together is one clause: a lead-in with its list, a question with its answer, the lines of a guide."""

import pytest

from ingest.corpus.load import Segmented, segment
from ingest.structure.groups import is_lead_in, is_question
from ingest.types import Role, SourceFile


def cut(text: str) -> Segmented:
    return segment(SourceFile("a.txt", text, "0" * 64, "text"))


def clauses(text: str) -> list[tuple[str, str]]:
    return [(clause.address, clause.text) for clause in cut(text).clauses]


LIST = "（一）停产的仓库。\n（二）露天堆场。\n（三）违法建筑。"


def test_items_that_end_with_a_full_stop_stay_with_their_lead_in() -> None:
    made = clauses(
        f"仓储补贴办法\n一、下列项目不得申请补贴：\n{LIST}\n二、补贴每平方米20元。\n三、本办法自印发之日起施行。"
    )

    assert made[0] == ("一、", f"一、下列项目不得申请补贴：\n{LIST}")
    assert [
        clause.label for clause in cut(f"仓储补贴办法\n一、下列项目不得申请补贴：\n{LIST}").clauses[0].enumerations
    ] == [
        "（一）",
        "（二）",
        "（三）",
    ]


def test_a_lead_in_below_a_heading_takes_its_list_along() -> None:
    made = clauses(f"仓储补贴办法\n一、支持对象\n下列项目不得申请补贴：\n{LIST}\n二、补贴标准\n每平方米20元。")

    assert made[0] == ("一、", f"下列项目不得申请补贴：\n{LIST}")


def test_a_lead_in_without_a_number_takes_its_list_along() -> None:
    made = clauses("仓储补贴申报须知\n下列项目不得申请补贴：\n1.停产的仓库；\n2.露天堆场。\n")

    assert made == [("", "下列项目不得申请补贴：\n1.停产的仓库；\n2.露天堆场。")]


def test_what_is_said_of_the_whole_list_behind_it_stays_with_it() -> None:
    made = clauses(
        f"仓储补贴办法\n一、下列项目不得申请补贴：\n{LIST}\n弄虚作假的，五年内不得再次申请。\n二、补贴每平方米20元。"
    )

    assert made[0][1].endswith("弄虚作假的，五年内不得再次申请。")


def test_rules_below_a_lead_in_are_quoted_one_by_one() -> None:
    rules = "（一）仓储。每平方米补助20元。最高300万元。\n（二）冷链。每辆补助5万元。最高50万元。"
    made = clauses(f"仓储补贴办法\n一、支持以下方向：\n{rules}\n二、本办法由县商务局解释。")

    assert [address for address, _ in made][:3] == ["一、", "一、（一）", "一、（二）"]


@pytest.mark.parametrize(
    "text", ["现将有关事项通知如下：", "各镇人民政府：", "现就下列事项公告如下：", "主要措施如下："]
)
def test_what_opens_a_document_leads_no_list(text: str) -> None:
    assert not is_lead_in(text)


def test_a_notice_is_not_one_clause() -> None:
    assert (
        len(clauses("关于仓储补贴的通知\n现将有关事项通知如下：\n（一）每平方米补助20元。\n（二）最高补助300万元。"))
        == 3
    )


FAQ = "仓储补贴问答\n问：露天堆场能申请补贴吗？\n答：不能。\n问：标准是多少？\n每平方米20元。\n最高300万元。\n"


def test_a_question_and_its_answer_are_one_clause() -> None:
    assert clauses(FAQ) == [
        ("问1", "问：露天堆场能申请补贴吗？\n答：不能。"),
        ("问2", "问：标准是多少？\n每平方米20元。\n最高300万元。"),
    ]
    assert {clause.role for clause in cut(FAQ).clauses} == {Role.ITEM}


def test_questions_below_a_heading_and_in_an_annex_are_pairs() -> None:
    below = clauses(
        "仓储补贴办法\n一、标准\n每平方米20元。\n二、常见问题\n问：露天堆场能申请吗？\n答：不能。\n问：几年？\n答：三年。\n"
    )
    assert [address for address, _ in below] == ["一、", "二、问1", "二、问2"]

    annexed = cut(
        f"仓储补贴办法\n一、每平方米20元。\n二、本办法自印发之日起施行。\n附：政策问答\n{FAQ.split(chr(10), 1)[1]}"
    )
    assert [clause.address for clause in annexed.clauses] == ["一、", "二、", "附件 问1", "附件 问2"]
    assert annexed.clauses[2].path[-1] == "附件 政策问答"


def test_a_list_that_answers_a_question_stays_with_it() -> None:
    made = clauses(
        "仓储补贴问答\n问：要什么材料？\n答：提交下列材料：\n（1）申请表；\n（2）房产证。\n问：几年？\n答：三年。\n"
    )

    assert made[0][1].endswith("（2）房产证。")
    assert len(made) == 2


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("问：多少？", True),
        ("Q1：补贴标准", True),
        ("问题3：补贴标准", True),
        ("能不能转租？", True),
        ("答：可以吗？请看第三条。", False),
        ("问题较多的企业，暂缓拨付。", False),
    ],
)
def test_questions_are_told_from_other_lines(text: str, asks: bool) -> None:
    assert is_question(text) is asks


GUIDE = "冷藏车购置补助办事指南\n受理单位：县商务局\n申请材料：\n（1）申请表；\n（2）购车发票。\n办理时限：5个工作日\n收费标准：不收费\n"


def test_the_lines_of_a_guide_are_one_clause() -> None:
    assert clauses(GUIDE) == [("", GUIDE.split("\n", 1)[1].strip())]


def test_two_guides_in_one_file_are_two_clauses() -> None:
    second = "受理单位：县林业局\n申请材料：申请书\n办理时限：9个工作日\n"

    assert [text.split("\n")[0] for _, text in clauses(GUIDE + second)] == ["受理单位：县商务局", "受理单位：县林业局"]


def test_the_data_of_a_document_are_no_guide() -> None:
    assert len(clauses("仓储补贴办法\n索引号：0001\n发布机构：县商务局\n一、每平方米20元。\n")) == 3


def test_a_numbered_question_takes_along_the_list_that_answers_it() -> None:
    made = clauses(f"人才公寓指南\n一、哪些仓库不能申请？\n{LIST}\n二、租金是多少？\n每月630元。")

    assert made[0] == ("一、", f"一、哪些仓库不能申请？\n{LIST}")
