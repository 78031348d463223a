"""Sloppy Chinese and plain English as people type them, in words that fifth readers used for the like."""

from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds, Read


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        # a shop of one's own
        ("我在阿镇开了家面馆，第一次自己干，雇了俩伙计", "event=首次从事个体经营 headcount=2人"),
        ("我在阿镇开了家面馆，头一回单干，没雇人", "event=首次从事个体经营 headcount=1人"),
        ("我在阿镇上班，单位今年没招人", "-headcount"),
        ("我是返乡创业的农民，在镇上开了个小卖部", "status=返乡创业农牧民"),
        ("俺考了中级烹饪师证", "skill_level=中级工 -title"),
        ("俺有中级职称", "title=中级"),
        ("我失业险没断过，交了快2年吧，有22个月", "insured_months=22月"),
        ("我失业险一直交，交了40个月", "insured_months=40月"),
        ("我失业险没断过，孩子有22个月", "-insured_months"),
        (
            "修自行车的个体户，交失业保险三年没断，今年考的中级工",
            "who=person who=individual_business skill_level=中级工",
        ),
        ("我们是个体户，雇了两个中级工", "-who=person"),
        ("我领着失业金在家", "status=失业 event=参加失业保险"),
        # English
        ("I'm 41 with a master's degree", "age=41岁 degree=硕士"),
        (
            "I'm 38. A lithium firm in Ordos has offered me a post, four-year contract. I have not signed.",
            "~contract_years=4年 ~place=鄂尔多斯市",
        ),
        (
            "I'm 38. I have a job offer from a firm in Ordos, four-year contract. I have yet to sign.",
            "~contract_years=4年",
        ),
        ("I'm 38 and signed a four-year contract with a lithium firm in Ordos.", "contract_years=4年 place=鄂尔多斯市"),
        (
            "I have a PhD and was full-time hired by a firm in Ordos from Munich",
            "arrival=全职引进 origin=德国 origin=境外",
        ),
        ("My company in Ordos hired me last year. I have a master's degree.", "who=person -who=company"),
        ("My company in Ordos hired 20 people last year.", "who=company"),
    ],
)
def test_what_is_read(holds: Holds, profile: str, expected: str) -> None:
    parts = expected.split()
    barred = [part[1:] for part in parts if part.startswith("-who=")]
    holds(profile, " ".join(part for part in parts if not part.startswith("-who=")))
    for who in barred:
        with pytest.raises(AssertionError):
            holds(profile, who)


@pytest.mark.parametrize(
    ("profile", "ages"),
    [
        ("My wife and our three-year-old son live with me", [("子女", 3)]),
        ("My wife is 33 and our son is three years old", [("配偶", 33), ("子女", 3)]),
        ("我老婆和4岁的女儿跟我一起来", [("子女", 4)]),
    ],
)
def test_whose_age_it_is(read: Read, profile: str, ages: list[tuple[str, int]]) -> None:
    assert [(fact.of, fact.number) for fact in read(profile).of("relative_age")] == ages
