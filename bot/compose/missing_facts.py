"""What a question asks for and the answer made of the clauses does not say: then the answer says that it does not.

An amount is asked and no amount is quoted, an office and none is named, a term and nothing is printed about time, a
procedure and none is described. Better than leaving the reader to look for it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.compose.draft import Draft
from bot.compose.phrases import phrase
from bot.evidence.candidates import Candidate
from bot.evidence.per_sub_question import Compared
from bot.evidence.table_rows import is_table_row
from bot.refuse.constraints.deciding import unnamed
from bot.refuse.constraints.types import ConstraintChecks
from bot.refuse.constraints.wording import hedge_words, unsaid_words
from bot.types import AnswerSentence, CheckedFigure, SentenceRole
from bot.understand.asked_facts import facts_unsaid
from bot.understand.goods_and_uses import goods_named
from bot.understand.reading import Reading
from bot.verify.office_names import names_office
from index.text.question_types import QuestionType
from ingest.facts.figures import find_figures
from ingest.facts.measures import MONEY_OR_SHARE, PER_MEASURE
from ingest.facts.validity import statements
from ingest.types import Clause
from ingest.vocabulary.questions import question_words
from ingest.vocabulary.wordings import either

_ASKED_ALONE = frozenset({QuestionType.OFFICE, QuestionType.HOW, QuestionType.VALIDITY, QuestionType.YES_NO})
_MISSING = ("no_office", "no_term", "no_steps")
_MONEY_ASKED = re.compile(question_words().besides.money.pattern)
# Of what the first sentence covers of the question; the amount in a sentence on less is that of another thing.
AS_MUCH = 0.5
_PAID = re.compile(question_words().besides.paid.pattern)
_GIVES_NO_NUMBER = re.compile(either(question_words().said.no_number))
_STEPS_ASKED = re.compile(question_words().besides.steps.pattern)
_STEPS = re.compile(either(question_words().said.applying))
_TIME = re.compile(r"废止|施行|执行|有效|期限|延续|\d{4}\s?年")
_ACTS = re.compile(either(question_words().said.acting))
_BODY = re.compile(either(question_words().said.bodies))


def lacks_amount(reading: Reading, chosen: Sequence[Candidate]) -> bool:
    """True when money is asked for and no sentence chosen prints an amount, a share or that nothing is to be paid."""
    if QuestionType.AMOUNT not in reading.types or not _MONEY_ASKED.search(reading.last) or not chosen:
        return False
    telling = [c for c in chosen if _speaks_of_the_same(c, chosen[0])]
    telling += [c for c in chosen if c not in telling and _is_price_of_good(c, reading.last)]
    if not _PAID.search(reading.last) and any(f.unit in PER_MEASURE for f in chosen[0].figures):
        return False  # 用水指标给多少: so many cubic metres are given
    units = {figure.unit.partition("/")[0] for candidate in telling for figure in candidate.figures}
    return not units & MONEY_OR_SHARE and not any(_GIVES_NO_NUMBER.search(candidate.text) for candidate in telling)


def _speaks_of_the_same(candidate: Candidate, lead: Candidate) -> bool:
    """True for a sentence that goes on from ``lead`` in its clause, for a row of its list, and for one as near to it."""
    goes_on = candidate.clause.id == lead.clause.id and candidate.order >= lead.order
    row = candidate.clause.role.is_rate_row
    beside = row and (is_table_row(candidate.clause) or candidate.clause.path == lead.clause.path)
    return goes_on or beside or candidate.features["covers"] >= AS_MUCH * lead.features["covers"]


def _is_price_of_good(candidate: Candidate, asked: str) -> bool:
    """True for a row that prints the price of what is asked for (用水), whatever sentence leads."""
    goods = goods_named(asked)
    return candidate.clause.role.is_rate_row and bool(goods & goods_named("".join(candidate.clause.path[-1:])))


def missing_facts(reading: Reading, chosen: Sequence[Candidate], clauses: Sequence[Clause]) -> list[str]:
    """The phrases for what is asked beside the rule itself and stands neither in the sentences nor in their clauses."""
    said = "".join(candidate.text for candidate in chosen)
    rules = "".join(candidate.text for candidate in chosen if not candidate.clause.role.is_rate_row)
    offices = any(clause.departments for clause in clauses) or names_office(rules)  # 行政事业单位用水 names none
    offices = offices or _BODY.search(rules) is not None or _ACTS.search(rules) is not None
    return [
        key
        for key, is_unsaid in (
            ("no_office", QuestionType.OFFICE in reading.types and not offices),
            ("no_term", QuestionType.VALIDITY in reading.types and not _tells_time(said, clauses)),
            ("no_steps", _STEPS_ASKED.search(reading.last) is not None and _STEPS.search(said) is None),
        )
        if is_unsaid
    ]


def _tells_time(said: str, clauses: Sequence[Clause]) -> bool:
    return _TIME.search(said) is not None or any(statements(clause.text) for clause in clauses)


def say_unmet(draft: Draft, reading: Reading, checks: ConstraintChecks, compared: Sequence[Compared]) -> None:
    """Say what of the question is not borne out: first, where nothing else is, and behind an amount that is asked for and said.

    What is named as not found by itself is not said again.
    """
    if not draft.sentences:
        return
    _say_borne_out_by_nothing(draft, reading, checks, compared)
    missing = {phrase(key, draft.language) for key in _MISSING}
    place = next((at for at, one in enumerate(draft.sentences) if one.text in missing), 0)
    if place and draft.sentences[0].role is SentenceRole.QUOTE and not draft.parts and _is_all_asked(reading):
        draft.sentences.insert(0, draft.sentences.pop(place))


def _is_all_asked(reading: Reading) -> bool:
    """Whether nothing but an office, a procedure or a term is asked for: that it is not printed is the answer then."""
    return bool(reading.types) and reading.types <= _ASKED_ALONE


def _say_borne_out_by_nothing(
    draft: Draft, reading: Reading, checks: ConstraintChecks, compared: Sequence[Compared]
) -> None:
    own = unnamed(checks, [one.aspect.name for one in compared if one.best is None])
    if words := hedge_words(own, draft.language):
        draft.open_with_hedge(words)
        return
    unsaid = () if compared else facts_unsaid(reading, [one.text for one in draft.sentences])
    amount = QuestionType.AMOUNT in reading.types and _MONEY_ASKED.search(reading.last) is not None
    if amount and any(_is_money(figure) for one in draft.sentences for figure in one.figures):
        if words := unsaid_words(unsaid, draft.language, nearest=False):
            draft.sentences.append(AnswerSentence(words, (), (), role=SentenceRole.HEDGE))
        return
    if words := unsaid_words(unsaid, draft.language):
        draft.open_with_hedge(words)
        draft.only_nearest = True


def _is_money(figure: CheckedFigure) -> bool:
    return any(one.unit.partition("/")[0] in MONEY_OR_SHARE for one in find_figures(figure.text))
