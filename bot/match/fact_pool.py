"""Which facts a condition of a grant is compared with: those of the asker, of the person they bring, or of a relative."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal, TypeAlias

from bot.match.facts.reading import UNDER_WAY
from bot.match.types import AskerFacts, Fact
from bot.match.wording import PEOPLE, label_of, named, number_said, plain
from bot.match.words import Standing, is_named, standard_form, standing
from bot.text.bilingual import Say
from bot.types import Language
from ingest.entitlements.types import Leaf, ReadableCondition
from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.matching.asker_speech import asker_speech
from ingest.vocabulary.matching.inclusions import inclusions

_OF_FIRMS = frozenset({"company", "employer", "individual_business"})
_OF_RELATIVES = frozenset({"relation", "relative_age", "relative_status", "relative_jobless_months"})
_OF_WORK = ("status", "arrival")
_OF_A_JOB = frozenset({"job", "years_working"})
_CONTRACTS = frozenset({"contract_years", "contract_months"})
_POST = "job"
_HONOURS = ("award", "recognition.level", "job", "title", "status", "degree", "skill_level", "school", "age")
_NAMES_A_PERSON = ("award", "degree", "title", "skill_level", "job")
_FIRM = "企业"  # as conditions have it
_STATING = ("status", "event", "plan", "recognition")
_BESIDE_CERTAIN = 4  # characters that a text may have besides the words that are certain: 与企业签订劳动合同
_FEWEST_DECIDED = 4  # characters of a decision that somebody tells of themselves
_PERCENT = Decimal(100)
About: TypeAlias = Literal["asker", "talent", "relative"]
_ABOUT: tuple[About, ...] = ("asker", "talent")


@dataclass(frozen=True, slots=True)
class FactPool:
    """The facts of an asker as one grant sees them. ``for_talent``: the grant's personal conditions are the talent's."""

    facts: tuple[Fact, ...]
    for_talent: bool
    by_attribute: Mapping[str, tuple[Fact, ...]]
    group: int = 0  # of several people brought the ones that are looked at; 0: there is one
    looked_at: set[str] = field(default_factory=set[str], compare=False, repr=False)  # attributes asked for with ``on``

    @classmethod
    def of(cls, asker: AskerFacts, recipient: str, language: Language) -> FactPool:
        """The facts for a grant to ``recipient``, with what follows from them."""
        return cls._of(asker, is_for_talent(asker, recipient), language)

    @classmethod
    def all_ways(cls, asker: AskerFacts, language: Language) -> Mapping[bool, tuple[FactPool, ...]]:
        """The ways in which grants see an asker, by ``for_talent``: with each group of people brought by itself."""
        groups = asker.groups or (0,)
        return {
            False: (cls._of(asker, False, language),),
            True: tuple(cls._of(_with_group(asker, group), True, language, group) for group in groups),
        }

    @classmethod
    def _of(cls, asker: AskerFacts, for_talent: bool, language: Language, group: int = 0) -> FactPool:
        facts = (*asker.facts, *_following(asker, language))
        said: dict[str, list[Fact]] = {}
        for fact in facts:
            said.setdefault(fact.attribute, []).append(fact)
        whole = cls(facts, for_talent, {name: tuple(found) for name, found in said.items()})
        seen = {name: tuple(sorted(whole._seen(name), key=lambda fact: fact.planned)) for name in said}
        return cls(facts, for_talent, seen, group)

    def exactly(self) -> FactPool:
        """The same without numbers that are told as a range: nothing is worked out from them."""
        exact = {name: tuple(f for f in found if f.upto is None) for name, found in self.by_attribute.items()}
        return replace(self, by_attribute=exact)

    def as_if_done(self) -> FactPool:
        """The same with every plan come true."""
        facts = {name: tuple(replace(f, planned=False) for f in found) for name, found in self.by_attribute.items()}
        plans = tuple(fact for fact in facts.get("plan", ()) if asker_speech().places.unfounded_firm not in fact.words)
        return replace(self, by_attribute={**facts, "plan": plans})

    def as_asked(self, asked: Iterable[Leaf]) -> FactPool:
        """The same; for a grant to those who study (在读 and a degree) with the degree they study for."""
        student = any(isinstance(leaf, ReadableCondition) and UNDER_WAY in leaf.words for leaf in asked)
        if not student:
            return self
        degrees = tuple(replace(fact, planned=False) for fact in self.on("degree"))
        return replace(self, by_attribute={**self.by_attribute, "degree": degrees})

    @property
    def people(self) -> int | None:
        """How many people the group has, where it was said."""
        return next((f.people for f in self.facts if f.about == "talent" and f.people and f.group == self.group), None)

    def who(self, language: Language) -> str:
        """The people of the group: 博士3人."""
        naming = (f for name in _NAMES_A_PERSON for f in self.on(name))
        name = next((named(f.words[0], language) for f in naming if f.about == "talent" and f.words), "")
        letters = next((f.words for f in self.on("talent_class") if f.about == "talent" and not f.denied), ())
        if not name and letters:
            name = asker_speech().talent_class[language is Language.EN].format(a="、".join(letters))
        return f"{name}{Say('', ' ').to(language)}{PEOPLE.to(language).format(n=self.people or 1)}"

    def on(self, attribute: str) -> tuple[Fact, ...]:
        """The facts on an attribute that this grant's condition is about."""
        self.looked_at.add(attribute)
        return self.by_attribute.get(attribute, ())

    def _seen(self, attribute: str) -> tuple[Fact, ...]:
        told = self.by_attribute[attribute]
        found = tuple(fact for fact in told if fact.about != "relative" or attribute in _OF_RELATIVES)
        if attribute in _OF_RELATIVES or not self.for_talent:
            return tuple(fact for fact in found if fact.about != "talent" or not self._is_personal(attribute))
        if self._is_personal(attribute):
            return tuple(fact for fact in found if fact.about == "talent")
        return found

    def near(self, attribute: str) -> tuple[Fact, ...]:
        """Facts under neighbouring attributes; they can make a condition met, never fail it."""
        return tuple(fact for other in inclusions().neighbours.get(attribute, ()) for fact in self.on(other))

    @property
    def of_several(self) -> bool:
        """True when more than one person was brought: they came in ways that exclude one another."""
        ways = [
            word for fact in self.facts if fact.attribute == "arrival" and fact.about == "talent" for word in fact.words
        ]
        return self.for_talent and any(_is_excluded("arrival", ways, word) for word in ways)

    @property
    def honours(self) -> tuple[Fact, ...]:
        """What a catalogue of talent may list; posts that are no more are told too, as denied.

        Of people brought each has their own: what is told of the firm, or of another of them, is not theirs.
        """
        told = (
            fact
            for attribute in _HONOURS
            for fact in self.on(attribute)
            if not self.for_talent or fact.about == "talent"
        )
        return tuple(fact for fact in told if not fact.denied or fact.attribute == _POST)

    def denied(self, name: str) -> Fact | None:
        """The fact that the asker has no recognition of that name."""
        held = {word for fact in self.on("recognition") if fact.planned for word in fact.words}
        facts = (fact for fact in self.on("recognition") if fact.denied and not held & set(fact.words))
        return next((fact for fact in facts if any(is_named(name, word) for word in fact.words)), None)

    def makes_certain(self, asked: str, whole: bool = False) -> Fact | None:
        """A fact that leaves no doubt of words asked for: by its attribute, or by its attribute and value (a=b).

        ``whole``: of just these words; whoever was brought (引进人才) has recommended nobody (举荐引进人才).
        """
        for words, certain in inclusions().certain.items():
            if words not in asked or (whole and words != asked):
                continue
            for name, _, value in (entry.partition("=") for entry in certain):
                if not value and len(asked) - len(words) > _BESIDE_CERTAIN:
                    continue
                fits = (
                    fact
                    for fact in self.on(name)
                    if not fact.denied
                    and not (name in _CONTRACTS and fact.of)
                    and (not value or any(standing(name, said, value) is Standing.FITS for said in fact.words))
                )
                if (found := next(fits, None)) is not None:
                    return found
        return None

    def stating(self, text: str) -> Fact | None:
        """The fact that says just what a condition in words asks for."""
        wanted = standard_form(text)
        facts = (fact for name in _STATING for fact in self.on(name))
        return next((fact for fact in facts if any(standard_form(word) == wanted for word in fact.words)), None)

    def decided(self, text: str) -> bool:
        """Whether what somebody decides is told as decided, by more than a word of choosing: 是经认定的机构, not 择优."""
        return len(text) >= _FEWEST_DECIDED and self.stating(text) is not None

    def speaking_against(self, asked: Sequence[str]) -> Fact | None:
        """The fact that speaks against a condition, against every word of it where any would do; None without one."""
        table = inclusions().contrary
        against = [self._one_of(table[word]) for word in asked if word in table]
        return against[0] if against and len(against) == len(asked) and None not in against else None

    def contradicting(self, attribute: str, by: Sequence[Fact]) -> Fact | None:
        """A fact on the same person that cannot hold beside those by which a status is met: 在职 beside 失业."""
        if attribute != "status":
            return None
        said = [fact for fact in self.on(attribute) if fact.words and not fact.denied and not fact.planned]
        own = [fact for fact in by if fact.attribute == attribute and not fact.planned]
        return next(
            (
                other
                for fact in own
                for other in said
                if (other.about, other.group) == (fact.about, fact.group)
                and any(_is_excluded(attribute, other.words, word) for word in fact.words)
            ),
            None,
        )

    def is_of_trade(self, asked: str) -> bool:
        """Whether somebody is of the trade that a condition on listed talent (属高层次卫生健康人才) is about."""
        if asked not in inclusions().listed_talent:
            return False
        trades = inclusions().listed_talent_of.get(asked)
        return trades is None or self._one_of(trades) is not None

    def _one_of(self, entries: Iterable[str]) -> Fact | None:
        """The first fact that is one of some entries (attribute=word)."""
        for name, _, value in (entry.partition("=") for entry in entries):
            for fact in self.on(name):
                words = () if fact.denied or fact.planned else fact.words
                if any(standing(name, word, value) is Standing.FITS for word in words):
                    return fact
        return None

    def is_none_of(self, title: str) -> Fact | None:
        """The fact by which a grant of that name is none for somebody: 落户 and 外籍."""
        found = (self._one_of(entries) for words, entries in inclusions().not_for.items() if words in title)
        return next((fact for fact in found if fact is not None), None)

    def by_ownership(self, leaf: ReadableCondition) -> tuple[bool, Fact] | None:
        """Whether a firm is of a kind of employer that goes by who owns it (国有企业), and the fact that says so.

        None where that is not known, or where the firm may be of another kind that is asked for beside it.
        """
        own = self.on("employer_kind") if leaf.attribute == "employer_kind" else ()
        owner = next((fact for fact in self.on("ownership") if not fact.denied), None)
        if owner is None or {word for fact in own for word in fact.words} != {_FIRM}:
            return None
        asked = [(word, inclusions().owned.get(word)) for word in leaf.words]
        fitting = [word for word, of in asked if of and standing("ownership", owner.words[0], of) is Standing.FITS]
        if fitting:  # 市直国有企业 asks for more than the owner
            return (True, owner) if any(map(_is_by_owner_alone, fitting)) else None
        others = (standing("employer_kind", _FIRM, word) is not Standing.EXCLUDED for word, of in asked if of is None)
        return None if any(others) or all(of is None for _, of in asked) else (False, owner)

    @property
    def unfounded(self) -> bool:
        """True for a firm that is yet to be set up."""
        return any(asker_speech().places.unfounded_firm in fact.words for fact in self.on("plan"))

    def is_planned(self) -> tuple[Fact, ...]:
        """What the asker only plans."""
        return self.on("plan")

    def _is_personal(self, attribute: str) -> bool:
        if attribute == "award":  # firms get awards too; the talent's count where there are some
            return any(fact.attribute == "award" and fact.about == "talent" for fact in self.facts)
        return attribute in inclusions().person


def _is_by_owner_alone(kind: str) -> bool:
    return all(
        kind == other or standing("employer_kind", kind, other) is not Standing.FITS for other in inclusions().owned
    )


def _with_group(asker: AskerFacts, group: int) -> AskerFacts:
    """The facts without those of other groups."""
    return replace(asker, facts=tuple(fact for fact in asker.facts if fact.group in (0, group)))


def is_for_talent(asker: AskerFacts, recipient: str) -> bool:
    """Whether a grant to ``recipient`` is about the person the asker brings, and not about one who asks for themselves."""
    brought = "person" not in asker.who and any(fact.about == "talent" for fact in asker.facts)
    return brought and recipient in ("person", "employer", "household", "intermediary")


def _following(asker: AskerFacts, language: Language) -> Iterable[Fact]:
    """What is certain once the rest is: a firm is an 企业; the share of R&D is R&D by revenue."""
    if asker.who & _OF_FIRMS and not asker.of("employer_kind") and "institution" not in asker.who:
        # Who works for an 个体工商户 works for no 企业.
        alone = "individual_business" in asker.who and "company" not in asker.who
        yield Fact("employer_kind", ("个体工商户" if alone else _FIRM,))
    owners = (inclusions().owned.get(word) for fact in asker.of("employer_kind") for word in fact.words)
    owner = next((owner for owner in owners if owner), None)
    if owner and asker.who & _OF_FIRMS and not asker.of("ownership"):
        yield Fact("ownership", (owner,))
    if "individual_business" in asker.who and not asker.of("size"):
        yield Fact("size", ("个体工商户",))
    for about in _ABOUT:
        yield from _of_work(asker, about)
    if any(
        inclusions().granted in word
        for fact in asker.of("event")
        if not fact.denied and not fact.planned
        for word in fact.words
    ):
        counted = (fact for fact in asker.of("patents") if fact.of and not fact.denied and not fact.planned)
        yield from (Fact("event", (fact.of,), said=fact.said, about=fact.about) for fact in counted if fact.of)
    share = None if asker.of("rd_share") else _share(asker, language)
    if share is not None:
        yield share
    for fact in asker.facts:
        for attribute, (other, times, by) in inclusions().multiples.items():
            if other == fact.attribute and fact.number is not None and fact.of is None and not asker.of(attribute):
                unit = entitlement_words().attributes[attribute].units[0]
                told = f"{label_of(other, language)}{number_said(fact.number, fact.unit, language)}"
                number = fact.number * times / by
                yield replace(fact, attribute=attribute, number=number, unit=unit, because=fact.because or told)


def _of_work(asker: AskerFacts, about: About) -> Iterable[Fact]:
    """Somebody with a job or a contract works, full time unless they say otherwise; brought with a contract: for good."""
    own = [fact for fact in asker.facts if fact.about == about and not fact.denied and not fact.planned]
    said = {name: {word for fact in own if fact.attribute == name for word in fact.words} for name in _OF_WORK}
    if about == "asker" and "person" not in asker.who:
        return
    contract = any(fact.attribute in _CONTRACTS and fact.of is None for fact in own)  # an internship is none
    works = contract or any(fact.attribute in _OF_A_JOB for fact in own)
    several = any(_is_excluded("arrival", said["arrival"], word) for word in said["arrival"])  # 返聘 one, 本地 another
    if works and (several or not _is_excluded("status", said["status"], "在职")):
        yield Fact("status", ("在职",), about=about)
        if several or not (_is_excluded("status", said["status"], "全职") or _is_flexible(said["arrival"])):
            yield Fact("status", ("全职",), about=about)
    if contract and said["arrival"] and not _is_flexible(said["arrival"]):
        brought = any(standing("arrival", word, "引进") is Standing.FITS for word in said["arrival"])
        if brought:
            yield Fact("arrival", ("全职引进",), about=about)


def _is_excluded(attribute: str, words: Iterable[str], asked: str) -> bool:
    return any(standing(attribute, word, asked) is Standing.EXCLUDED for word in words)


def _is_flexible(arrival: Iterable[str]) -> bool:
    return any(standing("arrival", word, "柔性引进") is Standing.FITS for word in arrival)


def _share(asker: AskerFacts, language: Language) -> Fact | None:
    spent = next((fact for fact in asker.of("rd") if fact.number is not None), None)
    earned = next((fact for fact in asker.of("revenue") if fact.number), None)
    if spent is None or earned is None or spent.unit != earned.unit or not earned.number or spent.number is None:
        return None
    share = spent.number / earned.number * _PERCENT
    worked_out = " ÷ ".join(
        f"{label_of(fact.attribute, language)}{number_said(fact.number, fact.unit, language)}"
        for fact in (spent, earned)
        if fact.number is not None
    )
    least = spent.number / (earned.upto or earned.number) * _PERCENT
    most = (spent.upto or spent.number) / earned.number * _PERCENT
    upto = None if least == most else most
    return Fact("rd_share", number=least, upto=upto, unit="%", because=f"{worked_out} = {plain(share)}%")
