"""Which printed sentences a sentence rests on: those most like its parts, or that print their figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from bot.verify.meaning.concepts import concepts_in, own_stems, stems_of
from bot.verify.meaning.passages import Passage, Printed
from ingest.facts.figures import canonical, find_figures

_HAN = re.compile(r"[\u3400-\u9fff]")
_PART = re.compile(r"[^，,；;：:。！!？?\n]+")
_ENGLISH_PART = re.compile(r"[^;:]+")
_PAIR = re.compile(r"[\u3400-\u9fff](?=([\u3400-\u9fff]))")
MOST_RESTED_ON = 3  # printed sentences for one part
ALIKE = 0.3  # share of the pairs of characters from which on a printed sentence may be what a part rests on
NEARLY_AS_ALIKE = 0.6  # of the likeness of the most alike one


def rests_on(said: str, printed: Printed) -> list[Passage]:
    """The passages that ``said`` rests on, in the order of their clauses; all of them where none is alike."""
    found = _chinese(said, printed.passages) if _HAN.search(said) else _english(said, printed)
    everything = (*printed.passages, *printed.english)
    return [one for one in everything if one in found]


def _chinese(said: str, passages: Sequence[Passage]) -> list[Passage]:
    rests: list[Passage] = []
    for part in _PART.findall(said):
        ranked = sorted(
            ((share_of_pairs(part, one.bare), -number) for number, one in enumerate(passages)), reverse=True
        )
        for share, number in ranked[:MOST_RESTED_ON]:
            if share >= ALIKE and share >= NEARLY_AS_ALIKE * ranked[0][0]:
                rests.append(passages[-number])
    if not rests and passages:  # an item of a list, which its heading alone says what it is
        best = max(passages, key=lambda one: share_of_pairs(said, f"{one.bare}\0{one.around}"))
        if share_of_pairs(said, f"{best.bare}\0{best.around}") >= ALIKE:
            rests.append(best)
    for figure in find_figures(said):
        holding = [
            one for one in passages if any(canonical(other).value == canonical(figure).value for other in one.figures)
        ]
        if holding and not any(one in rests for one in holding):
            rests.append(max(holding, key=lambda one: share_of_pairs(said, one.bare)))
    return rests


def share_of_pairs(said: str, text: str) -> float:
    """Share of the pairs of Chinese characters of ``said`` that stand in ``text``."""
    pairs = {said[found.start() : found.end() + 1] for found in _PAIR.finditer(said)}
    return sum(pair in text for pair in pairs) / len(pairs) if pairs else 0.0


def _english(said: str, printed: Printed) -> list[Passage]:
    passages = printed.english or printed.passages
    signs = [_signs(one.text, one.bare) for one in passages]
    counted = Counter(sign for each in signs for sign in each)
    rests: list[Passage] = []
    for part in _ENGLISH_PART.findall(said):
        own = _signs(part, "")
        scores = [
            sum((2 if sign[0] == "=" else 1) / counted[sign] for sign in own & each) / (1 + len(each)) ** 0.25
            for each in signs
        ]
        best = max(scores, default=0.0)
        ranked = sorted(range(len(passages)), key=lambda number: -scores[number])[:MOST_RESTED_ON]
        rests += [passages[number] for number in ranked if best and scores[number] >= NEARLY_AS_ALIKE * best]
    return rests


@lru_cache(4_096)
def _signs(text: str, chinese: str) -> frozenset[str]:
    figures = {
        f"={canonical(figure).value}"
        for figure in (*find_figures(text), *find_figures(chinese))
        if figure.unit != "日期"
    }
    stems = {one for one in stems_of(text) if one not in own_stems()}
    return frozenset(figures | stems | {f"#{number}" for number in concepts_in(f"{text}\n{chinese}")})
