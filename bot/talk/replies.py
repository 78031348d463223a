"""The answer to talk: without a clause, so without a figure that is not counted."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.compose.draft import Draft
from bot.compose.phrases import level_words
from bot.talk.document_counts import say_documents, without_chapter
from bot.talk.phrases import words
from bot.talk.recognise import Talk, topic_not_wanted
from bot.types import AnswerKind, AnswerSentence, Language, SentenceRole
from bot.understand.reading import Reading
from ingest.types import Corpus
from ingest.vocabulary.levels import widest_first
from ingest.vocabulary.talk import talk_words

MOST_TOPICS = 8
LONGEST_TOPIC = 16  # characters of a heading that is offered as a topic
_NO_TOPIC = re.compile(talk_words().no_topic)
_AS_OF = re.compile(talk_words().as_of_when)


def reply(talk: Talk, reading: Reading, corpus: Corpus, contact: str) -> Draft:
    """What is said to ``talk``; ``contact`` is where people answer, "" when that is not set."""
    draft = Draft(reading.language, corpus)
    match talk:
        case Talk.CORPUS:
            draft.kind = AnswerKind.CORPUS
            _say_holdings(draft, reading)
        case Talk.VAGUE:
            draft.kind = AnswerKind.CLARIFY
            _ask_back(draft, topic_not_wanted(reading.last))
        case Talk.NOTHING_BEFORE:
            draft.kind = AnswerKind.CLARIFY
            _say(draft, words(talk.value, draft.language), SentenceRole.QUESTION)
        case Talk.PEOPLE:
            draft.kind = AnswerKind.TALK
            key = "people" if contact else "no_people"
            _say(draft, words(key, draft.language, contact=contact), SentenceRole.OFFICE)
        case _:
            draft.kind = AnswerKind.TALK
            _say(draft, words(talk.value, draft.language, title=corpus.title))
    if talk in (Talk.GREETING, Talk.WHO, Talk.NOTHING_BEFORE):
        draft.questions.extend(_questions(draft)[:1])
    return draft


def _say(draft: Draft, text: str, role: SentenceRole = SentenceRole.VERDICT) -> None:
    draft.sentences.append(AnswerSentence(text, (), (), role=role))


def _say_holdings(draft: Draft, reading: Reading) -> None:
    as_of = words("as_of", draft.language, day=reading.question.as_of.isoformat())
    say_documents(draft)
    if _AS_OF.search(reading.last):
        del draft.sentences[1:]  # how many there are; their titles are not asked for
        draft.sentences.insert(0, AnswerSentence(as_of, (), (), role=SentenceRole.VERDICT))
    else:
        draft.notices.append(as_of)


def _ask_back(draft: Draft, without: str = "") -> None:
    """Name the topics, but for one that is not wanted, and ask which is meant."""
    joint = ", " if draft.language is Language.EN else "、"
    topics = [topic for topic in topics_of(draft.corpus) if not (without and without in topic)]
    _say(draft, words("vague", draft.language, topics=joint.join(topics)))
    draft.questions.extend(_questions(draft, topics))
    for question in draft.questions:
        _say(draft, question, SentenceRole.QUESTION)


def _questions(draft: Draft, topics: Sequence[str] = ()) -> list[str]:
    """What is worth knowing of a person who asks for everything: the topic, who asks, which level."""
    joint = ", " if draft.language is Language.EN else "、"
    levels = list(widest_first(document.level for document in draft.corpus.documents if document.level))
    named = joint.join(level_words(level, draft.language) for level in levels)
    questions = [words("which_topic", draft.language, topics=joint.join((topics or topics_of(draft.corpus))[:4]))]
    questions.append(words("which_side", draft.language))
    return [*questions, words("which_level", draft.language, levels=named)] if len(levels) > 1 else questions


def topics_of(corpus: Corpus) -> list[str]:
    """Names of what the corpus is about: the headings its parts have, those of most clauses first, else titles."""
    counts: dict[str, int] = {}
    for heading, number in corpus.lookup.first_headings():
        name = without_chapter(heading)
        if 1 < len(name) <= LONGEST_TOPIC and not _NO_TOPIC.search(name) and not any(m.isdigit() for m in name):
            counts[name] = counts.get(name, 0) + number
    ordered = sorted(counts, key=lambda name: -counts[name])
    return ordered[:MOST_TOPICS] or [document.title for document in corpus.documents[:MOST_TOPICS]]
