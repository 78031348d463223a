"""Mistyped words of a question read as the words of the corpus: 安家补帖 → 安家补贴, anjia butie, relocaton allowance.

Only a stretch that neither the corpus nor the dictionary knows is looked at, and only what one slip turns into a term
of the corpus or of the glossary: a character of the same sound or shape, one left out, doubled or moved, pinyin left
as it was typed, one letter of an English word. Figures, codes, negations, levels and names of places are never
touched, and where two terms would do, neither is taken.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.spelling.latin import EnglishTerms, PinyinTerms
from index.spelling.lookalikes import look_alike
from index.spelling.pinyin import sound_alike, sound_nearly_alike, syllables_of
from index.spelling.types import Change, Correction, Spelled, most_frequent, without_overlap
from index.text.tokens import WordSplitter

SHORTEST, LONGEST = 2, 8  # characters of a term
# Characters from which a term is told by all of them but one; below, the stretch must look broken besides.
SEVERAL = 4
# Occurrences among the sixty million words that jieba's dictionary counts. Set on laws and on laypeople's questions, where
# nothing is mistyped.
REAL_WORD = 30  # 高薪技术 (3) and 补铁 (3) are in the dictionary, but no words that people use; 公鸡 (217) is
RARE_ALONE = 3_000  # 帖 (1,530) hardly ever is a word by itself, 点 (24,685) is
GLUE = 50_000  # 再, 会, 从, 将: characters that hold sentences together and are no part of a short term
NEARLY_ALL = 5  # characters of a stretch that lacks one of a term
REMEMBERED = 256  # texts; a conversation reads its earlier turns with every new one
MOST_READINGS = 8  # of one text; two are enough for nearly all

_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
# What would make of a figure another one, of a yes a no, of one place or level another.
_NEVER_CHANGED = frozenset("〇零一二三四五六七八九十百千万亿两半几第元美吨亩度年月不非未无没免禁旗市县区省盟州镇乡村国")
_ENDS_OF_PLACES = frozenset("旗市县区省盟州镇乡村")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What may be meant and what is known. ``terms`` with the number of clauses that hold each."""

    terms: Mapping[str, int]
    known_pairs: Container[str]  # of neighbouring characters, in the corpus
    places: frozenset[str]
    english: tuple[str, ...]  # terms of one or more words, in lower case

    def is_place(self, word: str) -> bool:
        """True for a name of a place, and for what is built like one (某某旗)."""
        return word in self.places or (len(word) > 2 and word[-1] in _ENDS_OF_PLACES)


class Spelling:
    """Reads what was mistyped. Safe to use from several threads."""

    def __init__(self, vocabulary: Vocabulary, splitter: WordSplitter) -> None:
        self._vocabulary = vocabulary
        self._splitter = splitter
        terms = {
            term: count
            for term, count in vocabulary.terms.items()
            if SHORTEST <= len(term) <= LONGEST and _HAN_RUN.fullmatch(term) and not vocabulary.is_place(term)
        }
        self._terms = terms
        self._syllables = {term: syllables_of(term) for term in terms}
        self._without_one = _table(terms, lambda term: (term[:at] + term[at + 1 :] for at in range(len(term))))
        several = [term for term in terms if len(term) >= SEVERAL]
        self._of_characters = _table(several, lambda term: ["".join(sorted(term))])
        self._pinyin = PinyinTerms(terms, self._syllables)
        self._english = EnglishTerms(vocabulary.english)
        self.read = lru_cache(REMEMBERED)(self._read)

    def _read(self, text: str) -> Spelled:
        """``text`` (simplified Chinese, or English) with its mistyped words replaced.

        What a word is read as may show what the one beside it stands for, so the result is read again.
        """
        corrections: list[Correction] = []
        for _ in range(MOST_READINGS):
            spelled = self._read_once(text)
            if not spelled.corrections:
                break
            text = spelled.text
            corrections += spelled.corrections
        return Spelled(text, tuple(corrections))

    def _read_once(self, text: str) -> Spelled:
        changes = [change for run in _HAN_RUN.finditer(text) for change in self._in_han(run)]
        changes += self._pinyin.changes(text)
        changes = without_overlap([*changes, *self._english.changes(text)])
        parts: list[str] = []
        at = 0
        for change in changes:
            parts += [text[at : change.start], change.term]
            at = change.end
        corrections = tuple(Correction(text[change.start : change.end], change.term) for change in changes)
        return Spelled("".join((*parts, text[at:])), corrections)

    def _in_han(self, run: re.Match[str]) -> list[Change]:
        han = run[0]
        words = self._splitter.cut(han)
        stretches = [*self._stretches(words, SHORTEST, SEVERAL - 1)]
        stretches += self._stretches([part for word in words for part in self._real(word)], SEVERAL, LONGEST + 1)
        return without_overlap(
            Change(run.start() + start, run.start() + start + sum(map(len, stretch)), term)
            for start, stretch in stretches
            if (term := self._meant(stretch)) and (len(term) > SHORTEST or self._fits(han, start, term))
        )

    def _fits(self, han: str, start: int, term: str) -> bool:
        """Whether a term of two characters goes with what stands before or after it in the corpus too, or opens a run."""
        known = self._vocabulary.known_pairs
        after = start + len(term)
        return not start or han[start - 1] + term[0] in known or term[-1] + han[after : after + 1] in known

    def _real(self, word: str) -> Sequence[str]:
        """A word; its pieces when it is in the dictionary but hardly a word, and the corpus does not know it."""
        known = self._vocabulary.known_pairs
        strange = any(word[at : at + 2] not in known for at in range(len(word) - 1))
        if not strange or self._splitter.frequency(word) >= REAL_WORD:
            return [word]
        pieces: list[str] = []
        while word:
            length = 2 if self._splitter.frequency(word[:2]) >= REAL_WORD else 1
            pieces.append(word[:length])
            word = word[length:]
        return pieces

    def _stretches(self, words: Sequence[str], shortest: int, longest: int) -> Iterator[tuple[int, Sequence[str]]]:
        """Neighbouring words, and where they begin, that have a seam between them that the corpus does not know.

        高新技企业 has none (科技企业, 新技术), but is all of a long term but one character.
        """
        known = self._vocabulary.known_pairs
        odd = [words[at - 1][-1] + words[at][0] not in known for at in range(1, len(words))]
        start = 0
        for first, word in enumerate(words):
            length = len(word)
            for last in range(first + 2, len(words) + 1):
                length += len(words[last - 1])
                if length > longest:
                    break
                stretch = words[first:last]
                if length >= shortest and (
                    any(odd[first : last - 1]) or (length >= NEARLY_ALL and "".join(stretch) in self._without_one)
                ):
                    yield start, stretch
            start += len(word)

    def _meant(self, words: Sequence[str]) -> str | None:
        """The term that a stretch stands for; None when there is none, or more than one."""
        typed = "".join(words)
        if typed in self._terms or self._splitter.frequency(typed):
            return None
        candidates = {*self._another_character(typed, words), *self._a_character_astray(typed, words)}
        return most_frequent({term: self._terms[term] for term in candidates})

    def _another_character(self, typed: str, words: Sequence[str]) -> Iterator[str]:
        """Terms with one other character in the same place, of the same sound or shape."""
        for at, one in enumerate(typed):
            before, after = typed[:at], typed[at + 1 :]
            for term in self._without_one.get(before + after, ()):
                same_place = len(term) == len(typed) and term.startswith(before) and term.endswith(after)
                if same_place and self._confused(one, term, at, words):
                    yield term

    def _confused(self, one: str, term: str, at: int, words: Sequence[str]) -> bool:
        if one in _NEVER_CHANGED or term[at] in _NEVER_CHANGED or not self._looks_broken(one, words):
            return False
        syllable = self._syllables[term][at]
        alike = sound_alike(one, syllable) or look_alike(one, term[at])
        if not alike and one in words and len(term) >= SEVERAL:
            alike = sound_nearly_alike(one, syllable)
        return alike and not self._in_place(words, at) and not self._in_place(self._splitter.cut(term), at)

    def _in_place(self, words: Sequence[str], at: int) -> bool:
        """Whether the character ``at`` is of a name of a place."""
        for word in words:
            if at < len(word):
                return len(word) > 1 and self._vocabulary.is_place(word)
            at -= len(word)
        return False

    def _looks_broken(self, one: str, words: Sequence[str]) -> bool:
        """Whether a stretch with ``one`` in it is no plain words of a sentence: the shorter, the more has to speak for it."""
        loose = [word for word in words if len(word) == 1]
        length = sum(map(len, words))
        if length >= SEVERAL:
            return bool(loose) or length > SEVERAL  # 调节机制 is meant as it stands, 高薪技术企业 is not
        if len(loose) == len(words) == SHORTEST:
            rare = self._splitter.frequency(one) < RARE_ALONE
            return rare and all(self._splitter.frequency(word) < GLUE for word in loose)
        return bool(loose) and (one not in loose or self._splitter.frequency(one) < GLUE)

    def _a_character_astray(self, typed: str, words: Sequence[str]) -> Iterator[str]:
        """Terms of which ``typed`` left a character out, doubled or moved one, all of them inside the term."""
        loose = sum(len(word) == 1 for word in words)
        if len(typed) < SEVERAL or not loose:
            return
        for term in self._without_one.get(typed, ()):
            if len(term) > len(typed):
                at = next(place for place in range(len(term)) if term[:place] + term[place + 1 :] == typed)
                if 0 < at < len(term) - 1 and term[at] not in _NEVER_CHANGED:
                    yield term
        for at in range(2, len(typed) - 1):
            once = typed[:at] + typed[at + 1 :]
            if typed[at] == typed[at - 1] and typed[at] not in _NEVER_CHANGED and once in self._terms:
                yield once
        if loose > 1:
            yield from (t for t in self._of_characters.get("".join(sorted(typed)), ()) if _one_moved(typed, t))


def _one_moved(typed: str, term: str) -> bool:
    """True when one character taken out of ``typed`` and put in elsewhere makes ``term``."""
    different = [at for at in range(len(term)) if typed[at] != term[at]]
    if not different or _NEVER_CHANGED & {typed[at] for at in different}:
        return False
    one, other = typed[different[0] : different[-1] + 1], term[different[0] : different[-1] + 1]
    return one[1:] + one[0] == other or one[-1] + one[:-1] == other


def _table(terms: Iterable[str], keys_of: Callable[[str], Iterable[str]]) -> Mapping[str, list[str]]:
    table: defaultdict[str, list[str]] = defaultdict(list)
    for term in terms:
        for key in dict.fromkeys(keys_of(term)):
            table[key].append(term)
    return dict(table)
