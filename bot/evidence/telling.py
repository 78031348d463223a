"""Which candidates tell what is asked: none of the words around the rules, and of the steps of a rule the one asked about.

Steps are 达到500万美元的，…；达到2000万美元的，… and the items of a list by size.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.evidence.candidates import Candidate
from bot.evidence.features import asks_for_list
from bot.evidence.table_rows import is_table_row
from bot.evidence.weights import weights_in_use
from bot.text.telephones import prints_telephone
from bot.understand.asked_facts import AskedFact, facts_asked
from bot.understand.reading import Reading, asks_several
from index.text.question_types import QuestionType
from index.types import Hit
from ingest.facts.figures import find_figures
from ingest.facts.measures import MONEY_OR_SHARE
from ingest.normalise import match_form
from ingest.types import Bound, Figure, Role
from ingest.vocabulary.questions import question_words
from ingest.vocabulary.wordings import either

FEWEST_STEPS = 2
NEAR_A_CATALOGUE = 1.5  # score
LOOKED_FURTHER = 8  # hits behind the first, where none of those prints the fact asked for
LOOKED_BELOW = 0.9  # score below the best sentence at which another is still taken for one on the same thing
LEAST_OF_WORDS = 0.6  # of what the best sentence, with its headings, covers of the question
# What is asked beside the fact, and said by other clauses.
_ASKED_TOO = frozenset(
    {
        QuestionType.OFFICE,
        QuestionType.HOW,
        QuestionType.LIST,
        QuestionType.OVERLAP,
        QuestionType.VALIDITY,
        QuestionType.WHO,
    }
)
_OPENINGS = frozenset({Role.PREAMBLE, Role.ANNEX})
_WHOLE_LIST = re.compile(
    r"[：:]\s*(?:[（(]一[）)].*[（(]二[）)]|1[.．、].*2[.．、]|[（(]1[）)].*[（(]2[）)])|^（一）.*（二）", re.DOTALL
)
_OFFICE_ACTS = re.compile(r"(?:局|厅|委|办|部门?|中心|窗口|委员会)[^，。；]{0,8}(?:受理|负责|组织|牵头|审核|办理|解释)")
_ASKS_WHY = re.compile(r"目的|为什么|为何|依据|根据|宗旨|背景|通过|印发|发布|\b(?:why|purpose|basis)\b")
_ISSUES = re.compile(
    r"(?:现将?|现予)[^。]{0,60}?(?:印发|转发|发布|公布)给?(?:你们)?|(?:会议|审议)[^。]{0,8}(?:审议)?通过，现"
)
_MADE_FOR = re.compile(r"(?:为|为了)[^。]{4,120}，(?:[^。]{0,40}，)?(?:特?制定|制订)本[^。，]{1,10}。?")
_WHICH = re.compile(r"(?:什么|哪些|哪类|哪种)[^，。；？]{0,4}(?:企业|单位|项目|情形|情况|人员|机构)")
_ANNOUNCES = re.compile(r"如下[^，。；]{0,12}[。：:]?$")
_CONDITION_ENDS = re.compile(r"[，；。]")
_BELOW = re.compile(r"(?:不足|不满|低于|小于|不超过)\s*$")
_ASKS_FIRST_DAY = re.compile(question_words().besides.first_day.pattern)
_UNSPECIFIED = re.compile(either(question_words().said.unspecified))
_SAYS_FIRST_DAY = re.compile(either(question_words().said.first_day))
_LOOKED_BACK = 4  # characters


def telling(reading: Reading, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates without words around the rules, which name everything and grant nothing, and without other steps.

    All of them where nothing but such words is left.
    """
    why = _ASKS_WHY.search(reading.last) is not None
    telling = [
        c for c in candidates if not only_announces(c) and (why or _says_when(c) or not _is_formal(c))
    ] or candidates
    telling = _without_neighbours(reading, _without_catalogues(reading, telling))
    return _first_day_first(reading, without_other_steps(reading, telling))


def _without_catalogues(reading: Reading, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """Asked how much, and not of a class: no entries of a catalogue (国家企业技术中心主任), where a sentence as near grants money."""
    if QuestionType.AMOUNT not in reading.types or reading.tiers or not candidates:
        return candidates
    rest = [c for c in candidates if c.clause.role is not Role.CATALOGUE]
    near = (c for c in rest if c.score >= candidates[0].score - NEAR_A_CATALOGUE)
    grants = any(figure.unit.partition("/")[0] in MONEY_OR_SHARE for c in near for figure in c.figures)
    return rest if grants else candidates


def _without_neighbours(reading: Reading, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """Asked how much, where the best sentence gives 一定奖励: no amounts of what says less of the question, which is another grant."""
    lead = candidates[0] if candidates else None
    if lead is None or QuestionType.AMOUNT not in reading.types or not _UNSPECIFIED.search(lead.text) or lead.figures:
        return candidates
    least = lead.features["covers_last"]
    return [c for c in candidates if c.clause.id == lead.clause.id or c.features["covers_last"] >= least]


def _first_day_first(reading: Reading, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """Asked from when on a document holds, the sentence of the best document that says so comes first."""
    if not candidates or not _ASKS_FIRST_DAY.search(match_form(reading.last)):
        return candidates
    document = candidates[0].clause.document
    own = next((c for c in candidates if c.clause.document == document and _SAYS_FIRST_DAY.search(c.text)), None)
    return candidates if own is None else [own, *(c for c in candidates if c is not own)]


def says_first_day(reading: Reading, lead: Candidate) -> bool:
    """True where nothing but the first day of a document is asked for, and ``lead`` says it."""
    asked = (
        reading.types == frozenset({QuestionType.WHEN}) and _ASKS_FIRST_DAY.search(match_form(reading.last)) is not None
    )
    return asked and _SAYS_FIRST_DAY.search(lead.text) is not None


def says_all_asked(reading: Reading, lead: Candidate) -> bool:
    """True for a list said as a whole where one is asked for, and for a sentence with the day and the office asked for."""
    listed = asks_for_list(reading) or _WHICH.search(reading.last) is not None
    if len(reading.parts) == 1 and listed and lead.lead is None and _WHOLE_LIST.search(lead.text):
        return True
    kinds = reading.types & {QuestionType.WHEN, QuestionType.OFFICE}
    if not kinds or reading.types - kinds:
        return False
    office = QuestionType.OFFICE not in kinds or _OFFICE_ACTS.search(lead.text) is not None
    return office and (QuestionType.WHEN not in kinds or bool(lead.features.get("time_wanted")))


def contact_beside(
    reading: Reading, candidates: Sequence[Candidate], chosen: Sequence[Candidate]
) -> Sequence[Candidate]:
    """The sentence with the telephone number that is asked for beside other things, of a document that answers those."""
    if QuestionType.CONTACT not in reading.types or any(prints_telephone(c.text) for c in chosen):
        return ()
    documents = {c.clause.document for c in chosen}
    return [c for c in candidates if c.clause.document in documents and prints_telephone(c.text)][:1]


def only_announces(candidate: Candidate) -> bool:
    """True for the words before the rules (为…，制定如下措施：): they name everything and say nothing of it."""
    return candidate.clause.role in _OPENINGS and _ANNOUNCES.search(candidate.text) is not None


def _says_when(candidate: Candidate) -> bool:
    """True for the time asked about: the sentence that a rule is issued by may be the one with its first day."""
    return bool(candidate.features.get("time_wanted"))


def _is_formal(candidate: Candidate) -> bool:
    """True for whom a notice is sent to, that it is sent, and why a rule was made: all name much and grant nothing."""
    text = candidate.text.strip()
    sent_to = candidate.clause.role is Role.PREAMBLE and text.endswith(("：", ":"))
    return sent_to or _ISSUES.search(text) is not None or _MADE_FOR.fullmatch(text) is not None


def without_other_steps(reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates without the steps of a rule that a quantity of the question lies outside of.

    All where the question names no such quantity, or sets several things side by side.
    """
    quantities = [figure for figure in find_figures(reading.last) if figure.upper is None and figure.unit]
    if not quantities or asks_several(reading):
        return list(candidates)
    dropped: list[Candidate] = []
    for steps in _rules(candidates):
        for quantity in quantities:
            sized = [(step, figures) for step in steps if (figures := _sizes(step, quantity.unit))]
            right = _right_steps(sized, quantity.value)
            if len(sized) >= FEWEST_STEPS and right:
                dropped += [step for step, _ in sized if step not in right]
                dropped += [c for c in candidates if any(_holds_whole(c, step) for step in right)]
                break
    return [candidate for candidate in candidates if candidate not in dropped]


def _holds_whole(candidate: Candidate, step: Candidate) -> bool:
    """True for the list that a step is an item of, said as a whole."""
    return candidate is not step and candidate.clause.id == step.clause.id and candidate.span.contains(step.span)


def _rules(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """The candidates that stand under the same words; the first of several steps holds these words itself."""
    groups: defaultdict[tuple[str, int, int], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.lead is not None:
            groups[candidate.clause.id, candidate.lead.start, candidate.lead.end].append(candidate)
    for (clause, _, end), steps in groups.items():
        lead = steps[0].lead
        steps += [
            c
            for c in candidates
            if lead is not None and c.clause.id == clause and c.lead is None and c.span.start < end < c.span.end
            if c.span.end <= min(step.span.start for step in steps)
        ]
    return list(groups.values())


def _sizes(step: Candidate, unit: str) -> list[Figure]:
    """The figures of that unit in the condition of a step: what stands before its first comma behind the shared words."""
    text = step.clause.text
    begin = _begin_of_condition(step)
    end = _CONDITION_ENDS.search(text, begin, step.span.end)
    until = end.start() if end else step.span.end
    return [figure for figure in step.figures if begin <= figure.span.start < until and figure.unit == unit]


def _begin_of_condition(step: Candidate) -> int:
    """Of the first step, which begins with the words that all share, its last phrase before the first figure."""
    first = min((figure.span.start for figure in step.figures), default=step.span.start)
    if step.lead is not None:
        return step.span.start
    return max(step.span.start, step.clause.text.rfind("，", step.span.start, first) + 1)


def _right_steps(sized: Sequence[tuple[Candidate, Sequence[Figure]]], value: Decimal) -> list[Candidate]:
    """The steps that hold the value; of several that only begin somewhere the highest."""
    holding = [(step, figures) for step, figures in sized if all(_holds(step, figure, value) for figure in figures)]
    floors = [figures[0].value for step, figures in holding if _is_floor(step, figures)]
    highest = max(floors, default=None)
    return [step for step, figures in holding if not _is_floor(step, figures) or figures[0].value == highest]


def _is_floor(step: Candidate, figures: Sequence[Figure]) -> bool:
    return len(figures) == 1 and figures[0].upper is None and not _is_ceiling(step, figures[0])


def _holds(step: Candidate, figure: Figure, value: Decimal) -> bool:
    if figure.upper is not None:
        return figure.value <= value <= figure.upper
    return value <= figure.value if _is_ceiling(step, figure) else value >= figure.value


def _is_ceiling(step: Candidate, figure: Figure) -> bool:
    before = step.clause.text[max(0, figure.span.start - _LOOKED_BACK) : figure.span.start]
    return figure.bound is Bound.AT_MOST or _BELOW.search(before) is not None


def asked_first(reading: Reading, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates, a sentence that tells the very thing asked for before one that only speaks of what it is about."""
    return asked_fact_first(reading, rule_asked_first(reading, candidates))


def asked_fact_first(reading: Reading, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates; where the best prints nothing of the kind asked for, the best on the same thing that does leads."""
    asked = facts_asked(reading)
    if not asked or not candidates or QuestionType.YES_NO in reading.types or is_table_row(candidates[0].clause):
        return candidates
    right = candidates[0]
    if not any(fact.is_printed_in(right.text) for fact in asked):
        right = next(_telling(asked, candidates), None)
    if right is None:
        return candidates
    # What prints no such fact in another clause only stands near.
    alone = len(reading.parts) == 1 and not reading.types & _ASKED_TOO
    return [
        right,
        *(
            c
            for c in candidates
            if c is not right
            and (not alone or c.clause.id == right.clause.id or any(fact.is_printed_in(c.text) for fact in asked))
        ),
    ]


def rule_asked_first(reading: Reading, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """The candidates; asked nothing but whether two things can be had, the best sentence on that leads one that only grants."""
    alone = QuestionType.OVERLAP in reading.types and QuestionType.AMOUNT not in reading.types
    if not alone or not candidates or candidates[0].features.get("rule_wanted"):
        return candidates
    least = candidates[0].score - LOOKED_BELOW
    right = next((c for c in candidates if c.features.get("rule_wanted") and c.score >= least), None)
    return candidates if right is None else [right, *(c for c in candidates if c is not right)]


def tells_asked_fact(reading: Reading, candidates: Sequence[Candidate]) -> bool:
    """Whether a sentence on what the best one is on prints a fact of the kind asked for; True where none is asked for."""
    asked = facts_asked(reading)
    return not asked or not candidates or next(_telling(asked, candidates), None) is not None


def _telling(asked: Sequence[AskedFact], candidates: Sequence[Candidate]) -> Iterator[Candidate]:
    """The sentences that print a fact asked for and are on the same thing as the best one."""
    lead = candidates[0]
    least = LEAST_OF_WORDS * lead.features.get("covers_with_path", 0.0)
    for candidate in candidates:
        if candidate.score < lead.score - LOOKED_BELOW or candidate.tells_nothing:
            continue
        covers = candidate.features.get("covers_with_path", 0.0) >= least
        if covers and any(fact.is_printed_in(candidate.text) for fact in asked):
            yield candidate


def behind(found: Sequence[Candidate], hits: Sequence[Hit]) -> list[Hit]:
    """The hits behind those that the sentences are of, as many as are looked at."""
    return [hit for hit in hits if all(hit.clause is not one.clause for one in found)][:LOOKED_FURTHER]


def with_further(
    found: Sequence[Candidate], further: Sequence[Candidate], hits: Sequence[Hit], rest: Sequence[Hit]
) -> list[Candidate]:
    """The sentences of the first clauses and of those of the ``rest`` of the hits, the best first.

    Those behind were scored as if the first of their clauses were the best of all ``hits``.
    """
    share = rest[0].score / (hits[0].score or 1.0) if rest else 0.0
    pull = weights_in_use().all["clause"] * (share - 1.0)
    return sorted((*found, *(replace(c, score=c.score + pull) for c in further)), key=lambda c: -c.score)
