"""English stands beside the sentence it was made from, and beside no other."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from ingest.editions.types import Edition
from ingest.types import Span

English = list[list[list[str]]]
Put = Callable[..., Path]
Read = Callable[[], Edition]


def keys(edition: Edition) -> list[str]:
    return sorted(edition.sentences)


def test_every_clause_has_its_english_with_the_place_of_its_chinese(put: Put, english: English, edition: Read) -> None:
    put(english)
    found = edition()
    assert found.faults == ()
    assert len(found.sentences) == 3
    assert not found.incomplete
    (first, *_) = [found.whole(clause) for clause in keys(found) if len(found.sentences[clause]) == 2]
    assert first == f"{english[0][0][1]} {english[0][1][1]}"
    assert list(found.titles.values()) == ["Measures of a County in Support of Companies"]
    assert found.headings == {"一、支持创新": "I. Support for innovation"}


def test_a_span_leads_to_the_sentences_it_touches(put: Put, english: English, edition: Read) -> None:
    put(english)
    found = edition()
    (clause,) = [key for key, sentences in found.sentences.items() if len(sentences) == 2]
    first, second = found.sentences[clause]
    assert found.of_span(clause, Span(first.span.start + 4, first.span.end - 1)) == (first,)
    assert found.of_span(clause, Span(first.span.end - 3, second.span.end)) == (first, second)
    assert found.of_span("no-such-clause", Span(0, 3)) == ()
    assert found.of_span(clause, Span(0, second.span.end + 5)) == ()


def test_a_changed_sentence_loses_its_english_and_the_other_keeps_it(
    put: Put, english: English, edition: Read, folder: Path
) -> None:
    put(english)
    text = folder / "措施.txt"
    text.write_text(text.read_text("utf-8").replace("不重复享受", "三年内不重复享受"), encoding="utf-8")
    found = edition()
    (clause,) = found.incomplete
    assert [sentence.text for sentence in found.sentences[clause]] == [english[0][0][1]]
    assert found.whole(clause) is None
    (fault,) = found.faults
    assert fault.key == "ingest.english_stands_nowhere"
    assert "同一企业不重复享受。" in fault


def test_half_a_clause_translated_is_named_and_left_out(put: Put, english: English, edition: Read) -> None:
    put([english[0][:1], *english[1:]])
    found = edition()
    (clause,) = found.incomplete
    assert clause not in found.sentences
    assert [fault.key for fault in found.faults] == ["ingest.half_a_clause_translated"]
    assert len(found.sentences) == 2


def test_a_figure_that_differs_is_named_and_left_out(put: Put, english: English, edition: Read) -> None:
    english[1][0][1] = english[1][0][1].replace("RMB 5 million", "RMB 6 million")
    put(english)
    found = edition()
    assert [fault.key for fault in found.faults] == ["ingest.english_differs"]
    assert len(found.sentences) == 2


def test_an_edition_of_another_version_is_left_out_whole(put: Put, english: English, edition: Read) -> None:
    changed = [[[source.replace("企业", "工厂"), text] for source, text in clause] for clause in english]
    put(changed)
    found = edition()
    assert not found.sentences
    assert [fault.key for fault in found.faults] == ["ingest.edition_of_another_version"]


def test_one_of_no_document_touches_nothing_else(put: Put, english: English, edition: Read) -> None:
    put(english)
    put(english, name="other.json", document="没有的文件")
    found = edition()
    assert len(found.sentences) == 3
    assert [fault.key for fault in found.faults] == ["ingest.edition_of_no_document"]


def test_the_same_sentence_in_two_clauses_has_english_in_both(
    put: Put, english: English, edition: Read, folder: Path
) -> None:
    text = folder / "措施.txt"
    text.write_text(
        text.read_text("utf-8").replace("给予最高500万元奖补。", "给予最高500万元奖补。同一企业不重复享受。"),
        encoding="utf-8",
    )
    english[1].append(english[0][1])
    put(english)
    found = edition()
    assert found.faults == ()
    assert sorted(len(sentences) for sentences in found.sentences.values()) == [1, 2, 2]


def test_what_a_machine_made_stays_unaccepted_until_somebody_accepts(put: Put, english: English, edition: Read) -> None:
    put(english, by="model:some-model", accepted=False)
    found = edition()
    assert found.unaccepted == frozenset(found.titles)
    put(english, by="model:some-model", accepted=True)
    assert not edition().unaccepted


def test_a_corpus_without_an_edition_has_an_empty_one(edition: Read, folder: Path) -> None:
    (folder / "en").rmdir()
    found = edition()
    assert (found.sentences, found.faults, found.digest) == ({}, (), "")


def test_a_heading_that_is_not_there_is_named(put: Put, english: English, edition: Read) -> None:
    headings: Any = {"三、没有的": "III. Not there"}
    put(english, headings=headings)
    found = edition()
    assert found.headings == {}
    assert [fault.key for fault in found.faults] == ["ingest.english_stands_nowhere"]


def test_a_title_that_says_another_figure_is_named(put: Put, english: English, edition: Read) -> None:
    put(english, title="Thirty Measures of a County for RMB 5 million")
    found = edition()
    assert found.titles == {}
    assert [fault.key for fault in found.faults] == ["ingest.english_differs"]
