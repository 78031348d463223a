"""A draft that somebody else published under: what both did is there afterwards, and what contradicts is chosen."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from bot.pipeline import PolicyBot
from ingest.corpus.draft import Draft, draft_folder, drafts, is_outdated, open_draft
from tests.web.staff.conftest import CARE, FIRMS, form_of, job_of, tree
from web.staff.shell.office import Office


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


def change(office: Office, draft: Draft, name: str, old: str, new: str) -> None:
    path = draft_folder(office.settings.home, draft) / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.fixture
def two(client: TestClient, colleague: TestClient, office: Office) -> tuple[Draft, Draft]:
    """Mine, in which a reward and a word of the glossary are others, and a colleague's, begun at the same time."""
    client.post("/staff/corpus/drafts")
    colleague.post("/staff/corpus/drafts")
    theirs, mine = drafts(office.settings.home)
    change(office, mine, FIRMS, "30万元", "50万元")
    change(office, mine, "glossary.toml", "[people]", '[people]\n"博士" = ["博士研究生"]')
    return mine, theirs


def publish(client: TestClient, office: Office, draft: Draft) -> None:
    page = client.get(f"/staff/corpus/drafts/{draft.id}").text
    assert (
        job_of(office, client.post(f"/staff/corpus/drafts/{draft.id}/publish", data=form_of(page, "/publish"))).state
        == "done"
    )


def test_without_conflicts_both_changes_are_there_and_publishing_undoes_nothing(
    client: TestClient, colleague: TestClient, office: Office, two: tuple[Draft, Draft]
) -> None:
    mine, theirs = two
    change(office, theirs, CARE, "8000元", "9000元")
    change(office, theirs, "glossary.toml", '["高新技术企业"]', '["高新技术企业", "科技企业"]')
    publish(colleague, office, theirs)
    base = f"/staff/corpus/drafts/{mine.id}"
    assert f"{base}/update" in client.get(base).text
    page = client.get(f"{base}/update").text
    assert "没有冲突" in page
    assert CARE in page
    reply = client.post(f"{base}/update", data=form_of(page, "/update"))
    assert reply.headers["location"] == f"{base}?updated=yes"
    folder = draft_folder(office.settings.home, mine)
    assert "50万元" in (folder / FIRMS).read_text("utf-8")
    assert "9000元" in (folder / CARE).read_text("utf-8")
    glossary = (folder / "glossary.toml").read_text("utf-8")
    assert "博士研究生" in glossary
    assert "科技企业" in glossary
    assert not is_outdated(office.settings.corpus, office.settings.home, open_draft(office.settings.home, mine.id))
    assert "草稿更新到已发布的版本" in client.get("/staff/audit").text
    assert "不需要更新" in client.get(f"{base}/update").text
    publish(client, office, open_draft(office.settings.home, mine.id))
    text = " ".join(clause.text for clause in office.door.bot.corpus.clauses)
    assert "50万元" in text
    assert "9000元" in text


@pytest.mark.parametrize(("choice", "expected"), [("ours", "50万元"), ("theirs", "60万元")])
def test_a_conflict_has_to_be_chosen_and_is_as_it_was_chosen(
    client: TestClient, colleague: TestClient, office: Office, two: tuple[Draft, Draft], choice: str, expected: str
) -> None:
    mine, theirs = two
    change(office, theirs, FIRMS, "30万元", "60万元")
    change(office, theirs, "glossary.toml", "[people]", '[people]\n"博士" = ["<b>博士</b>后"]')
    publish(colleague, office, theirs)
    base = f"/staff/corpus/drafts/{mine.id}/update"
    page = client.get(base).text
    names: list[str] = sorted(set(tree(page).xpath("//input[@type='radio']/@name")))
    assert len(names) == 2
    assert "<b>博士</b>后" not in page
    filled = form_of(page, "/update")
    half = client.post(base, data={**filled, names[0]: choice})
    assert half.status_code == 422
    assert tree(half.text).xpath(f"//input[@name='{names[0]}'][@checked]/@value") == [choice]
    assert client.post(base, data={**filled, **dict.fromkeys(names, choice)}).status_code == 303
    folder = draft_folder(office.settings.home, mine)
    assert expected in (folder / FIRMS).read_text("utf-8")
    assert ("后" in (folder / "glossary.toml").read_text("utf-8")) == (choice == "theirs")


def test_choices_made_of_another_state_are_not_used(
    client: TestClient, colleague: TestClient, office: Office, two: tuple[Draft, Draft]
) -> None:
    mine, theirs = two
    change(office, theirs, CARE, "8000元", "9000元")
    publish(colleague, office, theirs)
    base = f"/staff/corpus/drafts/{mine.id}/update"
    filled = form_of(client.get(base).text, "/update")
    change(office, mine, FIRMS, "20万元", "25万元")
    reply = client.post(base, data=filled)
    assert reply.status_code == 409
    assert "8000元" in (draft_folder(office.settings.home, mine) / CARE).read_text("utf-8")
    assert client.post(base, data=form_of(reply.text, "/update")).status_code == 303


def test_a_draft_that_is_up_to_date_is_left_alone(client: TestClient, office: Office, two: tuple[Draft, Draft]) -> None:
    mine, _ = two
    base = f"/staff/corpus/drafts/{mine.id}/update"
    assert "不需要更新" in client.get(base).text
    assert client.post(base).status_code in (409, 422)
    assert client.get("/staff/corpus/drafts/000000000000/update").status_code == 422


def test_a_question_that_what_was_taken_over_makes_groundless_is_shown_at_once(
    client: TestClient, colleague: TestClient, office: Office, two: tuple[Draft, Draft]
) -> None:
    mine, theirs = two
    base = f"/staff/corpus/drafts/{mine.id}"
    quote = "新建养老机构每张床位给予8000元补贴"
    asked = {"turns": "新建养老机构一张床位补多少？", "kind": "single", "quote": quote, "answer": "8000元"}
    assert client.post(f"{base}/questions/case", data=asked).status_code == 303
    change(office, theirs, CARE, "8000元", "9000元")
    publish(colleague, office, theirs)
    reply = client.post(f"{base}/update", data=form_of(client.get(f"{base}/update").text, "/update"))
    assert reply.headers["location"] == f"{base}/questions?updated=yes#lost"
    page = tree(client.get(reply.headers["location"]).text)
    assert "q1" in page.xpath("string(//*[@id='lost'])")
    assert quote in page.xpath("string(//article//*[@class='lost'])")
    assert page.xpath("//*[@id='updated']")
