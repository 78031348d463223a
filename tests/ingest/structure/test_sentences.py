"""Where sentences end, with lines of the compendium; and that no character is ever left out."""

import pytest

from ingest.structure.sentences import split_sentences


@pytest.mark.parametrize(
    "sentences",
    [
        ["110KV：0.401元/度；", "220千伏以上：0.394元/度。"],
        ["上一年度失业保险缴费满36个月。", "大型企业按不超过30%返还。"],
        ["按照《关于××的通知。》（国发〔2023〕11号；有效）执行。", "其他不变。"],
        ["（含污水处理费；水资源费）按月收取。", "不另收。"],
        ["他说“可以。不必等。”后离开。", "会议结束。"],
        ["“今年完成。”", "第二年开始。"],
        ["能不能？！", "不能。"],
        ["包括：", "①硕士；", "②博士。"],
        ["符合①、②项之一的，按第③项执行。"],
        ["一是……", "二是完成。"],
        ["第一行\n", "第二行\n\n", "第三行"],
        ["基准价格：8.27 万元/亩。"],
        ["The rate is 15%. ", "It runs until 2030."],
        ["See Notice No. 23 of 2020. ", "It stays in force."],
        ["The U.S. firm pays taxes, fees etc. and files a report."],
        ["3. 天然气价格"],
        ["3.天然气价格：居民用气。", "4.自来水价格"],
        ["没有闭合（的括号。", "照样断句。"],
        ["多余的右括号）。", "照样断句。"],
        ["（负责）。", "（牵头）"],
        ["He asked (quietly). ", "Nobody answered."],
        ["没有句号"],
    ],
)
def test_sentences(sentences: list[str]) -> None:
    text = "".join(sentences)
    assert [span.of(text) for span in split_sentences(text)] == sentences


@pytest.mark.parametrize("text", ["", " ", "\n\n", "。", "。。。", "（", "））", "\n一。\n", "①", "a.", '."”', "；；x"])
def test_every_character_is_covered_once(text: str) -> None:
    spans = split_sentences(text)
    assert "".join(span.of(text) for span in spans) == text
    assert all(len(span) > 0 for span in spans)


def test_no_sentence_of_blanks_alone() -> None:
    text = "\n\n一。\n \n二。"
    assert [span.of(text) for span in split_sentences(text)] == ["\n\n一。\n \n", "二。"]
