"""The bench: one question and how its answer came about, changes for one test, a case made of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.evidence.weights import FEATURES
from bot.pipeline import PolicyBot
from bot.records.types import Feedback, Thumb, TurnOrigin
from bot.refuse.gate import RULE_NAMES
from bot.types import Question
from eval.cases.case_files import load_cases
from eval.sets.question_sets import question_set
from index.scoring.fusion import WEIGHTS
from tests.web.conftest import TODAY
from tests.web.staff.conftest import STAFF, is_shown_as_text
from web.staff.shell.office import Office
from web.staff.shell.words import words_of

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
QUESTION = "高企首次认定奖励多少？"
HOSTILE = (
    '<img src=x onerror="pwn(1)"> ${pwn(2)} {{7*7}} [x](javascript:pwn(3)) ![y](http://evil.example/y.png) 安家补贴'
)


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


def bench(client: TestClient, **query: str) -> str:
    reply = client.get("/staff/bench", params=query)
    assert reply.status_code == 200, reply.text
    return reply.text


def test_an_answer_comes_with_every_step_it_took(client: TestClient) -> None:
    page = bench(client, question=QUESTION)
    for words in (
        "给予30万元奖励",
        '<span class="chip good">高新技术企业</span>',  # by the glossary
        "条款向量",
        "候选句子",
        "采用",
        "原文第 ",
        "各步用时",
    ):
        assert words in page, words


def test_nothing_asked_here_is_kept_as_a_visitors_question(client: TestClient, office: Office) -> None:
    bench(client, question=QUESTION)
    assert office.records is not None
    assert list(office.records.turns()) == []


def test_earlier_turns_day_and_scope_are_part_of_the_test(client: TestClient) -> None:
    page = bench(client, question="那博士呢，安家补贴多少？", turn="高企有什么奖励？", as_of="2029-01-01")
    assert "20万元" in page
    assert "承接的前文" in page
    assert "2028年12月31日" in page, "out of date by then"
    nowhere = bench(client, question=QUESTION, level="国家")
    assert '<span class="chip warn">未回答' in nowhere


def test_changes_count_for_this_test_alone(client: TestClient, bot: PolicyBot) -> None:
    served = dict(bot.clause_index.weights)
    off = {f"w_{name}": "0" for name in WEIGHTS if name != "words"}
    page = bench(client, question=QUESTION, k="1", **off)
    assert "含本次改动" in page
    assert "检索取前 1 条" in page
    assert (bot.settings.top_k, dict(bot.clause_index.weights)) == (10, served)
    assert "含本次改动" not in bench(client, question=QUESTION)


def test_what_cannot_be_asked_is_said_and_the_question_stays(client: TestClient) -> None:
    page = bench(client, question=QUESTION, k="0", as_of="x")
    assert "k 应是 1 到 100 之间的整数" in page
    assert "日期不对" in page
    assert QUESTION in page
    assert "怎样得出" not in page.split('<form class="card bench-form"')[1]


def test_hostile_words_stay_words(client: TestClient) -> None:
    page = bench(client, question=HOSTILE, turn=HOSTILE, document=HOSTILE, level=HOSTILE, record=HOSTILE)
    assert is_shown_as_text(page, HOSTILE)
    assert 'href="javascript' not in page


def test_a_very_long_question_is_declined_unread(client: TestClient) -> None:
    assert "问题太长" in bench(client, question="高" * 3000)


def test_the_rule_that_refused_is_named(client: TestClient) -> None:
    page = bench(client, question="H类人才市里给多少安家补贴")
    assert "所问类别没有出现过" in page
    assert "未回答的依据规则" not in bench(client, question=QUESTION)


def test_every_rule_and_every_feature_has_words() -> None:
    words = words_of("bench")
    assert [name for name in RULE_NAMES if f"rule_{name}" not in words] == []
    assert [name for name in FEATURES if f"feature_{name}" not in words] == []


def test_another_bot_than_ours_cannot_be_looked_into(client: TestClient, office: Office) -> None:
    from tests.web.conftest import LittleBot

    office.door.open(LittleBot())
    assert "当前的问答引擎不能逐步查看" in bench(client, question=QUESTION)


# ── From a record ──────────────────────────────────────────────────────────────────────────────


def kept(office: Office, said: Feedback | None = None) -> str:
    assert office.records is not None
    answer = office.door.bot.ask(Question((QUESTION,), TODAY))
    identity = office.records.keep_turn(answer, TurnOrigin("c", "203.0.113.7", NOON))
    if said is not None:
        office.records.keep_feedback(Feedback(identity, NOON, said.thumb, said.reason, said.words, said.correction))
    return identity


def ticked(page: str) -> list[str]:
    return re.findall(r'name="evidence" value="([^"]+)" checked', page)


def points_in(page: str) -> str:
    found = re.search(r'name="points"[^>]*>([^<]*)</textarea>', page)
    assert found is not None
    return found[1]


def test_a_kept_question_is_asked_again_and_nothing_of_the_answer_is_taken_for_right(
    client: TestClient, office: Office
) -> None:
    page = bench(client, record=kept(office))
    assert "给予30万元奖励" in page
    assert (ticked(page), points_in(page)) == ([], "")
    assert not re.search(r'name="verdict" value="\w+" (?:required )?checked', page)


def test_whoever_says_that_the_answer_is_right_has_the_case_filled_in(
    client: TestClient, office: Office, bot: PolicyBot
) -> None:
    page = bench(client, question=QUESTION)
    (link,) = re.findall(r'href="(/staff/bench\?[^"]+fill=answer)#case"', page)
    filled = client.get(link.replace("&amp;", "&")).text
    assert (ticked(filled), points_in(filled)) == ([award_of(bot)], "30万元")
    assert re.search(r'value="right" required checked', filled)
    assert 'name="filled" value="answer"' in filled


def test_of_a_complaint_the_case_begins_with_what_was_said_and_nothing_else(client: TestClient, office: Office) -> None:
    said = Feedback("", NOON, Thumb.DOWN, "数字不对", "<b>听说</b>是50万", "应为50万元，不是30万元")
    page = bench(client, record=kept(office, said))
    assert 'value="wrong" checked' in page
    assert (ticked(page), points_in(page)) == ([], "50万元")
    assert "数字不对 · &lt;b&gt;听说&lt;/b&gt;是50万" in page
    bare = bench(client, record=kept(office, Feedback("", NOON, Thumb.DOWN, "条款不对")))
    assert (ticked(bare), points_in(bare)) == ([], "")


def test_a_clause_that_the_person_pointed_at_is_ticked(client: TestClient, office: Office, bot: PolicyBot) -> None:
    assert office.records is not None
    grant = next(clause.id for clause in bot.corpus.clauses if "20万元" in clause.text)
    identity = kept(office)
    office.records.keep_feedback(Feedback(identity, NOON, Thumb.DOWN, clauses=(grant,)))
    assert ticked(bench(client, record=identity)) == [grant]


def test_what_was_filled_in_from_a_right_answer_is_no_part_of_a_wrong_one(
    client: TestClient, office: Office, bot: PolicyBot
) -> None:
    grant = next(clause.id for clause in bot.corpus.clauses if "20万元" in clause.text)
    page = client.get(f"/staff/bench?question={QUESTION}&fill=answer").text
    (quote,) = re.findall(rf'name="quote:{re.escape(award_of(bot))}"[^>]*value="([^"]*)"', page)
    given: dict[str, Any] = {
        "asked": f"question={QUESTION}&as_of=2026-11-22",
        "verdict": "wrong",
        "filled": "answer",
        "evidence": [award_of(bot), grant],
        f"quote:{award_of(bot)}": quote,
        "points": "30万元\n20万元",
        "note": "我写的",
    }
    reply = client.post("/staff/bench/case", data=given)
    assert reply.status_code == 422
    assert "您改成了“答得不对”" in reply.text
    assert (ticked(reply.text), points_in(reply.text)) == ([grant], "20万元")
    assert "我写的" in reply.text
    assert not (office.settings.home / "questions").exists()
    del given["filled"]  # as the page that was shown sends it
    assert client.post("/staff/bench/case", data={**given, "evidence": [grant], "points": "20万元"}).status_code == 303


def test_a_record_that_is_gone_leaves_an_empty_bench(client: TestClient) -> None:
    assert "怎样得出</h2>" not in bench(client, record="nowhere")


# ── Cases ──────────────────────────────────────────────────────────────────────────────────────


def award_of(bot: PolicyBot) -> str:
    return next(clause.id for clause in bot.corpus.clauses if "30万元" in clause.text)


def keep_case(client: TestClient, bot: PolicyBot, **fields: str) -> Any:
    award = award_of(bot)
    given = {
        "asked": f"question={QUESTION}&as_of=2026-11-22",
        "verdict": "right",
        "decline": "",
        "evidence": award,
        f"quote:{award}": "给予30万元奖励",
        "points": "30万元",
        "set": "招商",
        **fields,
    }
    return client.post("/staff/bench/case", data=given)


def test_a_case_is_kept_and_runs(client: TestClient, office: Office, bot: PolicyBot) -> None:
    reply = keep_case(client, bot, note=HOSTILE)
    assert reply.status_code == 303
    assert reply.headers["location"].endswith("#kept")
    page = client.get(reply.headers["location"]).text
    assert "已保存为 bench-20261122-1，在题集“招商”里" in page
    (case,) = load_cases([question_set(office.settings.home, "招商").path])
    assert (case.id, case.turns, case.answer) == ("bench-20261122-1", (QUESTION,), (("30万元",),))
    assert HOSTILE in case.note
    entry = next(iter(office.audit.entries()))
    assert (entry.who, entry.what, entry.about) == (STAFF, "case_added", case.id)
    assert keep_case(client, bot).headers["location"].count("bench-20261122-2") == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"verdict": ""}, "请先选择这个回答对不对"),
        ({"points": ""}, "请写出正确回答必须说到的要点"),
        ({"evidence": "gone"}, "所选条款已不在文件库中"),
        ({"set": "dev"}, "是随系统提供的题集"),
        ({"set": "../x"}, "不能作题集名称"),
        ({"note": HOSTILE, "set": HOSTILE}, "不能作题集名称"),
    ],
)
def test_what_is_wrong_is_said_and_all_that_was_filled_in_stays(
    client: TestClient, office: Office, bot: PolicyBot, fields: dict[str, str], said: str
) -> None:
    reply = keep_case(client, bot, **fields)
    assert reply.status_code == 422
    assert said in reply.text
    assert "<img" not in reply.text
    assert f'value="{fields.get("evidence", award_of(bot))}"' in reply.text or "evidence" in fields
    assert not (office.settings.home / "questions").exists()


def test_a_case_of_a_question_that_should_be_declined(client: TestClient, office: Office, bot: PolicyBot) -> None:
    asked = "question=包头市的高企奖励多少？"
    assert keep_case(client, bot, asked=asked, decline="other-place").status_code == 303
    (case,) = load_cases([question_set(office.settings.home, "招商").path])
    assert (case.kind, case.evidence) == ("unanswerable:other-place", ())


def test_a_case_of_nothing_asked_is_the_empty_bench(client: TestClient, office: Office, bot: PolicyBot) -> None:
    assert keep_case(client, bot, asked="").status_code == 200
    assert not (office.settings.home / "questions").exists()


def test_a_mistyped_word_is_shown_with_what_it_was_read_as(client: TestClient) -> None:
    assert "高薪技术企业 → 高新技术企业" in bench(client, question="高薪技术企业首次认定奖励多少？")
    assert "当作错字读成" not in bench(client, question=QUESTION)


@pytest.mark.parametrize("question", [QUESTION, "今天天气怎么样"])
def test_steps_are_counted_without_a_gap_and_named_in_words(client: TestClient, question: str) -> None:
    page = bench(client, question=question)
    steps = [int(number) for number in re.findall(r"<summary>(\d)\. ", page)]
    assert len(steps) > 1
    assert steps == list(range(1, len(steps) + 1))
    assert "<code>" not in page
