"""Tells a short question that opens a new topic from a follow-up that only looks like one.

"工业用电多少钱一度？" after a question about allowances is as short as "面积多大？" after one about housing. What
tells them apart is the corpus: a new topic has several words of its own that one clause says nearly all of, or
a rare one that stands in a heading.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.text.jieba_dictionary import nouns_in
from bot.text.term_overlap import TermWeights, covered, sentence_terms, terms_of
from bot.understand.asks_on import words_but_asking
from bot.understand.follow_ups import points_back, refers_back
from bot.understand.goods_and_uses import goods_named
from bot.understand.grades import tiers_of
from bot.understand.reading import Reading
from index.kept.printed_text import Prints
from index.types import Hit
from ingest.types import Clause
from ingest.vocabulary.talk import talk_words

FEWEST_TERMS = 3  # pairs of characters or words of its own that the corpus knows: "面积多大" has one
LEAST_COVERED = 0.6  # share of their weight that one clause with its headings says
LEAST_COVERED_APART = 0.4  # the same, where the clause found for the whole conversation says next to nothing of it
NEXT_TO_NOTHING = 0.1
COMMON = 0.3  # weight of a word in common with the turns before that keeps the topic: "平台" (.35), not "企业" (.2)
RARE = 0.5  # weight from which a word names a subject: "供热" (.75), not "补贴" (.41)
SHORTEST_TERM = 4  # characters of a policy term that names a subject: 安家补贴, not 企业
FEWEST_ENGLISH = 2  # words of its own of an English part: industrial land, rent subsidy; not banner
LONG_TERM = 5  # of one that stands for a word which is no noun to the dictionary: 高新技术企业, not 用人单位

_SETS_LEVEL = re.compile(r"(?:at|on) the [a-z]+ level\b")  # in front of a question: it holds for every part
_IS_ANOTHER = re.compile(talk_words().another_thing)
_ENGLISH_WORD = re.compile(r"[a-z][a-z-]+")
_EVERYDAY = frozenset(talk_words().grammar.split()) | frozenset(talk_words().everyday.split())
_EVERYBODY = frozenset((*talk_words().everybody.split(), *talk_words().say_nothing.split()))
_STAND_FOR_OTHERS = frozenset(talk_words().stand_for_others.split())


@dataclass(frozen=True, slots=True)
class Words:
    """What the corpus prints, and what its headings say, each as one text; and which words are levels or places of it."""

    text: Prints
    headings: Prints
    is_level: Callable[[str], bool]


def may_open_topic(reading: Reading, weights: TermWeights, also: Sequence[str]) -> bool:
    """Whether the last turn has words enough to stand alone and does not point back; cheap, asked before searching.

    ``also`` are policy words for the people's words in it.
    """
    carried = reading.carried
    if not carried.earlier or carried.last != carried.asked or refers_back(carried.asked):
        return False
    if not (carried.asked.isascii() or set(nouns_in(carried.asked)) - _EVERYBODY):
        return False  # 旗里20万元是给个人的吗 names nothing
    return len(weights.weigh(_terms(reading, also))) >= FEWEST_TERMS


def opens_topic(
    reading: Reading, weights: TermWeights, also: Sequence[str], alone: Sequence[Hit], together: Sequence[Hit]
) -> bool:
    """Whether the last turn is a question of its own.

    ``alone`` are the hits of the last turn by itself, ``together`` those of the whole conversation. It is one when
    the first clause for it alone says nearly all of its words, or bears a heading with a rare word of it that the
    conversation has not used, or says much of it while the first clause for the whole conversation says nothing.
    """
    if not alone or _keeps_topic(reading, weights):
        return False
    clause = alone[0].clause
    own = weights.weigh(terms_of(reading.carried.asked))
    said_before = terms_of(" ".join(reading.carried.earlier))
    headings = sentence_terms(" ".join(clause.path[1:]))
    wanted = weights.weigh(_terms(reading, also))
    subject = any(weight >= RARE and term in headings and term not in said_before for term, weight in wanted.items())
    said = covered(own, _said_by(clause))
    apart = said >= LEAST_COVERED_APART and all(
        covered(own, _said_by(hit.clause)) <= NEXT_TO_NOTHING for hit in together[:1]
    )
    return subject or said >= LEAST_COVERED or apart


def names_subject(
    reading: Reading,
    weights: TermWeights,
    expand: Callable[[str], Sequence[str]],
    corpus: Words,
    *,
    is_part: bool = False,
) -> bool:
    """Whether the last turn names something that the corpus has by name (水价, 安家费), however short it is.

    That is a rare noun which a heading says, or for which ``expand`` knows a rare policy term that is printed. Not when the
    turn points back, or takes up a word of the turns before. A part of a message (``is_part``) is short without pointing back.
    """
    carried = reading.carried
    if not carried.earlier or carried.last != carried.asked:
        return False
    before = terms_of(" ".join(carried.earlier))
    if refers_back(carried.asked):
        return _IS_ANOTHER.search(carried.asked) is not None and _is_in_a_heading(
            carried.asked.lower(), weights, before, corpus
        )
    if is_part and goods_named(carried.asked.lower()) - goods_named(" ".join(carried.earlier).lower()):
        return True  # 电价多少、土地多少钱一亩: each is asked by itself
    if _keeps_topic(reading, weights):
        return False
    if has_subject(carried.asked.lower(), weights, expand, corpus, before):
        return True
    if _is_in_a_heading(carried.asked.lower(), weights, before, corpus):
        return True
    if is_part and _names_in_english(carried.asked) and not _SETS_LEVEL.match(" ".join(carried.earlier).lower()):
        return True
    long = () if points_back(carried.asked) and not (is_part or carried.asked.isascii()) else expand(carried.asked)
    return any(len(term) >= LONG_TERM and _is_term(term, weights, before, corpus) for term in long)


def _is_in_a_heading(turn: str, weights: TermWeights, before: frozenset[str], corpus: Words) -> bool:
    """Whether a turn is nothing but a name that headings print: 稳岗返还呢."""
    name = "".join(words_but_asking(turn))
    return (
        len(name) >= SHORTEST_TERM
        and name in turn
        and name in corpus.headings
        and _is_term(name, weights, before, corpus)
    )


def _names_in_english(asked: str) -> bool:
    """Whether an English part says what it is about: words of its own, and nothing that stands for what was said."""
    words = _ENGLISH_WORD.findall(asked.lower())
    own = [word for word in words if word not in _EVERYDAY and not tiers_of(word)]
    return len(own) >= FEWEST_ENGLISH and not any(word in _STAND_FOR_OTHERS for word in words)


def has_subject(
    turn: str,
    weights: TermWeights,
    expand: Callable[[str], Sequence[str]],
    corpus: Words,
    before: frozenset[str] = frozenset(),
) -> bool:
    """Whether ``turn`` (simplified, in lower case) names something by itself that the corpus has by name.

    What shares a telling term with ``before`` is none.
    """
    for noun in nouns_in(turn):
        terms = expand(noun)
        if not _is_subject(noun, weights, before) or corpus.is_level(noun):
            continue
        if noun in corpus.headings if not terms else any(_is_term(term, weights, before, corpus) for term in terms):
            return True
    return False


def _is_term(term: str, weights: TermWeights, before: frozenset[str], corpus: Words) -> bool:
    return (
        len(term) >= SHORTEST_TERM
        and term in corpus.text
        and not corpus.is_level(term)
        and _is_subject(term, weights, before)
    )


def _is_subject(word: str, weights: TermWeights, before: frozenset[str]) -> bool:
    """A rare word, none of whose parts was said before; a class or a rank is none: it asks the same of others."""
    weighed = weights.weigh(terms_of(word))
    new = all(term not in before for term, weight in weighed.items() if weight >= COMMON)  # 企业 is in everything
    return max(weighed.values(), default=0.0) >= RARE and new and not tiers_of(word)


def _keeps_topic(reading: Reading, weights: TermWeights) -> bool:
    """True when the last turn has a word in common with the turns before that is more than an everyday one."""
    said_before = terms_of(" ".join(reading.carried.earlier))
    own = weights.weigh(terms_of(reading.carried.asked))
    return any(weight >= COMMON and term in said_before for term, weight in own.items())


def _said_by(clause: Clause) -> frozenset[str]:
    return sentence_terms(" ".join((*clause.path[1:], clause.text)))


def _terms(reading: Reading, also: Sequence[str]) -> frozenset[str]:
    return frozenset[str]().union(*map(terms_of, (reading.carried.asked, *also)))
