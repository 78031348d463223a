"""Reading a draft for the records that it puts out of use: in the background, as its texts may be many."""

from __future__ import annotations

from fastapi import Request

from ingest.corpus.draft import Draft, draft_folder
from ingest.corpus.load import load_corpus
from ingest.errors import DraftUnusable, PolicyQAError
from web.staff.approvals.falling import FallingPanel, falling_out, falling_panel, keep_falling, state_of_both
from web.staff.corpus.publishing import Publishing
from web.staff.shell.jobs import Job, Progress

CHECK = "corpus-records"  # kind of job
PATIENCE_S = 3.0  # what is read by then is shown at once


def checked_falling(publishing: Publishing, request: Request, draft: Draft) -> FallingPanel | None:
    """What a draft puts out of use; found now where nobody has looked yet, and told as unknown while that lasts."""
    office = publishing.office
    panel = falling_panel(office, request, draft)
    if panel is None or panel.found is not None:
        return panel
    try:
        job = office.jobs.running(CHECK) or _check(publishing, draft, office.signed_in(request).name)
    except PolicyQAError as error:  # another one began in this moment, or there is no thread for it
        return falling_panel(office, request, draft, office.told(request, error))
    job.wait(PATIENCE_S)
    return falling_panel(office, request, draft, office.told(request, job.error) if job.error else "")


def _check(publishing: Publishing, draft: Draft, who: str) -> Job:
    """Start looking; the page of the draft is the result."""
    home, serving = publishing.home, publishing.office.door.bot.corpus

    def work(progress: Progress) -> str:
        progress.step(0, 1)
        of = state_of_both(home, draft, serving)
        trial = publishing.trial(draft)
        after = trial.corpus if trial else load_corpus(draft_folder(home, draft), publishing.limits)
        progress.step(1, 1)
        try:
            keep_falling(home, draft, falling_out(serving, after, of))
        except OSError as error:
            raise DraftUnusable("web.approval_cannot_be_kept", reason=error.strerror or error) from error
        return f"/staff/corpus/drafts/{draft.id}"

    return publishing.office.jobs.start(CHECK, who, work)
