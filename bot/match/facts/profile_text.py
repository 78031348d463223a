"""A person's words made ready: simplified, narrow, lower case, every offset as it was; cut into sentences and clauses.

A clause (小句) is what stands between commas. It has a stance: planned, asking, or of somebody else; what is denied in it
is told word by word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise

from bot.match.facts.speech.asking import asks, asks_openly
from bot.match.facts.speech.orders import joined, orders_in, within
from bot.match.facts.titles.outcomes import UP_FOR, is_undone, outcomes
from bot.match.facts.words import Found, WordFinder, counted_plainly, finder_of, lowered
from bot.refuse.prompt_injection import is_injection
from ingest.facts.numerals import narrow
from ingest.normalise import to_simplified
from ingest.types import Span
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_facts import asker_fact_words
from ingest.vocabulary.matching.asker_speech import asker_speech

CHILD = "子女"  # as conditions have it
LONGEST_PROFILE = 5000  # characters that are read


def _units() -> tuple[str, ...]:
    """What may stand behind a number and belongs to it."""
    speech = asker_speech()
    told = (*speech.units.values(), *speech.money.values(), speech.talent.counters, speech.hedges.more)
    return (*(word for words in told for word in words), *speech.asker.behind_numbers)


_SENTENCE = re.compile(
    r"[^。！？!?；;\n]+?(?:[。！？!?；;\n]+|\.(?=\s+[A-Z“\"(]|\s*$)|(?<=[A-Za-z]{4})(?<!approx)\.(?=\s+\d)|$)"
)
_HAN = r"[\u4e00-\u9fff]"
_CLAUSE_ENDS = re.compile(
    r"(?<!\d)[,，](?!\d{3})|(?<=\d)[,，](?!\d{3}(?!\d))|(?<!\d)[,，]|[，、：:（）()]|\s[–—-]\s"
    # who types without commas parts thoughts by blanks; 营收 3 亿 is one
    rf"|(?<=[\u4e00-\u9fff)])[ \t]+(?={_HAN}{{2}})|(?<=\d)[ \t]+(?!{any_of(_units())})(?={_HAN}{{2}})"
)
_MARKUP = re.compile(r"<[a-z/]|\{\{|\$\{")
_PARTS = re.compile(r"[^，,]+")
# 高级（三级）, 非遗（剪纸）传承人
_OF_A_NAME = re.compile(
    rf"[（(][一二三四五1-5]级[)）]|{asker_speech().names.inserted}(?={any_of(asker_speech().names.go_on)})"
)
_GOES_ON = re.compile(
    rf"\s*{any_of(asker_speech().stance.goes_on)}"
    r"|\s*(?:and\s|or\s)?(?:to\s)?(?:import|hire|recruit|build|buy|invest|expand|move|set up|open|apply|reinvest|borrow|register"
    r"|export|list|bring)(?![a-z])"
)  # goes on with a plan
_YEAR = re.compile(r"(?<![\d.,])(?P<year>20\d\d)(?=\s?年|[\s,.，。]|$)(?!年?(?:到期|期满|为止|截止))")
_MONTH = re.compile(r"今年\s?(?P<month>1[0-2]|[1-9])\s?月")
_UNTIL = re.compile(r"(?:到|至|截止|有效期|until |till |through |to |expires in )\s?$")
_LABEL = 6  # characters of a label in a form (计划：…)
_Asking = Callable[[str, int, int, tuple[int, int]], bool]
_UNBROKEN = 24  # characters without a comma, from which on a stretch is cut before words that begin a new thought
_FAR = 14  # characters that may stand between 没有 and what is denied
_FAR_ENGLISH = 45
_QUOTES = str.maketrans("「」『』", "“”“”")
_DENIED_BEHIND = re.compile(
    r"[^，。,.;；但]{0,4}?(?:还没(?!断)|没有?(?:批|评|拿|认定|下来|办|通过|到手|考|申请|(?:[交缴上参买][加过]?)(?![^，。]{0,3}\d)|[，。,.]|$)|尚未|未(?!来|婚)"
    r"|已?过期|失效|被取消|不够)"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A 小句: where it stands, and its stance."""

    number: int  # its place among the clauses
    start: int
    end: int
    sentence: int
    joined: bool  # by 、 to the one before
    planned_from: int | None  # from where on it is only planned
    soon: bool  # by words that announce rather than consider: 准备, about to
    asking: bool
    of_others: bool


@dataclass(frozen=True, slots=True)
class ProfileText:
    """A profile as it was ``said`` and as it is read (``text``), both of one length."""

    said: str
    text: str
    clauses: tuple[Clause, ...]
    instructions: tuple[Span, ...]  # sentences that tell the program what to do; in no clause
    cut: bool  # longer than is read
    denying: frozenset[int]  # numbers of clauses that are denied by one before 、

    def is_denied(self, clause: Clause, start: int, end: int) -> bool:
        """Whether what stands at ``start`` to ``end`` of a clause is denied."""
        text = self.text
        near = max(clause.start, start - (_FAR_ENGLISH if text[start].isascii() else _FAR))
        cues = _stances().denied
        if any(found.start == start for found in _without(cues, _stances().not_denied, text, start, end)):
            return False  # 没领过补贴, no housing subsidy: the words themselves say what is not
        if any(_reaches(text, found, start) for found in _without(cues, _stances().not_denied, text, near, start)):
            return True
        if _DENIED_BEHIND.match(text, end, clause.end) or is_undone(text, end, clause.end):
            return True
        named = self._bracketed(clause)
        if named is not None and _denies(text, named):
            return True
        return clause.number in self.denying

    def _bracketed(self, clause: Clause) -> Clause | None:
        """The clause in front of a bracket that says its English name in Chinese: not chosen as a craftsman (工匠)."""
        before = self.clauses[clause.number - 1] if clause.number and self.text[clause.start - 1] in "（(" else None
        return before if before is not None and self.of(before).isascii() else None

    def is_lost(self, clause: Clause, start: int, end: int) -> bool:
        """Whether what stands at ``start`` to ``end`` was nearly won, not won, or taken away: 差一点获评…, …，落选了."""
        words, text = outcomes(), self.text
        if words.before.search(text, max(clause.start, start - UP_FOR), min(clause.end, end + UP_FOR)):
            return True
        if words.lost_behind.match(text, end, clause.end) or words.lost_before.search(text, clause.start, start):
            return True
        follows = self._next(clause)
        return follows is not None and words.lost.fullmatch(text, follows.start, follows.end) is not None

    def is_over(self, clause: Clause, end: int) -> bool:
        """Whether work told up to ``end`` of a clause was left, there or in the clause behind: 工作满3年后离职了."""
        follows = self._next(clause)
        left = _stances().left
        here = next(left.find(self.text, end, clause.end), None)
        if here is None and follows is not None:
            clause, here = follows, next(left.find(self.text, follows.start, follows.end), None)
        return here is not None and not self.is_planned(clause, here.end)

    def is_pending(self, clause: Clause, start: int, end: int) -> bool:
        """Whether it is not decided yet: 被提名…, …候选人, …，结果未公布."""
        words, text = outcomes(), self.text
        if words.pending.search(text, max(clause.start, start - UP_FOR), min(clause.end, end + UP_FOR)):
            return True
        follows = self._next(clause)
        return follows is not None and words.results.match(text, follows.start, follows.end) is not None

    def is_unsettled(self, clause: Clause) -> bool:
        """Whether a clause speaks of something that was not won, or is not yet."""
        near = outcomes().unsettled.search(self.text, clause.start, clause.end)
        return near is not None or self.is_lost(clause, clause.end, clause.end)

    def _next(self, clause: Clause) -> Clause | None:
        """The clause behind in the same sentence."""
        follows = self.clauses[clause.number + 1 : clause.number + 2]
        return follows[0] if follows and follows[0].sentence == clause.sentence else None

    def is_planned(self, clause: Clause, start: int) -> bool:
        """Whether what stands at ``start`` of a clause is only planned."""
        return clause.planned_from is not None and clause.planned_from <= start

    def span(self, start: int, end: int) -> Span:
        """Where something is said."""
        return Span(start, end)

    def sentence_clauses(self, clause: Clause) -> tuple[Clause, ...]:
        """The clauses of one sentence."""
        return tuple(other for other in self.clauses if other.sentence == clause.sentence)

    def of(self, clause: Clause) -> str:
        """The text of a clause."""
        return self.text[clause.start : clause.end]


def _reaches(text: str, cue: Found, start: int) -> bool:
    """Whether a denial holds as far as ``start``; in English not beyond but, of no flat not beyond and (no flat and rent one)."""
    between = text[cue.end : start]
    stops = " but " in between or (text[cue.start : cue.end] in ("no", "without") and " and " in between)
    return cue.end <= start and not stops


@dataclass(frozen=True)
class _Stances:
    denied: WordFinder
    not_denied: WordFinder
    planned: WordFinder
    not_planned: WordFinder
    soon: WordFinder
    offers: WordFinder
    offers_unsigned: WordFinder
    unsigned: WordFinder
    of_others: WordFinder
    left: WordFinder


@cache
def _stances() -> _Stances:
    words = asker_speech().stance
    return _Stances(
        finder_of(words.denied),
        finder_of(words.not_denied),
        finder_of(words.planned),
        finder_of(words.not_planned),
        finder_of(words.soon),
        finder_of(words.offers),
        finder_of(words.offers_unsigned),
        finder_of(words.unsigned),
        finder_of(words.of_others),
        finder_of(words.left),
    )


def prepared(profile: str, as_of: date | None = None, *, is_question: bool = False) -> ProfileText:
    """A profile ready to be read; what is longer than LONGEST_PROFILE is cut off, what a year after ``as_of`` brings is planned."""
    said = profile[:LONGEST_PROFILE]
    simplified = to_simplified(said)
    if len(simplified) != len(said):  # a phrase of another length: character by character, so that offsets stay
        simplified = "".join(single if len(single := to_simplified(sign)) == 1 else sign for sign in said)
    mixed = counted_plainly(narrow(simplified).translate(_QUOTES))
    text = lowered(mixed)
    clauses: list[Clause] = []
    instructions: list[Span] = []
    sentences = [match.span() for match in _SENTENCE.finditer(mixed)]
    orders = tuple(orders_in(text, sentences))
    for number, (start, end) in enumerate(sentences):
        told = _instructions(text, start, end) or within(orders, start, end)
        instructions += told
        for stop, behind in (*((span.start, span.end) for span in told), (end, end)):
            clauses += _clauses(text, start, stop, number, len(clauses), as_of, asks_openly if is_question else asks)
            start = behind
    all_orders = joined(instructions, text)
    denying = frozenset(_denied_together(text, clauses))
    return ProfileText(said, text, tuple(clauses), all_orders, len(profile) > LONGEST_PROFILE, denying)


def _denied_together(text: str, clauses: Sequence[Clause]) -> Iterator[int]:
    """没有高企、专精特新: what is denied before 、 is denied behind it, unless the clause says 有 or 是."""
    denied = False
    for before, clause in pairwise(clauses):
        goes_on = clause.joined and re.search("[有是已]", text[clause.start : clause.end]) is None
        denied = goes_on and (denied or _denies(text, before))
        if denied:
            yield clause.number


def _denies(text: str, clause: Clause) -> bool:
    return next(_without(_stances().denied, _stances().not_denied, text, clause.start, clause.end), None) is not None


def _instructions(text: str, start: int, end: int) -> list[Span]:
    """What of a sentence tells the program what to do: markup by itself; else all of it, as one demand leads to another."""
    if not is_injection(text[start:end]):
        return []
    markup = [Span(part.start(), part.end()) for part in _PARTS.finditer(text, start, end) if _MARKUP.search(part[0])]
    left = "".join(part[0] for part in _PARTS.finditer(text, start, end) if not _MARKUP.search(part[0]))
    return [Span(start, end)] if not markup or is_injection(left) else markup


def _clauses(
    text: str, start: int, end: int, sentence: int, number: int, as_of: date | None, asking: _Asking
) -> Iterator[Clause]:
    position, joined, planned = start, False, False
    before: Clause | None = None  # the clause before
    outside: Clause | None = None  # the clause in front of a bracket
    kept = [match.span() for match in _OF_A_NAME.finditer(text, start, end)]
    ends = [m for m in _CLAUSE_ENDS.finditer(text, start, end) if not any(a <= m.start() < b for a, b in kept)]
    cuts = [(m.start(), m[0]) for m in ends]
    for stop, sign in sorted([*cuts, *_breaks(text, start, end, [place for place, _ in cuts]), (end, "")]):
        if text[position:stop].strip():
            made = _clause(
                text, position, stop, sentence, joined, number, asking(text, position, stop, (start, end)), as_of
            )
            goes_on = joined or text[position - 1] in "）)" or _GOES_ON.match(text, position, stop) is not None
            if goes_on and planned and made.planned_from is None:
                soon = text[position - 1] in "）)" and before is not None and before.soon
                made = replace(made, planned_from=position, soon=made.soon or soon)
            planned, before = made.planned_from is not None, made
            number += 1
            yield made
        if sign and sign in "（(":
            outside = before
        elif (
            sign and sign in "）)" and outside is not None
        ):  # 会带6个人（3名博士）一起过去: behind the bracket it goes on
            planned, before = outside.planned_from is not None, outside
        # 计划：建设…: what a label announces is as it says
        position, joined = (
            stop + len(sign),
            sign == "、" or (sign in "：:" and stop - position <= _LABEL and sign != ""),
        )


@cache
def _break_words() -> WordFinder:
    return finder_of(asker_speech().asker.breaks)


def _breaks(text: str, start: int, end: int, cuts: list[int]) -> Iterator[tuple[int, str]]:
    """Where a stretch without punctuation is cut: people dictate, or type on a phone."""
    for first, last in pairwise([start, *cuts, end]):
        places: set[int] = set()
        if last - first > _UNBROKEN and not text[first:last].isascii():
            places |= {found.start for found in _break_words().find(text, first + 2, last)}
        places |= {match.end() for match in _next_subject().finditer(text, first, last)}
        yield from ((place, "") for place in places)


@cache
def _next_subject() -> re.Pattern[str]:
    """大专毕业老婆没上班, my son is two and my father is 72: a thought that is told whole, and a relative as the next subject."""
    words, relatives = asker_speech().asker, asker_fact_words().of("relation").values()
    chinese = any_of(word for said in relatives for word in said if not word.isascii())
    mine = any_of(word for word in words.person if not word.isascii())
    return re.compile(
        rf"{any_of(words.told_whole)}(?={mine}?的?{chinese}[\u4e00-\u9fff\d])"
        rf"|(?<![a-z]){any_of(words.verbs)}\s[^,;]{{1,60}}?\s(?=and\s(?:my|our|we|i|he|she)\s)"
    )


def _clause(
    text: str, start: int, end: int, sentence: int, joined: bool, number: int, asking: bool, as_of: date | None = None
) -> Clause:
    stances = _stances()
    cues = (cue.start for cue in _without(stances.planned, stances.not_planned, text, start, end))
    starts = [at for at in (next(cues, None), _year_ahead(text, start, end, as_of)) if at is not None]
    offered = stances.offers.stands_in(text, start, end)
    offered = offered or (stances.offers_unsigned.stands_in(text, start, end) and stances.unsigned.stands_in(text))
    planned = start if offered else min(starts, default=None)
    soon = planned is not None and stances.soon.stands_in(text, planned, end)
    return Clause(
        number, start, end, sentence, joined, planned, soon, asking, stances.of_others.stands_in(text, start, end)
    )


def _year_ahead(text: str, start: int, end: int, as_of: date | None) -> int | None:
    """Where a year or a month of this year stands that is still to come: 2028年搬到…, in 2028; not 合同到2029年."""
    if as_of is None:
        return None
    found = [match.start() for match in _YEAR.finditer(text, start, end) if int(match["year"]) > as_of.year]
    found += [match.start() for match in _MONTH.finditer(text, start, end) if int(match["month"]) > as_of.month]
    return next((at for at in found if not _UNTIL.search(text, max(start, at - 8), at)), None)


def _without(cues: WordFinder, barred: WordFinder, text: str, start: int, end: int) -> Iterator[Found]:
    """Cues that are no part of a longer word that means something else (没 in 没断过)."""
    others = [(found.start, found.end) for found in barred.find(text, max(0, start - 4), min(len(text), end + 4))]
    for cue in cues.find(text, start, end):
        if not any(first <= cue.start and cue.end <= last for first, last in others):
            yield cue
