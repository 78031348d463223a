from __future__ import annotations

from tests.bot.match.facts.conftest import Read

FIRM = "我们是伊旗的企业，今年全职引进"


def test_a_lower_degree_that_is_said_to_be_the_highest_leaves_none(read: Read) -> None:
    facts = read(f"{FIRM}一名硕士，最高学历是本科。")
    assert not facts.of("degree")
    assert any("本科" in sentence and "硕士" in sentence for sentence in facts.contradictions)


def test_two_people_have_two_degrees(read: Read) -> None:
    facts = read(f"{FIRM}一名硕士、一名博士。")
    assert {fact.words[0] for fact in facts.of("degree")} == {"硕士", "博士"}
    assert not facts.contradictions
