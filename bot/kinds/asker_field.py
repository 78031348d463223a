"""Somebody tells the field they are in and asks for anything at all (我是搞光伏的，有啥): what is printed for that field, and what is worth asking back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from bot.compose.draft import Draft
from bot.compose.source_labels import label_of
from bot.evidence.passages_for_question import without_label
from bot.kinds.grant_list import Group, room_shared, tell_groups
from bot.kinds.grant_shelf import GrantShelf
from bot.kinds.grant_words import is_over
from bot.kinds.grants_asked import GrantsAsked, fitting
from bot.kinds.words import asked_words, said
from bot.talk.recognise import Talk
from bot.talk.replies import reply
from bot.text.jieba_dictionary import words_in
from bot.types import AnswerKind, AnswerSentence, SentenceRole
from bot.understand.reading import Reading
from ingest.entitlements.types import Attached
from ingest.normalise import match_form
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, Corpus, Role, Span
from ingest.vocabulary.levels import widest_first

SIZE = 8  # grants that are said at once
SEVERAL = 2  # clauses that print a word rather than one
MOST_LOOKED_AT = 2_000  # sentences on a field: of those with a figure among them the first are said
MOST_BESIDE = 3  # sentences besides, as electricity prices and what is looked for
LONGEST = 160  # characters of a sentence
SHORTEST_FIELD = 2
LONGEST_TURN = 30  # characters; who says more asks of something


def tells_field(reading: Reading) -> bool:
    """Whether the turn tells a field, and asks for anything at all."""
    words, text = asked_words(), reading.last
    return len(text) <= LONGEST_TURN and words.asks_for("tells_field", text) and words.asks_for("anything", text)


def of_field_told(reading: Reading, shelf: GrantShelf, page: int) -> Draft | None:
    """What is printed for the field that the turn tells; that nothing is, where the corpus has no such word. None for another question."""
    found = asked_words().asks["tells_field"].search(reading.last)
    if found is None or not tells_field(reading):
        return None
    told = next(own for own in found.groups() if own)
    field = _as_printed(match_form(told), shelf.corpus)
    if not field:
        return _nothing_for(told, reading, shelf.corpus) if page == 0 else None
    groups = _groups(field, reading, shelf)
    draft = tell_groups(reading, shelf, groups, room_shared(groups, SIZE), page, SIZE) if groups else None
    draft = draft or Draft(reading.language, shelf.corpus)
    if page == 0:
        if sum(len(group.items) for group in groups) < SIZE:
            _say_beside(draft, field)
        _ask_more(draft)
    return draft if draft.clauses else _nothing_for(told, reading, shelf.corpus)


def _as_printed(field: str, corpus: Corpus) -> str:
    """The field, or its longest word that clauses print, rather one that several do; "" where none does."""
    names = [field, *sorted((word for word in words_in(field) if len(word) >= SHORTEST_FIELD), key=len, reverse=True)]
    printed = {name: sum(1 for _ in islice(_printing(name, corpus), SEVERAL)) for name in names}
    often = next((name for name in names if printed[name] >= SEVERAL), "")
    return often or next((name for name in names if printed[name]), "")


def _printing(words: str, corpus: Corpus) -> Iterator[Clause]:
    """The clauses in whose text the words, in match form, stand."""
    return (clause for clause in corpus.at(corpus.lookup.holding(words)) if words in match_form(clause.text))


def _groups(field: str, reading: Reading, shelf: GrantShelf) -> list[Group]:
    words = asked_words()
    asked = GrantsAsked((), (*words.kinds, *words.kinds_besides), True, frozenset(), (field,))
    fit = [item for item in fitting(asked, shelf, shelf.checked) if item.record.kind in asked.kinds]
    levels = widest_first(item.level for item in fit if item.level)
    return [Group(level, "", tuple(_in_order(fit, level, reading))) for level in levels]


def _in_order(items: Sequence[Attached], level: str, reading: Reading) -> list[Attached]:
    own = [item for item in items if item.level == level]
    return sorted(own, key=lambda item: (is_over(item, reading.time), not item.record.amounts, item.record.soft))


def _say_beside(draft: Draft, field: str) -> None:
    """Sentences on the field in clauses that no grant was told from: with a figure first."""
    cited = {clause.id for clause in draft.clauses}
    speaking = _printing(field, draft.corpus)
    said = (pair for clause in speaking if clause.id not in cited for pair in _speaking(clause, field))
    found = list(islice(said, MOST_LOOKED_AT))
    found.sort(key=lambda pair: not any(pair[1].contains(figure.span) for figure in pair[0].figures))
    for clause, span in found[:MOST_BESIDE]:
        text = span.of(clause.text).strip()
        draft.say(f"{label_of(clause, text, draft.language)}{text}", (draft.cite(clause, span, "answer"),))


def _speaking(clause: Clause, field: str) -> Iterator[tuple[Clause, Span]]:
    if clause.role is Role.CATALOGUE or field not in match_form(clause.text):
        return
    for sentence in split_sentences(clause.text):
        span = without_label(clause.text, sentence)
        if len(span) <= LONGEST and field in match_form(span.of(clause.text)):
            yield clause, span


def _ask_more(draft: Draft) -> None:
    for key in ("ask_recognition", "ask_level"):
        question = said(key, draft.language)
        draft.questions.append(question)
        draft.sentences.append(AnswerSentence(question, (), (), role=SentenceRole.QUESTION))


def _nothing_for(field: str, reading: Reading, corpus: Corpus) -> Draft:
    """That no clause names the field, then the overview by topic and the questions back."""
    draft = reply(Talk.VAGUE, reading, corpus, "")
    hedge = AnswerSentence(said("field_not_printed", draft.language, field=field), (), (), role=SentenceRole.HEDGE)
    draft.sentences.insert(0, hedge)
    draft.kind = AnswerKind.CLARIFY
    return draft
