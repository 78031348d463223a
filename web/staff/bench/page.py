"""The bench: one question, its answer, how the answer came about, and a test case made of it.

Whatever is changed here is changed in a copy of the bot for one asking; nothing asked here is kept in the records.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import QueryParams

from bot.pipeline import PolicyBot
from bot.records.types import Feedback
from bot.trace import Trace, trace
from bot.types import Answer, Citation
from eval.sets.feedback_cases import answer_points
from eval.sets.question_sets import append_case, free_id, question_sets
from index.scoring.fusion import WEIGHTS
from index.store.store import RANKERS
from ingest.errors import EvaluationUnusable
from ingest.types import Clause, Corpus
from web.answers.cards import clause_href, marked_paragraphs
from web.answers.service_view import service_views
from web.staff.bench.case_form import (
    DECLINES,
    FILLED,
    WRONG,
    CaseFault,
    CaseForm,
    case_of,
    emptied_of,
    filled_by,
    read_case_form,
)
from web.staff.bench.form import BenchForm, form_of_turn, read_form
from web.staff.complaints.declined import SETTLING, settle_by_case
from web.staff.shell.charts import Bar, bars_chart
from web.staff.shell.office import Office
from web.staff.shell.words import namer
from web.texts import level_name

DEFAULT_SET = "staff"
CLAUSES_OFFERED = 12  # as evidence: those cited and the first hits
SENTENCES_SHOWN = 20  # candidates, the best first
MILLISECONDS = 1000.0


@dataclass(frozen=True, slots=True)
class Offered:
    """A clause that may be marked as evidence."""

    clause: Clause
    document: str
    cited: bool


def bench_routes(office: Office) -> APIRouter:
    """``/staff/bench`` and ``/staff/bench/case``."""
    routes = APIRouter()

    @routes.get("/staff/bench")
    def bench(request: Request) -> HTMLResponse:
        form, said = _form(office, request.query_params)
        told, whole_ms = _tested(office, form)
        draft = _draft(told, said, filled=request.query_params.get("fill") == FILLED)
        return _page(office, request, form, told, draft, whole_ms=whole_ms)

    @routes.post("/staff/bench/case")
    async def case(request: Request) -> Response:
        account = office.signed_in(request)
        given = await office.checked_form(request)
        draft = read_case_form(given)
        form, _ = _form(office, QueryParams(parse_qsl(str(given.get("asked", "")), keep_blank_values=True)))
        return await run_in_threadpool(_keep, office, request, form, draft, account.name)

    _ = (bench, case)  # registered by the decorators
    return routes


def _keep(office: Office, request: Request, form: BenchForm, draft: CaseForm, who: str) -> Response:
    """Keep the case and lead back to the bench; a page that says what is wrong, with everything as it was filled in."""
    told, whole_ms = _tested(office, form)
    if told is None:
        return _page(office, request, form, None, draft)
    home, corpus = office.settings.home, office.door.bot.corpus
    name = draft.set_name or DEFAULT_SET
    t = office.t(request, "bench")
    if draft.verdict == WRONG and draft.filled:
        emptied = emptied_of(draft, filled_by(told.answer, _cited(told.answer)))
        return _page(office, request, form, told, emptied, fault=t("fault_filled"), whole_ms=whole_ms)
    try:
        identity = free_id(home, f"bench-{office.today():%Y%m%d}")
        made = case_of(draft, identity, told.question, told.answer, who, corpus)
        append_case(home, name, made, corpus)
    except CaseFault as fault:
        return _page(office, request, form, told, draft, fault=t(fault.key, about=fault.about), whole_ms=whole_ms)
    except EvaluationUnusable as fault:
        return _page(office, request, form, told, draft, fault=office.told(request, fault), whole_ms=whole_ms)
    office.audit.note(who, "case_added", identity, set=name, question=told.question.last)
    if form.record and office.may(request, SETTLING):
        settle_by_case(office, form.record, f"{name}/{identity}", who)
    root = request.scope.get("root_path", "")
    kept = urlencode({"kept": identity, "kept_in": name})
    return RedirectResponse(f"{root}/staff/bench?{form.address()}&{kept}#kept", 303)


def _form(office: Office, params: QueryParams) -> tuple[BenchForm, Feedback | None]:
    """The test asked for, and what was said of the kept turn it comes from."""
    form = read_form(params, office.today(), WEIGHTS)
    if not form.record or office.records is None:
        return form, None
    turn = office.records.turn(form.record)
    said = office.records.feedback_on(form.record) if turn else None
    return (form_of_turn(turn) if turn is not None and not form.question else form), said


def _tested(office: Office, form: BenchForm) -> tuple[Trace | None, float]:
    """What came of the test; None when nothing was asked or the bot is not one that can be looked into."""
    bot = office.door.bot
    if not form.asks or not isinstance(bot, PolicyBot):
        return None, 0.0
    started = time.perf_counter()
    told = trace(bot, form.to_ask(), form.changes())
    return told, (time.perf_counter() - started) * MILLISECONDS


def _draft(told: Trace | None, said: Feedback | None, *, filled: bool) -> CaseForm:
    """The form as it is first offered: empty until somebody says that the answer is right, which fills it in.

    Of a complaint there stands what the person said, and nothing of the answer that was complained of.
    """
    if told is None:
        return CaseForm()
    if filled:
        return filled_by(told.answer, _cited(told.answer))
    if said is not None and said.complains:
        points = answer_points(said.correction)
        note = " · ".join(part for part in (said.reason, said.words.strip()) if part)
        return CaseForm(verdict=WRONG, quotes=dict.fromkeys(said.clauses, ""), points="\n".join(points), note=note)
    return CaseForm()


def _cited(answer: Answer) -> dict[str, str]:
    """The clauses an answer rests on, with the words quoted of each."""
    return {citation.clause.id: _quoted(citation) for citation in answer.citations if citation.why != "nearest"}


def _quoted(citation: Citation) -> str:
    """The words quoted of a clause, when they are one piece."""
    return citation.quotes[0].of(citation.clause.text).strip() if len(citation.quotes) == 1 else ""


def _offered(told: Trace, draft: CaseForm, corpus: Corpus) -> list[Offered]:
    """The clauses cited, marked and found, each once."""
    cited = {citation.clause.id: citation.clause for citation in told.answer.citations}
    marked = {id: corpus.clause_by_id[id] for id in draft.quotes or {} if id in corpus.clause_by_id}
    found = {hit.hit.clause.id: hit.hit.clause for hit in told.hits[:CLAUSES_OFFERED]}
    every = list({**cited, **marked, **found}.values())
    return [Offered(clause, corpus.document_of(clause).title, clause.id in cited) for clause in every]


def _page(
    office: Office,
    request: Request,
    form: BenchForm,
    told: Trace | None,
    draft: CaseForm,
    *,
    fault: str = "",
    whole_ms: float = 0.0,
) -> HTMLResponse:
    bot, tongue = office.door.bot, office.tongue(request)
    corpus = bot.corpus
    t = office.t(request, "bench")
    return office.page(
        request,
        "bench.html",
        422 if fault else 200,
        form=form,
        told=told,
        service=service_views(told.answer) if told else [],
        draft=draft,
        fault=fault,
        corpus=corpus,
        levels=list(dict.fromkeys(document.level for document in corpus.documents if document.level)),
        level_name=partial(level_name, tongue=tongue),
        rankers=[ranker.name for ranker in RANKERS],
        served=WEIGHTS,
        served_k=office.settings.top_k,
        has_model=isinstance(bot, PolicyBot) and bot.writer is not None,
        traceable=isinstance(bot, PolicyBot),
        offered=_offered(told, draft, corpus) if told else [],
        sentences_shown=SENTENCES_SHOWN,
        sets=[one.name for one in question_sets(office.settings.home) if one.writable],
        default_set=DEFAULT_SET,
        declines=list(DECLINES),
        filling=f"{form.address()}&fill={FILLED}",
        filled=filled_by(told.answer, _cited(told.answer)) if told and draft.filled else None,
        named=namer("bench", tongue),
        clause_href=clause_href,
        marked_paragraphs=marked_paragraphs,
        times=_times(told, whole_ms, t) if told else "",
        whole_ms=whole_ms,
        kept=request.query_params.get("kept", ""),
        kept_in=request.query_params.get("kept_in", ""),
    )


def _times(told: Trace, whole_ms: float, t: Callable[..., str]) -> Any:
    bars = [Bar(t(f"step_{step.value}"), spent, words=f"{spent:,.1f} ms") for step, spent in told.milliseconds.items()]
    return bars_chart(bars, t("times"), longest=max(told.total_ms, whole_ms))
