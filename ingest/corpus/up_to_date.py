"""Brings a draft up to date on the version that was published since it was begun."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ingest.corpus.draft import ABOUT, Draft, draft_folder, draft_place, incoming, is_outdated
from ingest.corpus.load import source_files
from ingest.corpus.merging import Choice, Plan, Side, files_of, plan_of
from ingest.corpus.versions import (
    copy_corpus,
    file_digests,
    published_over,
    read_published,
    serving_folder,
    version_folder,
)
from ingest.errors import ChangedMeanwhile, DraftUnusable


def sides_of(corpus: Path, home: Path, draft: Draft) -> tuple[Side, Side, Side]:
    """What the draft was begun over, the draft, and what serves today. Raises CorpusUnusable."""
    ours, theirs = draft_folder(home, draft), serving_folder(corpus, home)
    return _begun_over(corpus, home, draft), Side(ours, file_digests(ours)), Side(theirs, file_digests(theirs))


def _begun_over(corpus: Path, home: Path, draft: Draft) -> Side:
    published = read_published(home)
    for version in published.versions if published else ():
        folder = version_folder(home, version)
        is_it = version.id == draft.over or (
            not draft.over and not version.who and dict(version.delivered) == dict(draft.delivered)
        )
        if is_it and folder.is_dir():
            return Side(folder, file_digests(folder))
    if draft.over:  # not kept any more: of nothing is it known which side changed it
        return Side(None, {})
    now = file_digests(corpus) if corpus.is_dir() else {}
    return Side(corpus if now == dict(draft.delivered) else None, dict(draft.delivered))


def plan_for(corpus: Path, home: Path, draft: Draft) -> Plan:
    """What bringing a draft up to date means. Raises CorpusUnusable."""
    return plan_of(*sides_of(corpus, home, draft))


def bring_up_to_date(
    corpus: Path,
    home: Path,
    draft: Draft,
    choices: Mapping[str, Choice],
    opened: tuple[str, str],
    check: Callable[[Path], None],
) -> Draft:
    """The draft with what was published, over the version that serves today.

    ``opened`` are the digests (see :func:`state_of`) of the draft and of what served when the choices were made; raises
    ChangedMeanwhile when either is another. ``check`` raises for a corpus folder that could not serve; the draft is then
    as it was. Raises DraftUnusable for a conflict without a choice, or when nothing of the corpus would be left.
    """
    if not is_outdated(corpus, home, draft):
        raise DraftUnusable("ingest.draft_is_up_to_date")
    before, ours, theirs = sides_of(corpus, home, draft)
    if opened != (state_of(ours), state_of(theirs)):
        raise ChangedMeanwhile
    plan = plan_of(before, ours, theirs)
    if any(conflict.key not in choices for conflict in plan.conflicts):
        raise DraftUnusable("ingest.conflict_not_chosen")
    made = files_of(plan, before, ours, theirs, choices)
    folder = draft_folder(home, draft)
    try:
        with incoming(home, draft) as aside:
            copy_corpus(folder, aside)
            _put(made, aside)
            if not any(source_files(aside)):
                raise DraftUnusable("ingest.no_file_would_be_left")
            check(aside)
            if file_digests(folder) != ours.digests:
                raise ChangedMeanwhile
            for name, content in made.items():
                if content is None:
                    (folder / name).unlink(missing_ok=True)
                else:
                    (folder / name).parent.mkdir(parents=True, exist_ok=True)
                    (aside / name).replace(folder / name)
        return _over_what_serves(corpus, home, draft)
    except OSError as error:
        raise DraftUnusable("ingest.draft_not_brought_up", reason=error.strerror or error) from error


def state_of(side: Side) -> str:
    """Of all files of a side: another one means other conflicts."""
    return str(sorted(side.digests.items()))


def _put(made: Mapping[str, bytes | None], folder: Path) -> None:
    for name, content in made.items():
        path = folder / name
        if content is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def _over_what_serves(corpus: Path, home: Path, draft: Draft) -> Draft:
    """The draft as one that was begun today; written last, so that what breaks off before can be done again."""
    published = published_over(corpus, home)
    over = published.serving if published else ""
    delivered = (
        published.version(over).delivered
        if published and not draft.from_delivered
        else draft.delivered
        if published
        else file_digests(corpus)
    )
    made = draft.model_copy(update={"over": over, "delivered": dict(delivered)})
    place = draft_place(home, draft)
    aside = place / f".{ABOUT}"
    aside.write_text(made.model_dump_json(indent=2) + "\n", encoding="utf-8")
    aside.replace(place / ABOUT)
    return made
