"""Which two versions are held side by side: what serves, one kept, the delivered folder, or a draft."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.corpus.draft import draft_folder, drafts
from ingest.corpus.versions import published_over, read_published, version_folder
from ingest.errors import DraftUnusable

SERVING, DELIVERED = "serving", "delivered"


@dataclass(frozen=True, slots=True)
class Edition:
    """One that can be chosen: how an address names it, how a page does, and where it lies."""

    key: str
    called: str
    folder: Path


def editions(corpus: Path, home: Path, t: Callable[..., str]) -> list[Edition]:
    """Everything that can be chosen: what serves first, then drafts and kept versions, the newest first. Raises CorpusUnusable."""
    published, kept = published_over(corpus, home), read_published(home)
    found = [] if published else [Edition(SERVING, t("as_serving"), corpus)]
    for version in reversed(kept.versions if kept else ()):
        serves = published is not None and version.id == published.serving
        at = version.made_at.astimezone().strftime("%Y-%m-%d %H:%M")
        called = t("as_version", at=at, who=version.who, note=version.note) if version.who else t("as_found", at=at)
        one = Edition(
            SERVING if serves else f"version:{version.id}",
            f"{t('as_serving')} · {called}" if serves else called,
            version_folder(home, version),
        )
        found = [one, *found] if serves else [*found, one]
    being_made = [
        Edition(
            f"draft:{draft.id}",
            t("as_draft", who=draft.who, at=draft.made_at.astimezone().strftime("%Y-%m-%d %H:%M")),
            draft_folder(home, draft),
        )
        for draft in drafts(home)
    ]
    delivered = [Edition(DELIVERED, t("as_delivered"), corpus)] if published else []
    return [*found[:1], *being_made, *found[1:], *delivered]


def chosen(known: list[Edition], before: str, after: str) -> tuple[Edition, Edition | None]:
    """The two that are asked for: else what serves, and the newest draft or the version before.

    The second is None when there is none to hold beside. Raises DraftUnusable for one that is not there (any more).
    """
    other = next((one for one in known[1:] if not before or one.key != before), None)
    first = _find(known, before) if before else known[0]
    if after:
        return first, _find(known, after)
    if other is not None and not before and not other.key.startswith("draft:"):
        return other, first  # a version that is kept was before the one that serves
    return first, other


def _find(known: list[Edition], key: str) -> Edition:
    found = next((one for one in known if one.key == key), None)
    if found is None or not found.folder.is_dir():
        raise DraftUnusable("web.no_such_version")
    return found
