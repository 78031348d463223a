"""Which Chinese words an English word stands beside in the edition of a corpus: learned from its sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from bot.text.jieba_dictionary import words_in
from bot.verify.meaning.concepts import stems_of
from ingest.normalise import match_form

_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
LEAST_SHARED = 0.25  # of the sentences that hold one of the two (Dice)
LEAST_TOGETHER = 2  # sentences


class Lexicon:
    """English stems and the Chinese words that go with them. Sentences are read when it is first asked."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._pairs = tuple(pairs)
        self._chinese: list[frozenset[str]] | None = None
        self._holding: dict[str, list[int]] = {}
        self._counted: Counter[str] = Counter()
        self.chinese_of = lru_cache(8_192)(self._chinese_of)

    def holds(self, stem: str) -> bool:
        """Whether a word of this stem stands anywhere in the edition."""
        self._read()
        return stem in self._holding

    def _chinese_of(self, stem: str) -> frozenset[str]:
        """The Chinese words that stand beside English words of this stem."""
        chinese = self._read()
        holding = self._holding.get(stem, [])
        together = Counter(word for number in holding for word in chinese[number])
        return frozenset(
            word
            for word, count in together.items()
            if count >= LEAST_TOGETHER and 2 * count / (len(holding) + self._counted[word]) >= LEAST_SHARED
        )

    def _read(self) -> list[frozenset[str]]:
        if self._chinese is None:
            self._chinese = []
            for number, (chinese, english) in enumerate(self._pairs):
                words = frozenset(
                    w for run in _HAN_RUN.findall(match_form(chinese)) for w in words_in(run) if len(w) > 1
                )
                self._chinese.append(words)
                self._counted.update(words)
                for one in set(stems_of(english)):
                    self._holding.setdefault(one, []).append(number)
        return self._chinese
