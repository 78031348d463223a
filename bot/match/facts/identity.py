"""Who is asking: the recipients of grants that the asker can be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.match.facts.profile_text import Clause, ProfileText
from bot.match.facts.reading import finder
from bot.match.facts.words import WordFinder, finder_of
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_speech import asker_speech

_EMPLOYERS = frozenset(
    {"company", "institution", "platform", "intermediary", "guarantor", "bank", "individual_business"}
)
# Kinds that are firms as well.
# Without any subject: what only persons say of themselves.
_PERSONAL = re.compile(
    r"\d\d岁|毕业|读完|生源|户口|父母|老婆|老公|孩子|应届|下岗|求职|硕士|博士|本科|我自己|退役|退伍|[a-z]d in .{0,12}university"
)
_COUNTED = re.compile(r"[\d一二两三四五六七八九十]\s?[名个位人]|招|引进|聘")
_FIRMS = frozenset({"platform", "intermediary", "guarantor"})


@cache
def _kinds() -> WordFinder:
    speech = asker_speech()
    return WordFinder(speech.kinds_of_asker, names_count=False, decoys=speech.no_kind_of_asker.words)


@cache
def _finders() -> dict[str, WordFinder]:
    asker = asker_speech().asker
    return {
        "we": finder_of(asker.we),
        "firm": finder_of((*asker.we, *asker.firm)),
        "person_nouns": finder_of(asker.person_nouns),
        "owner": WordFinder(dict.fromkeys(asker.owner, ()), decoys=asker.not_owner),
        "founder": finder_of(asker.founder),
        "for_employer": finder_of(asker.for_employer),
        "makes": finder_of(asker_speech().maker.verbs),
    }


@cache
def _i() -> re.Pattern[str]:
    asker = asker_speech().asker
    chinese = "|".join(word for word in asker.person if not word.isascii())
    english = "|".join(re.escape(word) for word in asker.person if word.isascii())
    return re.compile(rf"(?:{chinese})(?!{'|'.join(asker.unless)})|(?<![a-z])(?:{english})(?![a-z])")


@cache
def _firms_say() -> re.Pattern[str]:
    return re.compile(any_of(asker_speech().asker.firms_say))


def who_asks(profile: ProfileText) -> frozenset[str]:
    """The recipients of ``entitlements.toml`` that the asker can be; empty when nothing tells."""
    text, finders = profile.text, _finders()
    person = _speaks_as_person(profile)
    owner = (
        _tells(profile, "owner")
        or any(_has_a_firm(profile, clause) for clause in profile.clauses)
        or (_tells(profile, "founder") and _is_about_a_firm(profile))
    )
    we = any(finders["firm"].stands_in(text, c.start, c.end) for c in profile.clauses)
    kinds = _kinds_said(profile, person and not owner)
    if person and not owner:
        found = {"person", *(kinds & {"individual_business", "household", "investor"})}
        if any(finders["for_employer"].stands_in(text, c.start, c.end) for c in profile.clauses) or _we_bring(profile):
            found.add("employer")
        return frozenset(found)
    if kinds == {"individual_business"} and not person and not we:
        person = _is_personal(text)  # of a trade, and of what one passed oneself
    if person and owner and not kinds:
        kinds = {"company"}
    if not kinds and not person and (we or _firms_say().search(text)):
        kinds = {"company"}
    if kinds & _FIRMS and not kinds & {"company"}:
        kinds = kinds | {"company"}
    if kinds & {"park"}:
        kinds = kinds - {"company", "platform"}
    if kinds & _EMPLOYERS:
        kinds = kinds | {"employer"}
    return frozenset(kinds | {"person"} if person else kinds)


def _tells(profile: ProfileText, words: str) -> bool:
    """Whether some of these words are said of how things are, not of a plan."""
    finder_of_them = _finders()[words]
    return any(
        finder_of_them.stands_in(profile.text, c.start, c.end) and c.planned_from is None for c in profile.clauses
    )


def _is_about_a_firm(profile: ProfileText) -> bool:
    """某镇的小公司，做饮料，…: the first clause ends in a firm, or begins with one."""
    first = profile.clauses[0]
    found = list(_kinds().find(profile.text, first.start, first.end))
    ends = bool(found) and "company" in found[-1].names and found[-1].end == first.end
    return ends or (bool(found) and "company" in found[0].names and found[0].start == first.start)


def _speaks_as_person(profile: ProfileText) -> bool:
    """我, 本人, I; without a pronoun the first clause decides that only a person, or only a firm, would say."""
    text = profile.text
    if any(_is_firm_itself(profile, clause) for clause in profile.clauses):
        return False
    first = _i().search(text)
    we = min((f.start for c in profile.clauses for f in _finders()["we"].find(text, c.start, c.end)), default=None)
    if first is not None and any(c.start <= first.start() < c.end for c in profile.clauses):
        # "our company … I would like to know": the first to speak is the asker; 老板让我问问，我们是…: the firm is
        own = _is_own_person(text)
        return own or we is None or (first.start() < we and _SAYS_WHAT_IT_IS.search(text) is None)
    return we is None and any(_tells_person(profile, clause) for clause in _first_that_tells(profile))


def _is_firm_itself(profile: ProfileText, clause: Clause) -> bool:
    """我是一家知识产权服务公司: the firm speaks of itself; 我是开饭店的 is somebody who has one."""
    own = _i_am().match(profile.text, clause.start, clause.end)
    if own is None:
        return False
    found = list(_kinds().find(profile.text, own.end(), clause.end))
    ends = bool(found) and not profile.text[found[-1].end : clause.end].strip(" 。.！!；;？?")
    return ends and bool({"company", *_FIRMS} & set(found[-1].names)) and "individual_business" not in found[-1].names


def _has_a_firm(profile: ProfileText, clause: Clause) -> bool:
    """我在某地注册的有限公司: a clause of nothing but a firm that its writer founded; not 我爸开的厂, nor where I work."""
    own = _my_own().match(profile.text, clause.start, clause.end)
    if own is None or clause.planned_from is not None:
        return False
    found = list(_kinds().find(profile.text, own.end(), clause.end))
    ends = bool(found) and not profile.text[found[-1].end : clause.end].strip(" 。.！!；;？?")
    return ends and "company" in found[-1].names


@cache
def _my_own() -> re.Pattern[str]:
    return re.compile(asker_speech().asker.founded)


@cache
def _i_am() -> re.Pattern[str]:
    words = asker_speech().asker
    return re.compile(rf"\s*(?:{words.itself})(?!{any_of(words.not_itself)})")


def _first_that_tells(profile: ProfileText) -> Iterator[Clause]:
    """The first clause that says something only a person or only a firm would say."""
    personal = _is_personal(profile.text)
    for clause in profile.clauses:
        names = {name for found in _kinds().find(profile.text, clause.start, clause.end) for name in found.names}
        firm = names - {"institution"} if personal else names
        if (
            _tells_person(profile, clause)
            or (firm and clause.planned_from is None)
            or _firms_say().search(profile.of(clause))
        ):
            yield clause
            return


def _tells_person(profile: ProfileText, clause: Clause) -> bool:
    names = {name for found in _kinds().find(profile.text, clause.start, clause.end) for name in found.names}
    part = profile.of(clause)
    if _ends_in_person(profile, clause) or (_works_there().search(part) and _COUNTED.search(part) is None):
        return True
    return not names - {"institution"} and _is_personal(part) and _COUNTED.search(part) is None


@cache
def _works_there() -> re.Pattern[str]:
    """在本地一家企业上班: the firm is where somebody works."""
    return re.compile(rf"在[^，。]{{1,20}}?{any_of(asker_speech().asker.works_there)}")


@cache
def _personal_states() -> WordFinder:
    return finder_of(asker_speech().states.passing_said)


def _is_personal(text: str) -> bool:
    return _PERSONAL.search(text) is not None or _personal_states().stands_in(text)


def _is_own_person(text: str) -> bool:
    return (
        re.search(
            r"我是(?!做|搞|开)|我今年|我本人|我自己|(?<![a-z])(?:i am an?|we are a (?:young )?(?:couple|family)) |我们(?:夫妻|两口子|夫妇)",
            text,
        )
        is not None
    )


def _ends_in_person(profile: ProfileText, clause: Clause) -> bool:
    """…企业的员工, …企业新引进的博士, …企业首席技术官: the employer stands before the one who speaks, and describes them."""
    text = profile.text
    kinds = [f.end for f in _kinds().find(text, clause.start, clause.end)]
    nouns = [f.end for f in _finders()["person_nouns"].find(text, clause.start, clause.end)]
    part = profile.of(clause)
    if kinds:
        nouns += [f.end for f in finder("job").find(text, clause.start, clause.end)]
        part = _bringing().attribute.sub("", part)
    return bool(nouns) and _COUNTED.search(part) is None and max(nouns) > max(kinds, default=0)


@dataclass(frozen=True, slots=True)
class _Bringing:
    """What says that somebody is taken on, and whether it is the asker."""

    brings: re.Pattern[str]
    passive: re.Pattern[str]  # 被一家国企引进, was hired by a firm
    attribute: re.Pattern[str]  # 新引进的员工: it tells which person
    firm: re.Pattern[str]  # a firm as the subject of a clause: 公司今年还招了…


@cache
def _bringing() -> _Bringing:
    asker = asker_speech().asker
    bring, me = any_of(asker.bring), any_of(word for word in asker.person if not word.isascii())
    not_me = r"(?!(?:e?d)? (?:me|by|from|full|at|to|this|last|in|as)(?![a-z]))"
    firm = any_of(word for word in asker.firm if not word.isascii())
    return _Bringing(
        re.compile(rf"{bring}(?!\w{{0,2}}?{me})|(?:recruit|hire)(?![a-z]*ment){not_me}"),
        re.compile(rf"{asker.passive}[^，。]{{0,16}}?{bring}|(?:was|been|am|got|,) (?:recruited|hired)"),
        re.compile(rf"新?{bring}[^，。的\d]{{0,3}}的"),
        re.compile(rf"(?<![\u4e00-\u9fff]){firm}[^，。]{{0,8}}?{bring}"),
    )


def _we_bring(profile: ProfileText) -> bool:
    """Whether the firm takes people on, and the asker speaks for it; what describes the asker says nothing of that."""
    words, text = _bringing(), profile.text
    told = words.attribute.sub("", words.passive.sub("", text))
    if any(_finders()["we"].stands_in(text, clause.start, clause.end) for clause in profile.clauses):
        return words.brings.search(told) is not None
    return any(
        words.brings.search(match[0] + told[match.end() : match.end() + 4]) for match in words.firm.finditer(told)
    )


def _kinds_said(profile: ProfileText, person: bool) -> set[str]:
    """The kinds in the first clause that names one; of a person only what the person is, not where they work."""
    for clause in _most_telling_first(profile):
        if clause.of_others or clause.asking:
            continue
        names = [found.names for found in _kinds().find(profile.text, clause.start, clause.end)]
        if not names:
            continue
        if person:
            return {
                name for group in names for name in group if name in ("individual_business", "household", "investor")
            }
        return set(_head(names))
    return set()


_SAYS_WHAT_IT_IS = re.compile(
    r"(?:我们|我司|我公司|咱们|本\w{1,2}|我[校院所厂店]|我们这|俺们)[^，。都]{0,3}(?:就?是|属于)|(?<![a-z])we are an? "
)


def _most_telling_first(profile: ProfileText) -> list[Clause]:
    """Clauses that say 我们是…, those that speak of a shop of 个体, then the others in their order."""
    text = profile.text

    def rank(clause: Clause) -> int:
        names = {name for found in _kinds().find(text, clause.start, clause.end) for name in found.names}
        if _SAYS_WHAT_IT_IS.search(text, clause.start, clause.end) and names:
            return 0
        return 1 if "individual_business" in names and clause.sentence <= 1 else 2

    return sorted(profile.clauses, key=rank)


def _head(names: list[tuple[str, ...]]) -> tuple[str, ...]:
    """The kind a clause ends in, and the particular ones before a mere 公司 or 企业."""
    last = names[-1]
    particular = [name for group in names for name in group if name != "company"]
    if last != ("company",) or not particular:
        return last
    # a shop of 个体, an incubator that is an independent firm; but a hospital is only where a firm sells to
    kept = [
        name
        for name in particular
        if name in ("individual_business", "platform", "intermediary", "guarantor", "investor")
    ]
    return ("individual_business",) if "individual_business" in kept else (*kept, "company")
