"""The end of an answer: the bureau's own word on what it cites, and its quotations in the language of the question."""

from __future__ import annotations

from dataclasses import replace

from bot.compose.phrases import phrase
from bot.english.answers import in_english
from bot.service.wording import fields_asked, line_text, lines, said
from bot.text.telephones import prints_telephone
from bot.types import (
    Answer,
    Answered,
    AnswerPart,
    AnswerSentence,
    Declined,
    Language,
    PartStatus,
    Reason,
    SentenceRole,
)
from ingest.editions.types import Edition
from ingest.service.cards import ServiceCard, ServiceCards
from ingest.types import Corpus

MOST_CARDS = 3  # under one answer, of what it cites first; a list over many policies is no directory
_NOT_PRINTED = frozenset({Reason.NOT_STATED, Reason.TITLE_ONLY})  # the subject is held, the fact asked for is not
NEAREST = "nearest"  # cited as the nearest only: an answer does not rest on it


def closed(answer: Answer, edition: Edition, corpus: Corpus, cards: ServiceCards) -> Answer:
    """The answer as it goes out. Without cards it is the same but for its English."""
    return in_english(with_service(answer, corpus, cards), edition, corpus)


def with_service(answer: Answer, corpus: Corpus, cards: ServiceCards) -> Answer:
    """The answer with the cards of what it cites.

    What was declined because no text prints it, or named as not found, is answered by a card that tells it, behind the
    words that say so: in a sentence that says whose word it is, without figures that count as checked.
    """
    if not cards.cards:
        return answer
    if isinstance(answer, Declined):
        return _told_instead(answer, corpus, cards)
    cited = [citation for citation in answer.citations if citation.why != NEAREST]
    found = dict.fromkeys(card for citation in cited if (card := cards.of(citation.clause, corpus)) is not None)
    shown = tuple(found)[:MOST_CARDS]
    return _parts_told(replace(answer, service=shown)) if shown else answer


def _told_instead(answer: Declined, corpus: Corpus, cards: ServiceCards) -> Answer:
    """The answer of the card of the nearest clause; as declined where that tells nothing of what is asked."""
    if answer.reason not in _NOT_PRINTED or not answer.citations:
        return answer
    nearest = answer.citations[0]
    card = cards.of(nearest.clause, corpus)
    sentence = _sentence(card, answer.question.last, answer.language) if card else None
    if card is None or sentence is None:
        return answer
    return Answered(
        question=answer.question,
        language=answer.language,
        sentences=(AnswerSentence(answer.body, (), (), role=SentenceRole.HEDGE), sentence),
        citations=answer.citations,
        notices=tuple(notice for notice in answer.notices if notice != phrase("no_contact", answer.language)),
        standalone=answer.standalone,
        took_ms=answer.took_ms,
        read_as=answer.read_as,
        parts=(AnswerPart(answer.question.last, PartStatus.PARTLY, None, (0, 1)),),
        service=(card,),
    )


def _parts_told(answer: Answered) -> Answered:
    """What a card tells of a part, said at the end of the body: of one not found, and of a question of one part.

    Whether the clauses print what the one part asks for is not judged again; the sentence says whose word it is.
    """
    sentences, parts = list(answer.sentences), list[AnswerPart]()
    for part in answer.parts:
        told = (_sentence(card, part.question, answer.language) for card in answer.service)
        sentence = next((one for one in told if one is not None), None)
        is_missing = part.status is PartStatus.NOT_FOUND
        if sentence is None or not (is_missing or len(answer.parts) == 1) or _prints_telephone(answer, sentence):
            parts.append(part)
            continue
        if sentence not in sentences:
            sentences.append(sentence)
        status = PartStatus.PARTLY if is_missing else part.status
        parts.append(replace(part, status=status, sentences=(*part.sentences, sentences.index(sentence))))
    return replace(answer, sentences=tuple(sentences), parts=tuple(parts))


def _prints_telephone(answer: Answered, sentence: AnswerSentence) -> bool:
    """Whether a card would tell a telephone number beside a printed one, which is the one that counts."""
    return prints_telephone(sentence.text) and any(prints_telephone(said.text) for said in answer.sentences)


def _sentence(card: ServiceCard, question: str, language: Language) -> AnswerSentence | None:
    """What a card tells of what is asked; None for nothing."""
    asked = fields_asked(question)
    wanted = [line for line in lines(card, language) if line.field in asked]
    if not wanted:
        return None
    joint = "; " if language is Language.EN else "；"
    told = joint.join(line_text(line, language).rstrip("。.") for line in wanted)
    return AnswerSentence(said("told", language, told=told), (), (), role=SentenceRole.SERVICE)
