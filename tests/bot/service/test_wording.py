"""A card in words, and which of its fields a question asks for."""

from __future__ import annotations

import pytest

from bot.service.wording import card_text, fields_asked
from bot.types import Language
from ingest.service.cards import ServiceCard

CARD = ServiceCard(document="甲办法", where="一楼\n3号窗口", where_en="Window 3", telephone="0477-8600000")


def test_a_card_in_words_says_whose_word_it_is() -> None:
    assert card_text(CARD, Language.ZH) == [
        "办理指引：《甲办法》",
        "办理地点：一楼 3号窗口",
        "咨询电话：0477-8600000",
        "本局补充，非政策原文；其中的数字未经原文核对。",
    ]
    assert card_text(CARD, Language.ZH_HANT)[1] == "辦理地點：一楼 3号窗口", "typed words stay as they were typed"
    assert "Where: Window 3" in card_text(CARD, Language.EN)
    assert "not of the policy's text" in card_text(CARD, Language.EN)[-1]


@pytest.mark.parametrize(
    ("question", "fields"),
    [
        ("高企奖励的咨询电话是多少", {"telephone"}),
        ("安家補貼要準備什麼材料", {"materials"}),
        ("去哪里办，带什么东西", {"where", "materials"}),
        ("多久能办下来", {"duration"}),
        ("几点上班，周末办不办", {"when"}),
        ("可以网上申请吗", {"link"}),
        ("What documents do I need?", {"materials"}),
        ("Where do I apply and how long does it take?", {"where", "duration"}),
        ("高新技术企业奖励多少钱", set()),
        ("新材料企业有什么补贴", set()),
        ("原材料价格是多少", set()),
        ("柔性引才每年要工作多少天", set()),
        ("安家补贴分多久发完", set()),
        ("申报有几点要求", set()),
        ("总部设在旗里的企业奖励多少", set()),
    ],
)
def test_what_a_question_asks_of_a_card(question: str, fields: set[str]) -> None:
    assert set(fields_asked(question)) == fields
