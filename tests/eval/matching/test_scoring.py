from __future__ import annotations

from eval.matching.profiles import Benefit, Profile
from eval.matching.scoring import MatchCounts, missed, score

MET = Benefit(("对再次获批的国家高新技术企业给予20万元奖补",), "met")
OPEN = Benefit(("效益显著的，给予30万元一次性项目经费",), "open")
SOFT = Benefit(("建立人才服务卡机制",), "open", soft=True)
BANK = Benefit(("按照一个百分点的利差给予补贴",))
PROFILE = Profile("P1", "我们公司", (MET, OPEN, SOFT), (BANK,))
GOOD = [{"text": "认定", "status": "met", "span": "高新技术企业", "because": "认定：高新技术企业"}]


def match(status: str, *quotes: str, conditions: list[dict[str, str]] | None = None) -> dict[str, object]:
    return {"status": status, "quotes": list(quotes), "conditions": GOOD if conditions is None else conditions}


def test_a_quote_hits_when_one_contains_the_other_blanks_aside() -> None:
    counts = score(PROFILE, [match("met", "对再次获批的国家高新技术企业\n 给予20万元")])
    assert (counts.met, counts.met_found, counts.met_as_met) == (1, 1, 1)
    counts = score(PROFILE, [match("met", f"另外，{MET.quotes[0]}。建立健全")])
    assert counts.met_as_met == 1


def test_found_as_open_is_found_and_not_as_met() -> None:
    counts = score(PROFILE, [match("open", MET.quotes[0]), match("open", OPEN.quotes[0])])
    assert (counts.met_found, counts.met_as_met, counts.open_found) == (1, 0, 1)


def test_what_is_shown_as_failed_is_not_found() -> None:
    counts = score(PROFILE, [match("not_met", MET.quotes[0])])
    assert (counts.met_found, counts.matches) == (0, 0)


def test_soft_ones_are_neither_misses_nor_hits() -> None:
    assert score(PROFILE, []).open == 1


def test_a_look_alike_counts_when_it_is_called_met() -> None:
    assert score(PROFILE, [match("met", BANK.quotes[0])]).look_alikes_as_met == 1
    assert score(PROFILE, [match("open", BANK.quotes[0])]).look_alikes_as_met == 0


def test_a_met_one_must_have_words_and_reason_for_every_condition() -> None:
    for fault in ({"status": "open"}, {"span": ""}, {"because": ""}):
        assert score(PROFILE, [match("met", "甲", conditions=[{**GOOD[0], **fault}])]).unfounded == 1
    assert score(PROFILE, [match("met", "甲")]).unfounded == 0


def test_shares_are_over_all_profiles_together() -> None:
    total = score(PROFILE, [match("met", MET.quotes[0])]).plus(score(PROFILE, []))
    assert total.shares()["met-found"] == 0.5
    assert MatchCounts().shares()["met-found"] is None


def test_what_was_missed_is_named() -> None:
    told = missed(PROFILE, [match("open", MET.quotes[0]), match("met", BANK.quotes[0])])
    assert told == {
        "not_found": [OPEN.quotes[0]],
        "only_open": [MET.quotes[0]],
        "look_alikes_as_met": [BANK.quotes[0]],
    }
