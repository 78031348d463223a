"""What somebody did or had happen: events as conditions name them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from bot.match.facts.profile_text import Clause
from bot.match.facts.reading import Reading, finder, widened, worded
from bot.match.facts.speech.interns import takes_interns
from bot.match.facts.titles.title_holders import is_of_a_person, is_taken_part_in
from bot.match.facts.words import Found
from bot.match.types import Fact
from ingest.vocabulary.load import any_of
from ingest.vocabulary.matching.asker_facts import asker_fact_words
from ingest.vocabulary.matching.asker_speech import asker_speech
from ingest.vocabulary.matching.inclusions import inclusions
from ingest.vocabulary.matching.title_holders import title_holder_words

_BRINGS = 40  # characters behind 带 in which everything is named that is brought
_CERTIFICATE = "考取证书"  # as conditions have it
_BY_REVIEW = frozenset({"副高级", "正高级"})


def event_facts(reading: Reading) -> Iterator[Fact]:
    """The events a profile tells of, and on how many marketplaces a firm sells."""
    for clause, word in reading.said("event"):
        if clause.of_others and not set(word.names) & set(asker_speech().dealings.with_others):
            continue
        planned = reading.profile.is_planned(clause, word.end) and not is_lasting(word)
        if planned or reading.relatives_in(clause):
            continue
        if _is_no_project(reading, clause, word):
            continue
        part = reading.profile.of(clause)
        names = tuple(dict.fromkeys(name for name in _as_told(reading, clause, word) if _is_for(reading, name)))
        if _by_a_client(reading, clause, word):
            names = tuple(name for name in widened(names) if name not in inclusions().hires)
        if names == ("发明专利授权",) and re.search("申请|受理|applied", part) and not re.search("授权|granted", part):
            continue
        if names:
            if "institution" in reading.who:
                names += tuple(more for name in names for more in asker_fact_words().of_institutions.get(name, ()))
            fact = worded(reading, clause, word, "event", widened(names))
            if set(names) & set(asker_speech().dealings.owed):
                fact = replace(fact, denied=False)
            yield fact
            if fact.denied:
                against = (asker_fact_words().opposites.get(name) for name in names)
                yield from (Fact("event", words, said=fact.said) for words in against if words)
            if not fact.denied and re.search("首次|第一次|头一回", reading.profile.of(clause)):
                yield Fact("recognition.time", ("首次",), of=names[0], said=fact.said)
                first = asker_speech().founding.first
                yield from (Fact("event", widened((first[name],)), said=fact.said) for name in names if name in first)
    yield from _brings_all(reading)
    yield from _marketplaces(reading)


def _is_no_project(reading: Reading, clause: Clause, word: Found) -> bool:
    """国家重点研发计划课题负责人 is a person; 参与…，作为子任务单位: the project is undertaken by somebody else."""
    if not set(word.names) & set(title_holder_words().project.events):
        return False
    if not reading.is_person and is_of_a_person(reading.profile.text, word.end, clause.end):
        return True
    follows = reading.clauses[clause.number + 1 : clause.number + 2]
    told = "".join(reading.profile.of(other) for other in follows if other.sentence == clause.sentence)
    return is_taken_part_in(reading.profile.of(clause), told)


def is_lasting(word: Found) -> bool:
    """Whether it holds of a site that is only planned, too: on which grid it lies."""
    return bool({*word.names} & {*asker_speech().dealings.lasting})


def _brings_all(reading: Reading) -> Iterator[Fact]:
    """带着项目、资金和团队来: an event, or a plan, of who brings all three of them, told in one sentence."""
    words, text = asker_speech().brings_all, reading.profile.text
    for clause in reading.clauses:
        verb = re.search(any_of(words.verb), text[clause.start : clause.end])
        if verb is None or clause.asking or clause.of_others:
            continue
        start, last = clause.start + verb.start(), reading.profile.sentence_clauses(clause)[-1].end
        found = [re.search(any_of(each), text[start : min(last, start + _BRINGS)]) for each in words.each]
        ends = [match.end() for match in found if match is not None]
        if len(ends) == len(words.each):
            attribute = "plan" if reading.is_planned(start) else "event"
            yield Fact(attribute, (words.event,), said=reading.profile.span(start, start + max(ends)))
            return


def _as_told(reading: Reading, clause: Clause, word: Found) -> tuple[str, ...]:
    """The events of a word; students who are taken as interns are not hired, and a firm is no intern."""
    words = asker_speech().studies
    if _CERTIFICATE in word.names and _is_of_a_title(reading, word):
        return tuple(name for name in word.names if name != _CERTIFICATE)
    if takes_interns(reading, clause):
        return tuple(words.taken if name in (words.as_intern, *words.not_interns) else name for name in word.names)
    if reading.is_organisation and not reading.is_person:
        return tuple(name for name in word.names if name != words.as_intern)
    return word.names


def _is_of_a_title(reading: Reading, word: Found) -> bool:
    """取得副高级资格证书: a title is awarded by review, and no certificate somebody sat an exam for."""
    titles = finder("title").find(reading.profile.text, word.start, word.end)
    return any(_BY_REVIEW & {*widened(title.names)} for title in titles)


def _marketplaces(reading: Reading) -> Iterator[Fact]:
    """On how many marketplaces a firm sells, where it names them."""
    text = reading.profile.text
    named = {
        text[word.start : word.end].removesuffix(".com"): word
        for clause, word in reading.said("event")
        if "入驻跨境电商平台" in word.names and not reading.profile.is_planned(clause, word.end)
    }
    if named:
        first = min(named.values(), key=lambda word: word.start)
        because = "、".join(named)
        yield Fact(
            "platforms",
            number=Decimal(len(named)),
            unit="个",
            said=reading.profile.span(first.start, first.end),
            because=because,
        )


def _by_a_client(reading: Reading, clause: Clause, word: Found) -> bool:
    """还帮一家光伏企业柔性引进一位院士, said by an agency: the client hires, and not the agency."""
    return "intermediary" in reading.who and reading.client_before(clause, word.start) > clause.start


def _is_for(reading: Reading, name: str) -> bool:
    """Renting is of persons, taking graduates on of firms."""
    hires = name.startswith(("招", "引进人才", "柔性引进人才", "返聘", "接收"))
    if name in ("贷款", "获得融资担保") and reading.who & {"bank", "guarantor"}:
        return False  # they lend and vouch for others
    return not hires or reading.is_organisation or "employer" in reading.who
