"""Where a clause grants something: the words before the verb (who, under which conditions), and those behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from ingest.facts.measures import MONEY_OR_SHARE
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, Figure, Span
from ingest.vocabulary.grants import grant_words
from ingest.vocabulary.load import any_of

# 第五条, （二）, 3. , ① at the start of a sentence.
_LABEL = re.compile(
    r"\s*(?:第[一二三四五六七八九十百\d]+条|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、]|[①-⑳])\s*"
)
_ENDS = "。；;！!：: \t\n\u3000"
_NEVER_FIRST = "，,、。；;：:"
_PER_THOUSAND = re.compile(r"千分之[一二三四五六七八九十]|百分之[一二三四五六七八九十]")
_ABOUT = re.compile(r"\s*对(?!其)")
_BEFORE = 4  # characters in front of a verb in which 不再 or 除 may stand
_LONGEST_GAP = 14  # characters between 奖励 and its figure without 给予


@dataclass(frozen=True, slots=True)
class Grant:
    """One grant in a clause; spans count in the clause's text."""

    clause: Clause
    sentence: Span  # from full stop to full stop
    words: Span  # what grants, with its conditions
    heads: tuple[
        Span, ...
    ]  # before the verb, the nearest first: its own phrase, then what all gifts of a sentence share
    verb: str  # empty for a relief or a right
    gift: Span  # verb and what is granted


def is_gift(figure: Figure) -> bool:
    """Whether a figure is an amount of money or a share, not a number of people or years."""
    return figure.unit in MONEY_OR_SHARE or figure.unit.startswith(("元", "美元")) or figure.unit in ("‰", "百分点")


def pieces(text: str) -> Iterator[tuple[Span, Span]]:
    """The parts of a text between full stops and semicolons, without label and end sign, each with its sentence."""
    start = 0
    spans = split_sentences(text)
    for number, span in enumerate(spans):
        if span.of(text).rstrip().endswith(("；", ";")) and number + 1 < len(spans):
            continue
        whole = Span(start, span.end)
        for part in spans:
            if whole.contains(part):
                trimmed = trim(text, part)
                if len(trimmed):
                    yield trimmed, trim(text, whole)
        start = span.end


def trim(text: str, span: Span) -> Span:
    """A span without the label in front and the signs at its end."""
    label = _LABEL.match(text, span.start, span.end)
    start = label.end() if label else span.start
    end = span.end
    while end > start and text[end - 1] in _ENDS:
        end -= 1
    while start < end and (text[start].isspace() or text[start] in _NEVER_FIRST):
        start += 1
    return Span(start, end)


def find_grants(clause: Clause) -> Iterator[Grant]:
    """Every grant of a clause, in the order of its text."""
    gifts = [figure for figure in clause.figures if is_gift(figure)]
    for piece, sentence in pieces(clause.text):
        if _patterns().not_a_grant.search(clause.text, piece.start, piece.end):
            continue
        found = list(_given(clause, piece, sentence, gifts))
        yield from found or _without_give(clause, piece, sentence, gifts)


def _given(clause: Clause, piece: Span, sentence: Span, gifts: Sequence[Figure]) -> Iterator[Grant]:
    """给予…: one grant a verb; what one verb gives ends where the phrase of the next one begins."""
    text = clause.text
    verbs = [m for m in _patterns().give.finditer(text, piece.start, piece.end) if not _denied(text, m.start(), piece)]
    starts = [piece.start]
    for before, verb in pairwise(verbs):
        comma = max(text.rfind(sign, before.end(), verb.start()) for sign in "，,")
        starts.append(comma + 1 if comma >= 0 else before.end())
    ends = [*starts[1:], piece.end]
    for number, verb in enumerate(verbs):
        gift = Span(verb.start(), max(verb.end(), ends[number]))
        if not _holds_gift(clause, Span(starts[number], gift.end), verb.start(), gifts):
            continue
        own = Span(starts[number], verb.start())
        shared = Span(piece.start, verbs[0].start())
        # Of several verbs the later ones share the conditions of the first, unless they begin with 对 themselves.
        heads = (own,) if number == 0 or _ABOUT.match(text, own.start, own.end) else (own, shared)
        words = trim(text, _without_commas(text, Span(own.start, gift.end)))
        yield Grant(clause, sentence, words, heads, verb[0], gift)


def _without_commas(text: str, span: Span) -> Span:
    end = span.end
    while end > span.start and text[end - 1] in "，,、":
        end -= 1
    return Span(span.start, end)


def _holds_gift(clause: Clause, words: Span, verb: int, gifts: Sequence[Figure]) -> bool:
    """A figure behind the verb, a rate right before it (按照实付利息的30%给予), or a gift without a figure."""
    for figure in gifts:
        if not words.contains(figure.span):
            continue
        if figure.span.start >= verb:
            return True
        if _patterns().rate.search(clause.text, words.start, figure.span.start) is not None:
            return True
    text = words.of(clause.text)
    if _PER_THOUSAND.search(text) is not None or _patterns().relief.search(text) is not None:
        return True
    head = text[: verb - words.start]
    whom = "对" in head or head.rstrip().endswith("的")
    return whom and _patterns().gifts.search(clause.text, verb, words.end) is not None


def _without_give(clause: Clause, piece: Span, sentence: Span, gifts: Sequence[Figure]) -> Iterator[Grant]:
    """每名奖励2万元; 租金全免; 可以自主选择学校就读: grants without 给予."""
    text = clause.text
    for verb in _patterns().gives_itself.finditer(text, piece.start, piece.end):
        behind = next((figure for figure in gifts if figure.span.start >= verb.end()), None)
        if _denied(text, verb.start(), piece):
            continue
        gap = text[verb.end() : behind.span.start] if behind is not None and behind.span.end <= piece.end else None
        at_once = gap is not None and len(gap) <= _LONGEST_GAP and not re.search("[，；。]", gap)
        rated = _patterns().rated.search(text, piece.start, verb.start()) is not None
        if at_once or rated:
            head = Span(piece.start, verb.start())
            yield Grant(clause, sentence, piece, (head,), verb[0], Span(verb.start(), piece.end))
            return
    for pattern in (_patterns().relief, _patterns().right, _patterns().apply):
        match = pattern.search(text, piece.start, piece.end)
        if match is not None and not _denied(text, match.start(), piece):
            begin = max(text.rfind("，", piece.start, match.start()) + 1, piece.start)
            head = Span(piece.start, begin) if begin > piece.start else Span(piece.start, match.start())
            yield Grant(clause, sentence, piece, (head,), "", Span(begin, piece.end))
            return


def _denied(text: str, verb: int, piece: Span) -> bool:
    before = text[max(piece.start, verb - _BEFORE) : verb]
    return _patterns().denied.search(before) is not None


@dataclass(frozen=True, slots=True)
class _Patterns:
    give: re.Pattern[str]
    gives_itself: re.Pattern[str]
    relief: re.Pattern[str]
    right: re.Pattern[str]
    apply: re.Pattern[str]
    denied: re.Pattern[str]
    not_a_grant: re.Pattern[str]
    rate: re.Pattern[str]
    rated: re.Pattern[str]
    gifts: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    verbs = grant_words().verbs
    return _Patterns(
        give=re.compile(any_of(verbs.give)),
        gives_itself=re.compile(any_of(verbs.gives_itself)),
        relief=re.compile(any_of(verbs.relief)),
        right=re.compile(
            rf"{any_of(verbs.right_is)}[^，。；]{{0,24}}?{any_of(verbs.right)}|可以?[^，。；]{{0,24}}?{any_of(verbs.may)}"
        ),
        apply=re.compile(rf"{any_of(verbs.apply)}[^。；]{{0,40}}\d"),
        denied=re.compile(rf"{any_of(verbs.not_granted)}[^，；。]{{0,2}}$"),
        not_a_grant=re.compile("|".join(verbs.not_a_grant)),
        rate=re.compile(r"按照?(?!规定)[^，。；]{0,60}$"),
        rated=re.compile(r"按照?[^，。；]{0,60}\d%(?:给予|进行|予以)?[^，。；]{0,4}$"),
        gifts=re.compile(rf"[^，。；]{{0,24}}{any_of(verbs.gifts)}"),
    )
