"""Cuts texts into the pieces of the bundled model, by the vocabulary in its packed file.

SentencePiece's unigram: replace characters, close up spaces, take the likeliest sequence of pieces (Viterbi). The same
pieces as the ``tokenizers`` library makes of that vocabulary, in a sixth of the memory and at once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.embedding.e5_file import Pieces

SPACE = "▁"  # stands for a space; every text begins with one
UNKNOWN_PENALTY = 10.0  # below the least likely piece, as in SentencePiece (unigram_model.cc, kUnkPenalty)
IMPOSSIBLE = -1e30  # log likelihood of a place no piece has reached


@dataclass(frozen=True, slots=True)
class Token:
    """A piece in a text."""

    number: int
    start: int  # first character of the text that it stands for


class PieceCutter:
    """The vocabulary, ready to cut. Safe to use from several threads."""

    def __init__(self, pieces: Pieces, special: Sequence[str]) -> None:
        """``special`` are written-out tokens such as ``</s>``, which stand for themselves wherever a text has them."""
        self.begin, self.end, self._unknown = pieces.bos, pieces.eos, pieces.unk
        self._replacements = pieces.replacements
        self._numbers = {text: number for number, text in enumerate(pieces.texts) if number != pieces.unk}
        self._scores = pieces.scores
        self._unknown_score = min(pieces.scores) - UNKNOWN_PENALTY
        self._longest: dict[str, int] = {}  # of the pieces that begin with a character
        for text in self._numbers:
            if len(text) > self._longest.get(text[:1], 0):
                self._longest[text[:1]] = len(text)
        self._special = re.compile("(" + "|".join(map(re.escape, special)) + ")")
        self._special_numbers = {token: self._numbers.get(token, pieces.unk) for token in special}

    def tokens(self, text: str) -> list[Token]:
        """The pieces of a text, without the marks of begin and end."""
        found: list[Token] = []
        at = 0
        for part in self._special.split(text):
            if part in self._special_numbers:
                found.append(Token(self._special_numbers[part], at))
            elif part:
                found += self._cut(part, at)
            at += len(part)
        return found

    def _cut(self, text: str, offset: int) -> list[Token]:
        plain, origins = self._normalised(text)
        ends = self._likeliest(plain)
        found: list[Token] = []
        at = len(plain)
        while at > 0:
            number, start = ends[at]
            token = Token(number, offset + origins[start])
            if number == self._unknown and found and found[-1].number == number:
                found[-1] = token  # neighbouring unknown characters are one piece, as the model learned it
            else:
                found.append(token)
            at = start
        found.reverse()
        return found

    def _normalised(self, text: str) -> tuple[str, list[int]]:
        """What is cut, and for each of its characters the one of ``text`` that it comes from."""
        characters: list[str] = []
        origins: list[int] = []
        for position, character in enumerate(text):
            for new in self._replacements.get(character, character):
                if new == " " and characters and characters[-1] == SPACE:
                    continue
                characters.append(SPACE if new == " " else new)
                origins.append(position)
        if characters and characters[0] != SPACE:
            characters.insert(0, SPACE)
            origins.insert(0, 0)
        return "".join(characters), origins

    def _likeliest(self, text: str) -> list[tuple[int, int]]:
        """For each place, the piece that ends there on the likeliest way to it, and where that piece starts."""
        numbers, scores = self._numbers, self._scores
        best = [0.0] + [IMPOSSIBLE] * len(text)
        ends = [(self._unknown, 0)] * (len(text) + 1)
        for start, character in enumerate(text):
            before = best[start]
            last = min(len(text), start + self._longest.get(character, 0))
            for end in range(start + 1, last + 1):
                number = numbers.get(text[start:end])
                if number is not None and before + scores[number] > best[end]:
                    best[end] = before + scores[number]
                    ends[end] = (number, start)
            if before + self._unknown_score > best[start + 1]:
                best[start + 1] = before + self._unknown_score
                ends[start + 1] = (self._unknown, start)
        return ends
