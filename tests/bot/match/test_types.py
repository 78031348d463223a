from __future__ import annotations

from bot.match.types import AskerFacts, Fact


def test_facts_are_found_by_their_attribute() -> None:
    level = Fact("recognition.level", ("国家",), of="高新技术企业")
    facts = AskerFacts(frozenset({"company"}), (Fact("size", ("小微",)), level))
    assert facts.of("recognition.level") == (level,)
    assert facts.of("degree") == ()
