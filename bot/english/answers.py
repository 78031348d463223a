"""An answer with its quotations in English, each with the Chinese words that it stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.compose.phrases import phrase
from bot.english.amounts import amounts_in
from bot.english.asked_row import row_in_front
from bot.english.headings import holds_chinese, label_in_english, labelled
from bot.english.names import EnglishNames
from bot.english.quoted_words import Rendered, heading_and_words, label_and_words, rendered
from bot.english.table_names import column_in_english, row_name
from bot.types import (
    Answer,
    Answered,
    AnswerPart,
    AnswerSentence,
    CheckedFigure,
    Citation,
    Language,
    SentenceRole,
    Table,
    TableCell,
)
from ingest.editions.checks import stands_in
from ingest.editions.types import Edition
from ingest.entitlements.wording import squeezed
from ingest.facts.figures import find_figures, supports
from ingest.types import Clause, Corpus, Figure
from ingest.vocabulary.levels import level_named

_GLOSS = re.compile(r" \(RMB [^()]*\)(?=\.?$)")  # the same amount in English behind it
_BEFORE_QUOTED = "): "
_QUOTING = frozenset({SentenceRole.QUOTE, SentenceRole.OFFICE})


def in_english(answer: Answer, edition: Edition, corpus: Corpus) -> Answer:
    """The answer to somebody who reads English, its quotations from the edition; any other answer as it is.

    A quotation without English, or whose English prints a figure that its Chinese does not bear out, stays as printed.
    Two quotations of one English sentence become one; the row that the second one speaks of is still said.
    Titles of documents and of parts are the edition's in our own words as well. A notice says where a corpus has no English,
    or English that nobody has accepted.
    """
    if answer.language is not Language.EN:
        return answer
    if not edition.sentences:
        return (
            replace(answer, notices=(*answer.notices, phrase("english_none", Language.EN)))
            if _quotes(answer)
            else answer
        )
    names = EnglishNames.of(edition, corpus)
    cited = tuple(_citation(citation, edition) for citation in answer.citations)
    notices = tuple(names.said_in(notice) for notice in answer.notices)
    if not isinstance(answer, Answered):
        return replace(
            answer,
            citations=cited,
            notices=notices,
            body=names.known_in(amounts_in(names.days_in(names.titles_in(answer.body)))),
        )
    clauses = {citation.n: citation.clause for citation in answer.citations}
    sentences, places = _sentences(answer, clauses, edition, names)
    notices += _unaccepted(sentences, clauses, edition)
    return replace(
        answer,
        sentences=sentences,
        parts=tuple(_part(part, places) for part in answer.parts),
        tables=tuple(_table(table, clauses, edition) for table in answer.tables),
        citations=cited,
        notices=notices,
        questions=tuple(names.headings_in(question) for question in answer.questions),
    )


def _quotes(answer: Answer) -> bool:
    """Whether the answer quotes Chinese."""
    return isinstance(answer, Answered) and any(
        sentence.role in _QUOTING and sentence.citations and holds_chinese(sentence.text)
        for sentence in answer.sentences
    )


def _unaccepted(
    sentences: Sequence[AnswerSentence], clauses: Mapping[int, Clause], edition: Edition
) -> tuple[str, ...]:
    said = (number for sentence in sentences if sentence.source_quote for number in sentence.citations)
    documents = dict.fromkeys(clauses[number].document for number in said if number in clauses)
    titles = [f"“{edition.titles.get(one, one)}”" for one in documents if one in edition.unaccepted]
    return (phrase("english_unaccepted", Language.EN).format(", ".join(titles)),) if titles else ()


def _sentences(
    answer: Answered, clauses: Mapping[int, Clause], edition: Edition, names: EnglishNames
) -> tuple[tuple[AnswerSentence, ...], Mapping[int, int]]:
    """The sentences in English, and where each sentence of the answer stands among them."""
    sentences: list[AnswerSentence] = []
    places: dict[int, int] = {}
    seen: dict[str, int] = {}
    for number, sentence in enumerate(answer.sentences):
        said = _sentence(sentence, clauses, edition)
        if said is None:  # of one Chinese sentence a model may say two things in English: both stay
            places[number] = len(sentences)
            told = _ours(sentence, names) if _is_ours(sentence) else _told(sentence, clauses, edition)
            sentences.append(told)
            continue
        whole, row = said
        if whole.source_quote in seen and row is None:
            places[number] = seen[whole.source_quote]
            continue
        places[number] = len(sentences)
        if whole.source_quote in seen and row is not None:
            whole = row
        elif whole.source_quote:
            seen[whole.source_quote] = len(sentences)
        sentences.append(whole)
    return tuple(sentences), places


def _told(sentence: AnswerSentence, cited: Mapping[int, Clause], edition: Edition) -> AnswerSentence:
    """Words of ours with a quotation behind a colon, as a list of grants has them: the quotation in English, amounts too."""
    front, sign, words = sentence.text.rpartition(_BEFORE_QUOTED)
    clauses = [cited[number] for number in sentence.citations if number in cited]
    if not sign or not holds_chinese(words):
        return sentence
    found = rendered(replace(sentence, figures=()), words.strip(), clauses, edition)
    figures = _figures(found)
    if not found or figures is None:
        return sentence
    front = f"{amounts_in(front)}{sign}"
    own = [replace(figure, text=amounts_in(figure.text)) for figure in sentence.figures]
    return replace(
        sentence,
        text=_joined(front.rstrip(), *(one.text for one in found)),
        figures=(*(figure for figure in own if figure.text in front), *figures),
        source_quote="\n".join(one.chinese for one in found),
    )


def _is_ours(sentence: AnswerSentence) -> bool:
    return sentence.role not in _QUOTING or sentence.derived is not None


def _ours(sentence: AnswerSentence, names: EnglishNames) -> AnswerSentence:
    """Our own words with titles, days and amounts in English; what was worked out says its amounts once."""
    if not holds_chinese(sentence.text):
        return sentence
    derived = sentence.derived
    text = sentence.text if derived is None else _GLOSS.sub("", sentence.text)
    return replace(
        sentence,
        text=names.known_in(amounts_in(names.names_in(names.days_in(names.titles_in(text))))),
        figures=tuple(replace(one, text=amounts_in(one.text)) for one in sentence.figures),
        derived=derived
        and replace(
            derived,
            text=amounts_in(derived.text),
            quantity=amounts_in(derived.quantity),
            unit_price=replace(derived.unit_price, text=amounts_in(derived.unit_price.text)),
        ),
    )


def _citation(citation: Citation, edition: Edition) -> Citation:
    clause = citation.clause
    whole, title = edition.whole(clause.id), edition.titles.get(clause.document)
    return replace(citation, english=whole or "", document_english=title or "")


def _part(part: AnswerPart, places: Mapping[int, int]) -> AnswerPart:
    level = level_named(part.question)
    return replace(
        part,
        question=part.question if level is None else level.label[1],
        sentences=tuple(dict.fromkeys(places[number] for number in part.sentences if number in places)),
    )


def _sentence(
    sentence: AnswerSentence, cited: Mapping[int, Clause], edition: Edition
) -> tuple[AnswerSentence, AnswerSentence | None] | None:
    """A quotation in English and, of a row of several, the row alone; None where it stays as it is."""
    if sentence.role not in _QUOTING or sentence.derived is not None or not holds_chinese(sentence.text):
        return None
    clauses = [cited[number] for number in sentence.citations if number in cited]
    label, words = label_and_words(sentence.text)
    heading, words = heading_and_words(words, clauses)
    found = rendered(sentence, words, clauses, edition) if holds_chinese(words) else []
    figures = _figures(found)
    if not found or figures is None:
        return None
    label = label_in_english(labelled(label, heading), clauses, edition)
    whole = [one.text for one in found]
    source_quote = "\n".join(one.chinese for one in found)
    row = None if _is_verbatim(words, clauses) else row_in_front(sentence, words, found[0])
    if row is None:
        return replace(sentence, text=_joined(label, *whole), figures=figures, source_quote=source_quote), None
    text, figure = row
    return (
        replace(sentence, text=_joined(label, text, *whole), figures=(figure, *figures), source_quote=source_quote),
        replace(sentence, text=_joined(label, text), figures=(figure,), source_quote=source_quote),
    )


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _table(table: Table, clauses: Mapping[int, Clause], edition: Edition) -> Table:
    return replace(
        table,
        columns=tuple(column_in_english(column) for column in table.columns),
        rows=tuple(_row(row, clauses, edition) for row in table.rows),
    )


def _row(row: Sequence[TableCell], clauses: Mapping[int, Clause], edition: Edition) -> tuple[TableCell, ...]:
    """A row, its cells in English; a first cell without citations is what the row is called."""
    own = [clauses[number] for cell in row for number in cell.citations if number in clauses]
    first = row[0]
    named = first if first.citations else replace(first, text=row_name(first.text, own, edition))
    return (
        (named, *(_cell(cell, clauses, edition) for cell in row[1:]))
        if named is not first
        else tuple(_cell(cell, clauses, edition) for cell in row)
    )


def _cell(cell: TableCell, clauses: Mapping[int, Clause], edition: Edition) -> TableCell:
    """A cell that quotes whole sentences, in English; of a figure with its name, as rows have them, the figure alone."""
    said = (
        _sentence(AnswerSentence(cell.text, cell.citations, cell.figures), clauses, edition) if cell.citations else None
    )
    if said is not None and said[1] is None:
        return replace(cell, text=said[0].text, figures=said[0].figures)
    figures = tuple(replace(figure, text=amounts_in(figure.text)) for figure in cell.figures)
    return replace(cell, text=amounts_in(cell.text), figures=figures)


def _is_verbatim(words: str, clauses: Sequence[Clause]) -> bool:
    return any(squeezed(words) in squeezed(clause.text) for clause in clauses)


def _figures(found: Sequence[Rendered]) -> tuple[CheckedFigure, ...] | None:
    """The figures of the English with the places of those they stand for; None when one stands for none."""
    checked: list[CheckedFigure] = []
    for one in found:
        for english in one.sentences:
            printed = [figure for figure in one.clause.figures if english.span.contains(figure.span)]
            for figure in find_figures(english.text):
                own = _borne_out(figure, printed)
                if own is None and stands_in(figure, english.span.of(one.clause.text)):
                    continue  # a number of a name, or one whose unit stands elsewhere in the Chinese
                if own is None:
                    return None
                checked.append(CheckedFigure(figure.text, one.clause.id, one.clause.in_source(own.span)))
    return tuple(checked)


def _borne_out(figure: Figure, printed: Sequence[Figure]) -> Figure | None:
    return next((own for own in printed if supports(own, figure)), None)
