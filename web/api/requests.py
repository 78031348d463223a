"""What programs ask, checked: a field that nobody knows is refused by its name, a level or document there is not likewise."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from bot.types import Language, Question
from index.types import Filters
from ingest.types import Corpus, PolicyDocument
from ingest.vocabulary.levels import widest_first
from web.http.client import FieldUnusable
from web.settings import WebSettings

MOST_HITS = 100
OneOrMore = str | list[str]
_BLANK = "\u115f\u1160\u2800\u3164\uffa0"  # letters and signs without a picture


class StrictRequest(BaseModel):
    """A body in which a mistyped field is a fault: a filter that is silently dropped would answer from everything."""

    model_config = ConfigDict(extra="forbid")


class AskRequest(StrictRequest):
    """What ``POST /api/ask`` takes."""

    question: str = Field(description="The question, in Chinese or English.")
    turns: list[str] = Field(
        default_factory=list[str], description="Earlier questions of the conversation, oldest first."
    )
    as_of: date | None = Field(None, description="The day of asking, YYYY-MM-DD; today if null.")
    level: OneOrMore | None = Field(None, description="Only policies of this level, or of these, as 国家; all if null.")
    document: str | None = Field(None, description="Only this document, by its id (GET /api/documents); all if null.")
    lang: Language | None = Field(None, description="Answer in zh, zh-hant or en; the question's language if null.")
    conversation: str = Field("", max_length=64, description="Your name for the conversation; groups kept answers.")


class SearchRequest(StrictRequest):
    """What ``POST /api/search`` takes."""

    query: str = Field(description="What to look for, in Chinese or English.")
    k: int = Field(10, ge=1, le=MOST_HITS, description="How many clauses at most.")
    level: OneOrMore | None = Field(None, description="Only policies of this level, or of these; all if null.")
    document: OneOrMore | None = Field(None, description="Only this document, or these, by id; all if null.")
    issuer: OneOrMore | None = Field(None, description="Only what this office issued, or one of these; all if null.")
    in_force_on: date | None = Field(
        None, description="Only what is in force on this day: nothing over, nothing that begins later; all if null."
    )


def levels_of(corpus: Corpus) -> list[str]:
    """The levels of the corpus from the nation downwards; others after them, in the order of their first document."""
    return list(widest_first(document.level for document in corpus.documents if document.level))


def question_from(asked: AskRequest, corpus: Corpus, settings: WebSettings, today: date) -> Question:
    """A checked question. Raises FieldUnusable when it is too long, its level or its document unknown."""
    check_question(asked.question, settings)
    for text in asked.turns:
        check_question(text, settings, "turns")
    chosen = Filters(
        levels=checked_levels(asked.level, corpus),
        documents=checked_documents(asked.document or None, corpus),
    )
    earlier = asked.turns[-settings.max_turns :]
    turns = (*earlier, asked.question)
    return Question(turns, asked.as_of or today, chosen, chosen_language=asked.lang)


def filters_from(asked: SearchRequest, corpus: Corpus) -> Filters | None:
    """What hits must fulfil; None when no document can fulfil it. Raises FieldUnusable for what there is not."""
    documents = checked_documents(asked.document, corpus)
    issuers = several(asked.issuer)
    if issuers:
        issued = _issued_by(issuers, corpus)
        documents = issued & documents if documents else issued
        if not documents:
            return None  # an empty set of documents would limit nothing
    return Filters(checked_levels(asked.level, corpus), documents, asked.in_force_on)


def check_question(text: str, settings: WebSettings, field: str = "question") -> None:
    """Raises FieldUnusable when ``text`` is too long."""
    if len(text) > settings.max_question_chars:
        most = settings.max_question_chars
        raise FieldUnusable("web.question_too_long", field, characters=len(text), most=most)


def checked_levels(asked: OneOrMore | None, corpus: Corpus) -> frozenset[str]:
    """The levels asked for. Raises FieldUnusable when the corpus has one of them not."""
    known = levels_of(corpus)
    for level in several(asked):
        if level not in known:
            raise FieldUnusable("web.no_such_level", "level", level=level, levels="、".join(known))
    return frozenset(several(asked))


def checked_documents(asked: OneOrMore | None, corpus: Corpus) -> frozenset[str]:
    """The documents asked for. Raises FieldUnusable when there is one of them not."""
    for document in several(asked):
        if document not in corpus.document_by_id:
            raise FieldUnusable("web.no_such_document", "document", document=document)
    return frozenset(several(asked))


def check_query(text: str, settings: WebSettings) -> None:
    """Raises FieldUnusable when there is nothing to look for, or too much."""
    check_question(text, settings, "query")
    if not any(shows_something(letter) for letter in text):
        raise FieldUnusable("web.empty_query", "query")


def shows_something(letter: str) -> bool:
    """False for blanks, and for characters that only say how others are shown."""
    return not (letter.isspace() or unicodedata.category(letter) in ("Cc", "Cf", "Mn") or letter in _BLANK)


def several(asked: OneOrMore | None) -> tuple[str, ...]:
    """One or several as several; what is empty asks for nothing."""
    return tuple(one for one in ([asked] if isinstance(asked, str) else asked or ()) if one)


def _issued_by(issuers: Iterable[str], corpus: Corpus) -> frozenset[str]:
    known = sorted({document.issuer for document in corpus.documents if document.issuer})
    for issuer in issuers:
        if not any(issuer in one for one in known):
            raise FieldUnusable("web.no_such_issuer", "issuer", issuer=issuer, issuers="、".join(known))
    return frozenset(document.id for document in corpus.documents if _is_of(document, issuers))


def _is_of(document: PolicyDocument, issuers: Iterable[str]) -> bool:
    return any(issuer in (document.issuer or "") for issuer in issuers)
