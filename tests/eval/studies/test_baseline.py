from __future__ import annotations

from pathlib import Path

from eval.cases.case_files import load_cases
from eval.runs.conditions import conditions_of
from eval.runs.run import Plan, run
from eval.runs.run_folder import RunFolder, read_run, record_end
from eval.studies.baseline import read_baseline, write_baseline
from eval.studies.compare import compare, read_compared, read_thresholds


def test_a_baseline_holds_every_score_and_no_trace_of_the_machine(
    small_bot, question_set, plan: Plan, about, tmp_path: Path
) -> None:
    folder = RunFolder(tmp_path / "run")
    run(folder, load_cases([question_set()]), small_bot, plan, about)
    record_end(folder, 2.5)
    write_baseline(read_run(folder.path), tmp_path / "baseline.json")
    baseline = read_baseline(tmp_path / "baseline.json")
    assert baseline.conditions == conditions_of(about)
    assert baseline.scores == read_run(folder.path).scores
    assert str(tmp_path) not in (tmp_path / "baseline.json").read_text(encoding="utf-8")
    compared = compare(read_compared(tmp_path / "baseline.json"), read_compared(folder.path), read_thresholds())
    assert compared.changed == ()
    assert compared.failures == ()


def test_a_worsened_search_is_caught(small_bot, question_set, plan: Plan, about, tmp_path: Path) -> None:
    class Worse(type(small_bot)):
        def retrieve(self, question, top_k):
            return super().retrieve(question, 60)[-top_k:]

    cases = load_cases([Path(__file__).resolve().parents[3] / "eval" / "questions" / "dev.jsonl"])[:60]
    for name, bot in (("good", small_bot), ("bad", Worse(small_bot.corpus))):
        run(RunFolder(tmp_path / name), cases, bot, plan, about)
        record_end(RunFolder(tmp_path / name), 1.0)
    compared = compare(read_compared(tmp_path / "good"), read_compared(tmp_path / "bad"), read_thresholds())
    assert {"recall@5", "recall@10", "citation-recall"} <= {movement.metric.name for movement in compared.failures}
