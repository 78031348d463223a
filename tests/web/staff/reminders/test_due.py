"""What staff is reminded of: last days 90, 30 and 7 days before, trials that ran out, words that changed."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ingest.corpus.load import load_corpus
from ingest.types import Corpus
from web.staff.reminders.due import Kind, reminders

FIRMS = "青川区企业办法\n第一条 对企业给予30万元奖励。\n第二条 本办法自2024年1月1日起施行，有效期至2026年12月31日。\n"
TRIAL = "青川区人才办法（试行）\n第一条 奖励10万元。\n第二条 本办法自2024年7月1日起试行，试行期至2026年6月30日。\n"
OPEN_TRIAL = "青川区新能源政策\n一、给予奖励5万元。\n本政策自发布之日起试行，试行期一年。\n"
PART = "青川区就业通知\n一、失业保险费率执行期限至2026年12月31日。\n二、给予补贴500元。\n"

Loaded = Callable[..., Corpus]


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    def load(*texts: str) -> Corpus:
        for number, text in enumerate(texts):
            (tmp_path / f"{number}.txt").write_text(text, "utf-8")
        return load_corpus(tmp_path)

    return load


@pytest.mark.parametrize(
    ("today", "before"),
    [
        (date(2026, 10, 1), None),
        (date(2026, 10, 2), 90),
        (date(2026, 11, 30), 90),
        (date(2026, 12, 1), 30),
        (date(2026, 12, 24), 7),
        (date(2026, 12, 31), 7),
        (date(2027, 1, 1), None),
    ],
)
def test_a_last_day_is_told_three_times(today: date, before: int | None, loaded: Loaded) -> None:
    found = reminders(loaded(FIRMS), today)
    assert [one.before for one in found] == ([before] if before else [])
    keys = {one.key for day in (date(2026, 10, 2), date(2026, 12, 1), today) for one in reminders(loaded(FIRMS), day)}
    assert len(keys) == (3 if before == 7 else 2), "each of the three has a key of its own"


def test_of_what_ends_in_part_the_clause_is_named(loaded: Loaded) -> None:
    (one,) = reminders(loaded(PART), date(2026, 12, 20))
    assert (one.kind, one.about, one.days) == (Kind.ENDING, "一、", 11)


def test_a_trial_that_ran_out_is_told_until_something_takes_its_place(loaded: Loaded) -> None:
    (one,) = reminders(loaded(TRIAL), date(2026, 11, 30))
    assert (one.kind, one.until, one.on) == (Kind.TRIAL_OVER, date(2026, 6, 30), date(2026, 7, 1))
    successor = (
        "青川区人才政策\n第一条 奖励20万元。\n第二条 本政策自2026年5月1日起施行，《青川区人才办法（试行）》同时废止。\n"
    )
    assert reminders(loaded(TRIAL, successor), date(2026, 11, 30)) == []


def test_a_trial_whose_term_cannot_be_counted_out_is_told_with_its_words(loaded: Loaded) -> None:
    (one,) = reminders(loaded(OPEN_TRIAL), date(2026, 11, 30))
    assert (one.kind, one.about) == (Kind.TRIAL_OPEN, "试行期一年")


def test_a_notice_and_what_it_issues_are_told_once(loaded: Loaded) -> None:
    notice = (
        "青川区人民政府关于印发青川区商贸措施的通知\n青政发〔2024〕1号\n各镇人民政府：\n现将《青川区商贸措施》印发给你们。\n"
        "青川区人民政府\n2024年3月20日\n青川区商贸措施\n一、奖励10万元。\n本措施自2024年4月1日起施行，有效期至2026年12月31日。\n"
    )
    corpus = loaded(notice)
    assert sum(one.validity.valid_until is not None for one in corpus.documents) == 2
    assert len(reminders(corpus, date(2026, 12, 1))) == 1


def test_records_and_cards_whose_words_changed_are_told(loaded: Loaded, tmp_path: Path) -> None:
    record = {
        "id": "a",
        "title": "企业奖励",
        "kind": "奖励",
        "spans": ["对企业给予50万元奖励"],
        "recipient": {"who": "company", "span": None},
        "conditions": {"all": []},
        "amounts": [],
        "validity": None,
        "offices": [],
        "procedure": [],
        "overlap": [],
        "same_as": [],
        "soft": False,
        "review": {"by": "wang.li", "on": "2026-01-01"},
    }
    folder = tmp_path / "entitlements"
    folder.mkdir()
    body = {"document": "青川区企业办法", "records": [record]}
    (folder / "a.json").write_text(json.dumps(body, ensure_ascii=False), "utf-8")
    (tmp_path / "service_cards.toml").write_text('[[card]]\ndocument = "青川区没有的办法"\nwhere = "三楼"\n', "utf-8")
    found = reminders(loaded(FIRMS), date(2026, 1, 1))
    assert [(one.kind, one.title, one.about) for one in found] == [
        (Kind.WORDS, "青川区企业办法", "企业奖励"),
        (Kind.CARD, "青川区没有的办法", ""),
    ]
