"""One grant and the facts of an asker in; what it says to them out: status, reasons, and the row that applies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from bot.match import wording
from bot.match.claims import paid_of, quotes_of, worth_of
from bot.match.condition_judging import Judge
from bot.match.fact_pool import FactPool, is_for_talent
from bot.match.facts.reading import ORGANISATIONS
from bot.match.heard import Heard, received_of
from bot.match.judged_trees import KnownOutcomes, LeafJudged, TreeJudged, group_shown, is_reached_later, names_in, shown
from bot.match.places_within import PlacesWithin
from bot.match.sums.of_event import event_of
from bot.match.sums.of_grant import Talk, claim_of_grant, is_of_people
from bot.match.sums.rows_chosen import (
    RowJudged,
    amount_of,
    attribute_of,
    bound_of,
    bounded_figure,
    further,
    further_groups,
    rows_chosen,
)
from bot.match.talent_classes import TalentClasses
from bot.match.types import AskerFacts, ConditionJudged, Match, Status, is_tariff
from bot.text.bilingual import Say
from bot.types import Language
from ingest.entitlements.types import AmountRow, Attached, ReadableCondition, Recipient, leaves
from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.matching.inclusions import inclusions

_ORDER: tuple[Status, ...] = ("met", "open", "not_met")
_ONCE = "一次性"
_PERSONAL = ("person", "household")
_PRICE = "价格"
_FROM_ANYWHERE = ("intermediary",)  # an agency is recognised here, wherever its seat is
_PAY_AS_FIRMS = ("company", "individual_business", "employer")
_NOTHING_HEARD = Heard()


@dataclass(frozen=True, slots=True)
class Measures:
    """What every grant is held against besides the facts."""

    places: PlacesWithin
    classes: TalentClasses
    as_of: date
    language: Language
    heard: Heard = _NOTHING_HEARD


@dataclass(frozen=True, slots=True)
class GrantJudged:
    """A match with what its place in the list depends on."""

    match: Match
    leaves: tuple[LeafJudged, ...]
    alternatives: tuple[tuple[LeafJudged, ...], ...]  # of which one is enough
    fits_recipient: bool
    expired: bool
    about_talent: bool
    worth: Decimal  # the largest sum of the rows that apply, in 元; 0 where none is printed
    rows: tuple[AmountRow, ...] = ()  # those that apply
    by_event: bool = False  # the claim is of the people of an event (interns), not of those brought

    @property
    def status(self) -> Status:
        """Of the match."""
        return self.match.status

    @property
    def whole(self) -> tuple[LeafJudged, ...]:
        """Every single condition, those of alternatives too."""
        return (*self.leaves, *(leaf for group in self.alternatives for leaf in group))


def judge_grants(grants: Iterable[Attached], asker: AskerFacts, measures: Measures) -> list[GrantJudged]:
    """What each grant says to the asker, in their order."""
    ways = FactPool.all_ways(asker, measures.language)
    known = KnownOutcomes()
    return [
        _best(
            [
                (pool, _judged(grant, asker, measures, pool, known))
                for pool in ways[is_for_talent(asker, grant.record.recipient.who)]
            ],
            measures.language,
        )
        for grant in grants
    ]


def _best(judged: Sequence[tuple[FactPool, GrantJudged]], language: Language) -> GrantJudged:
    """Of several groups of people those that meet most: the claim of each by itself, and no sum of them."""
    best = min((item.status for _, item in judged), key=_ORDER.index)
    of_best = [(pool, item) for pool, item in judged if item.status == best]
    if best == "open":  # those of which least is open stand for all
        least = min(_left(item) for _, item in of_best)
        of_best = [(pool, item) for pool, item in of_best if _left(item) == least]
    first = of_best[0][1]
    if best == "not_met" or len(judged) == 1:
        return first
    if not any(is_of_people(item.whole) for _, item in of_best):
        return first  # it asks nothing of the people: what it gives is not so much for each of them
    matches = [item.match for _, item in of_best]
    several = len(of_best) > 1 and (best == "met" or any(match.claim for match in matches))
    told = [
        wording.CLAIM_OF_GROUP.to(language).format(who=pool.who(language), claim=claim)
        for pool, item in of_best
        if (claim := item.match.claim or (_one_amount(item, language) if several else ""))
    ]
    if any(item.by_event for _, item in of_best):  # not of the people of the groups
        told = list(dict.fromkeys(match.claim for match in matches if match.claim))
    rows = tuple(dict.fromkeys(row for _, item in of_best for row in item.rows))
    merged_match = replace(
        first.match,
        conditions=tuple(_of_groups(of_best, language)),
        quotes=tuple(dict.fromkeys(quote for match in matches for quote in match.quotes)),
        amount=amount_of(rows, language),
        bound=bound_of(rows),
        claim=Say("；", "; ").to(language).join(told),
        rows=rows,
    )
    return replace(first, match=merged_match, worth=max(item.worth for _, item in of_best), rows=rows)


def _one_amount(item: GrantJudged, language: Language) -> str:
    """The figure of a grant that prints one for the group, with its bound."""
    return bounded_figure(item.rows[0], language) if len(item.rows) == 1 else ""


def _of_groups(judged: Sequence[tuple[FactPool, GrantJudged]], language: Language) -> Iterator[ConditionJudged]:
    """Conditions of several groups of people: what comes to the same for all once, the others with whose they are."""
    count = Counter(condition for _, item in judged for condition in set(item.match.conditions))
    told: set[ConditionJudged] = set()
    for pool, item in judged:
        for condition in item.match.conditions:
            if condition in told:
                continue
            told.add(condition)
            if count[condition] == len(judged):
                yield condition
            else:
                say = wording.CLAIM_OF_GROUP.to(language)
                yield replace(condition, because=say.format(who=pool.who(language), claim=condition.because))


def _left(item: GrantJudged) -> int:
    return sum(condition.status != "met" for condition in item.match.conditions)


def judge_grant(grant: Attached, asker: AskerFacts, measures: Measures) -> GrantJudged:
    """What one grant says to the asker. Only an accepted one is met; never by what was not said."""
    return judge_grants([grant], asker, measures)[0]


def _judged(
    grant: Attached, asker: AskerFacts, measures: Measures, pool: FactPool, known: KnownOutcomes
) -> GrantJudged:
    record, language = grant.record, measures.language
    # A price is what is paid there, whoever comes and whenever.
    pool = pool.as_if_done() if is_tariff(record) else pool.as_asked(leaves(record.conditions))
    named = names_in(record.conditions, *(row.when for row in record.amounts))
    region = measures.places.of_level(grant.level)
    later = is_reached_later(record.conditions)
    judge = Judge(pool, measures.places, measures.classes, language, named, measures.heard, region, known, later)
    tree = judge.tree(record.conditions)
    rows = [RowJudged(row, judge.tree(row.when)) for row in record.amounts]
    chosen, of_rows = rows_chosen(rows)
    about_talent = pool.for_talent and record.recipient.who in _PERSONAL and "person" not in asker.who
    fits = _fits_recipient(record.recipient.who, asker, pool, (*tree.leaves, *of_rows.leaves))
    fits = fits or _is_the_team(record.recipient, asker, tree.leaves)
    if record.kind == _PRICE and "individual_business" in asker.who:
        fits = record.recipient.who in _PAY_AS_FIRMS  # a shop pays as a firm does, not as the household of its owner
    besides = _all_besides(grant, asker, judge, measures, tree, fits=fits)
    judged = (*tree.leaves, *further(tree, of_rows.leaves))
    groups = (*tree.alternatives, *further_groups(tree, of_rows.alternatives))
    conditions = (
        *besides,
        *(shown(leaf, language) for leaf in judged),
        *(group_shown(group, language) for group in groups),
    )
    status = _worst([tree.status, of_rows.status, *(condition.status for condition in besides)])
    personal = [fact for leaf in judged if leaf.status == "met" for fact in leaf.by if fact.about == "talent"]
    if status == "met" and pool.of_several and not measures.heard.in_one_sentence(personal):
        conditions = (*conditions, _plainly(record.spans[0], wording.ONE_PERSON.to(language), "open", language))
        status = "open"
    if status == "met" and not grant.accepted:
        conditions = (*conditions, _plainly(record.spans[0], wording.UNCHECKED.to(language), "open", language))
        status = "open"
    event = event_of(judged)
    exactly, talk = known.exactly(pool), Talk(measures.heard, language)
    claim = "" if status == "not_met" else claim_of_grant(record, exactly, judged, chosen, talk, event, about_talent)
    match = Match(
        grant=grant,
        status=status,
        conditions=conditions,
        quotes=quotes_of(grant, chosen),
        amount=amount_of(chosen, language),
        bound=bound_of(chosen),
        claim=claim,
        paid=paid_of(chosen, language),
        overlaps=record.overlap,
        rows=tuple(chosen),
    )
    return GrantJudged(
        match=match,
        leaves=judged,
        alternatives=tuple(groups),
        fits_recipient=fits,
        expired=_is_expired(grant, measures.as_of),
        about_talent=about_talent,
        worth=worth_of(chosen),
        rows=chosen,
        by_event=event is not None,
    )


# ── Recipient, place, time ─────────────────────────────────────────────────────────────────────


def _fits_recipient(who: str, asker: AskerFacts, pool: FactPool, judged: Sequence[LeafJudged]) -> bool:
    """Whether the asker, or the person they bring, can be who the grant goes to.

    A firm can be the institution of a grant (an 企业技术中心) once it has what the grant is for.
    """
    if who in ("employer", *_PERSONAL) and _only_places(asker):
        return False
    if who in asker.who or (who in _PERSONAL and (pool.for_talent or asker.who & set(_PERSONAL))):
        return True
    if not asker.who:
        return True  # nobody said who they are: what they say of themselves decides
    if asker.who & set(inclusions().recipients.get(who, ())):
        # What is only planned, or said too widely, leaves it open.
        spoken_of = (leaf for leaf in judged if leaf.status != "not_met" and leaf.by)
        return any(attribute_of(leaf) not in inclusions().general for leaf in spoken_of)
    return False


def _is_the_team(recipient: Recipient, asker: AskerFacts, judged: Sequence[LeafJudged]) -> bool:
    """Whether a firm won by itself what is given to a person or a team (创作者（团队）)."""
    to_teams = recipient.who == "person" and any(word in (recipient.span or "") for word in inclusions().teams)
    won = [fact for leaf in judged if leaf.status == "met" for fact in leaf.by if fact.attribute == "award"]
    return to_teams and bool(asker.who & ORGANISATIONS) and any(fact.about == "asker" for fact in won)


def _only_places(asker: AskerFacts) -> bool:
    """Whether somebody places people with others and employs none of them: the employers' and the people's money is not theirs."""
    hired = any(set(inclusions().hires) & set(fact.words) for fact in asker.of("event") if not fact.denied)
    return "intermediary" in asker.who and "person" not in asker.who and not hired


def _recipient_other(grant: Attached, language: Language) -> ConditionJudged:
    zh, en = entitlement_words().recipients[grant.record.recipient.who]
    because = wording.RECIPIENT_OTHER.to(language).format(asked=Say(zh, en).to(language))
    return _plainly(grant.record.recipient.span or grant.record.spans[0], because, "not_met", language)


def _all_besides(
    grant: Attached, asker: AskerFacts, judge: Judge, measures: Measures, tree: TreeJudged, *, fits: bool
) -> list[ConditionJudged]:
    """What is asked without being printed as a condition, and who it goes to."""
    record, language = grant.record, measures.language
    besides = list(_besides(grant, judge, measures, tree))
    if record.recipient.who in ORGANISATIONS and judge.pool.unfounded:
        besides.append(_plainly(record.spans[0], wording.PLANNED_FIRM.to(language), "open", language))
    of_owners = record.recipient.who in inclusions().of_owners and record.recipient.who not in asker.who
    if fits and of_owners and not measures.heard.names_owners:  # 外国投资者 are whom the firm belongs to
        besides.append(_plainly(record.spans[0], wording.OF_OWNERS.to(language), "open", language))
    return besides if fits else [_recipient_other(grant, language), *besides]


def _besides(grant: Attached, judge: Judge, measures: Measures, tree: TreeJudged) -> Iterator[ConditionJudged]:
    """What is asked without being printed as a condition: the document's own place, and its time."""
    printed = list(leaves(grant.record.conditions))
    place = _own_place(grant, judge, measures, tree)
    if place is not None and place.status != "met":
        yield place
    none_of = judge.pool.is_none_of(grant.record.title) if grant.record.recipient.who in _PERSONAL else None
    if none_of is not None:
        because = wording.NOT_FOR.to(measures.language).format(said=wording.named(none_of.words[0], measures.language))
        yield _plainly(grant.record.spans[0], because, "not_met", measures.language)
    timed = any(isinstance(leaf, ReadableCondition) and leaf.attribute == "recognition.time" for leaf in printed)
    received = received_of(judge.pool.facts, judge.named) if timed else None
    periods = (row.period or "" for row in grant.record.amounts)
    if received is not None and any(_ONCE in span for span in (*grant.record.spans, *periods)):
        because = wording.RECEIVED.to(measures.language).format(
            said=wording.named(received.of or "", measures.language)
        )
        yield _plainly(grant.record.spans[0], because, "not_met", measures.language)
    validity, day = grant.validity, measures.as_of
    span = grant.record.validity.span if grant.record.validity else grant.record.document
    if validity.valid_until is not None and validity.valid_until < day:
        because = wording.EXPIRED.to(measures.language).format(until=validity.valid_until, day=day)
        yield _plainly(span, because, "not_met", measures.language)
    elif validity.valid_from is not None and validity.valid_from > day:
        because = wording.NOT_YET.to(measures.language).format(since=validity.valid_from, day=day)
        yield _plainly(span, because, "not_met", measures.language)
    elif validity.undetermined and validity.valid_until is None:
        because = wording.NO_END.to(measures.language).format(said=validity.undetermined)
        yield _plainly(span, because, "open", measures.language)


def _own_place(grant: Attached, judge: Judge, measures: Measures, tree: TreeJudged) -> ConditionJudged | None:
    """A document of a city or county holds there, even where its words do not repeat it.

    再次获批或整体迁入本旗: the place stands in one way only; whoever goes the other has to be there all the same.
    """
    name = measures.places.of_level(grant.level)
    every = (*tree.leaves, *(leaf for group in tree.alternatives for leaf in group))
    asked = {leaf.leaf.attribute for leaf in every if isinstance(leaf.leaf, ReadableCondition)}
    if name is None or asked & {"place", "origin"} or grant.record.recipient.who in _FROM_ANYWHERE:
        return None
    judged = judge.known_leaf(_its_place(grant.record.document, name))
    text = wording.OF_PLACE.to(measures.language).format(asked=wording.named(name, measures.language))
    return ConditionJudged(grant.record.document, text, judged.status, judged.because)


@lru_cache(maxsize=4096)
def _its_place(document: str, name: str) -> ReadableCondition:
    return ReadableCondition(document, "place", "in", (name,))


def _is_expired(grant: Attached, day: date) -> bool:
    return grant.validity.valid_until is not None and grant.validity.valid_until < day


# ── What is shown ──────────────────────────────────────────────────────────────────────────────


def _plainly(span: str, because: str, status: Status, language: Language) -> ConditionJudged:
    return ConditionJudged(span, because, status, because)


def _worst(statuses: Sequence[Status]) -> Status:
    return "not_met" if "not_met" in statuses else "open" if "open" in statuses else "met"
