"""Recognitions of a firm or body with their level, and whether they are the first, a further or a new one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from bot.match.facts.numbers import years_in
from bot.match.facts.profile_text import Clause
from bot.match.facts.reading import Reading, either, widened
from bot.match.facts.speech.newness import is_new_here, is_time_of_another
from bot.match.facts.words import Found, WordFinder
from bot.match.types import Fact
from index.text.levels_and_places import Places
from ingest.vocabulary.grants import grant_words
from ingest.vocabulary.levels import level_named, meant_by
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_facts import asker_fact_words
from ingest.vocabulary.matching.asker_speech import asker_speech

_NOT_HELD = re.compile(r"(?:目录|名单|培育库|后备|的专家|主任|副主任|院长|所长|负责人|毕业|评审)")
_NEW_FOR = 1  # a recognition of this year or the last counts as new


def is_a_post(text: str, end: int) -> bool:
    """国家技术创新中心主任 is a person, and no recognition of their firm."""
    return _NOT_HELD.match(text, end) is not None


def is_inside(text: str, start: int) -> bool:
    """入驻市级人力资源服务产业园: a place somebody is in, and no recognition of theirs."""
    return _INSIDE.search(text, 0, start) is not None


@lru_cache(maxsize=8)
def _recognitions(listed: frozenset[str] = frozenset()) -> WordFinder:
    printed = grant_words().conditions.recognitions
    said = asker_fact_words().recognition
    names = dict.fromkeys([*said, *printed, *sorted(listed)])
    decoys = asker_fact_words().decoys.get("recognition", ())
    return WordFinder({name: (*said.get(name, ()), *printed.get(name, ())) for name in names}, decoys=decoys)


@cache
def _times() -> WordFinder:
    return WordFinder(asker_speech().times, names_count=False)


@cache
def _levels() -> WordFinder:
    return WordFinder(asker_speech().levels, names_count=False)


_RUN = re.compile(
    r"(?<![a-z])(?:run|running|operate|open|opened|set up|setting up|build|have|with) (?:an? |our )?(?:[a-z-]+ )?$"
)
_INSIDE = re.compile(r"入驻了?[^，。、；]{0,4}$")  # 入驻市级人力资源服务产业园: a place to be in, at whatever level
_SET_UP = re.compile(r"(?:设立?|建立?|留|办|开|成立)[了着]?(?:一?[个家所座间])?$")  # 想设一个研发中心
_COUNTED = re.compile(r"\d\s?[家户个]\s?$")  # 新增12家高新技术企业: of those in a park
_COUNTED_BEHIND = re.compile(r"\s?\d+\s?[家户]")  # 新认定高新技术企业3家


def recognition_facts(reading: Reading, places: Places, listed: frozenset[str] = frozenset()) -> Iterator[Fact]:
    """The recognitions a profile tells of. ``listed``: names of them that records of the corpus print."""
    for clause in reading.clauses:
        if clause.asking or clause.of_others:
            continue
        text = reading.profile.text
        for found in _recognitions(listed).find(text, clause.start, clause.end):
            if _COUNTED.search(text, clause.start, found.start) or _COUNTED_BEHIND.match(text, found.end):
                continue
            if "重点企业目录" not in found.names and _NOT_HELD.match(text, found.end):
                continue
            if _is_the_asker(reading, found):
                continue
            if reading.is_of_others(found.start) or reading.is_nobodys("recognition", clause, found):
                continue
            yield from _facts(reading, clause, found, places)
    yield from _denied_in_short(reading)


@cache
def _mere_denial() -> re.Pattern[str]:
    """我们还不是, 我们没有, we are not: a clause that denies and does not say what."""
    speech = asker_speech()
    subject, denied, got = (either(words) for words in (speech.others.asker, speech.stance.denied, speech.others.got))
    return re.compile(rf"\W*\w{{0,3}}?\s?{subject}\w?\W?\w{{0,3}}?\s?{denied}\s?{got}?\W*")


def _denied_in_short(reading: Reading) -> Iterator[Fact]:
    """隔壁是高新技术企业，我们还不是: what others have and the asker does not."""
    text = reading.profile.text
    for clause in reading.clauses[1:]:
        if clause.asking or _mere_denial().fullmatch(text, clause.start, clause.end) is None:
            continue
        before = reading.clauses[clause.number - 1]
        for found in _recognitions().find(text, before.start, before.end):
            if before.of_others or reading.is_of_others(found.start):
                said = reading.profile.span(clause.start, clause.end)
                yield Fact("recognition", widened(found.names), denied=True, said=said)


def _is_the_asker(reading: Reading, found: Found) -> bool:
    """设立研发中心, 在孵化器里: a place to be or to build, not a recognition, unless a level stands by."""
    text = reading.profile.text
    if _INSIDE.search(text, max(0, found.start - _BEFORE), found.start):
        return True
    if "企业研发中心" in found.names and _SET_UP.search(text, max(0, found.start - _BEFORE), found.start):
        return True
    verbs = "进了|在|租在|外资"
    before = text[max(0, found.start - 3) : found.start]
    if "企业研发中心" in found.names and _RUN.search(text[max(0, found.start - 24) : found.start]):
        return True
    return re.search(f"(?:{verbs})了?$", before) is not None and not re.match(
        "认定|评", text[found.end : found.end + 2]
    )


def _facts(reading: Reading, clause: Clause, found: Found, places: Places) -> Iterator[Fact]:
    profile = reading.profile
    denied = profile.is_denied(clause, found.start, found.end)
    said = profile.span(found.start, found.end)
    yield Fact("recognition", widened(found.names), denied=denied, said=said)
    if denied:
        return
    for name in found.names:
        if level := _level(reading, clause, found, name, places):
            yield Fact("recognition.level", (level,), of=name, said=said)
        if times := _time(reading, clause, found):
            yield Fact("recognition.time", times, of=name, said=said)


def _level(reading: Reading, clause: Clause, found: Found, name: str, places: Places) -> str | None:
    """The level in front of a recognition, else right behind it or in brackets, else the only one it exists at."""
    text = reading.profile.text
    near = list(_levels().find(text, max(clause.start, found.start - 14), found.start))
    behind = list(_levels().find(text, found.end, min(clause.end, found.end + 8)))
    if not near and not behind and text[clause.end : clause.end + 1] in "（(":
        behind = [word for other in _behind(reading, clause) for word in _levels().find(text, other.start, other.end)]
    listed = near[-1:] or behind[:1]
    if listed:
        return _of_corpus(listed[0].names[0], places)
    return asker_speech().levels_by_nature.get(name)


_BEFORE = 8  # characters in front of a word in which a place or a verb stands
_LEVEL_BEFORE = 24  # characters in front of an award in which its level stands
_BETWEEN = ' 的“"《'  # between the two besides quotes: 市里的优秀护士, 自治区级“短调民歌”非遗传承人


def award_levels(reading: Reading, facts: Sequence[Fact], places: Places) -> Iterator[Fact]:
    """今年获评市级优秀护士: the level right in front of an award."""
    text = reading.profile.text
    for fact in facts:
        if fact.attribute != "award" or fact.denied or fact.said is None:
            continue
        near = list(_levels().find(text, max(0, fact.said.start - _LEVEL_BEFORE), fact.said.start))
        between = _inserted().sub("", text[near[-1].end : fact.said.start]) if near else ""
        if near and not between.strip(_BETWEEN):
            level = _of_corpus(near[-1].names[0], places)
            said = reading.profile.span(near[-1].start, fact.said.end)
            yield Fact("recognition.level", (level,), of=fact.words[0], about=fact.about, said=said)


@cache
def _inserted() -> re.Pattern[str]:
    return re.compile(asker_speech().names.inserted)


def _of_corpus(level: str, places: Places) -> str:
    said = level_named(level)
    return (meant_by(said, places.order) if said else None) or level


def _time(reading: Reading, clause: Clause, found: Found) -> tuple[str, ...]:
    """首次, 再次, 新认定 and so on from the words of the clause, and from the next one when it tells no other thing."""
    text = reading.profile.text
    times: list[str] = [name for f in _times_in(reading, clause, found.start) for name in f.names]
    year = _year(reading, clause, found)
    for follows in _behind(reading, clause):
        if not times or year is None:
            times += [name for f in _times_in(reading, follows) for name in f.names]
            years = years_in(text, follows.start, follows.end)
            year = year or (years[-1][0] if years else None)
        later = [told for told, _ in years_in(text, follows.start, follows.end)]
        again = [name for f in _times_in(reading, follows) for name in f.names]
        if year is not None and later and later[-1] > year and again:
            times, year = again, later[-1]  # 2022年首次，2025年再次: the latest counts
    before = _clause_before(reading, clause)
    if not times and before is not None:
        times += [name for f in _times_in(reading, before) for name in f.names]
    if not times and any(is_new_here(text, c, found, reading.as_of.year) for c in (clause, *_behind(reading, clause))):
        times.append("新认定")
    if year is not None and reading.as_of.year - year > _NEW_FOR:
        times = [name for name in times if name != "新认定"]
    if "首次" in times and (year is None or reading.as_of.year - year <= _NEW_FOR):
        times.append("新认定")
    if "再次" in times and ("首次" not in times or _tells_two_years(reading, clause)):
        times = [name for name in times if name not in ("首次", "新认定")]
    return tuple(dict.fromkeys(times))


def _times_in(reading: Reading, clause: Clause, name: int | None = None) -> Iterator[Found]:
    """The words of time in a clause, but those of something else: 今年新招10名本科. ``name``: where the recognition stands."""
    text = reading.profile.text
    for word in _times().find(text, clause.start, clause.end):
        if not is_time_of_another(text, word, clause.end, name) and not _is_besides(reading, clause, word):
            yield word


def _is_besides(reading: Reading, clause: Clause, time: Found) -> bool:
    """今年评上专精特新，又评上高企: 又 in front of another recognition than those before it says besides, and not again."""
    text = reading.profile.text
    if text[time.start : time.end] not in asker_speech().recognising.besides:
        return False
    before = {name for word in _recognitions().find(text, 0, time.start) for name in word.names}
    told = {name for word in _recognitions().find(text, time.end, clause.end) for name in word.names}
    return bool(before) and bool(told) and not before & told


def _tells_two_years(reading: Reading, clause: Clause) -> bool:
    """2022年首次、2025年再次 is a history; 首次又是第二次 of one year cannot be, and the checks say so."""
    clauses = reading.profile.sentence_clauses(clause)
    return len({year for year, _ in years_in(reading.profile.text, clauses[0].start, clauses[-1].end)}) > 1


def _year(reading: Reading, clause: Clause, found: Found) -> int | None:
    years = years_in(reading.profile.text, clause.start, clause.end)
    return years[-1][0] if years else None


def _behind(reading: Reading, clause: Clause) -> tuple[Clause, ...]:
    """The clause behind in the same sentence, in brackets two, as long as they name no recognition of their own."""
    text = reading.profile.text
    most = 2 if text[clause.end : clause.end + 1] in "（(" else 1
    found: list[Clause] = []
    for follows in reading.clauses[clause.number + 1 : clause.number + 1 + most]:
        own = [name for word in _recognitions().find(text, follows.start, follows.end) for name in word.names]
        again = set(own) <= {
            name for word in _recognitions().find(text, clause.start, clause.end) for name in word.names
        }
        if follows.sentence != clause.sentence or not again:
            break
        found.append(follows)
    return tuple(found)


def _clause_before(reading: Reading, clause: Clause) -> Clause | None:
    """The clause before in the same sentence when it holds nothing but a year and a time (2026年新认定为…)."""
    index = clause.number - 1
    if index < 0 or not clause.joined:
        return None
    before = reading.clauses[index]
    if before.sentence != clause.sentence:
        return None
    earlier = reading.clauses[index - 1] if index else None
    belongs = (
        earlier is not None
        and earlier.sentence == clause.sentence
        and _recognitions().stands_in(reading.profile.text, earlier.start, earlier.end)
    )
    return None if belongs else before


@cache
def _certificates() -> re.Pattern[str]:
    words = asker_speech().skills
    grades, ranks = any_of(words.grades), any_of(words.ranks)
    return re.compile(
        rf"(?P<grade>{grades})(?:{any_of(words.between)}|{any_of(words.trades)}\w?)*{any_of(words.certificates)}"
        rf"|(?<!{any_of(words.no_trades)})(?:{any_of(words.trades)}){any_of(words.certificates)}?\s?[（(]?(?P<rank>{ranks})级(?!{any_of(words.no_ranks)})"
    )


_TRADE = 10  # characters in front of a certificate that tell of what it is


def skill_facts(reading: Reading) -> Iterator[Fact]:
    """焊工高级证, 中级技能证书, 电工三级, 职业资格四级: a grade of skill, told by the name of its certificate."""
    words, text = asker_speech().skills, reading.profile.text
    for clause in reading.clauses:
        about = reading.about(clause, "skill_level")
        if clause.asking or about == "relative" or (about == "talent" and not reading.speaks_of_talent(clause)):
            continue
        for match in _certificates().finditer(text, clause.start, clause.end):
            before = text[max(clause.start, match.start() - _TRADE) : match.end()]
            if reading.is_of_others(match.start()) or re.search(any_of(words.titles), before):
                continue
            step = words.grades[match["grade"]] if match["grade"] else words.ranks[match["rank"]]
            said = reading.profile.span(match.start(), match.end())
            denied = reading.profile.is_denied(clause, match.start(), match.end())
            yield Fact("skill_level", (step,), about=about, denied=denied, said=said)
