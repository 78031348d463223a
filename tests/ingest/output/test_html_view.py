"""The page for checking a new policy: everything on it, everything escaped, nothing from elsewhere."""

import re
from html import unescape

from ingest.corpus.load import load_file, segment
from ingest.output.html_view import source_page
from ingest.types import Corpus, SourceFile


def plain(page: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", page))


def test_every_clause_stands_on_the_page(compendium: Corpus) -> None:
    page = source_page(load_file(compendium.folder / compendium.sources[0].name))
    words = plain(page)
    assert all(clause.text in words for clause in compendium.clauses)
    assert all(f'id="{clause.id}"' in page for clause in compendium.clauses)


def test_facts_are_marked(compendium: Corpus) -> None:
    page = source_page(load_file(compendium.folder / compendium.sources[0].name))
    assert '<mark class="figure" title="3000000 元' in page
    assert 'class="department"' in page
    assert 'class="benefit"' in page
    assert 'class="validity"' in page


def test_markup_in_a_source_is_shown_as_text() -> None:
    text = "某某<script>alert(1)</script>办法\n第一条 给予<img src=x onerror=alert(1)>100万元。\n第三条规定的 `${x}` {{y}}\n"
    page = source_page(segment(SourceFile("<b>.txt", text, "0" * 64, "text")))
    assert "<script>" not in page
    assert "<img" not in page
    assert "&lt;b&gt;.txt" in page


def test_doubtful_places_are_named_with_their_line() -> None:
    page = source_page(segment(SourceFile("a.txt", "某某办法\n一、甲。\n二、乙。\n四、丁。\n", "0" * 64, "text")))
    assert "第 4 行：标题“四、”接在“2”之后" in page


def test_nothing_is_fetched_from_elsewhere(compendium: Corpus) -> None:
    page = source_page(load_file(compendium.folder / compendium.sources[0].name))
    assert not re.search(r'(?:src|href)="https?:', page)
