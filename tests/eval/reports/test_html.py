from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from eval.cases.case_files import load_cases
from eval.cases.cases import Case
from eval.reports import html as report
from eval.reports.html import write_reports
from eval.reports.question_card import faults_of
from eval.runs.run import Plan, run
from eval.runs.run_folder import Run, RunFolder, read_run, record_end
from eval.scoring.summary import summarise, table


class Page(HTMLParser):
    """Collects what a browser would make of the page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.marked: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetched.extend(
            f"{tag} {name}" for name, _ in attrs if name in ("src", "href", "action", "srcset", "onerror")
        )

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] == "mark":
            self.marked.append(data)
            self.tags.append("read")


HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)> {{ 7*7 }} 包头"


@pytest.fixture
def finished(small_bot, question_set, plan: Plan, about, tmp_path: Path) -> Run:
    cases = (*load_cases([question_set()]), Case("<b>h</b>", (HOSTILE,), kind='"><i>', note="</section>"))
    small_bot.crashes_on = "\0"
    folder = RunFolder(tmp_path / "run")
    run(folder, cases, small_bot, plan, about)
    record_end(folder, 1.0)
    return read_run(folder.path)


def test_the_page_shows_every_question_and_needs_nothing_else(finished: Run) -> None:
    page_path, markdown_path = write_reports(finished)
    text = page_path.read_text(encoding="utf-8")
    page = Page(text)
    assert page.fetched == []
    assert "url(" not in text
    assert "http://" not in text
    assert "https://" not in text
    assert page.tags.count("section") == 4
    assert text.count('<svg class="histogram"') == 1
    for case in finished.cases.values():
        assert case.turns[-1][:5].replace("<", "&lt;") in text
    assert markdown_path.read_text(encoding="utf-8").startswith("# 评测报告")


def test_what_people_typed_stays_text(finished: Run) -> None:
    page_path, markdown_path = write_reports(finished)
    page = Page(page_path.read_text(encoding="utf-8"))
    assert page.tags.count("script") == 1
    assert "img" not in page.tags
    assert "i" not in page.tags
    assert "b" not in page.tags
    assert "<script>" not in markdown_path.read_text(encoding="utf-8").replace("\\<script\\>", "")
    assert "{{ 7*7 }}" in page_path.read_text(encoding="utf-8")


def test_evidence_is_marked_in_clauses_found_and_cited(finished: Run) -> None:
    page = Page(write_reports(finished)[0].read_text(encoding="utf-8"))
    water = "——工商业用水：10.4元/吨（含代收污水处理费1.4元和水资源费2.5元）"
    assert [re.sub(r"\s", "", text) for text in page.marked].count(water) == 2


def test_a_very_long_set_lists_the_wrong_ones_first(finished: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "MOST_QUESTIONS", 1)
    wrong = [id for id, scores in finished.scores.items() if faults_of(scores)]
    text = write_reports(finished)[0].read_text(encoding="utf-8")
    assert Page(text).tags.count("section") == 1
    assert len(wrong) >= 1
    assert f"<strong>{escape(wrong[0])}</strong>" in text
    assert "其余 3 题" in text


def test_the_terminal_table_lines_up(finished: Run) -> None:
    lines = table(summarise(list(finished.cases.values()), finished.scores, finished.results)).splitlines()
    assert len({len(line) for line in lines}) == 1
    assert lines[1].split()[:3] == ["all", "4", "1.000"]
    assert [line.split()[0] for line in lines[2:]] == ['"><i>', "multi-turn", "single", "unanswerable:near-miss"]
