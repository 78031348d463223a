"""What a family may claim when the talent is one of it, and not who asks: the facts as that talent would tell them.

我爱人是F类人才，我没上班: of the grants to talents and their families the husband is the talent, and who asks the 配偶.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.match.types import AskerFacts, Fact
from ingest.vocabulary.matching.asker_speech import asker_speech

_OF_RELATIVES = frozenset({"relation", "relative_age", "relative_status", "relative_jobless_months"})
_SAME_OF_RELATIVE = {"age": "relative_age", "jobless_months": "relative_jobless_months"}
_AS_STATUS = frozenset({"status", "degree", "title", "employer_kind"})  # what a relative's status may be
_PERSON = frozenset({"person"})


def talent_among_relatives(asker: AskerFacts) -> str | None:
    """What the relative who was brought is to the asker; None where there is none."""
    name = asker_speech().kin.talent
    found = (fact.of for fact in asker.of("relative_status") if name in fact.words and fact.about == "relative")
    return next(found, None)


def as_the_talent(asker: AskerFacts) -> AskerFacts | None:
    """The facts with the relative who was brought as the asker, and the asker and the others as their relatives."""
    relation = talent_among_relatives(asker)
    if relation is None:
        return None
    return AskerFacts(_PERSON, tuple(dict.fromkeys(_turned(asker, relation))))


def _turned(asker: AskerFacts, relation: str) -> Iterator[Fact]:
    words = asker_speech().kin
    others, me = words.of_talent.get(relation, {}), words.inverse.get(relation)
    for fact in asker.facts:
        if fact.about == "relative" and fact.attribute not in _OF_RELATIVES:
            yield replace(fact, about="asker")
        elif fact.attribute == "relation" and fact.about == "relative":
            yield from (replace(fact, words=(others[name],)) for name in fact.words if name in others)
        elif fact.attribute in _OF_RELATIVES and fact.about == "relative" and fact.of is not None and fact.of in others:
            yield replace(fact, of=others[fact.of])
        elif fact.about == "asker" and me is not None and not fact.planned:
            yield from _of_me(fact, me)
    if me is not None:
        yield Fact("relation", (me,), about="relative")


def _of_me(fact: Fact, me: str) -> Iterator[Fact]:
    """What was told of the asker, as it is told of a relative."""
    if fact.attribute in _SAME_OF_RELATIVE:
        yield replace(fact, attribute=_SAME_OF_RELATIVE[fact.attribute], of=me, about="relative")
    elif fact.attribute in _AS_STATUS:
        yield replace(fact, attribute="relative_status", of=me, about="relative")
