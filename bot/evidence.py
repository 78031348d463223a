"""Which sentences of the clauses found answer the question: candidates with features, one score each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.closing import ROWS
from bot.kinds import Kind
from bot.likeness import TermWeights, covered, sentence_terms, terms_of
from bot.question import Reading
from bot.tiers import tiers_of
from index.types import Hit
from ingest.facts.validity import ValidityStatement, statements
from ingest.sentences import split_sentences
from ingest.types import Clause, Figure, Role, Span

# Cosine of each sentence of a clause with the question, in the order of its sentences; empty when unknown.
Nearness = Callable[[Clause, Sequence[Span]], Sequence[float]]

CLAUSES_LOOKED_AT = 8  # hits; the right clause stands in the first 8 in 94 of 100 development questions, in 10 in 95
LONGEST_TITLE = (
    26  # characters of an item's own title ("3.用人单位引才奖励。"); the next longer first sentences are rules
)
EARLIER_TURN_SHARE = 0.5  # weight of the words of earlier turns beside those of the last one

_LABEL = re.compile(
    r"^\s*(?:——|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}[.．、](?!\d)|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十百零〇]+条|[①-⑳])\s*"
)
_OFFICES = re.compile(
    r"^\s*[（(〔][^）)〕]{0,12}(?:责任|牵头|配合|协同)?单位|按职责分工|负责[）)〕]\s*$|^\s*[（(〔](?:自治区|市|旗|国家)?[^。；]{2,80}(?:厅|局|委|部|行)[、）)〕]"
)
_MONEY_OR_SHARE = frozenset({"元", "美元", "%", "倍"})
_TIME_UNITS = frozenset({"年", "月", "日", "工作日", "周", "小时", "季度", "日期"})
_MORE_THAN_NUMBERS = re.compile(r"申请|申报|推荐|审核|公示|受理|提交|填报|办理|认定|评审|质疑|投诉")
_MEANS = re.compile(r"是指|指的?是|包括|以下简称|所称|分为")
_CONDITION = re.compile(r"条件|须|应当|以上|不低于|不超过|满\s?\d|且|符合|具有|取得|获得者|入选者")
_NEGATIVE = re.compile(r"不得|不能|不予|不适用|禁止|暂不|不受|无需|不再|可以|可|允许|支持|鼓励")
# Money for the one who hires is not money for the one who is hired; both stand in the same documents.
_PAID_TO_EMPLOYER_ASKED = re.compile(
    r"(?:给|返|补|奖|发)(?:给|到)?(?:我们|咱们?|用人)?(?:单位|公司|企业|厂)|(?:单位|公司|企业|我们厂)(?:能|可以|会|自己)?(?:拿|得|领|有)|"
    r"company itself|pay (?:a|the) (?:company|employer)|employer (?:get|receive)"
)
_PAID_TO_EMPLOYER = re.compile(
    r"给予(?:用人|所在|引进)?(?:企事业)?(?:单位|企业|院校)|(?:人才|人员|医师|工程师)的(?:企事业单位|企业|用人单位)"
)
_PAID_TO_PERSON = re.compile(r"(?:安家|购房|租房|生活|岗位特聘|养老|托幼)补贴|补贴金|年薪")
# What a document says about double claims and about older or higher rules; also looked for in its closing words.
_PREVAILS = re.compile(r"就高|不重复|不叠加|不得重复|不一致的|为准|遵照|从优")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One sentence that may stand in an answer. ``span`` counts in the clause's text, without its label."""

    hit: Hit
    span: Span
    text: str
    order: int  # which sentence of the clause, from 0
    features: Mapping[str, float]
    score: float
    statement: ValidityStatement | None  # what the sentence says about time
    terms: frozenset[str]

    @property
    def clause(self) -> Clause:
        return self.hit.clause

    def is_same(self, other: Candidate) -> bool:
        """True for the same sentence, found another time."""
        return self.clause.id == other.clause.id and self.span == other.span

    @property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(figure for figure in self.clause.figures if self.span.contains(figure.span))


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words of a question with their weights, and what policies call the same things."""

    words: Mapping[str, float]
    last: Mapping[str, float]


# Set by hand from what mattered in the search experiments; nothing here was fitted to a run.
WEIGHTS: Mapping[str, float] = {
    "clause": 1.2,
    "first_clause": 0.15,
    "nearest_sentence": 0.25,
    "near": 1.0,
    "covers": 1.5,
    "covers_last": 0.6,
    "covers_with_path": 0.5,
    "figure_wanted": 0.35,
    "time_wanted": 0.3,
    "office_wanted": 0.3,
    "how_wanted": 0.15,
    "means_wanted": 0.15,
    "who_wanted": 0.1,
    "verdict_wanted": 0.1,
    "employer_wanted": 0.6,
    "person_paid": -0.4,
    "catalogue_unasked": -0.4,
    "validity_wanted": 0.9,
    "rule_wanted": 1.0,
    "tier_here": 0.4,
    "tier_in_path": 0.4,
    "other_tier": -0.4,
    "level_here": 0.25,
    "other_level": -0.45,
    "title_only": -0.8,
    "offices_unasked": -1.2,
    "preamble": -0.3,
}


def wanted_words(reading: Reading, weights: TermWeights, also: Sequence[str]) -> Wanted:
    """The words of ``reading`` weighted by rarity; ``also`` are policy words for the people's words in it."""
    words: dict[str, float] = {}
    for turn in reading.carried.earlier:
        words |= weights.weigh(terms_of(turn), EARLIER_TURN_SHARE)
    synonyms = weights.weigh(terms_of(" ".join(also)), EARLIER_TURN_SHARE)
    last = synonyms | weights.weigh(terms_of(reading.carried.last))
    return Wanted(synonyms | words | last, last)


def find_candidates(reading: Reading, hits: Sequence[Hit], wanted: Wanted, near: Nearness) -> list[Candidate]:
    """Every sentence of the first hits, the best first; equals in the order of the hits."""
    if not hits:
        return []
    best = max(hit.score for hit in hits) or 1.0
    found: list[Candidate] = []
    for hit in hits[:CLAUSES_LOOKED_AT]:
        found.extend(_of_clause(reading, hit, hit.score / best, wanted, near))
    return sorted(found, key=lambda candidate: (-candidate.score, candidate.hit.rank, candidate.order))


def without_label(text: str, span: Span) -> Span:
    """A sentence of ``text`` without its item number, dash and the blanks around it; as it was if nothing else is left."""
    sentence = span.of(text)
    label = _LABEL.match(sentence)
    start = span.start + (label.end() if label else len(sentence) - len(sentence.lstrip()))
    end = span.start + len(sentence.rstrip())
    return Span(start, end) if start < end else span


def is_offices(text: str) -> bool:
    """True for a sentence that only names the offices in charge: （责任单位：…）."""
    return _OFFICES.search(text) is not None


def _of_clause(reading: Reading, hit: Hit, share: float, wanted: Wanted, near: Nearness) -> list[Candidate]:
    clause = hit.clause
    sentences = split_sentences(clause.text)
    cosines = near(clause, sentences)
    spans = [Span(0, len(clause.text))] if clause.role in ROWS else sentences
    if len(spans) < len(cosines):
        cosines = [max(cosines)]
    said = {s.span.start: s for s in statements(clause.text)}
    path_terms = sentence_terms(" ".join(clause.path[1:]))
    path_tiers = tiers_of(" ".join(clause.path[1:]).lower())
    found: list[Candidate] = []
    for order, sentence in enumerate(spans):
        span = without_label(clause.text, sentence)
        text = span.of(clause.text)
        terms = sentence_terms(text)
        statement = next((s for s in said.values() if s.span.overlaps(span) and s.quote.overlaps(span)), None)
        features = {
            "clause": share,
            "first_clause": float(hit.rank == 1),
            "nearest_sentence": float(hit.best_sentence is not None and hit.best_sentence.overlaps(span)),
            "near": _scaled(cosines[order]) if order < len(cosines) else 0.0,
            "covers": covered(wanted.words, terms),
            "covers_last": covered(wanted.last, terms),
            "covers_with_path": covered(wanted.words, terms | path_terms),
            "title_only": float(
                order == 0 and len(spans) > 1 and len(text) <= LONGEST_TITLE and not _has_figure(clause, span)
            ),
            "preamble": float(clause.role is Role.PREAMBLE),
            "catalogue_unasked": float(clause.role is Role.CATALOGUE and _asks_money_only(reading)),
            **_kind_features(reading, clause, span, text, statement),
            **_fit_features(reading, clause, text, path_tiers),
        }
        score = sum(WEIGHTS[name] * value for name, value in features.items())
        found.append(Candidate(hit, span, text, order, features, score, statement, terms))
    return found


def _asks_money_only(reading: Reading) -> bool:
    """True when an amount is asked for and not who belongs to which class: an entry of a catalogue gives no money."""
    return Kind.AMOUNT in reading.kinds and not {Kind.WHO, Kind.DEFINITION} & reading.kinds


# The cosines of the bundled model lie between these two for nearly every pair of question and sentence.
_LEAST_COSINE, _GREATEST_COSINE = 0.74, 0.92


def _scaled(cosine: float) -> float:
    return min(1.0, max(0.0, (cosine - _LEAST_COSINE) / (_GREATEST_COSINE - _LEAST_COSINE)))


def _has_figure(clause: Clause, span: Span) -> bool:
    return any(span.contains(figure.span) for figure in clause.figures)


def _kind_features(
    reading: Reading, clause: Clause, span: Span, text: str, statement: ValidityStatement | None
) -> dict[str, float]:
    kinds = reading.kinds
    units = {figure.unit.partition("/")[0] for figure in clause.figures if span.contains(figure.span)}
    offices = is_offices(text)
    asks_for_employer = _PAID_TO_EMPLOYER_ASKED.search(reading.text) is not None
    return {
        "figure_wanted": float(bool({Kind.AMOUNT, Kind.SCENARIO} & kinds) and bool(units & _MONEY_OR_SHARE)),
        "time_wanted": float(Kind.WHEN in kinds and bool(units & _TIME_UNITS)),
        "office_wanted": float(
            Kind.OFFICE in kinds and (offices or "负责" in text or "牵头" in text or "部门" in text)
        ),
        "offices_unasked": float(Kind.OFFICE not in kinds and offices),
        "how_wanted": float(Kind.HOW in kinds and _MORE_THAN_NUMBERS.search(text) is not None),
        "means_wanted": float(bool({Kind.DEFINITION, Kind.LIST} & kinds) and _MEANS.search(text) is not None),
        "who_wanted": float(Kind.WHO in kinds and _CONDITION.search(text) is not None),
        "verdict_wanted": float(Kind.YES_NO in kinds and _NEGATIVE.search(text) is not None),
        "employer_wanted": float(asks_for_employer and _PAID_TO_EMPLOYER.search(text) is not None),
        "person_paid": float(
            asks_for_employer and not _PAID_TO_EMPLOYER.search(text) and _PAID_TO_PERSON.search(text) is not None
        ),
        "rule_wanted": float(Kind.OVERLAP in kinds and _PREVAILS.search(text) is not None),
        "validity_wanted": float(Kind.VALIDITY in kinds and statement is not None),
    }


def _fit_features(reading: Reading, clause: Clause, text: str, path_tiers: frozenset[str]) -> dict[str, float]:
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
