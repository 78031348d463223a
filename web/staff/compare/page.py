"""The page that holds two versions side by side: which documents differ, and one of them clause by clause."""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from ingest.errors import PolicyQAError
from ingest.types import Clause, Corpus
from web.staff.compare.aligning import DocumentPair, Kind, compared
from web.staff.compare.editions import Edition, chosen, editions
from web.staff.compare.word_marks import marked_words
from web.staff.corpus.page import CorpusPages
from web.staff.service.form import DraftTexts
from web.staff.shell.office import Office

HOME = "/staff/corpus/compare"
CLAUSES_A_PAGE = 40
SHOWN = (Kind.CHANGED, Kind.NEW, Kind.GONE, Kind.MOVED, Kind.RENUMBERED)  # in this order where only these are shown
REFUSED = 422


def compare_routes(office: Office, pages: CorpusPages) -> APIRouter:
    """``/staff/corpus/compare``."""
    routes = APIRouter()
    page = ComparePage(office, pages)

    @routes.get(HOME)
    def compare(
        request: Request, before: str = "", after: str = "", document: str = "", all: str = "", page_no: int = 1
    ) -> HTMLResponse:
        return page.show(request, before, after, document, everything=bool(all), page_no=page_no)

    _ = compare  # registered by the decorator
    return routes


class ComparePage:
    """What the route does, apart from how it is reached."""

    def __init__(self, office: Office, pages: CorpusPages) -> None:
        self.office = office
        self.limits = pages.publishing.limits
        self._texts = DraftTexts()
        self._kept: tuple[tuple[str, str], list[DocumentPair]] | None = None  # what was compared last, by its digests

    def show(
        self, request: Request, before: str, after: str, document: str, *, everything: bool, page_no: int
    ) -> HTMLResponse:
        """Both versions; ``document`` is the id of the one to be read clause by clause."""
        settings, t = self.office.settings, self.office.t(request, "compare")
        known = editions(settings.corpus, settings.home, t)
        old, new, pairs, fault = known[0], None, list[DocumentPair](), ""
        try:
            old, new = chosen(known, before, after)
            pairs = self._pairs(old, new) if new and old.key != new.key else []
        except PolicyQAError as error:
            fault = self.office.told(request, error)
        different = [pair for pair in pairs if pair.differs]
        opened = next((pair for pair in different if pair.document.id == document), None)
        if opened is None and len(different) == 1:
            opened = different[0]
        return self.office.page(
            request,
            "compare.html",
            REFUSED if fault else 200,
            fault=fault,
            known=known,
            old=old,
            new=new,
            different=different,
            documents=len(pairs),
            counts=Counter(one.kind for pair in pairs for one in pair.pairs),
            shown=SHOWN,
            opened=opened,
            everything=everything,
            **(self._clauses(opened, page_no, everything=everything) if opened else {}),
        )

    def _clauses(self, opened: DocumentPair, page_no: int, *, everything: bool) -> dict[str, object]:
        """One page of the clauses of a document, each with its words marked."""
        wanted = opened.pairs if everything else sorted(opened.different, key=lambda one: SHOWN.index(one.kind))
        last = max(1, -(-len(wanted) // CLAUSES_A_PAGE))
        page_no = min(max(1, page_no), last)
        some = wanted[(page_no - 1) * CLAUSES_A_PAGE : page_no * CLAUSES_A_PAGE]
        clauses = [(one, *marked_words(_text(one.before), _text(one.after))) for one in some]
        return {"clauses": clauses, "page_no": page_no, "last": last, "count": len(wanted)}

    def _pairs(self, old: Edition, new: Edition) -> list[DocumentPair]:
        first, second = self._corpus(old), self._corpus(new)
        key, kept = (first.digest, second.digest), self._kept
        if kept is None or kept[0] != key:
            self._kept = kept = key, compared(first, second)
        return kept[1]

    def _corpus(self, edition: Edition) -> Corpus:
        return self._texts.of(edition.folder, self.office.door.bot.corpus, self.limits)


def _text(clause: Clause | None) -> str:
    return clause.text if clause else ""
