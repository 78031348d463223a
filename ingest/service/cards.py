"""Service cards: what a bureau says of a policy, or of one benefit of it, that no text prints. Never quoted as a text."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from ingest.entitlements.wording import squeezed
from ingest.errors import CorpusUnusable
from ingest.sentences import Sentence, said_of
from ingest.types import Clause, Corpus

FILE = "service_cards.toml"
"""Lies beside the texts, and so is part of every version and draft of a corpus."""
FIELDS = ("where", "when", "materials", "duration", "link", "telephone")
IN_ENGLISH = ("where", "when", "materials", "duration")  # each may be said in English too, as <field>_en
LONGEST = 500  # characters of a field
LONGEST_LINE = 200  # characters of a link or of telephone numbers
LEAST_DIGITS = 3  # of a telephone number
MOST_LETTERS = 12  # beside the digits of telephone numbers: whom to ask for, an extension
_HIDDEN = re.compile("[\0-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class ServiceCard(BaseModel):
    """One card. Whoever makes one gets ValueError with a Sentence when it cannot be shown as it is."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    document: str = Field(description="Title of the policy.")
    words: str = Field(default="", description="Words of the clause it is bound to, as printed; empty for the policy.")
    where: str = ""
    when: str = ""
    materials: str = ""
    duration: str = ""
    link: str = ""
    telephone: str = ""
    where_en: str = ""
    when_en: str = ""
    materials_en: str = ""
    duration_en: str = ""

    @model_validator(mode="after")
    def _can_be_shown(self) -> ServiceCard:
        if not self.document:
            raise ValueError(Sentence("ingest.card_without_document"))
        if not any(self.told()):
            raise ValueError(Sentence("ingest.card_says_nothing", document=self.document))
        for name, said in self:
            most = LONGEST_LINE if name in ("link", "telephone") else LONGEST
            if len(said) > most:
                raise ValueError(Sentence("ingest.card_field_too_long", document=self.document, most=most))
            if _HIDDEN.search(said):
                raise ValueError(Sentence("ingest.card_with_hidden_signs", document=self.document))
        if self.link and not _is_web_address(self.link):
            raise ValueError(Sentence("ingest.card_link_is_none", link=self.link))
        if self.telephone and not _is_telephone(self.telephone):
            raise ValueError(Sentence("ingest.card_telephone_is_none", telephone=self.telephone))
        return self

    @property
    def key(self) -> tuple[str, str]:
        """What it is bound to; a corpus has one card for each."""
        return squeezed(self.document), squeezed(self.words)

    def told(self) -> Iterator[str]:
        """The names of the fields that say something."""
        return (name for name in FIELDS if getattr(self, name))

    def said(self, name: str, *, in_english: bool = False) -> str:
        """What one of FIELDS says: in English where that is wanted and there is some."""
        english = getattr(self, f"{name}_en") if in_english and name in IN_ENGLISH else ""
        return english or getattr(self, name)


class _CardFile(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    card: tuple[ServiceCard, ...] = ()

    @model_validator(mode="after")
    def _one_of_each(self) -> _CardFile:
        known: set[tuple[str, str]] = set()
        for card in self.card:
            if card.key in known:
                raise ValueError(Sentence("ingest.card_is_there", document=card.document))
            known.add(card.key)
        return self


@dataclass(frozen=True, slots=True)
class ServiceCards:
    """The cards of a corpus."""

    cards: tuple[ServiceCard, ...] = ()

    def of(self, clause: Clause, corpus: Corpus) -> ServiceCard | None:
        """The card of a clause: its own, else that of its policy."""
        if not self.cards:
            return None
        title, text = squeezed(corpus.document_of(clause).title), squeezed(clause.text)
        of_document = [card for card in self.cards if card.key[0] == title]
        own = (card for card in of_document if card.words and card.key[1] in text)
        return next(own, next((card for card in of_document if not card.words), None))


def read_cards(folder: Path) -> ServiceCards:
    """The cards of a corpus folder; none where there is no such file. Raises CorpusUnusable."""
    path = folder / FILE
    if not path.is_file():
        return ServiceCards()
    try:
        return ServiceCards(parsed(path.read_bytes().decode("utf-8")))
    except UnicodeDecodeError as error:
        raise CorpusUnusable("ingest.settings_are_no_utf8", path=path) from error
    except tomllib.TOMLDecodeError as error:
        raise CorpusUnusable("ingest.settings_are_no_toml", path=path, reason=error) from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise CorpusUnusable("ingest.card_unknown", path=path, where=where, reason=said_of(first)) from error


def parsed(written: str) -> tuple[ServiceCard, ...]:
    """The cards of the text of a file. Raises TOMLDecodeError, ValidationError."""
    return _CardFile.model_validate(tomllib.loads(written)).card


def is_bound(card: ServiceCard, clauses: Iterable[Clause], corpus: Corpus) -> bool:
    """Whether the texts still hold what a card is bound to; one that is not is shown under no answer."""
    title, words = card.key
    titles = {document.id: squeezed(document.title) for document in corpus.documents}
    return any(titles[clause.document] == title and words in squeezed(clause.text) for clause in clauses)


def _is_telephone(said: str) -> bool:
    digits, letters = (sum(map(of, said)) for of in (str.isdecimal, str.isalpha))
    return digits >= LEAST_DIGITS and letters <= MOST_LETTERS


def _is_web_address(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s<>\"'\\]", link)
