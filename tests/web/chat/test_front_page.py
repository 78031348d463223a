from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import gradio
import pytest
from fastapi.testclient import TestClient

from web.chat import front_page
from web.chat.front_page import EARLY, SCRIPTS, STYLES, early_files
from web.http.look import LOOK

ZH = {"Accept-Language": "zh-CN"}


class Head(HTMLParser):
    """What a page loads, in its order, and what it says of itself."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.early: list[str] = []
        self.meta: dict[str, str] = {}
        self.page: dict[str, str | None] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag == "html":
            self.page = said
        if tag == "meta":
            self.meta[said.get("property") or said.get("name") or ""] = said.get("content") or ""
        if tag == "link" and said.get("rel") in ("preload", "modulepreload"):
            self.early.append(said["href"] or "")
        elif tag == "link" and (said["href"] or "").startswith("ui/"):
            self.loads.append(said["href"] or "")
        if tag == "script" and (said.get("src") or "").startswith("ui/"):
            self.loads.append(said["src"] or "")


@pytest.fixture
def page(client: TestClient) -> str:
    return client.get("/", headers=ZH).text


def test_the_page_loads_its_own_files_by_relative_addresses(client: TestClient, page: str) -> None:
    loads = Head(page).loads
    assert [address.split("?")[0] for address in loads] == [f"ui/{name}" for name in ("icon.svg", *STYLES, *SCRIPTS)]
    for address in loads:
        assert client.get("/" + address).status_code == 200


def test_what_is_fetched_early_is_there(client: TestClient, page: str) -> None:
    listed_for = EARLY.read_text("utf-8").split()[0]
    if listed_for != gradio.__version__:
        pytest.skip(f"the list is of Gradio {listed_for}; how to renew it is in CONTRIBUTING.md")
    early = Head(page).early
    assert len(early) > 20
    for address in early:
        assert client.get("/" + address).status_code == 200


def test_another_gradio_gets_no_list_made_for_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    early_files.cache_clear()
    monkeypatch.setattr(front_page.gradio, "__version__", "0.0.0")
    assert early_files() == ()
    early_files.cache_clear()


def test_the_page_names_no_other_host(page: str) -> None:
    before_the_data = page.split("<script>window.gradio_config")[0]
    assert "://" not in before_the_data
    assert Head(page).meta["og:title"] == "投资政策问答"
    assert not [name for name in Head(page).meta if name.startswith("twitter:")]


@pytest.mark.parametrize(
    ("path", "lang", "words"),
    [
        ("/", "zh-CN", "您好，想了解哪项政策？"),
        ("/?lang=en", "en", "Which policy would you like to know about?"),
        ("/", "zh-CN", "3 份政策文件（国家、市级、旗级）"),
        ("/?lang=en", "en", "3 policy documents on Ejin Horo Banner (National, City, Banner)"),
    ],
)
def test_the_first_words_need_no_script(client: TestClient, path: str, lang: str, words: str) -> None:
    page = client.get(path, headers=ZH).text
    cover = page[page.index('<div id="pq-cover">') : page.index("<gradio-app")]
    assert words in cover
    assert Head(page).page["lang"] == lang
    assert "noscript" in cover


@pytest.mark.parametrize(
    ("path", "language", "words"),
    [
        ("/", "zh-CN", ["提问", "停止", "您的问题", "全部级别", "旗级", "投资政策问答"]),
        ("/", "en-GB", ["Ask", "Stop", "Your question", "All", "Banner", "Policy Q&A"]),
        ("/?lang=en", "zh-CN", ["Ask", "Stop", "Your question", "All", "Banner", "Policy Q&A"]),
    ],
)
def test_the_question_box_is_drawn_in_the_language_of_the_visit(
    client: TestClient, path: str, language: str, words: list[str]
) -> None:
    page = client.get(path, headers={"Accept-Language": language}).text
    found = re.search(r"<script>window\.gradio_config = (\{.*?\});\s*</script>", page, re.DOTALL)
    assert found
    config = json.loads(found[1])
    props = {one["props"].get("elem_id"): one["props"] for one in config["components"]}
    level = [name for name, _ in props["pq-level"]["choices"]]
    shown = [props["pq-send"]["value"], props["pq-stop"]["value"], props["pq-question"]["label"], level[0], level[-1]]
    assert [*shown, config["title"]] == words


def test_no_word_can_end_the_script_it_stands_in(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = "</script><script>pwn(1)</script>\u2028'&"
    monkeypatch.setattr(front_page, "composer_props", lambda _tongue, _levels: {"pq-send": {"value": hostile}})
    page = client.get("/", headers=ZH).text
    assert "pwn(1)</script>" not in page
    found = re.search(r"<script>window\.gradio_config = (\{.*?\});\s*</script>", page, re.DOTALL)
    assert found
    assert hostile in {one["props"].get("value") for one in json.loads(found[1])["components"]}


def test_who_follows_a_link_to_an_answer_is_not_greeted(client: TestClient) -> None:
    for path in ("/?q=安家补贴", "/?clause=talent-30/1-2"):
        assert "您好" not in client.get(path, headers=ZH).text.split("<gradio-app")[0].split("pq-cover")[1]


def test_while_documents_load_the_greeting_is_there_all_the_same(closed_client: TestClient) -> None:
    cover = closed_client.get("/", headers=ZH).text.split('<div id="pq-cover">')[1].split("<gradio-app")[0]
    assert "您好，想了解哪项政策？" in cover
    assert "份政策文件" not in cover


@pytest.mark.parametrize(
    "path", ['/?lang="><script>pwn(1)</script>', "/?q=<img src=x onerror=pwn(1)>", "/?clause=${pwn(1)}"]
)
def test_nothing_of_the_address_is_written_into_the_page(client: TestClient, path: str) -> None:
    assert "pwn" not in client.get(path, headers=ZH).text


@pytest.mark.parametrize(
    ("cookie", "scheme", "text"),
    [
        ("policyqa-look=dark-130", "dark", "130"),
        ("policyqa-look=auto-100", "auto", "100"),
        ("policyqa-look=blue-9000", "", ""),
        ("policyqa-look=", "", ""),
    ],
)
def test_the_looks_a_visitor_chose_are_there_from_the_first_paint(
    client: TestClient, cookie: str, scheme: str, text: str
) -> None:
    said = Head(client.get("/", headers={"Cookie": cookie}).text).page
    assert (said["data-scheme"], said["data-text"]) == (scheme, text)


def test_only_our_words_are_looks() -> None:
    assert LOOK.fullmatch("light-115")
    assert not LOOK.fullmatch("light-115 ")


@pytest.mark.parametrize(
    ("path", "rule"),
    [
        ("/ui/chat.js?v=0123456789ab", "public, max-age=31536000, immutable"),
        ("/ui/chat.js", "no-cache"),
        ("/", "no-cache"),
    ],
)
def test_what_never_changes_under_its_name_is_kept(client: TestClient, path: str, rule: str) -> None:
    assert client.get(path).headers["cache-control"] == rule


def test_gradios_files_carry_their_digest_and_are_kept(client: TestClient, page: str) -> None:
    (address,) = re.findall(r'src="\./(assets/index-[^"]+\.js)"', page)
    assert "immutable" in client.get("/" + address).headers["cache-control"]
    assert "immutable" not in client.get("/assets/nothing.js").headers.get("cache-control", "")


def test_a_compressed_page_is_whole(client: TestClient) -> None:
    plain = client.get("/", headers={**ZH, "Accept-Encoding": "identity"})
    packed = client.get("/", headers={**ZH, "Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert len(plain.text) == len(packed.text)
    assert int(plain.headers["content-length"]) == len(plain.content)
