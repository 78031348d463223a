"""Our answers as objects of the OpenAI protocol."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.service.wording import card_text
from bot.types import Answer, AnswerSentence, Citation, Language
from ingest.facts.table_units import words_shown
from ingest.types import Clause
from web.answers.cards import sentences_of
from web.api.answer_service import AnswerService
from web.openai_api.requests import MODEL


@dataclass(frozen=True, slots=True)
class Completion:
    """One reply under way: its id and the second it was begun."""

    id: str
    created: datetime

    def whole(self, answer: Answer, turn: str | None, service: AnswerService, prompt: str) -> dict[str, object]:
        """A ``chat.completion``."""
        message = {
            "role": "assistant",
            "content": content_of(answer),
            "refusal": None,
            "annotations": sources_of(answer, service),
        }
        return {
            **self._head("chat.completion"),
            "choices": [{"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}],
            "usage": usage(prompt, content_of(answer)),
            "policyqa": ours(answer, turn),
        }

    def chunk(self, delta: dict[str, object], finish: str | None = None, **more: object) -> str:
        """A ``chat.completion.chunk`` as an event."""
        choices = [{"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}]
        return event({**self._head("chat.completion.chunk"), "choices": choices, **more})

    def used(self, prompt: str, said: str) -> str:
        """The last chunk for whoever asked for usage."""
        return event({**self._head("chat.completion.chunk"), "choices": [], "usage": usage(prompt, said)})

    def _head(self, kind: str) -> dict[str, object]:
        return {"id": self.id, "object": kind, "created": int(self.created.timestamp()), "model": MODEL}


def event(data: object) -> str:
    """One event of a stream."""
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"


def spoken(sentences: Sequence[AnswerSentence], language: Language) -> str:
    """Sentences with their citation numbers, as they are printed."""
    return _joint(language).join(sentence.marked for sentence in sentences)


def _joint(language: Language) -> str:
    return " " if language is Language.EN else ""


def content_of(answer: Answer) -> str:
    """The body, and after it what the reader must know."""
    return spoken(sentences_of(answer), answer.language) + notices_of(answer)


def notices_of(answer: Answer) -> str:
    """What the reader must know of an answer, and the bureau's own word, as the paragraphs after its body."""
    service = ("\n".join(card_text(card, answer.language)) for card in answer.service)
    return "".join(f"\n\n{paragraph}" for paragraph in (*answer.notices, *service))


def sources_of(answer: Answer, service: AnswerService) -> list[dict[str, object]]:
    """The sources: a ``url_citation`` for each mark of theirs in the content; for one without a mark, of no characters."""
    marks = _marks_of(answer)
    return [
        {"type": "url_citation", "url_citation": {**_source(citation, service), "start_index": start, "end_index": end}}
        for citation in answer.citations
        for start, end in marks.get(citation.n) or [(0, 0)]
    ]


def _marks_of(answer: Answer) -> dict[int, list[tuple[int, int]]]:
    """Where each number stands in the content behind the sentences, whatever brackets their words contain."""
    found: dict[int, list[tuple[int, int]]] = {}
    at = 0
    for sentence in sentences_of(answer):
        at += len(sentence.text)
        for n in sentence.citations:
            end = at + len(f"[{n}]")
            found.setdefault(n, []).append((at, end))
            at = end
        at += len(_joint(answer.language))
    return found


def _source(citation: Citation, service: AnswerService) -> dict[str, object]:
    clause: Clause = citation.clause
    return {
        "url": service.link(clause),
        "title": f"{citation.document_english or citation.document_title} {clause.address}".strip(),
        "n": citation.n,
        "clause_id": clause.id,
        "document": citation.document_title,
        "address": clause.address,
        "page": citation.page,
        "quotes": [words_shown(clause, span) for span in citation.quotes],
        "why": citation.why,
    }


def ours(answer: Answer, turn: str | None) -> dict[str, object]:
    """What the protocol has no place for: answered or declined, why, and the id feedback is given under."""
    declined = getattr(answer, "reason", None)
    return {"status": "declined" if declined else "answered", "reason": declined and declined.value, "turn": turn}


def usage(prompt: str, said: str) -> dict[str, int]:
    """Characters in the place of tokens: nothing is cut into tokens here, and nothing is charged."""
    return {"prompt_tokens": len(prompt), "completion_tokens": len(said), "total_tokens": len(prompt) + len(said)}
