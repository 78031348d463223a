"""What is said about time: inside the body when the question asks for it, as a notice apart from it otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot.compose.phrases import phrase
from bot.text.bilingual import in_language
from bot.types import Language
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


def standing_of(statement: ValidityStatement, as_of: date) -> Standing:
    """Where one sentence about time stands on ``as_of``."""
    # 自印发之日起施行 without an end holds until something else is said: nothing to warn of, whatever the day was.
    return Validity(
        statement.valid_from, statement.valid_until, statement.repealed, statement.undetermined, statement.target_years
    ).standing(as_of)


def standing_words(standing: Standing, language: Language) -> str | None:
    """Our sentence about a standing, without any figure; None when nothing is printed about time."""
    key = _PHRASES.get(standing)
    return phrase(key, language) if key else None


def closing_statement(corpus: Corpus, clause: Clause) -> tuple[Clause, ValidityStatement] | None:
    """The sentence in which the document of ``clause`` says when all of it holds: an end before a mere beginning."""
    found = [
        (other, statement)
        for other in corpus.clauses_of(corpus.document_of(clause))
        if other.role in (Role.CLOSING, Role.PREAMBLE)
        for statement in statements(other.text)
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


def validity_notices(
    corpus: Corpus, cited: Iterable[tuple[Clause, Sequence[Span]]], as_of: date, language: Language
) -> list[str]:
    """Notices about the clauses an answer rests on and what it quotes of them, each once, dates as printed."""
    notices: list[str] = []
    for clause, quotes in cited:
        document = corpus.document_of(clause)
        notices.extend(_of_clause(clause, quotes, document, as_of, language))
        notices.extend(_of_document(corpus, clause, document, as_of, language))
    return list(dict.fromkeys(notices))


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
    closing = closing_statement(corpus, clause)
    if closing is not None and closing[0].id != clause.id:
        standing = standing_of(closing[1], as_of)
        if standing in _WORTH_A_NOTICE:
            return [_notice(document, closing[1].quote.of(closing[0].text), standing, language)]
    standing = document.validity.standing(as_of)
    if closing is None and standing in _WORTH_A_NOTICE:
        return [_notice(document, document.title, standing, language)]
    return []


def _notice(document: PolicyDocument, quote: str, standing: Standing, language: Language) -> str:
    words = _PHRASES[standing]
    return _said(document, quote, phrase(words, Language.ZH), phrase(words, Language.EN), language)


def _said(document: PolicyDocument, quote: str, chinese: str, english: str, language: Language) -> str:
    said = f"“{quote.strip()}”" if quote != document.title else ""
    if language is Language.EN:
        return f"《{document.title}》{said}: {english}"
    return f"《{document.title}》{said}：{in_language(chinese, language)}"
