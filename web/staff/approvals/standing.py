"""How the approval of a draft stands, as other pages say it: the page of the draft, and the first page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import Request

from ingest.corpus.draft import Draft
from web.staff.approvals.approval import Approval, Standing, approval_of, standing_of, state_of
from web.staff.approvals.page import DECIDE, HOME, PAGE, asked_for
from web.staff.shell.office import Office


@dataclass(frozen=True, slots=True)
class Panel:
    """What the page of a draft says of its approval."""

    t: Callable[..., str]
    standing: Standing
    approval: Approval | None
    state: str
    path: str  # where to ask
    home: str

    @property
    def allows(self) -> bool:
        """Whether the draft may be published."""
        return self.standing is Standing.APPROVED


def panel_of(office: Office, request: Request, draft: Draft) -> Panel | None:
    """None where publishing asks for no approval."""
    corpus, home = office.settings.corpus, office.settings.home
    if not office.settings.approval:
        return None
    return Panel(
        office.t(request, PAGE),
        standing_of(corpus, home, draft),
        approval_of(home, draft),
        state_of(corpus, home, draft),
        f"{HOME}/{draft.id}/ask",
        HOME,
    )


def waiting_words(office: Office, request: Request) -> list[tuple[str, str]]:
    """What the first page says: sentences with where they lead, for whoever reads it."""
    if not office.settings.approval:
        return []
    t, asked = office.t(request, PAGE), asked_for(office, request)
    own = [one for one in asked if one.own]
    waiting = sum(one.standing is Standing.WAITING and not one.barred for one in asked)
    counts = {
        "start_waiting": waiting if office.may(request, DECIDE) else 0,
        "start_approved": sum(one.standing is Standing.APPROVED for one in own),
        "start_refused": sum(one.standing is Standing.REFUSED for one in own),
        "start_changed": sum(one.standing is Standing.CHANGED for one in own),
    }
    return [(t(key, n=count), HOME) for key, count in counts.items() if count]
