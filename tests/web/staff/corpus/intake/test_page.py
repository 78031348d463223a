"""Many files at once: taken in, read, named where they cannot be, described in one table and saved in one go."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from ingest.corpus.draft import discard_draft, draft_folder, drafts
from ingest.corpus.load import load_corpus, source_files
from ingest.corpus_config import read_config
from tests.web.staff.conftest import CARE, FIRMS, FIRMS_TEXT, until
from tests.web.staff.corpus.intake.conftest import HOME, all_read, draft_of, items_of, notice, packed
from web.staff.corpus.intake.items import Items
from web.staff.corpus.intake.table import FIELDS
from web.staff.pages import add_staff
from web.staff.shell.office import Office

Bring = Callable[..., Any]


def files(office: Office) -> list[str]:
    folder = draft_folder(office.settings.home, draft_of(office))
    return sorted(path.relative_to(folder).as_posix() for path in source_files(folder))


def page_of(client: TestClient, office: Office) -> str:
    reply = client.get(f"{HOME}?draft={draft_of(office).id}")
    assert reply.status_code == 200
    return reply.text


def form_of(page: str) -> dict[str, Any]:
    """The table as a browser would send it back."""
    form = page[page.index(f'action="{HOME}/save"') :]
    form = form[: form.index("</form>")]
    values: dict[str, Any] = {"row": re.findall(r'name="row" value="(\d+)"', form)}
    values |= {
        name: html.unescape(value)
        for name, value in re.findall(r'name="([\w:]+)" value="([^"]*)"', form)
        if name != "row"
    }
    values |= {name: html.unescape(text) for name, text in re.findall(r'<textarea name="([\w:]+)"[^>]*>([^<]*)', form)}
    for name, options in re.findall(r'<select name="([\w:]+)"[^>]*>(.*?)</select>', form):
        values[name] = "".join(re.findall(r'value="([^"]*)" selected', options))
    return values


def test_files_and_an_archive_become_rows_with_what_they_print(
    client: TestClient, office: Office, bring: Bring
) -> None:
    reply = bring(
        ("一.txt", notice(1)),
        ("其余.zip", packed({"甲/二.txt": notice(2), "三.csv": "类别,奖励\nA类,5万元\n".encode()})),
    )
    assert reply.status_code == 303
    assert reply.headers["location"] == f"{HOME}?draft={draft_of(office).id}"
    assert {"一.txt", "二.txt", "三.csv"} < set(files(office))
    page = page_of(client, office)
    values = form_of(page)
    first = {key: values[f"{key}:000001"] for key in FIELDS}
    assert first["number"] == "青政办发〔2026〕1号"
    assert first["issued"] == "2025-12-20"
    assert (first["valid_from"], first["valid_until"]) == ("2026-01-01", "2028-12-31")
    assert "第1类企业若干措施" in first["title"]
    assert len(values["row"]) == 3
    what = [(entry.what, entry.about) for entry in office.audit.entries()]
    assert {("corpus_file_added", name) for name in ("一.txt", "二.txt", "三.csv")} < set(what)


def test_the_same_file_twice_is_named(client: TestClient, office: Office, bring: Bring) -> None:
    bring(("一.txt", notice(1)), ("又一.txt", notice(1)), ("企业副本.txt", FIRMS_TEXT.encode()))
    page = page_of(client, office)
    assert "又一.txt：草稿里已有同样的文件“一.txt”" in page
    assert f"企业副本.txt：草稿里已有同样的文件“{FIRMS}”" in page
    assert [item.state for item in items_of(office)] == ["in", "refused", "refused"]
    assert client.post(f"{HOME}/clear", data={"draft": draft_of(office).id}).status_code == 303
    assert [item.state for item in items_of(office)] == ["in"]


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("公文.ofd", b"PK\x03\x04 and more", "OFD"),
        ("扫描.jpg", b"\xff\xd8\xff\xe0", "文字识别"),
        ("网页.mht", b"From: saved", "单文件网页"),
        ("说明.xyz", b"x", "说明.xyz"),
        ("坏.pdf", b"%PDF-1.7 broken", "PDF 已损坏"),
        ("空.txt", b"", "空.txt"),
        ("坏.zip", b"PK\x03\x04 broken", "压缩包已损坏"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_sentence(
    client: TestClient, office: Office, bring: Bring, name: str, data: bytes, sentence: str
) -> None:
    before = len(list(source_files(office.settings.corpus)))
    reply = bring((name, data))
    if name.endswith(".zip"):  # refused as a whole: no empty draft is left
        assert (reply.status_code, drafts(office.settings.home)) == (422, [])
        assert sentence in reply.text
        return
    assert sentence in page_of(client, office)
    assert len(files(office)) == before


def test_a_script_is_told_what_was_refused_in_its_language(bring: Bring) -> None:
    said = bring(("a.zip", packed({"../a.txt": b"x"})), accept="application/json", **{"accept-language": "en"})
    assert said.status_code == 422
    assert said.json()["refused"] == [
        "a.zip: the name “../a.txt” in it leads out of the archive, so nothing of it was put in; pack it anew."
    ]


def test_nothing_chosen_is_told(client: TestClient) -> None:
    reply = client.post(HOME, data={"draft": ""})
    assert reply.status_code == 422
    assert "没有选择文件" in reply.text
    assert client.get(f"{HOME}?draft=nowhere").status_code == 422


def test_rows_are_saved_in_one_go_and_take_back_what_is_printed(
    client: TestClient, office: Office, bring: Bring
) -> None:
    bring(("一.txt", notice(1)), ("二.txt", notice(2)), ("三.txt", notice(3)))
    form = form_of(page_of(client, office))
    form |= {
        "title:000001": "第一类企业办法",
        "level:000001": "县",
        "number:000002": "青政发〔2026〕22号",
        "valid_until:000002": "2030-01-01",
    }
    reply = client.post(f"{HOME}/save", data={**form, "draft": draft_of(office).id})
    assert reply.status_code == 303
    assert "已保存，改动 2 份" in client.get(reply.headers["location"]).text
    folder = draft_folder(office.settings.home, draft_of(office))
    config = read_config(folder)
    assert (config.of("一.txt").title, config.of("一.txt").level, config.of("一.txt").number) == (
        "第一类企业办法",
        "县",
        None,
    )
    assert config.of("二.txt").number == "青政发〔2026〕22号"
    assert "三.txt" not in config.sources
    corrected = next(one for one in load_corpus(folder).documents if one.source == "一.txt")
    assert (corrected.title, corrected.level) == ("第一类企业办法", "县")
    form = form_of(page_of(client, office))
    form["number:000002"] = "青政办发〔2026〕2号"  # as it is printed
    client.post(f"{HOME}/save", data={**form, "draft": draft_of(office).id})
    assert read_config(folder).of("二.txt").number is None
    described = [entry.about for entry in office.audit.entries() if entry.what == "corpus_file_described"]
    assert described == ["二.txt", "二.txt", "一.txt"]


def test_a_row_that_cannot_be_saved_saves_none(client: TestClient, office: Office, bring: Bring) -> None:
    bring(("一.txt", notice(1)), ("二.txt", notice(2)))
    form = form_of(page_of(client, office)) | {"title:000001": "新题", "valid_until:000002": "2020-01-01"}
    reply = client.post(f"{HOME}/save", data={**form, "draft": draft_of(office).id})
    assert reply.status_code == 422
    assert "二.txt：" in reply.text
    assert form_of(reply.text)["title:000001"] == "新题"
    folder = draft_folder(office.settings.home, draft_of(office))
    assert "一.txt" not in read_config(folder).sources


def test_two_people_at_one_table_lose_nothing(
    client: TestClient, colleague: TestClient, office: Office, bring: Bring
) -> None:
    bring(("一.txt", notice(1)), ("二.txt", notice(2)), ("三.txt", notice(3)))
    draft = draft_of(office).id
    mine, theirs = form_of(page_of(client, office)), form_of(page_of(colleague, office))
    theirs |= {"title:000001": "她的题目", "title:000002": "她的二"}
    assert colleague.post(f"{HOME}/save", data={**theirs, "draft": draft}).status_code == 303
    other = {**mine, "title:000003": "我的三", "draft": draft}  # another row than hers
    assert client.post(f"{HOME}/save", data=other).status_code == 303
    folder = draft_folder(office.settings.home, draft_of(office))
    assert [read_config(folder).of(name).title for name in ("一.txt", "二.txt", "三.txt")] == [
        "她的题目",
        "她的二",
        "我的三",
    ]
    mine |= {"title:000001": "我的题目", "issuer:000003": "某局", "draft": draft}
    reply = client.post(f"{HOME}/save", data=mine)
    assert reply.status_code == 409
    assert "她的题目" in reply.text
    again = form_of(reply.text)
    assert again["title:000001"] == "我的题目"
    assert again["issuer:000003"] == "某局"
    assert again["title:000002"] == "她的二"  # which nobody touched here
    assert read_config(folder).of("三.txt").issuer is None  # nothing was saved
    assert client.post(f"{HOME}/save", data={**again, "draft": draft}).status_code == 303
    assert read_config(folder).of("一.txt").title == "我的题目"


def test_two_people_in_one_row_are_merged_field_by_field(
    client: TestClient, colleague: TestClient, office: Office, bring: Bring
) -> None:
    bring(("一.txt", notice(1)))
    draft = draft_of(office).id
    mine, theirs = form_of(page_of(client, office)), form_of(page_of(colleague, office))
    hers = {**theirs, "issuer:000001": "甲单位", "draft": draft}
    assert colleague.post(f"{HOME}/save", data=hers).status_code == 303
    mine |= {"number:000001": "青政发〔2026〕9号", "draft": draft}
    assert client.post(f"{HOME}/save", data=mine).status_code == 303
    said = read_config(draft_folder(office.settings.home, draft_of(office))).of("一.txt")
    assert (said.issuer, said.number) == ("甲单位", "青政发〔2026〕9号")
    again = form_of(page_of(client, office)) | {"title:000001": "我的题目", "draft": draft}
    hers = form_of(page_of(colleague, office)) | {"title:000001": "她的", "issuer:000001": "乙单位", "draft": draft}
    assert colleague.post(f"{HOME}/save", data=hers).status_code == 303
    reply = client.post(f"{HOME}/save", data=again)
    assert reply.status_code == 409
    assert "她的" in reply.text
    assert "甲单位" not in reply.text, "what only she changed is not said to be mine"
    kept = form_of(reply.text)
    assert (kept["title:000001"], kept["issuer:000001"]) == ("我的题目", "乙单位")
    assert client.post(f"{HOME}/save", data={**kept, "draft": draft}).status_code == 303
    said = read_config(draft_folder(office.settings.home, draft_of(office))).of("一.txt")
    assert (said.title, said.issuer) == ("我的题目", "乙单位")


def test_reading_goes_on_after_a_restart(
    client: TestClient, office: Office, bring: Bring, staff_app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.staff.corpus.intake.background.Background.start", lambda *_: None)
    bring(("一.txt", notice(1)), ("二.txt", notice(2)), wait=False)
    assert [item.state for item in items_of(office)] == ["waiting", "waiting"]
    assert "接着读" in page_of(client, office)
    monkeypatch.undo()
    add_staff(FastAPI(), office)
    until(lambda: any(job.kind == "corpus-many" for job in office.jobs.all()))
    all_read(office)
    assert [item.state for item in items_of(office)] == ["in", "in"]
    assert [entry.who for entry in office.audit.entries() if entry.what == "corpus_file_added"] == ["wang.li"] * 2


def test_a_draft_thrown_away_meanwhile_stops_nothing_else(
    client: TestClient, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = office.settings
    monkeypatch.setattr("web.staff.corpus.intake.background.Background.start", lambda *_: None)
    for name in ("一.txt", "二.txt"):
        client.post(HOME, files=[("file", (name, notice(len(name))))], data={"draft": ""})
    first, second = drafts(settings.home)
    monkeypatch.undo()
    discard_draft(settings.home, second)
    client.post(f"{HOME}/go-on", data={"draft": first.id})
    all_read(office)
    assert [item.state for item in items_of(office)] == ["in"]


def test_a_file_like_another_is_pointed_out(client: TestClient, office: Office, bring: Bring) -> None:
    bring(("新版.txt", FIRMS_TEXT.replace("30万元", "50万元").encode()))
    assert f"与 {FIRMS} 同号或同名" in page_of(client, office)


def test_an_amended_file_takes_the_place_of_the_one_it_amends(
    client: TestClient, colleague: TestClient, office: Office, bring: Bring
) -> None:
    bring((FIRMS, FIRMS_TEXT.replace("30万元", "50万元").encode()))
    draft = draft_of(office)
    assert len(files(office)) == 3
    page = page_of(client, office)
    assert f"用它替换 {FIRMS}" in page
    sent = page[page.index('id="replace-000001"') :].partition("</form>")[0]
    fields = {key: html.unescape(value) for key, value in re.findall(r'name="(\w+)" value="([^"]*)"', sent)}
    colleague.post(f"{HOME}/save", data={**form_of(page), "number:000001": "青政发〔2026〕9号", "draft": draft.id})
    reply = client.post(f"{HOME}/replace", data=fields)
    assert reply.status_code == 303
    assert sorted(files(office)) == sorted([FIRMS, CARE])
    folder = draft_folder(office.settings.home, draft)
    assert "50万元" in (folder / FIRMS).read_text("utf-8")
    assert read_config(folder).of(FIRMS).number == "青政发〔2026〕9号", "what was said of it goes with it"
    assert "用它替换" not in page_of(client, office)
    again = client.post(f"{HOME}/replace", data=fields)
    assert again.status_code == 409
    assert client.get(HOME).headers["location"] == f"{HOME}?draft={draft.id}", "one's own draft goes on"
    assert colleague.get(HOME).status_code == 200


def test_what_a_killed_service_had_put_in_already_is_found(
    client: TestClient, office: Office, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.staff.corpus.intake.background.Background.start", lambda *_: None)
    bring(("一.txt", notice(1)), ("二.txt", notice(2)), wait=False)
    draft = draft_of(office)
    first, second = (Items(office.settings.home).bytes_of(draft, item) for item in items_of(office))
    first.rename(draft_folder(office.settings.home, draft) / "一.txt")
    second.unlink()
    monkeypatch.undo()
    client.post(f"{HOME}/go-on", data={"draft": draft.id})
    all_read(office)
    assert [(item.state, item.name) for item in items_of(office)] == [("in", "一.txt"), ("refused", "")]
    assert "二.txt：上传的内容已不在" in page_of(client, office)


def test_a_file_of_several_policies_says_so(client: TestClient, office: Office, bring: Bring) -> None:
    book = "汇编\n\n".encode() + notice(1) + b"\n\n" + notice(2)
    bring(("汇编.txt", book), ("三.txt", notice(3)))
    page = page_of(client, office)
    documents = [item.facts.documents for item in items_of(office)]
    assert documents[1] == 1
    assert page.count("列出各份") == sum(one > 1 for one in documents)
    assert all(f"内含 {one} 份政策" in page for one in documents if one > 1)
