"""Whose a title is that a profile speaks of: a parent company's, a teacher's, another country's are not the asker's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from bot.match.facts.words import Found, either
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech
from ingest.vocabulary.matching.title_holders import title_holder_words

_BEFORE = 16  # characters in front of a title in which a country stands
_ROLE = 12  # characters between a project and the person of it


@dataclass(frozen=True, slots=True)
class TitleHolders:
    """Where a profile tells of a parent company, and of whom somebody studied under or supplies."""

    parents: tuple[tuple[int, int], ...]
    relations: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str, sentences: Iterable[tuple[int, int]]) -> TitleHolders:
        """Those that stand in the sentences of a text."""
        spans = tuple(sentences)
        parents = tuple(found for span in spans for found in of_parents(text, *span))
        return cls(parents, tuple(found for span in spans for found in of_relations(text, *span)))

    def has(self, start: int, end: int) -> bool:
        """Whether what stands there is told of one of them."""
        return any(first < end and start < last for first, last in (*self.parents, *self.relations))

    def is_parents(self, place: int) -> bool:
        """Whether what stands at ``place`` is a parent's: its revenue, its staff."""
        return any(start <= place < end for start, end in self.parents)


def of_parents(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """From where a parent company is the subject of a sentence to where the asker is named again.

    母公司是小巨人，我们还不是; 总公司 is one only where the asker says that it is a subsidiary.
    """
    words = title_holder_words().parent
    named = (*words.named, *words.groups) if _subsidiary().search(text) else words.named
    for match in re.finditer(either(named), text[first:last]):
        start, end = first + match.start(), first + match.end()
        barred = re.search(rf"(?:{either(words.barred)}\s?|{any_of(words.ours)}的?)$", text[first:start])
        bearing = re.match(any_of(words.bearing), text[end:last])
        if bearing is None and (barred is None or (match[0] in words.named and _is_ours(text[first:start]))):
            own = re.search(either(words.own), text[end:last])
            yield start, end + own.start() if own else last


def _is_ours(before: str) -> bool:
    """我们母公司 is the parent, though 我们集团 is the asker."""
    return re.search(rf"{any_of(title_holder_words().parent.ours)}的?$", before) is not None


def of_relations(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Where a title stands of which somebody else is told than who has it: 首席科学家的学生, 小巨人企业的子公司, 师从院士."""
    for match in _related().finditer(text, first, last):
        titled = match.end("titled") if match["titled"] else match.start()
        cut = [found.end() for found in _cuts().finditer(text, match.start(), titled)]
        yield max(cut, default=match.start()), match.end()
    for match in _taught().finditer(text, first, last):
        yield match.span()


def title_abroad(text: str, first: int, start: int, end: int) -> tuple[int, int] | None:
    """Where a title of another country stands whose name ends in one of ours: 日本工程院院士, 英国皇家学会会员; else None."""
    near = max(first, start - _BEFORE)
    body = text[start:end].endswith((*title_holder_words().abroad.academicians, "academician"))
    match = (_academy() if body else _country()).search(text[near:start])
    if match is not None:
        return near + match.start(), end
    behind = _country_behind().match(text, end) if text[start:end].isascii() else None
    return None if behind is None else (start, behind.end())


def is_another_title(text: str, first: int, award: Found) -> bool:
    """日本工程院院士, 校级教学名师, 省杰青: of the same name, and not the one that is meant."""
    abroad = title_abroad(text, first, award.start, award.end) is not None
    return abroad or is_inside_a_body(text, first, award.start) or is_of_a_lower_level(text, first, award)


def is_candidate(title: str) -> bool:
    """院士增选有效候选人: who is up for a title does not hold it, though catalogues list them."""
    return title.endswith(title_holder_words().inside.candidates)


def is_of_a_lower_level(text: str, first: int, award: Found) -> bool:
    """省杰青 is no 国家杰青: a level in front of an award that is said without its own."""
    words, said = title_holder_words().inside, text[award.start : award.end]
    for above, below in words.below.items():
        own = above.split("|")
        if award.names[0].startswith(tuple(own)) and not said.startswith(tuple(own)):
            return (
                re.search(rf"{any_of(below)}级?[的“]?$", text[max(first, award.start - _BEFORE) : award.start])
                is not None
            )
    return False


def is_inside_a_body(text: str, first: int, start: int) -> bool:
    """校级教学名师, 公司技术能手: an honour that a body gives its own people."""
    return _inside().search(text[max(first, start - _BEFORE) : start]) is not None


def is_title_abroad(title: str) -> bool:
    """Whether a title, in the asker's own words, is one of another country."""
    return _country_first().match(title) is not None


def titles_known() -> Iterator[str]:
    """The titles of other countries that a link can carry."""
    words = title_holder_words().abroad
    for country in (*asker_speech().places.countries, *words.regions):
        yield from (f"{country}{body}" for body in words.bodies)


def is_listed_abroad(title: str, printed: str) -> bool:
    """Whether a catalogue may list such a title: 日本工程院院士 where it prints 日本国家最高学术权威机构院士."""
    words = title_holder_words().abroad
    if not title.endswith(words.academicians) or not any(name in printed for name in words.listed_as):
        return False
    named = re.match(words.named_in, printed)
    return named is None or title.startswith(named["country"])


def is_of_a_person(text: str, end: int, until: int) -> bool:
    """国家重点研发计划课题负责人: behind the name of a project it is one of its people who is told of."""
    return _people().match(text, end, min(until, end + _ROLE)) is not None


def is_taken_part_in(clause: str, follows: str) -> bool:
    """参与了国家重点研发计划, 作为子任务单位: whoever takes part, or has a part of it, does not undertake it."""
    words = title_holder_words().project
    if re.search(any_of(words.parts), f"{clause}，{follows}"):
        return True
    return re.search(any_of(words.takes_part), clause) is not None and not re.search(any_of(words.leads), clause)


# ── Patterns ───────────────────────────────────────────────────────────────────────────────────


@cache
def _subsidiary() -> re.Pattern[str]:
    return re.compile("|".join(title_holder_words().parent.subsidiary))


@cache
def _related() -> re.Pattern[str]:
    words = title_holder_words().relation
    chinese = (
        rf"(?P<titled>[^，。；、！？,;\n]{{2,40}}?){any_of(words.link)}{any_of(words.between)}*{any_of(words.others)}"
    )
    return re.compile(rf"{chinese}|{either(words.english)}s? (?:of|to)\s[^,.;\n]{{2,80}}")


@cache
def _cuts() -> re.Pattern[str]:
    return re.compile(any_of(title_holder_words().relation.cuts))


@cache
def _taught() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(title_holder_words().relation.teacher)})[^，。；！？,;\n]*")


@cache
def _countries() -> str:
    return any_of((*asker_speech().places.countries, *title_holder_words().abroad.regions))


@cache
def _in_english() -> str:
    return either(name for names in asker_speech().places.countries.values() for name in names if name.isascii())


@cache
def _country() -> re.Pattern[str]:
    return re.compile(rf"{_countries()}{any_of(title_holder_words().abroad.between)}*$")


@cache
def _academy() -> re.Pattern[str]:
    words = title_holder_words().abroad
    return re.compile(
        rf"{_countries()}{any_of(words.between)}*(?:{words.academy})?$|{_in_english()}\s[a-z ]{{0,{_BEFORE}}}$"
    )


@cache
def _country_behind() -> re.Pattern[str]:
    return re.compile(rf"[a-z ]{{0,40}}of (?:the )?{_in_english()}")


@cache
def _country_first() -> re.Pattern[str]:
    return re.compile(f"{_countries()}|{_in_english()}")


@cache
def _inside() -> re.Pattern[str]:
    return re.compile(rf"{any_of(title_holder_words().inside.levels)}[的评]?[“\"]?$")


@cache
def _people() -> re.Pattern[str]:
    words = title_holder_words().project
    return re.compile(rf"(?:{any_of(words.part)}|\s)*{any_of(words.people)}(?!{any_of(words.body)})")
