"""Clauses that a question calls by their address: which clause, and whether anything but its words is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.understand.reading import Reading
from index.rankers.address_book import addresses_in
from index.rankers.named_clause import EXACT, AddressLookup
from index.types import Hit
from ingest.normalise import match_form
from ingest.vocabulary.talk import talk_words

# What may stand around an address that is asked for itself: 第十条讲什么, 第十条的主要内容是什么.
_ASKS_FOR_ITSELF = re.compile(
    r"什么|内容|全文|原文|条文|规定|怎么|如何|主要|具体|意思|哪些|请问|告诉我|是|讲|说|写|有|的|了|吗|呢|啥|看|一下|[\W_]"
)

_BARE_NUMBER = re.compile(r"\d+[.、]?|[（(](?:19|20)\d\d[)）]")  # or a year in brackets
_PHRASE_END = re.compile(r"[,，。；;？?！!]")


_TOLD_MORE = talk_words().told_more
_ARTICLE_ALONE = re.compile(r"第[一二三四五六七八九十百\d]{1,4}[条项][^，,。；;]{0,6}[。？?！!]*")
_TELL_MORE_OF = re.compile(rf"^{_TOLD_MORE}(?=第)|(?<=[条项款]){_TOLD_MORE}[。？?！!]*$")


def without_wish_for_more(turn: str) -> str:
    """A turn that wants an article told at length, as the article alone: 第三条 of 展开第三条."""
    return _TELL_MORE_OF.sub("", turn)


def asks_for_article_alone(turn: str) -> bool:
    """Whether a turn calls for an article by its number and names no document: 第三条讲什么."""
    return _ARTICLE_ALONE.fullmatch(turn.strip()) is not None


@dataclass(frozen=True, slots=True)
class AddressAsked:
    """An address of the last turn, in match form, and what else is asked behind it."""

    printed: str  # 第三条
    before: str
    rest: str
    in_last_turn: bool = True
    numbers: frozenset[int] = frozenset()  # of every address of its turn, the last step of each

    @property
    def is_bare_number(self) -> bool:
        """Whether it is a number with a point and no word for an article: 3., or a year: a PhD from Leeds (2012)."""
        return _BARE_NUMBER.fullmatch(self.printed) is not None

    @property
    def is_all(self) -> bool:
        """Whether nothing but an article is asked for: 民法典第九十九条讲什么."""
        return (
            self.in_last_turn
            and self.printed.startswith("第")
            and not self.rest
            and _PHRASE_END.search(self.before) is None
        )

    def asks_for_itself(self, title: str) -> bool:
        """Whether nothing but the clause is asked for; the document may be named behind it (第十条 病残津贴办法)."""
        letters = iter(match_form(title))
        return all(letter in letters for letter in self.rest)  # in their order: 病残津贴办法 of 病残津贴暂行办法


def address_asked(reading: Reading) -> AddressAsked | None:
    """The address in the last turn, or in the one before it that a document's name alone follows up; None for none."""
    for number, turn in enumerate((reading.last, *reading.carried.earlier[-1:])):
        plain = match_form(turn)
        if runs := addresses_in(plain):
            start, end = runs[0][0], runs[-1][1]
            return AddressAsked(
                plain[start : runs[0][1]],
                plain[:start],
                _ASKS_FOR_ITSELF.sub("", plain[end:]),
                number == 0,
                frozenset(steps[-1][1] for _, _, steps in runs),
            )
    return None


def bears_number(address: str, asked: AddressAsked) -> bool:
    """Whether a clause's own address ends in a number that the turn calls for: 第十二条, not 第十条 of the turn before."""
    return any(steps[-1][1] in asked.numbers for _, _, steps in addresses_in(match_form(address))[-1:])


def hits_named(hits: Sequence[Hit]) -> list[Hit]:
    """The clauses that the question names outright, in the order they are printed."""
    named = [hit for hit in hits if (by := hit.found_by.get(AddressLookup.name)) is not None and by.score >= EXACT]
    return sorted(named, key=lambda hit: (hit.clause.source, hit.clause.span))
