"""A question that names its document is answered from it."""

from __future__ import annotations

from bot.understand.documents_asked import documents_asked
from ingest.types import Corpus


def test_a_document_is_named_by_its_number_or_its_whole_title(corpus: Corpus) -> None:
    numbered = next(document for document in corpus.documents if document.number and "405" in document.number)
    assert documents_asked("内工信经运字〔2022〕405号从啥时候开始执行", corpus) == {numbered.id}
    assert documents_asked(f"《{numbered.title}》什么时候施行", corpus) == {numbered.id}


def test_a_piece_of_a_title_names_none(corpus: Corpus) -> None:
    assert documents_asked("《若干措施》里人才怎么认定", corpus) == frozenset()
    assert documents_asked("电价多少", corpus) == frozenset()
