"""What the readers of facts share: the prepared profile, who is asking, and whom each clause is about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from itertools import groupby
from typing import Literal

from bot.match.facts.brought.names import hired_by_name, named_alone, names_behind
from bot.match.facts.numbers import Number, numbers_in
from bot.match.facts.profile_text import Clause, ProfileText
from bot.match.facts.speech.activities import names_an_activity
from bot.match.facts.speech.clients import of_clients
from bot.match.facts.subjects.kin import Kin, kin_by_clause
from bot.match.facts.subjects.others import Stretch, of_others
from bot.match.facts.titles.staff import announces, counts_people
from bot.match.facts.titles.title_holders import TitleHolders, is_another_title
from bot.match.facts.words import Found, WordFinder, either, finder_of
from bot.match.types import Fact
from ingest.types import Span
from ingest.vocabulary.matching.asker_facts import asker_fact_words
from ingest.vocabulary.matching.asker_speech import asker_speech

UNDER_WAY = "在读"  # studies, as conditions have it
About = Literal["asker", "talent", "relative"]
ORGANISATIONS = frozenset(
    {"company", "institution", "platform", "park", "intermediary", "guarantor", "bank", "individual_business"}
)
# What only a person can be or have; in a firm's profile it is of the person the firm brings.
OF_A_PERSON = frozenset(
    {"degree", "school", "title", "skill_level", "job", "status", "talent_class", "age", "years_working", "years_experience",
     "insured_months", "annual_salary", "contract_years", "contract_months", "employer_kind"}
)  # fmt: skip

# What in the name or the words of a client is the client's.
OF_A_FIRM = frozenset({"industry", "ownership", "size", "recognition", "employer_kind"})
# What is a parent's or a teacher's, where it is told of one.
_OF_A_HOLDER = frozenset({"award", "recognition", "title", "job", "skill_level", "talent_class", "event", "size"})
# What names of activities hold: 博士论坛, 氢能产业大会.
_IN_NAMES = frozenset({"award", "degree", "title", "skill_level", "job", "status", "school", "industry"})


@cache
def finder(attribute: str) -> WordFinder:
    """Finds what people say of one attribute."""
    words = asker_fact_words()
    decoys, rows = [*words.decoys.get(attribute, ())], dict(words.of(attribute))
    if attribute == "ownership":  # 在德国有一个仓 says nothing of 国有
        decoys += [f"{country}{sign}" for country in asker_speech().places.countries for sign in ("有", "企业")]
        places = asker_speech().places
        short = [
            f"{one}{how}{firm}" for one in places.capital_of for how in places.capital for firm in places.capital_firm
        ]
        rows[places.foreign_firm] = (*rows[places.foreign_firm], *short)
    if attribute == "status":  # 德籍, 加拿大籍
        places = asker_speech().places
        named = (f"{country}{places.citizen}" for country in (*places.capital_of, *places.countries))
        rows[places.foreigner] = (*rows[places.foreigner], *named)
    return WordFinder(rows, decoys=decoys)


@cache
def _relatives() -> WordFinder:
    return finder("relation")


@cache
def _signs() -> WordFinder:
    return finder_of(asker_speech().asker.signs)


@cache
def _talent() -> tuple[WordFinder, WordFinder]:
    words = asker_speech().talent
    return finder_of(words.verbs), finder_of(words.nouns)


@cache
def _done() -> re.Pattern[str]:
    return re.compile(either(asker_speech().stance.done))


def is_done(clause: str) -> bool:
    """Whether a clause says that something has happened: 已签, 签了, have signed."""
    return _done().search(clause) is not None


@dataclass(frozen=True)
class Reading:
    """A profile while it is read. ``who`` are recipients; ``as_of`` the day that 今年 and 2021年成立 are counted to."""

    profile: ProfileText
    who: frozenset[str]
    as_of: date

    @property
    def is_organisation(self) -> bool:
        """A firm or body is asking, whoever else is."""
        return bool(self.who & ORGANISATIONS)

    @property
    def is_person(self) -> bool:
        """A person is asking."""
        return "person" in self.who

    @property
    def clauses(self) -> tuple[Clause, ...]:
        """The clauses of the profile."""
        return self.profile.clauses

    def clause_at(self, said: Span | None) -> Clause | None:
        """The clause that something said begins in."""
        return next((c for c in self.clauses if said is not None and c.start <= said.start < c.end), None)

    def said(self, attribute: str) -> Iterator[tuple[Clause, Found]]:
        """What people say of an attribute, clause by clause; not what they ask, nor what they say of others."""
        for clause in self.clauses:
            if not clause.asking:
                for found in finder(attribute).find(self.profile.text, clause.start, clause.end):
                    if not self.is_of_others(found.start) and not self.is_nobodys(attribute, clause, found):
                        yield clause, found

    def is_nobodys(self, attribute: str, clause: Clause, found: Found) -> bool:
        """Whether a word is a client's, a parent's, a teacher's, or part of the name of an activity: 帮氢能企业…, 院士对接会."""
        if attribute in OF_A_FIRM and self.is_of_a_client(found.start):
            return True
        if attribute in _OF_A_HOLDER and self.holders.has(found.end - 1, found.end):
            return True
        if attribute == "award" and is_another_title(self.profile.text, clause.start, found):
            return True
        return attribute in _IN_NAMES and names_an_activity(self.profile.text, found.end, clause.end)

    @cached_property
    def holders(self) -> TitleHolders:
        """Whose titles besides the asker's the profile tells of."""
        return TitleHolders.of(self.profile.text, ((part[0].start, part[-1].end) for part in self._sentences))

    def is_of_a_client(self, place: int) -> bool:
        """Whether what stands at ``place`` is said of a firm that the asking one works for."""
        return self.is_organisation and any(start <= place < end for start, end in self._clients)

    def client_before(self, clause: Clause, place: int) -> int:
        """Where the words on a client end that stand in front of ``place`` in a clause; else its beginning."""
        ends = (end for _, end in self._clients if self.is_organisation and clause.start < end <= place)
        return max(ends, default=clause.start)

    @cached_property
    def _clients(self) -> tuple[tuple[int, int], ...]:
        return of_clients(self.profile)

    def about(self, clause: Clause, attribute: str) -> About:
        """Whom an attribute in a clause is about: a relative named there, the person a firm brings, else the asker."""
        if self.relatives_in(clause):
            return "relative"
        if attribute not in OF_A_PERSON and attribute not in ("award", "arrival"):
            return "asker"
        if (self.is_person or "individual_business" in self.who) and clause not in self._of_others:
            return "asker"
        of_staff = self.is_person and self.is_organisation  # an owner speaks
        return "talent" if attribute in OF_A_PERSON or of_staff or clause in self._of_talent else "asker"

    def signs_with(self, clause: Clause, place: int) -> bool:
        """Whether a person signs, behind ``place`` in a clause: 跟…一家企业签了4年合同 says where they work."""
        return self.is_person and _signs().stands_in(self.profile.text, place, clause.end)

    def is_planned(self, place: int) -> bool:
        """Whether what stands at ``place`` is only planned."""
        return any(c.start <= place < c.end and self.plans(c, place) for c in self.clauses)

    def plans(self, clause: Clause, start: int) -> bool:
        """Whether what stands at ``start`` of a clause is planned; not where a person with a contract is about to come."""
        return self.profile.is_planned(clause, start) and not (clause.soon and self._has_agreed)

    @cached_property
    def _has_agreed(self) -> bool:
        """准备全职到…工作，签全职合同: a person who tells the contract as settled."""
        plain = (clause for clause in self.clauses if clause.planned_from is None and not clause.asking)
        return self.is_person and any(
            found.end <= clause.end
            for clause in plain
            for found in _signs().find(self.profile.text, clause.start, clause.end)
        )

    def is_of_others(self, place: int) -> bool:
        """Whether what stands at ``place`` is said of a cousin, a friend, the firm next door."""
        return any(stretch.start <= place < stretch.end for stretch in self._others)

    @property
    def unsure(self) -> Iterator[Span]:
        """What may be said of somebody else, so that it is no fact of the asker."""
        return (Span(stretch.start, stretch.end) for stretch in self._others if stretch.unsure)

    @cached_property
    def _others(self) -> tuple[Stretch, ...]:
        firm = self.is_organisation or "employer" in self.who
        return tuple(of_others(self.profile.text, self._sentences, firm=firm, may_be_known=self._may_be_known))

    def _may_be_known(self, clause: Clause) -> bool:
        """Whether the 他 of a clause may be somebody the profile named: a relative, or a person of the firm."""
        return bool(self.relatives_in(clause))

    @cached_property
    def _sentences(self) -> tuple[tuple[Clause, ...], ...]:
        return tuple(tuple(group) for _, group in groupby(self.clauses, key=lambda clause: clause.sentence))

    def relatives_in(self, clause: Clause) -> tuple[str, ...]:
        """The relatives a clause speaks of, and those of the clause before it when it names no other subject."""
        return self.kin[clause].relations

    def numbers(self, clause: Clause) -> tuple[Number, ...]:
        """The numbers that begin in a clause."""
        return self._numbers_by_clause.get(clause.number, ())

    @cached_property
    def _numbers_by_clause(self) -> dict[int, tuple[Number, ...]]:
        found: dict[int, list[Number]] = {}
        clauses = iter(self.clauses)
        clause = next(clauses, None)
        for number in numbers_in(self.profile.text):
            while clause is not None and clause.end <= number.start:
                clause = next(clauses, None)
            if clause is not None and clause.start <= number.start:
                found.setdefault(clause.number, []).append(number)
        return {place: tuple(numbers) for place, numbers in found.items()}

    @cached_property
    def kin(self) -> Mapping[Clause, Kin]:
        """The relatives that clauses speak of."""
        return kin_by_clause(self.profile, _relatives())

    def speaks_of_talent(self, clause: Clause) -> bool:
        """Whether a clause is about a person the firm brings."""
        return clause in self._of_talent

    @cached_property
    def brought_by_name(self) -> tuple[tuple[int, Clause], ...]:
        """Where people whom a firm brings are named, each with the clause."""
        return () if self.is_person else tuple(names_behind(self.profile.text, self.clauses, self._of_talent))

    @cached_property
    def _of_talent(self) -> frozenset[Clause]:
        """Clauses that name a person the firm brings, and those behind them up to the end of the sentence."""
        found: set[Clause] = set()
        verbs, nouns = _talent()
        sentence, open_ = -1, False
        for clause in self.clauses:
            if clause.sentence != sentence:  # …；李志强，…: the next of a list of names
                sentence, open_ = clause.sentence, open_ and named_alone(self.profile.text, clause) is not None
            named = nouns.stands_in(self.profile.text, clause.start, clause.end)
            hires = verbs.stands_in(self.profile.text, clause.start, clause.end)
            listed = not self.is_person and announces(self.profile.text, clause, hires)
            listed = listed or (not self.is_person and hired_by_name(self.profile.text, clause) is not None)
            if listed or (named and (hires or not self.is_person)):
                open_ = True
            if open_:
                found.add(clause)
        return frozenset(found)

    @cached_property
    def _of_others(self) -> frozenset[Clause]:
        """In a person's profile: clauses on people who are not the asker."""
        return frozenset(counts_people(self.profile.text, self.clauses, self.is_organisation))


def worded(
    reading: Reading,
    clause: Clause,
    found: Found,
    attribute: str,
    words: tuple[str, ...],
    about: About = "asker",
    of: str | None = None,
) -> Fact:
    """A fact in words, denied where the clause denies it."""
    denied = reading.profile.is_denied(clause, found.start, found.end)
    return Fact(attribute, words, of=of, about=about, denied=denied, said=reading.profile.span(found.start, found.end))


def widened(names: tuple[str, ...]) -> tuple[str, ...]:
    """Names and what holds with them, each once."""
    words = asker_fact_words()
    return tuple(dict.fromkeys(wider for name in names for wider in words.widened(name)))
