"""Yes or no by checked grants: the condition that decides, and what else is asked where somebody takes a thing for granted.

Only words of the record's own clause are said. "Yes" is left to thresholds and places that a clause prints whole: a grant
has conditions that nobody spoke of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.compose.draft import Draft
from bot.compose.phrases import level_words, phrase
from bot.granting.grants_told import Judged
from bot.match.grant_judging import GrantJudged
from bot.match.judged_trees import LeafJudged
from bot.text.bilingual import Say
from bot.text.term_overlap import terms_of
from bot.types import SentenceRole
from bot.understand.asks_on import asks_on
from bot.understand.grades import letter_tiers
from bot.understand.reading import Reading
from index.text.question_types import QuestionType
from ingest.entitlements.types import ReadableCondition
from ingest.types import Clause
from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.talk import talk_words

MOST_CONDITIONS = 3
LONGEST_CONDITION = 40  # characters of one as printed
_CLASSES = re.compile(talk_words().class_list)
_OF_EVERY_GRANT = frozenset((*talk_words().say_nothing.split(), *talk_words().everybody.split()))
_TAKEN_FOR_GRANTED = re.compile(talk_words().taken_for_granted, re.IGNORECASE)


def say_verdict_by_grants(draft: Draft, reading: Reading, judged: Sequence[Judged], *, speaks: bool) -> None:
    """Put the verdict in front of ``draft``, unless it has one; ``judged`` are sentences it quotes, the best first."""
    if not judged or not draft.sentences or draft.sentences[0].role is not SentenceRole.QUOTE or draft.parts:
        return
    lead = judged[0]
    text = (
        _left_out(reading, lead)
        or _other_classes(reading, lead)
        or _more_is_asked(reading, lead)
        or (_to_others(reading, lead) if speaks else "")
    )
    if text and draft.say(text, (draft.number_of(lead.candidate.clause),), SentenceRole.VERDICT):
        draft.sentences.insert(0, draft.sentences.pop())


def _left_out(reading: Reading, lead: Judged) -> str:
    """不符合：所印条件为…, where every grant of the sentence fails by something that was told."""
    if QuestionType.YES_NO not in reading.types:
        return ""
    grants = [grant for grant in lead.grants if grant.fits_recipient] or list(lead.grants)
    if not any(_is_named(grant, reading) for grant in grants):
        return ""  # who asks for anything at all is told of none that it is not for him
    failed = [next(_failed(grant, lead.candidate.clause), None) for grant in grants]
    if not failed or any(one is None for one in failed):
        return ""
    if not asks_on(reading.carried.asked) and any(not lead.told.last.issuperset(one.by) for one in failed if one):
        return ""  # it fails by what was told before, of something that this turn may not be about
    spans = {one.leaf.span for one in failed if one is not None}
    if len(spans) != 1:
        return ""
    level = lead.candidate.clause.level
    if level is None or level in reading.levels:
        return phrase("verdict_condition_failed", reading.language).format(spans.pop())
    named = level_words(level, reading.language)
    return phrase("verdict_condition_failed_here", reading.language).format(named, spans.pop())


def _is_named(grant: GrantJudged, reading: Reading) -> bool:
    """Whether the question has a word of what the grant is called or given for, besides words of every grant."""
    record = grant.match.grant.record
    called = terms_of(" ".join((record.title, *record.spans, *(row.object for row in record.amounts))))
    return bool((terms_of(" ".join((reading.text, *reading.also))) & called) - _OF_EVERY_GRANT)


def _other_classes(reading: Reading, lead: Judged) -> str:
    """不符合：所印为A、B、C类，不含D类, where the sentence of a checked grant lists classes and the one asked about is none of them."""
    asked = letter_tiers(reading.last) or frozenset(tier for tier in reading.tiers if len(tier) == 1 and tier.isascii())
    if QuestionType.YES_NO not in reading.types or len(asked) != 1 or not lead.grants:
        return ""
    listed = [found[0] for found in _CLASSES.finditer(lead.candidate.text)]
    if len(listed) != 1 or not letter_tiers(listed[0].lower()).isdisjoint(asked):
        return ""
    return phrase("verdict_class_not_listed", reading.language).format(listed[0], next(iter(asked)).upper())


def _failed(grant: GrantJudged, clause: Clause) -> Iterator[LeafJudged]:
    return (
        leaf
        for leaf in grant.whole
        if leaf.status == "not_met"
        and leaf.by
        and isinstance(leaf.leaf, ReadableCondition)
        and leaf.leaf.attribute != "place"  # of which the clause's own words judge
        and leaf.leaf.span in clause.text
        and len(leaf.leaf.span) <= LONGEST_CONDITION
    )


def _more_is_asked(reading: Reading, lead: Judged) -> str:
    """不是：还须…, where somebody takes for granted what the clause gives under conditions that nobody spoke of."""
    if not _TAKEN_FOR_GRANTED.search(reading.last):
        return ""
    said = "".join(reading.text.split())
    grant = max(lead.grants, key=lambda one: one.fits_recipient, default=None)
    open_ones = [] if grant is None else [leaf.leaf.span for leaf in grant.whole if leaf.status == "open"]
    text = lead.candidate.clause.text
    asked = [span for span in dict.fromkeys(open_ones) if span in text and span not in said and _is_short(span)]
    asked = [span for span in asked if not any(span != other and span in other for other in asked)]
    if not asked:
        return ""
    quoted = "".join(f"“{span}”" for span in sorted(asked, key=text.index)[:MOST_CONDITIONS])
    return phrase("verdict_more_asked", reading.language).format(quoted)


def _is_short(span: str) -> bool:
    return len(span) <= LONGEST_CONDITION


def _to_others(reading: Reading, lead: Judged) -> str:
    """Who gets the money, where none of it goes to who asks and it is clear who that is."""
    if not (lead.is_somebody_elses and lead.told.says_who) or QuestionType.AMOUNT not in reading.types:
        return ""
    whos = {grant.match.grant.record.recipient.who for grant in lead.grants}
    if len(whos) != 1:
        return ""
    return phrase("verdict_to_others", reading.language).format(
        Say(*entitlement_words().recipients[whos.pop()]).to(reading.language)
    )
