"""The documents that an opening says its own document carries out."""

from __future__ import annotations

import pytest

from ingest.facts.document.bases import bases

OPENINGS = [
    (
        "为贯彻落实《国务院办公厅关于加快发展外贸新业态新模式的意见》（国办发〔2021〕24号）、《国务院办公厅关于做好跨周期调节进一步稳外贸的意见》（国办发〔2021〕57号），结合实际，制定本行动计划。",
        [
            ("国务院办公厅关于加快发展外贸新业态新模式的意见", "国办发〔2021〕24号"),
            ("国务院办公厅关于做好跨周期调节进一步稳外贸的意见", "国办发〔2021〕57号"),
        ],
    ),
    (
        "为对参保人员给予适当帮助，根据《中华人民共和国社会保险法》，制定本办法。",
        [("中华人民共和国社会保险法", None)],
    ),
    ("各省要依据《外商投资信息报告办法》和有关规定报送信息。", []),
    ("引育的人才按照《高层次人才分类目录》认定。现将有关事项通知如下：", []),
    ("为支持企业发展，制定本措施。", []),
]


@pytest.mark.parametrize(("opening", "named"), OPENINGS)
def test_what_is_carried_out_is_named_where_something_is_set_down_for_it(
    opening: str, named: list[tuple[str | None, str | None]]
) -> None:
    found = bases(opening)
    assert [(one.title, one.number) for one in found] == named
    assert all(one.span.of(opening).startswith("《") for one in found)
