"""A sentence in nearly the clause's own words, laid beside them word for word: what was put in the place of what.

Where most of a sentence is printed just so, a word that stands in another's place was exchanged, even if it is printed
elsewhere in the clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.text.jieba_dictionary import words_in
from bot.verify.meaning.concepts import concepts_of_word
from bot.verify.meaning.passages import Passage, bare
from bot.verify.meaning.types import Difference, Kind
from bot.verify.meaning.vocabulary import claims, pattern, words
from index.text.tokens import STOPWORDS, noun_tags
from ingest.facts.figures import canonical, find_figures
from ingest.types import Figure

_TOKEN = re.compile(r"#\d+#|[\u3400-\u9fff]+|\d+(?:\.\d+)?|[a-z]+(?:['’-][a-z]+)*")
_HAN = re.compile(r"[\u3400-\u9fff]")
_DENIALS = pattern("near_extract", "denials")
_ENDS = "。；;！!？?"
NEAR = 0.72  # share of the sentence that must be printed in the same order
NEARER = 0.8  # from which on a word that stands in another's place was exchanged for it
ALL_PRINTED = 0.9  # of the words, from which on their order tells
SHORTEST = 6  # tokens
MOVED = 2  # exchanged places on either side that a word may have been moved to
LONG_NAME = 3  # characters: a name of the title or of a heading may stand for 本市
LONGEST_REPLACED = 3  # tokens more than what stands in their place


@dataclass(frozen=True, slots=True)
class _Pair:
    said: tuple[str, ...]
    printed: tuple[str, ...]
    between: bool  # stands between words that are printed so


def exchanged(said: str, rests: Sequence[Passage]) -> Iterator[Difference]:
    """What stands in another's place in ``said``, sentence by sentence; nothing where it is in words of its own."""
    if not _HAN.search(said):
        return
    for part in re.split(rf"(?<=[{_ENDS}])", said):
        yield from _exchanged_in(part, rests)


def _exchanged_in(said: str, rests: Sequence[Passage]) -> Iterator[Difference]:
    figures: dict[str, Figure] = {}
    own = _tokens(said, figures)
    if len(own) < SHORTEST:
        return
    best: tuple[float, SequenceMatcher[str], list[str]] | None = None
    for texts in ([one.text for one in rests], ["".join(one.text for one in rests)]):
        for text in texts:
            theirs = _tokens(text, figures)
            matcher = SequenceMatcher(None, own, theirs, autojunk=False)
            share = sum(
                len("".join(own[block.a : block.a + block.size])) for block in matcher.get_matching_blocks()
            ) / len("".join(own))
            if best is None or share > best[0]:
                best = (share, matcher, theirs)
    if best is None:
        return
    _, matcher, printed = best
    known = set(printed)
    if sum(token in known for token in own) >= ALL_PRINTED * len(own):
        yield from _turned(own, printed)
    if best[0] < NEAR:
        return
    pairs = list(_pairs(matcher, own, printed))
    around = "\0".join(one.around for one in rests)
    text = "".join(printed)
    denials = sum(_denials(pair.said) - _denials(pair.printed) * pair.between for pair in pairs)
    for number, pair in enumerate(pairs):
        lost = [token for one in pairs[max(0, number - MOVED) : number + MOVED + 1] for token in one.printed]
        yield from (
            one
            for one in _of_pair(pair, lost, printed, figures, denials, best[0])
            if len(one.said) < LONG_NAME or one.said not in around
        )
        yield from (
            Difference(Kind.WORD, one)
            for one in pair.said
            if not pair.printed and one in words().parties and one not in text
        )


def _tokens(text: str, figures: dict[str, Figure]) -> list[str]:
    found = find_figures(text)
    parts: list[str] = []
    at = 0
    for figure in found:
        one = canonical(figure)
        name = f"{one.value}|{one.upper}|{one.unit}"
        key = next(
            (key for key, other in figures.items() if key.startswith("#") and _name(other) == name), f"#{len(figures)}#"
        )
        figures[key] = figure
        parts += [text[at : figure.span.start], " ", key, " "]
        at = figure.span.end
    form = "".join([*parts, text[at:]])
    tokens: list[str] = []
    for token in _TOKEN.findall(form.lower()):
        tokens += words_in(token) if _HAN.match(token) else [token]
    return tokens


def _name(figure: Figure) -> str:
    one = canonical(figure)
    return f"{one.value}|{one.upper}|{one.unit}"


def _pairs(matcher: SequenceMatcher[str], own: Sequence[str], printed: Sequence[str]) -> Iterator[_Pair]:
    codes = matcher.get_opcodes()
    equal = [number for number, code in enumerate(codes) if code[0] == "equal"]
    for number, (tag, i1, i2, j1, j2) in enumerate(codes):
        if tag == "equal":
            continue
        between = bool(equal) and equal[0] < number < equal[-1]
        at_end = not between
        yield _Pair(tuple(own[i1:i2]), tuple(printed[j1:j2] if not at_end or i2 > i1 else ()), between)


def _of_pair(
    pair: _Pair, lost: Sequence[str], printed: Sequence[str], figures: dict[str, Figure], denials: int, share: float
) -> Iterator[Difference]:
    said, told = "".join(pair.said), "".join(pair.printed)
    for token in pair.said:
        if token.startswith("#"):
            other = [one for one in pair.printed if one.startswith("#")]
            same_unit = [one for one in other if canonical(figures[one]).unit == canonical(figures[token]).unit]
            if same_unit and token not in pair.printed:
                yield Difference(Kind.ROW, figures[token].text, figures[same_unit[0]].text)
        elif token[0].isdigit() and token not in pair.printed and any(one[0].isdigit() for one in pair.printed):
            yield Difference(Kind.ROW, token, told)
        elif (token in words().either and words().both & set(pair.printed)) or (
            token in words().both and words().either & set(pair.printed)
        ):
            yield Difference(Kind.CONDITION, token, told)
        elif share >= NEARER and _replaces(pair) and _names(token) and not _is_carried(token, pair, lost):
            yield Difference(Kind.WORD, token, told)
    for claim in claims():
        found = claim.said.search(said)
        if (
            found
            and not claim.borne.search(told)
            and not claim.borne.search("".join(lost))
            and not _is_own_opening(claim.name, printed, claim.borne)
        ):
            yield Difference(claim.kind, found[0], told)
    if (
        denials < 0
        and pair.between
        and _DENIALS.search(told)
        and not _DENIALS.search(said)
        and len(pair.printed) <= len(pair.said) + 3
    ):
        yield Difference(Kind.NEGATION, said, told)
    if denials > 0 and _DENIALS.search(said) and not _DENIALS.search(told) and not _DENIALS.search("".join(lost)):
        yield Difference(Kind.NEGATION, said, told)


def _denials(tokens: Sequence[str]) -> int:
    return len(_DENIALS.findall("".join(tokens)))


def _tells(token: str) -> bool:
    return token not in words().particles and token not in STOPWORDS and token not in words().own


def _names(token: str) -> bool:
    """Whether a word names something; how a thing is done may be said freely."""
    return token in noun_tags() or len(token) == 1 or not _HAN.match(token)


def _replaces(pair: _Pair) -> bool:
    """Whether words stand in the place of some that tell something; a long stretch was summed up."""
    return any(_tells(one) for one in pair.printed) and len(pair.printed) <= len(pair.said) + LONGEST_REPLACED


def _is_own_opening(name: str, printed: Sequence[str], borne: re.Pattern[str]) -> bool:
    return name in ("year", "each", "may", "needs to", "demand") and borne.search("".join(printed)) is not None


def _is_carried(token: str, pair: _Pair, lost: Sequence[str]) -> bool:
    """Whether a word was only moved, says the same as one in its place, or is of whoever retells."""
    if token in words().particles or token in STOPWORDS or any(token in "".join(one) for one in (pair.printed, lost)):
        return True
    if token in words().own:
        return True
    alike = frozenset[int]().union(*(concepts_of_word(one) for one in pair.printed or lost))
    return bool(concepts_of_word(token) & alike)


def _turned(own: Sequence[str], printed: Sequence[str]) -> Iterator[Difference]:
    """甲向乙 for 乙向甲."""
    for word in words().across:
        if own.count(word) != 1 or printed.count(word) != 1:
            continue
        left, right = own[own.index(word) - 1 : own.index(word)], own[own.index(word) + 1 : own.index(word) + 3]
        at = printed.index(word)
        before, behind = printed[max(0, at - 5) : at], printed[at + 1 : at + 6]
        if left and right and len(right[0]) > 1 and right[0] in before and right[0] not in behind:
            yield Difference(Kind.ORDER, f"{left[0]}{word}{right[0]}")


__all__ = ["bare", "exchanged"]
