"""The service with a staff account and a home of its own: what these tests publish nobody else is given."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import PROJECT, SIZES, Seat, SeatFor, Visit, visiting

NAME, PASSWORD = "wang.li", "correct horse staple"
SignedIn = Callable[[Seat], AbstractContextManager[Visit]]


@pytest.fixture(scope="session")
def staff_service(
    chromium: str, indexed_home: Callable[[], Path], serving: Callable[..., AbstractContextManager[str]]
) -> Iterator[str]:
    """The address of ``app.py`` over a copy of the index, with one account."""
    home = indexed_home()
    account = [sys.executable, "-m", "web", "add-user", NAME, "--password-stdin"]
    environment = {**os.environ, "POLICYQA_HOME": str(home)}
    subprocess.run(account, cwd=PROJECT, env=environment, input=f"{PASSWORD}\n", text=True, check=True)
    with serving(POLICYQA_HOME=str(home)) as origin:
        yield origin


def sign_in(visit: Visit) -> None:
    """Through the login form, as people do."""
    page = visit.page
    page.goto(f"{visit.origin}/staff")
    page.locator("[name=name]").fill(NAME)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").click()
    page.wait_for_url("**/staff")


@pytest.fixture(scope="module")
def signed_in(staff_service: str) -> SignedIn:
    """Visits of somebody who signs in once at each seat and stays so, as the cookies say, for the module."""
    kept: dict[Seat, Any] = {}

    @contextmanager
    def visit(seat: Seat) -> Iterator[Visit]:
        with visiting(seat, staff_service) as made:
            if seat in kept:
                seat.context.add_cookies(kept[seat])
            else:
                sign_in(made)
                kept[seat] = seat.context.cookies()
            yield made

    return visit


@pytest.fixture(params=SIZES)
def staff(request: pytest.FixtureRequest, seat_for: SeatFor, signed_in: SignedIn) -> Iterator[Visit]:
    """Somebody signed in, in Chinese, on a desk and on a phone. Fails when a page errs or asks another host."""
    with signed_in(seat_for(request.param)) as visit:
        yield visit


@pytest.fixture(params=SIZES)
def english_staff(request: pytest.FixtureRequest, seat_for: SeatFor, signed_in: SignedIn) -> Iterator[Visit]:
    """The same in English and in dark colours."""
    with signed_in(seat_for(request.param, locale="en-US", color_scheme="dark")) as visit:
        yield visit


@pytest.fixture(params=SIZES)
def staff_to_be(request: pytest.FixtureRequest, seat_for: SeatFor, staff_service: str) -> Iterator[Visit]:
    """Somebody who has an account and has not signed in."""
    with visiting(seat_for(request.param), staff_service) as visit:
        yield visit
