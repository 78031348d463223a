"""The verdict put in front of a composed answer that opens with none: one short sentence, borne out by a clause it cites."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.compose.draft import Draft
from bot.evidence.candidates import Candidate
from bot.evidence.per_sub_question import Compared
from bot.granting.grants_told import Granting
from bot.types import SentenceRole
from bot.understand.reading import Reading
from bot.verdicts.contrary import ended_by_name
from bot.verdicts.differences import are_whole, asks_which, say_which, sides_of_items, sides_of_levels, sides_of_rows
from bot.verdicts.left_out import without_left_out
from bot.verdicts.polarity import yes_or_no
from bot.verdicts.premises import Premise, is_on_it, premise_judged
from bot.verdicts.quoting import part_around
from bot.verdicts.same_document import (
    asks_for_both,
    decides_across,
    is_rule,
    is_rule_of_lead,
    say_own_rule,
    words_of_rule,
)
from bot.verdicts.words import patterns, said
from index.text.question_types import QuestionType
from ingest.types import Span

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
MOST_LOOKED_AT = 6  # sentences of the answer


def say_verdict_first(
    draft: Draft,
    reading: Reading,
    found: Sequence[Candidate],
    compared: Sequence[Compared],
    granting: Granting | None,
) -> None:
    """Put the verdict in front; ``found`` are the sentences that the draft was composed from, the best first."""
    if not draft.sentences or draft.sentences[0].role is not SentenceRole.QUOTE:
        return
    if QuestionType.OVERLAP in reading.types:
        if not asks_for_both(reading):
            return  # 听谁的: which of two rules prevails
        in_draft = _in_draft(draft, found)
        if _say_on_top(draft, reading, in_draft):
            return
        rule = next((one for one in in_draft if _decides(one, in_draft, reading)), None)
        if rule is None or not (text := words_of_rule(rule.clause, rule.span, reading)):
            say_own_rule(draft, reading, in_draft)
        else:
            _say(draft, text, draft.number_of(rule.clause))
        return
    in_draft = _in_draft(draft, [*(one.best for one in compared if one.best is not None), *found])
    if not in_draft or any(_say_version_ended(draft, reading, one) for one in _of_version(reading, in_draft)):
        return
    if asks_which(reading) and _say_which_of_two(draft, reading, compared, in_draft[0]):
        return
    in_draft, found = without_left_out(reading, in_draft), without_left_out(reading, found)
    if not in_draft:
        return
    judged = _premise(draft, reading, found, in_draft, granting)
    over = any(sentence.role is SentenceRole.VERDICT for sentence in draft.sentences)  # it is said that it has ended
    if judged is not None and not over and _say(draft, judged.text, draft.number_of(judged.clause)):
        return
    if not is_rule(in_draft[0]) and (text := yes_or_no(reading, in_draft[0])):
        _say(draft, text, draft.number_of(in_draft[0].clause))


def say_premise_denied(draft: Draft, reading: Reading, found: Sequence[Candidate], granting: Granting | None) -> None:
    """Say first what of the question's premise is not so; the clause's further conditions come after that."""
    if not draft.sentences or draft.sentences[0].role is not SentenceRole.QUOTE:
        return
    found = without_left_out(reading, found)
    if QuestionType.OVERLAP in reading.types or not (in_draft := _in_draft(draft, found)):
        return
    judged = _premise(draft, reading, found, in_draft, granting)
    if judged is None or judged.bears_out:
        return
    number = draft.number_of(judged.clause)
    if not _say(draft, judged.text, number):
        _say(draft, said("premise_below", reading.language), number)


def _premise(
    draft: Draft,
    reading: Reading,
    found: Sequence[Candidate],
    in_draft: Sequence[Candidate],
    granting: Granting | None,
) -> Premise | None:
    """What the answer makes of the premise, where it cites the clause that decides."""
    grants = () if granting is None else granting.grants_in(in_draft[0])
    recipients = frozenset(grant.record.recipient.who for grant in grants)
    judged = premise_judged(reading, in_draft, found, draft.corpus, recipients)
    cited = {clause.id for clause in draft.clauses}
    return judged if judged is not None and judged.clause.id in cited else None


def _of_version(reading: Reading, in_draft: Sequence[Candidate]) -> Sequence[Candidate]:
    """The sentences that may end the version asked about: the lead, and where a version is named every one on such."""
    version = patterns("premise")["version"]
    if version.search(reading.last) is None:
        return in_draft[:1]
    return [*in_draft[:1], *(one for one in in_draft[1:] if version.search(one.text))]


def _say_version_ended(draft: Draft, reading: Reading, lead: Candidate) -> bool:
    """已废止, of the version that is asked about by its year; what holds of a neighbouring version is no answer then."""
    years = [year for year in _YEAR.findall(reading.last) if year in lead.text]
    place = ended_by_name(reading, lead, draft.corpus)
    if place is None:
        if QuestionType.VALIDITY not in reading.types or not years:
            return False
        ended = patterns("printed")["ended"].search(lead.clause.text, lead.span.start, lead.span.end)
        if ended is None:
            return False
        place = Span(ended.start(), ended.end())
    text = said("version_ended", reading.language, part_around(lead, place))
    if not draft.say(text, (draft.number_of(lead.clause),), SentenceRole.VERDICT):
        return False
    draft.bring_forward()
    number = draft.number_of(lead.clause)
    others = [s for s in draft.sentences[1:] if s.role is not SentenceRole.VERDICT]
    if others and number not in others[0].citations:  # what led is of another document
        others = [s for s in others if number in s.citations]
    draft.sentences[:] = [draft.sentences[0], *others]
    return True


def _say_which_of_two(draft: Draft, reading: Reading, compared: Sequence[Compared], lead: Candidate) -> bool:
    """Whether it is settled which of two is more: said, or not to be said since one of them has several rows."""
    sides = sides_of_levels(reading, compared) or sides_of_items(reading, compared)
    if not are_whole(sides, draft.clauses):
        return True
    sides = sides or sides_of_rows(reading, lead)
    return bool(sides) and say_which(draft, reading, sides)


def _decides(rule: Candidate, in_draft: Sequence[Candidate], reading: Reading) -> bool:
    """Whether a sentence is the rule on having both that holds for what the answer leads with."""
    return is_rule(rule) and decides_across(rule.text, rule.clause, reading) and is_rule_of_lead(rule, in_draft)


def _in_draft(draft: Draft, found: Sequence[Candidate]) -> list[Candidate]:
    """The sentences that the draft says, in the order in which it says them."""
    quoted = {clause.id: spans for clause, spans in draft.quoted()}
    said = [one for one in found if any(one.span == span for span in quoted.get(one.clause.id, ()))]
    order = [clause.id for clause in draft.clauses]
    return sorted(said, key=lambda one: order.index(one.clause.id))[:MOST_LOOKED_AT]


def _say_on_top(draft: Draft, reading: Reading, in_draft: Sequence[Candidate]) -> bool:
    """That the clause gives it on top of something else, in its own words, which go before any rule on what is had twice."""
    for one in in_draft:
        found = patterns("printed")["on_top"].search(one.text)
        if found is not None and is_on_it(one):
            return _say(draft, said("on_top", reading.language, found[0]), draft.number_of(one.clause))
    return False


def _say(draft: Draft, text: str, number: int) -> bool:
    if not draft.say(text, (number,), SentenceRole.VERDICT):
        return False
    draft.bring_forward()
    return True
