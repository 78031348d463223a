"""The page of the questions of a draft: write them, take what its clauses suggest, run them, see green or red."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from bot.pipeline import PolicyBot
from eval.cases.case_files import load_cases
from eval.cases.cases import Case
from eval.scoring.scoring import Yardstick
from eval.sets.check import fault_of
from eval.sets.draft_questions import (
    Run,
    keep_run,
    kept_run,
    outcomes_now,
    put_questions,
    read_questions,
    remove_question,
    run_questions,
    taken_over,
    with_places,
    write_questions,
)
from eval.sets.question_sets import case_mark, check_name, question_set, question_sets
from ingest.corpus.draft import Draft, draft_folder, draft_place, open_draft
from ingest.corpus.versions import serving_folder
from ingest.editions.types import Edition
from ingest.errors import DraftUnusable, EvaluationUnusable, PolicyQAError
from ingest.sentences import Sentence
from ingest.types import Corpus
from web.staff.bench.case_form import DECLINES
from web.staff.compare.aligning import compared
from web.staff.corpus.addresses import HOME, draft_path, to
from web.staff.corpus.page import CorpusPages
from web.staff.corpus.publishing import worded_by_rules
from web.staff.evaluation.case_edit_form import CaseEdit, CaseEditFaults, case_of_edit, edit_of, read_case_edit
from web.staff.questions.suggesting import Suggestion, suggestions
from web.staff.service.form import DraftTexts
from web.staff.shell.edits import CONFLICT, OPENED, Clash, clash_over, is_changed, sides_of
from web.staff.shell.jobs import Job, Progress
from web.staff.shell.office import Office
from web.staff.shell.words import sayer

BASE = HOME + "/drafts/{identifier}/questions"
RUN = "draft-questions"  # kind of job
REFUSED = 422
SIDES = ("turns", "kind", "evidence", "answer", "must_not", "note")
CHANGES = frozenset(f"corpus_question_{what}" for what in ("added", "changed", "deleted"))


def question_routes(office: Office, corpus_pages: CorpusPages) -> APIRouter:
    """``/staff/corpus/drafts/{id}/questions`` and what is done there."""
    routes = APIRouter()
    pages = QuestionPages(office, corpus_pages)

    @routes.get(BASE)
    def questions(request: Request, identifier: str, edit: str = "", job: str = "", kept: str = "") -> HTMLResponse:
        return pages.show(request, pages.draft(identifier), editing=edit, job=job, kept=kept)

    @routes.post(BASE + "/case")
    async def save(request: Request, identifier: str) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(pages.save, request, pages.draft(identifier), form)

    @routes.post(BASE + "/take")
    async def take(request: Request, identifier: str) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(pages.take, request, pages.draft(identifier), form)

    @routes.post(BASE + "/mend")
    async def mend(request: Request, identifier: str) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(pages.mend, request, pages.draft(identifier), form)

    @routes.post(BASE + "/delete")
    async def delete(request: Request, identifier: str) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(pages.delete, request, pages.draft(identifier), form)

    @routes.post(BASE + "/set")
    async def name_set(request: Request, identifier: str) -> Response:
        form = await office.checked_form(request)
        return await run_in_threadpool(pages.name_set, request, pages.draft(identifier), form)

    @routes.post(BASE + "/run")
    async def run(request: Request, identifier: str) -> Response:
        await office.checked_form(request)
        job = await run_in_threadpool(pages.run, request, pages.draft(identifier))
        return to(request, f"{BASE.format(identifier=identifier)}?job={job.id}")

    _ = (questions, save, take, mend, delete, name_set, run)  # registered by the decorators
    return routes


class QuestionPages:
    """What the routes do, apart from how they are reached."""

    def __init__(self, office: Office, corpus_pages: CorpusPages) -> None:
        self.office = office
        self.publishing = corpus_pages.publishing
        self._one_change = threading.Lock()  # the file is read, changed and written
        self._texts = DraftTexts()
        self._suggested: tuple[tuple[str, str], list[Suggestion]] | None = None  # by the digests of both corpora

    def draft(self, identifier: str) -> Draft:
        """The draft of an address. Raises DraftUnusable."""
        return open_draft(self.publishing.home, identifier)

    def show(
        self,
        request: Request,
        draft: Draft,
        *,
        editing: str = "",
        job: str = "",
        kept: str = "",
        edit: CaseEdit | None = None,
        faults: Sequence[PolicyQAError | str] = (),
        clash: Clash | None = None,
        set_name: str | None = None,
    ) -> HTMLResponse:
        """The questions with what came of them, the form, and what the clauses suggest; ``edit`` is as it was typed."""
        place, t = draft_place(self.publishing.home, draft), self.office.t(request, "questions")
        known, run = read_questions(place), kept_run(place)
        outcomes = outcomes_now(known, run, self.publishing.fingerprint(draft))
        edited = known.find(editing) if editing else None
        corpus = self._corpus(draft)
        taken = {case.turns for case in known.cases}
        running, stick = self.office.jobs.running(RUN), Yardstick(corpus)
        lost = {case.id: fault for case in known.cases if (fault := fault_of(case, stick))}
        return self.office.page(
            request,
            "questions.html",
            CONFLICT if clash else REFUSED if faults else 200,
            draft=draft,
            base=draft_path(draft),
            rows=[(case, outcomes.get(case.id), case_mark(case)) for case in known.cases],
            instead=known.instead,
            shipped={one.name for one in question_sets(self.publishing.home) if not one.writable},
            updated="updated" in request.query_params,
            lost={identity: self.office.told(request, fault) for identity, fault in lost.items()},
            green=sum(one.right is True for one in outcomes.values()),
            red=sum(one.right is not True for one in outcomes.values()),
            run=run,
            set_name=set_name if set_name is not None else known.set_name or t("default_set"),
            edited=edited,
            opened=case_mark(edited) if edited else "",
            edit=edit or (edit_of(edited) if edited else edit_of(Case("", ()))),
            declines=list(DECLINES),
            suggested=[one for one in self._suggestions(corpus) if one.case.turns not in taken],
            faults=[self.office.told(request, fault) for fault in faults],
            clash=clash,
            kept=kept,
            job=running.id if running else job if self.office.jobs.find(job) else "",
        )

    def save(self, request: Request, draft: Draft, form: FormData) -> Response:
        """Keep a question; the form comes back, filled, with all that is wrong."""
        old, edit = str(form.get("old", "")), read_case_edit(form)
        place = draft_place(self.publishing.home, draft)
        with self._one_change:
            now = read_questions(place).find(old) if old else None
            is_clash = bool(old) and is_changed(str(form.get(OPENED, "")), case_mark(now) if now else "gone")
            if is_clash and not (now and edit_of(now).shown() == edit.shown()):
                return self.show(
                    request, draft, editing=old, edit=edit, clash=self._clash(request, draft, old, now, edit)
                )
            try:
                case = self._sound(edit, draft, now)
                (made,) = put_questions(place, [case], old if now else "")
            except CaseEditFaults as fault:
                return self.show(request, draft, editing=old, edit=edit, faults=fault.sentences)
            except EvaluationUnusable as error:
                return self.show(request, draft, editing=old, edit=edit, faults=(error,))
            self._name_if_none(request, draft)
            self._note(request, "corpus_question_changed" if now else "corpus_question_added", made, draft)
        return self._back(request, draft, kept=made.id)

    def _sound(self, edit: CaseEdit, draft: Draft, now: Case | None) -> Case:
        """The question as it is kept. Raises CaseEditFaults for one that the draft's texts do not bear out."""
        stick = Yardstick(self._corpus(draft))
        fields = {**edit_of(now or Case("", ())).fields, **{k: v for k, v in edit.fields.items() if v or k in SIDES}}
        case = case_of_edit(replace(edit, fields={**fields, "id": now.id if now else "new"}), stick)
        if case.answerable and not case.answer:
            raise CaseEditFaults([Sentence("web.question_without_points")])
        if case.answerable and not case.evidence:
            raise CaseEditFaults([Sentence("web.question_without_evidence")])
        return with_places(case, stick)

    def take(self, request: Request, draft: Draft, form: FormData) -> Response:
        """Keep suggestions that were ticked, those that are still suggested by the texts as they are."""
        ticked = {str(value) for value in form.getlist("take")}
        if not ticked:
            return self.show(request, draft, faults=(Sentence("web.no_suggestion_ticked"),))
        place = draft_place(self.publishing.home, draft)
        with self._one_change:
            taken = {case.turns for case in read_questions(place).cases}
            wanted = [one.case for one in self._suggestions(self._corpus(draft)) if one.case.turns[0] in ticked]
            wanted = [case for case in wanted if case.turns not in taken]
            try:
                made = put_questions(place, wanted) if wanted else []
            except EvaluationUnusable as error:
                return self.show(request, draft, faults=(error,))
            self._name_if_none(request, draft)
            for case in made:
                self._note(request, "corpus_question_added", case, draft)
        return self._back(request, draft)

    def mend(self, request: Request, draft: Draft, form: FormData) -> Response:
        """Take over a question of a set that the draft makes wrong, to be changed with it."""
        home, place = self.publishing.home, draft_place(self.publishing.home, draft)
        name, identity = str(form.get("set", "")), str(form.get("id", ""))
        with self._one_change:
            try:
                of = question_set(home, name)
                case = next((one for one in load_cases([of.path]) if one.id == identity), None)
                if case is None:
                    raise EvaluationUnusable("web.question_is_gone", set=name, id=identity)
                made = taken_over(place, of, case, Yardstick(self._corpus(draft)))
            except EvaluationUnusable as error:
                return self.show(request, draft, faults=(error,))
            self._name_if_none(request, draft)
            self._note(request, "corpus_question_added", made, draft)
        return to(request, f"{BASE.format(identifier=draft.id)}?edit={made.id}#form")

    def delete(self, request: Request, draft: Draft, form: FormData) -> Response:
        """Take a question out, unless somebody else has changed it since it was shown."""
        identity, opened = str(form.get("id", "")), str(form.get(OPENED, ""))
        place = draft_place(self.publishing.home, draft)
        with self._one_change:
            now = read_questions(place).find(identity)
            if now is not None and is_changed(opened, case_mark(now)):
                return self.show(request, draft, clash=self._clash(request, draft, identity, now, None))
            if now is not None:  # gone already: nothing is left to do
                remove_question(place, identity)
                who = self.office.signed_in(request).name
                self.office.audit.note_deletion(
                    who, "corpus_question_deleted", now.turns[-1], draft=draft.id, id=now.id
                )
        return self._back(request, draft)

    def name_set(self, request: Request, draft: Draft, form: FormData) -> Response:
        """Say which set the questions go to."""
        name, place = str(form.get("set", "")).strip(), draft_place(self.publishing.home, draft)
        with self._one_change:
            try:
                check_name(self.publishing.home, name)
                write_questions(place, replace(read_questions(place), set_name=name))
            except EvaluationUnusable as error:
                return self.show(request, draft, faults=(error,), set_name=name)
            who = self.office.signed_in(request).name
            self.office.audit.note(who, "corpus_questions_set", name, draft=draft.id)
        return self._back(request, draft)

    def run(self, request: Request, draft: Draft) -> Job:
        """Start asking the draft all its questions. Raises DraftUnusable when there are none."""
        place, t = draft_place(self.publishing.home, draft), self.office.t(request, "questions")
        if not read_questions(place).cases:
            raise DraftUnusable("web.draft_without_questions")

        def work(progress: Progress) -> str:
            cases, fingerprint = read_questions(place).cases, self.publishing.fingerprint(draft)
            trial = self.publishing.made_trial(
                draft, lambda done, total, stage: progress.step(done, total, t(f"step_{stage}"))
            )
            bot = worded_by_rules(trial)
            asked = run_questions(
                cases,
                bot.ask,
                bot.corpus,
                self.office.today(),
                lambda done, total: progress.step(done, total, t("step_ask")),
            )
            open_draft(self.publishing.home, draft.id)  # thrown away meanwhile: there is nowhere to keep it
            keep_run(place, Run(fingerprint, datetime.now(UTC), asked))
            return BASE.format(identifier=draft.id)

        return self.office.jobs.start(RUN, self.office.signed_in(request).name, work)

    def _suggestions(self, corpus: Corpus) -> list[Suggestion]:
        serving = self._texts.of(
            serving_folder(self.publishing.corpus, self.publishing.home),
            self.office.door.bot.corpus,
            self.publishing.limits,
        )
        key, made = (serving.digest, corpus.digest), self._suggested
        if made is None or made[0] != key:
            bot = self.office.door.bot
            edition = bot.edition if isinstance(bot, PolicyBot) else Edition()
            pairs = compared(serving, corpus)
            self._suggested = made = key, suggestions(pairs, corpus, edition, sayer("questions", "zh"))
        return made[1]

    def _corpus(self, draft: Draft) -> Corpus:
        folder = draft_folder(self.publishing.home, draft)
        return self._texts.of(folder, self.office.door.bot.corpus, self.publishing.limits)

    def _name_if_none(self, request: Request, draft: Draft) -> None:
        place = draft_place(self.publishing.home, draft)
        known = read_questions(place)
        if not known.set_name:
            name = self.office.t(request, "questions")("default_set")
            write_questions(place, replace(known, set_name=name))

    def _clash(self, request: Request, draft: Draft, identity: str, now: Case | None, edit: CaseEdit | None) -> Clash:
        t = self.office.t(request, "questions")
        words = {field: t(f"field_{field}") for field in SIDES}
        return clash_over(
            self.office.audit,
            lambda entry: (
                entry.what in CHANGES and (entry.details.get("draft"), entry.details.get("id")) == (draft.id, identity)
            ),
            sides_of(words, edit_of(now).shown() if now else {}, edit.shown()) if edit else (),
            gone=now is None,
        )

    def _note(self, request: Request, what: str, case: Case, draft: Draft) -> None:
        who = self.office.signed_in(request).name
        self.office.audit.note(who, what, case.turns[-1], draft=draft.id, id=case.id)

    def _back(self, request: Request, draft: Draft, kept: str = "") -> Response:
        return to(request, BASE.format(identifier=draft.id) + (f"?kept={kept}" if kept else ""))
