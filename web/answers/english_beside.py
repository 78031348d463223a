"""What a page shows beside the Chinese to who reads English: titles, headings, clauses and offices of the edition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.english.grant_rows import rows_in_english
from bot.english.headings import office_in_english
from ingest.editions.types import Edition
from ingest.entitlements.types import AmountRow
from ingest.entitlements.wording import squeezed
from ingest.types import Clause, PolicyDocument, Span
from web.texts import Tongue, say


@dataclass(frozen=True, slots=True)
class EnglishBeside:
    """The edition as a page shows it. Each text is "" where there is no English, and everywhere on a Chinese page."""

    edition: Edition
    tongue: Tongue

    @property
    def shown(self) -> bool:
        """Whether the page shows English at all."""
        return self.tongue == "en"

    def title(self, document: PolicyDocument) -> str:
        """The title of a document."""
        return self.edition.titles.get(document.id, "") if self.shown else ""

    def heading(self, printed: str) -> str:
        """A heading or the title of a part, with its number."""
        return self.edition.headings.get(squeezed(printed), "") if self.shown else ""

    def clause(self, clause: Clause) -> str:
        """A clause, whole or not at all."""
        return (self.edition.whole(clause.id) or "") if self.shown else ""

    def sentences(self, clause: str, span: Span) -> list[str]:
        """The sentences that words of a clause stand in."""
        return [sentence.text for sentence in self.edition.of_span(clause, span)] if self.shown else []

    def name(self, printed: str) -> str:
        """A name that the edition lists, as that of the collection."""
        return self.edition.names.get(printed, "") if self.shown else ""

    def office(self, office: str) -> str:
        """An office with its English in front; as printed on a Chinese page and where there is no English."""
        return office_in_english(office, self.edition) if self.shown else office

    def amounts(self, rows: Sequence[AmountRow]) -> str:
        """The amounts of a grant, each with its bound and, of several, whom it is for."""
        return "; ".join(rows_in_english(rows)) if self.shown else ""

    def rule(self, document: PolicyDocument, rule: str, clauses: Sequence[Clause]) -> str:
        """The sentences of ``clauses`` that a rule of their document is printed in."""
        if not self.shown:
            return ""
        wanted = squeezed(rule)
        for clause in clauses:
            for sentence in self.edition.sentences.get(clause.id, ()):
                if clause.document == document.id and wanted in squeezed(sentence.span.of(clause.text)):
                    return sentence.text.strip()
        return ""

    def note(self, document: PolicyDocument | None = None) -> str:
        """What the English is, of one document or of all of them: an aid, not accepted yet, or not there."""
        if not self.shown:
            return ""
        if not self.edition.sentences or (document is not None and not self.title(document)):
            return say("english_none", "en")
        unaccepted = self.edition.unaccepted if document is None else self.edition.unaccepted & {document.id}
        return say("english_unaccepted" if unaccepted else "english_prevails", "en")
