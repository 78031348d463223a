from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import ir_measures
import pytest
from ir_measures import RR, R, Success, nDCG

from eval.cases.case_files import load_cases
from eval.cases.cases import Case, Evidence
from eval.exports.beir import write_beir
from eval.exports.judged import Judged, judged
from eval.exports.promptfoo import write_promptfoo
from eval.exports.ragas import write_ragas
from eval.exports.trec import write_trec
from eval.exports.writing import export_sets
from eval.scoring.results import Given, Result, Retrieved, Sentence
from eval.scoring.scoring import Yardstick, score
from ingest.errors import EvaluationUnusable
from ingest.types import Corpus

QUESTIONS = Path(__file__).parents[3] / "eval" / "questions" / "dev.jsonl"
DECLINED = Case("N1", ("包头市的补贴？",), kind="unanswerable:other-place", must_not=("包头",))


@pytest.fixture(scope="module")
def stick(corpus: Corpus) -> Yardstick:
    return Yardstick(corpus)


@pytest.fixture(scope="module")
def asked(stick: Yardstick) -> list[Judged]:
    """Sixty questions of the sets, each with ten clauses found: its own at another rank each time, and others."""
    cases = [case for case in load_cases([QUESTIONS]) if case.evidence][:60]
    others = [Retrieved(clause.id, clause.text) for clause in stick.corpus.clauses[:40]]
    by_id = stick.corpus.clause_by_id
    results: dict[str, Result] = {}
    for number, one in enumerate(judged(cases, stick)):
        found = [other for other in others if other.clause_id not in one.relevant][:10]
        for place, clause in enumerate(one.relevant):
            found.insert((number + 3 * place) % 12, Retrieved(clause, by_id[clause].text))
        results[one.case.id] = Result(one.case.id, tuple(found[:10]), _given("30万元"))
    return judged(cases, stick, results)


def _given(body: str, declined: bool = False) -> Given:
    return Given(declined, None, body, (Sentence(body, ()),), (), (), 1.0)


def test_trec_files_give_our_figures_in_ir_measures(asked: list[Judged], stick: Yardstick, tmp_path: Path) -> None:
    qrels, run = (str(path) for path in write_trec(asked, stick, tmp_path))
    measures = {"hit@1": Success @ 1, "mrr@10": RR @ 10, "recall@5": R @ 5, "recall@10": R @ 10, "ndcg@10": nDCG @ 10}
    theirs = {
        (one.query_id, one.measure): one.value
        for one in ir_measures.iter_calc(
            [*measures.values()], ir_measures.read_trec_qrels(qrels), ir_measures.read_trec_run(run)
        )
    }
    compared = 0
    for one in asked:
        assert one.result is not None
        ours = score(one.case, one.result, stick)
        # Theirs count clauses, ours quotes: the same where each quote stands in one clause of its own.
        own_clause = len(one.relevant) == len(one.case.evidence) == sum(one.relevant.values())
        for name, measure in measures.items():
            if own_clause or name in ("hit@1", "mrr@10"):
                assert theirs[one.case.id, measure] == pytest.approx(ours[name], abs=1e-6), (one.case.id, name)
                compared += 1
    assert compared > 200
    assert len({round(value, 3) for value in theirs.values()}) > 10  # and not all of them 0 or 1


def test_beir_holds_every_clause_and_the_questions_with_evidence(
    asked: list[Judged], stick: Yardstick, tmp_path: Path
) -> None:
    corpus, queries, qrels = write_beir([*asked, Judged(DECLINED, {})], stick, tmp_path)
    documents = [json.loads(line) for line in corpus.read_text("utf-8").splitlines()]
    assert [one["_id"] for one in documents] == [clause.id for clause in stick.corpus.clauses]
    assert documents[0]["text"] == stick.corpus.clauses[0].text
    ids = [json.loads(line)["_id"] for line in queries.read_text("utf-8").splitlines()]
    assert ids == [one.case.id for one in asked]
    head, *rows = qrels.read_text("utf-8").splitlines()
    assert head == "query-id\tcorpus-id\tscore"
    assert len(rows) == sum(len(one.relevant) for one in asked)


def test_ragas_samples_hold_what_was_found_said_and_wanted(
    asked: list[Judged], stick: Yardstick, tmp_path: Path
) -> None:
    (file,) = write_ragas(asked, stick, tmp_path)
    first = json.loads(file.read_text("utf-8").splitlines()[0])
    one = asked[0]
    assert first["user_input"] == one.asked
    assert first["response"] == "30万元"
    assert len(first["retrieved_contexts"]) == 10
    assert first["reference_contexts"] == [item.quote for item in one.case.evidence]
    assert first["reference"].startswith(one.case.answer[0][0])


def test_promptfoo_asks_and_looks_for_the_points(stick: Yardstick, tmp_path: Path) -> None:
    case = Case("A1", ("自来水", "多少钱？"), answer=(("10.4元", "10.4 yuan"),), evidence=(Evidence("10.4元"),))
    (file,) = write_promptfoo([Judged(case, {}), Judged(DECLINED, {})], stick, tmp_path)
    config = json.loads(file.read_text("utf-8"))
    assert config["providers"][0]["config"]["url"].startswith("http://127.0.0.1")
    first, second = config["tests"]
    assert first["vars"] == {"question": "多少钱？", "turns": ["自来水"]}
    assert first["assert"] == [{"type": "icontains-any", "value": ["10.4元", "10.4 yuan"]}]
    assert second["assert"] == [
        {"type": "not-icontains", "value": "包头"},
        {"type": "starts-with", "value": "declined"},
    ]


@pytest.mark.parametrize("write", [write_trec, write_ragas])
def test_what_tells_of_a_run_needs_one(
    write: Callable[[Sequence[Judged], Yardstick, Path], list[Path]], stick: Yardstick, tmp_path: Path
) -> None:
    with pytest.raises(EvaluationUnusable, match="--run"):
        write([Judged(DECLINED, {})], stick, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_run_of_other_questions_is_refused(stick: Yardstick) -> None:
    with pytest.raises(EvaluationUnusable, match='question "N1"'):
        judged([DECLINED], stick, {})


@pytest.mark.parametrize(
    ("form", "folder", "says"), [("beir", None, "--out a folder"), ("trec", Path("out"), "--run the folder")]
)
def test_what_is_missing_is_said_before_anything_is_written(
    form: str, folder: Path | None, says: str, corpus: Corpus, tmp_path: Path
) -> None:
    with pytest.raises(EvaluationUnusable, match=says):
        export_sets(form, [QUESTIONS], corpus, None, folder and tmp_path / folder)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_one_sentence(corpus: Corpus, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(EvaluationUnusable, match="Cannot write to"):
        export_sets("beir", [QUESTIONS], corpus, None, tmp_path / "out")
