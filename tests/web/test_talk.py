from __future__ import annotations

import pytest

from ingest.types import Corpus
from web.talk import Talk, Visitor, Wish, filters_of
from web.turns import Desk


def test_a_question_more_and_the_oldest_goes() -> None:
    talk = Talk("c", ("一", "二")).with_turn("三", 2)
    assert talk == Talk("c", ("二", "三"))


def test_a_conversation_gets_its_name_with_the_first_question() -> None:
    first = Talk().with_turn("一", 9)
    assert len(first.id) == 16
    assert first.with_turn("二", 9).id == first.id


def test_asked_once_more_it_is_no_new_turn() -> None:
    assert Talk("c", ("一",)).with_turn("一", 9).turns == ("一",)


@pytest.mark.parametrize(
    ("before", "new", "after"),
    [(("一", "二"), "二改", ("一", "二改")), (("一",), "一改", ("一改",)), (("一", "二"), "二", ("一", "二")), ((), "一", ("一",))],
)  # fmt: skip
def test_a_new_wording_takes_the_place_of_the_last_question(
    before: tuple[str, ...], new: str, after: tuple[str, ...]
) -> None:
    talk = Talk("c", before, replacing=True).with_turn(new, 9)
    assert talk == Talk("c", after)


@pytest.mark.parametrize(
    ("wanted", "header", "tongue"),
    [({"lang": "en"}, "zh-CN", "en"), ({}, "en-GB", "en"), ({"lang": "xx"}, "zh-TW", "zh"), ({}, None, "zh")],
)
def test_the_page_begins_in_the_visitors_language(wanted: dict[str, str], header: str | None, tongue: str) -> None:
    assert Visitor("x", header, wanted).tongue == tongue


def test_only_levels_and_documents_that_are_there_limit_anything(corpus: Corpus) -> None:
    assert filters_of(Wish("问", "旗", "hostile"), corpus).levels == {"旗"}
    assert filters_of(Wish("问", "旗", "hostile"), corpus).documents == {"hostile"}
    assert filters_of(Wish("问", "省", "nowhere"), corpus) == filters_of(Wish("问"), corpus)


def test_what_a_browser_says_was_asked_is_believed_only_as_far_as_it_could_be(bot, settings) -> None:
    from datetime import date

    from web.answering import BotDoor
    from web.guards import Allowance

    desk = Desk(BotDoor(1), Allowance(9), settings, lambda: date(2026, 11, 22))
    long = "长" * (settings.max_question_chars + 1)
    talk = desk.resumed(["一", "", long, 7, None, {"x": 1}, "二"])
    assert talk.turns == ("一", "二")
    assert talk.id
    assert desk.resumed([]) == Talk()
    assert len(desk.resumed([f"第{n}问" for n in range(99)]).turns) == settings.max_turns
