"""Whether a document still holds: the verdict first, then the words on its term. Of one that is named, or of what was just cited."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.compose.draft import Draft
from bot.compose.phrases import level_words, phrase
from bot.compose.source_labels import label_of
from bot.compose.validity import closing_statement, first_words, judged_words, words_without_end
from bot.evidence.passages_for_question import without_label
from bot.kinds.document_summary import MOST_DOCUMENTS, documents_called
from bot.kinds.words import asked_words, said
from bot.types import AnswerSentence, Language, SentenceRole
from bot.understand.levels_and_places import Places
from bot.understand.reading import Reading
from index.text.question_types import QuestionType
from ingest.facts.validity import ValidityStatement, statements
from ingest.normalise import match_form
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, Corpus, Span, Standing

_NUMBER = re.compile(r"\d")
_OVER = frozenset({Standing.EXPIRED, Standing.REPEALED})
_SIGNS = re.compile(r"[\W_]+")


def validity_of_named(reading: Reading, corpus: Corpus, places: Places) -> Draft | None:
    """Of the documents that the question names and asks nothing else of; None for any other question."""
    if QuestionType.VALIDITY not in reading.types or not asked_words().asks_for("still_valid", reading.last):
        return None
    filters = reading.query.filters
    if filters.levels or filters.documents or _NUMBER.search(reading.last):
        return None  # 财税〔2011〕58号 is another document than those whose titles have its words
    documents = documents_called(reading, corpus, places, "still_valid")
    if not 0 < len(documents) <= MOST_DOCUMENTS:
        return None
    return say_validity(reading, corpus, [next(iter(corpus.clauses_of(document))) for document in documents])


def asks_validity_alone(turn: str) -> bool:
    """Whether a turn, simplified and in lower case, asks whether what was spoken of still holds, and names nothing."""
    rest = asked_words().asks["still_valid"].sub("", turn)
    return rest != turn and not _SIGNS.sub("", rest)


def without_validity_asked(turn: str) -> str:
    """What a turn asks the term of: the words without those that ask until when; the turn itself where none do."""
    return asked_words().asks["until_when"].sub("", turn).strip()


def say_validity(reading: Reading, corpus: Corpus, clauses: Sequence[Clause]) -> Draft | None:
    """The verdict on each clause, by its own words on a term, else by those of its document."""
    draft = Draft(reading.language, corpus)
    for clause in clauses:
        _say_of(draft, reading, clause, several=len(clauses) > 1)
    return draft if draft.sentences else None


def _say_of(draft: Draft, reading: Reading, clause: Clause, *, several: bool) -> None:
    title, language = draft.corpus.document_of(clause).title, draft.language
    if _say_ended(draft, reading, clause):
        return
    found = _statement(draft.corpus, clause)
    if found is None:
        words = said("no_term_of", language, title=title)
        draft.sentences.append(AnswerSentence(words, (), (), role=SentenceRole.HEDGE))
        return
    at, statement = found
    span = without_label(at.text, statement.span)
    number = draft.cite(at, span, "validity")
    validity = draft.corpus.validity_of(at)
    words = first_words(validity, reading.time, language)
    if words is None and validity.valid_until is not None:
        words = judged_words(validity, reading.time, language)
    level = f"〔{level_words(at.level, language)}〕" if several and at.level else ""
    words = words or words_without_end(validity, reading.time, language)
    if not draft.say(f"{level}{words}", (number,), SentenceRole.VERDICT):  # another sentence of it prints the day
        general = judged_words(validity, reading.time, language) or words_without_end(validity, reading.time, language)
        draft.say(f"{level}{general}", (number,), SentenceRole.VERDICT)
    text = "".join(span.of(at.text).split("\n")).strip()
    if language is Language.EN:  # as other quotations, so that the edition's English stands for it
        draft.say(f"{label_of(at, text, language)} “{text}”".strip(), (number,))
    else:
        draft.say(said("of_document", language, title=title, text=text), (number,))


def _say_ended(draft: Draft, reading: Reading, clause: Clause) -> bool:
    """Say of a document that is over by which one it was repealed or replaced, in that one's words; False of any other."""
    corpus, document = draft.corpus, draft.corpus.document_of(clause)
    successor = corpus.document_by_id.get(document.ended_by or "")
    if successor is None or document.validity.standing(reading.question.as_of) not in _OVER:
        return False
    name = match_form(document.title)
    says = next((one for one in corpus.clauses_of(successor) if name in match_form(one.text)), None)
    if says is None:
        return False
    whole = Span(0, len(says.text))
    span = next((one for one in split_sentences(says.text) if name in match_form(one.of(says.text))), whole)
    number = draft.cite(says, span, "validity")
    words = phrase("ended_by", draft.language).format(document.title, successor.title)
    draft.say(words, (number,), SentenceRole.VERDICT)
    text = "".join(span.of(says.text).split())
    draft.say(said("of_document", draft.language, title=successor.title, text=text), (number,))
    return True


def _statement(corpus: Corpus, clause: Clause) -> tuple[Clause, ValidityStatement] | None:
    own = [one for one in statements(clause.text, corpus.document_of(clause).issued) if not one.target_years]
    return (clause, own[0]) if own else closing_statement(corpus, clause)
