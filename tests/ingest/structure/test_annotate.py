"""Facts of clauses: what paragraphs of their own say of the responsible offices holds for the whole list."""

from __future__ import annotations

from ingest.corpus.load import Segmented, segment
from ingest.types import SourceFile
from tests.ingest.steps import steps_of


def cut(*lines: str) -> Segmented:
    return segment(SourceFile("a.txt", "\n".join(lines) + "\n", "0" * 64, "docx"))


def test_paragraphs_of_offices_speak_for_their_item_and_its_list() -> None:
    clauses = cut(
        "支持企业办法",
        "一、支持企业",
        "1.给予1万元奖励。（责任单位：旗人社局）",
        "责任单位：旗财政局、旗发改委",
        "2.给予3万元奖励。",
        "责任单位：旗发改委、旗工信局",
        "二、给予2万元奖励。",
    ).clauses
    assert [(clause.address, clause.role.value, clause.departments) for clause in clauses] == [
        ("一、1.", "item", ("旗人社局", "旗财政局", "旗发改委", "旗工信局")),
        ("一、1.", "departments", ("旗财政局", "旗发改委", "旗工信局")),
        ("一、2.", "item", ("旗发改委", "旗工信局")),
        ("一、", "departments", ("旗发改委", "旗工信局")),
        ("二、", "item", ()),
    ]


def test_twice_the_paragraphs_of_offices_are_twice_the_work() -> None:
    few, many = (
        steps_of(lambda count=count: cut("办法", "一、给予奖励。", *["责任单位：旗财政局"] * count, "二、另行通知。"))
        for count in (100, 200)
    )
    assert many < 2.2 * few
