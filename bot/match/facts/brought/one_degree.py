"""One person brought of whom two degrees are told that cannot both be the highest: 本科博士，学历是大专."""

from __future__ import annotations

from collections.abc import Sequence

from bot.match.facts.checks import Language, sentence
from bot.match.facts.person import said_only
from bot.match.facts.reading import Reading
from bot.match.types import Fact
from bot.match.wording import named
from bot.types import Language as Spoken
from ingest.vocabulary.entitlements import entitlement_words


def with_one_degree(reading: Reading, facts: Sequence[Fact], language: Language) -> tuple[list[Fact], list[str]]:
    """Facts without the degrees of one person where a lower one is said to be the highest, and a sentence on it."""
    kept, faults = list(facts), list[str]()
    ladder, spoken = entitlement_words().attributes["degree"].ladder, Spoken(language)
    for group in sorted({fact.group for fact in kept if fact.about == "talent"}):
        told = [f for f in kept if f.attribute == "degree" and f.about == "talent" and f.group == group and f.words]
        own = [fact for fact in told if not (fact.denied or fact.planned) and (fact.people or 1) == 1]
        only = next((fact for fact in own if fact.said and said_only(reading, fact.said.start)), None)
        highest = max((fact.words[0] for fact in own), key=ladder.index, default="")
        if only is not None and only.words[0] != highest:
            a, b = named(highest, spoken), named(only.words[0], spoken)
            faults.append(sentence("two_degrees", language, a=a, b=b))
            kept = [fact for fact in kept if fact not in told]
    return kept, faults
