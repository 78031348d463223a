"""What new and changed clauses suggest: whose money, how much, who is in charge; nothing of what stayed as it was."""

from __future__ import annotations

from pathlib import Path

from eval.scoring.scoring import Yardstick
from eval.sets.check import remarks_on
from ingest.corpus.load import load_corpus
from ingest.editions.types import Edition
from web.staff.compare.aligning import compared
from web.staff.questions.suggesting import Suggestion, suggestions
from web.staff.shell.words import sayer

BEFORE = """伊金霍洛旗支持工业企业技术改造若干措施

一、对首次认定的自治区级专精特新企业给予40万元奖励。

二、对新建养老机构每张床位给予8000元补贴。

本措施自2026年1月1日起施行，有效期至2028年12月31日。
"""
AFTER = BEFORE.replace("40万元", "60万元").replace(
    "本措施自",
    "三、对引进的拔尖人才（D类）、骨干人才（E类）分别给予50万元、30万元安家补贴。\n\n"
    "四、对企业依法依规给予支持。\n\n本措施自",
)


def suggested(tmp_path: Path, before: str, after: str) -> tuple[list[Suggestion], Yardstick]:
    corpora = []
    for name, text in (("before", before), ("after", after)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "p.txt").write_text(text, encoding="utf-8")
        corpora.append(load_corpus(tmp_path / name))
    old, new = corpora
    return suggestions(compared(old, new), new, Edition(), sayer("questions", "zh")), Yardstick(new)


def test_what_changed_is_asked_with_the_new_figure_and_forbids_the_old_one(tmp_path: Path) -> None:
    made, _ = suggested(tmp_path, BEFORE, AFTER)
    cases = {one.case.turns[0]: one.case for one in made}
    reward = cases["首次认定的自治区级专精特新企业的奖励是多少？"]
    assert reward.answer == (("60万元",),)
    assert reward.must_not == ("40万元",)
    assert cases["引进的拔尖人才（D类）、骨干人才（E类）的安家补贴是多少？"].answer == (("50万元",), ("30万元",))
    assert not [question for question in cases if "养老" in question], "it stayed as it was"


def test_every_suggestion_is_sound_and_asked_once(tmp_path: Path) -> None:
    made, stick = suggested(tmp_path, "伊金霍洛旗若干措施\n\n一、依法办事。\n", AFTER)
    assert made
    assert not [remark for one in made for remark in remarks_on(one.case, stick, 1) if remark.is_fault]
    assert len({one.case.turns for one in made}) == len(made)
    assert all(len(one.case.evidence) == 1 and one.case.answer for one in made)


def test_nothing_new_suggests_nothing(tmp_path: Path) -> None:
    assert suggested(tmp_path, BEFORE, BEFORE)[0] == []


def test_a_term_that_is_gone_is_not_forbidden_where_a_sum_is_asked_for(tmp_path: Path) -> None:
    text = "伊金霍洛旗人才措施\n\n一、对首次认定的专精特新企业给予40万元奖励，连续发放3年。\n"
    made, _ = suggested(tmp_path, text, text.replace("40万元", "60万元").replace("3年", "5年"))
    sums = [one.case for one in made if one.case.answer == (("60万元",),)]
    assert sums
    assert {case.must_not for case in sums} == {("40万元",)}
