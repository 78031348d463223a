"""Terms typed in Latin letters: pinyin that the keyboard left as it was, and English words with one slip in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from index.spelling.pinyin import breaks_between
from index.spelling.types import Change, most_frequent, without_overlap

MOST_WORDS = 6  # read together
SHORTEST_OF_TWO = 5  # letters of two syllables; with four, too many words of other languages read like them
# Letters from which a lone English word is told by all but one: of shorter ones, another word is too often meant
# (inventor and investor, patient and patent). Beside the other words of a term, less are enough.
LONG_WORD, WORD_OF_TERM = 9, 5

_WORD = re.compile(r"(?<![a-z0-9])[a-z]+(?![a-z0-9])", re.IGNORECASE)
_JOINED = re.compile(r"[ \-'’]*")
_Words = Sequence[re.Match[str]]


class PinyinTerms:
    """Chinese terms by how they are typed."""

    def __init__(self, terms: Mapping[str, int], syllables: Mapping[str, tuple[str, ...]]) -> None:
        """``terms`` with the number of clauses that hold each, and the syllables of each."""
        self._terms = terms
        self._typed: defaultdict[str, list[tuple[str, tuple[str, ...]]]] = defaultdict(list)
        for term in terms:
            self._typed["".join(syllables[term])].append((term, syllables[term]))

    def changes(self, text: str) -> list[Change]:
        """Where a term stands in pinyin, with spaces between syllables or without."""
        found = [
            Change(words[0].start(), words[-1].end(), term)
            for words in _neighbours(text)
            if (term := self._meant(words))
        ]
        return without_overlap(found)

    def _meant(self, words: _Words) -> str | None:
        typed = tuple(word[0].lower() for word in words)
        letters = "".join(typed)
        # Two syllables with a capital are a name: Hengli.
        short = len(letters) < SHORTEST_OF_TWO or words[0][0][0].isupper()
        return most_frequent(
            {
                term: self._terms[term]
                for term, syllables in self._typed.get(letters, ())
                if not (short and len(syllables) == 2) and breaks_between(syllables, typed)
            }
        )


class EnglishTerms:
    """English terms of one or more words."""

    def __init__(self, terms: Iterable[str]) -> None:
        """``terms`` in lower case, their words with a space between."""
        phrases = [tuple(term.split()) for term in dict.fromkeys(terms)]
        self._known = frozenset(word for phrase in phrases for word in phrase)
        self._long = tuple(sorted(word for word in self._known if len(word) >= LONG_WORD and word.isalpha()))
        self._missing: defaultdict[tuple[str | None, ...], set[str]] = defaultdict(set)
        for phrase in phrases:
            if len(phrase) > 1:
                for at, word in enumerate(phrase):
                    self._missing[(*phrase[:at], None, *phrase[at + 1 :])].add(word)

    def changes(self, text: str) -> list[Change]:
        """Where a word of a term stands with one letter wrong, left out, doubled or changed places with the next."""
        found: dict[int, Change] = {}
        for words in _neighbours(text):
            typed = tuple(word[0].lower() for word in words)
            for at, word in enumerate(words):
                if word.start() in found or typed[at] in self._known:
                    continue
                if len(words) > 1:
                    others = self._missing.get((*typed[:at], None, *typed[at + 1 :]), ())
                    meant = {other for other in others if _slip(typed[at], other, WORD_OF_TERM)}
                else:
                    meant = {other for other in self._long if _slip(typed[at], other, LONG_WORD, alone=True)}
                if len(meant) == 1:
                    found[word.start()] = Change(word.start(), word.end(), meant.pop())
        return without_overlap(found.values())


def _neighbours(text: str) -> Iterator[_Words]:
    """Words of Latin letters that follow one another, the most first."""
    words = list(_WORD.finditer(text))
    for count in range(min(MOST_WORDS, len(words)), 0, -1):
        for first in range(len(words) - count + 1):
            some = words[first : first + count]
            if all(_JOINED.fullmatch(text, some[at].end(), some[at + 1].start()) for at in range(count - 1)):
                yield some


def _slip(typed: str, word: str, shortest: int, *, alone: bool = False) -> bool:
    """True when one slip makes ``typed`` of ``word``. Its first letter is right, and its last: else it is inflected.

    ``alone``: only a letter left out or doubled, since other letters make other words (compliant, revocation).
    """
    if len(word) < shortest or typed[0] != word[0] or typed[-1] != word[-1] or typed == word:
        return False
    at = next((at for at, (one, other) in enumerate(zip(typed, word, strict=False)) if one != other), len(word))
    if len(typed) == len(word) - 1:
        return typed[at:] == word[at + 1 :]
    if len(typed) == len(word) + 1:
        return typed[at + 1 :] == word[at:]
    if alone or len(typed) != len(word):
        return False
    swapped = typed[at + 1] + typed[at] + typed[at + 2 :]
    return typed[at + 1 :] == word[at + 1 :] or swapped == word[at:]
