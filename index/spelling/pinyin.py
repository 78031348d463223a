"""How Chinese characters sound: pinyin without tones, and which sounds people of the south do not tell apart."""

from __future__ import annotations

import re
from functools import cache

# zh/z, ch/c, sh/s and n/l at the beginning of a syllable, ang/an, eng/en, ing/in at its end.
_LIKE_AT_FRONT = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n"))
_LIKE_AT_END = re.compile(r"(?<=[aei])ng$")


@cache
def readings(character: str) -> frozenset[str]:
    """Every syllable a character is read as, without its tone; none for what is no Chinese character."""
    # Imported here, because importing it reads its tables: half a second and 40 MB.
    from pypinyin import Style, pinyin

    syllables = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
    return frozenset(syllables[0]) if syllables else frozenset()


@cache
def _southern(character: str) -> frozenset[str]:
    return frozenset(_merged(syllable) for syllable in readings(character))


def sound_alike(character: str, syllable: str) -> bool:
    """True when a character may be read as a syllable, tones aside."""
    return syllable in readings(character)


def sound_nearly_alike(character: str, syllable: str) -> bool:
    """True also for what a southern accent makes alike: 城 (cheng) for ceng, 森 (sen) for sheng."""
    return _merged(syllable) in _southern(character)


def syllables_of(term: str) -> tuple[str, ...]:
    """A term as it is typed with a pinyin keyboard, a syllable a character: ("an", "jia", "bu", "tie"), ü as v."""
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin(term))


def breaks_between(syllables: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """True when no word of ``words`` begins inside a syllable: "anjia butie" does not, "anj iabutie" does."""
    ends = set(_ends(syllables))
    return all(end in ends for end in _ends(words))


def _ends(parts: tuple[str, ...]) -> list[int]:
    ends = [0]
    for part in parts:
        ends.append(ends[-1] + len(part))
    return ends


def _merged(syllable: str) -> str:
    for standard, southern in _LIKE_AT_FRONT:
        if syllable.startswith(standard):
            syllable = southern + syllable[len(standard) :]
            break
    return _LIKE_AT_END.sub("n", syllable)
