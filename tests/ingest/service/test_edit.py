"""Single cards changed in the file; what stands beside them stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import DraftUnusable
from ingest.service.cards import FILE, ServiceCard, read_cards
from ingest.service.edit import card_of, put_card, remove_card

FIRST = ServiceCard(document="甲办法", where="一楼")
SECOND = ServiceCard(document="甲办法", words="奖励30万元", telephone="12345", materials="身份证\n申请表")


def test_cards_are_added_changed_and_taken_out_beside_a_remark(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("# 由企业服务科维护\n", encoding="utf-8")
    put_card(tmp_path, FIRST)
    put_card(tmp_path, SECOND)
    assert read_cards(tmp_path).cards == (FIRST, SECOND)
    moved = FIRST.model_copy(update={"where": '二楼"东"'})
    put_card(tmp_path, moved, FIRST)
    assert read_cards(tmp_path).cards == (moved, SECOND)
    remove_card(tmp_path, moved)
    assert read_cards(tmp_path).cards == (SECOND,)
    remove_card(tmp_path, SECOND)
    assert read_cards(tmp_path).cards == ()
    assert (tmp_path / FILE).read_text("utf-8").startswith("# 由企业服务科维护\n")


def test_two_cards_of_one_thing_and_a_card_that_is_gone_are_refused(tmp_path: Path) -> None:
    put_card(tmp_path, FIRST)
    put_card(tmp_path, SECOND)
    before = (tmp_path / FILE).read_bytes()
    with pytest.raises(DraftUnusable, match="already"):
        put_card(tmp_path, ServiceCard(document="甲 办法", where="三楼"))
    with pytest.raises(DraftUnusable, match="already"):
        put_card(tmp_path, ServiceCard(document="甲办法", where="三楼"), SECOND)
    with pytest.raises(DraftUnusable, match="not there any more"):
        remove_card(tmp_path, ServiceCard(document="乙办法", where="三楼"))
    assert (tmp_path / FILE).read_bytes() == before


def test_what_was_typed_wrongly_is_said_in_the_readers_language() -> None:
    with pytest.raises(DraftUnusable) as raised:
        card_of({"document": "甲办法", "link": "www.gov.cn"})
    assert raised.value.sentence.said("zh") == "“www.gov.cn”不是网址，请写完整，以 http:// 或 https:// 开头。"
