"""Which clause became which: by their words, their places, and never lost."""

from __future__ import annotations

from pathlib import Path

from ingest.corpus.load import load_corpus
from ingest.types import Corpus
from tests.web.staff.conftest import CARE_TEXT, FIRMS_TEXT
from web.staff.compare.aligning import DocumentPair, Kind, compared


def corpus_of(folder: Path, **files: str) -> Corpus:
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return load_corpus(folder)


def pairs_of(tmp_path: Path, before: str, after: str) -> DocumentPair:
    (pair,) = compared(corpus_of(tmp_path / "before", p=before), corpus_of(tmp_path / "after", p=after))
    return pair


AMENDED = FIRMS_TEXT.replace("30万元", "50万元").replace(
    "二、对全职引进的博士", "二、对新认定的独角兽企业给予200万元奖励。\n\n三、对全职引进的博士"
)


def test_what_is_put_in_between_renumbers_and_what_says_something_else_is_changed(tmp_path: Path) -> None:
    pair = pairs_of(tmp_path, FIRMS_TEXT, AMENDED)
    kinds = {
        (one.before.address if one.before else "", one.after.address if one.after else ""): one.kind
        for one in pair.pairs
    }
    assert kinds[("一、", "一、")] is Kind.CHANGED
    assert kinds[("", "二、")] is Kind.NEW
    assert kinds[("二、", "三、")] is Kind.RENUMBERED
    assert pair.count(Kind.GONE) == 0


def test_every_clause_of_both_versions_stands_once(tmp_path: Path) -> None:
    before, after = corpus_of(tmp_path / "b", p=FIRMS_TEXT, q=CARE_TEXT), corpus_of(tmp_path / "a", p=AMENDED)
    pairs = [one for document in compared(before, after) for one in document.pairs]
    assert sorted(one.before.id for one in pairs if one.before) == sorted(one.id for one in before.clauses)
    assert sorted(one.after.id for one in pairs if one.after) == sorted(one.id for one in after.clauses)


def test_two_items_that_change_places_have_moved(tmp_path: Path) -> None:
    lines = ["一、对甲类企业给予奖励。", "二、对乙类机构发放补贴。", "三、对丙类个人减免税费。"]
    other = ["一、对乙类机构发放补贴。", "二、对丙类个人减免税费。", "三、对甲类企业给予奖励。"]
    head = "伊金霍洛旗支持各类主体若干措施\n\n"
    pair = pairs_of(tmp_path, head + "\n\n".join(lines), head + "\n\n".join(other))
    assert pair.count(Kind.NEW) == pair.count(Kind.GONE) == 0
    assert pair.count(Kind.CHANGED) + pair.count(Kind.MOVED) + pair.count(Kind.RENUMBERED) == 3


def test_a_document_that_is_called_otherwise_is_found_by_its_clauses_and_the_end_of_its_term_is_told(
    tmp_path: Path,
) -> None:
    after = FIRMS_TEXT.replace("高质量发展若干措施", "做大做强的办法").replace("2028年12月31日", "2030年12月31日")
    pair = pairs_of(tmp_path, FIRMS_TEXT, after)
    assert pair.before is not None
    facts = {name: (was, now) for name, was, now in pair.facts}
    assert facts["valid_until"] == ("2028-12-31", "2030-12-31")
    assert "title" in facts


def test_a_document_that_is_gone_and_one_that_is_new(tmp_path: Path) -> None:
    before, after = corpus_of(tmp_path / "b", p=FIRMS_TEXT, q=CARE_TEXT), corpus_of(tmp_path / "a", p=FIRMS_TEXT)
    same, gone = compared(before, after)
    assert not same.differs
    assert gone.after is None
    assert {one.kind for one in gone.pairs} == {Kind.GONE}
    assert [pair.before for pair in compared(after, before)] == [after.documents[0], None]


def test_one_that_takes_the_place_of_another_is_held_beside_it(tmp_path: Path) -> None:
    over = FIRMS_TEXT.splitlines()[0]
    later = AMENDED.replace(over, "伊金霍洛旗支持企业做大做强若干办法").replace(
        "本措施自", f"《{over}》自本办法施行之日起同时废止。\n\n本办法自"
    )
    before = corpus_of(tmp_path / "b", p=FIRMS_TEXT, q=CARE_TEXT)
    after = corpus_of(tmp_path / "a", p=FIRMS_TEXT, q=CARE_TEXT, r=later)
    (new,) = (pair for pair in compared(before, after) if pair.succeeds)
    assert new.before is not None
    assert (new.before.title, new.document.title) == (over, "伊金霍洛旗支持企业做大做强若干办法")
    assert new.count(Kind.NEW) < len(new.pairs) / 2
    changed = next(one for one in new.pairs if one.after and "50万元" in one.after.text)
    assert changed.before is not None
    assert "30万元" in changed.before.text
    unmade = [pair for pair in compared(after, before) if pair.succeeds]
    assert unmade == [], "the one that is over does not take the place of the one that ended it"


def test_the_names_of_files_do_not_matter(tmp_path: Path) -> None:
    (pair,) = compared(corpus_of(tmp_path / "b", x=CARE_TEXT), corpus_of(tmp_path / "a", y=CARE_TEXT))
    assert not pair.differs
