"""What makes a sentence fit a question besides their words: its kind, class, level, who is paid, what a rate is for."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.evidence.guide_labels import answers_by_label, heading_label, label_of_line
from bot.understand.goods_and_uses import goods_named, uses_named
from bot.understand.grades import tiers_of
from bot.understand.reading import Reading
from index.text.question_types import QuestionType
from ingest.facts.measures import MONEY_OR_SHARE
from ingest.facts.validity import ValidityStatement
from ingest.types import Clause, Span
from ingest.vocabulary.levels import level_names
from ingest.vocabulary.load import any_of
from ingest.vocabulary.questions import question_words
from ingest.vocabulary.wordings import either

_OFFICES = re.compile(
    r"^\s*[（(〔][^）)〕]{0,12}(?:责任|牵头|配合|协同)?单位|按职责分工|负责[）)〕]\s*$"
    rf"|^\s*[（(〔]{any_of(level_names())}?[^。；]{{2,80}}(?:厅|局|委|部|行)[、）)〕]"
)
_POINTS = frozenset({"分", "学分"})
_POINTS_ASKED = re.compile(question_words().besides.points.pattern)
LEAST_SHARE = 0.7  # of the best clause's score, below which a label says nothing
_TIME_UNITS = frozenset({"年", "月", "日", "工作日", "周", "小时", "季度", "日期"})
_STEPS = re.compile(either(question_words().said.steps))
_MEANS = re.compile(either(question_words().said.means))
# Money for the one who hires is not money for the one who is hired; both stand in the same documents.
_PAID_TO_EMPLOYER_ASKED = re.compile(question_words().besides.money_for_employer.pattern)
_PAID_TO_EMPLOYER = re.compile(either(question_words().said.paid_to_employer))
_PAID_TO_PERSON = re.compile(either(question_words().said.paid_to_person))
# What a document says about double claims and about older or higher rules; also looked for in its closing words.
_PREVAILS = re.compile(either(question_words().said.prevails))


def describes_steps(text: str) -> bool:
    """True for a sentence on applying, examining or recognising."""
    return _STEPS.search(text) is not None


def is_offices(text: str) -> bool:
    """True for a sentence that only names the offices in charge: （责任单位：…）."""
    return _OFFICES.search(text) is not None


def asks_money_only(reading: Reading) -> bool:
    """True when an amount is asked for and not who belongs to which class: an entry of a catalogue gives no money."""
    return QuestionType.AMOUNT in reading.types and not {QuestionType.WHO, QuestionType.DEFINITION} & reading.types


def asks_for_list(reading: Reading) -> bool:
    """True when all of something is asked for (哪些, 什么条件, 什么材料), not whether one thing belongs to it."""
    kinds = reading.types
    return bool({QuestionType.LIST, QuestionType.WHO, QuestionType.HOW} & kinds) and QuestionType.YES_NO not in kinds


def label_features(reading: Reading, clause: Clause, text: str, share: float) -> dict[str, float]:
    """Whether the label in front of a line, or the heading above it, names what is asked for.

    ``share`` is the score of the clause beside the best one: the same label of another service answers nothing.
    """
    line = answers_by_label(reading, label_of_line(text))
    heading = answers_by_label(reading, heading_label(clause.path)) if line is None else None
    return {
        "label_wanted": max(0.0, (share - LEAST_SHARE) / (1 - LEAST_SHARE)) if line else 0.0,
        "label_unwanted": float(line is False),
        "heading_wanted": max(0.0, (share - LEAST_SHARE) / (1 - LEAST_SHARE)) if heading else 0.0,
    }


def kind_features(
    reading: Reading, clause: Clause, span: Span, text: str, statement: ValidityStatement | None
) -> dict[str, float]:
    """What the kind of the question wants of a sentence, and what it does not want."""
    kinds = reading.types
    units = {figure.unit.partition("/")[0] for figure in clause.figures if span.contains(figure.span)}
    offices = is_offices(text)
    wanted_units = MONEY_OR_SHARE | _POINTS if _POINTS_ASKED.search(reading.last) else MONEY_OR_SHARE
    asks_for_employer = _PAID_TO_EMPLOYER_ASKED.search(reading.text) is not None
    return {
        "figure_wanted": float(
            bool({QuestionType.AMOUNT, QuestionType.SCENARIO} & kinds) and bool(units & wanted_units)
        ),
        "time_wanted": float(QuestionType.WHEN in kinds and bool(units & _TIME_UNITS)),
        "office_wanted": float(
            QuestionType.OFFICE in kinds and (offices or "负责" in text or "牵头" in text or "部门" in text)
        ),
        "offices_unasked": float(QuestionType.OFFICE not in kinds and offices),
        "how_wanted": float(QuestionType.HOW in kinds and describes_steps(text)),
        "means_wanted": float(
            bool({QuestionType.DEFINITION, QuestionType.LIST} & kinds) and _MEANS.search(text) is not None
        ),
        "employer_wanted": float(asks_for_employer and _PAID_TO_EMPLOYER.search(text) is not None),
        "person_paid": float(
            asks_for_employer and not _PAID_TO_EMPLOYER.search(text) and _PAID_TO_PERSON.search(text) is not None
        ),
        "rule_wanted": float(QuestionType.OVERLAP in kinds and _PREVAILS.search(text) is not None),
        "validity_wanted": float(QuestionType.VALIDITY in kinds and statement is not None),
    }


def fit_features(reading: Reading, clause: Clause, text: str, path_tiers: frozenset[str]) -> dict[str, float]:
    """Whether the sentence is of the class and the level that the question names."""
    here = tiers_of(text.lower())
    named = reading.tiers
    fits = bool(named & (here | path_tiers))
    return {
        "tier_here": float(bool(named & here)),
        "tier_in_path": float(bool(named & path_tiers)),
        "other_tier": float(bool(named) and not fits and bool(here | path_tiers)),
        "level_here": float(clause.level in reading.levels),
        "other_level": float(bool(reading.levels) and clause.level is not None and clause.level not in reading.levels),
    }


def use_features(reading: Reading, clause: Clause) -> dict[str, float]:
    """Whether a row of a rate list is of another thing (电, 水) or for another use (家里, 厂) than the question names.

    The last turn says which; only where it names none, the turns before it do.
    """
    if not clause.role.is_rate_row:
        return {}
    printed = " ".join((*clause.path[-2:], clause.text)).lower()
    return {
        "other_use": float(_is_another(uses_named, reading, printed)),
        "other_good": float(_is_another(goods_named, reading, printed)),
    }


def _is_another(named: Callable[[str], frozenset[str]], reading: Reading, printed: str) -> bool:
    asked, there = named(reading.last) or named(reading.text), named(printed)
    return bool(asked and there) and not asked & there
