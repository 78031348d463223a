from __future__ import annotations

import json
from typing import Any, cast

from bot.match.facts.as_json import because_shown, facts_json
from tests.bot.match.facts.conftest import Read

PROFILE = "我們是伊旗一家民營企業，營收2億，研發800萬，不是高企，引進了一位副教授。"


def shown(read: Read) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads(json.dumps(facts_json(read(PROFILE), PROFILE), ensure_ascii=False)))


def test_every_fact_has_its_label_value_and_words(read: Read) -> None:
    facts = {fact["attribute"]: fact for fact in shown(read)["facts"]}
    assert facts["revenue"] == {
        "attribute": "revenue",
        "label": {"zh": "营业收入", "en": "Revenue"},
        "value": {"zh": "2亿元", "en": "RMB 200,000,000"},
        "words": [],
        "number": 200000000,
        "unit": "元",
        "of": None,
        "about": {"code": "asker", "zh": "本人或本单位", "en": "the asker"},
        "group": 0,
        "people": None,
        "denied": False,
        "planned": False,
        "upto": None,
        "said": "2億",
        "because": None,
    }
    assert facts["place"]["value"] == {"zh": "伊金霍洛旗", "en": "Ejin Horo"}
    assert facts["place"]["words"][:2] == ["伊金霍洛旗", "鄂尔多斯市"]
    assert facts["recognition"]["denied"] is True
    assert facts["recognition"]["value"]["zh"] == "不是或没有：高新技术企业"
    assert facts["title"]["about"]["code"] == "talent"
    assert facts["rd_share"]["because"] == "800万÷2亿=4%"
    assert facts["rd_share"]["said"] is None


def test_who_asks_is_labelled(read: Read) -> None:
    assert shown(read)["who"] == [
        {"code": "employer", "label": {"zh": "用人单位", "en": "Employer"}},
        {"code": "company", "label": {"zh": "企业", "en": "Company"}},
    ]


def test_without_the_profile_no_words_are_given_back(read: Read) -> None:
    facts = cast("dict[str, Any]", facts_json(read(PROFILE)))
    assert all(fact["said"] is None for fact in facts["facts"])


def test_what_a_fact_was_worked_out_from_is_told_in_english(read: Read) -> None:
    facts = read("我们公司2021年成立，营收2亿，研发800万").facts
    told = {fact.attribute: because_shown(fact, "en") for fact in facts if fact.because}
    assert told["rd_share"] == "8,000,000÷200,000,000=4%"
    assert told["years_operating"].startswith("from 2021 to 2026")
