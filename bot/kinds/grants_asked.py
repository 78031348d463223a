"""Which grants a question for a set is about: of which levels, kinds, recipients and topic. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.kinds.grant_shelf import GrantShelf
from bot.kinds.words import asked_words
from bot.text.jieba_dictionary import words_in
from bot.understand.levels_and_places import Places
from bot.understand.reading import Reading
from index.text.titles import titles_of
from ingest.entitlements.types import Attached, leaves
from ingest.normalise import match_form
from ingest.vocabulary.levels import level_names, widest_first
from ingest.vocabulary.load import any_of

SHORTEST_TOPIC = 2  # characters
FEWEST_TO_COMPARE = 3  # grants of which one is the most
MOST_BETWEEN = 4  # characters between the words of a topic
_EVERYBODY = frozenset({"person", "employer", "company", "institution"})  # recipients that most clauses name
_RANK = re.compile(any_of(level_names()))
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[a-z]{3,}")


@dataclass(frozen=True, slots=True)
class GrantsAsked:
    """What narrows a set of grants. ``kinds`` are those named; ``general`` says that only a general word stands there."""

    levels: tuple[str, ...]
    kinds: tuple[str, ...]
    general: bool
    recipients: frozenset[str]
    topics: tuple[str, ...]
    about: tuple[str, ...] = ()  # kinds that are a topic beside another: 住房 in 住房方面的补贴

    @property
    def is_bare(self) -> bool:
        """Whether nothing but kinds, levels and recipients is named."""
        return not self.topics and not self.about


def grants_asked(reading: Reading, places: Places) -> GrantsAsked | None:
    """What ``reading``'s last turn asks for of grants; None where no kind of grant is named, or a class or year."""
    return None if reading.tiers or reading.years else grants_named(reading, reading.last, places)


def grants_named(reading: Reading, text: str, places: Places) -> GrantsAsked | None:
    """The same for a piece of the turn, whatever classes the turn names beside it."""
    words = asked_words()
    named = tuple(kind for kind, pattern in words.kinds.items() if pattern.search(text))
    general = words.any_kind.search(text) is not None
    if not (named or general) or re.search(r"\d", text):
        return None
    about = tuple(kind for kind in named if kind in words.about) if set(named) - set(words.about) else ()
    told = re.sub(words.printed["of_a_policy"], "|", text)  # 人才政策 is what a document is on, nobody who gets money
    who = frozenset(who for who, pattern in words.recipients.items() if pattern.search(told))
    return GrantsAsked(
        levels=tuple(widest_first(reading.levels)),
        kinds=named or tuple(words.kinds),
        about=about,
        general=not named,
        recipients=who,
        topics=tuple(_topics(text, places)),
    )


def _topics(text: str, places: Places) -> Iterator[str]:
    """What is left of the question without the words of every such question."""
    words = asked_words()
    rest = re.sub(r"\s+", " ", text) if text.isascii() else re.sub(r"\s+", "", text)
    for name in sorted({name for names in places.names.values() for name in names if len(name) > 1}, key=len):
        rest = rest.replace(name.lower(), "|")
    for level in places.names:
        rest = re.sub(words.printed["level"].format(level=re.escape(level)), "|", rest)
    rest = _RANK.sub("|", rest) if places.levels_named(text) else rest
    patterns = [*words.kinds.values(), words.any_kind]
    patterns += [pattern for who, pattern in words.recipients.items() if who != "person"]
    for pattern in patterns:
        rest = pattern.sub("|", rest)
    rest = re.sub(words.printed["person"], "|", rest)
    rest = words.nothing.sub("|", rest)
    rest = words.nothing_english.sub("|", rest)
    for chunk in _HAN.findall(rest):
        if len(chunk) >= SHORTEST_TOPIC:
            yield chunk
    for word in _LATIN.findall(rest):
        if not places.levels_named(word) and not places.levels_named(f"the {word}"):
            yield words.english.get(word, word)


def fitting(asked: GrantsAsked, shelf: GrantShelf, items: Iterable[Attached]) -> list[Attached]:
    """The grants of the levels, recipients and topics asked for, of whatever kind."""
    topics = [match_form(topic) for topic in asked.topics]
    titles = titles_of(shelf.corpus) if topics else []
    of_document = {topic for topic in topics if any(topic in title for title in titles)}
    return [
        item
        for item in items
        if (not asked.levels or item.level in asked.levels)
        and (not asked.recipients or _is_to(item, asked.recipients))
        and all(_is_about(item, topic, shelf, in_title=topic in of_document) for topic in topics)
        and (not asked.about or any(_is_of(item, kind) for kind in asked.about))
    ]


def of_kinds(asked: GrantsAsked, items: Sequence[Attached]) -> list[Attached]:
    """Those of the kinds named; a word such as 住房 may be in the title of a grant of money too."""
    return [item for item in items if item.record.kind in asked.kinds]


def is_of_chapter(asked: GrantsAsked, shelf: GrantShelf) -> bool:
    """Whether the topics are those of whole chapters (人才): a set, where any other topic means one grant."""
    chapters = [match_form(name) for name in shelf.corpus.lookup.chapters()]
    return all(any(match_form(topic) in chapter for chapter in chapters) for topic in asked.topics) and not asked.about


def is_of_several(asked: GrantsAsked, shelf: GrantShelf) -> bool:
    """Whether several grants with an amount fit, so that the most of them can be asked for."""
    fit = of_kinds(asked, fitting(asked, shelf, shelf.checked))
    return sum(bool(item.record.amounts) for item in fit) >= FEWEST_TO_COMPARE


def is_of_documents(asked: GrantsAsked, shelf: GrantShelf) -> bool:
    """Whether every topic is a name of documents."""
    titles = titles_of(shelf.corpus)
    named = bool(asked.topics) and not asked.about
    return named and all(any(match_form(topic) in title for title in titles) for topic in asked.topics)


def _is_to(item: Attached, recipients: frozenset[str]) -> bool:
    """Whether a grant goes to one of the recipients, or its words name one that few grants name (个体工商户)."""
    named = recipients - _EVERYBODY
    said = "\n".join((item.record.title, *item.record.spans, item.record.recipient.span or ""))
    patterns = asked_words().recipients
    if item.record.recipient.who == "institution":
        return "institution" in recipients  # their rules name others beside them
    return item.record.recipient.who in recipients or any(patterns[who].search(said) for who in named)


def _is_of(item: Attached, kind: str) -> bool:
    """Whether a grant is of a kind, or speaks of what that kind is about."""
    speaks = asked_words().about[kind].search("\n".join((item.record.title, *item.record.spans)))
    return item.record.kind == kind or speaks is not None


def _are_near(pieces: Sequence[str], text: str) -> bool:
    """Whether the words stand in this order, a few characters apart."""
    return re.search(f".{{0,{MOST_BETWEEN}}}".join(map(re.escape, pieces)), text) is not None


def _is_about(item: Attached, topic: str, shelf: GrantShelf, *, in_title: bool) -> bool:
    """Whether a grant speaks of a topic in match form: in its words or its document's title; else its chapter's name.

    A topic that is ``in_title`` of any document is no chapter's.
    """
    asked = (leaf.span for leaf in leaves(item.record.conditions))
    said = (item.record.title, *item.record.spans, item.record.recipient.span or "", *asked, item.record.document)
    text = match_form("\n".join(said))
    pieces = [word for word in words_in(topic) if len(word) >= SHORTEST_TOPIC]
    apart = len(pieces) > 1 and sum(map(len, pieces)) == len(topic)  # 高校毕业生 of 普通高校本科毕业生
    if topic in text or (apart and any(_are_near(pieces, match_form(one)) for one in said)):
        return True
    return not in_title and topic in match_form("".join(shelf.clause(item).path[:1]))
