"""What is said about time: inside the body when the question asks for it, as a notice apart from it otherwise."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from bot.compose.phrases import phrase
from bot.evidence.candidates import Candidate
from bot.evidence.versions import Versions, of_a_year
from bot.text.bilingual import in_language
from bot.types import Language
from bot.understand.reading import Reading
from bot.understand.time_asked import TimeAsked
from ingest.facts.calendar_words import DATE, last_day
from ingest.facts.numerals import narrow
from ingest.facts.validity import ValidityStatement, statements
from ingest.types import Clause, Corpus, PolicyDocument, Role, Span, Standing, Validity

_PHRASES: dict[Standing, str] = {
    Standing.EXPIRED: "expired",
    Standing.EXPIRING: "expiring",
    Standing.CURRENT: "current",
    Standing.NOT_YET: "not_yet",
    Standing.REPEALED: "repealed",
    Standing.UNDETERMINED: "undetermined",
}
_TARGET_PASSED = (
    "其中的目标年份已过，这不等于政策失效。",
    "The target year has passed; that does not mean that the policy has ended.",
)
_WORTH_A_NOTICE = frozenset(
    {Standing.EXPIRED, Standing.EXPIRING, Standing.NOT_YET, Standing.REPEALED, Standing.UNDETERMINED}
)
_NOT_IN_FORCE = frozenset({Standing.EXPIRED, Standing.REPEALED, Standing.NOT_YET})
_IS_DATED = re.compile(r"(?:19|20)\d\d")


def standing_of(statement: ValidityStatement, as_of: date) -> Standing:
    """Where one sentence about time stands on ``as_of``."""
    return validity_said(statement).standing(as_of)


def validity_said(statement: ValidityStatement) -> Validity:
    """What one sentence says about time, by itself."""
    # 自印发之日起施行 without an end holds until something else is said: nothing to warn of, whatever the day was.
    return Validity(
        statement.valid_from, statement.valid_until, statement.repealed, statement.undetermined, statement.target_years
    )


def standing_words(standing: Standing, language: Language) -> str | None:
    """Our sentence about a standing, without any figure; None when nothing is printed about time."""
    key = _PHRASES.get(standing)
    return phrase(key, language) if key else None


def judged_words(validity: Validity, asked: TimeAsked, language: Language) -> str | None:
    """Our sentence about where something stands at the time asked about, without any figure; None when nothing is printed.

    That it is still in force is said only of what has an end that is known.
    """
    key = _key_of_day(validity, asked.first) if asked.is_a_day and not asked.named else _key_of_period(validity, asked)
    return phrase(key, language) if key else None


def first_words(validity: Validity, asked: TimeAsked, language: Language) -> str | None:
    """The same as one sentence that may stand first, with the day on which it ends; None where no end is known."""
    key = _key_of_day(validity, asked.first) if asked.is_a_day and not asked.named else _key_of_period(validity, asked)
    ends = validity.valid_until
    if ends is None or f"first_{key}" not in FIRST_KEYS:
        return None
    return phrase(f"first_{key}", language).format(f"{ends.year}年{ends.month}月{ends.day}日")


FIRST_KEYS = frozenset({"first_expired", "first_expiring", "first_current", "first_then_over", "first_then_current"})


def words_without_end(validity: Validity, asked: TimeAsked, language: Language) -> str:
    """The same where no end is known: in force, not to be decided, repealed, or that nothing is printed of an end."""
    key = _key_of_day(validity, asked.first) if asked.is_a_day and not asked.named else _key_of_period(validity, asked)
    known = f"first_{key}" if f"first_{key}" in _WITHOUT_END else "first_open"
    return phrase(known, language)


_WITHOUT_END = frozenset({"first_begun", "first_undetermined", "first_repealed"})


def _key_of_day(validity: Validity, day: date) -> str | None:
    standing = validity.standing(day)
    if standing is Standing.CURRENT and validity.valid_until is None:
        return "begun"
    if standing is Standing.UNDETERMINED and _IS_DATED.search(validity.undetermined or ""):
        return "misprinted"
    return _PHRASES.get(standing)


def _key_of_period(validity: Validity, asked: TimeAsked) -> str | None:
    """A year is an interval: in force all of it, a part of it, or none of it."""
    begins, ends = validity.valid_from, validity.valid_until
    if validity.repealed or (begins is None and ends is None):
        return _key_of_day(validity, asked.last)
    if ends is not None and ends < asked.first:
        return "then_over"
    if begins is not None and begins > asked.last:
        return "then_not_yet"
    if ends is not None and ends < asked.last:
        return "then_until"
    if begins is not None and begins > asked.first:
        return "then_since"
    if ends is None:
        return (
            "misprinted"
            if validity.undetermined and _IS_DATED.search(validity.undetermined)
            else ("undetermined" if validity.undetermined else "then_begun")
        )
    return "then_current"


def closing_statement(corpus: Corpus, clause: Clause) -> tuple[Clause, ValidityStatement] | None:
    """The sentence in which the document of ``clause`` says when all of it holds: an end before a mere beginning.

    It stands where the document's own term was read, in an article, a closing paragraph or the notice it came with;
    else it is looked for in what opens and closes the document.
    """
    document = corpus.document_of(clause)
    place = document.place_of("valid_until") or document.place_of("valid_from")
    if place is not None and (printed := _clause_at(corpus, document, place)) is not None:
        return _statement_at(printed, place, document)
    found = [
        (other, statement)
        for other in corpus.at(corpus.lookup.of_documents((document.id,), (Role.CLOSING, Role.PREAMBLE)))
        for statement in statements(other.text, document.issued)
        if not statement.target_years
    ]
    if not found:
        return None
    return max(
        found,
        key=lambda pair: (
            pair[1].valid_until is not None,
            pair[1].undetermined is not None,
            pair[0].role is Role.CLOSING,
        ),
    )


def terms_of_sentence(
    clause: Clause, sentence: Span, own: ValidityStatement | None, document: PolicyDocument
) -> Sequence[ValidityStatement]:
    """What a sentence says about time, else what its clause says for it: before it, or of all its sentences."""
    if own is not None:
        return (own,)
    said = statements(clause.text, document.issued)
    return [one for one in said if one.governs_clause or one.span.start < sentence.start]


def must_say_when(reading: Reading, lead: Candidate, corpus: Corpus, versions: Versions) -> bool:
    """Whether an answer has to say when its rule holds though nobody asks: because it does not, or not all of the time.

    Of a plan whose title names years that are over only a notice says so: its measures may go on.
    """
    asked, document = reading.time, corpus.document_of(lead.clause)
    validity = corpus.validity_of(lead.clause)
    if not asked.named:
        own = any(
            not one.target_years and one.valid_until is not None
            for one in terms_of_sentence(lead.clause, lead.span, lead.statement, document)
        )
        printed = own or document.ended_by is not None or document.place_of("valid_until") is not None
        return printed and validity.standing(asked.first) in _NOT_IN_FORCE
    if versions.beside(document):
        return True
    begins, ends = validity.valid_from, validity.valid_until
    return (ends is not None and ends < asked.last) or (begins is not None and asked.first < begins)


def day_of_issue(corpus: Corpus, document: PolicyDocument) -> tuple[Clause, Span] | None:
    """Where the day of issue is printed, as a clause and a span of its text; None where no clause prints it."""
    place = document.place_of("issued")
    if place is None:
        return None
    printed = "".join(place.of(corpus.source_by_name[document.source].text).split())
    for clause in _clauses_at(corpus, document, place):
        start = clause.text.find(printed)
        if start >= 0:
            return clause, Span(start, start + len(printed))
    return None


def _clause_at(corpus: Corpus, document: PolicyDocument, place: Span) -> Clause | None:
    """The first clause in which a place of the file of a document lies in whole or in part."""
    own = corpus.lookup.of_documents((document.id,))
    before = bisect_right(own, place.start, key=lambda at: corpus.clauses[at].span.start)
    clause = corpus.clauses[own[before - 1]] if before else None
    if clause is not None and clause.source == document.source and place.start < clause.span.end:
        return clause
    return next(_clauses_at(corpus, document, place), None)  # of an annex it may stand in the notice


def _clauses_at(corpus: Corpus, document: PolicyDocument, place: Span) -> Iterator[Clause]:
    """All such clauses, of all documents in that file."""
    same = [other.id for other in corpus.documents if other.source == document.source]
    clauses = corpus.at(corpus.lookup.of_documents(same))
    return (clause for clause in clauses if clause.source == document.source and clause.span.overlaps(place))


def _statement_at(clause: Clause, place: Span, document: PolicyDocument) -> tuple[Clause, ValidityStatement]:
    """The statement of a clause that stands at a place of the source; of a label, the label itself."""
    for statement in statements(clause.text, document.issued):
        if clause.in_source(statement.quote).overlaps(place):
            return clause, statement
    whole, validity = Span(0, len(clause.text)), document.validity
    return clause, ValidityStatement(whole, whole, validity.valid_from, validity.valid_until, governs_clause=True)


def validity_notices(
    corpus: Corpus, cited: Iterable[tuple[Clause, Sequence[Span]]], as_of: date, language: Language
) -> list[str]:
    """Notices about the clauses an answer rests on and what it quotes of them, each once, dates as printed."""
    notices: list[str] = []
    told: set[str] = set()
    for clause, quotes in cited:
        document = corpus.document_of(clause)
        notices.extend(_of_clause(clause, quotes, document, as_of, language))
        if document.id not in told:  # its closing words are looked for once
            told.add(document.id)
            notices.extend(_of_document(corpus, clause, document, as_of, language))
            notices.extend(_of_bases(corpus, document, as_of, language))
    return list(dict.fromkeys(notices))


def version_notices(
    corpus: Corpus, versions: Versions, cited: Iterable[Clause], asked: TimeAsked, language: Language
) -> list[str]:
    """For each document an answer rests on, the other versions of it and which of them holds at the time asked about.

    Of versions that are both cited, each is said to hold or not.
    """
    notices: list[str] = []
    documents = list(dict.fromkeys(corpus.document_of(clause) for clause in cited))
    told: set[tuple[str, ...]] = set()
    for document in documents:
        others = versions.beside(document)
        ids = tuple(one.id for one in others)
        if not others or ids in told:  # a notice and what it issues are one version
            continue
        told.add(ids)
        when = phrase("time_asked" if asked.named else "day_asked", language)
        holds = document.validity.holds_in(asked.first, asked.last)
        if any(one in documents for one in others):
            throughout = document.validity.holds_in(asked.first, asked.first) and document.validity.holds_in(
                asked.last, asked.last
            )
            key = "holds" if throughout else "holds_in_part" if holds else "holds_not"
            notices.append(phrase(key, language).format(f"《{document.title}》", when))
            continue
        key = "version_of_year" if of_a_year(document) else "version_holds" if holds else "version_over"
        titles = "、".join(f"《{one.title}》" for one in others)
        notices.append(phrase(key, language).format(f"《{document.title}》", when, titles))
    return notices


def counted_end(corpus: Corpus, clause: Clause, language: Language) -> str | None:
    """The day to which a printed term of years comes, as a notice; None where the end is printed as a day."""
    closing = closing_statement(corpus, clause)
    if closing is None or closing[1].valid_until is None:
        return None
    ends, quote = closing[1].valid_until, closing[1].quote.of(closing[0].text)
    if any(last_day(match[0]) == ends for match in re.finditer(DATE, narrow(quote))):
        return None
    words = quote.strip()
    return phrase("counted_end", language).format(words, ends.year, ends.month, ends.day)


def _of_clause(
    clause: Clause, quotes: Sequence[Span], document: PolicyDocument, as_of: date, language: Language
) -> list[str]:
    """Statements inside the quoted sentences, and those that speak for the whole clause."""
    notices: list[str] = []
    for statement in statements(clause.text, document.issued):
        if not (statement.governs_clause or any(statement.span.overlaps(quote) for quote in quotes)):
            continue
        quote = statement.quote.of(clause.text)
        standing = standing_of(statement, as_of)
        if standing in _WORTH_A_NOTICE:
            notices.append(_notice(document, quote, standing, language))
        elif statement.target_years and max(statement.target_years) < as_of.year:
            notices.append(_said(document, quote, *_TARGET_PASSED, language))
    return notices


def _of_document(
    corpus: Corpus, clause: Clause, document: PolicyDocument, as_of: date, language: Language
) -> list[str]:
    """What the document as a whole says of its term, and what another one that ends it says."""
    standing = document.validity.standing(as_of)
    successor = corpus.document_by_id.get(document.ended_by or "")
    if successor is not None and standing in (Standing.EXPIRED, Standing.REPEALED):
        return [phrase("ended_by", language).format(document.title, successor.title)]
    closing = closing_statement(corpus, clause)
    if closing is not None and closing[0].id != clause.id:
        stated = standing_of(closing[1], as_of)
        if stated in _WORTH_A_NOTICE:
            return [_notice(document, closing[1].quote.of(closing[0].text), stated, language)]
    said_by_itself = closing is not None and standing_of(closing[1], as_of) in _WORTH_A_NOTICE
    if not said_by_itself and standing in _WORTH_A_NOTICE:
        return [_notice(document, document.title, standing, language)]
    return []


def _of_bases(corpus: Corpus, document: PolicyDocument, as_of: date, language: Language) -> list[str]:
    """That what the document carries out is over, where the document itself is not: whether it still holds is to be asked."""
    over = (Standing.EXPIRED, Standing.REPEALED)
    if document.validity.standing(as_of) in over:
        return []
    bases = [corpus.document_by_id[one] for one in document.based_on if one in corpus.document_by_id]
    return [
        phrase("basis_over", language).format(document.title, base.title)
        for base in bases
        if base.validity.standing(as_of) in over
    ]


def _notice(document: PolicyDocument, quote: str, standing: Standing, language: Language) -> str:
    words = _PHRASES[standing]
    return _said(document, quote, phrase(words, Language.ZH), phrase(words, Language.EN), language)


def _said(document: PolicyDocument, quote: str, chinese: str, english: str, language: Language) -> str:
    said = f"“{quote.strip()}”" if quote != document.title else ""
    if language is Language.EN:
        return f"《{document.title}》{said}: {english}"
    return f"《{document.title}》{said}：{in_language(chinese, language)}"
