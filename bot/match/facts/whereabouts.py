"""Where the asker is and where they or their people come from, by the places of the corpus and the names of the country's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.match.facts.places import (
    KnownPlaces,
    household,
    last_sign,
    level_signs,
    origin_words,
    outside_facts,
    own_seats,
    with_areas,
)
from bot.match.facts.profile_text import Clause
from bot.match.facts.reading import Reading, finder, widened
from bot.match.facts.speech.outposts import is_outpost, outpost_facts
from bot.match.facts.speech.studies import study_words
from bot.match.facts.words import WordFinder, finder_of
from bot.match.types import Fact
from bot.text.jieba_dictionary import places_in
from ingest.vocabulary.levels import level_names, levels
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech
from ingest.vocabulary.places import place_names, places_by_latin_name

_HERE = r"(?:注册|登记|上班|工作|落户|开|租|买|做|干|经营|设|建|办|一家|的|本地|有|企业|公司|民|国|属|人民|新|高|储|做|氢|羊|煤|光|$)"
_LEAD = 3  # characters that stand before a relative who is the subject: 我家的
_IN = re.compile(r"(?:在|到|来|回|于|位于|设在|落在|搬到|迁到|落户|(?<![a-z])(?:in|at|to))\s?$")
_CAME = re.compile(r"[^，。]{0,10}(?:过来|来的|调来|调过来|迁来|搬来|搬到|迁到|引进来)")  # 西安交大附属医院过来的
_OWNED = re.compile(r"[\s-](?:owned|invested|controlled|funded)")
_HOUSEHOLD = re.compile(r"户口|户籍|籍|生源")


@cache
def _beside() -> Mapping[str, re.Pattern[str]]:
    words = asker_speech().places
    return {
        "from_before": re.compile(rf"(?:{_either(words.from_before)})\s?$"),
        "from_behind": re.compile(
            rf"{level_signs()}?(?:那边|本地)?(?:{_either(words.from_behind)})(?!民|才|员|力|工|社)"
        ),
        "dealing": re.compile(rf"(?:{_either(words.dealing_before)})\s?$"),
        "branches": re.compile(rf"[的\s]?(?:{_either(words.branches)})"),
        "at_home": re.compile(_either(words.at_home)),
        "firm_there": re.compile(_either(words.firm_there)),
        "works_there": re.compile(_either(words.works_there)),
        "papers": re.compile(_either(words.papers)),
        "itself": re.compile(_either(words.itself)),
        "not_yet": re.compile(_either(words.not_yet)),
        "unsettled": re.compile(_either((*words.unsettled, *words.unfounded))),
        "not_here": re.compile(rf"(?:{_either(words.not_here)})\s?$"),
        "not_coming": re.compile(words.not_coming),
        "works": re.compile(_either(words.works)),
        "ours": re.compile(rf"(?:{_either(words.ours)})\s?$"),
        "school": re.compile(rf"[^，。、的在读上]{{0,8}}?{any_of(words.schools)}"),
        "coming": re.compile(any_of(words.coming)),
        "school_before": re.compile(rf"{any_of(words.school_of)}[a-z ]*\s?$"),
        "study": re.compile(rf"(?:的?[^，。、]{{0,6}})?(?:{_either(words.study_behind)})"),
    }


def _either(words: Sequence[str]) -> str:
    return "|".join(rf"(?<![a-z]){re.escape(word)}" if word.isascii() else re.escape(word) for word in words)


@dataclass(frozen=True, slots=True)
class _Said:
    """A place said: its chain, whether the corpus knows it, and what the words beside it say."""

    chain: tuple[str, ...]
    known: bool
    start: int
    end: int
    clause: Clause
    role: str  # "here", "from", "dealing", "study", "school", "outpost"
    stance: str  # "is", "planned", "denied"


def _ahead(reading: Reading, said: Sequence[_Said], here: _Said | None) -> _Said | None:
    """Where somebody plans to be; of who is in the region already only a known place that lies elsewhere in it."""
    ahead = _here(reading, [place for place in said if place.stance == "planned"])
    if here is None or not here.known or ahead is None:
        return ahead
    return ahead if ahead.known and not set(ahead.chain) <= set(here.chain) else None


def place_facts(reading: Reading, places: KnownPlaces) -> Iterator[Fact]:
    """Facts on place, origin and household."""
    said = list(_places_said(reading, places))
    here = _here(reading, [place for place in said if place.stance == "is"])
    ahead = _ahead(reading, said, here)
    stays = here is not None and here.known  # in the region already
    if here is None and reading.is_person and all(place.role not in ("study", "school") for place in said):
        here = next((place for place in said if place.known and _lives_there(reading, place)), None)
    if here is not None and ahead is None and _is_only_sought(reading, here, said):
        here, ahead = None, here
    for seat in () if here is None else (here, *own_seats(reading, said, here)):
        yield Fact("place", with_areas(seat.chain), said=reading.profile.span(seat.start, seat.end))
    if ahead is not None:
        yield Fact("place", with_areas(ahead.chain), planned=True, said=reading.profile.span(ahead.start, ahead.end))
    for place in (place for place in said if place.stance == "denied" and place.role != "from"):
        yield Fact("place", place.chain, denied=True, said=reading.profile.span(place.start, place.end))
    here = ahead if ahead is not None and not stays and (here is None or ahead.known) else here
    yield from household(reading, places, [(place.chain, place.start, place.end) for place in said if place.known])
    origins = [place for place in said if place.role == "from"]
    if here is not None:
        # 我是湖北三甲医院的…，被伊旗人民医院引进: a person named with another place came from there
        origins += [p for p in said if p.role == "here" and not p.known and here.known and p.start < here.start]
    if not origins and here is not None and reading.is_person:
        origins = [place for place in said if place.role == "study" and not place.known]
    for place in origins:
        if words := origin_words(place.chain, place.known, places):
            about = "asker" if reading.is_person or not reading.speaks_of_talent(place.clause) else "talent"
            yield Fact("origin", words, about=about, said=reading.profile.span(place.start, place.end))
            if place.role != "study":  # 在国外读书 makes nobody a foreigner
                yield from _foreign(reading, place, place.chain[0])
    yield from outside_facts(reading, places)
    signs = tuple(last_sign(full) for full in places.region)
    for place in (place for place in said if place.role == "outpost" and not place.known):
        yield from outpost_facts(reading, place.start, place.end, place.clause.end, signs)


def _is_only_sought(reading: Reading, here: _Said, said: Sequence[_Said]) -> bool:
    """家在外市，公司在本县: a person at home elsewhere, of whom nothing says that they work where the firm is."""
    if not reading.is_person or reading.is_organisation or not here.known:
        return False
    at_home = _beside()["at_home"]
    home = (p for p in said if not p.known and at_home.search(reading.profile.of(p.clause)))
    sentence = "".join(reading.profile.of(clause) for clause in reading.profile.sentence_clauses(here.clause))
    told = _beside()["firm_there"].search(reading.profile.of(here.clause)) is not None
    return told and next(home, None) is not None and _beside()["works_there"].search(sentence) is None


def _lives_there(reading: Reading, place: _Said) -> bool:
    return _HOUSEHOLD.match(reading.profile.text, place.end) is not None


def _foreign(reading: Reading, place: _Said, name: str) -> Iterator[Fact]:
    """A person of another country is a foreigner, a firm of one is foreign-invested."""
    words = asker_speech().places
    said = reading.profile.span(place.start, place.end)
    outside = name in words.not_mainland
    if name not in words.countries and not outside:
        return
    is_owned = _OWNED.match(reading.profile.text, place.end) is not None  # japanese-owned: a firm in any case
    if reading.is_organisation and reading.speaks_of_talent(place.clause) and not is_owned:  # 总监是法国人
        if not outside and _says_nation(reading.profile.text, place):
            yield Fact("status", (words.foreigner,), about="talent", said=said, because=name)
        return
    if reading.is_person and not reading.is_organisation and not is_owned:
        if not outside and _says_nation(reading.profile.text, place):  # 从国外来 alone makes nobody a foreigner
            yield Fact("status", (words.foreigner,), said=said, because=name)
    elif place.clause.sentence == reading.clauses[0].sentence or is_owned:
        yield Fact(
            "ownership", widened((words.firm_of_region if outside else words.foreign_firm,)), said=said, because=name
        )


_NATION = re.compile(r"[a-z ]*(?:[eai]an|ese|ish|iss|eli|ati|thai|dutch|french|german)")


def _says_nation(text: str, place: _Said) -> bool:
    """新加坡人, 德国籍, Malaysian."""
    return (
        _NATION.fullmatch(text, place.start, place.end) is not None
        or re.match("[人籍]|国籍", text[place.end :]) is not None
    )


def _here(reading: Reading, said: Sequence[_Said]) -> _Said | None:
    """Where the asker is: a known place that is no origin, the narrowest of the first clauses, else another place."""
    candidates = [place for place in said if place.role == "here"]
    known = [place for place in candidates if place.known]
    elsewhere = [place for place in candidates if not place.known]
    if known and elsewhere and reading.is_organisation and elsewhere[0].start < known[0].start:
        # 呼和浩特的一所高校 stays there whoever it deals with; a firm that comes here is here
        comes = re.search(
            "迁|搬|落户|投资|建|设|注册|来|move|relocat|build|invest|set up|plan", reading.profile.of(known[0].clause)
        )
        if not comes:
            return elsewhere[0]
        known = [place for place in known if place.clause == known[0].clause]
    if known:
        return max(known, key=lambda place: (len(place.chain), -place.start))
    if reading.is_organisation and candidates:
        return candidates[0]
    return next((p for p in candidates if _IN.search(reading.profile.text[max(0, p.start - 4) : p.start])), None)


def _places_said(reading: Reading, places: KnownPlaces) -> Iterator[_Said]:
    text = reading.profile.text
    for clause in reading.clauses:
        if clause.of_others or _is_of_a_relative(reading, clause):
            continue
        taken: list[tuple[int, int]] = []
        for found in places.finder.find(text, clause.start, clause.end):
            if _is_rank(text, found.start, found.end) or reading.is_of_others(found.start):
                continue
            taken.append((found.start, found.end))
            name = text[found.start : found.end]
            chain = places.chain(name)
            known = bool(set(chain) & set(places.region))
            role = _role(text, found.start, found.end, clause, reading)
            stance = _stance(text, found.start, clause, reading)
            yield _Said(chain, known, found.start, found.end, clause, role, stance)
        yield from _elsewhere(reading, clause, taken)


def _is_of_a_relative(reading: Reading, clause: Clause) -> bool:
    """先生是外地人: where a relative is or comes from; not 带着老婆从外省来, where the asker is with them."""
    first = next(finder("relation").find(reading.profile.text, clause.start, clause.end), None)
    lead = reading.profile.text[clause.start : first.start].strip() if first is not None else ""
    together = any(word in lead for word in asker_speech().others.beside if not word.isascii())
    hired = re.search(
        any_of(asker_speech().asker.bring), reading.profile.of(clause)
    )  # the family is where one is hired
    return bool(reading.relatives_in(clause)) and len(lead) <= _LEAD and not together and hired is None


def _stance(text: str, start: int, clause: Clause, reading: Reading) -> str:
    """Whether the asker is at a place, plans to be (打算搬到, 还没在…注册), or says not to be there (不在…)."""
    words = _beside()
    if words["not_coming"].search(text, clause.start, start):
        return "denied"
    not_yet = (words["not_yet"].search(part) for part in (text[clause.start : start], text[start : clause.end]))
    if any(not_yet) or _unsettled(reading, clause):
        return "planned"
    if words["not_here"].search(text[clause.start : start]):
        return "denied"
    planned = reading.plans(clause, start) and not words["ours"].search(text[clause.start : start])
    return "planned" if planned else "is"


def _unsettled(reading: Reading, clause: Clause) -> bool:
    """我们是…的公司，还没注册，正在考察…: a clause of the sentence says that the firm is yet to be set up or to come."""
    return any(_beside()["unsettled"].search(reading.profile.of(c)) for c in reading.profile.sentence_clauses(clause))


def _is_rank(text: str, start: int, end: int) -> bool:
    """自治区级, 自治区重点实验室, 市里给多少 name a level that recognises or gives, and no place of the asker."""
    said = text[start:end]
    return re.match("级", text[end:]) is not None or (
        said in _words_of_levels()
        and re.match(_HERE, text[end:]) is None
        and _IN.search(text[max(0, start - 4) : start]) is None
    )


@cache
def _words_of_levels() -> frozenset[str]:
    inside = {f"{level.said_of}{end}" for level in levels() if level.said_of for end in "里"}
    return frozenset({*inside, *level_names()})


@cache
def _latin_places() -> Mapping[str, re.Pattern[str]]:
    return {name: re.compile(rf"(?<![a-z]){re.escape(name)}(?![a-z])") for name in places_by_latin_name()}


def _elsewhere(reading: Reading, clause: Clause, taken: Sequence[tuple[int, int]]) -> Iterator[_Said]:
    """Places that the corpus does not know: provinces, cities, counties, countries."""
    text = reading.profile.text
    part = text[clause.start : clause.end]
    words = asker_speech().places
    barred = (*words.outside, *words.outside_province, *words.abroad, *words.no_places)
    named = [part[found.start : found.end] for finder in (_listed(), _countries()) for found in finder.find(part)]
    found = [name for name in places_in(part) if not any(name != other and name in other for other in named)]
    listed = [name for name in (*named, *found) if name not in barred]
    in_latin = re.search("[a-z]{3}", part) is not None
    latin = [name for name, pattern in _latin_places().items() if in_latin and pattern.search(part)]
    for name in dict.fromkeys([*listed, *latin]):
        start = clause.start + part.index(name)
        end = start + len(name)
        if any(first < end and start < last for first, last in taken) or reading.is_of_others(start):
            continue
        country = next((found.names[0] for found in _countries().find(name)), name)
        place = places_by_latin_name().get(name, country)
        role = _role(text, start, end, clause, reading)
        yield _Said((place,), False, start, end, clause, role, _stance(text, start, clause, reading))


@cache
def _listed() -> WordFinder:
    """Provinces and cities, also inside longer words (西安交大)."""
    words = asker_speech().places
    provinces = [name for listed in place_names().provinces.values() for name in listed]
    cities = [name for listed in words.cities.values() for name in listed]
    return finder_of(dict.fromkeys((*provinces, *cities, *place_names().cities.words)))


@cache
def _countries() -> WordFinder:
    return WordFinder(asker_speech().places.countries)


def _names_a_school(before: str, behind: str, reading: Reading) -> bool:
    """某地师范大学毕业 says where somebody studied, and not where they come from."""
    beside = _beside()
    named = beside["school"].match(behind) or beside["school_before"].search(before)
    barred = reading.is_organisation or _CAME.match(behind) or study_words().no_school.search(behind)
    return named is not None and not barred


def _is_back_home(before: str, behind: str) -> bool:
    """回某地老家开了个烤串店: where somebody comes from, and is again."""
    words = asker_speech().places
    named = before.endswith(words.back_home) or words.back_home in behind[: len(words.back_home) + 1]
    return (
        named
        and re.search(words.back_home_before, before) is not None
        and re.match(words.back_home_behind, behind) is not None
    )


def _role(text: str, start: int, end: int, clause: Clause, reading: Reading) -> str:
    before, behind = text[max(clause.start, start - 12) : start], text[end : clause.end]
    beside = _beside()
    if _HOUSEHOLD.match(behind):
        return "from"
    if _is_back_home(before, behind):
        return "here"
    if is_outpost(reading, end, clause.end):
        return "outpost"
    if _names_a_school(before, behind, reading):
        return "study" if beside["coming"].search(text) else "school"
    if beside["study"].match(behind):
        return "study"
    branches = beside["branches"].match(behind) and not beside["itself"].search(text[clause.start : start])
    if branches or beside["papers"].match(behind):
        return "dealing"
    if re.search(r"(?:卖|销|运|发|送|出口|许可|转让|入股)[^，。]{0,2}[到往给]\s?$", before):
        return "dealing"
    if beside["from_before"].search(before) or beside["from_behind"].match(behind) or _CAME.match(behind):
        return "from"
    works = reading.is_person and beside["works"].search(behind) is not None
    if beside["dealing"].search(before) and not (works or _IN.search(before) or reading.signs_with(clause, end)):
        return "dealing"
    if clause.planned_from is not None and clause.planned_from < start and re.search(r"跑|往|销|卖|出口", before):
        return "dealing"
    if _countries().stands_in(text, start, end) and not re.search(r"(?:在|in)\s?$", before):
        return "from" if reading.is_person or clause.sentence == reading.clauses[0].sentence else "dealing"
    return "here"
