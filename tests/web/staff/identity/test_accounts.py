"""Accounts: names that can be one, passwords long enough, nothing readable in the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from ingest.database.database import Database
from ingest.errors import UnusableInput
from tests.web.staff.conftest import PASSWORD, QUICK_HASHER
from web.staff.identity.accounts import Account, Accounts
from web.staff.identity.roles import Role


@pytest.fixture
def accounts(tmp_path: Path, shared: Database | None) -> Accounts:
    made = Accounts(tmp_path / "accounts.json", QUICK_HASHER, database=shared)
    made.add("wang.li", PASSWORD)
    return made


@pytest.fixture
def file_accounts(tmp_path: Path) -> Accounts:
    made = Accounts(tmp_path / "accounts.json", QUICK_HASHER)
    made.add("wang.li", PASSWORD)
    return made


def test_the_password_is_nowhere_in_the_file(tmp_path: Path) -> None:
    Accounts(tmp_path / "accounts.json", QUICK_HASHER).add("wang.li", PASSWORD)
    text = (tmp_path / "accounts.json").read_text("utf-8")
    assert "$argon2id$" in text
    assert PASSWORD not in text


def test_right_wrong_and_unknown(accounts: Accounts) -> None:
    assert accounts.check("wang.li", PASSWORD) == Account("wang.li", role=Role.ADMINISTER)
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
    accounts.add("li.na", PASSWORD)
    accounts.remove("wang.li")
    assert accounts.stamp("wang.li") is None
    assert accounts.names() == ["li.na"]


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


def test_a_hash_that_is_none_lets_nobody_in(file_accounts: Accounts, tmp_path: Path) -> None:
    (tmp_path / "accounts.json").write_text('{"x": {"hash": "plain", "changed": "2026-11-22"}}')
    assert file_accounts.check("x", "plain") is None


def test_accounts_of_a_file_without_roles_administer(file_accounts: Accounts, tmp_path: Path) -> None:
    file = tmp_path / "accounts.json"
    file.write_text(file.read_text("utf-8").replace(',\n  "role": "administer"', ""))
    assert "role" not in file.read_text("utf-8")
    assert file_accounts.roles() == {"wang.li": Role.ADMINISTER}
    file_accounts.set_password("wang.li", "another long one")
    assert file_accounts.role("wang.li") is Role.ADMINISTER
    file.write_text('{"x": {"hash": "", "changed": "", "role": "emperor"}}')
    assert file_accounts.role("x") is Role.LOOK


def test_a_role_outlasts_another_password(accounts: Accounts) -> None:
    accounts.add("li.na", PASSWORD, Role.TEST)
    accounts.set_password("li.na", "another long one")
    assert accounts.check("li.na", "another long one") == Account("li.na", role=Role.TEST)


def test_somebody_goes_on_administering(accounts: Accounts) -> None:
    accounts.add("li.na", PASSWORD, Role.APPROVE)
    accounts.set_role("zhao.min", Role.ADMINISTER, "header")  # who cannot come in here
    for change in (lambda: accounts.remove("wang.li"), lambda: accounts.set_role("wang.li", Role.APPROVE)):
        with pytest.raises(UnusableInput, match="last who administers"):
            change()
    assert accounts.role("wang.li") is Role.ADMINISTER
    accounts.set_role("wang.li", Role.ADMINISTER)
    accounts.set_role("li.na", Role.ADMINISTER)
    accounts.remove("wang.li")
    assert accounts.roles() == {"li.na": Role.ADMINISTER}


def test_a_name_from_the_single_sign_on_may_be_the_last_that_administers(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "accounts.json", QUICK_HASHER, sign_on=True)
    accounts.add("wang.li", PASSWORD)
    assert accounts.role("zhao.min", "header") is Role.LOOK
    assert accounts.role("wang.li", "header") is Role.LOOK, "a name is not an account"
    accounts.set_role("zhao.min", Role.ADMINISTER, "header")
    accounts.set_role("wang.li", Role.EDIT)
    with pytest.raises(UnusableInput, match="last who administers"):
        accounts.set_role("zhao.min", Role.LOOK, "header")
    assert accounts.roles("header") == {"zhao.min": Role.ADMINISTER}
    accounts.set_role("wang.li", Role.ADMINISTER)
    accounts.set_role("zhao.min", Role.LOOK, "header")
    assert accounts.roles("header") == {}
