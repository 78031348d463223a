"""Whether a sentence says what the clauses it rests on say: the one gate of what a language model writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.verify.meaning.amounts import figure_differences
from bot.verify.meaning.claimed import claim_differences
from bot.verify.meaning.exchanged.in_english import turned_in_english
from bot.verify.meaning.exchanged.pairings import paired_otherwise
from bot.verify.meaning.exchanged.surroundings import replaced, swapped
from bot.verify.meaning.lexicon import Lexicon
from bot.verify.meaning.near_extract import exchanged
from bot.verify.meaning.opposites import opposite_differences
from bot.verify.meaning.passages import Printed, bare, printed_by
from bot.verify.meaning.plain_text import plain, without_marks
from bot.verify.meaning.resting import rests_on
from bot.verify.meaning.rows import printed_places, row_differences
from bot.verify.meaning.types import Asked, Difference, Kind, Source
from bot.verify.meaning.vocabulary import pattern
from bot.verify.meaning.wording import foreign_words
from ingest.facts.figures import find_figures
from ingest.normalise import to_simplified
from ingest.types import Bound

# 可以。/ 不能，/ Yes. in front tells nothing that what follows does not.
_OPENER = pattern("gate", "opener")
_FRAME = pattern("gate", "frame")  # 最接近的规定是：, 根据来源， and the like: how a sentence begins, not what it says
_BEGINS = frozenset("。；;，,：:！!？?、）)”\0")
_ENDS = frozenset("。；;，,！!？?（(\0")
_QUOTED = re.compile(r"\s?[（(]?[“「『\"]([^“”「」『』\"]+)[”」』\"][)）]?")
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{3,}\s[A-Za-z]{2,}")
_REFUSES = re.compile(r"不|没|no\b", re.IGNORECASE)
_RESTRICTS = pattern("gate", "restricts")
_REFUSED = pattern("gate", "refused")
_GRANTS = pattern("gate", "grants")
_REACHED = pattern("gate", "reached")  # 达到3%以上, 只要符合: speaks for a yes
_MISSED = pattern("gate", "missed")


def differences(
    sentence: str, sources: Sequence[Source], asked: Asked | None = None, lexicon: Lexicon | None = None
) -> tuple[Difference, ...]:
    """How ``sentence`` differs in meaning from the clauses it cites; empty when it stands."""
    asked = asked or Asked()
    printed = printed_by(sources)
    whole = plain(_without_quotes(to_simplified(without_marks(sentence)), printed)).strip()
    whole = _behind_frame(whole)
    opener = _OPENER.match(whole)
    said = _behind_frame(whole[opener.end() :]) if opener else whole
    if _is_extract(bare(said), printed):
        return ()
    found = list(_found(said, printed, asked, lexicon))
    if opener and said and (_contradicts(opener[0], said) or _is_beyond(opener[0], said, printed, asked)):
        found.append(Difference(Kind.NEGATION, opener[0]))
    return tuple(dict.fromkeys(found))


def _without_quotes(sentence: str, printed: Printed) -> str:
    """An English sentence without the Chinese words that it quotes as they are printed."""
    if not _LATIN.search(_QUOTED.sub("", sentence)):
        return sentence
    return _QUOTED.sub(
        lambda quote: "" if bare(quote[1]) in printed.scope and _HAN.search(quote[1]) else quote[0], sentence
    )


def _behind_frame(text: str) -> str:
    """A sentence without the words that only lead into it."""
    while (frame := _FRAME.match(text)) is not None and frame.end() < len(text):
        text = text[frame.end() :]
    return text


def _contradicts(opener: str, said: str) -> bool:
    """不能。 before what only grants, 可以。 before what only refuses."""
    if _REFUSES.search(opener):
        return _RESTRICTS.search(_REACHED.sub("", said)) is None
    return (_REFUSED.search(said) or _MISSED.search(said)) is not None and _GRANTS.search(said) is None


def _is_beyond(opener: str, said: str, printed: Printed, asked: Asked) -> bool:
    """可以。 of a figure that whoever asks brings, and that is above every limit printed of its sort."""
    if _REFUSES.search(opener) or _RESTRICTS.search(said):
        return False
    brought = [
        one for one in find_figures(plain(to_simplified(asked.text))) if one.upper is None and one.unit != "日期"
    ]
    limits = [figure for passage in rests_on(said, printed) for figure in passage.figures]
    for figure in brought:
        alike = [one for one in limits if one.unit == figure.unit]
        highest = [one.upper or one.value for one in alike if one.upper is not None or one.bound is Bound.AT_MOST]
        if alike and len(highest) == len(alike) and figure.value > max(highest):
            return True
    return False


def _found(said: str, printed: Printed, asked: Asked, lexicon: Lexicon | None) -> Iterator[Difference]:
    figures = find_figures(said)
    question = plain(to_simplified(asked.text))
    rests = rests_on(said, printed)
    if not rests and not figures:
        yield Difference(Kind.NOTHING, said)
    places = printed_places(said, figures, printed)
    yield from figure_differences(said, figures, printed, places, find_figures(question), question)
    yield from row_differences(said, figures, printed, rests)
    yield from swapped(said, figures, rests)
    yield from replaced(said, figures, rests, f"{printed.scope}\n{printed.english_scope}\n{question}")
    yield from paired_otherwise(said, figures, rests)
    yield from turned_in_english(said, rests)
    yield from foreign_words(said, figures, printed, rests, question, lexicon)
    yield from claim_differences(said, rests or printed.passages, printed, asked)
    yield from opposite_differences(said, rests)
    # How a thing stands on the day of asking no word of the clause can tell.
    yield from (one for one in exchanged(said, rests) if one.kind is not Kind.STANDING)


def _is_extract(form: str, printed: Printed) -> bool:
    """Whether the clauses print just these words, from the beginning of a phrase to the end of one."""
    words = form.strip('。；;.，, “”"')
    for source in printed.sources:
        whole = bare(source.clause.text)
        at = whole.find(words)
        while words and at >= 0:
            before, behind = whole[at - 1 : at] if at else "\0", whole[at + len(words) : at + len(words) + 1] or "\0"
            if before in _BEGINS and behind in _ENDS:
                return True
            at = whole.find(words, at + 1)
    return False
