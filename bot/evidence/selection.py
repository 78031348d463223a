"""Which sentences make an answer: the one that answers, what adds to it, and where to stop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.evidence.asked_level import asked_level_first
from bot.evidence.benefit_rows import purposes_asked, purposes_given
from bot.evidence.candidates import Candidate, QueryTerms
from bot.evidence.features import is_offices
from bot.evidence.per_sub_question import Compared, one_of_each, united
from bot.evidence.rate_parts import named_parts, price_of_its_list
from bot.evidence.table_rows import is_table_row, sends_to_table
from bot.evidence.telling import asked_first, contact_beside, only_announces, says_all_asked, says_first_day, telling
from bot.text.term_overlap import sentence_terms
from bot.understand.reading import Reading, asks_several
from index.text.question_types import QuestionType
from ingest.facts.measures import MONEY_OR_SHARE
from ingest.types import Role

MOST_CHARS = 300  # of a body
MOST_CHARS_COMPARED = 450  # of a body that sets several rules side by side
ENOUGH_CHARS = 170  # from here on only a sentence nearly as good as the best is added
ENOUGH_CHARS_OF_PART = 40  # the same for one part of several
MOST_SENTENCES = 5
# How far below the best sentence another may score: more where several things are asked for. On five folds of 459
# questions .75 says all points of .885 in 159 characters, .6 of .882 in 148, .5 of .880 in 139 (`eval evidence-weights`).
MARGIN = 0.6
MARGIN_OF_SEVERAL = 0.9
MARGIN_WHEN_ENOUGH = 0.45
MARGIN_OF_PART = 0.3  # the same for another clause than the first, in the answer to one part of several
MARGIN_WHEN_SAID = 0.2  # beside a whole list that was asked for, or a day and an office in one sentence
GAIN = 1.2  # score for covering all of the question's words that the chosen sentences do not cover yet
CONTINUES = 0.6  # score for the other half of a sentence that a "；" divides, and for a 其中 with what it is part of
OFFICE_MARGIN = 0.15  # clauses this near to the best one say their offices too
ALIKE = 0.7  # share of terms in common from which two sentences say the same

_BESIDE_ROWS = frozenset(
    {QuestionType.HOW, QuestionType.WHEN, QuestionType.OFFICE, QuestionType.OVERLAP, QuestionType.YES_NO}
)
_PART_OF_IT = "其中"


def choose(
    reading: Reading,
    candidates: Sequence[Candidate],
    wanted: QueryTerms,
    compared: Sequence[Compared] = (),
    *,
    brief: bool = False,
) -> list[Candidate]:
    """The best sentence, or the best of each thing compared, then what adds to them, until it is enough.

    ``brief``, for one part of several, has enough sooner.
    """
    if not candidates:
        return []
    candidates = telling(reading, candidates)
    leads = one_of_each(compared)
    candidates = _asked_purpose_first(reading, asked_level_first(reading, candidates))
    candidates = asked_first(reading, _latest_in_force_first(reading, candidates))
    if not leads and (rows := _rows_of_its_own(reading, candidates) or price_of_its_list(reading, candidates)):
        return rows
    if leads:
        candidates = united(leads, compared)
    if QuestionType.OFFICE in reading.types:
        candidates = _with_own_offices(candidates)
    chosen = leads or [candidates[0]]
    if not leads and says_first_day(reading, candidates[0]):
        return chosen
    if QuestionType.OFFICE in reading.types:
        chosen += [
            c for c in candidates if is_offices(c.text) and any(c.clause.id == other.clause.id for other in chosen)
        ]
    best = candidates[0].score
    rows = _rows_beside(reading, candidates) if not leads else []
    candidates = [c for c in candidates if not is_table_row(c.clause)] if not leads else candidates
    several = asks_several(reading)
    if not several:
        candidates = _for_the_asked_purpose(reading, candidates, chosen[0])
    if QuestionType.YES_NO in reading.types:
        candidates = [c for c in candidates if not _is_beside(c, chosen[0])]
    usual = _margin(reading, chosen[0], leads, several=several)
    if QuestionType.VALIDITY in reading.types and not several:
        candidates = [c for c in candidates if not _is_anothers_term(c, chosen[0])]
    most_chars, most_sentences = (MOST_CHARS_COMPARED, len(leads) + 1) if leads else (MOST_CHARS, MOST_SENTENCES)
    brief = brief and not several and QuestionType.OVERLAP not in reading.types  # the rule stands in another clause
    enough = ENOUGH_CHARS_OF_PART if brief else ENOUGH_CHARS
    while len(chosen) < most_sentences:
        length = sum(len(c.text) for c in chosen)
        margin = usual if length < enough else min(usual, MARGIN_WHEN_ENOUGH)
        # What names the document of the best sentence is accounted for by it.
        seen = sentence_terms(" ".join(chosen[0].clause.path[-2:])).union(*(c.terms for c in chosen))
        missing = {term: weight for term, weight in wanted.words.items() if term not in seen}
        total = sum(wanted.words.values()) or 1.0
        rest = [
            (
                c.score
                + GAIN * sum(w for t, w in missing.items() if t in c.terms) / total
                + CONTINUES * _continues(c, chosen),
                c,
            )
            for c in candidates
            if length + len(c.text) <= most_chars
            and not _says_nothing_new(c, chosen)
            and not (brief and c.clause.id != chosen[0].clause.id and c.score < best - MARGIN_OF_PART)
        ]
        value, following = max(rest, key=lambda pair: pair[0], default=(0.0, None))
        if following is None or value < best - margin:
            break
        chosen.append(following)
    chosen = _in_reading_order(named_parts(reading, chosen))
    return [*chosen, *rows, *contact_beside(reading, candidates, chosen)]


def _margin(reading: Reading, lead: Candidate, leads: Sequence[Candidate], *, several: bool) -> float:
    """How far below the best sentence another may score."""
    if leads:
        return MARGIN_WHEN_ENOUGH
    if several:
        return MARGIN_OF_SEVERAL
    return MARGIN_WHEN_SAID if says_all_asked(reading, lead) else MARGIN


def _asked_purpose_first(reading: Reading, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates; when the first gives money for another purpose than asked, the best that gives it for that before it.

    What is paid on top of 安家补贴, or less it, names it too; in front of the answer it would pass for it.
    """
    asked, given = purposes_asked(reading), purposes_given(candidates[0])
    if not (asked and given) or asked & given:
        return candidates
    fitting = (c for c in candidates if asked & purposes_given(c) and _is_of_those_asked(reading, c))
    right = next(fitting, None)
    return candidates if right is None else [right, *(c for c in candidates if c is not right)]


def _rows_of_its_own(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The rows of the table or rate list that answers best, or the guide in their place; nothing where a sentence does."""
    if is_table_row(candidates[0].clause):
        return _guide_instead(reading, candidates) or _rows_of_its_table(reading, candidates)
    if candidates[0].clause.role.is_rate_row:
        return named_parts(reading, _rows_of_its_list(candidates))
    return []


def _guide_instead(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The lines of a document's guide that say what is asked for, where only a row of its tables fits better.

    "在哪儿申请，几天能批" behind a question after an amount still finds the row of that amount.
    """
    lead = candidates[0]
    if QuestionType.AMOUNT in reading.types or not reading.carried.earlier:
        return []
    own = (c for c in candidates if c.clause.document == lead.clause.document)
    lines = [c for c in own if c.features.get("label_wanted")]
    return sorted(lines[:MOST_SENTENCES], key=lambda c: (c.clause.span, c.order))


def _latest_in_force_first(reading: Reading, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates; where several say the same of different days (自…起，标准为…), the latest in force leads.

    What is over since then, and what is still to come, follows.
    """
    lead = candidates[0]
    begun = [c for c in candidates if _begins_by(c, reading.time.last) and _is_alike(c, lead)]
    if lead.statement is None or lead.statement.valid_from is None or not begun:
        return candidates
    latest = max(begun, key=lambda c: c.statement.valid_from if c.statement and c.statement.valid_from else date.min)
    if (
        _begins_by(lead, reading.time.last)
        and lead.statement.valid_from == (latest.statement or lead.statement).valid_from
    ):
        return candidates
    return [latest, *(c for c in candidates if c is not latest)]


def _begins_by(candidate: Candidate, day: date) -> bool:
    """True for a sentence that holds from a printed day on, without an end, and that day is not after ``day``."""
    said = candidate.statement
    return said is not None and said.valid_from is not None and said.valid_until is None and said.valid_from <= day


def _is_alike(candidate: Candidate, other: Candidate) -> bool:
    smaller = min(len(other.terms), len(candidate.terms)) or 1
    return len(other.terms & candidate.terms) / smaller >= ALIKE


def _for_the_asked_purpose(reading: Reading, candidates: Sequence[Candidate], lead: Candidate) -> Sequence[Candidate]:
    """The candidates; where ``lead`` gives money for what is asked, without those that give it for something else."""
    asked = purposes_asked(reading)
    if not asked & purposes_given(lead):
        return candidates
    return [c for c in candidates if not (given := purposes_given(c)) or asked & given]


def _is_of_those_asked(reading: Reading, candidate: Candidate) -> bool:
    """Whether a sentence is of a class and a level that the question names, where it names any."""
    of_class = not reading.tiers or bool(candidate.features["tier_here"] or candidate.features["tier_in_path"])
    return of_class and not candidate.features["other_level"]


def _is_anothers_term(candidate: Candidate, lead: Candidate) -> bool:
    """True for what another document says about its own term, where ``lead`` clearly says the one that is asked for."""
    terms = candidate.statement is not None and lead.statement is not None
    return (
        terms
        and candidate.clause.document != lead.clause.document
        and candidate.score < lead.score - MARGIN_WHEN_ENOUGH
    )


def _rows_of_its_list(candidates: Sequence[Candidate]) -> list[Candidate]:
    """A row of a rate list that answers, with the other rows found of its list, in the order they are printed in.

    Rows of neighbouring lists are only added when they fit nearly as well.
    """
    best = candidates[0]
    rows = [c for c in candidates if c.clause.role.is_rate_row and c.clause.document == best.clause.document]
    if not _is_of_another(best):
        rows = [row for row in rows if not _is_of_another(row)]
    chosen = [c for c in rows if c.clause.path == best.clause.path or c.score >= best.score - MARGIN_WHEN_ENOUGH]
    while sum(len(c.text) for c in chosen) > MOST_CHARS and len(chosen) > 1:
        chosen.remove(min((c for c in chosen if c is not best), key=lambda c: c.score))
    return sorted(chosen, key=lambda c: c.clause.span)


def _rows_beside(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The rows that a sentence sends to (奖励标准见附件1, 按下表), or that tell the amount it leaves open; where an amount is asked."""
    lead = candidates[0]
    tables = [c for c in candidates if is_table_row(c.clause) and c.clause.document == lead.clause.document]
    if not tables or not reading.types & {QuestionType.AMOUNT, QuestionType.LIST}:
        return []
    sent = sends_to_table(lead.text)
    annex = [c for c in tables if sent and c.clause.address.replace(" ", "").startswith(sent)]
    open_amount = not any(figure.unit.partition("/")[0] in MONEY_OR_SHARE for figure in lead.figures)
    open_amount = open_amount and QuestionType.AMOUNT in reading.types
    near = [c for c in tables if c.score >= lead.score - MARGIN]
    from_there = annex or (tables if sent else near if open_amount else [])
    return _of_one_table(from_there[0], from_there) if from_there else []


def _of_one_table(best: Candidate, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The rows of the best one's table in the order printed, as many as can be read; none of another good or use."""
    rows = [c for c in candidates if is_table_row(c.clause) and c.clause.document == best.clause.document]
    rows = [c for c in rows if c.clause.path[-1:] == best.clause.path[-1:]]
    if not _is_of_another(best):
        rows = [row for row in rows if not _is_of_another(row)]
    while sum(len(c.text) for c in rows) > MOST_CHARS and len(rows) > 1:
        rows.remove(min((c for c in rows if c is not best), key=lambda c: c.score))
    return sorted(rows, key=lambda c: c.clause.span)


def _rows_of_its_table(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The rows found of the table whose row answers best, in the order printed, as many as can be read.

    A question of several parts or kinds gets the best sentence beside the table as well: how the amount is paid.
    """
    best = candidates[0]
    rows = _of_one_table(best, candidates)
    if len(reading.parts) > 1 or reading.types & _BESIDE_ROWS:
        near = (c for c in candidates if c.score >= best.score - MARGIN or _introduces(c, best))
        prose = (c for c in near if not is_table_row(c.clause))
        rows += [c for c in prose if not _says_nothing_new(c, rows) and not only_announces(c)][:1]
    return rows


def _introduces(candidate: Candidate, row: Candidate) -> bool:
    """True for the words above a table that its rows hang on: 按以下标准给予补贴，分五年等额发放：."""
    same = (candidate.clause.document, candidate.clause.address) == (row.clause.document, row.clause.address)
    return same and candidate.text.endswith(("：", ":"))


def _is_of_another(row: Candidate) -> bool:
    """True for a rate of another good or for another use than asked."""
    return bool(row.features["other_use"] or row.features["other_good"])


def _with_own_offices(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without the offices of other clauses than the best one that says something itself.

    Where offices fit best, their clause says it.
    """
    content = [c for c in candidates if not is_offices(c.text) and not c.tells_nothing]
    if candidates and is_offices(candidates[0].text):
        content = sorted(content, key=lambda c: c.clause.id != candidates[0].clause.id)
    if not content:
        return list(candidates)
    shown = {content[0].clause.id} | {c.clause.id for c in content[1:] if c.score >= content[0].score - OFFICE_MARGIN}
    offices = [c for c in candidates if is_offices(c.text) and c.clause.id in shown]
    return content + offices


def _continues(candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    """True for a part of a sentence whose other part, on the other side of a "；", was chosen.

    So is it for 其中…, which is part of the rule in front of it, and for that rule. Of a title alone: for how to come
    by the text.
    """
    for other in chosen:
        if other.clause.id != candidate.clause.id:
            continue
        if other.clause.role is Role.STUB:
            return True
        earlier, later = sorted((other, candidate), key=lambda c: c.order)
        joined = earlier.text.endswith(("；", ";")) or later.text.startswith(_PART_OF_IT)
        if later.order - earlier.order == 1 and joined:
            return True
    return False


def _says_nothing_new(candidate: Candidate, chosen: Sequence[Candidate]) -> bool:
    if candidate.tells_nothing or is_offices(candidate.text):
        return True  # the offices that are asked for were chosen before
    for other in chosen:
        if other is candidate or _is_said_within(candidate, other):
            return True
        same_figures = {f.text for f in candidate.figures} <= {f.text for f in other.figures}
        if same_figures and _is_alike(candidate, other):
            return True
    return False


def _is_beside(candidate: Candidate, lead: Candidate) -> bool:
    """True for another item of the list that ``lead`` is an item of: who asks of one thing is not told of the others."""
    same = candidate.clause.id == lead.clause.id and lead.lead is not None and candidate.lead == lead.lead
    return same and candidate is not lead


def _is_said_within(candidate: Candidate, other: Candidate) -> bool:
    """True for an item of a list that is said as a whole, and for a list of which an item is said."""
    if candidate.clause.id != other.clause.id:
        return False
    return any(
        item.lead is not None and whole.span.contains(item.lead) and whole.span.contains(item.span)
        for item, whole in ((candidate, other), (other, candidate))
    )


def _in_reading_order(chosen: Sequence[Candidate]) -> list[Candidate]:
    """The best first; sentences of one clause together and in its order behind the first of them."""
    clauses = list(dict.fromkeys(c.clause.id for c in chosen))
    lead = chosen[0]
    return sorted(chosen, key=lambda c: (clauses.index(c.clause.id), c is not lead, c.order))
