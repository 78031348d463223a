"""What may be asked of the bench, read from an address and written back into one."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from starlette.datastructures import QueryParams

from bot.records.types import Turn
from index.scoring.fusion import WEIGHTS
from index.types import Filters
from web.staff.bench.form import BenchForm, form_of_turn, read_form

TODAY = date(2026, 11, 22)
RANKER = next(iter(WEIGHTS))


def read(query: str) -> BenchForm:
    return read_form(QueryParams(query), TODAY, WEIGHTS)


def test_a_question_alone_is_asked_today_as_served() -> None:
    form = read("question=+水价+")
    assert (form.question, form.as_of, form.top_k, dict(form.weights)) == ("水价", TODAY, None, {})
    assert form.asks
    assert form.changes().weights is None


def test_nothing_given_asks_nothing() -> None:
    assert not read("").asks


def test_everything_that_can_be_said_comes_back_from_its_address() -> None:
    form = read(
        f"question=b&turn=a1&turn=a2%0Aa3&as_of=2025-01-31&level=旗&level=市&document=d-1&k=3&w_{RANKER}=0.5"
        "&model=off&record=t1"
    )
    assert form.earlier == ("a1", "a2", "a3")
    assert (form.top_k, form.with_model, form.record) == (3, False, "t1")
    asked = form.to_ask()
    assert asked.turns == ("a1", "a2", "a3", "b")
    assert asked.filters == Filters(frozenset({"旗", "市"}), frozenset({"d-1"}))
    assert read(form.address()) == form


@pytest.mark.parametrize(
    ("query", "fault"),
    [
        ("as_of=31.1.2025", "bad_day"),
        ("k=0", "bad_k"),
        ("k=101", "bad_k"),
        ("k=1e2", "bad_k"),
        ("k=" + "9" * 5000, "bad_k"),
        ("k=３", "bad_k"),
        (f"w_{RANKER}=-0.1", "bad_weight"),
        (f"w_{RANKER}=5.1", "bad_weight"),
        (f"w_{RANKER}=nan", "bad_weight"),
        (f"w_{RANKER}=inf", "bad_weight"),
        (f"w_{RANKER}=x", "bad_weight"),
        ("&".join(f"w_{name}=0" for name in WEIGHTS), "no_weight"),
    ],
)
def test_what_cannot_be_asked_is_named_and_nothing_is_asked(query: str, fault: str) -> None:
    form = read(f"question=水价&{query}")
    assert form.faults == (fault,)
    assert not form.asks


def test_a_weight_that_is_the_served_one_is_no_change() -> None:
    assert read(f"question=x&w_{RANKER}={WEIGHTS[RANKER]}").weights == {}
    assert read("question=x&w_nowhere=1").weights == {}


def test_a_kept_question_is_asked_as_it_was() -> None:
    turn = Turn(
        "t1", "c", datetime(2026, 3, 1, tzinfo=UTC), "", date(2026, 2, 28), ("先\n问", "再问"), "市、旗", {}, "answered", None, 1.0
    )  # fmt: skip
    form = form_of_turn(turn)
    assert (form.earlier, form.question, form.as_of) == (("先 问",), "再问", date(2026, 2, 28))
    assert form.levels == ("市", "旗")
    assert form.record == "t1"
    assert read(form.address()) == form
