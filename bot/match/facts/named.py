"""Facts in words: industry, ownership, size, events, awards, jobs, status, schools, plans, exclusions, arrival."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache

from bot.match.facts.person import is_former
from bot.match.facts.profile_text import Clause
from bot.match.facts.reading import UNDER_WAY, About, Reading, finder, widened, worded
from bot.match.facts.speech.activities import serves_only
from bot.match.facts.speech.events import event_facts, is_lasting
from bot.match.facts.speech.interns import takes_interns
from bot.match.facts.speech.relatives import is_hired
from bot.match.facts.speech.studies import degree_words, is_no_school, is_under_way, study_words
from bot.match.facts.titles.award_holders import is_newly_won, names_a_person, whose_award
from bot.match.facts.words import Found, WordFinder, either, finder_of
from bot.match.types import Fact
from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_facts import asker_fact_words
from ingest.vocabulary.matching.asker_speech import asker_speech

_PRODUCT = re.compile(
    r"(?:专门?做|做|生产|主营|专做|制造|加工|研发)(?P<what>[^，。；、,的了\d]{2,14}?)(?:的)?(?=(?:一?家)?(?:民营|国有|外资|小|企业|公司|厂|团队|的|$|，|。|、))"
)
_STUDIED = re.compile(r"(?:phd|degree|doctor|master|bachelor|graduat)[a-z. ]*$")  # a PhD from Peking University
_OFFICE = re.compile(r"局|厅|部(?![件分门署])|委(?!托)")  # 教育部, 能源局
_REACH = 8  # characters between what a person does and the word of an industry
_NOT_OF_A_FIRM = frozenset({"返聘", "柔性引进", "全职引进", "刚性引进", "引进", "本地培养"})


@cache
def _makers() -> WordFinder:
    return finder_of(asker_speech().maker.verbs)


@cache
def _kinds() -> WordFinder:
    speech = asker_speech()
    return WordFinder(speech.kinds_of_asker, names_count=False, decoys=speech.no_kind_of_asker.words)


def named_facts(reading: Reading, listed: Mapping[str, frozenset[str]]) -> Iterator[Fact]:
    """All facts in words but those on places, recognitions and persons' ranks.

    ``listed`` are words of the corpus' own records by attribute (awards, events, industries); where one is said as it is
    printed, it is a fact as well.
    """
    yield from _industry(reading)
    yield from _of_the_firm(reading)
    yield from event_facts(reading)
    for attribute in ("award", "school", "job", "status", "arrival", "employer_kind"):
        yield from _of_whoever(reading, attribute)
    yield from _exclusions(reading)
    yield from _plans(reading)
    yield from _listed(reading, listed)


def _industry(reading: Reading) -> Iterator[Fact]:
    """What a firm is in; of mentions without a word of making or of a firm beside them only the first clause's."""
    found = [
        (clause, word)
        for clause, word in reading.said("industry")
        if not clause.of_others
        and not reading.relatives_in(clause)
        and not serves_only(reading.profile.text, (clause.start, clause.end), word)
        and _is_own(reading, clause, word)
    ]
    own = [pair for pair in found if not reading.profile.is_planned(pair[0], pair[1].end)] or found
    for clause, word in own:
        yield worded(reading, clause, word, "industry", (*widened(word.names), *_products(reading, clause)))
    if not own and reading.is_organisation:
        yield from _plant(reading)


_PLANT = re.compile(r"(?:咱|我们|我|俺们|小|老|本)厂|厂里|工厂|[\u4e00-\u9fff]{2}(?<![电水气热])厂(?=[，。,、；\s]|$)")


def _plant(reading: Reading) -> Iterator[Fact]:
    """咱厂: whatever it makes, it makes something."""
    if match := _PLANT.search(reading.profile.text):
        yield Fact("industry", widened(("传统制造",)), said=reading.profile.span(match.start(), match.end()))


def _is_own(reading: Reading, clause: Clause, word: Found) -> bool:
    text = reading.profile.text
    reach_behind = 30 if text[word.start].isascii() else 12
    behind = text[word.end : min(clause.end, word.end + reach_behind)]
    if re.match(r"园区|开发区|示范区|政策|补贴", behind) or _OFFICE.match(behind):
        return False
    before = text[reading.client_before(clause, word.start) : word.start]
    if reading.signs_with(clause, word.end) or re.search(either(asker_speech().maker.business), before):
        return True
    if re.search("[给向跟]|(?<![司业厂位])为|[和与同][^，]{0,8}$", before) and not text[word.start : word.end].endswith(
        "配送"
    ):
        return False
    if clause is reading.clauses[0] or text[word.start : word.end].endswith("配送"):
        return True
    if reading.is_person and re.search("在[^，]{0,12}$", before):
        return True
    reach = _REACH if reading.is_person else word.start - clause.start
    made = _makers().stands_in(text, max(clause.start, word.start - reach), word.start)
    firm = next((kind.start for kind in _kinds().find(behind)), None)
    if firm is not None and not re.search("[给向为跟和与]", behind[:firm]):
        return True
    return made or _kinds().stands_in(text, word.start, word.end)


def _products(reading: Reading, clause: Clause) -> tuple[str, ...]:
    match = _PRODUCT.search(reading.profile.text, clause.start, clause.end)
    return (match["what"],) if match and not _kinds().stands_in(match["what"]) else ()


def _of_the_firm(reading: Reading) -> Iterator[Fact]:
    """Ownership and size; of a person's employer they are the kind of the employer."""
    for attribute in ("ownership", "size"):
        for clause, word in reading.said(attribute):
            if clause.of_others or reading.relatives_in(clause) or _of_somebody_else(reading, clause, word):
                continue
            if reading.is_organisation or "employer" in reading.who:
                yield worded(reading, clause, word, attribute, widened(word.names))


_WHOLE = re.compile(r"(?:外商|台资|港资|外资|台商|港商|外方)?(?:独资|全资)|wholly[\s-]foreign[\s-]owned|wfoe")


def whole_capital(reading: Reading, facts: Sequence[Fact]) -> Iterator[Fact]:
    """外商独资, 台资独资: all of the capital is from outside, said without a figure."""
    match = _WHOLE.search(reading.profile.text)
    foreign = any(fact.attribute == "ownership" and not fact.denied and "外资" in widened(fact.words) for fact in facts)
    given = any(fact.attribute == "foreign_share" for fact in facts)
    if match and foreign and not given and reading.is_organisation:
        said = reading.profile.span(match.start(), match.end())
        yield Fact("foreign_share", number=Decimal(100), unit="%", said=said, because=match[0])


def _of_somebody_else(reading: Reading, clause: Clause, word: Found) -> bool:
    before = reading.profile.text[max(clause.start, word.start - 4) : word.start]
    return (
        re.search(r"[给向跟和与有](?:一家)?$|一家国?$", before) is not None
        and clause is not reading.clauses[0]
        and "是" not in before
    )


def _of_whoever(reading: Reading, attribute: str) -> Iterator[Fact]:
    """What a person is or has: the asker's, the talent's, or a relative's."""
    for clause, word in reading.said(attribute):
        about = reading.about(clause, attribute)
        if about == "relative":
            yield from _of_a_relative(reading, clause, word, attribute)
            continue
        if attribute == "employer_kind" and "institution" in reading.who:
            about = "asker"
        if attribute == "arrival" and not reading.is_person:
            about = "talent" if set(word.names) & _NOT_OF_A_FIRM else "asker"
        if attribute == "award" and not reading.is_person:
            about = whose_award(reading, clause, word)
        if _is_nobodys(reading, clause, word, attribute, about):
            continue
        fact = worded(reading, clause, word, attribute, widened(word.names), about)
        if attribute == "job" and is_former(reading, clause, word):
            fact = replace(fact, denied=True)
        if attribute == "employer_kind" and _is_not_there(reading, clause, word):
            fact = replace(fact, words=word.names, denied=True)
        yield fact
        if attribute == "award" and not fact.denied and is_newly_won(reading, clause, word):
            yield Fact("recognition.time", (_NEW,), of=word.names[0], about=about, said=fact.said)
        for name in word.names:
            if opposite := asker_fact_words().opposites.get(name):
                yield Fact(attribute, opposite, about=about, denied=not fact.denied, said=fact.said)


def _is_not_there(reading: Reading, clause: Clause, word: Found) -> bool:
    """我不在重点企业上班: denies the kind of employer, not that somebody works."""
    not_at = rf"{any_of(asker_speech().stance.not_at)}\w{{0,6}}$"
    return re.search(not_at, reading.profile.text[clause.start : word.start]) is not None


_FIRST = 2  # clauses in which a body says what it is
_COMMERCIAL = "企业"
_HOW_MANY = re.compile(r"(?<![是为])[\d一二两三四五六七八九十]+\s?[个名位]\s?$")
_RETIRED = "退休"
_STUDENT = "在校大学生"
_NEW = "新认定"  # as conditions have it


def _of_a_relative(reading: Reading, clause: Clause, word: Found, attribute: str) -> Iterator[Fact]:
    relatives = reading.relatives_in(clause)
    if reading.is_person and is_hired(reading.profile.of(clause)):
        return  # of whom was brought here the asker is the relative
    if attribute == "status" or (attribute == "employer_kind" and "子女" not in relatives):
        yield worded(reading, clause, word, "relative_status", widened(word.names), "relative", relatives[0])


def _is_nobodys(reading: Reading, clause: Clause, word: Found, attribute: str, about: About) -> bool:
    """Whether what is said is of nobody this profile is about, or only planned."""
    studies, before = study_words(), reading.profile.text[clause.start : word.start]
    if (
        about == "talent"
        and attribute in ("job", "status", "school", "arrival")
        and not reading.speaks_of_talent(clause)
    ):
        return True
    if attribute == "status" and about != "relative" and _is_of_those_taken_on(reading, clause, word, about):
        return True
    if attribute == "arrival" and about == "asker" and reading.profile.text[word.start : word.end] == "本地人":
        return True  # says where a person is from, not how they came
    if _RETIRED in word.names and reading.profile.is_planned(clause, word.start):
        return True  # 今年12月到龄退休
    if attribute == "job" and reading.profile.is_planned(clause, word.start):
        return True  # 想当老师: a wish
    if attribute == "school" and is_no_school(reading.profile.text, word):
        return True
    if attribute == "status" and _STUDENT in word.names and studies.finished.search(before):
        return True  # 去年毕业的大学生
    if attribute == "status" and UNDER_WAY in word.names:
        broken_off = degree_words().broken_off.match(reading.profile.text, word.end, clause.end) is not None
        return broken_off or not is_under_way(reading, clause, word)
    if attribute == "employer_kind" and studies.internship.search(reading.profile.of(clause)):
        return True
    if attribute == "employer_kind" and "institution" in reading.who:
        firm = any(name.endswith(_COMMERCIAL) for name in word.names)  # whom a school works with
        return clause not in reading.clauses[:_FIRST] or firm
    if attribute == "employer_kind":
        return not reading.is_person or reading.is_organisation or _is_no_employer(reading, clause, word)
    return attribute == "job" and _is_no_job(reading, clause, word)


def _is_of_those_taken_on(reading: Reading, clause: Clause, word: Found, about: About) -> bool:
    """Interns; and whom an owner hires: 我开了公司，招了4个大学生."""
    before = reading.profile.text[clause.start : word.start]
    counted = about == "asker" and reading.is_organisation and _HOW_MANY.search(before) is not None
    return counted or takes_interns(reading, clause)


def _is_no_employer(reading: Reading, clause: Clause, word: Found) -> bool:
    """香港科技大学…博士 is a school, 湖北三甲医院 where somebody came from."""
    part = reading.profile.of(clause)
    if word.names == ("高校",):
        works = re.search("工作|任教|教师|老师|上班|职工|work|teach", part) is not None
        return not works or _STUDIED.search(reading.profile.text, clause.start, word.start) is not None
    return re.search(r"引进我|从[^，]{0,8}$", reading.profile.text[clause.start : word.start]) is not None


def _is_no_job(reading: Reading, clause: Clause, word: Found) -> bool:
    """中级社工证 is a certificate, 工程师职称 a title, 老师们 somebody else."""
    behind = reading.profile.text[word.end : word.end + 4]
    before = reading.profile.text[max(clause.start, word.start - 3) : word.start]
    if re.match(r"[级]?[^，。]{0,2}(?:证|资格|职称|们)", behind) is not None:
        return True
    # who has retired is asked for by what they were: 退休工程师
    retired = any(_RETIRED in f.names for f in finder("status").find(reading.profile.text, clause.start, word.start))
    return before.endswith(("高级", "中级", "助理", "正高级")) and not retired


def _exclusions(reading: Reading) -> Iterator[Fact]:
    """没参与六类市场化并网项目: is none of these; took part: the fact is denied."""
    for clause, word in reading.said("not_in"):
        if reading.profile.is_planned(clause, word.start) or _is_applied_for(reading, clause, word):
            continue
        inside = not reading.profile.is_denied(clause, word.start, word.end)
        said, opposites = reading.profile.span(word.start, word.end), asker_fact_words().opposites
        outside = tuple(name for of in word.names for name in opposites.get(of, ())) if inside else ()
        yield Fact("not_in", outside or widened(word.names), denied=inside and not outside, said=said)


def _is_applied_for(reading: Reading, clause: Clause, word: Found) -> bool:
    """委托中介申请AEO认证: whoever applies is not yet one of them, and need not be none."""
    before = reading.profile.text[clause.start : word.start]
    return any(sign in before for sign in asker_speech().recognising.applies)


def _plans(reading: Reading) -> Iterator[Fact]:
    seen: set[tuple[str, ...]] = set()
    for clause, word in reading.said("plan"):
        if reading.profile.is_planned(clause, word.end) and not clause.of_others and word.names not in seen:
            seen.add(word.names)
            names = word.names
            if names == ("申报认定",):
                names = _applied_for(reading, clause, word)
                if not names:
                    continue
            yield Fact("plan", names, said=reading.profile.span(word.start, word.end))
    for clause, word in reading.said("event"):
        if is_lasting(word):
            continue
        if reading.profile.is_planned(clause, word.end) and not reading.relatives_in(clause) and word.names not in seen:
            seen.add(word.names)
            yield Fact("plan", widened(word.names), said=reading.profile.span(word.start, word.end))


def _applied_for(reading: Reading, clause: Clause, word: Found) -> tuple[str, ...]:
    """申报高新技术企业; 并非高新技术企业，正准备申请: what is applied for, else what the clauses before speak of."""
    text = reading.profile.text
    named = list(finder("recognition").find(text, word.end, clause.end))
    if not named and not text[word.end : clause.end].strip(" 。.了中呢"):
        first = reading.profile.sentence_clauses(clause)[0].start
        named = list(finder("recognition").find(text, first, word.start))[-1:]
    return tuple(f"申报{name}" for other in named for name in other.names)


@lru_cache(maxsize=64)
def _finder_of_rows(words: frozenset[str], decoys: frozenset[str] = frozenset()) -> WordFinder:
    """Made once for the words of a corpus: making it takes longer than finding."""
    return WordFinder(dict.fromkeys(sorted(words), ()), decoys=sorted(decoys))


def _listed(reading: Reading, listed: Mapping[str, frozenset[str]]) -> Iterator[Fact]:
    known = asker_fact_words()
    for attribute, words in listed.items():
        if attribute not in entitlement_words().attributes or attribute == "recognition":
            continue
        own: Mapping[str, tuple[str, ...]] = known.of(attribute) if attribute in known.attributes else {}
        rows = [word for word in words if word not in own]
        if not rows:
            continue
        jobs = known.of("job") if attribute == "industry" else ()  # 安全生产技术总监 is in no 安全生产
        finder_of_rows = _finder_of_rows(frozenset(rows), frozenset(jobs))
        awards = _finder_of_rows(frozenset((*listed.get("award", ()), *known.of("award"))))
        for clause in reading.clauses:
            if clause.asking or reading.relatives_in(clause):
                continue
            for found in finder_of_rows.find(reading.profile.text, clause.start, clause.end):
                if reading.is_of_others(found.start) or reading.is_nobodys(attribute, clause, found):
                    continue
                if attribute != "award" and _is_in_a_name(reading, clause, found, awards):
                    continue
                about = reading.about(clause, attribute)
                if attribute == "award" and about == "asker" and not reading.is_person and names_a_person(found):
                    about = whose_award(reading, clause, found)
                yield worded(reading, clause, found, attribute, found.names, about)


def _is_in_a_name(reading: Reading, clause: Clause, found: Found, awards: WordFinder) -> bool:
    """自然科学 in 国家自然科学基金…, 教育 in 教育部: part of the name of an award or an office."""
    text = reading.profile.text
    longer = (
        award.start <= found.start and found.end <= award.end and award.end - award.start > found.end - found.start
        for names in (awards, finder("award"))
        for award in names.find(text, clause.start, clause.end)
    )
    return any(longer) or _OFFICE.match(text, found.end) is not None
