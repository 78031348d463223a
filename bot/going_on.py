"""What goes on from a turn before: 还有吗 gives what was not said yet, and nothing is carried over from a question that was declined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.compose.body import compose
from bot.compose.draft import Draft
from bot.evidence.benefit_rows import purposes_asked, purposes_given
from bot.evidence.candidates import Candidate, QueryTerms
from bot.finding import Finder
from bot.found import Found
from bot.kinds.answers import answer_of_set, count_asked, question_continued
from bot.kinds.document_summary import MOST_DOCUMENTS
from bot.kinds.words import said
from bot.refuse.gate import Refusal, before_search
from bot.step_log import StepLog
from bot.still_valid import asks_validity_alone, say_validity, validity_of_named, without_validity_asked
from bot.talk.recognise import recognise
from bot.types import AnswerKind, AnswerSentence, Question, SentenceRole
from bot.understand.asks_on import asks_for_more, asks_on
from bot.understand.reading import Reading
from bot.verdicts.rule_of_said import asks_across, asks_overlap_alone, say_rules_of_said
from bot.verdicts.same_document import asks_for_both
from index.search.search import search
from index.text.question_types import QuestionType
from ingest.normalise import to_simplified
from ingest.types import Clause
from ingest.vocabulary.documents import document_words

ON_A_PAGE = 3  # sentences that go on from an answer that was no list
WITHIN = 1.5  # score below the best of the answer within which a sentence goes on from it
MOST_SAID_BEFORE = 3  # turns in which the benefits may have been spoken of that are asked for together
AS_MUCH = 0.5  # of what the best covers of the question, at least


def more_of(finder: Finder, reading: Reading) -> Draft | None:
    """What comes next for 还有吗 and 继续, or that there is no more; None where nothing stood before that can be gone on with."""
    before, page = question_continued(reading.question)
    if before is None:
        return None
    asked = finder.read(before)
    if recognise(asked, before, finder.places) is not None:
        return None
    of_set = answer_of_set(asked, (), finder.shelf, finder.places, page)
    if of_set is not None:
        first = answer_of_set(asked, (), finder.shelf, finder.places)
        return of_set if first is None or _texts(first) != _texts(of_set) else _no_more(asked, finder, "no_more")
    hits = search(finder.clause_index, asked.query, finder.settings.top_k)
    if count_asked(asked, finder.corpus, finder.places, hits) is not None:
        return _no_more(asked, finder, "no_more")
    if before_search(before) is not None or not finder.plan(asked).is_one:
        return None
    found = finder.find(asked, StepLog())
    if found.refusal is not None:
        return None
    if found.named is not None:
        return _no_more(asked, finder, "no_more")
    return _next_sentences(finder, found, page)


def _texts(draft: Draft) -> list[str]:
    return [sentence.text for sentence in draft.sentences]


def _no_more(reading: Reading, finder: Finder, key: str) -> Draft:
    draft = Draft(reading.language, finder.corpus)
    draft.kind = AnswerKind.LIST
    draft.sentences.append(AnswerSentence(said(key, draft.language), (), (), role=SentenceRole.HEDGE))
    return draft


def _next_sentences(finder: Finder, found: Found, page: int) -> Draft:
    """The sentences next in order that are about as much the answer as those that were said."""
    rest = _not_said(finder.compose(found), found.candidates)
    shown = rest[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    draft = Draft(found.reading.language, finder.corpus)
    for candidate in shown:
        draft = _with(draft, candidate, found, finder)
    if not draft.sentences:
        return _no_more(found.reading, finder, "no_further")
    is_last = len(rest) <= page * ON_A_PAGE
    words = said("were_last" if is_last else "rest", draft.language)
    role = SentenceRole.HEDGE if is_last else SentenceRole.QUESTION
    draft.sentences.append(AnswerSentence(words, (), (), role=role))
    return draft


def _not_said(draft: Draft, candidates: Sequence[Candidate]) -> list[Candidate]:
    quoted = {clause.id: spans for clause, spans in draft.quoted()}
    lead = candidates[0]
    return [
        one
        for one in candidates
        if not any(one.span.overlaps(span) for span in quoted.get(one.clause.id, ()))
        and not any(one.text.strip() in sentence.text for sentence in draft.sentences)
        and one.score >= lead.score - WITHIN
        and one.features["covers"] >= AS_MUCH * lead.features["covers"]
    ]


def _with(draft: Draft, candidate: Candidate, found: Found, finder: Finder) -> Draft:
    """The draft with the candidate's own words behind it, without verdicts and arithmetic."""
    one = compose(found.reading, [candidate], found.wanted or QueryTerms({}, {}, {}), finder.corpus, brief=True)
    numbers = {
        n: draft.cite(clause, span, "answer") for n, (clause, spans) in enumerate(one.quoted(), 1) for span in spans
    }
    for sentence in one.sentences:
        if sentence.role is SentenceRole.QUOTE and sentence.derived is None:
            draft.sentences.append(replace(sentence, citations=tuple(numbers[n] for n in sentence.citations)))
    return draft


def asked_of_what_was_said(finder: Finder, reading: Reading, question: Question) -> Draft | None:
    """Whether what the turns before were answered with may be had together, or still holds; None for a turn that asks anything else.

    ``question`` has all turns; ``reading`` may have been read without those before the last.
    """
    return overlap_asked(finder, reading, question) or validity_asked(finder, reading)


def validity_asked(finder: Finder, reading: Reading) -> Draft | None:
    """Whether a document that is named, or what was just cited, still holds; None for a turn that asks anything else."""
    question = reading.question
    if (named := validity_of_named(reading, finder.corpus, finder.places)) is not None:
        return named
    if (of_grant := _validity_of_grant(finder, reading)) is not None:
        return of_grant
    if not question.earlier or not asks_validity_alone(to_simplified(question.last).lower()):
        return None
    before = _asked_last(replace(question, turns=question.earlier)) or replace(question, turns=question.earlier)
    asked = finder.read(replace(before, chosen_language=reading.language))
    if not finder.plan(asked).is_one:
        return None
    found = finder.find(asked, StepLog())
    draft = finder.compose(found) if found.refusal is None else None
    if draft is None or not draft.clauses:
        return None
    return _validity_of(asked, draft.clauses, finder)


def on_what_was_said(finder: Finder, reading: Reading, text: str, clauses: Sequence[Clause]) -> Draft | None:
    """Whether what the parts before were answered from still holds, or may be had together, for a part that asks no more than that."""
    plain = to_simplified(text).lower()
    if clauses and asks_overlap_alone(plain, finder.places):
        return say_rules_of_said(reading, finder.corpus, clauses, both=asks_for_both(reading))
    if not clauses or not asks_validity_alone(plain):
        return None
    return _validity_of(reading, clauses, finder)


def overlap_asked(finder: Finder, reading: Reading, question: Question) -> Draft | None:
    """Whether what the turn before was answered with may be had together; None for a turn that asks or names anything else."""
    if not question.earlier or not asks_overlap_alone(to_simplified(question.last).lower(), finder.places):
        return None
    clauses: list[Clause] = []
    earlier = question.earlier
    for before in (earlier[: len(earlier) - back] for back in range(min(len(earlier), MOST_SAID_BEFORE))):
        asked = _asked_last(replace(question, turns=(*before, question.last))) or replace(question, turns=before)
        clauses += _clauses_said(finder, finder.read(replace(asked, chosen_language=reading.language)))
        documents = list({finder.corpus.document_of(clause) for clause in clauses})
        if len({one.level for one in documents}) > 1 or not asks_across(reading, finder.corpus, documents):
            break  # 旗里给多少, 市里给多少: both were answered before it is asked of both
    return say_rules_of_said(reading, finder.corpus, clauses, both=asks_for_both(reading))


def _clauses_said(finder: Finder, asked: Reading) -> list[Clause]:
    """The clauses that a question, or each of its parts, is answered from."""
    plan = finder.plan(asked)
    said: list[Clause] = []
    for one in (asked,) if plan.is_one else tuple(part.reading for part in plan.parts):
        found = finder.find(one, StepLog(), said=[clause.id for clause in said])
        if found.refusal is None:
            said.extend(finder.compose(found, brief=not plan.is_one).clauses)
    return said


def _validity_of(reading: Reading, clauses: Sequence[Clause], finder: Finder) -> Draft | None:
    """Of one clause of each document, the first that is cited."""
    first = {clause.document: clause for clause in reversed(clauses)}
    cited = [clause for clause in clauses if first[clause.document] is clause]
    return say_validity(reading, finder.corpus, cited[:MOST_DOCUMENTS])


def _validity_of_grant(finder: Finder, reading: Reading) -> Draft | None:
    """Until when money for one purpose is given: by the term of the clause that gives it, and of no other document's."""
    text = reading.last
    rest = without_validity_asked(text)
    if QuestionType.VALIDITY not in reading.types or rest == text or not purposes_asked(reading):
        return None
    asked = finder.read(replace(reading.question, turns=(*reading.question.earlier, rest)))
    purposes = purposes_asked(asked)
    if not purposes or any(kind in text for kind in document_words().kinds) or not finder.plan(asked).is_one:
        return None
    given = [one for one in finder.find(asked, StepLog()).candidates if purposes & purposes_given(one)]
    return _validity_of(reading, [given[0].clause], finder) if given else None


def refusal_before(finder: Finder, reading: Reading) -> Refusal | None:
    """Why the question was declined that a turn goes on from which names nothing itself (那多少钱); None where it was answered."""
    question = reading.question
    if not question.earlier or not asks_on(question.last) or asks_for_more(question.last):
        return None
    before = _asked_last(question)
    if before is None:
        return None
    refusal = before_search(before)
    if refusal is not None:
        return refusal
    asked = finder.read(before)
    return finder.find(asked, StepLog()).refusal if finder.plan(asked).is_one else None


def _asked_last(question: Question) -> Question | None:
    """The question as it stood before the turns that only ask on."""
    turns = list(question.earlier)
    while turns and asks_on(turns[-1]):
        turns.pop()
    return replace(question, turns=tuple(turns)) if turns else None
