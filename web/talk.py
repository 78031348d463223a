"""Who asks, what has been asked so far, and what is asked now. Plain values; knows nothing of answers."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from index.types import Filters
from ingest.types import Corpus
from web.api import levels_of
from web.texts import Tongue, tongue_wanted


@dataclass(frozen=True)
class Visitor:
    """Who asks: the address that counts for the rate limit, the browser's language, what the page's address says."""

    client: str
    accept_language: str | None
    wanted: Mapping[str, str]  # "lang", "q", "clause"

    @property
    def tongue(self) -> Tongue:
        """The language the page begins in."""
        return tongue_wanted(self.wanted.get("lang"), self.accept_language)


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation so far, as the visitor's session holds it."""

    id: str = ""  # random, given with the first question
    turns: tuple[str, ...] = ()
    replacing: bool = False  # the next question takes the place of the last one

    def with_turn(self, text: str, most: int) -> Talk:
        """One question more, the oldest dropped; asked once more it is no new turn."""
        before = self.turns[:-1] if self.replacing else self.turns
        turns = before if before[-1:] == (text,) else (*before, text)
        return Talk(self.id or secrets.token_hex(8), turns[-most:])


@dataclass(frozen=True, slots=True)
class Wish:
    """What a visitor asks, and of which part of the corpus."""

    text: str
    level: str = ""  # "" for all
    document: str = ""  # PolicyDocument.id, "" for all
    alone: bool = False  # complete in itself: earlier turns are not read with it


def filters_of(wish: Wish, corpus: Corpus) -> Filters:
    """What the answer may rest on; a level or document that is none limits nothing."""
    return Filters(
        levels=frozenset({wish.level} if wish.level in levels_of(corpus) else ()),
        documents=frozenset({wish.document} if wish.document in corpus.document_by_id else ()),
    )
