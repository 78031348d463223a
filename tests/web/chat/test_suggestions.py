from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.suggest.next_questions import Angle, Proposal
from bot.types import Answer, Question
from index.types import Filters
from ingest.errors import ModelUnusable
from tests.web.running import until
from web.answers.bot_pool import BotDoor
from web.chat.suggestions import (
    MOST_KEPT,
    MOST_SHOWN,
    MOST_TRIED,
    MOST_WAITING,
    Suggester,
    proposer_of,
    suggestion_routes,
)
from web.http.error_replies import add_fault_replies
from web.http.guards import Allowance

TODAY = date(2026, 11, 22)


@dataclass
class Shelf:
    """Proposes numbered questions; those named are the ones that get answered."""

    proposed: int = 20
    good: Callable[[int], bool] = lambda _: True
    checked: list[str] = field(default_factory=list[str])
    fault: bool = False

    def proposals(self, answer: Answer) -> Iterator[Proposal]:
        for number in range(self.proposed):
            yield Proposal(f"{answer.question.last}{number}", Angle.NEIGHBOUR, "c")

    def answered(self, proposal: Proposal, as_of: date, filters: Filters) -> bool:
        self.checked.append(proposal.question)
        if self.fault:
            raise ModelUnusable("index.no_model_folder", name="gone")
        return self.good(int(proposal.question[-1]))


class BusyDoor(BotDoor):
    """Says that somebody is being answered as long as it is told to."""

    busy = 0

    @property
    def answering(self) -> int:
        return self.busy


@pytest.fixture
def door(bot) -> BusyDoor:
    made = BusyDoor(1)
    made.open(bot)
    return made


def fetched(suggester: Suggester, name: str) -> list[str]:
    return asyncio.run(suggester.fetch(name))


def asked(bot, text: str = "安家", **changes) -> Answer:
    return bot.ask(Question((text,), TODAY, **changes))


def test_only_questions_that_are_answered_are_offered_and_no_more_than_fit(bot, door) -> None:
    shelf = Shelf(good=lambda number: number % 2 == 1)
    suggester = Suggester(door, lambda _: shelf)
    assert fetched(suggester, suggester.begin(asked(bot))) == ["安家1", "安家3", "安家5"]
    assert MOST_SHOWN == 3
    assert shelf.checked == [f"安家{number}" for number in range(6)]


def test_checking_ends_after_a_few(bot, door) -> None:
    shelf = Shelf(good=lambda _: False)
    suggester = Suggester(door, lambda _: shelf)
    assert fetched(suggester, suggester.begin(asked(bot))) == []
    assert len(shelf.checked) == MOST_TRIED


def test_what_was_checked_once_is_known(bot, door) -> None:
    shelf = Shelf()
    suggester = Suggester(door, lambda _: shelf)
    for _ in range(3):
        fetched(suggester, suggester.begin(asked(bot)))
    assert len(shelf.checked) == MOST_SHOWN
    fetched(suggester, suggester.begin(asked(bot, filters=Filters(levels=frozenset({"市"})))))
    assert len(shelf.checked) == 2 * MOST_SHOWN  # of one level only, it may be answered otherwise


def test_another_bot_is_asked_anew(bot, door) -> None:
    shelves = [Shelf(), Shelf()]
    suggester = Suggester(door, lambda _: shelves.pop(0))
    first = shelves[0]
    fetched(suggester, suggester.begin(asked(bot)))
    door.open(type(bot)())
    second = shelves[0]
    fetched(suggester, suggester.begin(asked(bot)))
    assert first.checked == second.checked == ["安家0", "安家1", "安家2"]


def test_whoever_waits_for_an_answer_goes_first(bot, door) -> None:
    shelf = Shelf()
    suggester = Suggester(door, lambda _: shelf)
    door.busy = 1
    name = suggester.begin(asked(bot))
    time.sleep(0.3)
    assert shelf.checked == []
    door.busy = 0
    assert len(fetched(suggester, name)) == MOST_SHOWN


def test_a_bot_that_cannot_search_proposes_nothing(bot, door) -> None:
    suggester = Suggester(door)
    assert proposer_of(bot) is None
    assert fetched(suggester, suggester.begin(asked(bot))) == []


def test_a_fault_leaves_nothing_to_offer_and_the_next_goes_on(bot, door) -> None:
    shelf = Shelf(fault=True)
    suggester = Suggester(door, lambda _: shelf)
    assert fetched(suggester, suggester.begin(asked(bot))) == []
    shelf.fault = False
    assert len(fetched(suggester, suggester.begin(asked(bot, "人才")))) == MOST_SHOWN


@pytest.mark.parametrize("fault", [MemoryError(), RuntimeError("a fault of ours"), OSError(24, "Too many open files")])
def test_a_thread_that_dies_is_said_and_another_goes_on(bot, door, caplog, fault: BaseException) -> None:
    class Broken(Shelf):
        broken = True

        def answered(self, proposal: Proposal, as_of: date, filters: Filters) -> bool:
            if self.broken:
                raise fault
            return super().answered(proposal, as_of, filters)

    shelf = Broken()
    died: list[str] = []
    suggester = Suggester(door, lambda _: shelf, lambda: died.append("next-questions"))
    for number in range(1, 4):
        assert fetched(suggester, suggester.begin(asked(bot))) == []
        until(lambda wanted=number: len(died) == wanted)
    assert caplog.text.count("working out next questions failed") == 3
    shelf.broken = False
    assert len(fetched(suggester, suggester.begin(asked(bot)))) == MOST_SHOWN


def test_without_a_thread_answers_go_out_as_ever(bot, door, monkeypatch) -> None:
    def none_left(self) -> None:
        raise RuntimeError("can't start new thread")

    shelf = Shelf()
    suggester = Suggester(door, lambda _: shelf)
    with monkeypatch.context() as starved:
        starved.setattr(threading.Thread, "start", none_left)
        assert suggester.begin(asked(bot))
    assert len(fetched(suggester, suggester.begin(asked(bot)))) == MOST_SHOWN


def test_an_unknown_name_has_nothing(door) -> None:
    assert fetched(Suggester(door), "nobody") == []


def test_the_newest_go_first_and_those_that_waited_too_long_go_without(bot, door) -> None:
    begun, go_on = threading.Event(), threading.Event()

    class Slow(Shelf):
        def answered(self, proposal: Proposal, as_of: date, filters: Filters) -> bool:
            begun.set()
            go_on.wait(10)
            return super().answered(proposal, as_of, filters)

    shelf = Slow(proposed=1)
    suggester = Suggester(door, lambda _: shelf)
    first = suggester.begin(asked(bot))
    assert begun.wait(10)
    names = [suggester.begin(asked(bot, f"人才{number}问")) for number in range(MOST_WAITING + 2)]
    assert fetched(suggester, names[0]) == fetched(suggester, names[1]) == []
    go_on.set()
    assert fetched(suggester, first) == ["安家0"]
    assert fetched(suggester, names[2]) == ["人才2问0"]
    assert shelf.checked[1] == f"人才{MOST_WAITING + 1}问0"


def test_only_so_many_lists_are_kept(bot, door) -> None:
    shelf = Shelf(proposed=1)
    suggester = Suggester(door, lambda _: shelf)
    names = [suggester.begin(asked(bot)) for _ in range(MOST_KEPT + 1)]
    assert fetched(suggester, names[-1]) == ["安家0"]
    assert fetched(suggester, names[0]) == []


def test_the_page_fetches_by_name_and_not_too_often(bot, door) -> None:
    suggester = Suggester(door, lambda _: Shelf())
    app = FastAPI()
    add_fault_replies(app)
    app.include_router(suggestion_routes(suggester, Allowance(2)))
    with TestClient(app) as client:
        reply = client.get(f"/page/next-questions/{suggester.begin(asked(bot))}")
        assert reply.json() == {"questions": ["安家0", "安家1", "安家2"]}
        assert reply.headers["cache-control"] == "no-store"
        assert client.get("/page/next-questions/none").json() == {"questions": []}
        assert client.get("/page/next-questions/none").status_code == 429
