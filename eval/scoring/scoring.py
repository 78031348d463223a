"""All metrics of one question, under the names they carry in summaries, reports and thresholds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from bot.evidence.table_rows import is_table_row, row_words
from bot.verify.counts import recounts
from eval.cases.cases import Case
from eval.scoring import metrics as m
from eval.scoring import whole_answers as w
from eval.scoring.results import Given, Result
from ingest.types import Clause, Corpus

Score = float | None
Scores = Mapping[str, Score]

RETRIEVED = 10
"""Clauses kept per question, as the contract of ``results.jsonl`` says."""

READ_AT_ONCE = 1500
"""Characters a reader, or a model with a small window, takes in: about a screen of text."""

_BARS = str.maketrans("", "", "|｜")  # between the cells of a row, as its clause prints them


@dataclass(frozen=True)
class Yardstick:
    """The corpus as scoring needs it: what an answer cites is looked up here, not taken from the answer."""

    corpus: Corpus

    @cached_property
    def squeezed(self) -> dict[str, str]:
        """Clause id → its text without whitespace."""
        return {clause.id: m.squeeze(clause.text) for clause in self.corpus.clauses}

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The sources without whitespace and page furniture: what every quote has to be a span of."""
        return tuple(m.squeeze(self._without_furniture(source.name)) for source in self.corpus.sources)

    def _without_furniture(self, name: str) -> str:
        text = self.corpus.source_by_name[name].text
        kept: list[str] = []
        position = 0
        for piece in self.corpus.furniture.get(name, ()):
            kept.append(text[position : piece.span.start])
            position = max(position, piece.span.end)
        return "".join([*kept, text[position:]])

    def holders(self, case: Case) -> tuple[frozenset[str], ...]:
        """For each evidence quote the ids of the clauses that hold it; bars between cells are not compared."""
        quotes = [m.squeeze(item.quote).translate(_BARS) for item in case.evidence]
        return tuple(frozenset(id for id, text in self._without_bars.items() if quote in text) for quote in quotes)

    @cached_property
    def _without_bars(self) -> dict[str, str]:
        return {id: text.translate(_BARS) for id, text in self.squeezed.items()}

    def documents(self, case: Case) -> tuple[frozenset[str], ...]:
        """For each evidence quote the ids of the documents that hold it."""
        by_id = self.corpus.clause_by_id
        return tuple(frozenset(by_id[id].document for id in holders) for holders in self.holders(case))

    def cited(self, given: Given) -> list[Clause]:
        """The cited clauses the corpus really has."""
        by_id = self.corpus.clause_by_id
        return [by_id[citation.clause_id] for citation in given.citations if citation.clause_id in by_id]

    def supports(self, given: Given) -> list[str]:
        """What the body's figures may stand in: cited clauses, their headings, the titles of their documents."""
        texts: list[str] = []
        for clause in self.cited(given):
            document = self.corpus.document_by_id.get(clause.document)
            heads = [clause.address, *clause.path, *([document.title, document.number or ""] if document else [])]
            texts.extend([clause.text, *heads])
            if is_table_row(clause):
                texts.append(row_words(clause))  # its bare numbers with the units of their heads
        return texts


@dataclass(frozen=True, slots=True)
class Metric:
    """One column of a report."""

    name: str
    zh: str
    better: int  # +1: more is better, -1: less is better
    is_yes_no: bool
    part: str  # "search", "answer", "citations", "declining"
    of: Callable[[Case, Result, Yardstick], Score]


def _search(measure: Callable[[Case, list[str]], Score | bool]) -> Callable[[Case, Result, Yardstick], Score]:
    def score(case: Case, result: Result, stick: Yardstick) -> Score:
        del stick
        return (
            None
            if result.error is not None and not result.retrieved
            else _number(measure(case, [item.text for item in result.retrieved]))
        )

    return score


def _answer(measure: Callable[[Case, Given], Score | bool]) -> Callable[[Case, Result, Yardstick], Score]:
    return _judged(lambda case, given, _: measure(case, given))


def _judged(measure: Callable[[Case, Given, Yardstick], Score | bool]) -> Callable[[Case, Result, Yardstick], Score]:
    def score(case: Case, result: Result, stick: Yardstick) -> Score:
        return None if result.given is None else _number(measure(case, result.given, stick))

    return score


def _number(value: Score | bool) -> Score:
    return None if value is None else float(value)


def _cited_texts(given: Given, stick: Yardstick) -> list[str]:
    return [clause.text for clause in stick.cited(given)]


METRICS: tuple[Metric, ...] = (
    Metric("hit@1", "首条命中", 1, True, "search", _search(m.hit_at_1)),
    Metric("recall@1", "证据召回@1", 1, False, "search", _search(lambda c, t: m.recall_at(c, t, 1))),
    Metric("recall@5", "证据召回@5", 1, False, "search", _search(lambda c, t: m.recall_at(c, t, 5))),
    Metric("recall@10", "证据召回@10", 1, False, "search", _search(lambda c, t: m.recall_at(c, t, RETRIEVED))),
    Metric("all-evidence@5", "证据齐全@5", 1, True, "search", _search(lambda c, t: m.all_evidence_at(c, t, 5))),
    Metric(
        "all-evidence@10", "证据齐全@10", 1, True, "search", _search(lambda c, t: m.all_evidence_at(c, t, RETRIEVED))
    ),
    Metric("mrr@10", "倒数排名@10", 1, False, "search", _search(m.reciprocal_rank)),
    Metric(
        "ndcg@10",
        "nDCG@10",
        1,
        False,
        "search",
        lambda c, r, y: m.ndcg_at(c, [i.text for i in r.retrieved], m.ideal_gains_of(y.holders(c)), RETRIEVED),
    ),
    Metric(
        "evidence-in-1500",
        "前1500字含证据",
        1,
        False,
        "search",
        _search(lambda c, t: m.evidence_within(c, t, READ_AT_ONCE)),
    ),
    Metric("answer-right", "答案正确", 1, True, "answer", _answer(m.answer_right)),
    Metric("point-recall", "要点召回", 1, False, "answer", _answer(m.point_recall)),
    Metric("asked-figure-share", "所问数字占比", 1, False, "answer", _answer(m.asked_figure_share)),
    Metric("body-length", "正文字数", -1, False, "answer", _answer(lambda _, g: m.body_length(g))),
    Metric("forbidden-said", "说了禁语", -1, False, "answer", _answer(m.forbidden_said)),
    Metric(
        "unsupported-figures",
        "无据数字",
        -1,
        False,
        "answer",
        _judged(
            lambda c, g, y: m.unsupported_figures(
                c, g, y.supports(g), lambda sentence: recounts(sentence.text, sentence.counted, y.corpus)
            )
        ),
    ),
    Metric("facts-said", "事实要点召回", 1, False, "answer", _answer(w.facts_said)),
    Metric("parts-answered", "分问答全", 1, False, "answer", _answer(w.parts_answered)),
    Metric("turns-answered", "分轮答全", 1, False, "answer", lambda c, r, _: w.turns_answered(c, r)),
    Metric("verdict-first", "结论在先", 1, True, "answer", _answer(w.verdict_first)),
    Metric("hedged", "有保留", -1, True, "answer", _answer(lambda _, g: w.hedged(g))),
    Metric("uncited", "含无引用的话", -1, True, "answer", _answer(lambda _, g: w.uncited(g))),
    Metric(
        "citation-precision",
        "引用准确",
        1,
        False,
        "citations",
        _judged(lambda c, g, y: m.citation_precision(c, g, _cited_texts(g, y))),
    ),
    Metric(
        "citation-recall",
        "引用召回",
        1,
        False,
        "citations",
        _judged(lambda c, g, y: m.citation_recall(c, g, _cited_texts(g, y))),
    ),
    Metric(
        "documents-cited",
        "文件引全",
        1,
        True,
        "citations",
        _judged(lambda c, g, y: m.all_documents_cited(c, g, y.documents(c), frozenset(i.document for i in y.cited(g)))),
    ),
    Metric(
        "quote-fidelity",
        "引文忠实",
        1,
        False,
        "citations",
        _judged(lambda _, g, y: m.quote_fidelity(g.citations, y.sources)),
    ),
    Metric("declined-rightly", "应拒已拒", 1, True, "declining", _answer(m.declined_rightly)),
    Metric("decline-deserved", "拒答有理", 1, True, "declining", _answer(m.decline_deserved)),
    Metric("declined-or-said", "已拒或已说明", 1, True, "declining", _answer(w.declined_or_said)),
    Metric("declined-falsely", "误拒", -1, True, "declining", _answer(m.declined_falsely)),
    Metric("hedged-falsely", "误作保留", -1, True, "declining", _answer(w.hedged_falsely)),
    Metric("crashed", "出错", -1, True, "answer", lambda _, r, __: float(r.error is not None)),
)
METRIC_BY_NAME = {metric.name: metric for metric in METRICS}


def score(case: Case, result: Result, stick: Yardstick) -> dict[str, Score]:
    """Every metric of one question, in the order of METRICS."""
    return {metric.name: metric.of(case, result, stick) for metric in METRICS}
