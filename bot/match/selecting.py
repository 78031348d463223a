"""Which judged grants are shown, and in which order: what speaks to nothing that was said is left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.match import wording
from bot.match.grant_judging import GrantJudged
from bot.match.judged_trees import LeafJudged, is_specific
from bot.match.types import AskerFacts, ConditionJudged, Fact, Status
from bot.types import Language
from ingest.entitlements.types import ReadableCondition, TextCondition, leaves
from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.levels import breadth
from ingest.vocabulary.matching.inclusions import inclusions

MOST_NEAR_MISSES = 6
_STATUSES: tuple[Status, ...] = ("met", "open", "not_met")
_WEIGHT_OF_DECISION = 0.25
_WEIGHT_OF_TEXT = 0.5
_OF_A_LISTED_ONE = 0.75
_LEAST_SHARE = 0.34  # of a grant's conditions that must be met before it is shown as open
_PRICE = "价格"
_MOST_SHARING = 3  # grants that something said speaks to, for it to be rare
_DISTINCT = frozenset({"award", "event", "recognition", "job"})  # what somebody has done or got, or does
_NEARLY_ALL = 0.66  # of what is asked; such open grants stand before the others
_MOST_TO_CHECK = 2
_FEWEST_OF_LABEL = 4  # characters of what a number is called: 年龄 and 人数 stand everywhere
_OF_A_THING = ("占比", "增长")
_FEWEST_NAMED = 2  # characters of a word of a fact that a title names


@dataclass(frozen=True, slots=True)
class Selected:
    """What is shown: met ones and open ones, those that have expired, and those that fail by one thing alone."""

    matches: tuple[GrantJudged, ...]
    expired: tuple[GrantJudged, ...]
    near_misses: tuple[GrantJudged, ...]


def select(
    judged: Iterable[GrantJudged],
    asker: AskerFacts,
    priced: Sequence[str] = (),
    of_relative: frozenset[str] = frozenset(),
) -> Selected:
    """Those worth showing, each group in its order; grants of the same money once.

    ``priced``: words of titles of which the price is asked for; ``of_relative``: keys of grants that go to a relative, which
    stand behind the asker's own.
    """
    items = list(judged)
    rare = _rare(items)
    relevant = [
        item
        for item in items
        if item.status != "not_met" and (_is_relevant(item, asker, rare) or _is_asked_for(item, priced))
    ]
    expired = [item for item in items if item.expired and _failed(item) == 1 and _is_relevant(item, asker, rare)]
    near = [
        item
        for item in items
        if item.status == "not_met"
        and not item.expired
        and item.fits_recipient
        and _failed(item) == 1
        and _specific(item)
        and not item.match.grant.record.soft
    ]
    near.sort(key=lambda item: -_share_met(item))
    named = {key for item in items for key in item.match.grant.record.same_as}
    by_key = {
        item.match.grant.key: item for item in items if item.match.grant.record.same_as or item.match.grant.key in named
    }
    relevant = _with_met_printings(relevant, by_key)
    shown = _money_of(relevant, by_key)
    expired = [item for item in expired if item.match.grant.key not in shown]
    shown |= _money_of(expired, by_key)
    near = [item for item in near if item.match.grant.key not in shown]
    return Selected(
        tuple(sorted(_each_money_once(relevant, by_key), key=lambda item: _order(item, asker, of_relative))),
        tuple(sorted(_each_money_once(expired, by_key), key=lambda item: _order(item, asker))),
        tuple(_each_money_once(near, by_key)[:MOST_NEAR_MISSES]),
    )


# ── Relevance ──────────────────────────────────────────────────────────────────────────────────


def _is_relevant(item: GrantJudged, asker: AskerFacts, rare: frozenset[str]) -> bool:
    """Met: always, unless it asks for nothing and gives nothing printed. Open: when enough of it is met already.

    Enough is also one thing that few grants ask for: whoever is 完全丧失劳动能力 looks for 病残津贴, however much else it
    asks.
    """
    record = item.match.grant.record
    if record.soft and item.status != "met":
        return False
    if item.about_talent and not _is_met_by_the_talent(item):
        return False
    specific, named = bool(_specific(item)), _is_named(item, asker)
    if (specific or named) and (item.status == "met" or _share_met(item) >= _LEAST_SHARE):
        return True
    if specific:
        return bool(_things_met(item) & rare)
    if record.kind == _PRICE:  # which everybody pays
        return False
    if (
        not named
        and not _speaks_of_a_number(item, asker)
        and not any(leaf.status == "met" and leaf.by for leaf in item.leaves)
    ):
        return False
    # Only general conditions are met: shown when nothing is missing but what somebody decides or checks.
    left = [leaf for leaf in item.whole if leaf.status != "met"]
    return len(left) <= _MOST_TO_CHECK and all(isinstance(leaf.leaf, TextCondition) for leaf in left)


def _is_asked_for(item: GrantJudged, priced: Sequence[str]) -> bool:
    """A price that everybody pays and this asker asks for."""
    return item.match.is_tariff and any(word in item.match.grant.record.title for word in priced)


def _rare(items: Iterable[GrantJudged]) -> frozenset[str]:
    """What was said that meets a condition of few grants; the same money printed again counts once."""
    counts: Counter[str] = Counter()
    done: set[str] = set()
    for item in items:
        if item.status == "not_met" or item.match.grant.key in done:
            continue
        done.update(item.match.grant.record.same_as)
        counts.update(_things_met(item))
    return frozenset(thing for thing, number in counts.items() if number <= _MOST_SHARING)


def _things_met(item: GrantJudged) -> set[str]:
    return {
        fact.words[0]
        for leaf in _specific(item)
        if leaf.status == "met"
        for fact in leaf.by
        if fact.attribute in _DISTINCT and fact.words
    }


def _is_met_by_the_talent(item: GrantJudged) -> bool:
    """What anybody gets who works for the firm is no reason to name the person it brings."""
    return any(fact.about == "talent" for leaf in item.whole if leaf.status != "not_met" for fact in leaf.by)


def _specific(item: GrantJudged) -> list[LeafJudged]:
    """Conditions that speak of the asker in particular: met, or open as what was said is too wide for them."""
    return [leaf for leaf in item.whole if leaf.status != "not_met" and is_specific(leaf)]


def _is_named(item: GrantJudged, asker: AskerFacts) -> bool:
    """True when what the grant is for is what a fact says: 租房 and 租房补贴."""
    record = item.match.grant.record
    objects = (record.title, *(row.object for row in record.amounts))
    words = [
        word
        for fact in asker.facts
        if not fact.denied and fact.attribute in ("event", "plan", "recognition", "award")
        for word in fact.words
        if len(word) >= _FEWEST_NAMED
    ]
    labels = entitlement_words().attributes
    words += [labels[fact.attribute].label[0] for fact in asker.facts if fact.number is not None and not fact.denied]
    return any(word in text for word in words for text in objects)


def _speaks_of_a_number(item: GrantJudged, asker: AskerFacts) -> bool:
    """True when the granting words speak of a number that was said: 研发投入强度 of somebody who says their 研发投入."""
    said = {_number_named(fact) for fact in asker.facts if fact.number is not None and not fact.denied}
    return any(
        len(label) >= _FEWEST_OF_LABEL and label in span for label in said for span in item.match.grant.record.spans
    )


def _number_named(fact: Fact) -> str:
    """What a number is called; a share or growth is one of the thing itself: 研发投入占比 speaks of 研发投入."""
    label = entitlement_words().attributes[fact.attribute].label[0]
    return next((label.removesuffix(end) for end in _OF_A_THING if label.endswith(end)), label)


def _share_met(item: GrantJudged) -> float:
    """How much of what a grant asks for is met; of alternatives the one that is nearest counts."""
    asked = [*item.leaves, *(max(group, key=_nearness) for group in item.alternatives)]
    met = sum(_weight(leaf) * _nearness(leaf) for leaf in asked if leaf.status != "met" or leaf.by)
    whole = sum(_weight(leaf) for leaf in asked if leaf.status != "met" or leaf.by)
    return met / whole if whole else 1.0


def _nearness(leaf: LeafJudged) -> float:
    """1 for met, a half where what was said may yet meet it, 0 where nothing was said.

    A catalogue that lists what somebody is, and asks for more besides, is nearer than a word that is too wide.
    """
    if leaf.status == "open" and leaf.by and _attribute(leaf) == "talent_class" and leaf.by[0].attribute != "job":
        return _OF_A_LISTED_ONE
    if leaf.status == "open" and any(fact.planned for fact in leaf.by):
        return 1.0  # once the plan comes true
    return 1.0 if leaf.status == "met" else 0.5 if leaf.status == "open" and leaf.by else 0.0


def _attribute(leaf: LeafJudged) -> str:
    return "" if isinstance(leaf.leaf, TextCondition) else leaf.leaf.attribute


def _weight(leaf: LeafJudged) -> float:
    if isinstance(leaf.leaf, TextCondition):
        return _WEIGHT_OF_DECISION if leaf.leaf.decision else _WEIGHT_OF_TEXT
    return _WEIGHT_OF_TEXT if leaf.leaf.attribute in inclusions().general else 1.0


def _failed(item: GrantJudged) -> int:
    return sum(condition.status == "not_met" for condition in item.match.conditions)


# ── Order ──────────────────────────────────────────────────────────────────────────────────────


def _order(item: GrantJudged, asker: AskerFacts, of_relative: frozenset[str] = frozenset()) -> tuple[object, ...]:
    """Prices, what anybody gets, and soft ones last; met before open; what is nearly met first; then the most money."""
    match, record = item.match, item.match.grant.record
    general = not _specific(item) and not _is_named(item, asker)
    kinds = list(entitlement_words().kinds)
    share = _share_met(item) if match.status == "open" else 1.0
    return (
        match.is_tariff,
        match.status != "met",
        record.soft,
        match.grant.key in of_relative,
        general,
        share < _NEARLY_ALL,
        -item.worth,
        -round(share, 2),
        breadth(match.grant.level or ""),
        kinds.index(record.kind),
        match.grant.key,
    )


def _with_met_printings(items: Sequence[GrantJudged], printed: dict[str, GrantJudged]) -> list[GrantJudged]:
    """With every printing of their money that is met: it is the one to show, though by itself it says little."""
    own = {item.match.grant.key for item in items}
    others = (printed[key] for key in sorted(_money_of(items, printed) - own))
    return [*items, *(item for item in others if item.status == "met")]


def _each_money_once(items: Sequence[GrantJudged], printed: dict[str, GrantJudged]) -> list[GrantJudged]:
    """Grants that print the same money as one: the one that is met, else the first.

    ``printed``: all grants whose money is printed more than once; two may be the same by a third that is not shown.
    """
    by_key = {item.match.grant.key: item for item in items}
    linking = {**printed, **by_key}
    done: set[str] = set()
    found: list[GrantJudged] = []
    for item in items:
        key = item.match.grant.key
        if key in done:
            continue
        group = _same_money(key, linking) & by_key.keys()
        done |= group
        members = sorted((by_key[name] for name in group), key=_first_printing)
        found.append(merged(members[0], members[1:]) if len(members) > 1 else item)
    return found


def _first_printing(item: GrantJudged) -> tuple[object, ...]:
    """The one that is met, else the one of which least is open: a printing whose time may be up comes last."""
    left = sum(condition.status != "met" for condition in item.match.conditions)
    return item.status != "met", item.match.grant.validity.undetermined is not None, left, item.match.grant.key


def _money_of(items: Iterable[GrantJudged], by_key: dict[str, GrantJudged]) -> set[str]:
    """The keys of all grants that print the money of some: shown once, it is not shown again as expired or missed.

    ``by_key`` are the grants whose money is printed more than once.
    """
    keys = [item.match.grant.key for item in items]
    return {name for key in keys if key in by_key for name in _same_money(key, by_key)}


def _same_money(key: str, by_key: dict[str, GrantJudged]) -> set[str]:
    """The keys of all grants that print the money of one, by either's word."""
    reached, waiting = {key}, [key]
    while waiting:
        name = waiting.pop()
        said = set(by_key[name].match.grant.record.same_as)
        said |= {other for other, item in by_key.items() if name in item.match.grant.record.same_as}
        for other in said & by_key.keys() - reached:
            reached.add(other)
            waiting.append(other)
    return reached


def merged(best: GrantJudged, others: Sequence[GrantJudged]) -> GrantJudged:
    """The same money printed more than once, as one: the others' words are quoted behind its own."""
    quotes = dict.fromkeys(quote for item in (best, *others) for quote in item.match.quotes)
    overlaps = dict.fromkeys(rule for item in (best, *others) for rule in item.match.overlaps)
    again = tuple(item.match.grant for item in others)
    match = replace(best.match, quotes=tuple(quotes), overlaps=tuple(overlaps), said_again_by=again)
    return replace(best, match=match)


# ── A relative who is the talent ───────────────────────────────────────────────────────────────


def for_family(
    own: Sequence[GrantJudged], theirs: Sequence[GrantJudged], relation: str, language: Language
) -> tuple[list[GrantJudged], frozenset[str]]:
    """Grants as the asker and as a relative who was brought may claim them: what goes to a family by that relative.

    The keys are of those that go to the relative alone; each says so.
    """
    found: list[GrantJudged] = []
    told: set[str] = set()
    for mine, other in zip(own, theirs, strict=True):
        of_kin = any(
            isinstance(leaf, ReadableCondition) and leaf.attribute == "relation"
            for leaf in leaves(mine.match.grant.record.conditions)
        )
        if not of_kin and other.fits_recipient and _nearness_of(other) < _nearness_of(mine):
            told.add(mine.match.grant.key)
            found.append(_told_of(other, relation, language))
        else:
            found.append(other if of_kin else mine)
    return found, frozenset(told)


def _nearness_of(item: GrantJudged) -> tuple[int, int]:
    """How near a grant is to being met; the nearest first."""
    left = sum(condition.status != "met" for condition in item.match.conditions)
    return _STATUSES.index(item.status), left


def _told_of(item: GrantJudged, relation: str, language: Language) -> GrantJudged:
    """The grant with a first line on whose it is: open at best, for it is not the asker who claims it."""
    because = wording.OF_RELATIVE.to(language).format(said=wording.named(relation, language))
    record = item.match.grant.record
    whose = ConditionJudged(record.recipient.span or record.spans[0], because, "open", because)
    status: Status = "not_met" if item.status == "not_met" else "open"
    return replace(item, match=replace(item.match, status=status, conditions=(whose, *item.match.conditions)))
