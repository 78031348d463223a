"""Accounts of the staff, keys of programs, and a load test on the command line: ``python -m web``."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import json
import logging
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from ingest.command_line import wrong_setting
from ingest.database.database import database_at
from ingest.errors import PolicyQAError, UnusableInput
from web.http import api_keys
from web.http.api_keys import ApiKeys
from web.load import Crowd, make_load, questions_of
from web.moving.command import migrate
from web.settings import WebSettings
from web.staff.identity import accounts
from web.staff.identity.accounts import Accounts, checked_name, checked_password
from web.staff.identity.roles import Role
from web.staff.shell.audit_table import log_in

if TYPE_CHECKING:
    from web.api.answer_service import AnswerService
    from web.channels.channel import Channel

ENDS_WITHIN_S = 12.0  # of a stop: longer than its farewell, and shorter than a supervisor waits
ON_THE_SERVER = "command line"  # who, in the log of changes: whoever may write the files may run this


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        prog="python -m web", description="Accounts of the staff area, keys for programs, a load test."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, does in (
        ("add-user", "add an account; its password is asked for twice"),
        ("set-password", "give an account another password and sign it out"),
        ("remove-user", "take an account away and sign it out"),
    ):
        command = commands.add_parser(name, help=does, description=does)
        command.add_argument("name", metavar="NAME")
        if name != "remove-user":
            command.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
        if name == "add-user":
            does = "what it may do (default: administer for the first account, look for others)"
            command.add_argument("--role", choices=list(Role), metavar="ROLE", help=does)
    does = f"let an account do more or less: {', '.join(Role)}, each with all that the one before may"
    command = commands.add_parser("set-role", help=does, description=does)
    command.add_argument("name", metavar="NAME")
    command.add_argument("role", choices=list(Role), metavar="ROLE")
    command.add_argument(
        "--sign-on", action="store_true", help="NAME comes from the single sign-on, though an account is called so too"
    )
    commands.add_parser("list-users", help="name all accounts with their roles")
    command = commands.add_parser("add-key", help="make a key for a program and print it, this once")
    command.add_argument("name", metavar="NAME")
    command = commands.add_parser("remove-key", help="take a key away")
    command.add_argument("name", metavar="NAME")
    commands.add_parser("list-keys", help="name all keys")
    does = "many people asking a running service at once: seconds to the first words, faults, memory"
    command = commands.add_parser("load", help=does, description=does)
    command.add_argument(
        "--url", default="http://127.0.0.1:7860", help="the service, on this machine (default %(default)s)"
    )
    command.add_argument(
        "--people", type=int, default=50, metavar="N", help="who ask at the same time (default %(default)s)"
    )
    command.add_argument(
        "--each", type=int, default=3, metavar="N", help="questions of each of them (default %(default)s)"
    )
    command.add_argument(
        "--pause",
        type=float,
        default=20.0,
        metavar="S",
        help="seconds from question to question; 0: no rest (default %(default)s)",
    )
    command.add_argument(
        "--questions", type=Path, metavar="FILE", help="question set to ask from (default: the page's examples)"
    )
    command.add_argument("--json", action="store_true", help="print the numbers for machines")
    _add_migrate(commands)
    commands.add_parser("mcp", help="serve the MCP tools over standard input and output")
    commands.add_parser("wecom", help="answer as the WeCom bot of the settings, until stopped")
    return parser.parse_args(given)


def _add_migrate(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:  # pyright: ignore[reportPrivateUsage] argparse names its type so
    does = "bring the tables of POLICYQA_DATABASE_URL up to date, or move POLICYQA_HOME into a database or back"
    command = commands.add_parser("migrate", help=does, description=does)
    what = command.add_mutually_exclusive_group()
    what.add_argument("--check", action="store_true", help="only say how the tables stand; status 1 when not current")
    does = "copy POLICYQA_HOME into an empty database (default: that of the setting)"
    what.add_argument("--to", nargs="?", const="", metavar="URL", help=does)
    does = "copy a database into an empty POLICYQA_HOME (default: that of the setting)"
    what.add_argument("--from", dest="out_of", nargs="?", const="", metavar="URL", help=does)


def asked_password(from_stdin: bool) -> str:
    """The new password, from a pipe or twice from the terminal. Raises UnusableInput."""
    if from_stdin:
        return checked_password(sys.stdin.readline().rstrip("\r\n"))
    if not sys.stdin.isatty():
        raise UnusableInput("web.no_terminal")
    password = checked_password(getpass.getpass("Password: "))
    if getpass.getpass("The same again: ") != password:
        raise UnusableInput("web.two_passwords_differ")
    return password


def load(given: argparse.Namespace) -> int:
    """Make load and report it; 1 when a question was not answered. Raises PolicyQAError."""
    report = make_load(given.url, Crowd(given.people, given.each, given.pause), questions_of(given.questions))
    print(json.dumps(report.numbers()) if given.json else "\n".join(report.lines()))
    return 1 if report.faults else 0


def serve(command: str, settings: WebSettings) -> int:
    """Answer through a door of its own until it is stopped or closed. Raises PolicyQAError."""
    from web.api.own_service import own_service  # the models are loaded for these two commands only

    if command == "mcp":
        from web.mcp.tools import tool_server

        signal.signal(signal.SIGINT, signal.SIG_DFL)  # the SDK would first wait for a line that nobody sends
        with own_service(settings) as service:
            tool_server(service).run("stdio")
        return 0
    from web.channels.wecom import WeCom

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a supervisor stops it as Ctrl-C does, at any time
    _show_the_channels_log()
    channel = WeCom.of(settings)
    with suppress(KeyboardInterrupt), own_service(settings) as service:
        asyncio.run(_answer_until_stopped(channel, service))
    return 0


def _show_the_channels_log() -> None:
    """Show when the bot is connected and when it is not; of others only what is wrong."""
    shown = logging.getLogger("web.channels")
    shown.setLevel(logging.INFO)
    shown.addHandler(logging.StreamHandler())
    shown.propagate = False


async def _answer_until_stopped(channel: Channel, service: AnswerService) -> None:
    from web.channels.answering import answer_until_ended
    from web.server.ending import LastCall

    stopped, last_call = asyncio.Event(), LastCall(lambda: 0, ENDS_WITHIN_S)

    def stop() -> None:
        stopped.set()
        last_call.ask()

    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop)
    await answer_until_ended(channel, service, stopped)


def run(given: argparse.Namespace, settings: WebSettings) -> None:
    """Do what the command says. Raises PolicyQAError."""
    if given.command.endswith(("-key", "-keys")):
        _run_keys(given, settings)
        return
    database = database_at(settings.database_url)
    kept = Accounts(settings.home / accounts.FILE, sign_on=bool(settings.staff_header), database=database)
    log = log_in(settings.home, database)
    match given.command:
        case "add-user":
            if checked_name(given.name) in kept.names():
                raise UnusableInput("web.account_is_there", name=given.name)
            has_one = Role.ADMINISTER in kept.roles().values()
            role = Role(given.role or (Role.LOOK if has_one else Role.ADMINISTER))
            kept.add(given.name, asked_password(given.password_stdin), role)
            log.note(ON_THE_SERVER, "user_added", given.name, role=role)
        case "set-role":
            is_account = given.name in kept.names() or not settings.staff_header
            by = "password" if is_account and not given.sign_on else "header"
            kept.set_role(given.name, Role(given.role), by)
            log.note(ON_THE_SERVER, "role_set", given.name, role=given.role)
        case "set-password":
            kept.set_password(given.name, asked_password(given.password_stdin))
            log.note(ON_THE_SERVER, "password_set", given.name)
        case "remove-user":
            kept.remove(given.name)
            log.note(ON_THE_SERVER, "user_removed", given.name)
        case _:
            lines = [f"{name}\t{role}" for name, role in kept.roles().items()]
            lines += [f"{name}\t{role}\tsingle sign-on" for name, role in kept.roles("header").items()]
            print("\n".join(lines) or "no accounts yet")


def _run_keys(given: argparse.Namespace, settings: WebSettings) -> None:
    database = database_at(settings.database_url)
    kept = ApiKeys(settings.api_keys_file or settings.home / api_keys.FILE, database)
    log = log_in(settings.home, database)
    match given.command:
        case "add-key":
            key = kept.add(checked_name(given.name))
            log.note(ON_THE_SERVER, "key_added", given.name)
            print(key)
            print("This key is shown only now. Programs send it as 'Authorization: Bearer KEY'.", file=sys.stderr)
        case "remove-key":
            kept.remove(given.name)
            log.note(ON_THE_SERVER, "key_removed", given.name)
        case _:
            print("\n".join(kept.names()) or "no keys yet: programs need none")


def main(given: list[str] | None = None) -> int:
    """Returns the exit status: 0, 1 when load made faults or tables are not current, or 2 when it could not be done."""
    try:
        wanted = arguments(given)
        if wanted.command == "load":
            return load(wanted)
        settings = WebSettings()  # pyright: ignore[reportCallIssue] fields have defaults
        if wanted.command == "migrate":
            status, lines = migrate(wanted, settings)
            print("\n".join(lines))
            return status
        if wanted.command in ("mcp", "wecom"):
            return serve(wanted.command, settings)
        run(wanted, settings)
    except ValidationError as error:
        print(wrong_setting(error), file=sys.stderr)
        return 2
    except PolicyQAError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
