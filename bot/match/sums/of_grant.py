"""What the figures of a grant come to: for the people of its own event, else for those of the group looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.match.claims import claims_of
from bot.match.fact_pool import FactPool
from bot.match.heard import Heard
from bot.match.judged_trees import LeafJudged
from bot.match.sums.of_event import claim_of_event
from bot.match.types import Fact
from bot.types import Language
from ingest.entitlements.types import AmountRow, Entitlement, ReadableCondition, leaves
from ingest.vocabulary.matching.inclusions import inclusions

_PAID_FOR_EACH = ("person", "intermediary")


@dataclass(frozen=True, slots=True)
class Talk:
    """What somebody said, and the language in which they are answered."""

    heard: Heard
    language: Language


def claim_of_grant(
    record: Entitlement,
    exactly: FactPool,
    judged: Sequence[LeafJudged],
    chosen: Sequence[AmountRow],
    talk: Talk,
    event: Fact | None,
    about_talent: bool,
) -> str:
    """The arithmetic of the rows ``chosen`` of a grant, by what is known ``exactly``; empty where there is none."""
    if event is not None and talk.heard.profile:
        return claim_of_event(chosen, exactly, event, talk.heard.profile, record.conditions, talk.language)
    heads = exactly.people if exactly.for_talent and is_of_people(judged) else None
    to_each = heads is not None and record.recipient.who in _PAID_FOR_EACH and _is_each_persons(record, chosen)
    if _is_unsaid(judged):
        claim = claims_of(chosen, exactly, talk.language)
        if not claim or not to_each or not exactly.group:
            return claim
        return claims_of(chosen, exactly, talk.language, heads, to_each)  # 硕士5人：… is worked out for five
    heads = heads if exactly.group or to_each else None
    if heads is None and (about_talent or record.recipient.who == "employer"):
        heads = talk.heard.heads(fact for leaf in judged if leaf.status == "met" for fact in leaf.by)
    return claims_of(chosen, exactly, talk.language, heads, to_each)


def is_of_people(judged: Iterable[LeafJudged]) -> bool:
    """True when what was said of the people brought decides some of the conditions."""
    return any(fact.about == "talent" for leaf in judged for fact in leaf.by)


def _is_unsaid(judged: Iterable[LeafJudged]) -> bool:
    """True when nothing was said of something the grant asks of the people: how many of them get it is not known."""
    asked = (leaf for leaf in judged if leaf.status == "open" and not leaf.by)
    return any(_asks_of_people(leaf.leaf) or _asks_of_deeds(leaf.leaf) for leaf in asked)


def _is_each_persons(record: Entitlement, chosen: Sequence[AmountRow]) -> bool:
    """Not so what a team, a platform or a project gets, however many people it has, nor an agency for what it does."""
    if record.recipient.who == "intermediary" and not any(map(_asks_of_people, leaves(record.conditions))):
        return False
    told = "".join((record.title, *(row.object for row in chosen)))
    return not any(word in told for word in inclusions().not_each)


def _asks_of_deeds(leaf: object) -> bool:
    return isinstance(leaf, ReadableCondition) and leaf.attribute == "event"


def _asks_of_people(leaf: object) -> bool:
    return isinstance(leaf, ReadableCondition) and leaf.attribute in inclusions().person
