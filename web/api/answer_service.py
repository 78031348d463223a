"""What every door for programs opens on: the same limits, the same checks, the same bot, the same records."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import date

from starlette.concurrency import run_in_threadpool

from bot.match.json_form import match_json
from bot.match.matching import MatcherKeeper, check_profile
from bot.types import Answer, AnswerSentence, Language, Question, SearchResult
from bot.verify.meaning.checker import CheckerKeeper
from ingest.errors import QuestionUnusable, ServiceUnavailable
from ingest.types import Clause, Corpus
from web.answers.bot_pool import MOST_AT_ONCE, BotDoor
from web.answers.cards import clause_href, clause_json
from web.answers.opening import version_of
from web.answers.recording import Asker, Ledger
from web.api.checking import sentence_check_json
from web.api.requests import AskRequest, SearchRequest, check_query, check_question, filters_from, question_from
from web.http.client import TooManyQuestions
from web.http.guards import Allowance
from web.replicas.replica import Replica
from web.settings import WebSettings

MOST_CLAUSES = 50  # that one sentence is checked against


@dataclass(frozen=True, slots=True)
class Kept:
    """A whole answer, the id feedback is given under (None when it is not kept), and the version it is from."""

    answer: Answer
    turn: str | None
    version: str


@dataclass(frozen=True)
class AnswerService:
    """Asks for a client by name; a client is whatever the limits count: an address, a person of a chat platform."""

    door: BotDoor
    allowance: Allowance
    settings: WebSettings
    today: Callable[[], date]
    ledger: Ledger = field(default_factory=Ledger)
    matchers: MatcherKeeper = field(default_factory=MatcherKeeper)
    checkers: CheckerKeeper = field(default_factory=CheckerKeeper)
    replica: Replica | None = None  # of several over one database

    @property
    def corpus(self) -> Corpus:
        """What is answered from. Raises ServiceUnavailable while it is being loaded."""
        return self.door.bot.corpus

    def admit(self, client: str) -> None:
        """Count one request. Raises TooManyQuestions, and ServiceUnavailable when too many wait already."""
        wait = self.allowance.wait_seconds(client)
        if wait:
            raise TooManyQuestions(wait)
        if self.door.answering >= MOST_AT_ONCE:
            raise ServiceUnavailable("web.too_many_questions")

    def question(self, asked: AskRequest) -> Question:
        """A checked question. Raises QuestionUnusable."""
        return question_from(asked, self.corpus, self.settings, self.today())

    async def ask(self, question: Question, asker: Asker) -> Kept:
        """The whole answer, kept."""
        bot = self.door.bot
        answer = await self.door.ask(question, bot)
        return Kept(answer, await self.ledger.keep(answer, asker), version_of(bot.corpus))

    async def stream(self, question: Question, asker: Asker) -> AsyncGenerator[list[AnswerSentence] | Kept]:
        """Batches of sentences when they are checked, then the whole answer, kept."""
        bot = self.door.bot
        async with aclosing(self.door.stream(question, bot)) as parts:  # leaving early must reach the work
            async for part in parts:
                if isinstance(part, list):
                    yield part
                else:
                    yield Kept(part, await self.ledger.keep(part, asker), version_of(bot.corpus))

    async def search(self, asked: SearchRequest) -> dict[str, object]:
        """The clauses found, without an answer. Raises QuestionUnusable."""
        bot = self.door.bot
        corpus = bot.corpus
        check_query(asked.query, self.settings)
        filters = filters_from(asked, corpus)
        found = SearchResult(())
        if filters is not None:
            found = await self.door.search(asked.query, filters, asked.k, bot)
        return {
            "query": asked.query,
            "read_as": [{"typed": one.typed, "read": one.read} for one in found.read_as],
            "hits": [
                {
                    "rank": hit.rank,
                    "score": hit.score,
                    "clause_id": hit.clause.id,
                    "quote": hit.best_sentence.of(hit.clause.text) if hit.best_sentence else None,
                    "issuer": corpus.document_of(hit.clause).issuer,
                    "link": self.link(hit.clause),
                    **clause_json(hit.clause, corpus, asked.in_force_on or self.today()),
                    **({"english": hit.english} if hit.english is not None else {}),
                }
                for hit in found.hits
            ],
        }

    async def match(self, profile: str, as_of: date | None, language: Language | None) -> dict[str, object]:
        """What the corpus grants to somebody who describes themselves; kept nowhere. Raises QuestionUnusable."""
        check_profile(profile, self.settings.max_profile_chars)
        corpus = self.corpus

        def matched() -> dict[str, object]:
            result = self.matchers.of(corpus).match_profile(profile, as_of or self.today(), language)
            return match_json(result, corpus, profile)

        return await run_in_threadpool(matched)

    def clause(self, clause_id: str) -> dict[str, object]:
        """One clause with its facts and its link. Raises QuestionUnusable when there is none."""
        corpus = self.corpus
        clause = _clause(corpus, clause_id)
        return {**clause_json(clause, corpus, self.today()), "link": self.link(clause)}

    def check(self, sentence: str, clause_ids: list[str]) -> dict[str, object]:
        """Whether a sentence, whoever wrote it, is borne out by clauses. Raises QuestionUnusable."""
        check_question(sentence, self.settings)
        if not 0 < len(clause_ids) <= MOST_CLAUSES:
            raise QuestionUnusable("web.clauses_to_check", most=MOST_CLAUSES)
        bot = self.door.bot
        clauses = [_clause(bot.corpus, name) for name in clause_ids]
        return sentence_check_json(sentence, clauses, self.checkers.of(bot.corpus, bot.edition), self.today())

    def link(self, clause: Clause) -> str:
        """Where people read a clause: an address when the settings know ours, else one relative to the pages."""
        base = f"{self.settings.public_url}/" if self.settings.public_url else ""
        return f"{base}{clause_href(clause)}"


def _clause(corpus: Corpus, clause_id: str) -> Clause:
    found = corpus.clause_by_id.get(clause_id)
    if found is None:
        raise QuestionUnusable("web.no_such_clause", clause=clause_id)
    return found
