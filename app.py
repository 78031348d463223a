"""Starts the service: settings → bot → pages. See ``python app.py --help``."""

from __future__ import annotations

import argparse
import gc
import os
import socket
import sys
from contextlib import ExitStack
from datetime import date
from typing import TYPE_CHECKING

from pydantic import ValidationError

from ingest.command_line import wrong_setting
from ingest.errors import PolicyQAError, ServiceUnavailable

if TYPE_CHECKING:
    from bot.pipeline import PolicyBot
    from web.replicas.replica import Replica
    from web.settings import WebSettings

# Unless these stand before its import, Gradio asks two hosts for its version and for telemetry: nothing may leave here.
OFFLINE = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
# It also keeps its last 10,000 events and sums them all up after each one, for a page of its own that is closed here.
UNCOUNTED = {"GRADIO_ANALYTICS_MAX_EVENTS": "1", "GRADIO_ANALYTICS_CACHE_FREQUENCY": "1000000000"}


def arguments(given: list[str] | None = None) -> argparse.Namespace:
    """The command line; what is left out comes from the settings."""
    parser = argparse.ArgumentParser(
        prog="python app.py",
        description="Serve the investment policy Q&A page and its HTTP interface.",
        epilog="All settings are POLICYQA_* variables (also in .env, see docs/settings.md); HOST and PORT are read as "
        "well. As a systemd service, behind nginx with HTTPS, under a path, in a container: docs/deployment.md.",
    )
    parser.add_argument("--host", help="address to listen on (default 127.0.0.1; 0.0.0.0 opens it to the network)")
    parser.add_argument("--port", type=int, help="port to listen on (default 7860; 0 takes any free one)")
    parser.add_argument("--root-path", help="path prefix that a proxy strips, as /zc")
    return parser.parse_args(given)


def settings_from(given: argparse.Namespace) -> WebSettings:
    """Settings from the environment, what the command line says going first."""
    from web.settings import WebSettings

    said = {"host": given.host, "port": given.port, "root_path": given.root_path}
    return WebSettings(**{name: value for name, value in said.items() if value is not None})


def bound_socket(host: str, port: int) -> socket.socket:
    """The socket to serve on, taken before anything slow begins. Raises ServiceUnavailable when it is not free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        reason = error.strerror or str(error)
        raise ServiceUnavailable("web.cannot_listen", host=host, port=port, reason=reason) from error
    return listener


def serve(settings: WebSettings, listener: socket.socket) -> int:
    """Serve until stopped. The page is there at once; the bot is loaded meanwhile, and its failure ends the service."""
    import uvicorn

    from bot.records.store import Records
    from web.answers.record_keeper import LOCK_WAIT_S
    from web.http.metrics import MeasuredDoor, Meter
    from web.replicas.replica import replica_of
    from web.server.admission import Admission, connections_allowed
    from web.server.connections import Deadlines
    from web.server.database_at_start import shared_database
    from web.server.ending import LastCall
    from web.server.quiet_log import keep_quiet
    from web.server.server import LEFT_S, DoorRules, Server
    from web.service import build_service
    from web.staff.pages import open_office
    from web.staff.reminders.postman import Postman

    rules = DoorRules(
        Admission(connections_allowed(settings.max_connections), settings.trusted_proxies),
        Deadlines(settings.request_seconds, settings.reply_seconds),
    )
    meter = Meter()
    door = MeasuredDoor(settings.answers_at_once, meter)
    database = shared_database(settings.database_url)
    records = Records(settings.home, settings.keep_records_days, LOCK_WAIT_S, database) if settings.records else None
    replica = replica_of(settings, database, door, lambda: meter.background_failed("follow-versions"))
    office = open_office(door, settings, date.today, records, database, replica)
    office.ledger.start()
    office.audit.make_ready()
    closing = ExitStack()  # whatever has to end with the service, child processes above all, is named here
    closing.callback(office.jobs.close)
    closing.callback(Postman(office).start().close)
    config = uvicorn.Config(
        build_service(door, settings, office=office, meter=meter),
        root_path=settings.root_path,
        proxy_headers=False,  # the service's own guards see to them
        server_header=False,
        ws="none",
        timeout_graceful_shutdown=LEFT_S,
        log_level="warning",
    )
    keep_quiet()
    server = Server(config, rules, closing, meter.connection_ended)
    server.last_call = LastCall(lambda: server.status)
    meter.connections.set_function(lambda: len(server.present))

    def stop_for(error: PolicyQAError) -> None:
        server.stop(2)
        print(error, file=sys.stderr, flush=True)

    door.open_in_background(lambda: _opened(settings, replica), stop_for)
    host, port = listener.getsockname()[:2]
    print(f"PolicyQA: http://{host}:{port}{settings.root_path}/  (Ctrl+C stops it)", flush=True)
    server.run(sockets=[listener])
    gc.freeze()  # at its end Python would look at each object of the models several times: seconds for nothing
    return server.status


def _opened(settings: WebSettings, replica: Replica | None) -> PolicyBot:
    """The bot, ready to answer; files of the corpus that are left out are named on standard error."""
    from bot.pipeline import PolicyBot
    from ingest.output.report import name_left_out

    bot = PolicyBot.open(settings) if replica is None else replica.follower.open(settings)
    name_left_out(bot.corpus)
    return bot.warmed()


def main(given: list[str] | None = None) -> int:
    """Returns the exit status: 0, or 2 when the service cannot run as it is set up."""
    os.environ.update(OFFLINE | UNCOUNTED)
    try:
        settings = settings_from(arguments(given))
        os.environ.setdefault("GRADIO_TEMP_DIR", str(settings.home / "gradio"))
        with bound_socket(settings.host, settings.port) as listener:
            return serve(settings, listener)
    except (PolicyQAError, ValidationError) as error:
        print(wrong_setting(error) if isinstance(error, ValidationError) else error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
