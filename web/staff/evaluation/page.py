"""Measuring as a page: choose question sets, run them with the served bot, look at what came out, compare two runs."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from bot.pipeline import PolicyBot
from eval.measured_run import measure
from eval.reports.xlsx import results_workbook
from eval.runs.kept_runs import KeptRun, kept_run, kept_runs, new_run_folder, remove_run
from eval.runs.run_folder import Run, read_run
from eval.runs.token_cost import token_cost_text
from eval.sets.question_sets import question_sets, set_mark
from eval.studies.compare import compare, read_compared, read_thresholds
from ingest.errors import EvaluationUnusable, ServiceUnavailable
from web.staff.evaluation import view as view
from web.staff.evaluation.case_pages import case_routes
from web.staff.evaluation.form import NotUnderstood, WantedRun, read_run_form
from web.staff.evaluation.question_sets import TEMPLATE, attachment, sets_routes, template
from web.staff.evaluation.upload import ENDINGS
from web.staff.shell.edits import Clash
from web.staff.shell.jobs import Cancelled, Progress
from web.staff.shell.office import Office

KIND = "evaluation"
MOST_LISTED = 50  # runs on the page; older ones stay in their folders
MOST_CHANGED = 100  # questions that moved, on the page of a comparison
REFUSED = 422
DOWNLOADS = {"report.html": "text/html", "report.md": "text/markdown", "results.jsonl": "application/x-ndjson", "summary.json": "application/json"}  # fmt: skip
WORKBOOK = "results.xlsx"


def evaluation_routes(office: Office) -> APIRouter:
    """``/staff/evaluation`` with its runs and its question sets."""
    routes = APIRouter()

    @routes.get("/staff/evaluation")
    def overview(request: Request) -> HTMLResponse:
        return overview_page(office, request)

    @routes.post("/staff/evaluation/run")
    async def start(request: Request) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(_started, office, request, form)

    @routes.get(TEMPLATE)
    def empty_set(request: Request) -> Response:
        return template(office, request)

    routes.include_router(_runs_routes(office))
    routes.include_router(case_routes(office))
    routes.include_router(sets_routes(office, overview_page))
    _ = (overview, start, empty_set)  # registered by the decorators
    return routes


def _started(office: Office, request: Request, form: FormData) -> Response:
    """Start the run that the form describes; the first page with a sentence when it describes none."""
    home, t = office.settings.home, office.t(request, KIND)
    try:
        wanted = read_run_form(form, home, office.today())
    except NotUnderstood as fault:
        return overview_page(office, request, REFUSED, fault=t(str(fault)), form=form)
    except EvaluationUnusable as error:
        return overview_page(office, request, REFUSED, fault=error.sentence, form=form)
    who, bot = office.signed_in(request).name, _served(office)
    job = office.jobs.start(KIND, who, _work(home, bot, wanted, t))
    names = ", ".join(one.name for one in wanted.sets)
    office.audit.note(who, "run_started", names, questions=str(len(wanted.cases)), as_of=str(wanted.plan.as_of))
    return RedirectResponse(f"{_root(request)}/staff/evaluation?job={job.id}", 303)


def _runs_routes(office: Office) -> APIRouter:
    """What is below ``/staff/evaluation/runs``."""
    routes = APIRouter()
    home = office.settings.home

    @routes.get("/staff/evaluation/runs/{name}")
    def show(request: Request, name: str) -> HTMLResponse:
        return _run_page(office, request, _found(home, name))

    @routes.get("/staff/evaluation/runs/{name}/compare")
    def side_by_side(request: Request, name: str, earlier: str = "") -> HTMLResponse:
        return _comparison_page(office, request, _found(home, earlier), _found(home, name))

    @routes.get("/staff/evaluation/runs/{name}/files/{file}")
    def download(name: str, file: str) -> Response:
        run = _found(home, name)
        if file == WORKBOOK:
            return attachment(results_workbook(_read(run)), f"{name}-{file}", ENDINGS["xlsx"])
        path = run.folder.path / file
        if file not in DOWNLOADS or not path.is_file():
            raise HTTPException(404, "Not Found")
        return attachment(path.read_bytes(), f"{name}-{file}", DOWNLOADS[file])

    @routes.post("/staff/evaluation/runs/{name}/delete")
    def delete(request: Request, name: str) -> Response:
        run = _found(home, name)
        if not run.is_finished and office.jobs.running(KIND) is not None:
            return overview_page(office, request, REFUSED, fault=office.t(request, KIND)("still_running"))
        try:
            remove_run(home, name)
        except EvaluationUnusable as error:
            return overview_page(office, request, REFUSED, fault=error.sentence)
        office.audit.note_deletion(office.signed_in(request).name, "run_deleted", name)
        return RedirectResponse(f"{_root(request)}/staff/evaluation#runs", 303)

    _ = (show, side_by_side, download, delete)  # registered by the decorators
    return routes


def overview_page(
    office: Office,
    request: Request,
    status: int = 200,
    fault: str = "",
    form: FormData | None = None,
    clash: Clash | None = None,
    sent: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """The first page: what can be asked, what was asked before, and the question sets.

    ``form`` is a refused one of a run, ``sent`` what was filled in beside a file that was not kept.
    """
    home, tongue = office.settings.home, office.tongue(request)
    running = office.jobs.running(KIND)
    runs, sets = kept_runs(home), question_sets(home)
    return office.page(
        request,
        "evaluation.html",
        status,
        fault=office.told(request, fault),
        clash=clash,
        sent=sent or {},
        sets=sets,
        marks={one.name: set_mark(home, one.name) for one in sets if one.writable},
        chosen=[str(name) for name in form.getlist("set")] if form else [],
        given={key: str(form.get(key, "")) for key in ("as_of", "limit", "mode")} if form else {},
        has_model=bool(office.settings.chat_model),
        job=running.id if running else request.query_params.get("job", ""),
        runs=[(run, view.listed_figures(run)) for run in runs[:MOST_LISTED]],
        older=max(0, len(runs) - MOST_LISTED),
        columns=[view.metric_words(name, tongue) for name in view.LISTED],
        endings=tuple(ENDINGS),
    )


def _run_page(office: Office, request: Request, run: KeptRun) -> HTMLResponse:
    if not run.is_finished:
        raise HTTPException(404, "Not Found")
    tongue, t = office.tongue(request), office.t(request, KIND)
    others = [one for one in kept_runs(office.settings.home) if one.is_finished]
    try:
        wrong = view.wrong_questions(run, tongue)
    except EvaluationUnusable as error:
        raise HTTPException(404, error.sentence) from error
    return office.page(
        request,
        "evaluation_run.html",
        run=run,
        parts=view.figures(run, tongue),
        charts=view.groups_charts(run, t, tongue),
        history=view.history_chart(run, others, t, tongue, _root(request)),
        wrong=wrong[: view.MOST_WRONG],
        wrong_in_all=len(wrong),
        earlier=[one for one in others if (one.began, one.name) < (run.began, run.name)],
        spent=token_cost_text(run.about.get("model")),
        files=[*(file for file in DOWNLOADS if (run.folder.path / file).is_file()), WORKBOOK],
    )


def _comparison_page(office: Office, request: Request, before: KeptRun, after: KeptRun) -> HTMLResponse:
    tongue = office.tongue(request)
    try:
        sides = [read_compared(run.folder.path) for run in (before, after)]
        compared = compare(sides[0], sides[1], read_thresholds())
    except EvaluationUnusable as error:
        return office.page(request, "fault.html", REFUSED, sentence=office.told(request, error))
    changed = view.changed_questions(compared)
    return office.page(
        request,
        "evaluation_compare.html",
        before=before,
        after=after,
        compared=compared,
        rows=view.moved_rows(compared, tongue),
        changed=changed[:MOST_CHANGED],
        left_out=max(0, len(changed) - MOST_CHANGED),
    )


def _served(office: Office) -> PolicyBot:
    bot = office.door.bot
    if not isinstance(bot, PolicyBot):
        raise ServiceUnavailable("web.nothing_to_measure")
    return bot


def _work(home: Path, bot: PolicyBot, wanted: WantedRun, t: Callable[..., str]) -> Callable[[Progress], str]:
    def work(progress: Progress) -> str:
        folder = new_run_folder(home, datetime.now(UTC).astimezone())
        paths = [one.path for one in wanted.sets]
        try:
            measure(
                folder,
                paths,
                wanted.cases,
                bot,
                wanted.plan,
                ask_anew=wanted.ask_anew,
                watch=lambda done, total: progress.step(done, total, t("asking")),
            )
        except Cancelled:
            shutil.rmtree(folder.path, ignore_errors=True)  # half a run is no measurement
            raise
        return f"/staff/evaluation/runs/{folder.path.name}"

    return work


def _found(home: Path, name: str) -> KeptRun:
    try:
        return kept_run(home, name)
    except EvaluationUnusable as error:
        raise HTTPException(404, "Not Found") from error


def _read(run: KeptRun) -> Run:
    try:
        return read_run(run.folder.path)
    except EvaluationUnusable as error:
        raise HTTPException(404, "Not Found") from error


def _root(request: Request) -> str:
    return str(request.scope.get("root_path", ""))
