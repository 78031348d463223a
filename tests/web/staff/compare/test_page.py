"""The page of two versions: what serves and a draft, kept versions, and what cannot be compared."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from bot.pipeline import PolicyBot
from ingest.corpus.draft import Draft, draft_folder, drafts
from tests.web.staff.conftest import FIRMS, job_of, tree
from web.staff.shell.office import Office

HOME = "/staff/corpus/compare"


@pytest.fixture
def bot(policy_bot: PolicyBot) -> PolicyBot:
    return policy_bot


@pytest.fixture
def draft(client: TestClient, office: Office) -> Draft:
    """One in which the reward is another and a clause has come in."""
    client.post("/staff/corpus/drafts")
    (made,) = drafts(office.settings.home)
    path = draft_folder(office.settings.home, made) / FIRMS
    text = path.read_text("utf-8").replace("30万元", "50万元")
    path.write_text(
        text.replace("\n本措施自", "\n三、对<b>新</b>认定的企业给予5万元奖励。\n\n本措施自"), encoding="utf-8"
    )
    return made


def test_a_draft_beside_what_serves_shows_what_differs_with_its_words_marked(client: TestClient, draft: Draft) -> None:
    page = client.get(HOME)
    assert page.status_code == 200
    articles = tree(page.text).xpath("//article")
    assert [one.xpath("string(.//h3/span)") for one in articles] == ["改动", "新增"]
    assert articles[0].xpath(".//del/text()") == ["30"]
    assert articles[0].xpath(".//ins/text()") == ["50"]
    assert "<b>新</b>" not in page.text
    everything = client.get(HOME, params={"before": "serving", "after": f"draft:{draft.id}", "all": "1"})
    assert len(tree(everything.text).xpath("//article")) > 2


def test_two_kept_versions_are_held_side_by_side(client: TestClient, office: Office, draft: Draft) -> None:
    assert job_of(office, client.post(f"/staff/corpus/drafts/{draft.id}/publish")).state == "done"
    page = client.get(HOME)
    (old, new) = (one.value for one in tree(page.text).xpath("//form[contains(@class,'filter')]//select"))
    assert old.startswith("version:")
    assert new == "serving"
    assert tree(page.text).xpath("//del/text()")[0] == "删去"
    assert "30" in tree(page.text).xpath("//article//del/text()")
    turned = client.get(HOME, params={"before": "serving", "after": old}).text
    assert "50" in tree(turned).xpath("//article//del/text()")


def test_the_same_twice_is_said_to_be_the_same_and_one_that_is_gone_is_refused_in_a_sentence(
    client: TestClient, draft: Draft
) -> None:
    assert "完全相同" in client.get(HOME, params={"before": "serving", "after": "serving"}).text
    for key in ("draft:000000000000", "version:../../etc", "elsewhere", f"draft:{draft.id}x"):
        reply = client.get(HOME, params={"before": "serving", "after": key})
        assert reply.status_code == 422, key
        assert "另选一个" in reply.text


def test_with_nothing_to_hold_beside_it_says_so(client: TestClient) -> None:
    assert "没有草稿或旧版" in client.get(HOME).text
