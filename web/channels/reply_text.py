"""An answer as a chat message: the sentences, what the reader must know, and each source as a link to its clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.service.wording import card_text
from bot.types import Answer, AnswerSentence, Language
from web.answers.cards import sentences_by_part
from web.api.answer_service import AnswerService
from web.texts import disclaimer, say, tongue_of

_MARKS = re.compile(r"([\\`*_\[\]<>#|])")  # what chat platforms read as layout
_NOT_IN_ADDRESS = re.compile(r"[()\s<>]")
LONGEST_SOURCES = 12  # links under one message


def escaped(text: str) -> str:
    """Text of clauses and questions in which a platform sees nothing but text."""
    return _MARKS.sub(r"\\\1", text)


def sentences_markdown(sentences: Sequence[AnswerSentence], language: Language) -> str:
    """Sentences with their citation numbers, as far as they have come."""
    return (" " if language is Language.EN else "").join(_marked(sentence) for sentence in sentences)


def answer_markdown(answer: Answer, service: AnswerService) -> str:
    """The whole message."""
    return "\n\n".join(_paragraphs(answer, service))


def _paragraphs(answer: Answer, service: AnswerService) -> Iterator[str]:
    tongue = tongue_of(answer.language)
    for part, sentences in sentences_by_part(answer):
        if part:
            yield f"**{escaped(part)}**"
        yield sentences_markdown(sentences, answer.language)
    for notice in answer.notices:
        yield f"{say('notice', tongue)}：{escaped(notice)}"
    for card in answer.service:
        yield "\n".join(escaped(line) for line in card_text(card, answer.language))
    if answer.citations:
        heading = say("nearest" if all(cited.why == "nearest" for cited in answer.citations) else "sources", tongue)
        yield "\n".join([f"**{heading}**", *_sources(answer, service)])
    yield escaped(disclaimer(service.settings, tongue))


def _sources(answer: Answer, service: AnswerService) -> Iterator[str]:
    """A source a line; as a link when the settings name the address of the pages."""
    tongue = tongue_of(answer.language)
    for citation in answer.citations[:LONGEST_SOURCES]:
        english = f"{citation.document_english} " if citation.document_english else ""
        name = escaped(f"{english}《{citation.document_title}》{citation.clause.address}")
        page = "" if citation.page is None else f"（{say('page', tongue, page=citation.page)}）"
        if service.settings.public_url:
            address = _NOT_IN_ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", service.link(citation.clause))
            name = f"[{name}]({address})"
        yield f"{citation.n}. {name}{page}"
    left = len(answer.citations) - LONGEST_SOURCES
    if left > 0:
        yield say("channel_more_sources", tongue, number=left)


def _marked(sentence: AnswerSentence) -> str:
    return escaped(sentence.text) + "".join(f"[{n}]" for n in sentence.citations)
