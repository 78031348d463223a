from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.pipeline import PolicyBot
from bot.records.types import Turn
from bot.settings import BotSettings
from eval.cases.cases import Case, Evidence
from eval.studies.impact import (
    Impact,
    Quoted,
    Turned,
    Version,
    askings,
    clause_changes,
    differing_parts,
    impact_json,
    measure_impact,
)
from eval.studies.impact_report import impact_html, impact_text, marked, write_impact
from eval.studies.other_corpus import bot_over, lend_vectors, load_other, scratch_home
from ingest.errors import CorpusUnusable, EvaluationUnusable, UnusableIndex
from tests.eval.small_corpus import HashedPairs, write_corpus

AS_OF = date(2026, 11, 22)
WATER = Case("W1", ("工商业用水多少钱一吨",))
TALENT = Case("T1", ("D类人才安家补贴多少",))
HOUSING = Case("T2", ("硕士研究生租房补贴多少",))
RECORDED = Turn(
    "0f3a", "c1", datetime(2026, 11, 20, tzinfo=UTC), "h", date(2026, 11, 20), ("高新技术企业奖励多少",), None,
    {}, "answered", None, 9.0,
)  # fmt: skip

BotOver = Callable[..., PolicyBot]


@pytest.fixture
def bot_of(tmp_path: Path) -> BotOver:
    """The real bot over a small corpus with some words changed."""

    def make(name: str, encoder: HashedPairs | None = None, **changes: str) -> PolicyBot:
        folder = write_corpus(tmp_path / name / "corpus", **changes)
        settings = BotSettings(home=tmp_path / name / "var", corpus=folder)
        return bot_over(load_other(folder, settings), encoder or HashedPairs(), settings.home, settings)

    return make


@pytest.fixture
def amended(bot_of: BotOver) -> tuple[PolicyBot, PolicyBot, Impact]:
    before, after = bot_of("before"), bot_of("after", **{"10.4元/吨": "11.2元/吨"})
    asked = askings([WATER, TALENT, HOUSING], [RECORDED], AS_OF)
    return before, after, measure_impact(asked, before, after, AS_OF)


def test_only_the_answers_that_rest_on_the_amended_clause_change(amended) -> None:
    _, after, impact = amended
    assert impact.asked == 4
    assert [(change.asking.origin, change.parts) for change in impact.changes] == [("W1", ("body", "citations"))]
    change = impact.changes[0]
    assert "10.4元/吨" in change.before.body
    assert "11.2元/吨" in change.after.body
    assert impact.clauses.changed == tuple(c.id for c in after.corpus.clauses if "11.2" in c.text)
    assert (impact.clauses.new, impact.clauses.gone) == ((), ())


def test_the_same_corpus_changes_nothing(bot_of: BotOver) -> None:
    before, after = bot_of("before"), bot_of("after")
    impact = measure_impact(askings([WATER, TALENT], [], AS_OF), before, after, AS_OF)
    assert impact.changes == ()
    assert impact_text(impact, 10).endswith("this amendment changes 0 answers")


def test_a_question_that_can_no_longer_be_answered_changes(bot_of: BotOver) -> None:
    dropped = "二、工商业用水：10.4元/吨（含代收污水处理费1.4元和水资源费2.5元）\n"
    before, after = bot_of("before"), bot_of("after", **{dropped: ""})
    impact = measure_impact(askings([WATER], [], AS_OF), before, after, AS_OF)
    assert len(impact.changes) == 1
    assert len(impact.clauses.gone) == 1
    assert "10.4" not in impact.changes[0].after.body


def test_recorded_questions_are_asked_with_their_level_and_each_wording_once() -> None:
    limited = replace(RECORDED, id="11", level="市、旗")
    repeated = replace(RECORDED, id="12", turns=WATER.turns)
    found = askings([WATER], [RECORDED, limited, RECORDED, repeated], AS_OF)
    assert [asking.origin for asking in found] == ["W1", "record 0f3a", "record 11"]
    assert found[2].question.filters.levels == {"市", "旗"}
    assert {asking.question.as_of for asking in found} == {AS_OF}


def test_a_crash_is_a_version_of_its_own(bot_of: BotOver, small_bot) -> None:
    small_bot.crashes_on = "工商业"
    healthy = bot_of("before")
    impact = measure_impact(askings([WATER], [], AS_OF), healthy, small_bot, AS_OF)
    assert impact.changes[0].parts == ("status", "body", "citations")
    assert impact.changes[0].after.error == "ZeroDivisionError: no clause to divide by"
    assert "crashed: ZeroDivisionError" in impact_text(impact, 10)
    assert measure_impact(askings([WATER], [], AS_OF), small_bot, small_bot, AS_OF).changes == ()


SAID = Version("answered", None, "50万元[1]", ("2026年到期",), (Quoted("a-1", "人才", "一、1.", ("50万元",)),))


@pytest.mark.parametrize(
    ("fields", "parts"),
    [
        ({}, ()),
        ({"body": "60万元[1]"}, ("body",)),
        ({"notices": ()}, ("notices",)),
        ({"status": "declined", "reason": "not_stated"}, ("status",)),
        ({"citations": (Quoted("b-9", "人才", "一、1.", ("50万元",)),)}, ()),  # the id is no part of the answer
        ({"citations": (Quoted("a-1", "人才", "一、2.", ("50万元",)),)}, ("citations",)),
        ({"citations": (Quoted("a-1", "人才", "一、1.", ("最高50万元",)),)}, ("citations",)),
    ],
)
def test_which_parts_differ(fields: dict, parts: tuple[str, ...]) -> None:
    assert differing_parts(SAID, replace(SAID, **fields)) == parts


def test_clauses_that_came_and_went(bot_of: BotOver) -> None:
    before = bot_of("before").corpus
    after = bot_of(
        "after", **{"2.研发投入。": "2.研发投入。\n\n3.上市奖励。", "\n一、居民生活用水": "\n三、居民生活用水"}
    ).corpus
    changes = clause_changes(before, after)
    assert len(changes.new) > 0
    assert set(changes.new).isdisjoint(before.clause_by_id)
    assert set(changes.gone).isdisjoint(after.clause_by_id)
    assert clause_changes(before, before) == clause_changes(after, after)


# ── The index built aside ──────────────────────────────────────────────────────────────────────


def test_only_changed_texts_are_embedded(bot_of: BotOver, tmp_path: Path) -> None:
    bot_of("before")
    encoder = HashedPairs()
    folder = write_corpus(tmp_path / "new", **{"10.4元/吨": "11.2元/吨"})
    settings = BotSettings(home=tmp_path / "before" / "var", corpus=tmp_path / "before" / "corpus")
    serving = (settings.home / "index" / "current").read_text()
    lend_vectors(settings.home, tmp_path / "aside")
    after = bot_over(load_other(folder, settings), encoder, tmp_path / "aside", settings)
    embedded = [text for text in encoder.embedded if "元/吨" in text or "万元" in text]
    assert embedded
    assert all("11.2元/吨" in text for text in embedded)
    assert any("11.2元/吨" in clause.text for clause in after.corpus.clauses)
    assert (settings.home / "index" / "current").read_text() == serving


def test_a_home_without_an_index_lends_nothing(bot_of: BotOver, tmp_path: Path) -> None:
    lend_vectors(tmp_path / "nowhere", tmp_path / "aside")
    encoder = HashedPairs()
    bot_of("aside", encoder)
    assert any("10.4元/吨" in text for text in encoder.embedded)


def test_a_scratch_home_is_gone_afterwards(tmp_path: Path) -> None:
    with scratch_home(tmp_path / "var") as home:
        (home / "index").mkdir()
    assert list((tmp_path / "var").iterdir()) == []


def test_a_home_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("")
    with pytest.raises(UnusableIndex, match="POLICYQA_HOME"), scratch_home(tmp_path / "var"):
        pass


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusUnusable, match="no corpus folder"):
        load_other(tmp_path / "nowhere", BotSettings(home=tmp_path))


# ── What people read ───────────────────────────────────────────────────────────────────────────


def test_the_terminal_shows_both_versions_and_counts_last(amended) -> None:
    lines = impact_text(amended[2], 10).splitlines()
    assert lines[0].endswith("1 clauses changed, 0 new, 0 gone")
    assert lines[1] == "4 questions asked of both on 2026-11-22"
    assert "W1" in lines[2]
    assert [line.strip()[0] for line in lines[3:5]] == ["-", "+"]
    assert lines[-1] == "this amendment changes 1 answer"
    assert "… and 1 more" in impact_text(amended[2], 0)


def test_json_has_everything(amended) -> None:
    form = json.loads(json.dumps(impact_json(amended[2]), ensure_ascii=False))
    assert (form["asked"], form["changed"], form["as_of"]) == (4, 1, "2026-11-22")
    assert form["changes"][0]["turns"] == ["工商业用水多少钱一吨"]
    assert form["changes"][0]["before"]["citations"][0]["quotes"]


class Loads(HTMLParser):
    """What a page would load, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.loads += [value or "" for name, value in attrs if name in {"src", "href"}]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_is_one_file_with_both_sides_marked(amended, tmp_path: Path) -> None:
    before, after, impact = amended
    page, data = write_impact(impact, before.corpus, after.corpus, tmp_path / "out" / "deep")
    html = page.read_text(encoding="utf-8")
    seen = Loads()
    seen.feed(html)
    assert seen.loads == []
    assert "本次修订改变 1 个答案" in seen.text
    assert "<del>10.4</del>" in html
    assert "<ins>11.2</ins>" in html
    assert "<li>伊金霍洛旗供水价格 二、 <span" in html  # the place is the same, only what is quoted is marked
    assert '<span class="quiet"><ins>' in html
    assert json.loads(data.read_text(encoding="utf-8"))["changed"] == 1
    assert sorted(path.name for path in page.parent.iterdir()) == ["impact.html", "impact.json"]


def test_the_page_escapes_what_people_typed(bot_of: BotOver) -> None:
    before, after = bot_of("before"), bot_of("after", **{"10.4元/吨": "11.2元/吨"})
    nasty = Case("<script>alert(1)</script>", ("工商业用水多少钱一吨<img src=x>",))
    html = impact_html(measure_impact(askings([nasty], [], AS_OF), before, after, AS_OF), before.corpus, after.corpus)
    assert "<img src=x>" not in html
    assert "<script>alert" not in html


def test_nothing_changed_is_said_on_the_page(bot_of: BotOver) -> None:
    same = bot_of("before")
    html = impact_html(measure_impact([], same, same, AS_OF), same.corpus, same.corpus)
    assert "没有答案改变" in html
    assert "没有条款改变" in html


def test_a_folder_that_cannot_be_written_is_named(amended, tmp_path: Path) -> None:
    before, after, impact = amended
    (tmp_path / "file").write_text("")
    with pytest.raises(EvaluationUnusable, match="Cannot write to"):
        write_impact(impact, before.corpus, after.corpus, tmp_path / "file")


@pytest.mark.parametrize(
    ("before", "after", "old", "new"),
    [
        ("10.4元", "11.2元", (("10.4", True), ("元", False)), (("11.2", True), ("元", False))),
        ("两行\n字", "两行\n词", (("两行\n", False), ("字", True)), (("两行\n", False), ("词", True))),
        ("同", "同", (("同", False),), (("同", False),)),
        ("", "新", (), (("新", True),)),
        ("旧", "", (("旧", True),), ()),
    ],
)
def test_marks(before: str, after: str, old, new) -> None:
    first, second = marked(before, after)
    assert "".join(text for text, _ in first) == before
    assert "".join(text for text, _ in second) == after
    assert (first, second) == (old, new)
    assert any(is_marked for _, is_marked in (*first, *second)) == (before != after)


def test_a_listener_is_told_every_answer_and_can_end_it(bot_of: BotOver) -> None:
    told: list[tuple[int, int]] = []
    before, after = bot_of("before"), bot_of("after")
    asked = askings([WATER, TALENT], [], AS_OF)
    measure_impact(asked, before, after, AS_OF, lambda done, total: told.append((done, total)))
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]

    def stop(done: int, total: int) -> None:
        raise UnusableIndex("index.no_clause", folder=f"{done} of {total}")

    with pytest.raises(UnusableIndex, match="1 of 4"):
        measure_impact(asked, before, after, AS_OF, stop)


def test_what_turned_from_right_to_wrong_comes_first_and_says_that_its_words_are_gone(bot_of: BotOver) -> None:
    before, after = bot_of("before"), bot_of("after", **{"10.4元/吨": "11.2元/吨"})
    (clause,) = [one for one in before.corpus.clauses if "10.4元/吨" in one.text]
    visitor = replace(WATER, id="V1", turns=("工商业的水价是多少？",))
    known = replace(WATER, answer=(("10.4元/吨",),), evidence=(Evidence(clause.text),))
    wanted = replace(known, id="W2", turns=("工商业用水一吨多少钱",), answer=(("11.2元/吨",),), evidence=())
    impact = measure_impact(askings([visitor, wanted, known], [], AS_OF), before, after, AS_OF)
    turned = [(change.asking.origin, change.turned, change.evidence_gone) for change in impact.changes]
    assert turned == [
        ("W1", Turned.BROKEN, True),
        ("W2", Turned.MENDED, False),
        ("V1", Turned.UNKNOWN, False),
    ]
    assert "1 right → wrong, 1 wrong → right" in impact_text(impact, 10)
    assert "对→错 right → wrong" in impact_html(impact, before.corpus, after.corpus)
