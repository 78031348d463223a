"""What a follow-up is drawn to: the sentences that answered the turns before it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.evidence.asked_level import like_what_was_said
from bot.evidence.candidates import Candidate, kept_to
from bot.text.jieba_dictionary import counties_in, nouns_in, places_in
from bot.text.term_overlap import TermWeights, terms_of
from bot.understand.asked_facts import facts_asked
from bot.understand.asks_on import asks_for_others, words_but_asking
from bot.understand.levels_and_places import Places
from bot.understand.reading import Reading, only_changes_a_part
from bot.understand.topic_shift import COMMON
from index.kept.printed_text import Prints
from index.types import Hit
from ingest.facts.figures import find_figures, same_figure
from ingest.types import Clause

_YEAR = re.compile(r"(?:19|20)\d\d\s?年")  # of the calendar: no term
WITHIN = 2.0  # score below the best within which a sentence that prints the amount named is what a follow-up means


@dataclass(frozen=True, slots=True)
class Anchor:
    """What the turns before a follow-up were answered from, and how strongly the follow-up is drawn to it."""

    chosen: Sequence[Candidate]  # the sentences that answered
    pull: float  # score that a sentence of their first clause is ahead

    @property
    def hit(self) -> Hit:
        """The clause of the first sentence that answered."""
        return self.chosen[0].hit

    def keeping_level(self, reading: Reading, places: Places) -> Reading:
        """The follow-up asked of the level that answered before, unless it names one that gives: 在旗里一家企业上班 names none."""
        level = self.hit.clause.level
        if level is None or places.givers_named(reading.last):
            return reading
        return replace(reading, levels=(level,))

    def draws(self, reading: Reading, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
        """The candidates, the best first, when those of the clause answered from are ahead; others than those said where asked."""
        if asks_for_others(reading.last):  # 还有别的奖励没: what was said already is not meant
            candidates = [c for c in candidates if not any(c.is_same(one) for one in self.chosen)] or candidates
        return like_what_was_said(reading, kept_to(candidates, [self.hit.clause.id], self.pull), [self.hit.clause])


def asked_of_first(
    reading: Reading, givers: Sequence[str], chosen: Sequence[Candidate], found: Sequence[Candidate]
) -> Sequence[Candidate]:
    """The sentences that answered; first the one of the level asked now that prints the amount named or the fact asked for.

    旗里20万元是给个人的吗 is asked of the banner's sentence with 20万元, which may be one ``found`` and not said.
    """
    if not chosen:
        return chosen
    named = [figure for figure in find_figures(reading.carried.asked) if figure.unit]
    facts = [fact for fact in facts_asked(reading) if fact.name]
    near = [*chosen, *(c for c in found if named and c.score >= chosen[0].score - WITHIN)]
    for one in near:
        of_level = not givers or one.clause.level in givers
        told = any(same_figure(own, figure) for own in one.figures for figure in named)
        if of_level and (told or (not named and any(fact.is_printed_in(_YEAR.sub("", one.text)) for fact in facts))):
            return [one, *(other for other in chosen if not other.is_same(one))]
    return chosen


def names_amount_of(reading: Reading, chosen: Sequence[Candidate]) -> bool:
    """Whether the turn names an amount that the first of the sentences prints: it is asked about that one."""
    named = [figure for figure in find_figures(reading.carried.asked) if figure.unit]
    return any(same_figure(own, figure) for own in chosen[0].figures for figure in named)


def names_another(
    reading: Reading, clause: Clause, printed: Prints, weights: TermWeights, is_level: Callable[[str], bool]
) -> bool:
    """Whether a follow-up names something that the clause answered from does not: 光伏呢 behind 风电.

    ``printed`` is all that the corpus prints.
    """
    text = "".join((*clause.path, clause.text))
    asked = reading.carried.asked
    places = {*counties_in(asked), *places_in(asked)}
    nouns = [noun for noun in nouns_in(asked) if noun not in places and not is_level(noun)]
    if only_changes_a_part(reading) and len(named := words_but_asking(asked)) == 1:
        nouns.extend(word for word in named if word in printed and word not in places)
    own = (noun for noun in nouns if noun not in text)
    return any(max(weights.weigh(terms_of(noun)).values(), default=0.0) >= COMMON for noun in own)
