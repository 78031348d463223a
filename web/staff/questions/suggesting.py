"""Questions that the new and changed clauses of a draft suggest: each with the words that prove it and what must be said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.suggest.next_questions import questions_on, topic_of
from bot.types import Language
from eval.cases.cases import Case, Evidence
from eval.sets.check import SHORTEST_QUOTE
from ingest.editions.types import Edition
from ingest.entitlements.proposing import proposals
from ingest.entitlements.rules.proposer import RuleProposer
from ingest.entitlements.types import Attached, leaves
from ingest.facts.figures import DATE
from ingest.facts.table_units import BETWEEN_CELLS
from ingest.normalise import match_form
from ingest.types import Clause, Corpus, Figure
from ingest.vocabulary.levels import level_named
from web.staff.bench.case_form import DIFFICULTY, KIND_OF_ONE_TURN
from web.staff.compare.aligning import DocumentPair, Kind

TYPE = "suggested"
MOST = 80  # suggestions shown; a whole compendium would suggest thousands
LONGEST_WHO = 40  # characters of the words that say who gets it; longer ones make no question
LONGEST_WHAT = 12  # characters of what is given, as 安家补贴; longer words are no name of it
LONGEST_QUOTE = 300  # characters of a quote taken from a clause; of a longer one the sentence with the words is taken
Words = Callable[..., str]
"""The words of the page in Chinese, which policies are asked in."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question as it could be kept, and the clause it was made of."""

    key: str  # tells it from the others of its draft
    case: Case
    address: str
    kind: Kind  # what became of the clause


def suggestions(pairs: Sequence[DocumentPair], after: Corpus, edition: Edition, t: Words) -> list[Suggestion]:
    """What the clauses that came or changed suggest, in their order, each question once; MOST at most."""
    changed = {
        pair.after.id: (pair, document)
        for document in pairs
        for pair in document.pairs
        if pair.after is not None and pair.kind in (Kind.NEW, Kind.CHANGED)
    }
    touched = {document.after.id for _, document in changed.values() if document.after}
    documents = [document for document in after.documents if document.id in touched]
    clauses = [clause for clause in after.clauses if clause.document in touched]
    granted: dict[str, list[Attached]] = {}
    for found in proposals(RuleProposer(), documents, clauses):
        for identity in found.clauses[:1]:
            granted.setdefault(identity, []).append(found)
    made: list[Suggestion] = []
    asked: set[str] = set()
    for clause in clauses:
        if clause.id not in changed:
            continue
        pair, _ = changed[clause.id]
        gone = _figures_gone(pair.before, clause)
        for case in _of_clause(clause, granted.get(clause.id, []), after, edition, t):
            form = match_form(case.turns[0])
            if form in asked or len(made) == MOST:
                continue
            asked.add(form)
            said = {text for point in case.answer for text in point}
            # A term that is gone says nothing of a sum that is asked for.
            units = {figure.unit for figure in clause.figures if figure.text in said}
            forbidden = [figure.text for figure in gone if figure.unit in units]
            made.append(Suggestion(f"s{len(made) + 1}", _forbidding(case, forbidden), clause.address, pair.kind))
    return made


def _of_clause(
    clause: Clause, granted: Sequence[Attached], corpus: Corpus, edition: Edition, t: Words
) -> Iterator[Case]:
    topic = topic_of(clause) or ""
    for row in () if topic else clause.benefits:
        yield _case(t("ask_row", who=row.object), (row.figure.text,), clause, corpus, row.object, row.figure.text)
    for found in granted:
        yield from _of_grant(found, clause, corpus, t)
    if any(figure.text in topic for figure in clause.figures):
        return  # it is a whole sentence and says what would be asked
    for proposal in questions_on(clause, Language.ZH, edition):
        if BETWEEN_CELLS in proposal.question:  # the head of a table is no matter that anybody asks about
            continue
        # What a clause provides is held against its figures; one without any says nothing to be held against.
        points = proposal.says or tuple(dict.fromkeys(figure.text for figure in clause.figures if figure.unit != DATE))
        if points:
            yield _case(proposal.question, points, clause, corpus, points[0])


def _of_grant(found: Attached, clause: Clause, corpus: Corpus, t: Words) -> Iterator[Case]:
    """How much it is, and who gets it where it is one amount; rows of a list are asked for by their objects."""
    record = found.record
    rows = [row for row in record.amounts if row.figure]
    if not rows or clause.benefits:
        return
    what, figures = rows[-1].object, tuple(dict.fromkeys(row.figure for row in rows))
    if not what or len(what) > LONGEST_WHAT:
        return
    conditions = [leaf.span for leaf in leaves(record.conditions)]
    if who := _who(clause.text, conditions):
        yield _case(t("ask_amount", who=who, what=what), figures, clause, corpus, *(row.span for row in rows))
    widest = [one for one in conditions if not any(one != other and one in other for other in conditions)]
    if widest and len(figures) == 1 and not figures[0].endswith("%"):  # a share is given to many
        level = level_named(clause.level) if clause.level else None
        asked = t("ask_who", where=level.where[0] if level else "", what=what, figure=figures[0])
        yield _case(asked, tuple(dict.fromkeys(widest)), clause, corpus, *widest, rows[0].span)


def _who(text: str, conditions: Sequence[str]) -> str:
    """The words from the first to the last condition, as printed; empty when they are no name of anybody."""
    places = [(text.find(words), text.find(words) + len(words)) for words in conditions if words in text]
    if not places:
        return ""
    end = max(end for _, end in places)
    if bracket := re.match(r"[（(][^（()）]*[）)]", text[end:]):  # 骨干人才（E类）
        end += bracket.end()
    who = text[min(begin for begin, _ in places) : end]
    return who if len(who) <= LONGEST_WHO and not re.search(r"[。；\n]", who) else ""


def _case(question: str, points: Sequence[str], clause: Clause, corpus: Corpus, *words: str) -> Case:
    """The question with the shortest stretch of the clause that holds all the ``words``."""
    return Case(
        id="",
        turns=(question,),
        type=TYPE,
        difficulty=DIFFICULTY,
        kind=KIND_OF_ONE_TURN,
        evidence=(Evidence(_quote(clause.text, words), corpus.document_of(clause).title, clause.address),),
        answer=tuple((point,) for point in points),
    )


def _quote(text: str, words: Sequence[str]) -> str:
    if len(text) <= LONGEST_QUOTE:
        return text
    begins = [place for word in words if (place := text.find(word)) >= 0]
    ends = [text.find(word) + len(word) for word in words if word in text]
    if not begins:
        return text
    begin = max((text.rfind(mark, 0, min(begins)) for mark in "。；\n"), default=-1) + 1
    after = [place for mark in "。；\n" if (place := text.find(mark, max(ends))) >= 0]
    quote = text[begin : min(after, default=len(text) - 1) + 1].strip()
    return quote if len(quote) >= SHORTEST_QUOTE else text


def _figures_gone(before: Clause | None, after: Clause) -> list[Figure]:
    """What the clause said before and does not say any more: an answer that says it is of yesterday."""
    if before is None:
        return []
    now = match_form(after.text)
    return [figure for figure in before.figures if match_form(figure.text) not in now]


def _forbidding(case: Case, gone: Sequence[str]) -> Case:

    wanted = "".join(match_form(text) for point in case.answer for text in point)
    return replace(case, must_not=tuple(dict.fromkeys(one for one in gone if match_form(one) not in wanted)))
