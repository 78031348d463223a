"""What was found for each of the things a question sets side by side."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.evidence.benefit_rows import purposes_given, purposes_named
from bot.evidence.candidates import EARLIER_TURN_SHARE, Candidate, QueryTerms
from bot.evidence.features import is_offices
from bot.text.jieba_dictionary import nouns_in
from bot.text.term_overlap import TermWeights, terms_of
from bot.understand.goods_and_uses import goods_named, uses_named
from bot.understand.grades import tiers_of
from bot.understand.levels_and_places import speaks_of_level
from bot.understand.reading import Reading
from bot.understand.sub_questions import Aspect
from index.text.question_types import QuestionType
from index.types import Hit, Query, QueryPart
from ingest.facts.measures import MONEY_OR_SHARE
from ingest.vocabulary.levels import levels
from ingest.vocabulary.load import any_of
from ingest.vocabulary.questions import question_words
from ingest.vocabulary.talk import talk_words
from ingest.vocabulary.wordings import either

HITS_OF_ASPECT = 6  # looked at for one aspect; its clause stands among the first three nearly always
CONTEXT_SHARE = 0.4  # weight of the parts of a question about other levels: they may name the subject for all
OTHER_WORDS_SHARE = 0.25  # weight of the rest of the question beside one item of its list: "建厂" beside "电价"
# How far below the best level's sentence that of another may score and still be taken for a rule on the subject. On the
# comparisons of the development questions what belongs to it lies within .9, what only happens to be nearest beyond 1.1.
OF_THE_CLASS = 0.3  # score further below that a sentence with an amount for the class asked about may lie
FITS_WITHIN = 1.0
MOST_USES = 4  # of a good asked for without a use, a row each
MOST_RATES = 3  # rows of one rate list that answer for one item
FITS_WITHIN_WITHOUT_FIGURE = (
    0.5  # the same for a sentence without a figure where an amount is asked and the best has one
)
_FIRST, _AGAIN = re.compile(talk_words().first_time, re.IGNORECASE), re.compile(talk_words().once_more, re.IGNORECASE)
# 全区, 我市: a clause speaks of where it holds itself, and of no other level of that name.
_OF_ITSELF = re.compile(rf"{talk_words().of_itself}{any_of({level.said_of for level in levels() if level.said_of})}")
_NO_NUMBER = re.compile(either(question_words().said.no_number))  # 暂不征收 is how much it is
MOST_OF_IT = 0.7  # of the weight of an item's words that a sentence about it says
LONGEST_GAP = 3  # characters left out between two of a short form
SHORTEST_SUBJECT = 4  # characters of a word that tells what is granted for: 高新技术企业
SHORTEST_SHORTENED = 3  # characters of a short form; two stand near each other by chance
LEAST_COVERED = 0.3  # of what the best level's sentence, with its headings, covers of the question


@dataclass(frozen=True, slots=True)
class Compared:
    """One aspect and the sentences that may answer for it, the best first; none where nothing is found on it."""

    aspect: Aspect
    hits: tuple[Hit, ...]
    candidates: tuple[Candidate, ...]

    @property
    def beside(self) -> tuple[Candidate, ...]:
        """The best sentence; of a rate list, with the other rows under the same headings, in the order printed.

        Of a good asked for without saying what for (电价), the first row for each use.
        """
        if self.best is None or not self.best.clause.role.is_rate_row:
            return self.candidates[:1]
        if each := self._of_each_use():
            return each
        rows = [c for c in self.candidates if c.clause.role.is_rate_row and c.clause.path == self.best.clause.path]
        return tuple(sorted(rows[:MOST_RATES], key=lambda c: c.clause.span))

    def _of_each_use(self) -> tuple[Candidate, ...]:
        goods = goods_named(self.aspect.text.lower())
        if len(goods) != 1 or uses_named(self.aspect.text.lower()):
            return ()
        first: dict[str, Candidate] = {}
        for candidate in sorted(self.candidates, key=lambda c: c.clause.span):
            clause = candidate.clause
            headings = " ".join(clause.path[-2:])
            of_good = clause.role.is_rate_row and goods & goods_named(f"{headings} {clause.text}".lower())
            if of_good and not candidate.features.get("other_use"):
                first.setdefault(headings, candidate)
        return tuple(first.values())[:MOST_USES] if len(first) > 1 else ()

    @property
    def best(self) -> Candidate | None:
        return self.candidates[0] if self.candidates else None


def aspect_query(aspect: Aspect, reading: Reading) -> Query:
    """The search for one aspect, within what the question is limited to."""
    filters = reading.query.filters
    if aspect.level is not None:
        filters = replace(filters, levels=frozenset({aspect.level}))
    if not aspect.context:
        return Query.of(aspect.text, filters)
    return Query((QueryPart(aspect.text), QueryPart(aspect.context, CONTEXT_SHARE)), filters)


def aspect_words(aspect: Aspect, wanted: QueryTerms, weights: TermWeights, also: Sequence[str]) -> QueryTerms:
    """The words of one aspect; of an item of a list, the rest of the question counts a little."""
    synonyms = weights.weigh(frozenset[str]().union(*map(terms_of, also)), EARLIER_TURN_SHARE)
    own = synonyms | weights.weigh(terms_of(aspect.text))
    if aspect.level is not None:
        return QueryTerms(weights.weigh(terms_of(aspect.context), CONTEXT_SHARE) | own, own, {})
    others = {term: weight * OTHER_WORDS_SHARE for term, weight in wanted.words.items()}
    return QueryTerms(others | own, own, {})


def fitting(found: Sequence[Compared], amount_asked: bool) -> tuple[Compared, ...]:
    """The same aspects; a level keeps its sentences only when they are about what is asked, not merely the nearest."""
    bare = _of_the_level_asked(
        [replace(compared, candidates=tuple(filter(_says_something, compared.candidates))) for compared in found]
    )
    heads = [compared.best for compared in bare if compared.best is not None]
    if not heads:
        return tuple(bare)
    best = max(heads, key=lambda head: head.score)
    covered = max(head.features["covers_with_path"] for head in heads)
    figures_asked = amount_asked and bool(best.figures)
    return tuple(
        replace(
            compared, candidates=tuple(c for c in compared.candidates if _fits(c, best.score, covered, figures_asked))
        )
        if compared.aspect.level is not None
        else compared
        for compared in bare
    )


def _of_the_level_asked(found: Sequence[Compared]) -> list[Compared]:
    """Items of a list without the sentences of other levels than the question names, where any are of that level."""
    if not any(not c.features.get("other_level") for one in found for c in one.candidates):
        return list(found)
    return [
        one
        if one.aspect.level is not None
        else replace(one, candidates=tuple(c for c in one.candidates if not c.features.get("other_level")))
        for one in found
    ]


def borne_out(
    found: Sequence[Compared],
    reading: Reading,
    expand: Callable[[str], Sequence[str]],
    weights: TermWeights,
    further: Callable[[Aspect], Compared],
) -> tuple[Compared, ...]:
    """The same with the sentences alone that are on what is asked; ``further`` gives what was found behind, where none is."""
    about = bearing(found, expand, weights)
    if any(one.aspect.key and one.best is None for one in about):
        again = [further(one.aspect) if kept.best is None else one for one, kept in zip(found, about, strict=True)]
        about = bearing(again, expand, weights)
    return of_what_is_asked(about, reading, further)


def bearing(
    found: Sequence[Compared], expand: Callable[[str], Sequence[str]], weights: TermWeights
) -> tuple[Compared, ...]:
    """The same with the sentences that speak of each item first; without any where none that says how much does.

    A sentence is not about an item because it is the nearest to it. ``expand`` gives what policies call a thing. What is found
    by its good (水价) is of that good.
    """
    keys = frozenset(one.aspect.key for one in found if one.aspect.key)

    def also(key: str) -> Sequence[str]:
        return [
            word for word in expand(key) if word not in keys - {key}
        ]  # 发明专利 is no other word for 实用新型 beside it

    spoken = [_speaking(one, also, weights) for one in found]
    with_money = any(_is_money(c) for one in spoken if one is not None for c in one[:1])
    kept: list[Compared] = []
    for one, speaks in zip(found, spoken, strict=True):
        if speaks is None:
            kept.append(one)
            continue
        own = [c for c in speaks if _is_money(c) or not with_money]
        others = [key for key in keys if key not in one.aspect.key and one.aspect.key not in key]
        own.sort(key=lambda c: any(key in c.text for key in others))  # 地理标志商标 is of another item of the list
        rest = [c for c in one.candidates if c not in own]
        kept.append(replace(one, candidates=(*own, *rest) if own else ()))
    return tuple(kept)


def of_what_is_asked(
    found: Sequence[Compared], reading: Reading, further: Callable[[Aspect], Compared]
) -> tuple[Compared, ...]:
    """The same; a level keeps only what gives money for the purpose asked about (租房), and for the time (首次, 再次).

    The nearest of a level is often money for something else to somebody else: beside the rule of another level it would pass for
    the same benefit. Of a level that keeps nothing ``further`` gives what was found behind. Where no level has it, nothing changes.
    """
    kept = [_of_asked(one, reading) for one in found]
    if all(one.aspect.level is None or one.best is None for one in kept):
        return tuple(found)
    return tuple(
        _of_asked(further(one.aspect), reading, is_behind=True) if one.best is None and before.best is not None else one
        for one, before in zip(kept, found, strict=True)
    )


def _of_asked(one: Compared, reading: Reading, *, is_behind: bool = False) -> Compared:
    """The level without what is of another purpose or time; of what stands ``is_behind`` only what names the time."""
    if one.aspect.level is None or QuestionType.AMOUNT not in reading.types:
        return one
    wanted, asked = purposes_named(reading), reading.last
    own = [c for c in one.candidates if not wanted or _is_given_for(c, wanted)]
    kept = [c for c in own if not _is_of_another_time(c, asked)]
    named = [time for time in (_FIRST, _AGAIN) if time.search(asked)]
    if named and (
        is_behind or own[:1] != kept[:1]
    ):  # what stands next to the other time's rule is often on something else
        subject = _subject(reading, [c for c in own if c not in kept])
        kept = [c for c in kept if subject and all(word in c.text for word in subject) and _names_one(c, named)]
    ranked = sorted(kept, key=lambda c: bool(reading.tiers) and not tiers_of(c.text.lower()) & reading.tiers)
    return replace(one, candidates=tuple(ranked))  # what names the class or degree asked about first


def _subject(reading: Reading, dropped: Sequence[Candidate]) -> list[str]:
    """The longer words of the question, or what policies say for them, that the rule for the other time has: 高新技术企业."""
    words = dict.fromkeys((*nouns_in(reading.last), *reading.also))
    return [one for one in words if len(one) >= SHORTEST_SUBJECT and any(one in c.text for c in dropped)]


def _names_one(candidate: Candidate, times: Sequence[re.Pattern[str]]) -> bool:
    return any(time.search(candidate.text) for time in times)


def _is_given_for(candidate: Candidate, wanted: frozenset[str]) -> bool:
    """Whether a sentence gives money for one of the purposes; where none stands behind its amounts, whether it speaks of one."""
    given = purposes_given(candidate)
    text = "".join((*candidate.clause.path[-1:], candidate.text))
    return bool(given & wanted) if given else any(one in text for one in wanted)


def _is_of_another_time(candidate: Candidate, asked: str) -> bool:
    """再次获批 where 首次 is asked about, and the other way round; what names both is of either."""
    for meant, other in ((_FIRST, _AGAIN), (_AGAIN, _FIRST)):
        if meant.search(asked) and not other.search(asked):
            return other.search(candidate.text) is not None and meant.search(candidate.text) is None
    return False


def _speaking(
    one: Compared, expand: Callable[[str], Sequence[str]], weights: TermWeights
) -> Sequence[Candidate] | None:
    """The sentences that speak of the item; None where it is no item whose amount is asked."""
    key = one.aspect.key
    if not key or key.isascii() or goods_named(one.aspect.text.lower()):
        return None
    return [c for c in one.candidates if _says_something(c) and speaks_of(key, expand(key), c, weights)]


def _is_money(candidate: Candidate) -> bool:
    return _NO_NUMBER.search(candidate.text) is not None or any(
        figure.unit.partition("/")[0] in MONEY_OR_SHARE for figure in candidate.figures
    )


def speaks_of(key: str, also: Sequence[str], candidate: Candidate, weights: TermWeights) -> bool:
    """Whether a sentence or its headings name a thing, by its name, a short form of it, another word for it or most of it."""
    text = re.sub(r"\s", "", " ".join((*candidate.clause.path[-2:], candidate.text))).lower()
    short = len(key) >= SHORTEST_SHORTENED and _shortened(key).search(text) is not None
    if short or any(word in text for word in (key, *also)):
        return True
    terms = terms_of(key)
    known = weights.weigh(terms)
    weighed = {term: known.get(term, 1.0) for term in terms}
    return bool(terms) and sum(weighed[term] for term in terms & terms_of(text)) >= MOST_OF_IT * sum(weighed.values())


def _shortened(key: str) -> re.Pattern[str]:
    """What ``key`` may be short for: its characters in their order, few others between them."""
    between = rf"[^，。；、：]{{0,{LONGEST_GAP}}}?"
    return re.compile(between.join(map(re.escape, key)))


def one_of_each(compared: Sequence[Compared]) -> list[Candidate]:
    """The best sentence of each thing compared, those of two things that say the same only once."""
    leads: list[Candidate] = []
    for candidate in (candidate for one in compared for candidate in one.beside):
        if not any(candidate.is_same(other) for other in leads):
            leads.append(candidate)
    told = any(one.aspect.level or (one.best is None and one.aspect.key) for one in compared)
    return leads if len(leads) > 1 or told else []


def united(leads: Sequence[Candidate], compared: Sequence[Compared]) -> list[Candidate]:
    """The candidates of all things compared, each once, the leads first."""
    united = list(leads)
    for candidate in sorted((c for one in compared for c in one.candidates), key=lambda c: -c.score):
        if not any(candidate.is_same(other) for other in united):
            united.append(candidate)
    return united


def is_missing(one: Compared, compared: Sequence[Compared]) -> bool:
    """True for a level that nothing was found at, unless the rule of another level speaks of it (中央和自治区分别承担)."""
    level = one.aspect.level
    if level is None or one.best is not None:
        return False
    told = (_OF_ITSELF.sub("", other.best.text) for other in compared if other.best is not None)
    return not any(speaks_of_level(text, level) for text in told)


def _says_something(candidate: Candidate) -> bool:
    return not (is_offices(candidate.text) or candidate.tells_nothing)


def _fits(candidate: Candidate, best_score: float, best_covered: float, figures_asked: bool) -> bool:
    within = FITS_WITHIN_WITHOUT_FIGURE if figures_asked and not candidate.figures else FITS_WITHIN
    within += OF_THE_CLASS * bool(candidate.features.get("tier_here") and candidate.figures)
    covers = candidate.features["covers_with_path"] >= LEAST_COVERED * best_covered
    return covers and candidate.score >= best_score - within
