"""A condition and the facts of an asker in; met, open or not met out, with the reason in one sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from bot.match import wording
from bot.match.fact_pool import FactPool
from bot.match.heard import Heard, plainly_told
from bot.match.judged_trees import (
    KnownOutcomes,
    LeafJudged,
    TreeJudged,
    all_of,
    any_of,
    fact_holds,
    is_of_same_term,
    is_same_unit,
    reached_later,
    settled,
)
from bot.match.places_within import PlacesWithin
from bot.match.talent_classes import Listed, TalentClasses, how_listed
from bot.match.types import Fact, Status
from bot.match.wording import asked_of, number_said, said_of_condition
from bot.match.words import (
    Standing,
    denies_all,
    industries_known,
    is_by_list,
    is_industry,
    is_named,
    is_nearly,
    leaves_out,
    on_ladder,
    standard_form,
    standing,
)
from bot.text.bilingual import Say
from bot.types import Language
from ingest.entitlements.types import AllOf, AnyOf, Condition, Leaf, ReadableCondition, TextCondition
from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.matching.inclusions import inclusions

_MOVED_IN = "整体迁入"  # as conditions have it


@dataclass(frozen=True, slots=True)
class Judge:
    """What conditions are held against. ``named`` are the recognitions, awards and events that the grant names.

    ``region`` is the place whose authority gives the grant; None where it is none of the corpus's own, as the nation.
    """

    pool: FactPool
    places: PlacesWithin
    classes: TalentClasses
    language: Language
    named: tuple[str, ...] = ()
    heard: Heard = field(default_factory=Heard)
    region: str | None = None
    known: KnownOutcomes = field(default_factory=KnownOutcomes)
    later: bool = False  # whether the grant is for a class that is reached only later

    def tree(self, condition: Condition | None) -> TreeJudged:
        """A whole tree; nothing asked is met."""
        if condition is None:
            return TreeJudged("met")
        if isinstance(condition, AllOf | AnyOf):
            parts = [self.tree(part) for part in condition.parts]
            return all_of(parts) if isinstance(condition, AllOf) else any_of(parts)
        judged = reached_later(self.known_leaf(condition), self.later, self.language)
        return TreeJudged(judged.status, (judged,))

    def known_leaf(self, leaf: Leaf) -> LeafJudged:
        """A single condition that outlives the judging of one asker; worked out only where its outcome is not known."""
        return self.known.of(leaf, self.pool, self.leaf)

    def leaf(self, leaf: Leaf) -> LeafJudged:
        """A single condition."""
        if isinstance(leaf, TextCondition):
            return settled(self._text(leaf), self.pool, self.language)
        judged = settled(self._how(leaf.attribute)(leaf), self.pool, self.language)
        moved = judged.status == "met" and _MOVED_IN in leaf.words
        within = self._moved_within(judged.by) if moved else None
        return judged if within is None else self._without_move(leaf, within)

    def _how(self, attribute: str) -> Callable[[ReadableCondition], LeafJudged]:
        special = {
            "place": self._place,
            "talent_class": self._talent_class,
            "recognition.level": self._level,
            "recognition.time": self._of_recognition,
            "not_in": self._not_in,
        }
        takes = entitlement_words().attributes[attribute].takes
        return special.get(attribute) or (self._number if takes == "number" else self._words)

    def _text(self, leaf: TextCondition) -> LeafJudged:
        """Open: a person checks it, or somebody decides. Met where the asker says just that, or what makes it certain."""
        asked = asked_of(leaf, self.language)
        if leaf.decision and not self.pool.decided(leaf.text) and self.heard.says(leaf.text) is None:
            return LeafJudged(leaf, "open", wording.DECISION.to(self.language).format(asked=asked))
        honours = self.pool.honours if self.pool.is_of_trade(leaf.text) else ()
        stated = self.pool.on("talent_class") if honours or leaf.text not in inclusions().listed_talent_of else ()
        listed = self.classes.listed_as_talent(leaf.text, stated, honours, self.region)
        by = self.pool.stating(leaf.text) or self.pool.makes_certain(leaf.text) or listed
        said = self.heard.says(leaf.text) if by is None else None
        by = by if said is None else Fact("status", (said,))
        if by is None:
            return LeafJudged(leaf, "open", wording.TO_CHECK.to(self.language).format(asked=asked))
        figure = None if by.number is None else number_said(by.number, by.unit, self.language)
        label = wording.label_of(by.attribute, self.language)
        what = f"{label}{figure}" if figure else self._named(next(iter(by.words), ""))
        status: Status = "not_met" if by.denied else "met"
        return LeafJudged(leaf, status, wording.SAID_SO.to(self.language).format(said=what, asked=asked), (by,))

    # ── Moves ──────────────────────────────────────────────────────────────────────────────────

    def _moved_within(self, by: Sequence[Fact]) -> Fact | None:
        """The origin of who moved here, where it lies in the region of the grant already: that is no move into it."""
        moved = next((fact for fact in by if _MOVED_IN in fact.words), None)
        if moved is None or self.region is None:
            return None
        came = [fact for fact in self.pool.on("origin") if fact.about == moved.about and not fact.denied]
        inside = [self.places.is_within(fact.words, (self.region,)) for fact in came]
        return None if False in inside or True not in inside else came[inside.index(True)]

    def _without_move(self, leaf: ReadableCondition, origin: Fact) -> LeafJudged:
        """首次 or 整体迁入, of who did not move into the region: by the other word, where there is one."""
        because = wording.MOVED_WITHIN.to(self.language).format(
            said=self._named(origin.words[0]), of=self._named(self.region or "")
        )
        others = tuple(word for word in leaf.words if word != _MOVED_IN)
        if not others:
            return LeafJudged(leaf, "not_met", because, (origin,))
        judged = self.leaf(replace(leaf, words=others))
        joined = Say("；", "; ").to(self.language).join((because, judged.because))
        return LeafJudged(leaf, judged.status, joined, judged.by)

    # ── Words ──────────────────────────────────────────────────────────────────────────────────

    def _words(self, leaf: ReadableCondition, facts: Sequence[Fact] | None = None) -> LeafJudged:
        if (told := plainly_told(leaf, self.pool, self.heard)) is not None:
            return self._said(leaf, *told)
        own = [f for f in (self.pool.on(leaf.attribute) if facts is None else facts) if is_of_same_term(leaf, f)]
        found = self._best(leaf, own)
        if found is not None and found[0] in (Standing.FITS, Standing.WIDER):
            return self._by_standing(leaf, *found)
        # 整体迁入 is said of the way a firm came, and asked for beside 首次 as the time of its recognition.
        near = () if found is not None and found[1].denied else self.pool.near(leaf.attribute)
        for fact in near:
            if not fact.denied and self._fits(leaf, fact) is Standing.FITS:
                return self._by_standing(leaf, Standing.FITS, fact)
        if found is not None and found[0] is not Standing.OTHER:
            return self._by_standing(leaf, *found)
        if set(leaf.words) >= set(inclusions().complete.get(leaf.attribute, ("",))):
            because = wording.EITHER.to(self.language).format(**said_of_condition(leaf, "", self.language))
            return LeafJudged(leaf, "met", because)
        certain = next(filter(None, (self.pool.makes_certain(word, whole=True) for word in leaf.words)), None)
        if certain is not None:
            return self._said(leaf, "met", wording.MET_WORDS, certain)
        if found is not None and self._is_answered(leaf, own):
            return self._by_standing(leaf, Standing.EXCLUDED, found[1])
        if leaf.attribute == "industry" and own and not own[0].denied and any(map(is_by_list, leaf.words)):
            return self._said(leaf, "open", wording.BY_LIST, own[0])
        planned = next((fact for fact in self.pool.is_planned() if self._fits(leaf, fact) is Standing.FITS), None)
        if planned is not None and leaf.attribute != "plan":
            return self._said(leaf, "open", wording.PLANNED, planned)
        return self._not_said(leaf)

    def _best(self, leaf: ReadableCondition, facts: Sequence[Fact]) -> tuple[Standing, Fact] | None:
        """The fact that says most of a condition; None where nothing was said."""
        found = [(self._fits(leaf, fact), fact) for fact in facts if fact.words]
        for wanted in (Standing.FITS, Standing.WIDER):
            if match := next((pair for pair in found if pair[0] is wanted and not pair[1].denied), None):
                return match
        denying = (fact for _, fact in found if fact.denied and denies_all(leaf.attribute, fact.words, leaf.words))
        if (denied := next(denying, None)) is not None:
            return Standing.EXCLUDED, denied
        said = [pair for pair in found if not pair[1].denied]
        return next((pair for pair in said if pair[0] is Standing.EXCLUDED), said[0] if said else None)

    def _fits(self, leaf: ReadableCondition, fact: Fact) -> Standing:
        if leaf.operator == "at_least":
            return on_ladder(leaf.attribute, fact.words, leaf.words[0])
        if any(standing(leaf.attribute, said, asked) is Standing.FITS for said in fact.words for asked in leaf.words):
            return Standing.FITS
        # Only the first word was said; the others are what it counts as. 肉类加工 counts as 制造业, but whoever says it
        # leaves nothing open about 光伏材料.
        found = {standing(leaf.attribute, said, asked) for said in fact.words[:1] for asked in leaf.words}
        for best in (Standing.WIDER, Standing.OTHER):
            if best in found:
                return best
        return Standing.EXCLUDED if found else Standing.OTHER

    @staticmethod
    def _is_answered(leaf: ReadableCondition, facts: Sequence[Fact]) -> bool:
        """True when what was said leaves no room for the condition: an industry that the table knows, and another."""
        named = [*(fact.words for fact in facts), *((word,) for word in leaf.words)]
        return leaf.attribute == "industry" and all(map(is_industry, named))

    def _by_standing(self, leaf: ReadableCondition, how: Standing, fact: Fact) -> LeafJudged:
        if how is Standing.FITS:
            return self._said(leaf, "met", wording.MET_WORDS, fact)
        if how is Standing.WIDER:
            return self._said(leaf, "open", wording.TOO_WIDE, fact)
        return self._said(leaf, "not_met", wording.DENIED if fact.denied else wording.SAID_OTHER, fact)

    # ── Recognitions: level and time are of one recognition ────────────────────────────────────

    def _level(self, leaf: ReadableCondition) -> LeafJudged:
        judged = self._of_recognition(leaf)
        if judged.by:
            return judged
        for word in self._recognised(leaf):
            level = inclusions().implied_level.get(standard_form(word))
            if level is not None:
                fits = any(standing(leaf.attribute, level, asked) is Standing.FITS for asked in leaf.words)
                by = (Fact(leaf.attribute, (level,), of=word),)
                because = wording.IMPLIED_LEVEL.to(self.language).format(
                    said=self._named(word), asked=self._named(level)
                )
                return LeafJudged(leaf, "met" if fits else "not_met", because, by)
        return judged

    def _of_recognition(self, leaf: ReadableCondition) -> LeafJudged:
        """A level or a time: of the recognition it names, or of those that this grant names beside it."""
        denied = self.pool.denied(leaf.of) if leaf.of else None
        if denied is not None:
            return self._said(leaf, "not_met", wording.DENIED, denied)
        facts = [fact for fact in self.pool.on(leaf.attribute) if self._is_of(fact, leaf)]
        return self._words(leaf, facts)

    def _is_of(self, fact: Fact, leaf: ReadableCondition) -> bool:
        names = self._names(leaf)
        if fact.of is None:
            return len(self._recognised(leaf)) > 0 or not names
        if not names:
            return True
        return any(is_named(fact.of, name) for name in names)

    def _names(self, leaf: ReadableCondition) -> tuple[str, ...]:
        """What a level or a time can be of: what it names, and what the grant names that is nearly the same."""
        if not leaf.of:
            return self.named
        return (
            leaf.of,
            *(name for name in self.named if is_nearly(name, leaf.of) or name in leaf.of or leaf.of in name),
        )

    def _recognised(self, leaf: ReadableCondition) -> tuple[str, ...]:
        """Words of what the asker is recognised as, as far as this condition can be of it."""
        names = self._names(leaf)
        facts = (*self.pool.on("recognition"), *self.pool.on("award"), *self.pool.on("event"))
        said = [word for fact in facts if not fact.denied for word in fact.words]
        return tuple(word for word in said if any(is_named(word, name) for name in names))

    # ── Places, classes, exclusions ────────────────────────────────────────────────────────────

    def _place(self, leaf: ReadableCondition) -> LeafJudged:
        facts = [fact for fact in self.pool.on("place") if fact.words]
        found = [(self.places.is_within(fact.words, leaf.words), fact) for fact in facts if not fact.denied]
        found.sort(key=lambda pair: pair[1].planned)
        ways: tuple[tuple[bool | None, Status, Say], ...] = (
            (True, "met", wording.PLACE_MET),
            (None, "open", wording.PLACE_WIDER),
            (False, "not_met", wording.PLACE_OTHER),
        )
        for result, status, say in ways:
            if fact := next((fact for said, fact in found if said is result), None):
                return self._said(leaf, status, say, fact)
        denied = next((fact for fact in facts if fact.denied and self.places.is_within(fact.words, leaf.words)), None)
        return self._not_said(leaf) if denied is None else self._said(leaf, "not_met", wording.DENIED, denied)

    def _talent_class(self, leaf: ReadableCondition) -> LeafJudged:
        said = self.pool.on("talent_class")
        facts = [fact for fact in said if self.classes.is_of(fact, leaf.of)]
        if facts:
            return self._words(leaf, facts)
        listed = self.known.listed(self.pool.honours, leaf.of, self.classes)
        fitting = [item for item in listed if item.letter in leaf.words]
        bare = [fact for fact in said if fact.of is None and self.classes.may_be_of(fact, leaf.of)]
        if bare and (not fitting or any(fact.denied for fact in bare)):
            judged = self._words(leaf, bare)
            unclear = judged.status == "met" and judged.by
            return self._said(leaf, "open", self._whose_class(judged.by[0]), judged.by[0]) if unclear else judged
        if not fitting and all(item.by_rank for item in listed):
            return self._not_said(leaf)  # a doctor may be listed higher by an award that was not said
        # One person has one class by a catalogue: the best of those that the awards give.
        best = next((item for item in fitting if not item.qualified), fitting[0] if fitting else listed[0])
        return self._listed(leaf, best, bool(fitting))

    def _whose_class(self, fact: Fact) -> Say:
        """The reason with whose catalogues have the class that was said."""
        holders = Say("、", ", ").to(self.language).join(map(self._named, self.classes.holders(fact.words[0])))
        return Say(*(text.replace("{holders}", holders) for text in wording.WHOSE_CLASS))

    def _listed(self, leaf: ReadableCondition, item: Listed, fits: bool) -> LeafJudged:
        say, status = how_listed(item, fits)
        letters = (item.letter,) if fits else leaf.words
        asked = Say("、", ", ").to(self.language).join(map(self._named, letters))
        blanks = {"said": self._named(item.said), "of": self._named(item.of), "asked": asked}
        because = say.to(self.language).format(**blanks, found=self._named(item.letter))
        return LeafJudged(leaf, status, because, (item.fact,))

    def _not_in(self, leaf: ReadableCondition) -> LeafJudged:
        """Met when the asker says to be none of them, or names an industry where only industries are left out."""
        told = [fact for fact in self.pool.on("not_in") if leaves_out("not_in", fact.words, leaf.words)]
        inside = next((fact for fact in told if fact.denied), None)  # 参与了: denied to be none of them
        outside = next((fact for fact in told if not fact.denied), None)
        for attribute in ("industry", "event", "status", "recognition"):
            for fact in self.pool.on(attribute):
                if leaves_out(attribute, fact.words, leaf.words):
                    inside, outside = (inside, outside or fact) if fact.denied else (inside or fact, outside)
        if inside is not None:
            return self._said(leaf, "not_met", wording.EXCLUDED, inside)
        industries = [fact for fact in self.pool.on("industry") if not fact.denied and is_industry(fact.words)]
        if outside is None and industries and all(standard_form(word) in industries_known() for word in leaf.words):
            outside = industries[0]
        if outside is not None:
            return self._said(leaf, "met", wording.NOT_EXCLUDED, outside)
        blanks = said_of_condition(leaf, "", self.language)
        return LeafJudged(leaf, "open", wording.MAY_BE_EXCLUDED.to(self.language).format(**blanks))

    def _number(self, leaf: ReadableCondition) -> LeafJudged:
        facts = [fact for fact in self.pool.on(leaf.attribute) if fact.number is not None and not fact.denied]
        facts = [fact for fact in facts if is_of_same_term(leaf, fact)]
        fitting = [fact for fact in facts if not leaf.unit or not fact.unit or is_same_unit(leaf.unit, fact.unit)]
        over = next((fact for fact in self.pool.on(leaf.attribute) if fact.denied), None)  # work that was left
        if over is not None and not fitting:
            return self._said(leaf, "not_met", wording.DENIED, over)
        if not fitting:
            return self._said(leaf, "open", wording.OTHER_UNIT, facts[0]) if facts else self._not_said(leaf)
        ways: dict[bool | None, tuple[Status, Say]] = {True: ("met", wording.MET_NUMBER), None: ("open", wording.RANGE)}
        for holds, (status, say) in ways.items():
            if (best := next((fact for fact in fitting if fact_holds(leaf, fact) is holds), None)) is not None:
                return self._said(leaf, status, say, best)
        return self._said(leaf, "not_met", wording.MET_NUMBER, fitting[0])

    def _said(self, leaf: ReadableCondition, status: Status, say: Say, fact: Fact) -> LeafJudged:
        return LeafJudged(leaf, status, wording.reason_of(leaf, say, fact, self.language), (fact,))

    def _named(self, word: str) -> str:
        return wording.named(word, self.language)

    def _not_said(self, leaf: ReadableCondition) -> LeafJudged:
        blanks = said_of_condition(leaf, "", self.language)
        return LeafJudged(leaf, "open", wording.not_said(leaf.attribute).to(self.language).format(**blanks))
