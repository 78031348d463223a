"""The gate over a corpus: a sentence, the clauses it cites and what was asked in, what it says otherwise out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.types import AnswerSentence
from bot.verify.attribution import misattributed
from bot.verify.grounding import check_sentence, printed_words
from bot.verify.meaning.gate import differences
from bot.verify.meaning.lexicon import Lexicon
from bot.verify.meaning.plain_text import plain, without_marks
from bot.verify.meaning.types import Asked, Difference, Kind, Source
from bot.verify.office_names import unprinted_offices
from bot.verify.verifier import Verifier
from ingest.editions.types import Edition
from ingest.normalise import to_simplified
from ingest.types import Clause, Corpus, PolicyDocument

STRICT = False
_FIRST = 100  # characters of a clause: enough to load the words
_HAN = re.compile(r"[\u3400-\u9fff]")


def _misplaced(sentence: str, clauses: Sequence[Clause], asked: Asked | None) -> list[Difference]:
    """Figures of others than those to whom certain rows give them, and offices that are not printed. Chinese words only."""
    text = plain(without_marks(sentence))
    if not _HAN.search(text):
        return []
    simplified = to_simplified(text)
    context = to_simplified(asked.text) if asked else ""
    spans = [span for clause in clauses for span in misattributed(simplified, clause, context)]
    return [
        *(Difference(Kind.ROW, span.of(text)) for span in spans),
        *(Difference(Kind.WORD, office) for office in unprinted_offices(simplified, printed_words(clauses))),
    ]


def _told_of(document: PolicyDocument) -> tuple[str, ...]:
    """What a prompt tells of a document beside its clauses; a sentence may say it again."""
    since, until = document.validity.valid_from, document.validity.valid_until
    dated = (
        f"{document.issued.isoformat()}印发" if document.issued else "",
        f"自{since.isoformat()}起施行" if since else "",
        f"有效期至{until.isoformat()}" if until else "",
    )
    return tuple(filter(None, (document.level, document.number, *dated, *document.closing_rules)))


@dataclass(frozen=True)
class MeaningChecker:
    """Holds sentences against clauses of ``corpus``; English ones also against its ``edition``. Safe in several threads."""

    corpus: Corpus
    edition: Edition = field(default_factory=Edition)
    verifier: Verifier | None = None
    strict: bool = STRICT  # whether a single English word that is printed nowhere withholds a sentence
    lexicon: Lexicon = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lexicon", Lexicon(self._pairs()))

    def differences(
        self, sentence: str, clauses: Sequence[Clause], asked: Asked | None = None
    ) -> tuple[Difference, ...]:
        """How ``sentence`` differs from ``clauses``, which it cites; empty when it stands. Raises ModelUnusable."""
        sources = [self.source_of(clause) for clause in clauses]
        told = [*differences(sentence, sources, asked, self.lexicon), *_misplaced(sentence, clauses, asked)]
        if not self.strict:
            told = [one for one in told if one.kind is not Kind.WORDING]
        if not told and self.verifier is not None and not self.verifier.believes(sentence, sources):
            told.append(Difference(Kind.VERIFIER, sentence.strip()))
        return tuple(dict.fromkeys(told))

    def warmed(self) -> MeaningChecker:
        """The same, once the words are loaded that the first sentence would wait for."""
        if self.corpus.clauses:
            clause = self.corpus.clauses[0]
            for text in (clause.text[:_FIRST], "The grant is up to RMB 1 million."):
                differences(text, [self.source_of(clause)], None, self.lexicon)
        return self

    def stands(
        self, text: str, citations: Sequence[int], cited: Mapping[int, Clause], asked: Asked
    ) -> AnswerSentence | tuple[Difference, ...]:
        """The sentence with its figures and their places in the source, or why it must be withheld."""
        clauses = [cited[number] for number in citations if number in cited]
        if len(clauses) < len(citations) or not clauses:
            return (Difference(Kind.NOTHING, text),)
        told = self.differences(text, clauses, asked)
        if told:
            return told
        return AnswerSentence(text, tuple(citations), check_sentence(text, citations, cited, asked.text).figures)

    def source_of(self, clause: Clause) -> Source:
        """A clause with its title, its standing and its English."""
        document = self.corpus.document_of(clause)
        english = tuple((one.span.of(clause.text), one.text) for one in self.edition.sentences.get(clause.id, ()))
        title = self.edition.titles.get(document.id, "")
        return Source(clause, document.title, self.corpus.validity_of(clause), english, title, _told_of(document))

    def _pairs(self) -> list[tuple[str, str]]:
        clauses = self.corpus.clause_by_id
        return [
            (one.span.of(clauses[name].text), one.text)
            for name, sentences in self.edition.sentences.items()
            if name in clauses
            for one in sentences
        ]


@dataclass
class CheckerKeeper:
    """The gate over whatever corpus is served, made again when another one is."""

    _made: tuple[str, MeaningChecker] | None = None

    def of(self, corpus: Corpus, edition: Edition) -> MeaningChecker:
        """The gate over ``corpus`` and the English beside it."""
        key = f"{corpus.digest} {edition.digest}"
        if self._made is None or self._made[0] != key:
            self._made = key, MeaningChecker(corpus, edition)
        return self._made[1]
