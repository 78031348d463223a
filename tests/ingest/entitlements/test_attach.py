"""A record is bound to words: it survives a new cut and new numbers, and is flagged when its words changed."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.entitlements.attach import attach_record
from ingest.entitlements.load import load_entitlements
from ingest.entitlements.record_form import read_record
from ingest.entitlements.types import Attached, Entitlements, Flagged
from ingest.entitlements.wording import Wording
from ingest.types import Corpus

MEASURES = "某县支持企业若干措施"
Put = Callable[..., Path]
Read = Callable[[], Corpus]


def loaded(read: Read) -> Entitlements:
    return load_entitlements(read())


def rewrite(folder: Path, old: str, new: str) -> None:
    path = folder / "措施.txt"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def only_reason(found: Entitlements) -> str:
    assert found.attached == ()
    (flagged,) = found.flagged
    return flagged.reason


def test_it_carries_its_clause_with_address_level_and_validity(put: Put, record: Any, corpus: Read) -> None:
    put(record())
    read = corpus()
    (item,) = load_entitlements(read).attached
    clause = read.clause_by_id[item.clauses[0]]
    assert item.places[0].span.of(clause.text) == record()["spans"][0]
    assert (item.address, item.document, item.page) == (clause.address, clause.document, clause.page)
    assert item.validity.valid_until == date(2027, 12, 31)  # its document's
    assert load_entitlements(read).by_clause[clause.id] == (item,)


def test_it_is_found_again_when_clauses_get_other_ids(folder: Path, put: Put, record: Any, corpus: Read) -> None:
    put(record())
    (before,) = loaded(corpus).attached
    rewrite(folder, "（一）对首次", "（一）新的一项。\n（二）对首次")
    rewrite(folder, "（三）对符合", "（四）对符合")
    rewrite(folder, "（二）对研发", "（三）对研发")
    (after,) = loaded(corpus).attached
    assert after.clauses != before.clauses
    assert after.record == before.record


def test_blanks_inside_the_words_change_nothing(folder: Path, put: Put, record: Any, corpus: Read) -> None:
    put(record())
    rewrite(folder, "给予15万元奖励", "给予 15 万元\u3000奖励")
    assert len(loaded(corpus).attached) == 1


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("给予15万元奖励", "给予20万元奖励", "“对首次认定的高新技术企业，给予15万元奖励。” does not stand in 《"),
        ("二、附则", "（四）对首次认定的高新技术企业，给予15万元奖励。\n二、附则", "stands 2 times in 《"),
    ],
)
def test_changed_or_doubled_words_flag_it(
    folder: Path, put: Put, record: Any, corpus: Read, old: str, new: str, reason: str
) -> None:
    put(record())
    rewrite(folder, old, new)
    assert reason in only_reason(loaded(corpus))


def test_a_condition_from_another_clause_must_still_stand(folder: Path, put: Put, record: Any, corpus: Read) -> None:
    put(record(overlap=["有效期至2027年12月31日"], procedure=["本措施自2025年1月1日起施行"]))
    assert len(loaded(corpus).attached) == 1
    rewrite(folder, "有效期至2027年12月31日", "有效期至2026年12月31日")
    assert "“有效期至2027年12月31日” does not stand" in only_reason(loaded(corpus))


def test_a_heading_that_conditions_it_must_still_stand_above(folder: Path, put: Put, record: Any, corpus: Read) -> None:
    words = {"span": "支持创新", "text": "创新类企业", "decision": False}
    put(record(conditions={"all": [words]}))
    assert len(loaded(corpus).attached) == 1
    rewrite(folder, "一、支持创新", "一、支持外贸")
    assert "“支持创新” does not stand" in only_reason(loaded(corpus))


def test_headings_and_lead_ins_are_kept_when_it_is_accepted(folder: Path, put: Put, record: Any, corpus: Read) -> None:
    plain = record(
        id="centre",
        spans=["新认定省级企业技术中心的，给予30万元奖补"],
        recipient={"who": "company", "span": None},
        conditions=None,
        amounts=[],
    )
    put(plain)
    (item,) = loaded(corpus).attached
    under = item.above
    assert under == ("一、支持创新", "（三）对符合下列条件之一的企业：")
    put({**plain, "under": list(under)})
    assert len(loaded(corpus).attached) == 1
    rewrite(folder, "对符合下列条件之一的企业", "对符合下列条件之一的外资企业")
    assert "no longer stands above the words of the grant" in only_reason(loaded(corpus))


def test_a_document_that_is_gone_is_said(put: Put, record: Any, corpus: Read) -> None:
    put(record(), document="另一办法")
    assert only_reason(loaded(corpus)) == "The corpus has no document 《另一办法》."


def test_a_refused_record_is_kept_and_not_used(put: Put, record: Any, corpus: Read) -> None:
    put(record(review={"by": "王", "on": "2026-11-29", "refused": True}))
    found = loaded(corpus)
    assert (found.attached, found.flagged, len(found.refused)) == ((), (), 1)


def test_its_own_end_counts_before_its_document_s(put: Put, record: Any, corpus: Read) -> None:
    put(record(validity={"from": None, "until": "2025-06-30", "span": "首次认定"}))
    assert loaded(corpus).attached[0].validity.valid_until == date(2025, 6, 30)


def test_a_term_without_a_printed_end_is_kept_as_said(put: Put, record: Any, corpus: Read, folder: Path) -> None:
    text = next(path for path in folder.iterdir() if path.suffix == ".txt")
    text.write_text(f"{text.read_text('utf-8')}\n\n　　本政策自发布之日起试行，试行期一年。\n", "utf-8")
    put(record(validity={"from": None, "until": None, "span": "本政策自发布之日起试行，试行期一年"}))
    validity = loaded(corpus).attached[0].validity
    assert (validity.valid_until, validity.undetermined) == (None, "试行期一年")


def test_a_row_of_the_compendium_finds_its_clause(compendium: Corpus, clause_at: Any, record: Any) -> None:
    clause = clause_at("对再次获批或整体迁入伊金霍洛旗的国家高新技术企业给予20万元奖补")
    document = compendium.document_of(clause)
    wording = Wording([document], list(compendium.clauses_of(document)))
    written = record(
        spans=["对再次获批或整体迁入伊金霍洛旗的国家高新技术企业给予20万元奖补"], conditions=None, amounts=[]
    )
    item = attach_record(read_record(written, document.title), wording)
    assert isinstance(item, Attached)
    assert (item.clauses, item.level, item.page) == ((clause.id,), "旗", clause.page)
    assert isinstance(attach_record(read_record(record(spans=["给予"]), document.title), wording), Flagged)


def test_accepting_a_record_leaves_the_corpus_s_digest(put: Put, record: Any, corpus: Read) -> None:
    put(record())
    before, records = corpus().digest, loaded(corpus).digest
    put(record(review={"by": "王", "on": "2026-11-29"}))
    assert corpus().digest == before
    assert loaded(corpus).digest != records


def test_a_catalogue_s_classes_are_found_in_its_own_document(folder: Path, corpus: Read) -> None:
    (folder / "entitlements" / "catalogue-a.json").write_text(
        '{"catalogue": "目录", "of": "某县", "document": "' + MEASURES + '", "entries": ['
        '{"class": "A", "awards": ["高新技术企业"], "span": "首次认定的高新技术企业"},'
        '{"class": "B", "awards": ["院士"], "span": "中国科学院院士"}]}',
        encoding="utf-8",
    )
    (catalogue,) = loaded(corpus).catalogues
    assert [entry.entry.letter for entry in catalogue.entries] == ["A"]
    assert catalogue.flagged == ("“中国科学院院士” does not stand in 《某县支持企业若干措施》.",)
