"""What every staff page is handed, and the two questions each asks first: who is this, and is the form ours."""

from __future__ import annotations

import secrets
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from http import HTTPStatus
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import urlencode, urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import ClientDisconnect

from bot.records.store import Records
from eval.runs.kept_runs import FOLDER as RUNS_FOLDER
from eval.sets.question_sets import FOLDER as SETS_FOLDER
from eval.sets.question_sets import PACKAGED
from ingest.database.database import Database
from ingest.errors import PolicyQAError
from web.answers.bot_pool import BotDoor
from web.answers.recording import Ledger
from web.http.guards import path_within, peer_of
from web.http.templates import page_templates
from web.replicas.replica import Replica
from web.settings import WebSettings
from web.staff.identity.accounts import LONGEST_NAME, Account, Accounts
from web.staff.identity.sessions import Sessions
from web.staff.shell.audit_log import ChangeLog
from web.staff.shell.jobs import Jobs
from web.staff.shell.needed_roles import Forbidden, needed_for
from web.staff.shell.reader_language import told
from web.staff.shell.shown_by_role import shown_to
from web.staff.shell.words import sayer
from web.texts import Tongue, level_name, tongue_wanted

SESSION_COOKIE = "pq_staff"
TONGUE_COOKIE = "pq_staff_lang"
A_YEAR_S = 365 * 24 * 3600
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
FREEING = ("/delete", "/discard", "/forget", "/cancel")  # ends of addresses that make room, and so need none


class SignInNeeded(PolicyQAError):
    """Nobody is signed in."""

    def __init__(self) -> None:
        super().__init__("web.sign_in_first")


class FormRefused(PolicyQAError):
    """A request that changes something did not come from a page of ours."""

    def __init__(self) -> None:
        super().__init__("web.form_refused")


@dataclass(frozen=True)
class Office:
    """What the staff pages work with."""

    door: BotDoor
    settings: WebSettings
    today: Callable[[], date]
    records: Records | None
    accounts: Accounts
    sessions: Sessions
    audit: ChangeLog
    jobs: Jobs
    pages: tuple[str, ...] = ()  # names of the pages in the order of the navigation
    templates: Environment = field(default_factory=page_templates, repr=False)
    ledger: Ledger = field(default_factory=Ledger)  # keeps the public answers in ``records``
    database: Database | None = None  # what all this lies in; None: files and this process
    replica: Replica | None = None  # where others publish, too

    def visitor(self, request: Request) -> Account | None:
        """Who is signed in, by a header of the single sign-on or by a session; None for nobody."""
        name = self.header_name(request)
        if name:
            return Account(name, "header", self.accounts.role(name, "header"))
        session = self.sessions.find(request.cookies.get(SESSION_COOKIE, ""))
        if session is None or self.accounts.stamp(session.account.name) != session.stamp:
            return None  # signed out, or the password was changed, or the account was taken away
        return replace(session.account, role=self.accounts.role(session.account.name))

    def header_name(self, request: Request) -> str:
        """The name that a trusted proxy gives in the header of the settings; empty when none is to be believed."""
        header = self.settings.staff_header
        if not header or not _is_trusted(peer_of(request.scope), self.settings.trusted_proxies):
            return ""
        given = [value for key, value in request.headers.raw if key.decode("latin-1").lower() == header.lower()]
        if len(given) != 1:  # a second one may be the visitor's own
            return ""
        name = given[0].decode("utf-8", "replace").strip()
        return name if name.isprintable() and len(name) <= LONGEST_NAME else ""

    def signed_in(self, request: Request) -> Account:
        """Who is signed in. Raises SignInNeeded, which becomes the login page or, for programs, a 401."""
        account = self.visitor(request)
        if account is None:
            raise SignInNeeded
        return account

    async def _who(self, request: Request) -> Account:
        """The same in an event loop, which must not wait for a database."""
        return self.signed_in(request) if self.database is None else await run_in_threadpool(self.signed_in, request)

    def may(self, request: Request, route: str) -> bool:
        """Whether who is signed in has the role for a route, as ``POST /staff/glossary/row``."""
        account = self.visitor(request)
        return account is not None and account.role.reaches(needed_for(route))

    def csrf(self, request: Request) -> str:
        """The word that forms of this visitor carry in the field ``csrf``, scripts in the header ``X-CSRF``."""
        return self.sessions.csrf(self._bearer(request))

    def _bearer(self, request: Request) -> str:
        name = self.header_name(request)
        return f"header:{name}" if name else request.cookies.get(SESSION_COOKIE, "")

    async def checked_form(self, request: Request) -> FormData:
        """The form, when it came from a page of ours. Raises SignInNeeded, FormRefused."""
        await self._who(request)
        if not is_own_origin(request):
            raise FormRefused
        given = request.headers.get("x-csrf")
        try:
            form = FormData() if given is not None and not _has_form(request) else await request.form()
        except ClientDisconnect as error:  # stopped while a file was being sent: nobody reads the reply
            raise FormRefused from error
        word = given if given is not None else str(form.get("csrf", ""))
        if not self.sessions.is_csrf(self._bearer(request), word):
            await form.close()
            raise FormRefused
        return form

    async def guard(self, request: Request) -> AsyncGenerator[None]:
        """Stands around every staff route: signed in, in a role that may do it, and nothing changes without a form of ours and room to note it.

        Files of the form are closed when the route is done.
        """
        needed = needed_for(f"{request.method} {request.scope['route'].path}".replace("HEAD ", "GET ", 1))
        if not (await self._who(request)).role.reaches(needed):
            raise Forbidden(needed)
        if request.method in SAFE_METHODS:
            yield
            return
        form = await self.checked_form(request)
        try:
            makes_room = request.url.path.endswith(FREEING)
            if not makes_room:
                await run_in_threadpool(self.audit.check_room)
            yield
            if makes_room and self.audit.standing():
                await run_in_threadpool(self.audit.make_ready)
        finally:
            await form.close()

    def tongue(self, request: Request) -> Tongue:
        """``?lang=``, else what was last chosen, else the browser's language."""
        asked = request.query_params.get("lang") or request.cookies.get(TONGUE_COOKIE)
        return tongue_wanted(asked, request.headers.get("accept-language"))

    def t(self, request: Request, page: str) -> Callable[..., str]:
        """The words of a page in the visitor's language, for texts made outside of templates."""
        return sayer(page, self.tongue(request))

    def told(self, request: Request, fault: PolicyQAError | str) -> str:
        """A fault, or what is said of one, as a page of this visitor shows it: in its language, without our folders."""
        home = self.settings.home
        roots = [
            (home, "POLICYQA_HOME"),
            (self.settings.corpus, "POLICYQA_CORPUS"),
            (home / SETS_FOLDER, "POLICYQA_HOME"),
            (home / RUNS_FOLDER, "POLICYQA_HOME"),
            (PACKAGED, PACKAGED.name),
            (PACKAGED.parents[1], "PolicyQA"),
        ]
        return told(fault.sentence if isinstance(fault, PolicyQAError) else fault, self.tongue(request), roots)

    def pages_of(self, request: Request) -> list[str]:
        """The pages that who is signed in may read."""
        return [name for name in self.pages if self.may(request, f"GET /staff/{name}")]

    def page(self, request: Request, template: str, status: int = 200, **context: Any) -> HTMLResponse:
        """A page from ``web/templates/staff``.

        Its words are those of ``web/staff/words/<name>.toml``, the name being the template's up to ``_`` or ``.``:
        ``records_turn.html`` speaks with ``records.toml``.
        """
        tongue = self.tongue(request)
        other: Tongue = "zh" if tongue == "en" else "en"
        t = sayer(template.partition(".")[0].partition("_")[0], tongue)
        away = status == HTTPStatus.SERVICE_UNAVAILABLE  # then nobody can be looked up
        account, root = None if away else self.visitor(request), str(request.scope.get("root_path", ""))
        given = {
            "root": root,
            "here": path_within(request.scope),
            "tongue": tongue,
            "other": other,
            "other_address": "?" + urlencode([*_without_lang(request), ("lang", other)]),
            "t": t,
            "account": account,
            "csrf": self.csrf(request) if account else "",
            "nav": [
                (f"/staff/{name}", sayer(name, tongue)("nav")) for name in (self.pages_of(request) if account else ())
            ],
            "bureau": self.settings.bureau_en if tongue == "en" else self.settings.bureau_zh,
            "as_of": self.today(),
            "level_called": partial(level_name, tongue=tongue),
            "log_standing": self.audit.standing() if account else "",
        }
        body = self.templates.get_template(f"staff/{template}").render({**given, **context})
        if account:
            body = shown_to(account.role, body, root)
        reply = HTMLResponse(body, status_code=status)
        if request.query_params.get("lang") in ("zh", "en"):
            path = f"{request.scope.get('root_path', '')}/staff"
            reply.set_cookie(TONGUE_COOKIE, tongue, A_YEAR_S, path=path, httponly=True, samesite="strict")
        return reply


def is_own_origin(request: Request) -> bool:
    """Whether a request was sent by a page of this very site, as far as the browser tells.

    Browsers tell by ``Sec-Fetch-Site`` over HTTPS and by ``Origin`` everywhere; programs by neither.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin")
    if origin is None:
        return True
    parts = urlsplit(origin)
    default = ":443" if parts.scheme == "https" else ":80"
    return parts.netloc.removesuffix(default) == request.headers.get("host", "").removesuffix(default)


def own_path(wanted: str, otherwise: str = "/staff") -> str:
    """A path of the staff area to go on to; anything else, above all another site, becomes ``otherwise``."""
    parts = urlsplit(wanted)
    plain = wanted.isprintable() and "\\" not in wanted and not parts.scheme and not parts.netloc
    steps = parts.path.split("/")
    inside = wanted.startswith("/staff") and steps[:2] == ["", "staff"] and not {"..", ".", ""} & set(steps[2:-1])
    return wanted if plain and inside and steps[-1] not in ("..", ".") and "%" not in parts.path else otherwise


def new_form_word() -> str:
    """A random word for the login form, which has no session yet."""
    return secrets.token_urlsafe(24)


def _without_lang(request: Request) -> list[tuple[str, str]]:
    return [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]


def _has_form(request: Request) -> bool:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    return kind in ("application/x-www-form-urlencoded", "multipart/form-data")


def _is_trusted(peer: str, proxies: str) -> bool:
    """Whether the machine that opened the connection is one of the named proxies (addresses or networks)."""
    try:
        address = ip_address(peer)
        return any(address in ip_network(proxy.strip(), strict=False) for proxy in proxies.split(",") if proxy.strip())
    except ValueError:  # not an address; WebSettings sees to it that the proxies are
        return False
