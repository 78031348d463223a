"""What a person is: degree, title, skill level, talent class, certificates, relatives and their age."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import islice, zip_longest

from bot.match.facts.figures import label_of, plain_number
from bot.match.facts.numbers import Number
from bot.match.facts.places import KnownPlaces
from bot.match.facts.profile_text import CHILD, Clause
from bot.match.facts.reading import UNDER_WAY, Reading, finder, widened, worded
from bot.match.facts.speech.interns import takes_interns
from bot.match.facts.speech.studies import degree_words, is_under_way
from bot.match.facts.titles.talent_class import talent_classes
from bot.match.facts.words import Found, either
from bot.match.types import Fact
from ingest.types import Span
from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech
from ingest.vocabulary.talk import talk_words

# 博导 and 博士后 are no degrees here, 中级社工证 is a certificate and no title.
_NO_DEGREE = re.compile(r"后|导|点")
_CERTIFICATE = re.compile(
    r"(?:(?P<before>高级|中级|初级|助理)\s?(?:社工|社会工作[者师])|(?:社工|社会工作[者师])\s?(?P<behind>高级|中级|初级|助理))(?:[^，。没未不]{0,6}?证书?)?"
)
_NO_TITLE = re.compile(r"\s?(?:社工|社会工作|工(?!程)|技|证)")
_STUDIES = 14  # characters between 攻读 and the degree
_OFF_BEFORE = 30  # characters between dropped out of and the degree
_FORMER = re.compile(talk_words().former_post)
_LEFT = re.compile(talk_words().post_left)
_NEAR_BEHIND = 8
_BROUGHT, _FULL_TIME = "引进", "全职"  # as conditions have them
_OLDEST = 120
_CENT = Decimal("0.01")
_ONLY = re.compile(
    r"只有|才是|仅|学历是|最高学历|第一学历|学历为|学历[：:\s]?(?=高中|大专|本科|硕士)|highest degree|only a"
)


def person_facts(reading: Reading, known: KnownPlaces) -> Iterator[Fact]:
    """The facts of a person: the asker's, or of the person a firm brings."""
    for attribute in ("degree", "title", "skill_level"):
        for clause, word in reading.said(attribute):
            if _counts(reading, clause, word, attribute):
                fact = _ladder_fact(reading, clause, word, attribute)
                yield _as_held(reading, clause, word, fact) if attribute == "degree" else fact
    yield from _certificates(reading)
    yield from talent_classes(reading, known)
    yield from _relatives(reading)
    yield from _graduated(reading)


_GRADUATED = re.compile(r"(?:(?P<said>今年|去年)|(?P<year>20\d\d)\s?[年届]?)[^，。；]{0,16}?毕业")


def _graduated(reading: Reading) -> Iterator[Fact]:
    """去年6月从…毕业: within two years of graduation."""
    match = _GRADUATED.search(reading.profile.text)
    if match is None or not reading.is_person or reading.is_of_others(match.start()):
        return
    if any(reading.relatives_in(c) for c in reading.clauses if c.start <= match.start() < c.end):
        return
    year = int(match["year"]) if match["year"] else reading.as_of.year - (match["said"] == "去年")
    since = reading.as_of.year - year
    if 0 <= since <= 1:
        name = "应届毕业生" if since == 0 else "毕业两年内"
        said = reading.profile.span(match.start(), match.end())
        yield Fact("status", widened((name,)), said=said, because=f"{year}年毕业")


def _counts(reading: Reading, clause: Clause, word: Found, attribute: str) -> bool:
    text = reading.profile.text
    behind, before = text[word.end : word.end + 4], text[max(clause.start, word.start - 6) : word.start]
    if attribute == "degree":
        if "intermediary" not in reading.who and re.search("引荐|举荐|推荐|介绍", reading.profile.of(clause)):
            return False
        words = degree_words()
        if words.no_degree.search(before) or takes_interns(reading, clause):
            return False
        if words.treated.search(before) and words.treated_as.match(text, word.end, clause.end):
            return False  # 当博士养
        if re.search(r"研究$|配偶$", before) or _NO_DEGREE.match(behind) or re.match("教育|班", behind):
            return False
        return not (reading.is_organisation and not reading.is_person and re.search(r"招|hired|recruited", reading.profile.of(clause)) is None
                    and not reading.speaks_of_talent(clause))  # fmt: skip
    if attribute == "title":
        return (
            not _NO_TITLE.match(behind)
            and not _of_a_trade().match(text, word.end, clause.end)
            and not (word.names == ("中级",) and re.search("社工", reading.profile.of(clause)))
        )
    return not (word.names == ("技师",) and before.endswith(("医", "药")))


@cache
def _of_a_trade() -> re.Pattern[str]:
    """中级美发师证: a grade of skill, by its certificate."""
    words = asker_speech().skills
    return re.compile(rf"(?:{any_of(words.trades)})\w?{any_of(words.certificates)}")


def is_former(reading: Reading, clause: Clause, word: Found) -> bool:
    """Whether a post is said to be one that somebody held and holds no more."""
    text = reading.profile.text
    return (
        _FORMER.search(text[clause.start : word.start]) is not None
        or _LEFT.match(text, word.end, word.end + _NEAR_BEHIND) is not None
    )


def _ladder_fact(reading: Reading, clause: Clause, word: Found, attribute: str) -> Fact:
    """The step first, then the words it was said in: 副高级, 副主任医师."""
    ladder = entitlement_words().attributes[attribute].ladder
    words = widened(word.names)
    steps = tuple(name for name in words if name in ladder)
    about = reading.about(clause, attribute)
    relatives = reading.relatives_in(clause)
    if about == "relative":
        return worded(reading, clause, word, "relative_status", words, "relative", relatives[0] if relatives else None)
    return worded(reading, clause, word, attribute, (*steps, *(name for name in words if name not in steps)), about)


def _as_held(reading: Reading, clause: Clause, word: Found, fact: Fact) -> Fact:
    """A degree that is still studied for as planned, one that was broken off denied: 博士在读, 博士肄业."""
    text, words, of = reading.profile.text, degree_words(), fact.about == "relative"
    follows = reading.clauses[clause.number + 1 : clause.number + 2]
    behind = [(word.end, clause.end)]
    behind += [
        (c.start, c.end) for c in follows if c.sentence == clause.sentence and of == bool(reading.relatives_in(c))
    ]
    lead = text[max(clause.start, word.start - _OFF_BEFORE) : word.start]
    before = words.off_before.search(lead) is not None
    if before or any(words.broken_off.match(text, start, end) for start, end in behind):
        return replace(fact, denied=True)
    if any(words.not_graduated.match(text, start, end) for start, end in behind):
        return replace(fact, planned=True)
    if any(words.graduated.search(text, min(start, word.start), end) for start, end in behind):
        return fact
    studying = any(
        found.start <= word.end and word.start <= found.end and is_under_way(reading, clause, found)
        for found in finder("status").find(text, clause.start, clause.end)
        if UNDER_WAY in found.names
    )
    first = max(clause.start, word.start - _STUDIES)
    told = words.before.search(text, first, word.start) or words.behind.match(text, word.end, clause.end)
    return replace(fact, planned=fact.about != "relative" and (studying or told is not None))


def brought_by_contract(reading: Reading, facts: Sequence[Fact]) -> Iterator[Fact]:
    """刚从新加坡回来，签了4年合同: who came from elsewhere and signed was brought here, though nobody says 引进.

    Of several kinds of people each by itself.
    """
    about = "asker" if reading.is_person else "talent"
    for group in sorted({fact.group for fact in facts if fact.about == about}):
        own = [fact for fact in facts if fact.about == about and fact.group == group and not fact.denied]
        if any(fact.attribute == "arrival" for fact in facts if fact.about == about and fact.group == group):
            continue
        came = next((f for f in own if f.attribute == "origin" and f.said and _came(reading, f.said)), None)
        signed = next((f for f in own if f.attribute == "contract_years" and f.said and not f.planned), None)
        if came is None or signed is None or signed.said is None:
            continue
        text = reading.profile.said
        because = "，".join(text[f.said.start : f.said.end] for f in (came, signed) if f.said)
        full_time = any(_FULL_TIME in fact.words for fact in own if fact.attribute == "status")
        words = widened((f"{_FULL_TIME}{_BROUGHT}" if full_time else _BROUGHT,))
        yield Fact("arrival", words, about=about, said=signed.said, because=because, group=group, people=signed.people)


def _came(reading: Reading, said: Span) -> bool:
    """From there, or who came from there, and not only 在…读书."""
    words, text = asker_speech().places, reading.profile.text
    before = re.search(rf"{any_of(words.came)}\s?$", text[max(0, said.start - 6) : said.start])
    return before is not None or re.match(any_of(words.came_behind), text[said.end : said.end + 6]) is not None


def _certificates(reading: Reading) -> Iterator[Fact]:
    """中级社工证: what records call 中级社会工作者职业资格证书. A relative's is not the asker's."""
    for clause in reading.clauses:
        if clause.asking or reading.relatives_in(clause):
            continue
        for match in _CERTIFICATE.finditer(reading.profile.text, clause.start, clause.end):
            if reading.is_of_others(match.start()):
                continue
            name = asker_speech().certificates[match["before"] or match["behind"]]
            said = reading.profile.span(match.start(), match.end())
            denied = reading.profile.is_denied(clause, match.start(), match.end())
            yield Fact("event", (name, "考取证书"), denied=denied, said=said)


def _relatives(reading: Reading) -> Iterator[Fact]:
    for clause in reading.clauses:
        if not finder("relation").stands_in(reading.profile.text, clause.start, clause.end):
            yield from _age_said_later(reading, clause)
        yield from _jobless_later(reading, clause)
        if clause.asking and not re.search(r"\d", reading.profile.of(clause)):
            continue
        named = list(_found_relatives(reading, clause))
        for found, behind in zip_longest(named, named[1:]):
            until = behind.start if behind is not None else clause.end
            yield Fact("relation", found.names[:1], about="relative", said=reading.profile.span(found.start, found.end))
            next_one = None if behind is None else behind.start
            ages = (
                n
                for n in reading.numbers(clause)
                if _is_age_of(reading, found, until, n) and not _is_in_front(reading, n, next_one)
            )
            yield from (_relative_age(reading, found.names[0], number) for number in islice(ages, 1))


def _age_said_later(reading: Reading, clause: Clause) -> Iterator[Fact]:
    """先生是副教授，49岁: the clause goes on with the relative of the one before."""
    for name in reading.relatives_in(clause)[:1]:
        for number in reading.numbers(clause):
            alone = number.sort == "" and reading.profile.of(clause).strip() == number_said(reading, number)
            if number.sort == "years_old" or (alone and 0 <= number.value <= _OLDEST):
                yield _relative_age(reading, name, number)


def _jobless_later(reading: Reading, clause: Clause) -> Iterator[Fact]:
    """老婆5个月没工作: how long a relative has had no work."""
    for name in reading.relatives_in(clause)[:1]:
        for number in reading.numbers(clause):
            months = {"months": number.value, "years": number.value * 12}.get(number.sort)
            if months is not None and label_of(reading, clause, number, "months") == "jobless_months":
                said = reading.profile.span(number.start, number.end)
                yield Fact(
                    "relative_jobless_months",
                    number=plain_number(months),
                    unit="月",
                    of=name,
                    about="relative",
                    said=said,
                )


def number_said(reading: Reading, number: Number) -> str:
    """The words of a number."""
    return reading.profile.text[number.start : number.end].strip()


def _relative_age(reading: Reading, name: str, number: Number) -> Fact:
    said = reading.profile.span(number.start, number.end)
    value = number.value / 12 if number.sort == "months" else number.value
    number_of_years = plain_number(value.quantize(_CENT))
    return Fact("relative_age", number=number_of_years, unit="岁", of=name, about="relative", said=said)


def _is_age_of(reading: Reading, found: Found, until: int, number: Number) -> bool:
    """我父亲74, 老人75岁, a two-year-old daughter, my son is nine; 孩子读高二, 老婆失业8个月, 比我小3岁 give none."""
    text, words = reading.profile.text, asker_speech().relatives
    if not 0 <= number.value <= _OLDEST:
        return False
    if number.end <= found.start:  # two-year-old daughter, 3岁的娃
        return number.sort == "years_old" and words_between(words.of, text[number.end : found.start])
    if not found.end <= number.start < until:
        return False
    between = text[found.end : number.start]
    if number.sort == "years_old":
        return not any(word in between for word in words.compared)
    near = words_between(words.aged, between)
    return near and (number.sort == "" or (number.sort == "months" and found.names[0] == CHILD))


def _is_in_front(reading: Reading, number: Number, relative: int | None) -> bool:
    """My wife and our two-year-old daughter: an age right in front of the next relative is theirs."""
    words = asker_speech().relatives.of
    return relative is not None and words_between(words, reading.profile.text[number.end : relative])


def words_between(words: Sequence[str], text: str) -> bool:
    """Whether nothing but such words stands there."""
    return re.fullmatch(rf"\s*(?:{either(words)}\s*)*", text) is not None


def _found_relatives(reading: Reading, clause: Clause) -> Iterator[Found]:
    for found in finder("relation").find(reading.profile.text, clause.start, clause.end):
        if not reading.is_of_others(found.start):
            yield found


def said_only(reading: Reading, start: int) -> bool:
    """Whether a degree at ``start`` is said to be the highest one."""
    return _ONLY.search(reading.profile.text, max(0, start - 8), start + 2) is not None
