"""A test case as staff make it of a question: what is marked and typed becomes a row of a question set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.types import Answer, Answered, Declined, Question, Reason
from eval.cases.cases import UNANSWERABLE, Case, Evidence
from eval.scoring.metrics import squeeze
from ingest.types import Corpus
from web.staff.bench.form import Given

KIND_OF_ONE_TURN, KIND_OF_MORE = "single", "multi-turn"
TYPE, DIFFICULTY = "staff", "unrated"
RIGHT, WRONG = "right", "wrong"
FILLED = "answer"  # what an address or a form says when the case is filled in as the answer says
LONGEST_TEXT = 4000  # characters of each field
ALTERNATIVES = "|"  # between wordings of one point

# Why a question is to be declined, as the packaged question sets call it.
DECLINES: Mapping[str, Reason] = {
    "near-miss": Reason.NOT_STATED,
    "other-place": Reason.OTHER_PLACE,
    "off-topic": Reason.OFF_TOPIC,
    "advice": Reason.ADVICE,
    "injection": Reason.INJECTION,
    "garbage": Reason.GARBAGE,
}


@dataclass(frozen=True, slots=True)
class CaseForm:
    """What was filled in."""

    set_name: str = ""
    verdict: str = ""  # of the answer seen: right, wrong
    decline: str = ""  # a key of DECLINES when the question should be declined
    quotes: Mapping[str, str] | None = None  # clause id → the words in it that are the evidence; "" for all of it
    points: str = ""  # one a line, other wordings of it behind "|"
    must_not: str = ""  # one a line
    note: str = ""
    filled: bool = False  # as the answer says, by somebody who said that it is right


class CaseFault(ValueError):
    """What is wrong with a filled-in form: a word of the page, and what fills its blank."""

    def __init__(self, key: str, about: str = "") -> None:
        super().__init__(key)
        self.key, self.about = key, about


def read_case_form(given: Given) -> CaseForm:
    """The fields as they came, cut to a bearable length."""

    def field(name: str) -> str:
        return next((str(value)[:LONGEST_TEXT].strip() for value in given.getlist(name)), "")

    evidence = [str(value) for value in given.getlist("evidence")]
    return CaseForm(
        set_name=field("set"),
        verdict=field("verdict"),
        decline=field("decline"),
        quotes={clause: field(f"quote:{clause}") for clause in dict.fromkeys(evidence)},
        points=field("points"),
        must_not=field("must_not"),
        note=field("note"),
        filled=field("filled") == FILLED,
    )


def filled_by(answer: Answer, quotes: Mapping[str, str]) -> CaseForm:
    """The form of a right answer: what it cites and says is what is asked for. ``quotes`` are the cited clauses."""
    return CaseForm(
        verdict=RIGHT, decline=decline_of(answer), quotes=quotes, points="\n".join(points_of(answer)), filled=True
    )


def emptied_of(form: CaseForm, filled: CaseForm) -> CaseForm:
    """The form without what ``filled`` put into it and nobody changed: what a wrong answer says proves nothing."""
    quotes, offered = form.quotes or {}, filled.quotes or {}
    points = set(_lines(filled.points))
    return replace(
        form,
        decline="" if form.decline == filled.decline else form.decline,
        quotes={id: quote for id, quote in quotes.items() if offered.get(id) != quote},
        points="\n".join(line for line in _lines(form.points) if line not in points),
        filled=False,
    )


def case_of(form: CaseForm, identity: str, question: Question, answer: Answer, who: str, corpus: Corpus) -> Case:
    """The case. Raises CaseFault for what a person has to fill in otherwise."""
    if form.verdict not in (RIGHT, WRONG):
        raise CaseFault("fault_verdict")
    if form.decline and form.decline not in DECLINES:
        raise CaseFault("fault_decline")
    points = _points(form.points)
    evidence = _evidence(form.quotes or {}, corpus)
    if form.decline:
        points, evidence = (), ()
    elif not evidence:
        raise CaseFault("fault_evidence")
    elif not points:
        raise CaseFault("fault_points")
    kind = KIND_OF_MORE if question.earlier else KIND_OF_ONE_TURN
    return Case(
        id=identity,
        turns=question.turns,
        lang=answer.language.value,
        type=TYPE,
        difficulty=DIFFICULTY,
        kind=f"{UNANSWERABLE}:{form.decline}" if form.decline else kind,
        evidence=evidence,
        answer=points,
        must_not=tuple(_lines(form.must_not)),
        note=_note(form, question, answer, who),
    )


def points_of(answer: Answer) -> tuple[str, ...]:
    """What is offered as points of a right answer: its checked figures, each once."""
    if not isinstance(answer, Answered):
        return ()
    return tuple(dict.fromkeys(figure.text for sentence in answer.sentences for figure in sentence.figures))


def decline_of(answer: Answer) -> str:
    """What is offered as the reason of declining: that of the answer."""
    if not isinstance(answer, Declined):
        return ""
    return next((name for name, reason in DECLINES.items() if reason is answer.reason), next(iter(DECLINES)))


def _evidence(quotes: Mapping[str, str], corpus: Corpus) -> tuple[Evidence, ...]:
    found: list[Evidence] = []
    for identity, quote in quotes.items():
        clause = corpus.clause_by_id.get(identity)
        if clause is None:
            raise CaseFault("fault_gone")
        if squeeze(quote) not in squeeze(clause.text):
            raise CaseFault("fault_quote", quote)
        found.append(Evidence(quote or clause.text, corpus.document_of(clause).title, clause.address))
    return tuple(found)


def _points(text: str) -> tuple[tuple[str, ...], ...]:
    points = [tuple(part.strip() for part in line.split(ALTERNATIVES) if part.strip()) for line in _lines(text)]
    return tuple(point for point in points if point)


def _lines(text: str) -> Sequence[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _note(form: CaseForm, question: Question, answer: Answer, who: str) -> str:
    declined = isinstance(answer, Declined)
    then = f"declined ({answer.reason.value})" if isinstance(answer, Declined) else "answered"
    parts = [
        f"{'答得对 right' if form.verdict == RIGHT else '答得不对 wrong'}（{who}）",
        form.note,
        "" if form.verdict == RIGHT and not declined else f"当时 then {then}: {answer.body}",
        f"提问日 as of {question.as_of.isoformat()}",
        f"限于 only {'、'.join(sorted(question.filters.levels))}" if question.filters.levels else "",
    ]
    return " · ".join(part for part in parts if part)
