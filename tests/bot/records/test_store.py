from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.output.json_form import answer_json
from bot.records.store import FILE, Records
from bot.records.types import LONGEST_WORDS, MOST_CLAUSES, Feedback, Thumb, TurnOrigin
from bot.types import Answer, Answered, AnswerSentence, Citation, Declined, Language, Question, Reason
from index.types import Filters
from ingest.errors import RecordsUnusable, UnusableInput
from ingest.types import Span
from tests.bot.records.conftest import OpenRecords

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
AS_OF = date(2026, 11, 22)
WATER = "——工商业用水：10.4元/吨"
ADDRESS = "203.0.113.7"


@pytest.fixture
def records(open_records: OpenRecords) -> Records:
    return open_records()


@pytest.fixture
def water(clause_with) -> Answered:
    clause = clause_with(WATER)
    question = Question(("自来水", "工商业用水多少钱一吨"), AS_OF, Filters(levels=frozenset({"旗"})))
    citation = Citation(1, clause, "投资要素成本", (Span(0, 6),), "answer")
    return Answered(
        question, Language.ZH, (AnswerSentence(clause.text, (1,), ()),), (citation,), (), "工商业用水", 12.5
    )


@pytest.fixture
def baotou() -> Answer:
    question = Question(("包头市E类人才安家补贴多少？",), AS_OF)
    return Declined(question, Language.ZH, Reason.OTHER_PLACE, "没有包头市的规定。", (), (), question.last, 3.0)


def asked(at: datetime = NOON, conversation: str = "c1", client: str = ADDRESS) -> TurnOrigin:
    return TurnOrigin(conversation, client, at)


def test_a_turn_is_read_back_as_it_was(records: Records, water: Answer) -> None:
    identity = records.keep_turn(water, asked())
    turn = records.turn(identity)
    assert turn is not None
    assert (turn.id, turn.conversation, turn.asked_at) == (identity, "c1", NOON)
    assert (turn.as_of, turn.level, turn.turns) == (AS_OF, "旗", ("自来水", "工商业用水多少钱一吨"))
    assert (turn.status, turn.reason, turn.took_ms) == ("answered", None, 12.5)
    assert turn.answer == answer_json(water)


def test_a_declined_turn_keeps_its_reason(records: Records, baotou: Answer) -> None:
    turn = records.turn(records.keep_turn(baotou, asked()))
    assert turn is not None
    assert (turn.status, turn.reason, turn.level) == ("declined", "other_place", None)


def test_an_unknown_turn_is_none(records: Records) -> None:
    assert records.turn("nobody") is None


def test_turns_come_oldest_first_whatever_the_time_zone(records: Records, baotou: Answer) -> None:
    beijing = timezone(timedelta(hours=8))
    late = records.keep_turn(baotou, asked(NOON))
    early = records.keep_turn(baotou, asked(datetime(2026, 11, 22, 19, 0, tzinfo=beijing)))  # 11:00 UTC
    assert [turn.id for turn in records.turns()] == [early, late]


def test_what_is_kept_is_there_after_opening_again(open_records: OpenRecords, baotou: Answer) -> None:
    first = open_records()
    identity = first.keep_turn(baotou, asked())
    first.close()
    second = open_records()
    again = second.keep_turn(baotou, asked(NOON + timedelta(hours=1)))
    assert [turn.id for turn in second.turns()] == [identity, again]
    assert len({turn.client for turn in second.turns()}) == 1  # the salt is kept too
    second.close()


# ── What is personal ───────────────────────────────────────────────────────────────────────────


def test_the_address_of_the_client_is_in_no_file(tmp_path: Path, records: Records, baotou: Answer) -> None:
    records.keep_turn(baotou, asked())
    records.close()
    assert all(ADDRESS.encode() not in path.read_bytes() for path in tmp_path.iterdir())


def test_clients_are_told_apart_by_a_hash_that_differs_from_place_to_place(
    tmp_path: Path, records: Records, baotou: Answer
) -> None:
    elsewhere = Records.open(tmp_path / "elsewhere")
    elsewhere.keep_turn(baotou, asked())
    for client in (ADDRESS, ADDRESS, "203.0.113.8"):
        records.keep_turn(baotou, asked(client=client))
    here = [turn.client for turn in records.turns()]
    assert here[0] == here[1] != here[2]
    assert next(elsewhere.turns()).client not in here
    elsewhere.close()


def test_files_are_for_their_owner_only(tmp_path: Path, records: Records, baotou: Answer) -> None:
    records.keep_turn(baotou, asked())
    assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}


# ── Feedback ───────────────────────────────────────────────────────────────────────────────────


def test_feedback_is_read_back_as_it_was(records: Records, baotou: Answer) -> None:
    said = Feedback(
        records.keep_turn(baotou, asked()), NOON, Thumb.DOWN, "答非所问", "应该有", "市里 5 万元", ("a/1", "a/2")
    )
    records.keep_feedback(said)
    assert records.feedback() == {said.turn: said}


def test_the_later_feedback_counts_alone(records: Records, baotou: Answer) -> None:
    turn = records.keep_turn(baotou, asked())
    records.keep_feedback(Feedback(turn, NOON, Thumb.DOWN, words="不对"))
    changed = Feedback(turn, NOON + timedelta(minutes=1), Thumb.UP)
    records.keep_feedback(changed)
    assert records.feedback() == {turn: changed}
    assert records.complaints() == []


def test_feedback_on_a_forgotten_turn_is_refused(records: Records) -> None:
    with pytest.raises(UnusableInput, match="no longer kept"):
        records.keep_feedback(Feedback("gone", NOON, Thumb.UP))
    assert records.feedback() == {}


@pytest.mark.parametrize(
    ("thumb", "correction", "complains"),
    [(Thumb.DOWN, "", True), (Thumb.UP, "应为50万元", True), (Thumb.UP, " \n", False), (Thumb.UP, "", False)],
)
def test_complaints_are_thumbs_down_and_corrections(
    records: Records, baotou: Answer, thumb: Thumb, correction: str, complains: bool
) -> None:
    records.keep_turn(baotou, asked())  # nothing was said of this one
    turn = records.keep_turn(baotou, asked())
    records.keep_feedback(Feedback(turn, NOON, thumb, correction=correction))
    assert [one.id for one, _ in records.complaints()] == ([turn] if complains else [])


@pytest.mark.parametrize(
    "fields",
    [
        {"words": "长" * (LONGEST_WORDS + 1)},
        {"correction": "长" * (LONGEST_WORDS + 1)},
        {"reason": "长" * 201},
        {"clauses": ("a",) * (MOST_CLAUSES + 1)},
    ],
)
def test_too_much_feedback_is_refused(fields: dict) -> None:
    with pytest.raises(UnusableInput, match=r"shorten|at most"):
        Feedback("t", NOON, Thumb.DOWN, **fields)


@pytest.mark.parametrize("words", ["'; DROP TABLE turn; --", "\x00零", "\x1a0\x1a", "😀", "%_", '"'])
def test_words_of_any_kind_are_kept_as_they_are(records: Records, baotou: Answer, words: str) -> None:
    turn = records.keep_turn(baotou, asked())
    records.keep_feedback(Feedback(turn, NOON, Thumb.DOWN, words=words))
    assert records.feedback()[turn].words == words


# ── Forgetting ─────────────────────────────────────────────────────────────────────────────────


def test_keeping_a_turn_forgets_those_that_are_too_old_and_their_feedback(
    open_records: OpenRecords, baotou: Answer
) -> None:
    records = open_records(keep_days=30)
    old = records.keep_turn(baotou, asked(NOON - timedelta(days=30, seconds=1)))
    records.keep_feedback(Feedback(old, NOON, Thumb.DOWN))
    recent = records.keep_turn(baotou, asked(NOON - timedelta(days=29)))
    assert [turn.id for turn in records.turns()] == [old, recent]  # at the time of the recent one it was young
    now = records.keep_turn(baotou, asked(NOON))
    assert [turn.id for turn in records.turns()] == [recent, now]
    assert records.feedback() == {}
    records.close()


def test_forgotten_words_are_gone_from_the_files(tmp_path: Path, water: Answer, baotou: Answer) -> None:
    records = Records.open(tmp_path, keep_days=1)
    records.keep_turn(water, asked(NOON - timedelta(days=2)))
    assert records.forget_old(NOON) == 1
    records.close()
    assert all("工商业".encode() not in path.read_bytes() for path in tmp_path.iterdir())


def test_zero_days_keep_for_ever(records: Records, baotou: Answer) -> None:
    records.keep_turn(baotou, asked(NOON - timedelta(days=4000)))
    assert records.forget_old(NOON) == 0
    assert len(list(records.turns())) == 1


# ── Threads, processes, faults ─────────────────────────────────────────────────────────────────


def test_many_threads_lose_nothing(records: Records, baotou: Answer) -> None:
    def ask_and_complain(number: int) -> str:
        turn = records.keep_turn(baotou, asked(conversation=f"c{number}"))
        records.keep_feedback(Feedback(turn, NOON, Thumb.DOWN, words=str(number)))
        return turn

    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(ask_and_complain, range(40)))
    assert len(set(ids)) == 40
    assert {turn.id for turn, _ in records.complaints()} == set(ids)


def test_two_who_opened_the_same_file_see_each_other(
    open_records: OpenRecords, records: Records, baotou: Answer
) -> None:
    other = open_records()
    turn = other.keep_turn(baotou, asked())
    records.keep_feedback(Feedback(turn, NOON, Thumb.UP))
    assert other.feedback().keys() == {turn}
    other.close()


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no database, " * 100)
    with pytest.raises(RecordsUnusable, match=r"records\.sqlite cannot be used .*not a database"):
        Records.open(tmp_path)
    assert (tmp_path / FILE).read_bytes().startswith(b"no database")


def test_records_of_another_format_are_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(RecordsUnusable, match="format 99"):
        Records.open(tmp_path)


def test_a_home_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(RecordsUnusable, match="POLICYQA_HOME"):
        Records.open(tmp_path / "home")


# ── Where they lie makes no difference ─────────────────────────────────────────────────────────


def test_a_turn_with_a_nul_in_it_is_kept_in_every_place(records: Records, baotou: Answer) -> None:
    odd = replace(baotou, question=replace(baotou.question, turns=("包头\x00市",)), standalone="包头\x00市")
    turn = records.turn(records.keep_turn(odd, asked(conversation="\x00c")))
    assert turn is not None
    assert (turn.turns, turn.conversation) == (("包头\x00市",), "\x00c")
    assert [one.id for one in records.turns_of_conversation("\x00c")] == [turn.id]
    assert records.forget_conversation("\x00c") == 1


def test_headings_and_conversations_of_any_length_are_kept(records: Records, water: Answered) -> None:
    odd = "".join(chr(0x4E00 + n) for n in range(6000))  # nothing that could be packed
    clause = replace(water.citations[0].clause, path=(odd,))
    long = replace(water, citations=(replace(water.citations[0], clause=clause, document_title=odd),))
    turn = records.turn(records.keep_turn(long, asked(conversation=odd)))
    assert turn is not None
    assert [one.id for one in records.turns_of_conversation(odd)] == [turn.id]


def test_turns_of_one_moment_come_in_the_order_they_were_kept(records: Records, baotou: Answer) -> None:
    ids = [records.keep_turn(baotou, asked(), identity) for identity in ("z", "a", "m")]
    assert [turn.id for turn in records.turns()] == ids
