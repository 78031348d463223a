"""The command line: python -m index."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.__main__ import main
from index.embedding.encoder import Encoder
from ingest.readers.dispatch import why_not_read
from ingest.types import Corpus
from tests.databases import TEMPLATE, PostgresServer


@pytest.fixture
def run(
    corpus: Corpus, encoder: Any, home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Runs a command over the small corpus; returns status, stdout and stderr."""
    monkeypatch.setenv("POLICYQA_HOME", str(home))
    monkeypatch.setenv("POLICYQA_CORPUS", str(corpus.folder))
    monkeypatch.setattr("index.__main__.load_corpus", lambda folder: corpus)
    monkeypatch.setattr(Encoder, "load", classmethod(lambda cls, model, home, threads: encoder))

    def command(*arguments: str) -> tuple[int, str, str]:
        status = main(list(arguments))
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return command


def test_build_says_counts_and_the_next_step(run: Callable[..., tuple[int, str, str]]) -> None:
    status, out, _ = run("build")
    assert status == 0
    assert out.startswith("5 documents · 12 clauses · 21 sentences · hashed-pairs@1")
    assert "Next: python -m index search" in out


def test_build_counts_english_and_search_shows_it(
    run: Callable[..., tuple[int, str, str]], write_edition: Callable[..., Path]
) -> None:
    write_edition()
    assert "21 sentences · 3 in English · hashed-pairs@1" in run("build")[1]
    hits = {hit["clause_id"]: hit for hit in json.loads(run("search", "conclusion of the appraisal", "--json")[1])}
    assert hits["d1-3"]["text"].startswith("第十条")
    assert hits["d1-3"]["english"].startswith("Article 10")
    assert "english" not in hits["d1-2"]


def test_build_names_what_is_left_out_and_builds_the_rest(
    run: Callable[..., tuple[int, str, str]], corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking = replace(corpus, left_out={name: why_not_read(name) for name in ("坏.ofd", "标准.jpg")})
    monkeypatch.setattr("index.__main__.load_corpus", lambda folder: lacking)
    status, out, err = run("build")
    assert status == 2
    assert out.startswith("5 documents · 12 clauses")
    assert err.splitlines()[-3:] == [
        "坏.ofd: is an OFD file; open it in a reader and print it to PDF.",
        "标准.jpg: is a picture; recognise its text first (OCR) and put that in.",
        "Files left out: 2; the others serve.",
    ]


def test_search_before_build_names_the_command(run: Callable[..., tuple[int, str, str]]) -> None:
    status, out, err = run("search", "安家补贴")
    assert (status, out) == (2, "")
    assert err.count("\n") == 1
    assert "python -m index build" in err


@pytest.mark.parametrize("question", ["安家\udcff补贴", "\ud800"])
def test_a_question_of_broken_characters_ends_with_one_sentence(
    run: Callable[..., tuple[int, str, str]], question: str
) -> None:
    run("build")
    status, out, err = run("search", question)
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert "not UTF-8" in err


def test_debug_shows_the_traceback(run: Callable[..., tuple[int, str, str]]) -> None:
    assert "Traceback" in run("--debug", "search", "安家补贴")[2]


def test_search_for_machines(run: Callable[..., tuple[int, str, str]]) -> None:
    run("build")
    status, out, _ = run("search", "劳动能力鉴定结论的有效期", "--json", "-k", "3")
    hits = json.loads(out)
    assert status == 0
    assert [hit["rank"] for hit in hits] == [1, 2, 3]
    assert set(hits[0]) == {"rank", "score", "clause_id", "text", "document", "address", "found_by"}
    assert hits[0]["clause_id"] == "d1-3"
    assert hits[0]["document"] == "企业职工基本养老保险病残津贴暂行办法"
    assert hits[0]["address"] == "第十条"
    assert hits[0]["found_by"]["words"]["rank"] == 1


def test_search_tells_people_what_a_mistyped_word_was_read_as(run: Callable[..., tuple[int, str, str]]) -> None:
    run("build")
    _, out, _ = run("search", "病残津帖", "-k", "1")
    assert out.startswith("“病残津帖” read as “病残津贴”\n")
    _, out, _ = run("search", "病残津贴", "-k", "1")
    assert "read as" not in out


def test_search_for_people(run: Callable[..., tuple[int, str, str]]) -> None:
    run("build")
    _, out, _ = run("search", "劳动能力鉴定结论的有效期", "-k", "1")
    assert "企业职工基本养老保险病残津贴暂行办法 第十条  p.1" in out


def test_only_one_level(run: Callable[..., tuple[int, str, str]]) -> None:
    run("build")
    _, out, _ = run("search", "安家补贴", "--json", "--level", "旗")
    assert {hit["clause_id"] for hit in json.loads(out)} == {"d3-1", "d3-2"}


def test_terms_need_neither_model_nor_index(run: Callable[..., tuple[int, str, str]]) -> None:
    status, out, _ = run("terms", "--least", "2")
    assert status == 0
    assert all(line.split()[0].isdigit() for line in out.splitlines())


def test_nothing_found(run: Callable[..., tuple[int, str, str]]) -> None:
    run("build")
    for levels in (["--level", "省"], ["--level", "市", "--level", "省"], ["--level", ""]):
        status, out, err = run("search", "安家补贴", *levels)
        assert (status, out) == (2, "")
        assert "市、旗" in err
    assert json.loads(run("search", " ", "--json")[1]) == []


@pytest.mark.parametrize("arguments", [("search",), ("search", "x", "-k", "0"), ("search", "x", "-k", "many"), ()])
def test_wrong_arguments(run: Callable[..., tuple[int, str, str]], arguments: tuple[str, ...]) -> None:
    with pytest.raises(SystemExit) as left:
        run(*arguments)
    assert left.value.code == 2


def test_publish_puts_the_index_into_the_database_and_search_asks_it_there(
    run: Callable[..., tuple[int, str, str]],
    home: Path,
    prepared_postgres: PostgresServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run("build")
    local = run("search", "安家补贴", "--json")[1]
    with prepared_postgres.database(TEMPLATE) as url:
        monkeypatch.setenv("POLICYQA_DATABASE_URL", url)
        monkeypatch.setenv("POLICYQA_SEARCH", "database")
        status, _, err = run("search", "安家补贴")
        assert (status, "Run: python -m index publish" in err) == (2, True)
        status, out, _ = run("publish", "--version", "v1")
        assert (status, "is index 1 of" in out) == (0, True)
        found = [hit["clause_id"] for hit in json.loads(run("search", "安家补贴", "--json")[1])]
    assert found == [hit["clause_id"] for hit in json.loads(local)]


def test_publish_needs_a_database(run: Callable[..., tuple[int, str, str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("POLICYQA_DATABASE_URL", raising=False)
    run("build")
    status, _, err = run("publish")
    assert (status, "set POLICYQA_DATABASE_URL" in err) == (2, True)
