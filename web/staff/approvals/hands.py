"""Whose hands a draft has gone through, as the log of changes tells: none of them approves it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from ingest.corpus.draft import Draft
from web.staff.shell.audit_log import ChangeLog

# What is noted of a draft and leaves it as it is; whatever else is noted is a change, as of kinds that are yet to come.
NO_CHANGES = frozenset(
    {
        *(f"approval_{what}" for what in ("asked", "given", "refused")),
        *(
            f"corpus_{what}"
            for what in ("publishing", "published", "questions_published", "publishing_failed", "publishing_stopped")
        ),
    }
)


def changed_by(log: ChangeLog) -> Mapping[str, frozenset[str]]:
    """The accounts that changed something, by the id of the draft. Raises AuditUnusable."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for entry in log.entries():
        if entry.what not in NO_CHANGES and (draft := entry.details.get("draft")):
            found[draft].add(entry.who)
    return {draft: frozenset(names) for draft, names in found.items()}


def hands_of(draft: Draft, changed: Mapping[str, frozenset[str]], asked_by: str = "") -> frozenset[str]:
    """Who began a draft, who changed it and who asked for its approval."""
    return changed.get(draft.id, frozenset[str]()) | {draft.who, *([asked_by] if asked_by else [])}
