"""Versions of one document: which of them is in force at the time asked about, and which are left out for it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.evidence.candidates import Candidate
from bot.text.jieba_dictionary import nouns_in
from bot.text.term_overlap import terms_of
from bot.understand.documents_asked import documents_asked
from bot.understand.reading import Reading
from bot.understand.time_asked import TimeAsked, VersionAsked
from index.text.question_types import QuestionType
from ingest.normalise import match_form, title_form
from ingest.types import Corpus, PolicyDocument
from ingest.vocabulary.talk import talk_words

# What tells versions of one document apart, and the notice from what it issues.
_BRACKETED = re.compile(r"[（(〔\[][^（）()〔〕\[\]]*(?:版|修订|修正|试行|暂行|年)[^（）()〔〕\[\]]*[）)〕\]]")
_YEARS = re.compile(r"(?:19|20)\d\d(?:[-—–至到](?:19|20)?\d\d)?年?(?:度|版|修订)?")
_WRAPPING = re.compile(
    r"^.{0,40}?(?:印发|发布|公布|颁布|下发)(?:关于)?|的通知$|^关于|[《》〈〉“”\"的]|暂行|试行|修订版?"
)
_COMPARES = re.compile(r"相比|比较|对比|区别|不同|不一样|变化|涨|降|[跟和与比].{0,12}版|新旧|新老|differ|compare|chang")
OF_THAT_TIME = 0.8  # score; a rule of another document that says nothing of its term is not known to hold then
SHORTEST_NAME = 6  # characters; a shorter one (实施方案) may be of two different things
_YEAR = re.compile(r"(?:19|20)\d\d")
TERM_OF_ANOTHER = 1.2  # score that a sentence is behind whose day is printed of something else
_SAYS_NO_THING = frozenset(talk_words().say_nothing.split())


@dataclass(frozen=True, slots=True)
class Versions:
    """Documents of which the corpus holds more than one version."""

    families: tuple[tuple[PolicyDocument, ...], ...]

    @classmethod
    def of(cls, corpus: Corpus) -> Versions:
        """Reads them off the titles, and off what documents say they replace."""
        named: defaultdict[tuple[str | None, str], list[PolicyDocument]] = defaultdict(list)
        for document in corpus.documents:
            name = version_name(document.title)
            if document.kind == "policy" and len(name) >= SHORTEST_NAME:
                named[document.level, name].append(document)
        families = [list(family) for family in named.values()]
        family_of = {document.id: family for family in families for document in family}
        for document in corpus.documents:
            successor = corpus.document_by_id.get(document.ended_by or "")
            if successor is not None:
                _unite(family_of, document, successor)
        return cls(tuple(tuple(family) for family in families if _has_versions(family)))

    def left_out(self, text: str, asked: TimeAsked, version: VersionAsked) -> frozenset[str]:
        """The documents that are no answer: versions not in force at the time asked about where another one is.

        A question that names a version, by its year or as the old one, means that one; one that compares versions,
        or names a document by its title or 文号, means both.
        """
        plain = match_form(text)
        return frozenset(
            document.id
            for family in self.families
            if not _is_named(family, plain)
            for document in _others(family, plain, asked, version)
        )

    def in_time(self, candidates: Sequence[Candidate], corpus: Corpus, asked: TimeAsked) -> list[Candidate]:
        """The candidates, those of a version that holds at a time asked about before others nearly as good."""
        if not asked.named:
            return list(candidates)
        lifted = [
            replace(candidate, score=candidate.score + OF_THAT_TIME)
            if self._is_of(candidate, corpus, asked)
            else candidate
            for candidate in candidates
        ]
        return sorted(lifted, key=lambda candidate: -candidate.score)

    def of_own_term(self, reading: Reading, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Asked whether something still holds: the sentences whose printed day is that of another thing in them come later."""
        if QuestionType.VALIDITY not in reading.types:
            return list(candidates)
        asked = terms_of(reading.last)
        behind = [replace(c, score=c.score - TERM_OF_ANOTHER) if _is_anothers(c, asked) else c for c in candidates]
        return sorted(behind, key=lambda candidate: -candidate.score)

    def _is_of(self, candidate: Candidate, corpus: Corpus, asked: TimeAsked) -> bool:
        document = corpus.document_of(candidate.clause)
        return document.validity.holds_in(asked.first, asked.last) and bool(self.beside(document))

    def beside(self, document: PolicyDocument) -> Sequence[PolicyDocument]:
        """The other versions of a document, one document of each: not the notice but what it issues."""
        family = next((family for family in self.families if document in family), ())
        shortest: dict[tuple[object, ...], PolicyDocument] = {}
        for one in sorted(family, key=lambda one: len(one.title)):
            if _version(one) != _version(document):
                shortest.setdefault(_version(one), one)
        return sorted(shortest.values(), key=_begins)


NO_VERSIONS = Versions(())


def _is_anothers(candidate: Candidate, asked: frozenset[str]) -> bool:
    """继续降低费率至2025年底，对…实施稳岗返还政策: asked of 稳岗返还, the day stands with the rate, which is another thing."""
    said = candidate.statement
    if said is None or said.governs_clause or said.valid_until is None:
        return False
    text, end = candidate.clause.text, candidate.span.end
    with_day, behind = text[candidate.span.start : said.quote.end], text[said.quote.end : end]
    own = [noun for noun in nouns_in(with_day) if noun not in _SAYS_NO_THING]
    return bool(own) and not asked & terms_of(with_day) and bool(asked & terms_of(behind))


def version_name(title: str) -> str:
    """What the titles of all versions of a document have in common, and that of the notice that issues it."""
    bare = _YEARS.sub("", _BRACKETED.sub("", title_form(title)))
    return _WRAPPING.sub("", bare)


def _unite(family_of: dict[str, list[PolicyDocument]], one: PolicyDocument, other: PolicyDocument) -> None:
    first, second = family_of.get(one.id), family_of.get(other.id)
    if first is None or second is None or first is second:
        return
    first.extend(second)
    family_of |= {document.id: first for document in second}
    second.clear()


def _version(document: PolicyDocument) -> tuple[object, ...]:
    """What the parts of one version, a notice and what it issues, have in common."""
    validity = document.validity
    return (
        document.number,
        validity.valid_from,
        validity.valid_until,
        validity.repealed,
        _years_of_title(document),
    )


def _years_of_title(document: PolicyDocument) -> frozenset[int]:
    """The years that the title of a document names which prints no term: prices of 2024 and prices of 2025."""
    validity = document.validity
    dated = validity.valid_from or validity.valid_until or validity.undetermined
    return frozenset[int]() if dated else frozenset(map(int, _YEAR.findall(document.title)))


def of_a_year(document: PolicyDocument) -> bool:
    """Whether a document is one year's by its title and prints no term: nothing says that it holds or no longer does."""
    return bool(_years_of_title(document))


def _holds(document: PolicyDocument, asked: TimeAsked) -> bool:
    years = _years_of_title(document)
    if years:
        return any(asked.first.year <= year <= asked.last.year for year in years)
    return document.validity.holds_in(asked.first, asked.last)


def _has_versions(family: Sequence[PolicyDocument]) -> bool:
    """Whether the documents differ in when they hold: without days nobody can tell which one is the newer."""
    return len({_version(one) for one in family}) > 1


def _others(
    family: Sequence[PolicyDocument], plain: str, asked: TimeAsked, version: VersionAsked
) -> Iterator[PolicyDocument]:
    if version.years or version.old:
        if _COMPARES.search(plain):
            return
        meant = [one for one in family if version.years & _years_of(one)] if version.years else _older(family, asked)
        yield from (one for one in family if meant and one not in meant)
        return
    holding = [one for one in family if _holds(one, asked)]
    if not holding or asked.is_a_day:  # of two that hold on one day the later one; of none, the last one before
        holding = _latest(holding or _nearest(family, asked))
    yield from (one for one in family if holding and one not in holding)


def _latest(documents: Sequence[PolicyDocument]) -> list[PolicyDocument]:
    latest = max((_begins(one) for one in documents), default="")
    return [one for one in documents if _begins(one) == latest]


def _nearest(family: Sequence[PolicyDocument], asked: TimeAsked) -> list[PolicyDocument]:
    """Where no version holds at the time asked about: those that had begun by then, else the first of all."""
    begun = [one for one in family if "" < _begins(one) <= asked.last.isoformat()]
    first = min((_begins(one) for one in family), default="")
    return begun or [one for one in family if _begins(one) == first]


def _begins(document: PolicyDocument) -> str:
    """The day a version begins, as text that sorts by days, else the year in its title; "" for one that prints none."""
    years = _years_of_title(document)
    if years:
        return str(max(years))
    day = document.validity.valid_from or document.issued
    return day.isoformat() if day else ""


def _older(family: Sequence[PolicyDocument], asked: TimeAsked) -> list[PolicyDocument]:
    """The versions that are no longer in force, or all but the latest."""
    over = [one for one in family if not _holds(one, asked)]
    return [one for one in over if one.validity.valid_from is None or one.validity.valid_from <= asked.last]


def _years_of(document: PolicyDocument) -> frozenset[int]:
    printed = _YEAR.findall(f"{document.title} {document.number or ''}")
    begins = document.validity.valid_from
    return frozenset((*map(int, printed), *((begins.year,) if begins else ())))


def _is_named(family: Sequence[PolicyDocument], plain: str) -> bool:
    """Whether a version is named outright: by a title that only it has, or by its 文号."""
    names: Mapping[str, int] = {
        title: sum(title in title_form(other.title) for other in family)
        for one in family
        if (title := title_form(one.title))
    }
    titles = any(title in plain and count < len(family) and _YEAR.search(title) for title, count in names.items())
    return titles or any(one.number and title_form(one.number) in plain for one in family)


def of_documents_asked(reading: Reading, sentences: list[Candidate], corpus: Corpus) -> list[Candidate]:
    """The sentences without those of other documents than the question names, where any is of one of them."""
    asked = documents_asked(reading.text, corpus)
    return [sentence for sentence in sentences if sentence.clause.document in asked] or sentences
