"""The messages of a conversation: what the page is told, in which order. Knows nothing of Gradio.

A message is data only. The page draws it as text nodes, whatever a clause, a question or a model says.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NotRequired, TypedDict

from bot.types import Answer, Answered, AnswerSentence, Question
from ingest.editions.types import Edition
from ingest.errors import PolicyQAError
from ingest.types import Corpus
from web.answers.bot_pool import MOST_AT_ONCE, BotDoor
from web.answers.cards import (
    Card,
    Count,
    PartView,
    SentenceView,
    TableView,
    cards_of,
    clause_card,
    figure_count,
    figures_of,
    part_views,
    sentence_view,
    sentences_of,
    table_views,
)
from web.answers.recording import Asker, Ledger
from web.answers.service_view import ServiceView, service_views
from web.api.requests import levels_of
from web.chat.ask_request import Wish, filters_of
from web.chat.copy_text import markdown, plain_text
from web.chat.examples import GroupView, examples_of, has_own_examples, region_in_english, views_of
from web.chat.suggestions import Suggester
from web.http.guards import Allowance
from web.settings import WebSettings
from web.texts import LANGUAGES, disclaimer, say, tongue_of


class About(TypedDict):
    """What the first visit tells."""

    title: str
    region: str
    region_en: str
    documents: int
    clauses: int
    levels: list[tuple[str | None, int]]
    as_of: str
    examples: list[GroupView]
    examples_by: Literal["who", "level"]  # what tells the groups apart


class DocumentView(TypedDict):
    """A document the questions are limited to."""

    id: str
    title: str
    level: str | None


class Welcome(TypedDict):
    """What the page is told when it is opened."""

    about: About
    card: Card | None
    ask: str | None
    document: DocumentView | None  # what the questions are limited to


class Turn(TypedDict):
    """A question and as much of its answer as there is; each message replaces the one before."""

    question: str
    status: Literal["working", "streaming", "answered", "declined", "failed"]
    sentences: list[SentenceView]
    message: NotRequired[str]
    standalone: NotRequired[str]
    read_as: NotRequired[list[str]]  # what mistyped words of the question were taken for
    notices: NotRequired[list[str]]
    service: NotRequired[list[ServiceView]]  # the bureau's own word
    cards: NotRequired[list[Card]]
    figures: NotRequired[Count]
    plain: NotRequired[str]
    markdown: NotRequired[str]
    lang: NotRequired[str]
    tables: NotRequired[list[TableView]]
    asked: NotRequired[list[PartView]]  # the parts of the question, where it has several
    kept: NotRequired[str]  # the id feedback is given under
    next: NotRequired[str]  # the name under which the next questions can be fetched


def about(corpus: Corpus, edition: Edition, today: date) -> About:
    """What the corpus holds, in numbers. Documents of which only the title is printed are not counted."""
    printed = [document for document in corpus.documents if document.kind == "policy"]
    counts = Counter(document.level for document in printed)
    return {
        "title": corpus.title,
        "region": corpus.region,
        "region_en": region_in_english(corpus.region),
        "documents": len(printed),
        "clauses": len(corpus.clauses),
        "levels": [(level, counts[level]) for level in levels_of(corpus) if counts[level]],
        "as_of": today.isoformat(),
        "examples": views_of(examples_of(corpus, edition)),
        "examples_by": "who" if has_own_examples(corpus) else "level",
    }


def finished_turn(turn: Turn, answer: Answer, corpus: Corpus, settings: WebSettings) -> Turn:
    """The last message of a turn: everything that is known of the answer."""
    sentences = sentences_of(answer)
    done: Turn = {
        **turn,
        "status": "answered" if isinstance(answer, Answered) else "declined",
        "sentences": [sentence_view(sentence) for sentence in sentences],
        "notices": list(answer.notices),
        "service": service_views(answer),
        "cards": cards_of(answer, corpus),
        "tables": table_views(answer),
        "figures": figure_count(figures_of(answer), corpus),
        "plain": plain_text(answer, corpus, disclaimer(settings, tongue_of(answer.language))),
        "markdown": markdown(answer, corpus),
        "lang": answer.language.value,
    }
    if answer.question.earlier and answer.standalone != answer.question.last:
        done["standalone"] = answer.standalone
    if parts := part_views(answer):
        done["asked"] = parts
    if answer.read_as:
        done["read_as"] = [correction.read for correction in answer.read_as]
    return done


@dataclass(frozen=True)
class Desk:
    """Where the page asks."""

    door: BotDoor
    allowance: Allowance
    settings: WebSettings
    today: Callable[[], date]
    ledger: Ledger = field(default_factory=Ledger)
    suggester: Suggester | None = None

    def welcome(self, wanted: Mapping[str, str]) -> Welcome:
        """What there is, and what the page's address names in ``clause``, ``document`` and ``q``.

        Raises ServiceUnavailable while documents load.
        """
        bot = self.door.bot
        corpus = bot.corpus
        clause = corpus.clause_by_id.get(wanted.get("clause", ""))
        document = corpus.document_by_id.get(wanted.get("document", ""))
        return {
            "about": about(corpus, bot.edition, self.today()),
            "card": clause_card(clause, corpus, self.today()) if clause else None,
            "ask": wanted.get("q", "").strip()[: self.settings.max_question_chars] or None,
            "document": {"id": document.id, "title": document.title, "level": document.level} if document else None,
        }

    def levels(self) -> list[str]:
        """The levels one may choose; none while the documents load."""
        return levels_of(self.door.bot.corpus) if self.door.is_open else []

    async def answer(self, wish: Wish, client: str) -> AsyncGenerator[Turn]:
        """The messages of one turn."""
        turn: Turn = {"question": wish.text, "status": "working", "sentences": []}
        refusal = self._refusal(wish, client)
        if refusal:
            yield {**turn, "status": "failed", "message": refusal}
            return
        yield turn
        bot = await self.door.wait_open()
        turns = wish.turns(self.settings.max_turns, self.settings.max_question_chars)
        try:
            question = Question(turns, self.today(), filters_of(wish, bot.corpus), LANGUAGES[wish.tongue])
            async with aclosing(self.door.stream(question, bot)) as parts:  # leaving early must reach the work
                async for part in parts:
                    if isinstance(part, list):
                        turn = _longer(turn, part)
                        yield turn
                    else:
                        yield await self._finished(turn, part, bot.corpus, Asker(wish.conversation, client))
        except PolicyQAError as error:
            yield {**turn, "status": "failed", "message": error.sentence.said(wish.tongue)}

    async def _finished(self, turn: Turn, answer: Answer, corpus: Corpus, asker: Asker) -> Turn:
        done = finished_turn(turn, answer, corpus, self.settings)
        kept = await self.ledger.keep(answer, asker)
        if kept is not None:
            done["kept"] = kept
        if self.suggester is not None and answer.citations:
            done["next"] = self.suggester.begin(answer)
        return done

    def _refusal(self, wish: Wish, client: str) -> str | None:
        length, limit = len(wish.text), self.settings.max_question_chars
        if length > limit:
            return say("too_long", wish.tongue, length=length, limit=limit)
        wait = self.allowance.wait_seconds(client)
        if wait:
            return say("too_many", wish.tongue, seconds=wait)
        return say("busy", wish.tongue) if self.door.answering >= MOST_AT_ONCE else None


def _longer(turn: Turn, sentences: list[AnswerSentence]) -> Turn:
    views = [*turn["sentences"], *(sentence_view(sentence) for sentence in sentences)]
    return {**turn, "status": "streaming", "sentences": views}
