"""The messages of a conversation: what the page is told, in which order. Knows nothing of Gradio.

A message is data only. The page draws it as text nodes, whatever a clause, a question or a model says.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NotRequired, TypedDict

from bot.types import Answer, Answered, AnswerSentence, Question
from ingest.errors import PolicyQAError
from ingest.types import Corpus
from web.answering import BotDoor
from web.api import levels_of
from web.cards import (
    Card,
    Count,
    SentenceView,
    TableView,
    cards_of,
    clause_card,
    figure_count,
    figures_of,
    sentence_view,
    sentences_of,
    table_views,
)
from web.copies import markdown, plain_text
from web.examples import PLACES_EN
from web.guards import Allowance
from web.recording import Asker, Ledger
from web.settings import WebSettings
from web.suggesting import Suggester
from web.talk import Talk, Visitor, Wish, filters_of
from web.texts import Tongue, disclaimer, say, tongue_of


class About(TypedDict):
    """What the first visit tells."""

    title: str
    region: str
    region_en: str
    documents: int
    clauses: int
    levels: list[tuple[str | None, int]]
    as_of: str


class DocumentView(TypedDict):
    """A document the questions are limited to."""

    id: str
    title: str
    level: str | None


class Welcome(TypedDict):
    """The first message; also sent when a new conversation begins. ``about`` is None while documents load."""

    kind: Literal["welcome"]
    lang: Tongue
    about: About | None
    card: Card | None
    ask: str | None
    document: DocumentView | None  # what the questions are limited to


class Turn(TypedDict):
    """A question and as much of its answer as there is; each message replaces the one before with the same id."""

    kind: Literal["turn"]
    id: str
    question: str
    status: Literal["working", "streaming", "answered", "declined", "failed"]
    sentences: list[SentenceView]
    message: NotRequired[str]
    standalone: NotRequired[str]
    notices: NotRequired[list[str]]
    cards: NotRequired[list[Card]]
    figures: NotRequired[Count]
    plain: NotRequired[str]
    markdown: NotRequired[str]
    lang: NotRequired[str]
    tables: NotRequired[list[TableView]]
    kept: NotRequired[str]  # the id feedback is given under
    next: NotRequired[str]  # the name under which the next questions can be fetched


def about(corpus: Corpus, today: date) -> About:
    """What the corpus holds, in numbers. Documents of which only the title is printed are not counted."""
    printed = [document for document in corpus.documents if document.kind == "policy"]
    counts = Counter(document.level for document in printed)
    return {
        "title": corpus.title,
        "region": corpus.region,
        "region_en": PLACES_EN.get(corpus.region, corpus.region),
        "documents": len(printed),
        "clauses": len(corpus.clauses),
        "levels": [(level, counts[level]) for level in levels_of(corpus) if counts[level]],
        "as_of": today.isoformat(),
    }


def finished_turn(turn: Turn, answer: Answer, corpus: Corpus, settings: WebSettings) -> Turn:
    """The last message of a turn: everything that is known of the answer."""
    sentences = sentences_of(answer)
    done: Turn = {
        **turn,
        "status": "answered" if isinstance(answer, Answered) else "declined",
        "sentences": [sentence_view(sentence) for sentence in sentences],
        "notices": list(answer.notices),
        "cards": cards_of(answer, corpus),
        "tables": table_views(answer),
        "figures": figure_count(figures_of(answer), corpus),
        "plain": plain_text(answer, disclaimer(settings, tongue_of(answer.language))),
        "markdown": markdown(answer),
        "lang": answer.language.value,
    }
    if answer.question.earlier and answer.standalone != answer.question.last:
        done["standalone"] = answer.standalone
    return done


@dataclass(frozen=True)
class Desk:
    """What the page's events work with."""

    door: BotDoor
    allowance: Allowance
    settings: WebSettings
    today: Callable[[], date]
    ledger: Ledger = field(default_factory=Ledger)
    suggester: Suggester | None = None

    async def welcome(self, visitor: Visitor) -> AsyncIterator[Welcome]:
        """On load: the visitor's language at once, the facts as soon as the documents are there."""
        tongue = visitor.tongue
        message: Welcome = {
            "kind": "welcome",
            "lang": tongue,
            "about": None,
            "card": None,
            "ask": None,
            "document": None,
        }
        if not self.door.is_open:
            yield message
        corpus = (await self.door.wait_open()).corpus
        message["about"] = about(corpus, self.today())
        clause = corpus.clause_by_id.get(visitor.wanted.get("clause", ""))
        if clause is not None:
            message["card"] = clause_card(clause, corpus, self.today())
        document = corpus.document_by_id.get(visitor.wanted.get("document", ""))
        if document is not None:
            message["document"] = {"id": document.id, "title": document.title, "level": document.level}
        asked = visitor.wanted.get("q", "").strip()
        message["ask"] = asked[: self.settings.max_question_chars] or None
        yield message

    def resumed(self, asked: list[object]) -> Talk:
        """A conversation by what a browser says had been asked; what no question could have been is left out."""
        fitting = [one for one in asked if isinstance(one, str) and 0 < len(one) <= self.settings.max_question_chars]
        return Talk(secrets.token_hex(8), tuple(fitting[-self.settings.max_turns :])) if fitting else Talk()

    def levels(self) -> list[str]:
        """The levels one may choose; none while the documents load."""
        return levels_of(self.door.bot.corpus) if self.door.is_open else []

    async def answer(
        self, wish: Wish, talk: Talk, tongue: Tongue, visitor: Visitor
    ) -> AsyncIterator[tuple[Turn, Talk]]:
        """The messages of one turn, each with the conversation so far."""
        turn: Turn = {
            "kind": "turn",
            "id": f"t{secrets.token_hex(4)}",
            "question": wish.text,
            "status": "working",
            "sentences": [],
        }
        refusal = self._refusal(wish.text, tongue, visitor)
        if refusal:
            yield {**turn, "status": "failed", "message": refusal}, talk
            return
        talk = talk.with_turn(wish.text, self.settings.max_turns + 1)
        yield turn, talk
        bot = await self.door.wait_open()
        question = Question(talk.turns[-1:] if wish.alone else talk.turns, self.today(), filters_of(wish, bot.corpus))
        try:
            async for part in self.door.stream(question):
                if isinstance(part, list):
                    turn = _longer(turn, part)
                    yield turn, talk
                else:
                    yield await self._finished(turn, part, bot.corpus, Asker(talk.id, visitor.client)), talk
        except PolicyQAError as error:
            yield {**turn, "status": "failed", "message": str(error)}, talk

    async def _finished(self, turn: Turn, answer: Answer, corpus: Corpus, asker: Asker) -> Turn:
        done = finished_turn(turn, answer, corpus, self.settings)
        kept = await self.ledger.keep(answer, asker)
        if kept is not None:
            done["kept"] = kept
        if self.suggester is not None and answer.citations:
            done["next"] = self.suggester.begin(answer)
        return done

    def _refusal(self, text: str, tongue: Tongue, visitor: Visitor) -> str | None:
        limit = self.settings.max_question_chars
        if len(text) > limit:
            return say("too_long", tongue, length=len(text), limit=limit)
        wait = self.allowance.wait_seconds(visitor.client)
        return say("too_many", tongue, seconds=wait) if wait else None


def _longer(turn: Turn, sentences: list[AnswerSentence]) -> Turn:
    views = [*turn["sentences"], *(sentence_view(sentence) for sentence in sentences)]
    return {**turn, "status": "streaming", "sentences": views}
