"""What one document of a corpus repeals or replaces is over when that one comes into force."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from ingest.corpus.load import load_corpus
from ingest.types import Corpus, PolicyDocument, Standing

OLD = (
    "青川区科技企业培育办法（2022年版）\n青科发〔2022〕3号\n第一条 奖励10万元。\n第二条 本办法自2022年3月1日起施行。\n"
)
NEW = "青川区科技企业培育办法（2025年版）\n青科发〔2025〕6号\n第一条 奖励20万元。\n第二条 本办法自2025年4月1日起施行。{}同时废止。\n"


def load(folder: Path, *texts: str, config: str = "") -> Corpus:
    for number, text in enumerate(texts):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    if config:
        (folder / "corpus.toml").write_text(config, encoding="utf-8")
    return load_corpus(folder)


def named(corpus: Corpus, words: str) -> PolicyDocument:
    return next(document for document in corpus.documents if words in document.title)


def test_a_repealed_document_ends_the_day_before(tmp_path: Path) -> None:
    corpus = load(tmp_path, OLD, NEW.format("《青川区科技企业培育办法（2022年版）》（青科发〔2022〕3号）"))
    old, new = named(corpus, "2022"), named(corpus, "2025")
    assert (old.validity.valid_until, old.ended_by) == (date(2025, 3, 31), new.id)
    assert (new.validity.valid_until, new.ended_by) == (None, None)
    clause = next(corpus.clauses_of(old))
    assert corpus.validity_of(clause).standing(date(2025, 3, 31)) is Standing.EXPIRING
    assert corpus.validity_of(clause).standing(date(2025, 4, 1)) is Standing.EXPIRED


def test_an_earlier_end_of_its_own_stays(tmp_path: Path) -> None:
    old = OLD.replace("起施行。", "起施行，有效期至2024年12月31日。")
    corpus = load(tmp_path, old, NEW.format("青科发〔2022〕3号"))
    assert named(corpus, "2022").validity.valid_until == date(2024, 12, 31)


def test_notice_and_annex_end_together(tmp_path: Path) -> None:
    notice = (
        "青川区人民政府关于印发青川区商贸措施的通知\n青政发〔2020〕1号\n各镇人民政府：\n现将《青川区商贸措施》印发给你们。\n"
        "青川区人民政府\n2020年3月20日\n青川区商贸措施\n一、奖励10万元。\n二、奖励20万元。\n"
    )
    repeal = "青川区商贸办法\n第一条 奖励5万元。\n第二条 本办法自2024年1月1日起施行，青政发〔2020〕1号文件同时废止。\n"
    corpus = load(tmp_path, notice, repeal)
    ends = [one.validity.valid_until for one in corpus.documents if one.number == "青政发〔2020〕1号"]
    assert ends == [date(2023, 12, 31)] * 2


def test_nothing_ends_itself_or_what_is_newer(tmp_path: Path) -> None:
    itself = NEW.format("《青川区科技企业培育办法（2025年版）》")
    newer = OLD.replace("起施行。", "起施行，青科发〔2025〕6号同时废止。")
    corpus = load(tmp_path, newer, itself)
    assert [document.ended_by for document in corpus.documents] == [None, None]


def test_two_that_end_each_other_without_a_day_both_stay(tmp_path: Path) -> None:
    texts = [
        f"青川区{a}产业办法\n第一条 奖励10万元。\n第二条 《青川区{b}产业办法》同时废止。\n" for a, b in ("甲乙", "乙甲")
    ]
    corpus = load(tmp_path, *texts)
    assert [document.validity.repealed for document in corpus.documents] == [False, False]


def test_corpus_toml_corrects_what_a_document_says_of_itself(tmp_path: Path) -> None:
    config = (
        'title = "汇编"\n[[source]]\nfile = "0.txt"\nnumber = "青科发〔2022〕30号"\nissuer = "青川区科技局"\nissued = 2022-02-01\n'
        'valid_from = 2022-02-15\n[[source]]\nfile = "1.txt"\nvalid_until = 2026-12-31\nrepeals = ["青科发〔2022〕30号"]\n'
    )
    corpus = load(tmp_path, OLD, NEW.format("《甲办法》"), config=config)
    old, new = named(corpus, "2022"), named(corpus, "2025")
    assert (old.number, old.issuer, str(old.issued)) == ("青科发〔2022〕30号", "青川区科技局", "2022-02-01")
    assert (str(old.validity.valid_from), str(old.validity.valid_until)) == ("2022-02-15", "2025-03-31")
    assert old.place_of("number") is old.place_of("valid_from") is None  # printed nowhere
    assert (str(new.validity.valid_from), str(new.validity.valid_until)) == ("2025-04-01", "2026-12-31")
    assert [(one.number, one.span) for one in new.repeals] == [("青科发〔2022〕30号", None)]


RULES = "青川区科技企业培育办法实施细则\n为贯彻落实《青川区科技企业培育办法（2022年版）》（青科发〔2022〕3号），制定本细则。\n第一条 奖励分两期发放。\n第二条 本细则自2022年6月1日起施行。\n"


def test_what_a_document_carries_out_is_looked_up(tmp_path: Path) -> None:
    corpus = load(tmp_path, OLD, RULES)
    old, rules = named(corpus, "2022"), named(corpus, "细则")
    (basis,) = rules.implements
    assert (basis.number, rules.based_on) == ("青科发〔2022〕3号", (old.id,))
    assert basis.span is not None
    assert basis.span.of(corpus.source_by_name[rules.source].text).startswith("《青川区科技企业培育办法")


def test_corpus_toml_says_that_a_fact_was_misread(tmp_path: Path) -> None:
    config = (
        'title = "汇编"\n[[source]]\nfile = "1.txt"\nunsaid = ["repeals", "valid_from", "number"]\n'
        '[[source]]\nfile = "2.txt"\n[source.documents."青川区科技企业培育办法实施细则"]\nunsaid = ["implements"]\nlevel = "市"\n'
    )
    corpus = load(tmp_path, OLD, NEW.format("青科发〔2022〕3号"), RULES, config=config)
    old, new, rules = named(corpus, "2022"), named(corpus, "2025"), named(corpus, "细则")
    assert (new.repeals, new.validity.valid_from, new.number, old.ended_by) == ((), None, None, None)
    assert new.place_of("valid_from") is new.place_of("number") is None
    assert (rules.implements, rules.based_on, rules.level) == ((), (), "市")


def test_an_annex_that_corpus_toml_names_is_over_with_its_notice(tmp_path: Path) -> None:
    notice = "青川区人民政府关于商贸工作的通知\n青政发〔2020〕1号\n一、奖励10万元。\n青川区人民政府\n2020年3月20日\n"
    annex = "青川区商贸补充目录\n一、奖励20万元。\n"
    repeal = "青川区商贸办法\n第一条 奖励5万元。\n第二条 本办法自2024年1月1日起施行，《青川区人民政府关于商贸工作的通知》同时废止。\n"
    config = 'title = "汇编"\n[[source]]\nfile = "1.txt"\nannex_of = "青政发〔2020〕1号"\n'
    corpus = load(tmp_path, notice, annex, repeal, config=config)
    head, later = named(corpus, "通知"), named(corpus, "目录")
    assert (later.annex_of, later.number, str(later.issued)) == (head.id, "青政发〔2020〕1号", "2020-03-20")
    assert (later.ended_by, later.validity.valid_until) == (head.ended_by, date(2023, 12, 31))
