"""One grant and the facts of an asker in; what it says to them out: status, reasons, and the row that applies."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from bot.match import wording
from bot.match.claims import claims_of, paid_of, quotes_of, worth_of
from bot.match.condition_judging import Judge
from bot.match.fact_pool import FactPool, is_for_talent
from bot.match.facts.reading import ORGANISATIONS
from bot.match.heard import Heard, received_of
from bot.match.judged_trees import KnownOutcomes, LeafJudged, TreeJudged, group_shown, is_narrower, names_in, shown
from bot.match.places_within import PlacesWithin
from bot.match.sums.printed import largest_in
from bot.match.talent_classes import TalentClasses
from bot.match.types import AskerFacts, ConditionJudged, Match, Status, is_tariff
from bot.text.bilingual import Say
from bot.types import Language
from ingest.entitlements.types import AmountRow, Attached, ReadableCondition, leaves
from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.matching.inclusions import inclusions

_ORDER: tuple[Status, ...] = ("met", "open", "not_met")
_ONCE = "一次性"
_PERSONAL = ("person", "household")
_PRICE = "价格"
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

    @property
    def status(self) -> Status:
        """Of the match."""
        return self.match.status

    @property
    def whole(self) -> tuple[LeafJudged, ...]:
        """Every single condition, those of alternatives too."""
        return (*self.leaves, *(leaf for group in self.alternatives for leaf in group))


@dataclass(frozen=True, slots=True)
class _Row:
    row: AmountRow
    judged: TreeJudged


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
    first = of_best[0][1]
    if best == "not_met" or len(judged) == 1:
        return first
    if best == "open":  # the one of which least is open stands for all
        return min((item for _, item in of_best), key=_left)
    matches = [item.match for _, item in of_best]
    told = [
        wording.CLAIM_OF_GROUP.to(language).format(who=pool.who(language), claim=claim)
        for pool, item in of_best
        if (claim := item.match.claim or (item.match.amount if len(of_best) > 1 else ""))
    ]
    merged_match = replace(
        first.match,
        conditions=tuple(dict.fromkeys(condition for match in matches for condition in match.conditions)),
        quotes=tuple(dict.fromkeys(quote for match in matches for quote in match.quotes)),
        amount="、".join(dict.fromkeys(match.amount for match in matches if match.amount)),
        claim=Say("；", "; ").to(language).join(told),
    )
    return replace(first, match=merged_match, worth=max(item.worth for _, item in of_best))


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
    judge = Judge(pool, measures.places, measures.classes, language, named, measures.heard, region, known)
    tree = judge.tree(record.conditions)
    rows = [_Row(row, judge.tree(row.when)) for row in record.amounts]
    chosen, of_rows = _chosen(rows)
    about_talent = pool.for_talent and record.recipient.who in _PERSONAL and "person" not in asker.who
    fits = _fits_recipient(record.recipient.who, asker, pool, (*tree.leaves, *of_rows.leaves))
    if record.kind == _PRICE and "individual_business" in asker.who:
        fits = record.recipient.who in _PAY_AS_FIRMS  # a shop pays as a firm does, not as the household of its owner
    besides = list(_besides(grant, judge, measures, tree))
    if record.recipient.who in ORGANISATIONS and pool.unfounded:
        besides.append(_plainly(record.spans[0], wording.PLANNED_FIRM.to(language), "open", language))
    if not fits:
        besides.insert(0, _recipient_other(grant, language))
    judged = (*tree.leaves, *_further(tree, of_rows.leaves))
    groups = (*tree.alternatives, *of_rows.alternatives)
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
    by = [fact for leaf in judged if leaf.status == "met" for fact in leaf.by]
    heads = pool.people if pool.for_talent and pool.group else None
    if heads is None and (about_talent or record.recipient.who == "employer"):
        heads = measures.heard.heads(by)
    match = Match(
        grant=grant,
        status=status,
        conditions=conditions,
        quotes=quotes_of(grant, chosen),
        amount=wording.listed(dict.fromkeys(row.figure for row in chosen), Language.ZH).replace("或", "、"),
        bound=chosen[0].bound if chosen else None,
        claim=claims_of(
            chosen, known.exactly(pool), language, heads, bool(pool.group) and record.recipient.who == "person"
        )
        if status != "not_met"
        else "",
        paid=paid_of(chosen, language),
        overlaps=record.overlap,
    )
    return GrantJudged(
        match, judged, tuple(groups), fits, _is_expired(grant, measures.as_of), about_talent, worth_of(chosen), chosen
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
        return any(_attribute(leaf) not in inclusions().general for leaf in spoken_of)
    return False


def _only_places(asker: AskerFacts) -> bool:
    """Whether somebody places people with others and employs none of them: the employers' and the people's money is not theirs."""
    hired = any(set(inclusions().hires) & set(fact.words) for fact in asker.of("event") if not fact.denied)
    return "intermediary" in asker.who and "person" not in asker.who and not hired


def _attribute(leaf: LeafJudged) -> str:
    return leaf.leaf.attribute if isinstance(leaf.leaf, ReadableCondition) else ""


def _recipient_other(grant: Attached, language: Language) -> ConditionJudged:
    zh, en = entitlement_words().recipients[grant.record.recipient.who]
    because = wording.RECIPIENT_OTHER.to(language).format(asked=Say(zh, en).to(language))
    return _plainly(grant.record.recipient.span or grant.record.spans[0], because, "not_met", language)


def _besides(grant: Attached, judge: Judge, measures: Measures, tree: TreeJudged) -> Iterator[ConditionJudged]:
    """What is asked without being printed as a condition: the document's own place, and its time."""
    printed = list(leaves(grant.record.conditions))
    place = _own_place(grant, judge, measures, tree)
    if place is not None and place.status != "met":
        yield place
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
    if name is None or asked & {"place", "origin"}:
        return None
    judged = judge.known_leaf(_its_place(grant.record.document, name))
    text = wording.OF_PLACE.to(measures.language).format(asked=wording.named(name, measures.language))
    return ConditionJudged(grant.record.document, text, judged.status, judged.because)


@lru_cache(maxsize=4096)
def _its_place(document: str, name: str) -> ReadableCondition:
    return ReadableCondition(document, "place", "in", (name,))


def _is_expired(grant: Attached, day: date) -> bool:
    return grant.validity.valid_until is not None and grant.validity.valid_until < day


# ── Rows ───────────────────────────────────────────────────────────────────────────────────────


def _chosen(rows: Sequence[_Row]) -> tuple[tuple[AmountRow, ...], TreeJudged]:
    """The rows that apply, and what their conditions come to.

    Rows without conditions all apply. Of those with conditions the ones that are met; of several classes, degrees or
    levels the best one, for one person has one. Where none is met, those still open.
    """
    always = tuple(item.row for item in rows if item.row.when is None)
    told = [item for item in rows if item.row.when is not None]
    if not told:
        return always, TreeJudged("met")
    met = _narrowest([item for item in told if item.judged.status == "met"])
    if met:
        best = [max(met, key=lambda item: largest_in(item.row.figure))] if _one_alone(met) else met
        return (*always, *(item.row for item in best)), TreeJudged("met", best[0].judged.leaves)
    left = [item for item in told if item.judged.status == "open"]
    if left:
        judged = left[0].judged if len(left) == 1 else TreeJudged("open", (), (_all_leaves(left),))
        return (*always, *(item.row for item in left)), judged
    if always:
        return always, TreeJudged("met")
    return (), TreeJudged("not_met", told[0].judged.leaves, told[0].judged.alternatives)


def _narrowest(rows: Sequence[_Row]) -> list[_Row]:
    """Without rows for what takes in the thing that another row names: a 小巨人 gets its own row, not that of 专精特新."""
    return [row for row in rows if not any(is_narrower(other.row.when, row.row.when) for other in rows)]


def _all_leaves(rows: Sequence[_Row]) -> tuple[LeafJudged, ...]:
    """What of the rows is not met, the alternatives inside each as well."""
    whole = [
        leaf
        for item in rows
        for leaf in (*item.judged.leaves, *(one for group in item.judged.alternatives for one in group))
    ]
    return tuple(leaf for leaf in whole if leaf.status != "met")


def _one_alone(met: Sequence[_Row]) -> bool:
    """True when the rows are steps of one thing (class, degree, level), of which somebody has one."""
    attributes = {
        leaf.attribute for item in met for leaf in leaves(item.row.when) if isinstance(leaf, ReadableCondition)
    }
    return bool(attributes & set(inclusions().exclusive))


def _further(tree: TreeJudged, of_rows: Sequence[LeafJudged]) -> tuple[LeafJudged, ...]:
    """Conditions of the chosen row that the grant itself does not ask for already."""
    asked = {(_attribute(leaf), _of(leaf)) for leaf in tree.leaves}
    return tuple(leaf for leaf in of_rows if not _attribute(leaf) or (_attribute(leaf), _of(leaf)) not in asked)


def _of(leaf: LeafJudged) -> str | None:
    return leaf.leaf.of if isinstance(leaf.leaf, ReadableCondition) else None


# ── What is shown ──────────────────────────────────────────────────────────────────────────────


def _plainly(span: str, because: str, status: Status, language: Language) -> ConditionJudged:
    return ConditionJudged(span, because, status, because)


def _worst(statuses: Sequence[Status]) -> Status:
    return "not_met" if "not_met" in statuses else "open" if "open" in statuses else "met"
