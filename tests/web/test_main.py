"""``python -m web``: accounts and keys from the command line."""

from __future__ import annotations

import io
import stat
from pathlib import Path

import pytest

import app
from ingest.database.database import Database
from web.__main__ import main
from web.http.api_keys import ApiKeys
from web.staff.identity.accounts import Accounts
from web.staff.shell.audit_log import AuditLog
from web.staff.shell.audit_table import AuditTable

PASSWORD = "correct horse 电池"


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("POLICYQA_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("POLICYQA_API_KEYS_FILE", raising=False)
    return tmp_path / "home"


def piped(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(words))


def typed(monkeypatch: pytest.MonkeyPatch, *words: str) -> None:
    """Words typed at a terminal, which shows none of them."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    left = list(words)
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr("getpass.getpass", lambda prompt: left.pop(0))


def test_an_account_is_made_listed_changed_and_removed(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["list-users"]) == 0
    assert "no accounts yet" in capsys.readouterr().out
    piped(monkeypatch, PASSWORD + "\n")
    assert main(["add-user", "wang.li", "--password-stdin"]) == 0
    accounts = Accounts(home / "accounts.json")
    assert accounts.check("wang.li", PASSWORD)
    assert stat.S_IMODE((home / "accounts.json").stat().st_mode) == 0o600
    typed(monkeypatch, "another long one", "another long one")
    assert main(["set-password", "wang.li"]) == 0
    assert accounts.check("wang.li", "another long one")
    assert main(["list-users"]) == 0
    assert capsys.readouterr().out == "wang.li\tadminister\n"
    piped(monkeypatch, PASSWORD + "\n")
    assert main(["add-user", "li.na", "--password-stdin"]) == 0
    assert main(["list-users"]) == 0
    assert capsys.readouterr().out == "li.na\tlook\nwang.li\tadminister\n"
    assert main(["remove-user", "li.na"]) == 0
    log = AuditLog(home / "audit.jsonl")
    assert [entry.what for entry in log.entries()] == ["user_removed", "user_added", "password_set", "user_added"]


def test_roles_are_given_and_somebody_goes_on_administering(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    accounts = Accounts(home / "accounts.json")
    accounts.add("wang.li", PASSWORD)
    for command in (["set-role", "wang.li", "edit"], ["remove-user", "wang.li"]):
        assert main(command) == 2
        assert "last who administers" in capsys.readouterr().err
    assert main(["set-role", "nobody", "edit"]) == 2
    assert "no account" in capsys.readouterr().err
    piped(monkeypatch, PASSWORD + "\n")
    assert main(["add-user", "li.na", "--role", "approve", "--password-stdin"]) == 0
    assert main(["set-role", "li.na", "administer"]) == 0
    assert main(["set-role", "wang.li", "edit"]) == 0
    assert main(["list-users"]) == 0
    assert capsys.readouterr().out == "li.na\tadminister\nwang.li\tedit\n"
    (entry, *_) = AuditLog(home / "audit.jsonl").entries()
    assert (entry.what, entry.about, dict(entry.details)) == ("role_set", "wang.li", {"role": "edit"})
    with pytest.raises(SystemExit, match="2"):
        main(["set-role", "wang.li", "emperor"])


def test_a_name_from_the_single_sign_on_is_raised(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POLICYQA_STAFF_HEADER", "X-Remote-User")
    Accounts(home / "accounts.json").add("wang.li", PASSWORD)
    assert main(["set-role", "zhao.min", "edit"]) == 0
    assert main(["set-role", "wang.li", "test", "--sign-on"]) == 0, "somebody else of the same name"
    assert main(["list-users"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert listed == ["wang.li\tadminister", "wang.li\ttest\tsingle sign-on", "zhao.min\tedit\tsingle sign-on"]


def test_the_two_typed_passwords_must_be_the_same(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    typed(monkeypatch, PASSWORD, PASSWORD + "x")
    assert main(["add-user", "wang.li"]) == 2
    assert "differ" in capsys.readouterr().err
    assert not (home / "accounts.json").exists()


@pytest.mark.parametrize(
    ("command", "given", "said"),
    [
        (["add-user", "wang.li", "--password-stdin"], "short\n", "10 to 1024"),
        (["add-user", "wang.li", "--password-stdin"], "", "10 to 1024"),
        (["add-user", "../x", "--password-stdin"], PASSWORD, "cannot be a name"),
        (["add-user", "wang.li"], PASSWORD, "--password-stdin"),  # no terminal
        (["set-password", "nobody", "--password-stdin"], PASSWORD, "no account"),
        (["remove-user", "nobody"], "", "no account"),
        (["remove-key", "nobody"], "", "no key"),
        (["add-key", "a b"], "", "cannot be a name"),
    ],
)
def test_what_cannot_be_is_one_sentence_and_changes_nothing(
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
    given: str,
    said: str,
) -> None:
    piped(monkeypatch, given)
    assert main(command) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.err.count("\n") == 1
    assert captured.out == ""
    kept = [path.name for path in home.glob("*") if not path.name.startswith(".")]
    assert kept == []


def test_a_key_is_printed_once_and_alone(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["add-key", "portal"]) == 0
    key = capsys.readouterr().out.strip()
    assert ApiKeys(home / "api-keys.json").owner(key) == "portal"
    assert main(["list-keys"]) == 0
    assert capsys.readouterr().out == "portal\n"
    assert key not in (home / "api-keys.json").read_text()
    assert key not in (home / "audit.jsonl").read_text()
    assert main(["add-key", "portal"]) == 2
    assert main(["remove-key", "portal"]) == 0
    assert main(["list-keys"]) == 0
    assert "programs need none" in capsys.readouterr().out


def test_the_file_of_keys_may_lie_elsewhere(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_API_KEYS_FILE", str(tmp_path / "keys.json"))
    assert main(["add-key", "portal"]) == 0
    assert ApiKeys(tmp_path / "keys.json").names() == ["portal"]
    assert not (home / "api-keys.json").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("POLICYQA_METRICS_FROM", "nowhere"),
        ("POLICYQA_FOLLOW_UP_MINUTES", "0"),
        ("PORT", "abc"),
        ("POLICYQA_PORT", "abc"),
        ("POLICYQA_MCP", "maybe"),
        ("POLICYQA_WECOM_URL", "http://openws.work.weixin.qq.com"),
        ("POLICYQA_WECOM_URL", "ws://openws.work.weixin.qq.com"),
    ],
)
def test_a_wrong_setting_is_one_sentence_that_names_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    for command in (main, app.main):
        assert command(["list-users"] if command is main else []) == 2
        said = capsys.readouterr().err
        assert f"Setting {name}: " in said
        assert (value in said, said.count("\n")) == (True, 1)
        assert "docs/settings.md" in said


def test_settings_that_do_not_fit_each_other_show_no_value_of_the_others(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POLICYQA_STAFF_HEADER", "X-Remote-User")
    monkeypatch.setenv("POLICYQA_TRUSTED_PROXIES", "nowhere")
    monkeypatch.setenv("POLICYQA_WECOM_SECRET", "open sesame")
    assert main(["list-users"]) == 2
    said = capsys.readouterr().err
    assert "POLICYQA_TRUSTED_PROXIES" in said
    assert "sesame" not in said


# ── A database ─────────────────────────────────────────────────────────────────────────────────


def test_migrate_says_how_the_tables_stand_and_makes_them(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("POLICYQA_DATABASE_URL", f"sqlite:///{home / 'database.sqlite'}")
    home.mkdir(exist_ok=True)
    assert main(["migrate", "--check"]) == 1
    assert "has no tables yet" in capsys.readouterr().out
    assert main(["migrate"]) == 0
    assert main(["migrate", "--check"]) == 0


def test_migrate_moves_in_and_back_and_counts(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    ApiKeys(home / "api-keys.json").add("portal")
    url = f"sqlite:///{tmp_path / 'moved.sqlite'}"
    assert main(["migrate", "--to", url]) == 0
    assert "1\tapi-keys" in capsys.readouterr().out
    assert main(["migrate", "--to", url]) == 2
    assert "name an empty database" in capsys.readouterr().err
    monkeypatch.setenv("POLICYQA_HOME", str(tmp_path / "there"))
    assert main(["migrate", "--from", url]) == 0
    assert ApiKeys(tmp_path / "there" / "api-keys.json").names() == ["portal"]


def test_migrate_without_a_database_says_what_to_set(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["migrate"]) == 2
    assert "POLICYQA_DATABASE_URL" in capsys.readouterr().err


def test_accounts_keys_and_their_log_go_to_the_database_where_there_is_one(
    home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    database = Database(f"sqlite:///{tmp_path / 'database.sqlite'}")
    monkeypatch.setenv("POLICYQA_DATABASE_URL", f"sqlite:///{tmp_path / 'database.sqlite'}")
    assert main(["add-key", "portal"]) == 0
    assert ApiKeys(home / "api-keys.json", database).names() == ["portal"]
    assert [entry.what for entry in AuditTable(database).entries()] == ["key_added"]
    assert not (home / "api-keys.json").exists()
    database.close()
