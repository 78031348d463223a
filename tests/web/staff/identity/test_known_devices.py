"""Browsers known from before: a cookie of ours, for one account, that nobody else can make."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from web.staff.identity.known_devices import Devices


def test_a_cookie_is_for_one_account_and_lasts_beyond_a_restart(tmp_path: Path) -> None:
    cookie = Devices(tmp_path / "secret").cookie_for("wang.li")
    later = Devices(tmp_path / "secret")
    assert later.number("wang.li", cookie)
    assert later.number("other", cookie) == ""
    assert stat.S_IMODE((tmp_path / "secret").stat().st_mode) == 0o600


@pytest.mark.parametrize("cookie", ["", ".", "abc", "abc.", ".abc", "abc.def", "ü.ü", "a" * 5000])
def test_forged_cookies_are_no_cookies(tmp_path: Path, cookie: str) -> None:
    assert Devices(tmp_path / "secret").number("wang.li", cookie) == ""


def test_another_place_has_another_secret(tmp_path: Path) -> None:
    cookie = Devices(tmp_path / "one").cookie_for("wang.li")
    assert Devices(tmp_path / "two").number("wang.li", cookie) == ""


def test_looking_at_no_cookie_makes_no_secret(tmp_path: Path) -> None:
    assert Devices(tmp_path / "secret").number("wang.li", "") == ""
    assert list(tmp_path.iterdir()) == []


def test_where_no_secret_can_be_made_one_in_memory_does_until_it_can(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    home = tmp_path / "home"
    home.write_text("")  # in the way of the folder
    devices = Devices(home / "secret")
    cookie = devices.cookie_for("wang.li")
    assert devices.number("wang.li", cookie)
    (said,) = caplog.messages
    assert "as long as the service runs" in said
    home.unlink()
    devices.cookie_for("wang.li")
    assert Devices(home / "secret").number("wang.li", cookie), "known beyond a restart from now on"
