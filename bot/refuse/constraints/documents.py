"""A document, an article or a catalogue that the question names: held here, only named by others, or not printed at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.refuse.answerability import Printed, Searched
from bot.refuse.constraints.cited import citable, plain, words_of
from bot.refuse.constraints.types import ConstraintCheck, ConstraintKind, Outcome
from bot.refuse.gate import NO_SUCH_CLAUSE, Refusal
from bot.text.term_overlap import terms_of
from bot.understand.address_asked import AddressAsked, address_asked, bears_number, hits_named
from bot.understand.levels_and_places import Places
from bot.understand.reading import Reading
from index.text.file_number import file_numbers
from index.text.question_types import QuestionType
from ingest.normalise import match_form
from ingest.types import Role
from ingest.vocabulary.refusing.documents_asked import asked_of_documents

_WORDS = asked_of_documents()
_TITLE = re.compile(r"《([^《》]{4,})》")
_OF_ITS_TEXT = re.compile(_WORDS.of_its_text)
_OF_A_LIST = re.compile(_WORDS.of_a_list)
_LIST = re.compile(_WORDS.a_list)
_IS_LISTED = re.compile(_WORDS.is_listed)
LEAST_SHARE = 0.6  # of the pairs of a title that stand in the title meant: people leave words out
_CALLED = re.compile(_WORDS.called_by_name)
CALLED = "document.called"
_KIND = ConstraintKind.DOCUMENT


def check_documents(searched: Searched) -> Iterator[ConstraintCheck]:
    """Each document that the last turn names, the article it calls for, and the list it asks the entries of."""
    yield from _titles_checked(searched.reading, searched.printed, searched.places)
    yield from _numbers_checked(searched.reading, searched.printed)
    yield from _called_checked(searched)
    yield from _article_checked(searched)
    yield from _list_checked(searched)


def no_such_clause(reading: Reading, printed: Printed, places: Places) -> Refusal:
    """The refusal for an article that was not found; it names the document that is only named by others, or unknown."""
    checks = (*_titles_checked(reading, printed, places), *_numbers_checked(reading, printed))
    return replace(NO_SUCH_CLAUSE, checks=tuple(check for check in checks if not check.is_met))


def names_unheld(reading: Reading, printed: Printed, places: Places) -> bool:
    """Whether the last turn names a document in 《》 that is not held: another one must not be shown for it."""
    titles = [match_form(match[1]) for match in _TITLE.finditer(reading.last)]
    return any(not _is_held(title, printed, places) for title in titles)


def _titles_checked(reading: Reading, printed: Printed, places: Places) -> Iterator[ConstraintCheck]:
    last = reading.last
    for match in _TITLE.finditer(last):
        title = match_form(match[1])
        if _is_held(title, printed, places):
            yield ConstraintCheck(_KIND, match[0], Outcome.BORNE_OUT, "document.unknown")
        elif title not in printed.text:
            yield ConstraintCheck(_KIND, match[0], Outcome.NOT_MENTIONED, "document.unknown")
        elif _OF_ITS_TEXT.match(last[match.end() :]):
            yield ConstraintCheck(_KIND, match[0], Outcome.NOT_MENTIONED, "document.only_named", elsewhere=True)


def _is_held(title: str, printed: Printed, places: Places) -> bool:
    bare = title
    for place in places.covered:
        bare = bare.replace(match_form(place), "")
    pairs = terms_of(bare)
    least = LEAST_SHARE * len(pairs)
    return any(
        title in held
        or held in title
        or (pairs and sum(pair in held for pair in pairs) >= least and len(pairs & terms_of(held)) >= least)
        for held in printed.titles
    )


def _numbers_checked(reading: Reading, printed: Printed) -> Iterator[ConstraintCheck]:
    last = reading.last
    cited = {(number.year, number.number) for number in printed.numbers_cited}
    for number in file_numbers(last):
        asked = f"{number.year}年{number.number}号"
        if any(number.matches(held) for held in printed.numbers):
            yield ConstraintCheck(_KIND, asked, Outcome.BORNE_OUT, "document.unknown")
        elif (number.year, number.number) not in cited:
            yield ConstraintCheck(_KIND, asked, Outcome.NOT_MENTIONED, "document.unknown")
        elif _OF_ITS_TEXT.match(last.rpartition("号")[2]) and QuestionType.VALIDITY not in reading.types:
            yield ConstraintCheck(_KIND, asked, Outcome.NOT_MENTIONED, "document.only_named", elsewhere=True)


def _called_checked(searched: Searched) -> Iterator[ConstraintCheck]:
    """A policy called by a mere part of titles (高质量发展政策还有效吗): held by that name is none, near are those with it in their title."""
    called = _CALLED.search(searched.reading.last)
    if called is None or searched.corpus is None:
        return
    name = called["name"]
    if searched.places.names_covered_place(name) or searched.reading.carried.earlier:
        return
    near = tuple(f"《{one.title}》" for one in searched.corpus.documents if name in match_form(one.title))
    if len(near) > 1 or (not near and name not in searched.printed.text):
        outcome = Outcome.CONTRADICTED if near else Outcome.NOT_MENTIONED
        yield ConstraintCheck(_KIND, called["whole"], outcome, CALLED, near, elsewhere=bool(near))


def _article_checked(searched: Searched) -> Iterator[ConstraintCheck]:
    asked = address_asked(searched.reading)
    if asked is None or not asked.in_last_turn or not asked.printed.startswith("第"):
        return
    named = hits_named([candidate.hit for candidate in searched.candidates])
    if not named and _has_article(searched, asked):
        return  # it is printed; which document is meant was not understood
    outcome = Outcome.BORNE_OUT if named else Outcome.NOT_MENTIONED
    yield ConstraintCheck(_KIND, asked.printed, outcome, "document.article")


def _has_article(searched: Searched, asked: AddressAsked) -> bool:
    """Whether a document of the best sentences has an article of the number asked for."""
    if searched.corpus is None:
        return False
    documents = {sentence.clause.document for sentence in citable(searched)}
    clauses = (
        clause for one in documents for clause in searched.corpus.clauses_of(searched.corpus.document_by_id[one])
    )
    return any(bears_number(clause.address, asked) for clause in clauses if clause.address)


def _list_checked(searched: Searched) -> Iterator[ConstraintCheck]:
    match = _OF_A_LIST.search(searched.reading.last)
    if match is None:
        return
    good = citable(searched)
    for sentence in good:
        words = plain(sentence.text)
        lists = _LIST.search(words_of(sentence)) and (
            _IS_LISTED.search(words) or sentence.clause.role is Role.CATALOGUE
        )
        if lists:
            yield ConstraintCheck(
                _KIND, match[0], Outcome.BORNE_OUT, "document.list", (), sentence.clause.id, sentence.span
            )
            return
    if any(_LIST.search(plain(sentence.text)) for sentence in good):
        yield ConstraintCheck(_KIND, match[0], Outcome.NOT_MENTIONED, "document.list", elsewhere=True)
