"""Questions to start from, by who is asking: those of the corpus's owner, else some made from headings of its clauses."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import NamedTuple, TypedDict

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.suggest.next_questions import opening_question
from bot.text.bilingual import Say
from bot.types import Language
from ingest.editions.types import Edition
from ingest.errors import CorpusUnusable
from ingest.facts.administration import places_at_start
from ingest.types import Clause, Corpus, Role
from ingest.vocabulary.levels import level_named, widest_first
from ingest.vocabulary.places import latin_names

FILE_NAME = "examples.toml"  # in the folder of the corpus
MOST_DOCUMENTS = 100  # of a level of a large corpus, of which examples are made
QUESTIONS_OF_A_LEVEL = 3


class Group(NamedTuple):
    """Who asks, and what."""

    who: Say
    questions: tuple[Say, ...]


class GroupView(TypedDict):
    """A group as the browser takes it, each text in both languages."""

    who: dict[str, str]
    questions: list[dict[str, str]]


class _Group(BaseModel):
    model_config = ConfigDict(extra="forbid")

    who: tuple[str, str]
    questions: list[tuple[str, str]] = Field(min_length=1)


class _Examples(BaseModel):
    model_config = ConfigDict(extra="forbid")

    group: list[_Group] = Field(min_length=1)


def has_own_examples(corpus: Corpus) -> bool:
    """True when the owner of the corpus has written examples."""
    return (corpus.folder / FILE_NAME).is_file()


def examples_of(corpus: Corpus, edition: Edition) -> tuple[Group, ...]:
    """The examples of a corpus, those from headings in English as well. Raises CorpusUnusable for a wrong ``examples.toml``."""
    path = corpus.folder / FILE_NAME
    if not has_own_examples(corpus):
        return tuple(_from_headings(corpus, edition))
    try:
        read = _Examples.model_validate(tomllib.loads(path.read_text("utf-8")))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CorpusUnusable("web.examples_are_no_toml", path=path, reason=error) from error
    except ValidationError as error:
        where = ".".join(str(part) for part in error.errors()[0]["loc"])
        raise CorpusUnusable("web.example_is_wrong", path=path, where=where, reason=error.errors()[0]["msg"]) from error
    return tuple(Group(Say(*group.who), tuple(Say(*said) for said in group.questions)) for group in read.group)


def views_of(groups: tuple[Group, ...]) -> list[GroupView]:
    """The examples as the browser takes them."""
    return [
        {"who": group.who._asdict(), "questions": [question._asdict() for question in group.questions]}
        for group in groups
    ]


def _from_headings(corpus: Corpus, edition: Edition) -> Iterator[Group]:
    """For each level what it provides on the topics of some clauses that name a sum, of as many documents as there are."""
    for name in widest_first(document.level for document in corpus.documents if document.level):
        level = level_named(name)
        asked = dict.fromkeys(_questions(clause, edition) for clause in _telling(corpus, name))
        questions = [question for question in asked if question is not None][:QUESTIONS_OF_A_LEVEL]
        if questions:
            yield Group(Say(*level.label) if level else Say(name, name), tuple(questions))


def _telling(corpus: Corpus, level: str) -> list[Clause]:
    """Clauses of a level with figures: the first of each document, then the second of each."""
    by_document: dict[str, list[Clause]] = {}
    documents = [document.id for document in corpus.documents if document.level == level]
    most = MOST_DOCUMENTS if corpus.lookup.is_large else None
    for clause in corpus.at(corpus.lookup.of_documents(documents[:most])):
        if clause.level == level and clause.role is Role.ITEM and clause.figures:
            by_document.setdefault(clause.document, []).append(clause)
    ranked = [(rank, clause) for clauses in by_document.values() for rank, clause in enumerate(clauses)]
    return [clause for _, clause in sorted(ranked, key=lambda pair: pair[0])]


def _questions(clause: Clause, edition: Edition) -> Say | None:
    chinese, english = (opening_question(clause, language, edition) for language in (Language.ZH, Language.EN))
    return Say(chinese, english) if chinese and english else None


def region_in_english(region: str) -> str:
    """内蒙古自治区鄂尔多斯市伊金霍洛旗 → Ejin Horo Banner (Ordos, Inner Mongolia); as it is when no place is known in it."""
    places = places_at_start(region)
    if not places:
        return region
    *around, place = ((place, _titled(latin_names(place.name)[0])) for place in places)
    level = level_named(place[0].level)
    own = f"{place[1]} {level.label[1]}" if level else place[1]
    return f"{own} ({', '.join(name for _, name in reversed(around))})" if around else own


def _titled(name: str) -> str:
    return " ".join(word[:1].upper() + word[1:] for word in name.split())
