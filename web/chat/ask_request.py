"""What a visitor wishes to know. Plain values; knows nothing of answers."""

from __future__ import annotations

from dataclasses import dataclass

from index.types import Filters
from ingest.types import Corpus
from web.api.requests import levels_of
from web.texts import Tongue


@dataclass(frozen=True, slots=True)
class Wish:
    """What a visitor asks, after what, and of which part of the corpus."""

    text: str
    earlier: tuple[str, ...] = ()  # the questions before it, oldest first, as the page has them
    level: str = ""  # "" for all
    document: str = ""  # PolicyDocument.id, "" for all
    conversation: str = ""  # a name the page has made up; groups what is kept
    alone: bool = False  # complete in itself: earlier questions are not read with it
    tongue: Tongue = "zh"  # what we say of our own is said in it

    def turns(self, most: int, longest: int) -> tuple[str, ...]:
        """The conversation that is answered: at most ``most`` earlier questions, none above ``longest`` characters.

        A browser may claim anything; what could not have been asked here is left out. A question that is asked once
        more is no new turn.
        """
        if self.alone:
            return (self.text,)
        earlier = [one for one in self.earlier if 0 < len(one) <= longest]
        if earlier[-1:] == [self.text]:
            earlier.pop()
        return (*earlier[-most:], self.text)


def filters_of(wish: Wish, corpus: Corpus) -> Filters:
    """What the answer may rest on; a level or document that is none limits nothing."""
    return Filters(
        levels=frozenset({wish.level} if wish.level in levels_of(corpus) else ()),
        documents=frozenset({wish.document} if wish.document in corpus.document_by_id else ()),
    )
