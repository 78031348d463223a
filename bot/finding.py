"""What is found for one question, or for one part of it: its hits, the sentences that may answer, or why none does."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from bot.anchor import Anchor, asked_of_first, names_amount_of, names_another
from bot.compose.body import compose
from bot.compose.document_contents import compose_contents, documents_named
from bot.compose.draft import Draft
from bot.compose.missing_facts import say_unmet
from bot.compose.named_clauses import compose_named, named_hits
from bot.compose.parts import say_left_out
from bot.evidence.asked_level import like_what_was_said
from bot.evidence.benefit_rows import given_for_first
from bot.evidence.candidates import KEEPS_TO_CLAUSE, Candidate, QueryTerms, find_candidates, kept_to, query_terms
from bot.evidence.per_sub_question import HITS_OF_ASPECT, Compared, aspect_query, aspect_words, borne_out, fitting
from bot.evidence.related_clauses import (
    with_asked_rows,
    with_closing_words,
    with_each_aspect,
    with_few_rows,
    with_other_rows,
    with_prices_of_good,
)
from bot.evidence.selection import choose
from bot.evidence.sentence_similarity import SentenceSimilarity
from bot.evidence.telling import behind, tells_asked_fact, with_further
from bot.evidence.versions import Versions, of_documents_asked
from bot.found import Found, refused, sentences_quoted
from bot.granting.completing import complete
from bot.granting.grants_told import Granting, GrantingKeeper
from bot.kinds.answers import answer_of_set, count_asked
from bot.kinds.grant_shelf import GrantShelf, ShelfKeeper
from bot.kinds.left_out import say_left_out_first
from bot.match.matching import MatcherKeeper
from bot.refuse.answerability import Printed, Searched, is_weak
from bot.refuse.constraints.deciding import counting, judged_further_down, leads_with_hedge, without_printed
from bot.refuse.constraints.documents import names_unheld, no_such_clause
from bot.refuse.constraints.siblings import contradicted, without_contradicted
from bot.refuse.gate import FOREIGN_FROM, plainly_found
from bot.refuse.not_for_policy import asks_advice
from bot.refuse.on_topic import Topics
from bot.settings import BotSettings
from bot.step_log import Step, StepLog
from bot.talk.document_counts import with_document_before
from bot.text.term_overlap import TermWeights
from bot.types import Question
from bot.understand.address_asked import address_asked
from bot.understand.asks_on import asks_for_others, asks_on, asks_within, claims_it, without_asides
from bot.understand.grades import tiers_of
from bot.understand.levels_and_places import Places
from bot.understand.plan import QuestionPlan, plan_of
from bot.understand.reading import Reading, asked_alike, only_changes_a_part, read_question
from bot.understand.sub_questions import Aspect, aspects_of, items_left_out
from bot.understand.topic_shift import Words, has_subject, may_open_topic, names_subject, opens_topic
from bot.verdicts.left_out import without_others
from bot.verdicts.same_document import asks_which_prevails, with_own_rule
from bot.verdicts.saying import say_premise_denied, say_verdict_first
from index.search.search import search
from index.spelling.correct import Spelling
from index.store.store import ClauseIndex
from index.text.question_types import QuestionType
from index.types import Hit, Query
from ingest.errors import EntitlementsUnusable
from ingest.normalise import to_simplified
from ingest.types import Corpus

ROOM_BEHIND_ROWS = 30  # hits searched for beyond those wanted: rows of a long table may fill the first ones
PULL_OF_ASIDE = 1.2  # score that the clause answered from before is ahead for a turn that only asks on (谁负责)
FURTHER_HITS = 6  # behind which an item is looked for once more that the first do not speak of
SURELY_OURS = -1.0  # foreignness of a question about a clause that it names


@dataclass(frozen=True)
class Finder:
    """Reads questions and finds what answers them. Safe to use from several threads."""

    settings: BotSettings
    clause_index: ClauseIndex
    places: Places
    weights: TermWeights
    topics: Topics
    similarity: SentenceSimilarity
    printed: Printed
    versions: Versions
    spelling: Spelling
    matchers: MatcherKeeper = field(default_factory=MatcherKeeper)
    grantings: GrantingKeeper = field(default_factory=GrantingKeeper)
    shelves: ShelfKeeper = field(default_factory=ShelfKeeper)

    @property
    def corpus(self) -> Corpus:
        """What is answered from."""
        return self.clause_index.corpus

    def shelf(self) -> GrantShelf:
        """What the corpus grants."""
        return self.shelves.of(self.corpus, self.matchers)

    def plan(self, reading: Reading, *, finely: bool = False) -> QuestionPlan:
        """The parts of a question; ``finely`` those that one rule often answers together as well."""
        return plan_of(reading, self.read, self._read_part, finely=finely)

    def find(
        self, reading: Reading, step_log: StepLog, *, one_of_several: bool = False, said: Collection[str] = ()
    ) -> Found:
        """Everything up to the sentences that may answer; ``said`` are clauses that answered the parts before. ``step_log`` is told."""
        everything = search(self.clause_index, reading.query, self.settings.top_k + ROOM_BEHIND_ROWS)
        found = with_few_rows(everything, self.settings.top_k)
        wanted = query_terms(reading, self.weights, self.clause_index.shelf.glossary.expand(reading.text))
        named = named_hits(reading, found, self.corpus)
        step_log.searched(found, wanted)
        if (whole := self._named(reading, found, named)) is not None:
            step_log.hits.extend(whole.hits)
            return whole
        compared = self._compare(reading, wanted, named, step_log)
        hits = with_each_aspect(named or found, [one.hits for one in compared])  # 按第三条: it is asked of that clause
        hits = with_other_rows(with_closing_words(reading, hits, self.corpus), self.corpus)
        hits = with_prices_of_good(reading, with_asked_rows(reading, hits, self.corpus), self.corpus)
        anchor = self._anchor(reading) if not (said or named) else None
        if anchor is not None and anchor.pull:
            hits = with_each_aspect(hits, [[anchor.hit]])
            reading = anchor.keeping_level(reading, self.places)
        step_log.hits.extend(hits)
        step_log.took(Step.SEARCH)
        sentences = of_documents_asked(reading, self._sentences(reading, hits, wanted, reading.query), self.corpus)
        if not (named or tells_asked_fact(reading, sentences)):
            sentences = self._further_down(reading, everything, wanted, sentences)
        candidates = self.versions.of_own_term(reading, self.versions.in_time(sentences, self.corpus, reading.time))
        if said and reading.carried.earlier:
            candidates = like_what_was_said(
                reading, kept_to(candidates, said), [self.corpus.clause_by_id[one] for one in said]
            )
        elif anchor is not None:
            candidates = anchor.draws(reading, candidates)
        candidates = without_contradicted(reading, with_own_rule(reading, candidates, self.corpus))
        candidates = without_others(reading, candidates)
        step_log.candidates.extend(candidates)
        ours = named or (one_of_several and not reading.carried.earlier and plainly_found(candidates))
        foreignness = SURELY_OURS if ours else self._foreignness(reading)
        searched = Searched(reading, candidates, wanted, foreignness, self.places, self.printed, self.corpus)
        searched, checks, refusal = judged_further_down(searched)
        refusal = refused(refusal, compared)
        step_log.judged(searched, checks)
        return Found(reading, hits, searched.candidates, wanted, compared, refusal, checks=checks)

    def compose(self, found: Found, *, brief: bool = False) -> Draft:
        """The clauses' own words for what was found; ``brief`` for one part of several."""
        if found.named is not None:
            return found.named
        draft = self._composed(found, brief=brief)
        checks = without_printed(found.checks, [one.text for one in draft.sentences if one.citations])
        if checks != found.checks:  # another sentence of the clause says it
            draft = self._composed(replace(found, checks=checks), brief=brief)
        say_unmet(draft, found.reading, checks, found.compared)
        if draft.sentences and found.compared:
            say_left_out(draft, items_left_out(found.reading, self.places, self._is_topic), found.reading.question.last)
        return draft

    def _composed(self, found: Found, *, brief: bool) -> Draft:
        """The sentences that answer, with our verdict on them."""
        nearest = leads_with_hedge(found.checks)
        draft = compose(
            found.reading,
            found.candidates,
            found.wanted or QueryTerms({}, {}, {}),
            self.corpus,
            compared=found.compared,
            weak=is_weak(found.reading, found.candidates, self.printed) and not counting(found.checks),
            nearest=nearest,
            versions=self.versions,
            brief=brief,
        )
        if draft.sentences and not nearest:
            granting = self.granting(found.reading)
            say_premise_denied(draft, found.reading, found.candidates, granting)
            if granting is not None:
                complete(draft, granting, found.reading, found.candidates)
            say_verdict_first(draft, found.reading, found.candidates, found.compared, granting)
        say_left_out_first(draft, found.reading, [hit.clause for hit in found.hits])
        draft.lead_with_expiry()
        return draft

    def hits_of_aspects(self, reading: Reading) -> list[list[Hit]]:
        """The best clauses for each of the things the question sets side by side."""
        return [
            search(self.clause_index, aspect_query(aspect, reading), HITS_OF_ASPECT)
            for aspect in self._aspects(reading)
        ]

    def _named(self, reading: Reading, found: list[Hit], named: list[Hit]) -> Found | None:
        """The answer where a clause is asked for by its address and nothing is asked of it; None for any other question."""
        if names_unheld(reading, self.printed, self.places):
            return None
        if (counted := count_asked(reading, self.corpus, self.places, found)) is not None:
            return Found(reading, found, named=counted)
        asked = address_asked(reading)
        if asked is None:
            of_set = None if asks_advice(reading.last) else answer_of_set(reading, found, self.shelf, self.places)
            if of_set and (of_set.only_nearest or not contradicted(reading, sentences_quoted(of_set))):
                return Found(reading, found, named=of_set)
            contents = compose_contents(reading, documents_named(reading, found, self.corpus), self.corpus)
            return None if contents is None else Found(reading, found, named=contents)
        if not named:
            refusal = no_such_clause(reading, self.printed, self.places)
            return Found(reading, found, refusal=refusal) if asked.is_all else None
        draft = compose_named(reading, asked, named, self.corpus)
        return None if draft is None else Found(reading, named, named=draft)

    def read(self, question: Question) -> Reading:
        """The question read; a last turn that opens a topic of its own is read without the turns before it."""
        reading = self._read_turns(question)
        if asks_on(question.last) or asks_within(question.last):
            return reading
        if self._names_subject(reading):
            return asked_alike(self._read_turns(replace(question, turns=(question.last,))), reading)
        also = self.clause_index.shelf.glossary.expand(reading.carried.last)
        if not may_open_topic(reading, self.weights, also):
            return reading
        alone = search(self.clause_index, Query.of(reading.carried.last, reading.query.filters), 1)
        together = search(self.clause_index, reading.query, 1)
        opens = opens_topic(reading, self.weights, also, alone, together)
        if not opens or self._foreignness(reading) >= FOREIGN_FROM:
            return reading
        return self._read_turns(replace(question, turns=(question.last,)))

    def _read_part(self, question: Question) -> Reading:
        """A part of a question, whose turn before it is the part before; it needs that, unless it names a subject of its own."""
        reading = self._read_turns(question, goes_on=True)
        if claims_it(question.last) or not self._names_subject(reading, is_part=True):
            return reading
        alone = asked_alike(self._read_turns(replace(question, turns=(question.last,))), reading)
        return replace(alone, question=question)  # what was told and how much of it counts for this part too

    def _names_subject(self, reading: Reading, *, is_part: bool = False) -> bool:
        expand = self.clause_index.shelf.glossary.expand
        return names_subject(reading, self.weights, expand, self._words, is_part=is_part)

    def _asks_of_something(self, turn: str) -> bool:
        """Whether a turn names a subject, a class or who gives: what follows may be about that."""
        plain = to_simplified(turn).lower()
        if tiers_of(plain) or self.places.givers_named(plain):
            return True
        return has_subject(plain, self.weights, self.clause_index.shelf.glossary.expand, self._words)

    @property
    def _words(self) -> Words:
        return Words(self.printed.text, self.printed.headings, self._is_level)

    def _is_level(self, word: str) -> bool:
        return bool(self.places.levels_named(word)) or self.places.names_covered_place(word)

    def _read_turns(self, question: Question, *, goes_on: bool = False) -> Reading:
        glossary = self.clause_index.shelf.glossary
        turns = (*without_asides(question.earlier), with_document_before(question, self.corpus))
        asked = replace(question, turns=turns)
        reading = read_question(
            asked, self.places, self.settings.max_turns, self.spelling.read, glossary.expand, goes_on=goes_on
        )
        reading = replace(reading, question=question)
        without = self.versions.left_out(reading.text, reading.time, reading.version)
        return reading.without(without) if without else reading

    def _anchor(self, reading: Reading) -> Anchor | None:
        """The clause that the question before a follow-up was answered from; None for what is no follow-up."""
        question = reading.question
        earlier = list(without_asides(question.earlier))
        if not (reading.carried.earlier and earlier) or QuestionType.OVERLAP in reading.types:
            return None
        givers = self.places.givers_named(question.last)
        stays = asks_for_others(question.last) or only_changes_a_part(reading) or QuestionType.YES_NO in reading.types
        if not (givers or stays or asks_on(question.last) or asks_within(question.last)):
            return None  # 没干满就辞职怎么办: another rule than the one that gives
        while len(earlier) > 1 and not self._asks_of_something(earlier[-1]):
            earlier.pop()
        before = self.read(replace(question, turns=tuple(earlier)))
        hits = search(self.clause_index, before.query, self.settings.top_k)
        wanted = query_terms(before, self.weights, self.clause_index.shelf.glossary.expand(before.text))
        found = self._sentences(before, hits, wanted, before.query)
        if not (chosen := asked_of_first(reading, givers, choose(before, found, wanted), found)):
            return None
        if givers and chosen[0].clause.level not in (None, *givers):
            return Anchor(chosen, 0.0)
        if asks_on(question.last) or asks_within(question.last) or names_amount_of(reading, chosen):
            return Anchor(chosen, PULL_OF_ASIDE)
        if not stays or names_another(reading, chosen[0].clause, self.printed.text, self.weights, self._is_level):
            return None
        return Anchor(chosen, KEEPS_TO_CLAUSE)

    def _compare(
        self, reading: Reading, wanted: QueryTerms, named: list[Hit], step_log: StepLog
    ) -> tuple[Compared, ...]:
        """What is found for each of the things the question sets side by side; nothing where it names its clauses."""
        if named or asks_which_prevails(reading):
            return ()
        found = [self._found_for(aspect, reading, wanted) for aspect in self._aspects(reading)]
        step_log.compared.extend(found)
        expand = self.clause_index.shelf.glossary.expand
        about = borne_out(
            found, reading, expand, self.weights, lambda one: self._found_for(one, reading, wanted, FURTHER_HITS)
        )
        return fitting(about, QuestionType.AMOUNT in reading.types)

    def _aspects(self, reading: Reading) -> list[Aspect]:
        """The things the question sets side by side, within the levels it is limited to."""
        limits = reading.query.filters.levels
        return [
            a for a in aspects_of(reading, self.places, self._is_topic) if not (a.level and limits) or a.level in limits
        ]

    def _is_topic(self, item: str) -> bool:
        return bool(self.clause_index.shelf.glossary.expand(item))

    def _found_for(self, aspect: Aspect, reading: Reading, wanted: QueryTerms, behind_first: int = 0) -> Compared:
        query = aspect_query(aspect, reading)
        hits = search(self.clause_index, query, HITS_OF_ASPECT + behind_first)[behind_first:]
        words = aspect_words(aspect, wanted, self.weights, self.clause_index.shelf.glossary.expand(aspect.text))
        sentences = given_for_first(aspect.text, self._sentences(reading, hits, words, query))
        return Compared(aspect, tuple(hits), tuple(sentences))

    def _sentences(self, reading: Reading, hits: Sequence[Hit], wanted: QueryTerms, query: Query) -> list[Candidate]:
        """The sentences of the hits, the best first."""
        vector = self.similarity.question_vector(query)
        found = find_candidates(reading, hits, wanted, lambda clause, at: self.similarity.cosines(vector, clause, at))
        granting = self.granting(reading)
        return found if granting is None else granting.in_favour(reading, found)

    def _further_down(
        self, reading: Reading, hits: Sequence[Hit], wanted: QueryTerms, sentences: list[Candidate]
    ) -> list[Candidate]:
        """``sentences``, and what the hits behind theirs say."""
        more = self._sentences(reading, rest := behind(sentences, hits), wanted, reading.query)
        return of_documents_asked(reading, with_further(sentences, more, hits, rest), self.corpus)

    def granting(self, reading: Reading) -> Granting | None:
        """What judges by the checked grants of the corpus; None where it has none, or where its records are faulty."""
        with suppress(EntitlementsUnusable):  # said to whoever matches; it keeps nobody from asking
            return self.grantings.of(reading, self.matchers.of(self.corpus))
        return None

    def _foreignness(self, reading: Reading) -> float:
        """Of the last turn by itself: talk of policy before it does not make a question about the weather one."""
        return self.topics.foreignness(self.similarity.question_vector(Query.of(reading.carried.last)))
