from __future__ import annotations

import pytest

from ingest.types import Corpus
from web.chat.ask_request import Wish, filters_of


@pytest.mark.parametrize(
    ("earlier", "text", "turns"),
    [
        ((), "一", ("一",)),
        (("一", "二"), "三", ("一", "二", "三")),
        (("一", "二", "三", "四"), "五", ("二", "三", "四", "五")),  # the oldest goes
        (("一", "二"), "二", ("一", "二")),  # asked once more it is no new turn
        (("", "长" * 11, "一"), "二", ("一", "二")),  # what could not have been asked
        (("长" * 10,), "二", ("长" * 10, "二")),
    ],
)
def test_what_was_asked_before_is_believed_as_far_as_it_could_be(
    earlier: tuple[str, ...], text: str, turns: tuple[str, ...]
) -> None:
    assert Wish(text, earlier).turns(most=3, longest=10) == turns


def test_a_question_complete_in_itself_is_read_alone() -> None:
    assert Wish("二", ("一",), alone=True).turns(3, 10) == ("二",)


def test_only_levels_and_documents_that_are_there_limit_anything(corpus: Corpus) -> None:
    assert filters_of(Wish("问", level="旗", document="hostile"), corpus).levels == {"旗"}
    assert filters_of(Wish("问", level="旗", document="hostile"), corpus).documents == {"hostile"}
    assert filters_of(Wish("问", level="省", document="nowhere"), corpus) == filters_of(Wish("问"), corpus)
