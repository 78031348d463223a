"""What a profile says in the very words of records: names with gaps, how new a thing is, and texts that only a person could check.

The reader of facts knows what people say in general; this knows what the records of one corpus ask for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from bot.match import wording
from bot.match.fact_pool import FactPool
from bot.match.facts.profile_text import prepared
from bot.match.facts.reading import ORGANISATIONS, Reading
from bot.match.facts.recognitions import is_a_post, is_inside
from bot.match.facts.speech.activities import names_an_activity
from bot.match.facts.speech.clients import of_clients
from bot.match.facts.speech.newness import is_recognised, tells_of_winning
from bot.match.facts.words import Found
from bot.match.types import AskerFacts, Fact, Status
from bot.match.words import Standing, standing
from bot.text.bilingual import Say
from ingest.entitlements.types import ReadableCondition
from ingest.normalise import to_simplified
from ingest.types import Span
from ingest.vocabulary.matching.asker_speech import asker_speech
from ingest.vocabulary.matching.inclusions import inclusions

RECEIVED = "领取过"
_NEWLY = "新认定"  # as conditions have it
_CLAUSE = re.compile(r"[^，。；！？,;!?\n]+")
_SENTENCE = re.compile(r"[^。！？!?\n]+")
_NOT_SO = re.compile(
    r"[没未非无]|不是|不在|不属|想|打算|准备|计划|拟|申请|申报|希望|如果|若|听说|将要?|[明后]年|预计|争取|考察|能不能|是否|有没有|吗"
)
_NEW = r"今年|刚刚?|(?<![创革更])新(?!能源|材料|疆|型|区|一代)|近日|最近|上个?月|本月"
_OLD = r"(?:19|20)\d\d年?|去年|前年|往年|以前|早年|早就|一直|之前|曾"
_RECEIVED = re.compile(r"(?:领|拿|享受|兑现)(?:取|到)?过|已经?(?:领|兑现)")
TIMED = "timed"  # under which the names stand of which a record asks whether they are new
_NAMED = ("event", "award", "recognition")
_FEWEST_WITH_GAPS = 6  # characters of a name that may be said with a few between
_VERB = 2  # characters of a name that the words of a fact may leave out: 授权 of 发明专利授权
_GAPS = 1.6  # times its own length
_WEAK = re.compile(
    r"[“”\"（）()《》、，\s]|已经?|获得|取得|具有|拥有|(?<!\w)属|属于|正常|依法|按时|按规定|处于|缴纳|签订|参加|开展|所在|相关|有关|的|并|在|为|由|与|和|或|经"
)
_ENGLISH_SELF = re.compile(r"\b(?:I|we|my|our|me|us)\b", re.IGNORECASE)
_OF_SEVERAL = re.compile(r"\d\s?[家户]")  # 园内新增12家高新技术企业
_PEOPLE = re.compile(r"(?<![\d前第])(?<!排名)(?P<number>\d+|[一二两三四五六七八九十]+)\s?(?:名|位|个(?!月))")
_QUOTED_NAME = re.compile(r"[“\"‘《][^“”\"‘’《》]{1,12}[”\"’》]")
_SMALL = {sign: value for value, sign in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_PARTS_OF_A_STORY = 3  # clauses of a sentence that tells of somebody before it asks
_FEWEST_SAID = 3  # characters of what a text is about


@dataclass(frozen=True, slots=True)
class Heard:
    """A profile as its clauses; those that deny, plan or ask are left out."""

    clauses: tuple[str, ...] = ()
    sentences: tuple[Span, ...] = ()  # of the profile as it was written
    profile: str = ""

    @classmethod
    def of(cls, profile: str) -> Heard:
        """The clauses of a profile that say how things are, in simplified characters without blanks."""
        plain = to_simplified(profile)
        found = ("".join(match[0].split()) for match in _CLAUSE.finditer(plain))
        sentences = tuple(Span(match.start(), match.end()) for match in _SENTENCE.finditer(profile))
        return cls(tuple(clause for clause in found if not _NOT_SO.search(clause)), sentences, plain)

    def in_one_sentence(self, facts: Iterable[Fact]) -> bool:
        """True when what was said of these facts stands in one sentence, as far as it is known where it stands."""
        starts = [fact.said.start for fact in facts if fact.said is not None]
        found = {next((n for n, span in enumerate(self.sentences) if span.start <= at < span.end), -1) for at in starts}
        return len(found) <= 1

    @property
    def prices_of(self) -> tuple[str, ...]:
        """What the price of is spoken of, in the words of titles: 用水 of 水电气怎么收."""
        said = self.profile.lower()
        return tuple(
            name for name, words in inclusions().priced.items() if any(_stands_in(word, said) for word in words)
        )

    @property
    def names_owners(self) -> bool:
        """True when shareholders, investors or a parent are told of."""
        return any(word in self.profile.lower() for word in inclusions().owners)

    @property
    def is_question(self) -> bool:
        """True when all of it asks and nobody speaks of themselves, as in 高新技术企业有什么奖励."""
        told = [self.profile[span.start : span.end + 1].strip() for span in self.sentences]
        told = [sentence for sentence in told if sentence]
        words = inclusions()
        if _ENGLISH_SELF.search(self.profile) or any(word in self.profile for word in words.speaks_of_self):
            return False
        short = all(len(_CLAUSE.findall(sentence)) < _PARTS_OF_A_STORY for sentence in told)
        return bool(told) and short and all(any(sign in sentence for sign in words.asks) for sentence in told)

    def heads(self, facts: Iterable[Fact]) -> int | None:
        """How many people these facts are about (招了15名本科毕业生), where it is said and one number alone."""
        counts = {count for fact in facts if fact.said is not None and (count := self._people(fact.said)) is not None}
        return counts.pop() if len(counts) == 1 else None

    def _people(self, said: Span) -> int | None:
        """The number of people that stands nearest before the end of some words, in their own clause."""
        clause = next((part for part in _CLAUSE.finditer(self.profile) if part.start() < said.end <= part.end()), None)
        before = [] if clause is None else list(_PEOPLE.finditer(self.profile, clause.start(), said.end))
        number = before[-1]["number"] if before else ""
        return int(number) if number.isascii() and number.isdecimal() else _SMALL.get(number)

    def where_said(self, text: str) -> Span | None:
        """Where the clause of :meth:`says` stands in the profile."""
        clause = self.says(text)
        parts = (part for part in _CLAUSE.finditer(self.profile) if "".join(part[0].split()) == clause)
        return None if clause is None else next((Span(part.start(), part.end()) for part in parts), None)

    def says(self, text: str) -> str | None:
        """The clause that has everything a text is about, or none."""
        parts = _about(text)
        if sum(map(len, parts)) < _FEWEST_SAID:
            return None
        return next((clause for clause in self.clauses if all(part in clause for part in parts)), None)


def plainly_told(leaf: ReadableCondition, pool: FactPool, heard: Heard) -> tuple[Status, Say, Fact] | None:
    """What is told without a fact of the condition's own attribute: a kind of employer by its owner, a status in its words."""
    if (owned := pool.by_ownership(leaf)) is not None:
        fits, by = owned
        return ("met", wording.MET_WORDS, by) if fits else ("not_met", wording.SAID_OTHER, by)
    told = (word for word in leaf.words if leaf.attribute == "status" and heard.says(word) is not None)
    return next((("met", wording.MET_WORDS, Fact("status", (word,))) for word in told), None)


def _stands_in(word: str, said: str) -> bool:
    """English words whole."""
    return word in said and (
        not word.isascii() or re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", said) is not None
    )


@lru_cache(maxsize=4096)
def _about(text: str) -> tuple[str, ...]:
    return tuple(part for part in _WEAK.split(to_simplified(text)) if part)


def heard_facts(profile: str, facts: AskerFacts, listed: Mapping[str, frozenset[str]], as_of: date) -> Iterator[Fact]:
    """Facts besides those that were read. ``listed`` are words of records by attribute."""
    plain = _without_clients(profile, facts, as_of)
    said = ["".join(plain[span.start : span.end].split()) for span in own_clauses(profile, facts, as_of)]
    told = {
        name: tuple(
            "".join(to_simplified(profile[f.said.start : f.said.end]).split()) for f in facts.of(name) if f.said
        )
        for name in _NAMED
    }
    yield from _with_gaps(said, facts, listed, told)
    yield from _new(profile, facts, listed.get(TIMED), as_of)
    yield from _new_titles(profile, facts, as_of)
    yield from _received(profile, facts)


def stated_facts(profile: str, facts: AskerFacts, texts: Iterable[str]) -> Iterator[Fact]:
    """Conditions in words that the profile states as they are printed: 项目属于《鼓励外商投资产业目录》的产业."""
    heard = Heard.of(profile)
    known = {word for fact in (*facts.of("status"), *facts.of("event")) for word in fact.words}
    for text in sorted(texts):
        if text not in known and (at := heard.where_said(text)) is not None:
            yield Fact("status", (text,), said=at)


def _without_clients(profile: str, facts: AskerFacts, as_of: date) -> str:
    """The profile in simplified characters, a full stop for every character that is said of a client."""
    plain = to_simplified(profile)
    if not facts.who & ORGANISATIONS:
        return plain
    for start, end in of_clients(prepared(profile, as_of)):
        plain = plain[:start] + "。" * (min(end, len(plain)) - start) + plain[end:]
    return plain


def own_clauses(profile: str, facts: AskerFacts, as_of: date) -> Iterator[Span]:
    """What the profile says of the asker as it is: not denied, asked or planned, and not of others or of several firms."""
    text = prepared(profile, as_of)
    reading = Reading(text, facts.who, as_of)
    for match in _CLAUSE.finditer(text.text):
        clauses = [clause for clause in text.clauses if clause.start < match.end() and match.start() < clause.end]
        others = any(
            clause.asking or clause.of_others or reading.relatives_in(clause) or text.is_unsettled(clause)
            for clause in clauses
        )
        theirs = any(reading.is_of_others(place) for place in (match.start(), match.end() - 1))
        theirs = theirs or reading.holders.has(match.start(), match.end())
        if clauses and not others and not theirs and not _OF_SEVERAL.search(match[0]):
            said = "".join(to_simplified(profile[match.start() : match.end()]).split())
            if not _NOT_SO.search(said):
                yield Span(match.start(), match.end())


def _with_gaps(
    clauses: Sequence[str],
    facts: AskerFacts,
    listed: Mapping[str, frozenset[str]],
    told: Mapping[str, Sequence[str]],
) -> Iterator[Fact]:
    """自治区股权交易市场科创板优选层挂牌, said as …优选层首次挂了牌.

    ``told``: the words by which facts were read; 发明专利授权 is not heard in those of 国际发明专利新获得授权.
    """
    for attribute in _NAMED:
        known = {word for fact in facts.of(attribute) for word in fact.words} | facts.doubted
        long = [word for word in listed.get(attribute, ()) if len(word) >= _FEWEST_WITH_GAPS and word not in known]
        for clause in clauses:
            signs = frozenset(clause)
            for word in sorted(long):
                end = _end_with_gaps(word, clause) if signs.issuperset(word) else None
                if (
                    end is None
                    and (bare := _QUOTED_NAME.sub("", clause)) != clause
                    and (end := _end_with_gaps(word, bare))
                ):
                    end += len(clause) - len(bare)  # 注册了“某某”地理标志: as without the name
                if end is None or names_an_activity(clause, end, len(clause)):
                    continue
                if any(_end_with_gaps(word[:-_VERB], part) for part in told[attribute] if len(part) > len(word)):
                    continue
                start = clause.find(word[0])
                if attribute == "recognition" and is_inside(clause, start):
                    continue
                if attribute != "recognition" or not is_a_post(clause, clause.find(word[-1], start) + 1):
                    yield Fact(attribute, (word,))


def _end_with_gaps(word: str, clause: str) -> int | None:
    """Where a word ends that stands in a clause with a few characters between its own; None where it does not."""
    start = clause.find(word[0])
    while start >= 0:
        place = start
        for sign in word[1:]:
            place = clause.find(sign, place + 1)
            if place < 0:
                return None
        if place - start < len(word) * _GAPS:
            return place + 1
        start = clause.find(word[0], start + 1)
    return None


def _new(profile: str, facts: AskerFacts, asked: frozenset[str] | None, as_of: date) -> Iterator[Fact]:
    """今年刚拿到…: an award or an event is new where its own clause says so.

    ``asked`` are those of which a record asks whether they are new; None: of any.
    """
    plain = to_simplified(profile)
    times = _times(as_of)
    timed = [fact.of for fact in facts.of("recognition.time") if fact.of]
    for fact in facts.facts:
        if (
            fact.attribute not in ("event", "award")
            or fact.denied
            or fact.planned
            or fact.said is None
            or not fact.words
        ):
            continue
        if any(_is(word, of) for word in fact.words for of in timed):
            continue
        if _is_new(plain, fact.said, times, won=fact.attribute == "award"):
            new = (word for word in fact.words if asked is None or any(_is(word, name) for name in asked))
            yield from (Fact("recognition.time", (_NEWLY,), of=word, about=fact.about) for word in new)


def _new_titles(profile: str, facts: AskerFacts, as_of: date) -> Iterator[Fact]:
    """今年新取得副高级职称: whoever newly gets a title newly gets its certificate."""
    plain, times, words = to_simplified(profile), _times(as_of), asker_speech().won
    for fact in facts.of("title"):
        if fact.said is None or fact.denied or fact.planned or not _is_new(plain, fact.said, times, won=False):
            continue
        if any(word in _around(_CLAUSE, plain, fact.said) for word in words.gained):
            yield Fact("recognition.time", (_NEWLY,), of=words.of_title, about=fact.about)


def _times(as_of: date) -> re.Pattern[str]:
    return re.compile(rf"(?P<new>{_NEW}|{as_of.year}年)|{_OLD}")


def _is_new(plain: str, said: Span, times: re.Pattern[str], *, won: bool) -> bool:
    """By the last word of time in the sentence up to the end of the clause: 今年授权6件，其中一件拿了优秀奖.

    ``won``: only where a verb of recognition says so, as 今年返聘 tells when somebody was hired.
    """
    clause = next((part for part in _CLAUSE.finditer(plain) if part.start() <= said.start < part.end()), None)
    sentence = next((part for part in _SENTENCE.finditer(plain) if part.start() <= said.start < part.end()), None)
    if clause is None or sentence is None:
        return False
    told = list(times.finditer(plain, sentence.start(), clause.end()))
    if not told or told[-1]["new"] is None:
        return False
    first = min(told[-1].start(), said.start)
    if not tells_of_winning(plain.lower(), told[-1].span(), (said.start, said.end), clause.end()):
        return False
    return not won or is_recognised(plain.lower(), first, Found((), said.start, said.end), clause.end())


def _received(profile: str, facts: AskerFacts) -> Iterator[Fact]:
    """奖励领过了: of the recognitions in the same sentence that stand before it."""
    plain = to_simplified(profile)
    for match in _RECEIVED.finditer(plain):
        sentence = next((s for s in _SENTENCE.finditer(plain) if s.start() <= match.start() < s.end()), None)
        clause = _around(_CLAUSE, plain, Span(match.start(), match.end()))
        if sentence is None or _NOT_SO.search(clause):
            continue
        before = [
            fact
            for fact in facts.of("recognition")
            if fact.said is not None and sentence.start() <= fact.said.start < match.start() and not fact.denied
        ]
        yield from (Fact("status", (RECEIVED,), of=word) for word in (before[-1].words if before else ()))


def _around(parts: re.Pattern[str], text: str, span: Span) -> str:
    return next((part[0] for part in parts.finditer(text) if part.start() <= span.start < part.end()), "")


def _is(said: str, name: str) -> bool:
    return any(standing(attribute, said, name) is Standing.FITS for attribute in _NAMED)


def received_of(facts: Iterable[Fact], names: Sequence[str]) -> Fact | None:
    """The fact that money for one of these recognitions was received already."""
    return next(
        (
            fact
            for fact in facts
            if fact.attribute == "status"
            and RECEIVED in fact.words
            and fact.of
            and any(_is(fact.of, name) for name in names)
        ),
        None,
    )
