"""Documents that another one ends or replaces."""

from __future__ import annotations

import pytest

from ingest.facts.document.predecessors import predecessors


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("《甲办法》（青科发〔2022〕3号）同时废止。", [("甲办法", "青科发〔2022〕3号")]),
        ("2018年8月29日区政府发布的《甲条例》同时废止。", [("甲条例", None)]),
        ("《甲法》和《乙法》同时废止。", [("甲法", None), ("乙法", None)]),
        ("《甲》、《乙》（青政〔2020〕1号）、《丙》同时废止。", [("甲", None), ("乙", "青政〔2020〕1号"), ("丙", None)]),
        ("原《甲办法》停止执行。", [("甲办法", None)]),
        ("青科发〔2022〕3号文件同时废止。", [(None, "青科发〔2022〕3号")]),
        ("《甲办法》（2019年修订）自2025年1月1日起废止。", [("甲办法（2019年修订）", None)]),
        ("现对《甲办法》（青政〔2020〕1号）进行修订，印发给你们。", [("甲办法", "青政〔2020〕1号")]),
        ("下列文件同时废止：\n（一）《甲办法》（青政〔2020〕1号）；\n（二）《乙办法》。\n其他事项。",
         [("甲办法", "青政〔2020〕1号"), ("乙办法", None)]),
        ("《甲办法》（财政部令第18号）同时废止。", [("甲办法", "财政部令第18号")]),
        # only a part of them ends
        ("《甲办法》第三条同时废止。", []),
        ("《通知》（财税〔2013〕4 号）中的企业所得税政策规定自2021年1月1日起停止执行。", []),
        ("根据《甲法》，制定本办法。", []),
        ("《甲办法》中与本办法不一致的废止。", []),
    ],
)  # fmt: skip
def test_what_is_named(text: str, named: list[tuple[str | None, str | None]]) -> None:
    found = predecessors(text)
    assert [(one.title, one.number) for one in found] == named
    assert all((one.title or one.number or "").split("（")[0] in one.span.of(text) for one in found)


def test_the_day_and_the_year_that_are_printed() -> None:
    (one,) = predecessors("2021 年 12 月 27 日发布的 2021 年版《甲清单》自 2024 年 11 月 1 日起废止。")
    assert (str(one.since), one.year, one.distinct) == ("2024-11-01", 2021, True)
    (bare,) = predecessors("《甲办法》同时废止。")
    assert (bare.since, bare.year, bare.distinct) == (None, None, False)


def test_what_is_revised_is_replaced() -> None:
    assert [one.replaced for one in predecessors("对《甲办法》进行了修订。《乙办法》同时废止。")] == [True, False]
