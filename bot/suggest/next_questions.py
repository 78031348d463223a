"""What one may well ask next: questions that follow from the clauses of an answer, each known to be answered.

A question is proposed from what a clause holds (another row of its benefit, its offices, its term, its neighbour,
the same thing at another level) and names everything it needs, so that it can be asked alone. It is offered only
after the bot itself has answered it, without a hedge, from the very clause it was made from.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Protocol

from bot.english.asked_row import class_named
from bot.english.headings import name_in_english
from bot.pipeline import PolicyBot
from bot.text.bilingual import in_language
from bot.text.jieba_dictionary import nouns_in
from bot.types import Answer, Answered, Language, Question
from bot.understand.grades import CLASS_LETTERS
from index.text.question_types import QuestionType, question_types
from index.types import Filters
from ingest.editions.types import Edition
from ingest.normalise import match_form
from ingest.structure.numbering import without_labels
from ingest.types import Clause, Corpus, Role
from ingest.vocabulary.levels import level_named
from ingest.vocabulary.matching.english_names import in_english

LONGEST_TOPIC = 28  # characters; a longer opening is a sentence, not a heading ("发展壮大市场主体" has 8, few have 25)
LEAST_TOPIC = 3  # characters
CLAUSES_LOOKED_AT = 20_000  # evenly spread, of a larger corpus: its nouns are as telling
MOST_TOPICS_OF_KIN = 12  # of some 400: 知识产权 and 安居 stand in few headings, 政策 and 企业 in dozens
MOST_ROWS = 2  # of one benefit: the row of the question and two more tell what the list is
NEIGHBOURS = (1, -1)  # the clause after it first: people read on

_OPENING = re.compile(r"^([^。；：:\n]+)[。：:]")


class Angle(StrEnum):
    """From which side a question looks at a clause."""

    ROW = "row"
    OFFICE = "office"
    UNTIL = "until"
    LEVEL = "level"
    NEIGHBOUR = "neighbour"


# Chinese first, English second; {where} is a level, {topic} a heading as printed.
_WORDS: Mapping[Angle, tuple[str, str]] = {
    Angle.ROW: ("{where}“{topic}”，{object}是多少？", "How much is it for {object} under “{topic}” ({where})?"),
    Angle.OFFICE: ("{where}“{topic}”由哪些部门负责？", "Which departments are responsible for “{topic}” ({where})?"),
    Angle.UNTIL: ("{where}“{topic}”有效期到什么时候？", "Until when is “{topic}” in force ({where})?"),
    Angle.LEVEL: ("{where}对“{topic}”有什么规定？", "What does the {where} provide on “{topic}”?"),
    Angle.NEIGHBOUR: ("{where}“{topic}”有什么规定？", "What is provided on “{topic}” ({where})?"),
}
_ASKED_BEFORE: Mapping[Angle, QuestionType] = {Angle.OFFICE: QuestionType.OFFICE, Angle.UNTIL: QuestionType.VALIDITY}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A question and what its answer must rest on."""

    question: str
    angle: Angle
    clause_id: str
    says: tuple[str, ...] = ()  # one of these must stand in the answer; empty: anything


class Shelves(Protocol):
    """What proposals are made from beside the answer itself."""

    @property
    def corpus(self) -> Corpus:
        """All clauses."""
        ...

    @property
    def edition(self) -> Edition:
        """Their English."""
        ...

    def first_at(self, level: str, topic: str, as_of: date) -> Clause | None:
        """The clause of a level that stands first for a topic."""
        ...

    def kinship(self, topic: str) -> frozenset[str]:
        """The nouns of a topic that few other topics have."""
        ...


def topic_of(clause: Clause) -> str | None:
    """What a clause is about in its own words: the short heading it opens with, or the one it stands under."""
    opening = _OPENING.match(clause.text)
    headings = [opening[1]] if opening else []
    if len(clause.path) > 1:
        headings.append(clause.path[-1])
    for heading in headings:
        topic = without_labels(heading).strip()
        if LEAST_TOPIC <= len(topic) <= LONGEST_TOPIC and not re.search(r"[，,“”]", topic):
            return topic
    return None


def opening_question(clause: Clause, language: Language, edition: Edition) -> str | None:
    """What the level of a clause provides on its topic, as a question; None for a clause without a short name or a level."""
    return next((proposal.question for proposal in _Speaker(language, edition).ask(Angle.LEVEL, clause)), None)


def questions_on(clause: Clause, language: Language, edition: Edition) -> Iterator[Proposal]:
    """What can be asked of one clause by itself: each row, who is in charge, until when, what it provides."""
    speaker = _Speaker(language, edition)
    for row in clause.benefits:
        yield from speaker.ask(Angle.ROW, clause, says=(row.figure.text,), object=row.object)
    for angle, known in ((Angle.OFFICE, clause.departments), (Angle.UNTIL, _term(clause))):
        if known:
            yield from speaker.ask(angle, clause, says=known)
    yield from speaker.ask(Angle.LEVEL, clause)


def proposals(answer: Answer, shelves: Shelves) -> Iterator[Proposal]:
    """Questions that follow from the clauses of ``answer``, the likeliest first; none of them is checked yet."""
    speaker = _Speaker(answer.language, shelves.edition)
    seen = {match_form(turn) for turn in answer.question.turns}
    for proposal in _unsifted(answer, shelves, speaker):
        form = match_form(proposal.question)
        if form not in seen:
            seen.add(form)
            yield proposal


def _unsifted(answer: Answer, shelves: Shelves, speaker: _Speaker) -> Iterator[Proposal]:
    clauses = [citation.clause for citation in answer.citations]
    if not isinstance(answer, Answered):
        for clause in clauses:
            yield from speaker.ask(Angle.NEIGHBOUR, clause)
        return
    kinds = question_types(match_form(answer.question.last))
    main = clauses[:1]
    for clause in main:
        yield from _other_rows(clause, answer, speaker)
    for clause in main:
        for angle, known in ((Angle.OFFICE, clause.departments), (Angle.UNTIL, _term(clause))):
            if known and _ASKED_BEFORE[angle] not in kinds:
                yield from speaker.ask(angle, clause, says=known)
    for clause in main:
        yield from _other_levels(clause, answer, shelves, speaker)
    for clause in clauses:
        for neighbour in _neighbours(clause, shelves.corpus):
            yield from speaker.ask(Angle.NEIGHBOUR, neighbour)


@dataclass(frozen=True, slots=True)
class _Speaker:
    """Puts questions into words of one language; says nothing of a clause that has no short name.

    In English the printed name stands behind the edition's: it is what the clause is surely found by.
    """

    language: Language
    edition: Edition

    def ask(self, angle: Angle, clause: Clause, says: tuple[str, ...] = (), **blanks: str) -> Iterator[Proposal]:
        topic = topic_of(clause)
        if topic is None or clause.level is None:
            return
        english = self.language is Language.EN
        known = level_named(clause.level)
        chinese, foreign = known.where if known else (clause.level, clause.level)
        where = foreign if english else chinese
        named = name_in_english(topic, clause, self.edition) if english else ""
        topic = f"{named} ({topic})" if named else topic
        if english and "object" in blanks:
            blanks["object"] = self._object(blanks["object"], clause)
        words = _WORDS[angle][english].format(where=where, topic=topic, **blanks)
        yield Proposal(in_language(words, self.language), angle, clause.id, says)

    def _object(self, printed: str, clause: Clause) -> str:
        """Whom a row is for in English; the printed words stay behind it, by which the row is surely found."""
        english = " ".join(one.text for one in self.edition.sentences.get(clause.id, ()))
        known = in_english(printed)
        named = class_named(printed, english) or (known if known != printed else "")
        return f"{named} ({printed})" if named else printed


def _other_rows(clause: Clause, answer: Answered, speaker: _Speaker) -> Iterator[Proposal]:
    """Rows of the benefit that the answer speaks of, save the one that was asked for."""
    asked = match_form(answer.question.last)
    rows = [row for row in clause.benefits if row.condition == clause.benefits[0].condition]
    told = _said(answer)
    others = [
        row
        for row in rows
        if match_form(row.object) not in asked
        and not _letter_in(row.object, asked)
        and match_form(row.figure.text) not in told
    ]
    for row in others[:MOST_ROWS]:
        yield from speaker.ask(Angle.ROW, clause, says=(row.figure.text,), object=row.object)


def _said(answer: Answered) -> str:
    """What an answer says, and what its English sentences stand for."""
    return match_form("".join(f"{sentence.text}{sentence.source_quote}" for sentence in answer.sentences))


def _letter_in(name: str, asked: str) -> bool:
    """Whether the class in a name, as D in 拔尖人才（D类）, is named in the question."""
    letter = re.search(rf"([{CLASS_LETTERS}])类", name)
    return (
        letter is not None
        and re.search(rf"{letter[1].lower()}\s*类|(?:class|category)[ -]{letter[1].lower()}\b", asked) is not None
    )


def _term(clause: Clause) -> tuple[str, ...]:
    until = clause.validity.valid_until
    return (f"{until.year}年",) if until else ()


def _other_levels(clause: Clause, answer: Answered, shelves: Shelves, speaker: _Speaker) -> Iterator[Proposal]:
    """The same thing at the levels beside the clause's own, where a telling noun says that it is the same."""
    topic = topic_of(clause)
    nouns = shelves.kinship(topic) if topic else frozenset[str]()
    if topic is None or not nouns:
        return
    for level in dict.fromkeys(document.level for document in shelves.corpus.documents if document.level):
        found = shelves.first_at(level, topic, answer.question.as_of) if level != clause.level else None
        theirs = topic_of(found) if found else None
        if found and theirs and nouns & shelves.kinship(theirs):
            yield from speaker.ask(Angle.LEVEL, found)


def _neighbours(clause: Clause, corpus: Corpus) -> Iterator[Clause]:
    """The items before and after under the same heading: what stands under another one is another topic."""
    items = [
        one
        for one in corpus.at(corpus.lookup.of_documents((clause.document,)))
        if one.role is Role.ITEM and one.path[:-1] == clause.path[:-1]
    ]
    places = [place for place, one in enumerate(items) if one.id == clause.id]
    for place in places:
        for step in NEIGHBOURS:
            if 0 <= place + step < len(items):
                yield items[place + step]


def holds(proposal: Proposal, answer: Answer) -> bool:
    """Whether ``answer`` answers the proposal: straight away, from its clause, with what it had to say."""
    if not isinstance(answer, Answered) or not answer.sentences:
        return False
    cited = {citation.n for citation in answer.citations if citation.clause.id == proposal.clause_id}
    lead = answer.sentences[0]  # a hedge is a first sentence of our own words, without a citation
    if not cited & set(lead.citations):
        return False
    body = _said(answer)
    return not proposal.says or any(match_form(words) in body for words in proposal.says)


@dataclass(frozen=True)
class NextQuestions:
    """Proposals checked by asking the bot, in its clauses' own words even where a language model would word them."""

    bot: PolicyBot
    nouns: Mapping[str, int]  # noun → topics of the corpus that have it

    @classmethod
    def of(cls, bot: PolicyBot) -> NextQuestions:
        """For a bot; a language model is not asked, since a check must cost little."""
        clauses = bot.corpus.clauses
        places = range(0, len(clauses), max(1, len(clauses) // CLAUSES_LOOKED_AT))
        topics = {topic for clause in bot.corpus.at(places) if (topic := topic_of(clause))}
        return cls(replace(bot, writer=None), Counter(noun for topic in topics for noun in set(nouns_in(topic))))

    @property
    def corpus(self) -> Corpus:
        """What the bot answers from."""
        return self.bot.corpus

    @property
    def edition(self) -> Edition:
        """The English of what the bot answers from."""
        return self.bot.edition

    def proposals(self, answer: Answer) -> Iterator[Proposal]:
        """What could be asked next, unchecked."""
        return proposals(answer, self)

    def answered(self, proposal: Proposal, as_of: date, filters: Filters) -> bool:
        """Asks the bot. The answer to the question, asked alone, is what is judged here."""
        return holds(proposal, self.bot.ask(Question((proposal.question,), as_of, filters)))

    def first_at(self, level: str, topic: str, as_of: date) -> Clause | None:
        """The clause of a level that stands first for a topic."""
        hits = self.bot.retrieve(Question((topic,), as_of, Filters(levels=frozenset({level}))), 1)
        return hits[0].clause if hits else None

    def kinship(self, topic: str) -> frozenset[str]:
        """The nouns of a topic that few other topics have."""
        return frozenset(noun for noun in nouns_in(topic) if self.nouns.get(noun, 0) <= MOST_TOPICS_OF_KIN)
