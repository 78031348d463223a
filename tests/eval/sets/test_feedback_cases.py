from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.records.types import Feedback, Thumb, Turn
from eval.cases.case_files import load_cases, write_cases
from eval.sets.check import check
from eval.sets.feedback_cases import answer_points, draft_case, draft_cases
from ingest.errors import EvaluationUnusable
from ingest.types import Clause, Corpus

NOON = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
TURN = Turn(
    id="0f3a9c1d22", conversation="c1", asked_at=NOON, client="h", as_of=date(2026, 11, 22),
    turns=("自来水", "工商业用水多少钱一吨"), level=None, answer={"answer": "居民生活用水4.05元/吨", "language": "zh"},
    status="answered", reason=None, took_ms=9.0,
)  # fmt: skip


@pytest.fixture
def water(corpus: Corpus) -> Clause:
    return next(clause for clause in corpus.clauses if "工商业用水：10.4元/吨" in clause.text)


def complaint(clauses: tuple[str, ...] = (), correction: str = "") -> Feedback:
    return Feedback(TURN.id, NOON, Thumb.DOWN, "答非所问", "问的是工商业", correction, clauses)


def test_a_complaint_becomes_a_draft_with_verbatim_evidence(corpus: Corpus, water: Clause) -> None:
    case = draft_case(TURN, complaint((water.id,), "每吨10.4元，含污水处理费1.4元"), corpus)
    assert case.id == "feedback-20261122-0f3a9c1d"
    assert (case.turns, case.kind, case.lang) == (TURN.turns, "multi-turn", "zh")
    assert [(item.quote, item.locator) for item in case.evidence] == [(water.text, water.address)]
    assert case.answer == (("10.4元",), ("1.4元",))
    assert case.is_draft
    for words in (
        "👎 答非所问",
        "问的是工商业",
        "每吨10.4元，含污水处理费1.4元",
        "then answered: 居民生活用水",
        "2026-11-22",
    ):
        assert words in case.note


def test_a_complete_draft_is_sound_but_for_the_mark(corpus: Corpus, water: Clause, tmp_path: Path) -> None:
    path = tmp_path / "drafts.jsonl"
    write_cases(draft_cases([(TURN, complaint((water.id,), "每吨10.4元"))], corpus), path)
    checked = check(path, corpus)
    assert checked.faults == ()
    assert ["a draft" in remark.message for remark in checked.remarks] == [True]
    accepted = replace(load_cases([path])[0], note="")
    write_cases([accepted], path)
    assert check(path, corpus).remarks == ()


def test_without_clauses_the_draft_is_left_to_the_person(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "drafts.jsonl"
    write_cases(draft_cases([(TURN, complaint())], corpus), path)
    (case,) = load_cases([path])
    assert (case.evidence, case.answer) == ((), ())
    assert "a draft" in check(path, corpus).remarks[-1].message


def test_a_clause_that_is_gone_is_named_and_a_level_too(corpus: Corpus) -> None:
    declined = replace(TURN, level="旗", status="declined", reason="not_stated", turns=("一个问题",))
    case = draft_case(declined, complaint(("gone-1",)), corpus)
    assert case.evidence == ()
    assert case.kind == "single"
    for words in ("gone-1", "only 旗", "then declined (not_stated)"):
        assert words in case.note


def test_a_correction_under_a_thumb_up_is_a_draft(corpus: Corpus) -> None:
    case = draft_case(TURN, Feedback(TURN.id, NOON, Thumb.UP, correction="10.4元"), corpus)
    assert "👍" in case.note
    assert case.answer == (("10.4元",),)


@pytest.mark.parametrize(
    ("correction", "points"),
    [
        ("市里100万元；旗里最高50万元", ("100万元", "50万元")),
        ("50万元，也就是50万元", ("50万元",)),
        ("由旗科技局受理。到政务服务大厅办理；", ("由旗科技局受理", "到政务服务大厅办理")),
        ("Ask the tax bureau!\nBring a permit", ("Ask the tax bureau", "Bring a permit")),
        ("应为60%，不是30%", ("60%",)),
        ("不是每亩30万元而是20万元", ("20万元",)),
        ("不应超过500万元", ("500万元",)),
        ("It is 60%, not 30%", ("60%",)),
        ("", ()),
        ("  。；\n", ()),
    ],
)
def test_points_are_the_figures_else_the_sentences(correction: str, points: tuple[str, ...]) -> None:
    found = answer_points(correction)
    assert len(found) == len(points)
    assert all(point in whole for point, whole in zip(points, found, strict=True))


def test_nothing_to_draft_is_said(corpus: Corpus) -> None:
    with pytest.raises(EvaluationUnusable, match="nothing to draft"):
        draft_cases([], corpus)
