"""A small bot that really searches and answers, from real clauses, and question sets made of real lines."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from bot.types import Answer, Answered, AnswerSentence, Citation, Declined, Language, Question, Reason
from eval.runs.run import Plan
from index.types import Found, Hit
from ingest.types import Corpus, Span

AS_OF = date(2026, 11, 22)


@pytest.fixture(scope="session")
def corpus(compendium: Corpus) -> Corpus:
    return compendium


@cache
def bigrams(text: str) -> frozenset[str]:
    squeezed = re.sub(r"[\W_]+", "", text)
    return frozenset({squeezed[i : i + 2] for i in range(len(squeezed) - 1)})


@dataclass
class SmallBot:
    """Ranks clauses by shared character pairs and answers with the first clause; "包头" is another place."""

    corpus: Corpus
    crashes_on: str = "\0"
    asked: list[str] = field(default_factory=list)

    def retrieve(self, question: Question, top_k: int) -> list[Hit]:
        wanted = bigrams("".join(question.turns))
        scores = {clause.id: len(wanted & bigrams(clause.text)) for clause in self.corpus.clauses}
        best = sorted(self.corpus.clauses, key=lambda clause: (-scores[clause.id], clause.id))[:top_k]
        return [
            Hit(clause, rank, scores[clause.id], {"pairs": Found(rank, scores[clause.id])}, None)
            for rank, clause in enumerate(best, 1)
        ]

    def ask(self, question: Question) -> Answer:
        self.asked.append(question.last)
        if self.crashes_on in question.last:
            raise ZeroDivisionError("no clause to divide by")
        if "包头" in question.last:
            return Declined(
                question, Language.ZH, Reason.OTHER_PLACE, "汇编里没有包头市的规定。", (), (), question.last, 1.0
            )
        clause = self.retrieve(question, 1)[0].clause
        title = self.corpus.document_of(clause).title
        citation = Citation(1, clause, title, (Span(0, len(clause.text)),), "answer")
        sentence = AnswerSentence(clause.text, (1,), ())
        return Answered(question, Language.ZH, (sentence,), (citation,), (), question.last, 5.0)


@pytest.fixture
def small_bot(corpus: Corpus) -> SmallBot:
    return SmallBot(corpus)


GREEN_FUND: Mapping[str, object] = {
    "id": "A003",
    "type": "figure",
    "difficulty": "medium",
    "turns": ["旗里有没有自己掏钱设的、专投绿色产业的基金？盘子多大"],
    "lang": "zh",
    "evidence": [
        {
            "quote": "支持绿色产业集群发展若干政策，设立10亿元绿色产业发展基金",
            "doc": "伊金霍洛旗简介",
            "locator": "（一）",
        }
    ],
    "answer": [["10亿"]],
    "must_not": ["2亿元"],
    "note": "金额跨行",
    "kind": "single",
}
TAP_WATER: Mapping[str, object] = {
    "id": "A011",
    "type": "figure",
    "difficulty": "easy",
    "turns": ["自来水", "工商业用水多少钱一吨"],
    "lang": "zh",
    "evidence": [
        {
            "quote": "——工商业用水：10.4元/吨（含代收污水处理费1.4元和水资源费2.5元）",
            "doc": "投资要素成本",
            "locator": "4.自来水价格",
        }
    ],
    "answer": [["10.4元"], ["1.4元"]],
    "kind": "multi-turn",
}
BAOTOU: Mapping[str, object] = {
    "id": "F091",
    "type": "unanswerable",
    "difficulty": "hard",
    "turns": ["包头市对全职引进的E类人才安家补贴给多少？"],
    "lang": "zh",
    "evidence": [],
    "answer": [],
    "kind": "unanswerable:near-miss",
}
ROWS: Sequence[Mapping[str, object]] = (GREEN_FUND, TAP_WATER, BAOTOU)


@pytest.fixture
def question_set(tmp_path: Path) -> Callable[..., Path]:
    """Writes rows as a JSONL question set and gives its path."""

    def write(*rows: Mapping[str, object], name: str = "set.jsonl") -> Path:
        path = tmp_path / name
        path.write_text("".join(json.dumps(row) + "\n" for row in rows or ROWS), encoding="utf-8")
        return path

    return write


@pytest.fixture
def about() -> dict[str, object]:
    """What run.json says of a run of the three rows."""
    return {
        "questions": [{"name": "set.jsonl", "sha256": "0" * 64}],
        "cases": 3,
        "cases_sha256": "1" * 64,
        "corpus": "c" * 64,
        "index": {"model": "pairs"},
        "as_of": AS_OF.isoformat(),
        "retrieval_only": False,
        "workers": 1,
        "settings": {"top_k": 10},
        "versions": {"python": "3.11"},
    }


@pytest.fixture
def plan() -> Plan:
    return Plan(AS_OF)
