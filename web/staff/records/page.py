"""The records page: what was asked, declined and thumbed down; one question looked at; the unanswered ones grouped."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool

from bot.pipeline import PolicyBot
from bot.records.queries import Opinion, Topic, by_day, by_topic, first_instant, lines_of, page_of, tally, whole_turns
from bot.records.store import Records
from bot.records.types import Turn
from bot.suggest.question_groups import group_questions
from bot.types import Language, Reason
from ingest.errors import RecordsUnusable
from ingest.sentences import in_language
from web.answers.cards import clause_href
from web.staff.records import view as view
from web.staff.records.form import STATUSES, read_records_form, unanswered_of
from web.staff.shell.csv_file import csv_stream
from web.staff.shell.days import day_of
from web.staff.shell.office import Office
from web.staff.shell.words import namer
from web.texts import TEXTS

HOME = "/staff/records"
PAGE = "records"
MOST_TOPICS = 10  # bars of a chart
MOST_DOCUMENTS = 200  # offered as a filter
MOST_GROUPED = 2000  # declined questions, the newest
MOST_GROUPS = 100
LONGEST_COUNT = 8  # digits of how many were deleted
JUST_ASKED_S = 0.5  # for what was asked a moment ago to be written
REFUSED = 422
MOST_EXPORTED = 100_000  # rows; spreadsheets open a million, but nobody reads them


def records_routes(office: Office) -> APIRouter:
    """``/staff/records``, its table, its unanswered questions, and one record."""
    routes = APIRouter()

    @routes.get(HOME)
    def overview(request: Request, older: str = "", newer: str = "") -> HTMLResponse:
        return _overview(office, request, older, newer)

    @routes.get(f"{HOME}.csv")
    def table(request: Request) -> Response:
        records, t = _records(office), office.t(request, PAGE)
        form = read_records_form(request.query_params, office.today())
        turns = islice(whole_turns(records, form.wanted), MOST_EXPORTED)
        rows = view.csv_rows(turns, t, namer(PAGE, office.tongue(request)))
        name = f"records-{office.today().isoformat()}.csv"
        office.audit.check_room()
        office.audit.note(office.signed_in(request).name, "records_exported", form.address())
        return csv_stream(name, [t(f"csv_{key}") for key in view.CSV_HEAD], rows)

    @routes.get(f"{HOME}/unanswered")
    def unanswered(request: Request) -> HTMLResponse:
        return _unanswered(office, request)

    @routes.post(f"{HOME}/forget")
    async def forget_before(request: Request) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(_forget_before, office, request, str(form.get("before", "")))

    @routes.get(HOME + "/{identity}")
    def show(request: Request, identity: str) -> HTMLResponse:
        return _turn_page(office, request, _turn(office, identity))

    @routes.post(HOME + "/{identity}/forget")
    async def forget(request: Request, identity: str) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(_forget, office, request, identity, whole=bool(form.get("conversation")))

    _ = (overview, table, unanswered, forget_before, show, forget)  # registered by the decorators
    return routes


def _records(office: Office) -> Records:
    """The records. Raises HTTPException when none are kept."""
    if office.records is None:
        raise HTTPException(404, "Not Found")
    return office.records


def _turn(office: Office, identity: str) -> Turn:
    turn = _records(office).turn(identity)
    if turn is None:
        raise HTTPException(404, "Not Found")
    return turn


def _overview(
    office: Office, request: Request, older: str = "", newer: str = "", status: int = 200, fault: str = ""
) -> HTMLResponse:
    records, tongue = office.records, office.tongue(request)
    if records is None:
        return office.page(request, "records.html", kept=False)
    office.ledger.settle(JUST_ASKED_S)
    unusable, shown = "", dict[str, Any]()
    try:
        with suppress(RecordsUnusable):  # what cannot be written just now can still be read
            records.forget_old(datetime.now(UTC))  # nobody may have asked anything for days
        shown = _shown(office, request, records, older, newer)
    except RecordsUnusable as error:
        unusable = office.told(request, error)
    keeping = office.ledger.keeping()
    return office.page(
        request,
        "records.html",
        status,
        kept=True,
        fault=fault,
        unusable=unusable,
        keeping=keeping,
        why=in_language(keeping.why, tongue),
        forgotten=_whole(request.query_params.get("forgotten", "")),
        keep_days=records.keep_days,
        **shown,
    )


def _shown(office: Office, request: Request, records: Records, older: str, newer: str) -> dict[str, Any]:
    """What is read out of the records for the first page. Raises RecordsUnusable."""
    t = office.t(request, PAGE)
    form = read_records_form(request.query_params, office.today())
    named = namer(PAGE, office.tongue(request))
    root = request.scope.get("root_path", "")
    days = by_day(records, form.wanted)
    topics = [(topic, by_topic(records, form.wanted, topic, MOST_TOPICS)) for topic in view.TOPICS]
    documents = by_topic(records, read_records_form({"first": "", "last": ""}, office.today()).wanted, Topic.DOCUMENT, MOST_DOCUMENTS)  # fmt: skip

    def link(field: str, value: str) -> str:
        return f"{root}{HOME}?{form.address(**{field: value})}#list"

    return {
        "form": form,
        "tally": tally(records, form.wanted),
        "days": view.days_chart(days, t) if any(said.asked for _, said in days) else "",
        "unit": view.days_unit(days),
        "topics": [
            (t(f"topic_{topic.value}"), view.topic_chart(topic, rows, t, named, link))
            for topic, rows in topics
            if any(value for value, _ in rows)
        ],
        "lines": page_of(records, form.wanted, older, newer),
        "statuses": STATUSES,
        "reasons": [reason.value for reason in Reason],
        "opinions": [opinion.value for opinion in Opinion],
        "languages": [language.value for language in Language],
        "documents": [value for value, _ in documents if value],
        "named": named,
        "local": view.local,
    }


def _unanswered(office: Office, request: Request) -> HTMLResponse:
    records, bot = _records(office), office.door.bot
    form = unanswered_of(read_records_form(request.query_params, office.today()))
    lines = lines_of(records, form.wanted, MOST_GROUPED)
    encoder = bot.clause_index.encoder.encode_queries if isinstance(bot, PolicyBot) else None
    groups = group_questions(view.asked_of(lines), encoder)
    return office.page(
        request,
        "records_unanswered.html",
        form=form,
        asked=len(lines),
        is_cut=len(lines) == MOST_GROUPED,
        most=MOST_GROUPED,
        groups=view.unanswered(groups[:MOST_GROUPS], {line.id: line for line in lines}),
        left_out=max(0, len(groups) - MOST_GROUPS),
        reasons=[reason.value for reason in Reason],
        named=namer(PAGE, office.tongue(request)),
        local=view.local,
    )


def _turn_page(office: Office, request: Request, turn: Turn) -> HTMLResponse:
    records, tongue = _records(office), office.tongue(request)
    corpus = office.door.bot.corpus
    cited = {str(one["clause_id"]) for one in turn.answer.get("citations", ())}
    said = records.feedback_on(turn.id)
    reason = TEXTS.get(f"reason_{said.reason}") if said else None
    return office.page(
        request,
        "records_turn.html",
        turn=turn,
        answer=turn.answer,
        said=said,
        said_reason=getattr(reason, tongue) if reason else said.reason if said else "",
        others=[one for one in records.turns_of_conversation(turn.conversation) if one.id != turn.id],
        places={one: clause_href(corpus.clause_by_id[one]) for one in cited if one in corpus.clause_by_id},
        named=namer(PAGE, tongue),
        local=view.local,
    )


def _forget(office: Office, request: Request, identity: str, *, whole: bool) -> Response:
    """Forget one question, or all of its conversation; the log says that, and not what was asked."""
    records, turn = _records(office), _turn(office, identity)
    everything = records.turns_of_conversation(turn.conversation) if whole else []
    count = max(1, len(everything))
    office.audit.note_deletion(office.signed_in(request).name, "record_forgotten", turn.id, questions=str(count))
    if everything:
        records.forget_conversation(turn.conversation)
    else:
        records.forget_turn(turn.id)
    return _forgotten(request, count)


def _forget_before(office: Office, request: Request, before: str) -> Response:
    """Forget everything asked before a day, and give its room back to the disk."""
    records = _records(office)
    day = day_of(before)
    if day is None:
        return _overview(office, request, status=REFUSED, fault=office.t(request, PAGE)("no_day"))
    office.audit.note_deletion(office.signed_in(request).name, "records_forgotten", day.isoformat())
    return _forgotten(request, records.forget_before(first_instant(day)))


def _forgotten(request: Request, count: int) -> Response:
    return RedirectResponse(f"{request.scope.get('root_path', '')}{HOME}?forgotten={count}", 303)


def _whole(given: str) -> int:
    return int(given) if given.isascii() and given.isdigit() and len(given) < LONGEST_COUNT else 0
