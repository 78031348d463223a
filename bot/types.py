"""Questions and answers. An answer is Answered or Declined: "not covered" is a value with a reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise

from index.spelling.types import Correction
from index.types import Filters, Hit
from ingest.service.cards import ServiceCard
from ingest.structure.pages import page_of
from ingest.types import Clause, Span, Validity
from ingest.whole_characters import check_whole


class Language(StrEnum):
    """The language a question is asked in; decides the words around an answer, never the quotes."""

    ZH = "zh"
    ZH_HANT = "zh-hant"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asks: all turns of the conversation in order, the last one being the question.

    ``as_of`` is the day of asking; nothing deeper in the house looks at a clock. ``page_language`` is what is spoken
    where it is asked; it decides for a question that is in no language (asdkjhaskd, 12345, AEO). ``chosen_language``
    decides always.
    """

    turns: tuple[str, ...]
    as_of: date
    filters: Filters = field(default_factory=Filters)
    page_language: Language | None = None
    chosen_language: Language | None = None  # what somebody asked to be answered in

    def __post_init__(self) -> None:
        """Raises QuestionUnusable when a turn holds what is no character."""
        for turn in self.turns:
            check_whole(turn)

    @property
    def last(self) -> str:
        return self.turns[-1]

    @property
    def earlier(self) -> tuple[str, ...]:
        return self.turns[:-1]


class Reason(StrEnum):
    """Why a question is not answered."""

    EMPTY = "empty"
    TOO_LONG = "too_long"  # more than a question may have; the command line and the API refuse it before
    GARBAGE = "garbage"  # no words in it
    INJECTION = "injection"  # an instruction to the program, not a question about policy
    OFF_TOPIC = "off_topic"
    ADVICE = "advice"  # a decision or a prediction
    PERSONAL = "personal"  # a judgement on somebody's own case, or a look into somebody's records
    OTHER_PLACE = "other_place"  # asks for the policy of a place the corpus does not cover
    NOT_STATED = "not_stated"  # the subject is there, the fact asked for is not
    TITLE_ONLY = "title_only"  # the compendium prints only the title of the guide that would say it
    NOTHING_FOUND = "nothing_found"


class AnswerKind(StrEnum):
    """What sort of answer it is; the last three rest on no clause."""

    ANSWER = "answer"
    LIST = "list"  # opens with how many there are, which is recounted
    MATCH = "match"
    SUMMARY = "summary"
    TALK = "talk"  # a greeting, thanks, who is asked
    CLARIFY = "clarify"  # too vague: an overview and questions back
    CORPUS = "corpus"  # about the documents themselves: how many, as of when


class SentenceRole(StrEnum):
    """What a sentence does in the body."""

    VERDICT = "verdict"  # ours, in front: yes or no, the amount, 已到期
    QUOTE = "quote"  # the clauses' own words, or rows of them
    COUNT = "count"  # ours: how many there are
    HEDGE = "hedge"  # ours: what is not found, not printed, only the nearest
    QUESTION = "question"  # back to the person asking
    OFFICE = "office"  # who handles it
    SERVICE = "service"  # the bureau's own word, of a service card; printed in no text


class PartStatus(StrEnum):
    """What became of a part of a question."""

    ANSWERED = "answered"
    PARTLY = "partly"  # something asked beside it is not printed, or only the nearest is said
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class AnswerPart:
    """One part of a question and where the body answers it. A sentence may belong to several parts."""

    question: str
    status: PartStatus
    verdict: str | None = None
    sentences: tuple[int, ...] = ()  # their places in the body, from 0


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause an answer rests on. ``quotes`` are spans of ``clause.text``."""

    n: int  # from 1, as printed in the answer
    clause: Clause
    document_title: str
    quotes: tuple[Span, ...]
    why: str  # "answer", "condition", "validity", "nearest"
    holds: Validity | None = None  # when the clause holds, within the term of its document
    english: str = ""  # the clause in the edition's English, for who reads English
    document_english: str = ""

    @property
    def page(self) -> int | None:
        """The printed page on which its first quote begins; that of the clause when nothing is quoted."""
        return page_of(self.clause, self.quotes[0]) if self.quotes else self.clause.page


@dataclass(frozen=True, slots=True)
class CheckedFigure:
    """A figure of the answer and where it stands: ``span`` counts in the source of the clause."""

    text: str
    clause_id: str
    span: Span


class Operation(StrEnum):
    """How a figure of ours comes of others."""

    TIMES = "times"
    LESS = "less"
    PLUS = "plus"


@dataclass(frozen=True, slots=True)
class DerivedFigure:
    """A figure that is printed nowhere: a quantity times a printed unit price, a printed amount less another, or a sum of such. Always an estimate."""

    text: str  # "1600-2000万元", as the sentence says it
    quantity: str  # "80亩", as the question says it; of a difference the greater amount, of a sum its working (2名×200万元+150万元)
    unit_price: CheckedFigure  # of a difference the lesser amount, of a sum the last one
    operation: Operation = Operation.TIMES


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """One sentence of the body, the numbers of the citations it rests on, its figures and their places.

    Of an estimate, ``derived`` tells how it was worked out; its product is not among ``figures``. Of a count, ``counted``
    are the things counted: ids of documents or clauses, or ``clause:start-end`` for characters of a clause's text.
    ``source_quote`` are the Chinese words that an English sentence of the edition stands for, as printed. ``marks`` are the
    citations with their places in ``text``, where they do not all stand at its end.
    """

    text: str
    citations: tuple[int, ...]
    figures: tuple[CheckedFigure, ...]
    derived: DerivedFigure | None = None
    role: SentenceRole = SentenceRole.QUOTE
    counted: tuple[str, ...] = ()
    source_quote: str = ""
    marks: tuple[tuple[int, int], ...] = ()

    @property
    def marked(self) -> str:
        """The sentence with its citation numbers, behind it or where they belong: "… 100 万元。[1]"."""
        if not self.marks:
            return self.text + "".join(f"[{n}]" for n in self.citations)
        ends = [0, *(at for at, _ in self.marks), len(self.text)]
        pieces = [self.text[start:end] for start, end in pairwise(ends)]
        return "".join(f"{piece}[{n}]" for piece, (_, n) in zip(pieces, self.marks, strict=False)) + pieces[-1]


@dataclass(frozen=True, slots=True)
class TableCell:
    """What one place of a table says, checked as a sentence is. Without citations: a name, or that nothing is printed."""

    text: str
    citations: tuple[int, ...] = ()
    figures: tuple[CheckedFigure, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Levels, classes or policies side by side. Every row has one cell for each column; its first cell names it."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[TableCell, ...], ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer. The body is the sentences joined; tables, notices and quoted evidence stand apart from it.

    What is asked for stands in the body; a table only gives the overview of what is compared.
    """

    question: Question
    language: Language
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    notices: tuple[str, ...]
    standalone: str  # the question as it was searched for, with what was carried over from earlier turns
    took_ms: float
    tables: tuple[Table, ...] = ()
    read_as: tuple[Correction, ...] = ()  # mistyped words of the question, and what they were taken for
    kind: AnswerKind = AnswerKind.ANSWER
    parts: tuple[AnswerPart, ...] = ()
    questions: tuple[str, ...] = ()  # asked back, where the question was too vague
    service: tuple[ServiceCard, ...] = ()  # the bureau's own word on what is cited

    @property
    def body(self) -> str:
        """The sentences with their citation numbers, as they are printed."""
        joint = " " if self.language is Language.EN else ""
        return joint.join(sentence.marked for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Declined:
    """Not answered, why, and the nearest clauses offered as such."""

    question: Question
    language: Language
    reason: Reason
    body: str  # what is said to the person
    citations: tuple[Citation, ...]  # the nearest clauses, why="nearest"
    notices: tuple[str, ...]
    standalone: str
    took_ms: float
    read_as: tuple[Correction, ...] = ()
    parts: tuple[AnswerPart, ...] = ()  # each not found
    service: tuple[ServiceCard, ...] = ()  # always empty: what a card can tell is answered


Answer = Answered | Declined


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Clauses found for a text, best first, and the mistyped words of it with what they were taken for."""

    hits: tuple[Hit, ...]
    read_as: tuple[Correction, ...] = ()
