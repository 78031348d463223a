"""What is said about time, on the day of asking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.compose.validity import closing_statement, standing_of, standing_words, validity_notices
from bot.types import Language
from ingest.corpus.load import load_corpus
from ingest.facts.validity import statements
from ingest.types import Clause, Corpus, Role, Span, Standing

ClauseWith = Callable[[str], Clause]
UNEMPLOYMENT = "阶段性降低失业保险费率至1%"
WEST = "减按15%的税率"
TODAY = date(2026, 11, 22)


def said(corpus: Corpus, clause: Clause, as_of: date, language: Language = Language.ZH) -> list[str]:
    return validity_notices(corpus, [(clause, [Span(0, len(clause.text))])], as_of, language)


@pytest.mark.parametrize(
    ("as_of", "standing"),
    [
        (date(2025, 3, 1), Standing.CURRENT),
        (date(2025, 12, 1), Standing.EXPIRING),
        (date(2025, 12, 31), Standing.EXPIRING),  # the last day is one of it
        (date(2026, 1, 1), Standing.EXPIRED),
    ],
)
def test_where_a_term_stands(as_of: date, standing: Standing, clause_with: ClauseWith) -> None:
    (statement,) = statements(clause_with(UNEMPLOYMENT).text)
    assert standing_of(statement, as_of) is standing


def test_each_standing_has_its_words_and_what_is_not_printed_has_none() -> None:
    words = {standing: standing_words(standing, Language.ZH) for standing in Standing}
    assert words.pop(Standing.UNSTATED) is None
    assert len(set(words.values())) == len(words)
    assert "已到期" in (words[Standing.EXPIRED] or "")


def test_a_term_that_ended_is_quoted_as_printed(corpus: Corpus, clause_with: ClauseWith) -> None:
    clause = clause_with(UNEMPLOYMENT)
    (notice,) = said(corpus, clause, TODAY)
    title = corpus.document_of(clause).title
    assert notice == f"《{title}》“延续实施一年，执行期限至2025年12月31日”：上述期限在提问之日已到期。"
    (english,) = said(corpus, clause, TODAY, Language.EN)
    assert english.startswith(f"《{title}》“延续实施一年，执行期限至2025年12月31日”: On the day of asking")
    assert "即将到期" in said(corpus, clause, date(2025, 12, 1))[0]


def test_a_term_that_runs_is_worth_no_notice(corpus: Corpus, clause_with: ClauseWith) -> None:
    assert said(corpus, clause_with(WEST), TODAY) == []
    assert all("尚未开始施行" in notice for notice in said(corpus, clause_with(WEST), date(2020, 5, 1)))


def test_only_what_is_quoted_is_spoken_of(corpus: Corpus, clause_with: ClauseWith) -> None:
    clause = clause_with(UNEMPLOYMENT)
    title = Span(0, clause.text.index("。") + 1)
    assert validity_notices(corpus, [(clause, [title])], TODAY, Language.ZH) == []


def test_a_target_year_that_passed_ends_nothing(corpus: Corpus, clause_with: ClauseWith) -> None:
    clause = clause_with("力争2024年为沿黄盟市解决5000万立方米")
    (notice,) = said(corpus, clause, TODAY)
    assert "这不等于政策失效" in notice
    assert said(corpus, clause, date(2024, 12, 31)) == []


def test_the_same_notice_is_given_once(corpus: Corpus, clause_with: ClauseWith) -> None:
    clause = clause_with(UNEMPLOYMENT)
    quoted = [(clause, [Span(0, len(clause.text))])] * 2
    assert len(validity_notices(corpus, quoted, TODAY, Language.ZH)) == 1


def test_closing_words_speak_for_the_whole_document(corpus: Corpus, clause_with: ClauseWith) -> None:
    closing = clause_with("本政策自发布之日起试行，试行期一年")
    document = corpus.document_of(closing)
    first = next(clause for clause in corpus.clauses_of(document) if clause.role is Role.ITEM)
    found = closing_statement(corpus, first)
    assert found is not None
    assert found[0].id == closing.id
    (notice,) = said(corpus, first, TODAY)
    assert notice.startswith(f"《{document.title}》“试行期一年”：期限的起算日未在汇编中印出")
    assert closing_statement(corpus, clause_with(UNEMPLOYMENT)) is None


def test_an_end_comes_before_a_mere_beginning(corpus: Corpus, clause_with: ClauseWith) -> None:
    clause = clause_with("本政策自发布之日起试行，试行期一年")
    begins = replace(clause, id="b", role=Role.CLOSING, text="本办法自2024年1月1日起施行。")
    ends = replace(clause, id="e", role=Role.PREAMBLE, text="本办法有效期至2027年12月31日。")
    made = replace(corpus, clauses=(begins, ends))
    found = closing_statement(made, begins)
    assert found is not None
    assert (found[0].id, found[1].valid_until) == ("e", date(2027, 12, 31))


def test_that_what_a_document_carries_out_is_over_is_said_of_its_clauses(tmp_path: Path) -> None:
    texts = {
        "旧.txt": "青川区科技企业培育办法\n青科发〔2022〕3号\n第一条 奖励10万元。\n第二条 本办法自2022年3月1日起施行。\n",
        "细则.txt": "青川区科技企业兑现细则\n根据《青川区科技企业培育办法》，制定本细则。\n第一条 奖励分两期发放。\n",
        "新.txt": "青川区产业办法\n第一条 奖励20万元。\n第二条 本办法自2025年4月1日起施行，青科发〔2022〕3号同时废止。\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, "utf-8")
    made = load_corpus(tmp_path)
    clause = next(clause for clause in made.clauses if "分两期" in clause.text)
    (notice,) = said(made, clause, TODAY)
    assert (
        notice
        == "《青川区科技企业兑现细则》所依据的《青川区科技企业培育办法》已到期、废止或被替代，请向责任单位核实是否仍然执行。"
    )
    assert "carries out" in said(made, clause, TODAY, Language.EN)[0]
    assert said(made, clause, date(2025, 1, 1)) == [], "the basis was in force"
    old = next(clause for clause in made.clauses if "10万元" in clause.text)
    assert "已被《青川区产业办法》废止或替代" in said(made, old, TODAY)[0]
