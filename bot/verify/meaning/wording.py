"""Content words of a sentence that stand in nothing it rests on, in Chinese and in English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from bot.text.jieba_dictionary import joining_words, words_in
from bot.understand.grades import CLASS_LETTERS
from bot.verify.meaning.concepts import concepts_in, concepts_of_word, own_stems, stem, stems_of, words_of
from bot.verify.meaning.lexicon import Lexicon
from bot.verify.meaning.passages import Passage, Printed, bare
from bot.verify.meaning.types import Difference, Kind
from bot.verify.meaning.vocabulary import english_things, names_of_giver, pattern, words
from index.text.tokens import STOPWORDS
from ingest.facts.numerals import value_of
from ingest.types import Figure
from ingest.vocabulary.levels import levels

_HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
_CLASS = re.compile(
    rf"([{CLASS_LETTERS}])(?=(?:类?[、,，和及与/]\s*[{CLASS_LETTERS}])*\s*类)|(?:class|category|tier|grade|type)\s([a-z])\b"
    r"|\b([a-z])-class\b",
    re.IGNORECASE,
)
_NUMERAL = pattern("wording", "numeral")
_GRADE = pattern("wording", "grade")
_ORDINALS = "零一二三四五六七八九十"
_SPELT = pattern("wording", "spelt")
_MEASURED = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)([\u3400-\u9fff]{2})")
_AREAS = frozenset({"公顷", "平方", "公里", "公斤", "千克", "立方", "海里", "英里"})
_DIRECTIONS = "东西南北"
_COUNTED = pattern("wording", "counted")
_LATIN_NAME = re.compile(r"\b[A-Z][A-Za-z]+")
_VAGUE = pattern("wording", "vague")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_TITLE = re.compile(r"《([^《》]+)》")
_NUMBER_OF_DOCUMENT = re.compile(r"[\u3400-\u9fff]{1,2}[〔\[(（]\d{4}[〕\])）]\d+号")
_ARTICLE = pattern("wording", "article")

MOST_STRANGE = 1  # English words of a sentence that stand nowhere and may be of whoever retells


def foreign_words(
    said: str,
    figures: Sequence[Figure],
    printed: Printed,
    rests: Sequence[Passage],
    asked: str,
    lexicon: Lexicon | None,
) -> Iterator[Difference]:
    """Words, classes, numbers and titles of ``said`` that neither the clauses nor the question have."""
    scope = f"{printed.scope}\0{bare(asked)}"
    form = bare(said)
    everything = f"{scope}\0{bare(printed.english_scope)}"
    yield from (
        Difference(Kind.NUMERAL, found[0]) for found in _VAGUE.finditer(said) if bare(found[0]) not in everything
    )
    yield from (Difference(Kind.WORD, found) for found in _classes(said, everything))
    yield from (Difference(Kind.NUMERAL, found) for found in _numerals(form, scope))
    yield from (Difference(Kind.FIGURE, found) for found in _numbers(_without(said, figures), f"{everything}\0{asked}"))
    yield from (Difference(Kind.WORD, title) for title in _TITLE.findall(said) if bare(title) not in scope)
    yield from (
        Difference(Kind.WORD, found[0]) for found in _NUMBER_OF_DOCUMENT.finditer(form) if found[0] not in scope
    )
    yield from (Difference(Kind.WORD, found[0]) for found in _ARTICLE.finditer(said) if bare(found[0]) not in scope)
    levels_given = {f"{one.level}级" for one in printed.passages}
    yield from (
        Difference(Kind.WORD, found[0])
        for found in _GRADE.finditer(form)
        if found[0] not in scope and found[0] not in levels_given
    )
    yield from (Difference(Kind.NUMERAL, found) for found in _spelt(bare(_without(said, figures)), everything, asked))
    yield from (Difference(Kind.NUMERAL, found) for found in _measures(form, scope))
    yield from (
        Difference(Kind.WORD, word)
        for word in _chinese(bare(_without(said, figures)), scope)
        if word not in levels_given
    )
    if not _HAN_RUN.search(said):
        near = [
            bare(asked),
            *(part for one in rests for part in (one.bare, one.around)),
            *(one.around for one in printed.passages[:1]),
        ]
        edition = [
            asked,
            *(one.text for one in rests if one.english),
            *(source.english_title for source in printed.sources),
        ]
        yield from _things(said, "\0".join(near))
        yield from _english(said, "\0".join(near), "\n".join(edition), lexicon)


def _without(said: str, figures: Iterable[Figure]) -> str:
    for figure in figures:
        said = said[: figure.span.start] + "\0" * len(figure.span) + said[figure.span.end :]
    return said


def _classes(said: str, scope: str) -> Iterator[str]:
    for found in _CLASS.finditer(said):
        letter = (found[1] or found[2] or found[3]).lower()
        if not any(
            (other[1] or other[2] or other[3] or "").lower() == letter for other in _CLASS.finditer(scope)
        ) and not re.search(rf"(?<![a-z]){letter}(?=[-—、,，/类])|(?:class|category|tier|grade|type){letter}", scope):
            yield found[0]


def _numerals(form: str, scope: str) -> Iterator[str]:
    for found in _NUMERAL.finditer(form):
        words_ = form[found.start() : found.end() + 1]
        if words_ not in scope and f"第{words_}" not in scope:
            yield words_


def _spelt(form: str, scope: str, asked: str) -> Iterator[str]:
    """Numbers in characters that are no figure and no printed or asked number: 一百五十个 of 15 个."""
    known = {Decimal(number) for number in _NUMBER.findall(f"{scope} {asked}")}
    for found in _SPELT.finditer(form):
        value = value_of(found[0])
        if value is not None and value not in known and found[0] not in scope:
            yield found[0]


def _measures(form: str, scope: str) -> Iterator[str]:
    """A printed number with another measure behind it: 5600公顷 of 5600平方公里."""
    has_areas = any(area in scope for area in _AREAS)
    for found in _MEASURED.finditer(form):
        number, measure = found[1], found[2]
        if not has_areas and measure not in _AREAS:
            continue  # no expression is made for a number that cannot differ
        behind = re.findall(rf"(?<![\d.]){re.escape(number)}([\u3400-\u9fff]{{2}})", scope)
        if behind and measure not in behind and any(one in _AREAS for one in (measure, *behind)):
            yield found[0]


def _numbers(said: str, scope: str) -> Iterator[str]:
    known = set(_NUMBER.findall(scope))
    yield from (found for found in _NUMBER.findall(said) if found not in known and not _is_ordinal(found, scope))


def _is_ordinal(number: str, scope: str) -> bool:
    """Class 4 is 四类, Phase 2 二期."""
    return number.isdigit() and 0 < int(number) < len(_ORDINALS) and _ORDINALS[int(number)] in scope


def _chinese(form: str, scope: str) -> Iterator[str]:
    """Chinese words that are not printed; neither those of whoever retells nor givers, which are looked at elsewhere."""
    skipped = words().own | STOPWORDS | joining_words()
    givers = {word for level in levels() for word in names_of_giver(level)}
    known = concepts_in(scope)
    for run in _HAN_RUN.findall(form):
        for word in _joined(words_in(run)):
            if (
                len(word) > 1
                and not _COUNTED.fullmatch(word)
                and word not in skipped
                and word not in givers
                and not _is_printed(word, scope, known)
            ):
                yield word


def _joined(cut: Sequence[str]) -> Iterator[str]:
    """The words, and two lone characters side by side as one: 蒙东 is in no dictionary."""
    yield from cut
    for one, other in pairwise(cut):
        if (
            len(one) == len(other) == 1
            and other in _DIRECTIONS
            and one not in words().own | STOPWORDS | joining_words()
        ):
            yield one + other


def _is_printed(word: str, scope: str, known: frozenset[int]) -> bool:
    """Whether a word, one alike, or each part of a compound stands in ``scope``."""
    if word in scope or concepts_of_word(word) & known:
        return True
    own = words().own | STOPWORDS
    return any(
        all(part in scope or part in own or concepts_of_word(part) & known for part in (word[:at], word[at:]))
        for at in range(1, len(word))
        if len(word) > 2
    )


def _things(said: str, scope: str) -> Iterator[Difference]:
    for english, chinese in english_things():
        found = english.search(said)
        if found and not chinese.search(scope):
            yield Difference(Kind.WORD, found[0])


def _english(said: str, scope: str, english: str, lexicon: Lexicon | None) -> Iterator[Difference]:
    """English words that nothing printed stands for. One that no policy of the corpus has may be of whoever retells."""
    known = concepts_in(scope) | concepts_in(english)
    printed = frozenset(stems_of(english))
    found: list[str] = []
    for word in words_of(said):
        one = stem(word)
        if (
            len(word) < 2
            or one in own_stems()
            or one in printed
            or concepts_of_word(word) & known
            or word.lower() in scope
        ):
            continue
        if lexicon is not None and any(chinese in scope for chinese in lexicon.chinese_of(one)):
            continue
        found.append(word)
    loose = {word for word in found if word.islower()}
    is_one = len(loose) <= MOST_STRANGE
    yield from (Difference(Kind.WORDING if is_one and word in loose else Kind.WORD, word) for word in found)
