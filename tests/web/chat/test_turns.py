"""The messages of the page, without a browser."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from bot.types import Language, Question, SearchResult
from index.types import Filters
from ingest.errors import ModelUnusable, PolicyQAError, ServiceUnavailable
from web.answers.bot_pool import BotDoor
from web.chat.ask_request import Wish
from web.chat.turns import MOST_AT_ONCE, Desk, Turn
from web.http.guards import Allowance
from web.texts import Tongue

TODAY = date(2026, 11, 22)
CLIENT = "203.0.113.7"


def desk(bot, settings, per_minute: int = 100) -> Desk:
    door = BotDoor(2)
    if bot is not None:
        door.open(bot)
    return Desk(door, Allowance(per_minute), settings, lambda: TODAY)


async def collect(parts) -> list[Any]:
    return [part async for part in parts]


def talk(at: Desk, text: str, level: str = "", earlier: tuple[str, ...] = ()) -> list[Turn]:
    return asyncio.run(collect(at.answer(Wish(text, earlier, level), CLIENT)))


def test_a_turn_begins_working_and_ends_answered(bot, settings) -> None:
    messages = talk(desk(bot, settings), "A类人才的安家补贴？")
    assert messages[0]["status"] == "working"
    assert messages[-1]["status"] == "answered"
    assert [len(message["sentences"]) for message in messages] == sorted(
        len(message["sentences"]) for message in messages
    )
    assert "cards" not in messages[0]
    assert messages[-1].get("figures") == {"checked": 1, "total": 1}


def test_a_message_is_plain_data(bot, settings) -> None:
    for text in ("安家补贴", "稳岗", "今天天气", "<img src=x onerror=alert(1)> ${alert(1)} {{7*7}} [a](b)"):
        for message in talk(desk(bot, settings), text):
            assert json.loads(json.dumps(message)) == message
            assert message["question"] == text


def test_a_hostile_clause_reaches_the_page_unchanged_as_text(bot, settings) -> None:
    message = talk(desk(bot, settings), "<b>")[-1]
    (card,) = message.get("cards", [])
    drawn = "".join(segment["text"] for paragraph in card["paragraphs"] for segment in paragraph)
    assert drawn == bot.corpus.clauses[2].text


def test_turns_are_carried_on_and_the_level_filters(bot, settings) -> None:
    talk(desk(bot, settings), "旗里呢？", "旗", ("A类人才的安家补贴？",))
    assert bot.asked[-1].turns == ("A类人才的安家补贴？", "旗里呢？")
    assert bot.asked[-1].filters.levels == {"旗"}


@pytest.mark.parametrize(("tongue", "language"), [("zh", Language.ZH), ("en", Language.EN)])
def test_a_question_carries_the_language_of_its_page(bot, settings, tongue: Tongue, language: Language) -> None:
    asyncio.run(collect(desk(bot, settings).answer(Wish("安家", tongue=tongue), CLIENT)))
    assert bot.asked[-1].page_language is language


def test_a_level_that_is_none_filters_nothing(bot, settings) -> None:
    talk(desk(bot, settings), "安家", "<script>")
    assert bot.asked[-1].filters.levels == frozenset()


def test_old_turns_are_dropped(bot, settings) -> None:
    many = tuple(f"第{n}问" for n in range(settings.max_turns + 5))
    talk(desk(bot, settings), "安家", "", many)
    assert bot.asked[-1].turns == (*many[5:], "安家")


def test_what_is_not_covered_is_said_with_the_nearest_clause(bot, settings) -> None:
    message = talk(desk(bot, settings), "今天天气")[-1]
    assert message["status"] == "declined"
    assert [card["why"] for card in message.get("cards", [])] == ["nearest"]


def test_a_long_question_is_refused_before_it_is_asked(bot, settings) -> None:
    before = len(bot.asked)
    (message,) = talk(desk(bot, settings), "长" * 61)
    assert (message["status"], len(bot.asked)) == ("failed", before)
    assert "61" in message.get("message", "")


def test_who_asks_too_often_is_told_how_long_to_wait(bot, settings) -> None:
    at = desk(bot, settings, per_minute=1)
    talk(at, "安家")
    (message,) = talk(at, "安家")
    assert message["status"] == "failed"
    assert "秒" in message.get("message", "")


def test_when_too_many_wait_the_next_one_is_told_so(bot, settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BotDoor, "answering", MOST_AT_ONCE)
    (message,) = talk(desk(bot, settings), "安家")
    assert message.get("message") == "现在提问的人太多，请过一会儿再试。"


def test_the_first_visit_tells_what_is_known(bot, settings) -> None:
    message = desk(bot, settings).welcome({})
    told: dict[str, Any] = dict(message["about"])
    groups = [group["who"]["zh"] for group in told.pop("examples")]
    assert (groups[0], told.pop("examples_by")) == ("市级", "level")
    assert told == {
        "title": "伊金霍洛旗投资政策汇编",
        "region": "伊金霍洛旗",
        "region_en": "Ejin Horo Banner",
        "documents": 3,
        "clauses": 3,
        "levels": [("国家", 1), ("市", 1), ("旗", 1)],
        "as_of": "2026-11-22",
    }
    assert (message["card"], message["ask"], message["document"]) == (None, None, None)


def test_a_link_opens_its_clause_and_asks_its_question(bot, settings) -> None:
    message = desk(bot, settings).welcome({"clause": "talent-30/1-2", "q": " 安家 ", "document": "refund-2024"})
    assert message["card"]
    assert message["card"]["clause_id"] == "talent-30/1-2"
    assert message["document"]
    assert message["document"]["level"] == "国家"
    assert message["ask"] == "安家"


@pytest.mark.parametrize("wanted", [{"clause": "nowhere"}, {"clause": ""}, {"q": "  "}, {"document": "nowhere"}, {}])
def test_a_link_to_nothing_is_the_plain_page(bot, settings, wanted: dict[str, str]) -> None:
    message = desk(bot, settings).welcome(wanted)
    assert (message["card"], message["ask"], message["document"]) == (None, None, None)


def test_a_long_question_in_a_link_is_cut(bot, settings) -> None:
    assert desk(bot, settings).welcome({"q": "长" * 99})["ask"] == "长" * settings.max_question_chars


class FailingBot:
    """Streams one sentence and then fails."""

    def __init__(self, bot, error: Exception) -> None:
        self.corpus, self.edition = bot.corpus, bot.edition
        self._bot = bot
        self._error = error

    def ask(self, question: Question):
        raise self._error

    def stream(self, question: Question) -> Iterator[Any]:
        yield self._bot.ask(question).sentences[0]
        raise self._error

    def search(self, text: str, filters: Filters, top_k: int) -> SearchResult:
        raise self._error


def test_a_known_fault_is_shown_as_its_sentence(bot, settings) -> None:
    message = talk(desk(FailingBot(bot, ModelUnusable("index.no_model_folder", name="nowhere")), settings), "安家")[-1]
    assert (message["status"], message.get("message")) == (
        "failed",
        ModelUnusable("index.no_model_folder", name="nowhere").sentence.said("zh"),
    )


def test_an_unforeseen_fault_is_not_swallowed(bot, settings) -> None:
    with pytest.raises(RuntimeError, match="broken"):
        talk(desk(FailingBot(bot, RuntimeError("broken")), settings), "安家")


def test_leaving_early_stops_the_work(bot, settings) -> None:
    made: list[int] = []
    left = threading.Event()
    ended = threading.Event()

    class EndlessBot(FailingBot):
        def stream(self, question: Question) -> Iterator[Any]:
            sentence = self._bot.ask(question).sentences[0]
            try:
                while True:
                    made.append(1)
                    yield sentence
                    left.wait(0.01)
            finally:
                ended.set()

    async def leave() -> None:
        door = BotDoor(1)
        door.open(EndlessBot(bot, RuntimeError()))
        parts = door.stream(Question(("安家",), TODAY))
        await anext(parts)
        await parts.aclose()
        left.set()
        assert await asyncio.to_thread(ended.wait, 10)

    asyncio.run(leave())
    assert made


def test_a_closed_door_says_so(settings) -> None:
    with pytest.raises(ServiceUnavailable, match="loaded"):
        _ = BotDoor(1).bot


def test_a_bot_that_cannot_be_opened_is_reported(settings) -> None:
    said: list[PolicyQAError] = []
    done = threading.Event()

    def broken():
        raise ModelUnusable("index.no_model_folder", name="nowhere")

    def note(error: PolicyQAError) -> None:
        said.append(error)
        done.set()

    door = BotDoor(1)
    door.open_in_background(broken, note)
    assert done.wait(10)
    assert [str(error) for error in said] == [ModelUnusable("index.no_model_folder", name="nowhere").sentence]
    assert not door.is_open


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (MemoryError(), "not enough memory"),
        (OSError(5, "Input/output error"), "OSError: [Errno 5] Input/output error"),
        (RuntimeError("a fault of ours\nin two lines"), "RuntimeError: a fault of ours"),
        (SystemExit(3), "SystemExit: 3"),
    ],
)
def test_whatever_keeps_a_bot_from_being_opened_is_one_sentence(caplog, fault: BaseException, words: str) -> None:
    said: list[PolicyQAError] = []
    done = threading.Event()

    def broken():
        raise fault

    def note(error: PolicyQAError) -> None:
        said.append(error)
        done.set()

    BotDoor(1).open_in_background(broken, note)
    assert done.wait(10)
    (sentence,) = (str(error) for error in said)
    assert words in sentence
    assert "\n" not in sentence
    assert "Traceback" in caplog.text


def test_what_a_mistyped_word_was_taken_for_is_told(bot, settings) -> None:
    mistyped = talk(desk(bot, settings), "安家补帖")[-1]
    assert mistyped.get("read_as") == ["补贴"]
    rightly = talk(desk(bot, settings), "安家补贴")[-1]
    assert "read_as" not in rightly
