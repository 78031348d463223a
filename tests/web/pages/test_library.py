from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from fastapi.testclient import TestClient

from ingest.editions.types import Edition
from ingest.readers.dispatch import why_not_read
from ingest.types import Corpus, Heading
from tests.web.conftest import LittleBot
from web.answers.english_beside import EnglishBeside
from web.pages.library import blocks_of, find_clauses, outline, part_title

NO_ENGLISH = EnglishBeside(Edition(), "zh")
ZH = {"Accept-Language": "zh-CN,zh;q=0.9"}


class Reader(HTMLParser):
    """The tags, attribute names and text a browser would see."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.images: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            if tag == "img" and name == "src":
                self.images.append(value or "")
            if name in ("href", "src"):
                self.links.append(value or "")

    def handle_data(self, data: str) -> None:
        self.words += data


def test_the_outline_goes_by_part_and_level(corpus: Corpus) -> None:
    ((part, levels),) = outline(corpus)
    assert part == "第四篇 人才政策"
    assert [level for level, _ in levels] == ["市", "国家", "旗"]


def test_a_part_is_called_by_its_whole_heading(corpus: Corpus) -> None:
    heading = Heading("little.txt", (), "第四篇 人才培育和引进政策", "part", None)
    headed = replace(corpus, headings=(*corpus.headings, heading))
    assert part_title(headed, "第四篇") == "第四篇 人才培育和引进政策"
    assert part_title(headed, "第五篇") == "第五篇"


def test_the_full_document_marks_the_quoted_words_of_the_clause_it_was_opened_from(
    client: TestClient, corpus: Corpus
) -> None:
    clause = corpus.clauses[0]
    start = clause.text.index("分别给予300万元")
    address = f"/library/talent-30?from=talent-30%2F1-2&quoted={start}-{start + 10}.0-2"
    page = client.get(address, headers=ZH).text
    assert re.findall("<mark>(.*?)</mark>", page) == ["2.", "分别给予300万元、"]
    assert f"quoted={start}-{start + 10}.0-2&amp;lang=en" in page  # kept when the language is changed
    assert clause.text.replace("（一）", "").split("。")[0] in Reader(page).words.replace("（一）", "")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "quoted=0-5",
        "from=refund-2024%2F2&quoted=0-5",
        "from=talent-30%2F1-2&quoted=x<mark>",
        "from=talent-30%2F1-2",
    ],
)
def test_without_a_clause_and_places_nothing_is_marked(client: TestClient, query: str) -> None:
    reply = client.get(f"/library/talent-30?{query}", headers=ZH)
    assert reply.status_code == 200
    assert "<mark>" not in reply.text


def test_places_beyond_the_clause_mark_what_there_is(client: TestClient, corpus: Corpus) -> None:
    spelled = ".".join(f"{n}-{n + 1}" for n in range(0, 900_000, 500))  # too long an address is cut
    reply = client.get(f"/library/talent-30?from=talent-30%2F1-2&quoted=0-999999.{spelled}", headers=ZH)
    marked = "".join(re.findall("<mark>(.*?)</mark>", reply.text))
    assert marked == corpus.clauses[0].text


def test_every_document_is_listed_and_opens(client: TestClient, corpus: Corpus) -> None:
    page = Reader(client.get("/library", headers=ZH).text)
    for document in corpus.documents:
        assert document.title in page.words
        assert f"/library/{document.id}?lang=zh" in page.links
        assert client.get(f"/library/{document.id}").status_code == 200


def test_a_document_shows_facts_and_all_its_text_at_anchors(client: TestClient, corpus: Corpus) -> None:
    page = Reader(client.get("/library/talent-30", headers=ZH).text)
    assert "clause-talent-30/1-2" in page.ids
    for words in ("鄂尔多斯市人民政府", "鄂府发〔2023〕30号", "2023-06-01", "就高不重复", "未载明期限"):
        assert words in page.words
    assert "".join(corpus.clauses[0].text.split()) in "".join(page.words.split())


def test_blocks_stand_in_the_order_of_print(corpus: Corpus) -> None:
    assert [block.clause.id for block in blocks_of(corpus.documents[1], corpus) if block.clause] == ["refund-2024/2"]


@pytest.mark.parametrize(
    "path",
    [
        "/library",
        "/library/hostile",
        "/library?q=onerror",
        "/library?q=%3Cimg%20src%3Dx%3E",
        "/library?q=%22%3E%3Cscript%3E",
    ],
)
def test_hostile_text_stays_text(client: TestClient, path: str) -> None:
    page = Reader(client.get(path, headers=ZH).text)
    assert not page.tags & {"script", "iframe"}
    assert page.images == ["/ui/icon.svg"]
    assert not {name for name in page.attributes if name.startswith("on")}
    assert not [link for link in page.links if link.startswith("javascript") or "evil" in link]
    if path == "/library/hostile":
        for words in ('<img src=x onerror="pwn(2)">', "${alert(1)}", "{{7*7}}", "![图](http://evil.example/x.png)"):
            assert words in page.words


def test_the_library_asks_nothing_of_another_host(client: TestClient) -> None:
    for path in ("/library", "/library/talent-30"):
        links = Reader(client.get(path).text).links
        assert links
        assert not [link for link in links if "//" in link]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["安家补贴"], ["talent-30/1-2"]),
        (["安家", "300万"], ["talent-30/1-2"]),
        (["人才", "补贴"], ["talent-30/1-2"]),
        (["安家", "稳岗"], []),
        (["ONERROR"], ["hostile/3"]),
        (["通知", "返还"], ["refund-2024/2"]),  # 通知 stands in the title only
        (["没有这个词"], []),
    ],
)
def test_searching_needs_every_word(corpus: Corpus, words: list[str], found: list[str]) -> None:
    assert [hit.clause.id for hit in find_clauses(corpus, words, NO_ENGLISH)] == found


def test_an_excerpt_marks_the_words_and_keeps_the_text(corpus: Corpus) -> None:
    (hit,) = find_clauses(corpus, ["安家补贴", "A、B"], NO_ENGLISH)
    assert [segment["text"] for segment in hit.excerpt if segment["mark"]] == ["安家补贴", "A、B"]
    assert "".join(segment["text"] for segment in hit.excerpt).strip("…") in hit.clause.text


def test_a_found_clause_links_to_its_place(client: TestClient) -> None:
    page = Reader(client.get("/library", params={"q": "安家补贴"}, headers=ZH).text)
    assert "/library/talent-30?lang=zh#clause-talent-30%2F1-2" in page.links
    assert "mark" in page.tags


def test_the_page_speaks_the_language_asked_for(client: TestClient) -> None:
    assert "Policy Q&A" in Reader(client.get("/library", headers={"Accept-Language": "en-US"}).text).words
    assert "投资政策问答" in Reader(client.get("/library?lang=zh", headers={"Accept-Language": "en-US"}).text).words
    assert 'lang="zh-CN"' in client.get("/library", headers=ZH).text


def test_an_unknown_document_is_said_so(client: TestClient) -> None:
    reply = client.get("/library/nowhere", headers=ZH)
    assert reply.status_code == 404
    assert "没有这份文件" in reply.text


def test_who_comes_from_an_answer_finds_the_way_back(client: TestClient) -> None:
    came = client.get("/library/talent-30", params={"from": "talent-30/1-2"}, headers=ZH)
    assert "/?lang=zh&clause=talent-30%2F1-2" in Reader(came.text).links
    assert "?from=talent-30%2F1-2&lang=en" in Reader(came.text).links
    for other in ("", "nowhere", '"><script>'):
        page = Reader(client.get("/library/talent-30", params={"from": other}, headers=ZH).text)
        assert not [link for link in page.links if "clause=" in link or "from=" in link]
        assert "script" not in page.tags


@pytest.mark.parametrize(
    ("cookie", "drawn"),
    [
        ("policyqa-look=dark-115", 'data-scheme="dark" data-text="115"'),
        ("other=1; policyqa-look=auto-130", 'data-scheme="auto" data-text="130"'),
        ("", 'data-scheme="" data-text=""'),
        ('policyqa-look=dark-115"><b>', 'data-scheme="" data-text=""'),
    ],
)
def test_the_pages_have_the_looks_the_visitor_chose(client: TestClient, cookie: str, drawn: str) -> None:
    assert drawn in client.get("/library", headers={**ZH, "Cookie": cookie}).text


def test_policies_are_told_from_the_rest(client: TestClient) -> None:
    assert "政策文件 3 份，另有 0 项资料" in Reader(client.get("/library", headers=ZH).text).words


@pytest.mark.parametrize(
    ("headers", "words"),
    [(ZH, "没有收录：坏.pdf、标准.xlsx"), ({"Accept-Language": "en"}, "not in here: 坏.pdf, 标准.xlsx")],
)
def test_files_that_were_left_out_are_named(
    client: TestClient, bot: LittleBot, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str], words: str
) -> None:
    assert words not in Reader(client.get("/library", headers=headers).text).words
    lacking = replace(bot.corpus, left_out={name: why_not_read(name) for name in ("坏.pdf", "标准.xlsx")})
    monkeypatch.setattr(bot, "corpus", lacking)
    assert words in Reader(client.get("/library", headers=headers).text).words
