"""What goes out at the end: a draft or a refusal in, the whole answer with its sources and notices out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.compose.draft import Draft
from bot.compose.notices import notices_of, notices_of_decline
from bot.compose.phrases import decline_words, phrase
from bot.evidence.versions import Versions
from bot.refuse.constraints.wording import refusal_words
from bot.refuse.gate import Refusal, nearest
from bot.types import Answered, AnswerPart, Citation, Declined, Language, PartStatus, SentenceRole
from bot.understand.levels_and_places import Places
from bot.understand.reading import Reading
from index.types import Hit
from ingest.types import Corpus, Span


def answered(
    reading: Reading, draft: Draft, corpus: Corpus, versions: Versions, more_notices: tuple[str, ...], took_ms: float
) -> Answered:
    """The answer that a draft has become; ``more_notices`` stand behind its own."""
    return Answered(
        question=reading.question,
        language=reading.language,
        sentences=tuple(draft.sentences),
        citations=draft.citations(),
        notices=(*notices_of(reading, draft, corpus, versions), *more_notices),
        standalone=reading.standalone,
        took_ms=took_ms,
        tables=tuple(draft.tables),
        read_as=reading.corrections,
        kind=draft.kind,
        parts=tuple(draft.parts) or (part_of(draft, reading.question.last),),
        questions=tuple(draft.questions),
    )


def talked(reading: Reading, draft: Draft, took_ms: float) -> Answered:
    """The answer to talk: it rests on no clause."""
    return Answered(
        question=reading.question,
        language=reading.language,
        sentences=tuple(draft.sentences),
        citations=(),
        notices=tuple(draft.notices),
        standalone=reading.standalone,
        took_ms=took_ms,
        read_as=reading.corrections,
        kind=draft.kind,
        parts=(AnswerPart(reading.question.last, PartStatus.ANSWERED, None, tuple(range(len(draft.sentences)))),),
        questions=tuple(draft.questions),
    )


def part_of(draft: Draft, question: str, sentences: Sequence[int] | None = None) -> AnswerPart:
    """What became of a part: of the whole question, unless it has ``sentences`` of its own."""
    places = tuple(range(len(draft.sentences)) if sentences is None else sentences)
    said = [draft.sentences[place] for place in places]
    holds_back = any(sentence.role is SentenceRole.HEDGE for sentence in said)
    verdicts = (s.text for s in said if s.role in (SentenceRole.VERDICT, SentenceRole.COUNT))
    found = PartStatus.PARTLY if holds_back else PartStatus.ANSWERED
    status = found if said else PartStatus.NOT_FOUND
    return AnswerPart(question, status, next(verdicts, None), places)


def declined(
    reading: Reading,
    refusal: Refusal,
    hits: Sequence[Hit],
    corpus: Corpus,
    places: Places,
    took_ms: float,
    parts: Sequence[str] = (),
) -> Declined:
    """The refusal in words, with the nearest of what was found offered as such.

    ``parts`` are those of the question, where it has several.
    """
    body = refusal_words(refusal, reading.language) or decline_words(
        refusal.reason, reading.language, refusal.place, "、".join(places.covered)
    )
    citations = tuple(
        Citation(
            n,
            hit.clause,
            corpus.document_of(hit.clause).title,
            _quoted(hit),
            "nearest",
            corpus.validity_of(hit.clause),
        )
        for n, hit in enumerate(nearest(hits, refusal), start=1)
    )
    return Declined(
        reading.question,
        reading.language,
        refusal.reason,
        body,
        citations,
        notices_of_decline(reading, refusal.reason, citations, corpus),
        reading.standalone,
        took_ms,
        reading.corrections,
        tuple(AnswerPart(part, PartStatus.NOT_FOUND) for part in parts or (reading.question.last,)),
    )


def nothing_carried(answer: Declined) -> Declined:
    """The refusal of the question before, said of a turn that goes on from it."""
    joint = " " if answer.language is Language.EN else ""
    return replace(answer, body=f"{phrase('nothing_carried', answer.language)}{joint}{answer.body}")


def _quoted(hit: Hit) -> tuple[Span, ...]:
    return (hit.best_sentence,) if hit.best_sentence is not None else (Span(0, len(hit.clause.text)),)
