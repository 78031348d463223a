"""What stands below one heading, by name and counted: its parts, its articles, its dashes (八大行动是哪八个, 引进政策有几条)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from bot.compose.draft import Draft
from bot.compose.phrases import level_words
from bot.evidence.passages_for_question import without_label
from bot.kinds.words import asked_words, said
from bot.text.term_overlap import terms_of
from bot.types import AnswerKind, Language
from bot.understand.levels_and_places import Places
from bot.understand.reading import Reading
from bot.verify.counts import counted_sentence
from index.types import Hit
from ingest.clause_lookup import ClauseLookup
from ingest.facts.numerals import value_of
from ingest.normalise import match_form
from ingest.structure.numbering import without_labels
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, Corpus, Role, Span

SHORTEST_NOUN = 2  # characters
FEWEST = 3  # things that make a list
MOST = 16  # that are named
MOST_CALLED_SO = 2  # headings that may have what the question has of one
SHORTEST_SHARED = 4  # characters of a heading that the question has
LEAST_COVERED = 0.5  # of the terms of the question that heading, title and names must have
LEAST_ALIKE = 0.6  # of the names that end in what is counted: …产业链
LONGEST_NAME = 30  # characters
LONGEST_LABEL = 6  # characters by which a heading is known to be the clause's own
MOST_NAMED = 1.0  # of the things below a heading: one without a name cannot be told
MOST_HITS = 10  # around which headings of a large corpus are looked for
MOST_BELOW = 500  # clauses below a heading of it: what holds more is no list
_NAME_END = re.compile("[：。]")
_BY_NUMBER = re.compile(r"(?:第?[一二三四五六七八九十百\d]+[条、.．]|[（(][一二三四五六七八九十\d]+[）)])")
_CHAPTER = re.compile(r"第[一二三四五六七八九十]+[篇章部]")
_HAN = re.compile(r"[\u3400-\u9fff]+")


@dataclass(frozen=True, slots=True)
class Node:
    """A heading with what stands directly below it: each name as printed and the clause it begins in."""

    path: tuple[str, ...]
    names: tuple[str, ...]
    firsts: tuple[Clause, ...]
    is_of_articles: bool = False  # each is one article, none a part with several

    @property
    def heading(self) -> str:
        return _bare(self.path[-1])


def headed_list(reading: Reading, corpus: Corpus, places: Places, hits: Sequence[Hit] = ()) -> Draft | None:
    """The names below the heading that the question calls for, with their number; None for any other question."""
    words, text = asked_words(), match_form(reading.last)
    asks = words.asks["names_counted"].search(text)
    if asks is None or words.asks_for("excluded", text) or words.asks_for("how_much", text) or reading.tiers:
        return None
    runs = _runs(text, places)
    if not runs:
        return None
    large = words.asks["so_many_large"].search(text)  # 八大行动
    which = words.asks["which_things"].search(text)  # 哪些行业，共几个
    front = words.asks["things_in_front"].search(text)  # 行业一共几个
    nouns = (asks["noun"], asks["noun_then"], *(found and found["noun"] for found in (large, which, front)))
    noun = next((one for one in nouns if one), "")
    if any(pattern.fullmatch(noun) for pattern in words.kinds.values()):
        return None  # 多少种补贴: grants, wherever they stand
    said_number = asks["n"] or (large["n"] if large else None)
    number = value_of(said_number) if said_number else None
    nodes = nodes_of(corpus, hits)
    nodes = nodes if number is None else [_of_noun(node, noun, int(number)) for node in nodes]
    ranked = [(rank, node) for node in nodes if (rank := _rank(node, runs, noun)) is not None]
    ranked = [one for one in ranked if not reading.levels or one[1].firsts[0].level in reading.levels] or ranked
    if number is not None:
        ranked = [one for one in ranked if len(one[1].names) == number]
    if asks["unit"] and words.asks_for("of_articles", asks["unit"]):  # of a whole document: its articles, not its parts
        ranked = [one for one in ranked if one[1].is_of_articles]
    ranked = [one for one in ranked if noun or _is_meant(one[1], runs, nodes)]
    best = max(ranked, key=lambda one: one[0], default=None)
    return None if best is None else _said(best[1], asks["unit"] or "", reading, corpus)


def _runs(text: str, places: Places) -> list[str]:
    """What is left of the question without the words of every such question and the names of places."""
    words = asked_words()
    rest = words.asks["names_counted"].sub(lambda found: f"|{found['noun'] or found['noun_then'] or ''}|", text)
    for names in places.names.values():
        for name in names:
            rest = rest.replace(match_form(name), "|") if len(name) > 1 else rest
    for pattern in (words.asks["summary"], words.asks["of_headings"]):
        rest = pattern.sub("|", rest)
    return [run for run in _HAN.findall(rest) if len(run) > 1]


def _is_meant(node: Node, runs: Sequence[str], nodes: Sequence[Node]) -> bool:
    """Whether what the question has of a heading is most of it, or is in hardly any other: 若干措施 is in many."""
    heading = match_form(node.heading)
    own = terms_of(heading)
    if len(own & terms_of("|".join(runs))) >= LEAST_COVERED * len(own):
        return True
    run = max(runs, key=lambda one: _shared(one, heading))
    match = SequenceMatcher(None, run, heading, autojunk=False).find_longest_match()
    shared = run[match.a : match.a + match.size]
    return sum(shared in match_form(other.heading) for other in nodes) <= MOST_CALLED_SO


def _of_noun(node: Node, noun: str, number: int) -> Node:
    """The node with what is counted alone, where it has so many of them: eight 行动 of ten headings."""
    own = [pair for pair in zip(node.names, node.firsts, strict=True) if match_form(_bare(pair[0])).endswith(noun)]
    if len(noun) < SHORTEST_NOUN or len(own) != number:
        return node
    return replace(node, names=tuple(name for name, _ in own), firsts=tuple(first for _, first in own))


def _rank(node: Node, runs: Sequence[str], noun: str) -> tuple[float, int, int] | None:
    """How well a heading fits, the best highest; None where it does not."""
    if not FEWEST <= len(node.names) <= MOST:
        return None
    shared = max(_shared(run, match_form(node.heading)) for run in runs)
    alike = sum(match_form(_bare(name)).endswith(noun) for name in node.names) / len(node.names) if noun else 0.0
    is_of_noun = len(noun) >= SHORTEST_NOUN and alike >= LEAST_ALIKE
    if not is_of_noun and (shared < SHORTEST_SHARED or not asked_words().asks_for("any_noun", noun)):
        return None
    asked = terms_of("|".join(runs))
    covered = len(asked & terms_of("|".join((*node.path, *node.names)))) / max(1, len(asked))
    own = terms_of(node.heading)
    fits = len(asked & own) / max(1, len(own))
    return (fits + is_of_noun + covered, shared, len(node.path)) if covered >= LEAST_COVERED else None


def _shared(run: str, heading: str) -> int:
    return SequenceMatcher(None, run, heading, autojunk=False).find_longest_match().size


def nodes_of(corpus: Corpus, hits: Sequence[Hit]) -> Sequence[Node]:
    """Every heading of the corpus below which most things have a name of their own; of a large one those around ``hits``."""
    if not corpus.lookup.is_large:
        return _all_nodes(corpus.lookup)
    whole: dict[tuple[str, ...], Sequence[int]] = {}  # clauses below headings of which all are looked at
    for hit in hits[:MOST_HITS]:
        path = hit.clause.path
        heads = ((path[:depth], corpus.lookup.below(path[:depth])) for depth in range(1, len(path) + 1))
        head = next(((top, places) for top, places in heads if len(places) <= MOST_BELOW), None)
        whole |= [head] if head is not None else []
    places = sorted({place for below in whole.values() for place in below})
    nodes = _nodes(corpus.at(places))
    return [node for node in nodes if any(node.path[: len(top)] == top for top in whole)]


@lru_cache(maxsize=2)  # the corpus that serves and the one that is about to
def _all_nodes(lookup: ClauseLookup[Clause]) -> Sequence[Node]:
    return _nodes(lookup.clauses)


def _nodes(clauses: Iterable[Clause]) -> Sequence[Node]:
    below: dict[tuple[str, ...], list[tuple[str, Clause]]] = {}
    articles: Counter[tuple[str, ...]] = Counter()
    for clause in clauses:
        if clause.role not in (Role.ITEM, Role.PRICE) or clause.parent is not None:
            continue
        is_numbered = _BY_NUMBER.match(clause.text) is not None
        for depth in range(1, len(clause.path)):
            own = below.setdefault(clause.path[:depth], [])
            if all(name != clause.path[depth] for name, _ in own):
                own.append((clause.path[depth], clause))
        for depth in range(1, len(clause.path) + 1):
            articles[clause.path[:depth]] += is_numbered
        if is_numbered and not _is_named(clause):
            below.setdefault(clause.path, []).append((_opening(clause), clause))
    return tuple(
        Node(
            path,
            tuple(name for name, _ in own),
            tuple(clause for _, clause in own),
            is_of_articles=all(articles[(*path, name)] <= 1 for name, _ in own),
        )
        for path, own in below.items()
        if path and sum(bool(name) for name, _ in own) >= MOST_NAMED * len(own)
    )


def _is_named(clause: Clause) -> bool:
    """Whether the last heading of a clause is its own name: 1.购房补贴."""
    return bool(clause.path) and clause.text.startswith(clause.path[-1][:LONGEST_LABEL])


def _opening(clause: Clause) -> str:
    """The first words of an item behind its label, where they end soon; "" where they do not."""
    sentence = split_sentences(clause.text)[0]
    words = without_label(clause.text, Span(sentence.start, sentence.end)).of(clause.text)
    end = _NAME_END.search(words)
    return words[: end.start()] if end and 1 < end.start() <= LONGEST_NAME else ""


def _bare(heading: str) -> str:
    return without_labels(heading).strip().strip("。")


def heading_called(reading: Reading, corpus: Corpus, places: Places, hits: Sequence[Hit] = ()) -> Node | None:
    """The heading that is called by its name, most of which the question has, or by its number (第四篇); None for none."""
    text = match_form(reading.last)
    numbered = _CHAPTER.search(text)
    nodes = nodes_of(corpus, hits)
    if numbered is not None:
        return next((node for node in nodes if match_form(node.path[-1]).startswith(numbered[0])), None)
    runs = _runs(text, places)
    called = [node for node in nodes if any(match_form(node.heading) in run for run in runs)]
    called = [node for node in called if len(node.heading) >= SHORTEST_SHARED]
    return max(called, key=lambda node: len(node.heading), default=None)


def say_headed(draft: Draft, node: Node, unit: str = "") -> bool:
    """Add how many things stand below the heading; False where the number does not stand."""
    for clause in node.firsts:
        draft.cite(clause, Span(0, len(clause.text)), "answer")
    cited = dict(enumerate(draft.clauses, start=1))
    units = asked_words().said["units"]
    levels = {clause.level for clause in node.firsts}
    level = f"〔{level_words(node.firsts[0].level or '', draft.language)}〕" if len(levels) == 1 else ""
    words = {"level": level, "n": len(node.names), "unit": unit if unit and unit in units else units[0]}
    bare = said("headed", draft.language, name="", **words)  # the heading is theirs, so only the number is checked
    counted_ids = [clause.id for clause in node.firsts]
    counted = counted_sentence(bare, counted_ids, (draft.number_of(node.firsts[0]),), cited, draft.corpus)
    if counted is not None:
        draft.sentences.append(replace(counted, text=said("headed", draft.language, name=node.heading, **words)))
    return counted is not None


def _said(node: Node, unit: str, reading: Reading, corpus: Corpus) -> Draft | None:
    draft = Draft(reading.language, corpus)
    draft.kind = AnswerKind.LIST
    if not say_headed(draft, node, unit):
        return None
    names = [name.lstrip("—").strip("。") for name in node.names]
    joint, stop = ("; ", ".") if draft.language is Language.EN else ("；", "。")
    for place, (name, clause) in enumerate(zip(names, node.firsts, strict=True)):
        draft.say(f"{name}{stop if place == len(names) - 1 else joint}", (draft.number_of(clause),))
    return draft if not draft.withheld else None
