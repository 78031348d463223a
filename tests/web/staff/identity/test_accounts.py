"""Accounts: names that can be one, passwords long enough, nothing readable in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.errors import UnusableInput
from tests.web.staff.conftest import PASSWORD, QUICK_HASHER
from web.staff.identity.accounts import Account, Accounts


@pytest.fixture
def accounts(tmp_path: Path) -> Accounts:
    made = Accounts(tmp_path / "accounts.json", QUICK_HASHER)
    made.add("wang.li", PASSWORD)
    return made


def test_the_password_is_nowhere_in_the_file(accounts: Accounts, tmp_path: Path) -> None:
    text = (tmp_path / "accounts.json").read_text("utf-8")
    assert "$argon2id$" in text
    assert PASSWORD not in text


def test_right_wrong_and_unknown(accounts: Accounts) -> None:
    assert accounts.check("wang.li", PASSWORD) == Account("wang.li")
    assert accounts.check("wang.li", PASSWORD + " ") is None
    assert accounts.check("WANG.LI", PASSWORD) is None
    assert accounts.check("nobody", PASSWORD) is None
    assert accounts.check("", "") is None


def test_an_unknown_name_costs_a_hash_like_a_known_one(tmp_path: Path) -> None:
    class Counting:
        verified = 0

        def hash(self, password: str) -> str:
            return QUICK_HASHER.hash(password)

        def verify(self, hashed: str, password: str) -> bool:
            self.verified += 1
            return QUICK_HASHER.verify(hashed, password)

    hasher = Counting()
    accounts = Accounts(tmp_path / "a.json", hasher)  # pyright: ignore[reportArgumentType]
    accounts.check("nobody", "guess")
    assert hasher.verified == 1


def test_the_stamp_changes_with_the_password_and_goes_with_the_account(accounts: Accounts) -> None:
    before = accounts.stamp("wang.li")
    accounts.set_password("wang.li", "another long one")
    assert accounts.stamp("wang.li") not in (None, before)
    assert accounts.check("wang.li", PASSWORD) is None
    accounts.remove("wang.li")
    assert accounts.stamp("wang.li") is None
    assert accounts.names() == []


@pytest.mark.parametrize("name", ["a", "zhang.san@example.gov.cn", "王丽", "x" * 64, "a-b_c"])
def test_names_that_can_be_one(accounts: Accounts, name: str) -> None:
    accounts.add(name, PASSWORD)
    assert name in accounts.names()


@pytest.mark.parametrize(
    "name",
    ["", " ", "a b", "../etc/passwd", "<b>x</b>", "a\nb", "x" * 65, ".hidden", "-option", "a/b", "a\x00", "@x", "a;b"],
)
def test_names_that_cannot(accounts: Accounts, name: str) -> None:
    with pytest.raises(UnusableInput, match="cannot be a name"):
        accounts.add(name, PASSWORD)


@pytest.mark.parametrize("password", ["", "123456789", "x" * 1025])
def test_passwords_too_short_or_too_long(accounts: Accounts, password: str) -> None:
    with pytest.raises(UnusableInput, match="10 to 1024"):
        accounts.add("new", password)
    with pytest.raises(UnusableInput, match="10 to 1024"):
        accounts.set_password("wang.li", password)
    assert accounts.check("wang.li", PASSWORD)


def test_a_very_long_guess_is_cut_and_not_hashed_whole(accounts: Accounts) -> None:
    assert accounts.check("wang.li", "x" * 10_000_000) is None


def test_what_is_there_already_or_not_at_all(accounts: Accounts) -> None:
    with pytest.raises(UnusableInput, match="already"):
        accounts.add("wang.li", PASSWORD)
    for change in (accounts.remove, lambda name: accounts.set_password(name, PASSWORD)):
        with pytest.raises(UnusableInput, match="no account"):
            change("nobody")


def test_a_hash_that_is_none_lets_nobody_in(accounts: Accounts, tmp_path: Path) -> None:
    (tmp_path / "accounts.json").write_text('{"x": {"hash": "plain", "changed": "2026-11-22"}}')
    assert accounts.check("x", "plain") is None
