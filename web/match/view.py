"""What was matched as the page shows it: groups by status, in each by level and kind. Texts only, nothing here is HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import TypedDict
from urllib.parse import quote

from bot.english.amounts import amounts_in
from bot.match.facts.as_json import because_shown, value_shown
from bot.match.facts.codes import FactCodes
from bot.match.matching import MatchResult
from bot.match.open_questions import OpenQuestion
from bot.match.types import ConditionJudged, Fact, Match
from bot.match.wording import PEOPLE, label_of, title_of
from bot.text.bilingual import Say
from bot.types import Language
from ingest.entitlements.types import Attached
from ingest.types import Corpus
from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.levels import breadth
from ingest.vocabulary.matching.asker_speech import asker_speech
from ingest.vocabulary.matching.english_names import in_english
from ingest.vocabulary.matching.inclusions import inclusions
from web.answers.cards import clause_anchor
from web.answers.english_beside import EnglishBeside
from web.answers.highlights import merged, spelled_spans
from web.match.given import TRADITIONAL, WORKED_OUT, in_order, link_of
from web.match.words import words_in_script, written
from web.texts import Tongue, level_name

Json = dict[str, object]
FEW = 3  # of a level that stand unfolded
FOLDED = ("expired", "not_met", "price", "soft")


class PlaceView(TypedDict):
    """Where a grant is printed."""

    document: str
    document_english: str  # "" on a Chinese page and where there is no English
    address: str
    page: int | None
    level: str
    href: str  # relative to the front page


class ConditionView(TypedDict):
    """A condition with what comes of it."""

    status: str
    text: str
    because: str


class GrantView(TypedDict):
    """One result."""

    key: str
    status: str
    title: str
    level: str
    kind: str
    recipient: str
    for_talent: bool
    place: PlaceView
    amount: str
    amount_english: str  # with its bounds; "" on a Chinese page, and where a word of the amount has no English
    bound: str
    claim: str
    until: str
    soft: bool
    checked: bool
    quotes: list[str]
    english: list[str]  # the sentences that grant, in the edition's English
    conditions: list[ConditionView]
    overlaps: list[str]
    offices: list[str]
    procedure: list[str]
    said_again: list[PlaceView]


class GroupView(TypedDict):
    """The results of one status."""

    status: str
    folded: bool
    grants: list[GrantView]


def match_view(result: MatchResult, corpus: Corpus, codes: FactCodes, profile: str, beside: EnglishBeside) -> Json:
    """The whole reply to the page. ``profile`` is what facts were read from, for the words said."""
    facts = list(in_order(result.facts.facts))
    return {
        "who": [code for code in entitlement_words().recipients if code in result.facts.who],
        "facts": [_fact(fact, result.language, profile) for fact in facts],
        "notices": list(result.notices),
        "link": link_of(result.facts, codes, result.language),
        "script": TRADITIONAL if result.language is Language.ZH_HANT else "hans",
        "questions": [_question(question, result) for question in result.asked],
        # encouragements and services stand by themselves, with their own number
        "met": len(result.met),
        "shown": len(result.benefits),
        "soft": len(result.encouragements),
        "as_of": result.as_of.isoformat(),
        "words": words_in_script(result.language),
        "groups": groups_of(result, corpus, beside),
        "english_note": beside.note(),
        "few": FEW,
    }


def groups_of(result: MatchResult, corpus: Corpus, beside: EnglishBeside) -> list[GroupView]:
    """Met, open, expired, one condition short, prices, encouragements; each by level and kind. Empty ones are left out."""
    groups: Mapping[str, Sequence[Match]] = {
        "met": result.met,
        "open": [match for match in result.benefits if match.status != "met"],
        "expired": result.expired,
        "not_met": result.near_misses,
        "price": result.prices,
        "soft": result.encouragements,
    }
    return [
        GroupView(
            status=status,
            folded=status in FOLDED,
            grants=[_grant(match, result, corpus, beside) for match in _by_level_and_kind(matches)],
        )
        for status, matches in groups.items()
        if matches
    ]


def _by_level_and_kind(matches: Iterable[Match]) -> list[Match]:
    """By level; in each the few nearest ones first, as they come, and the others by kind."""
    kinds = list(entitlement_words().kinds)
    seen: Counter[str] = Counter()
    ranked: list[tuple[tuple[int, int], Match]] = []
    for match in matches:
        level = match.grant.level or ""
        seen[level] += 1
        behind = 0 if seen[level] <= FEW else 1 + kinds.index(match.grant.record.kind)
        ranked.append(((breadth(level), behind), match))
    return [match for _, match in sorted(ranked, key=itemgetter(0))]


def _fact(fact: Fact, language: Language, profile: str) -> Json:
    tongue = "en" if language is Language.EN else "zh"
    about = asker_speech().about[fact.about][int(tongue == "en")]
    return {
        "attribute": fact.attribute,
        "label": written(label_of(fact.attribute, language), language),
        "value": written(value_shown(fact, tongue), language),
        "words": list(fact.words),
        "number": None if fact.number is None else f"{fact.number:f}",
        "unit": fact.unit,
        "of": fact.of,
        "about": fact.about,
        "about_label": "" if fact.about == "asker" else written(about, language) + _number_of(fact, language),
        "group": fact.group,
        "people": fact.people,
        "denied": fact.denied,
        "planned": fact.planned,
        "upto": None if fact.upto is None else f"{fact.upto:f}",
        "said": None if fact.said is None else [fact.said.start, fact.said.end],
        "quote": fact.said.of(profile).strip() if fact.said is not None and profile else "",
        "because": because_shown(fact, tongue),
        "worked_out": fact.attribute == WORKED_OUT and bool(fact.because),
    }


def _number_of(fact: Fact, language: Language) -> str:
    """How many people a fact is of, where they are several."""
    if fact.people is None or fact.people < 2:
        return ""
    return Say("", " × ").to(language) + PEOPLE.to(language).format(n=fact.people)


def _question(question: OpenQuestion, result: MatchResult) -> Json:
    attribute = question.attribute
    brings = attribute in inclusions().person and "person" not in result.facts.who
    language = result.language
    return {
        "text": question.text,
        "attribute": attribute,
        "of": question.of,
        "about": "talent" if brings else "asker",
        "words": [
            [word, in_english(word) if language is Language.EN else written(word, language)] for word in question.words
        ],
        "yes_or_no": question.yes_or_no,
    }


def _grant(match: Match, result: MatchResult, corpus: Corpus, beside: EnglishBeside) -> GrantView:
    grant, record, tongue = match.grant, match.grant.record, beside.tongue
    words, at = entitlement_words(), int(tongue == "en")
    until = grant.validity.valid_until
    return GrantView(
        key=grant.key,
        status=match.status,
        title=title_of(record.title, record.kind, result.language),
        level=written(level_name(grant.level, tongue), result.language),
        kind=written(words.kinds[record.kind][at], result.language),
        recipient=written(words.recipients[record.recipient.who][at], result.language),
        for_talent=grant.key in result.for_talent,
        place=_place(grant, corpus, beside),
        amount=_amount(match, beside),
        amount_english=(english := beside.amounts(match.rows)),
        bound="" if english else _bound(match, tongue),
        claim=amounts_in(match.claim) if beside.shown else match.claim,
        until="" if until is None else until.isoformat(),
        soft=record.soft,
        checked=grant.accepted,
        quotes=list(match.quotes),
        english=_english(grant, beside),
        conditions=[_condition(condition) for condition in match.conditions],
        overlaps=[_printed(rule, grant, corpus, beside) for rule in match.overlaps],
        offices=[beside.office(office) for office in record.offices],
        procedure=[_printed(words, grant, corpus, beside) for words in record.procedure],
        said_again=[_place(other, corpus, beside) for other in match.said_again_by],
    )


def _amount(match: Match, beside: EnglishBeside) -> str:
    """The figures as printed, with how often and how long; beside their English without a word of ours between them."""
    printed = "、".join(dict.fromkeys(row.figure for row in match.rows)) if beside.shown else match.amount
    return f"{printed}（{match.paid}）" if match.paid else printed


def _bound(match: Match, tongue: Tongue) -> str:
    """What the figure limits, where its own words do not say so."""
    label = entitlement_words().bounds.get(match.bound or "")
    if label is None or match.bound == "fixed" or label[0] in match.amount:
        return ""
    return label[int(tongue == "en")]


def _condition(condition: ConditionJudged) -> ConditionView:
    return ConditionView(status=condition.status, text=condition.text, because=condition.because)


def _english(grant: Attached, beside: EnglishBeside) -> list[str]:
    """The sentences that the words of a record stand in, each once; none where one of them has no English."""
    found = [beside.sentences(place.clause, place.span) for place in grant.places]
    return list(dict.fromkeys(text for texts in found for text in texts)) if all(found) else []


def _printed(words: str, grant: Attached, corpus: Corpus, beside: EnglishBeside) -> str:
    """Words of a document as printed, behind the English of the sentence that they stand in."""
    document = corpus.document_by_id[grant.document]
    english = beside.rule(document, words, list(corpus.clauses_of(document))) if beside.shown else ""
    return f"{english} (“{words}”)" if english else words


def _place(grant: Attached, corpus: Corpus, beside: EnglishBeside) -> PlaceView:
    document, tongue = corpus.document_by_id[grant.document], beside.tongue
    return PlaceView(
        document=document.title,
        document_english=beside.title(document),
        address=grant.address,
        page=grant.page,
        level=level_name(grant.level, tongue),
        href=grant_href(grant, tongue),
    )


def grant_href(grant: Attached, tongue: Tongue) -> str:
    """The clause in the page of its document, the words that grant marked; from there a link leads back here."""
    clause = grant.clauses[0]
    spans = spelled_spans(merged(place.span for place in grant.places if place.clause == clause))
    there = f"lang={tongue}&from={quote(clause, safe='')}&quoted={spans}&for=match"
    return f"library/{quote(grant.document, safe='')}?{there}#{quote(clause_anchor(clause), safe='')}"
