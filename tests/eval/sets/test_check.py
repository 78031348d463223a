from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from eval.sets.check import check
from ingest.types import Corpus

DEV = Path(__file__).resolve().parents[3] / "eval" / "questions" / "dev.jsonl"
SOUND: Mapping[str, object] = {
    "id": "A007",
    "type": "figure",
    "difficulty": "easy",
    "turns": ["工业用地一亩多少钱"],
    "lang": "zh",
    "evidence": [{"quote": "——参考价格：20-25万元/亩", "doc": "投资要素成本", "locator": "1.工业用地价格"}],
    "answer": [["20-25万"]],
    "kind": "single",
}


def test_the_development_set_is_sound(corpus: Corpus) -> None:
    checked = check(DEV, corpus)
    assert checked.questions == 253
    assert checked.faults == ()
    assert checked.quotes_standing_once > 280


def test_a_sound_row_has_no_remark(corpus: Corpus, question_set: Callable[..., Path]) -> None:
    assert check(question_set(SOUND), corpus).remarks == ()


@pytest.mark.parametrize(
    ("change", "is_fault", "message"),
    [
        ({"evidence": [{"quote": "参考价格：30-35万元/亩"}]}, True, "is not in the corpus"),
        ({"evidence": [{"quote": "万元/亩"}]}, True, "shorter than 6 characters"),
        ({"evidence": [{"quote": "第一篇伊金霍洛旗简介"}]}, True, "is not in the corpus"),
        ({"evidence": [{"quote": "——参考价格：20-25万元/亩", "page": "3"}]}, True, "unknown fields: evidence.page"),
        ({"anwser": [["20-25万"]]}, True, "unknown fields: anwser"),
        ({"answer": []}, False, "whether it is answered right is not scored"),
        ({"evidence": []}, False, "what search finds and what is cited is not scored"),
        ({"answer": [["30万"]]}, False, "the point 30万 is not in the evidence"),
        ({"kind": "unanswerable:near-miss"}, True, "must be declined and has no evidence"),
        ({"must_not": ["25万"]}, True, "no right answer can do without it"),
        ({"turns": "工业用地"}, True, '"turns" must be a list'),
        ({"turns": ["工业用地", " \n"]}, True, "the last turn, which is the question, is blank"),
        ({"note": "\ud83d"}, True, '"note" holds half a character'),
        ({"\udc00": 1}, True, "unknown fields: ?"),
        (
            {
                "evidence": [{"quote": "服务期限一般为3年，参与关键核心技术攻关或重大项目建设的可适当延长至5年"}],
                "answer": [["3年"]],
            },
            False,
            "stands in 2 clauses",
        ),
    ],
)
def test_each_fault_is_named(
    corpus: Corpus, question_set: Callable[..., Path], change: Mapping[str, object], is_fault: bool, message: str
) -> None:
    checked = check(question_set(SOUND, {**SOUND, "id": "changed", **change}), corpus)
    found = [remark for remark in checked.remarks if message in remark.message]
    assert [(remark.row, remark.id, remark.is_fault) for remark in found] == [(2, "changed", is_fault)]


def test_an_id_used_twice_is_a_fault_and_only_id_and_turns_have_to_be_there(
    corpus: Corpus, question_set: Callable[..., Path]
) -> None:
    bare = {name: SOUND[name] for name in ("id", "turns")}
    assert check(question_set(bare), corpus).faults == ()
    messages = [remark.message for remark in check(question_set(SOUND, bare, {"id": "x"}), corpus).faults]
    assert messages[0] == "the id stands twice, first in row 1"
    assert '"turns" is missing' in messages[1]


def test_half_a_character_in_an_id_can_be_printed(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text('{"id": "a\\udc00", "turns": ["问"]}\n', encoding="utf-8")
    assert [(remark.id, remark.is_fault) for remark in check(path, corpus).remarks] == [("a?", True)]


def test_all_faults_are_collected(corpus: Corpus, question_set: Callable[..., Path]) -> None:
    faulty = [{**SOUND, "id": f"q{n}", "evidence": [{"quote": "这句话汇编里没有"}]} for n in range(5)]
    assert [remark.row for remark in check(question_set(*faulty), corpus).faults] == [1, 2, 3, 4, 5]
