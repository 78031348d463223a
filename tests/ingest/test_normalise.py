"""Texts that mean the same words and figures have the same form, others have not."""

import pytest

from ingest.normalise import ideographs, match_form, search_form, to_simplified, to_traditional


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("２０２３ 年", "2023年"),  # full-width digits, stray space
        ("QS 排名前 200", "qs排名前200"),
        ("安家補貼", "安家补贴"),
        ("鄂爾多斯「暖城」貢獻銀獎", "鄂尔多斯「暖城」贡献银奖"),
        ("1,000,000元", "1000000元"),
        ("第1,2,3项", "第1,2,3项"),  # a list, no thousands
        ("——参考价格：20-25 万元/亩", "——参考价格:20-25万元/亩"),  # the bullet is no range
        ("20—25万元", "20-25万元"),
        ("20–25万元", "20-25万元"),
        ("20～25万元", "20-25万元"),
        ("20~25万元", "20-25万元"),
        ("20至25万元", "20-25万元"),
        ("20 到 25 万元", "20-25万元"),
        ("20万元至25万元", "20万元-25万元"),
        ("2022年——2025年", "2022年-2025年"),
        ("30%至50%", "30%-50%"),
        ("一至四类人才", "一-四类人才"),
        ("A—D类", "a-d类"),
        ("达到13家", "达到13家"),
        ("到2025年", "到2025年"),
        ("2025年到期", "2025年到期"),
        ("自2021年1月1日至2030年12月31日", "自2021年1月1日-2030年12月31日"),
        ("零\u200b宽", "零宽"),
        ("", ""),
    ],
)
def test_match_form(text: str, form: str) -> None:
    assert match_form(text) == form


@pytest.mark.parametrize("text", ["1,000 万元—2,000 万元", "國發〔2023〕11 號", "Ａ類至Ｄ类 人才"])
def test_the_form_of_a_form_is_itself(text: str) -> None:
    assert match_form(match_form(text)) == match_form(text)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("withholding  tax on\tprofits", "withholding tax on profits"),
        ("辖 7 个镇", "辖7个镇"),
        ("申请 AEO 的费用", "申请aeo的费用"),
        ("1-10 kV", "1-10 kv"),
    ],
)
def test_search_form_keeps_latin_words_apart(text: str, form: str) -> None:
    assert search_form(text) == form


def test_scripts_convert_both_ways() -> None:
    assert to_simplified("內蒙古自治區") == "内蒙古自治区"
    assert to_traditional("内蒙古自治区") == "內蒙古自治區"


def test_radicals_are_read_as_the_characters_they_stand_for() -> None:
    assert ideographs("⻓期在⻔店、⻢场、⻚岩⽓，⼈⺠") == "长期在门店、马场、页岩气，人民"
    assert match_form("新建⻢场") == match_form("新建马场")
    assert all(len(ideographs(chr(code))) == 1 for code in range(0x2E80, 0x2FE0))
    unread = [code for code in (*range(0x2E81, 0x2EF4), *range(0x2F00, 0x2FD6)) if ideographs(chr(code)) == chr(code)]
    assert unread == [0x2E9A]  # which is no character


def test_the_radical_that_mainland_fonts_draw_for_a_door_is_simplified() -> None:
    assert ideographs("每\u2f3e") == "每户"
