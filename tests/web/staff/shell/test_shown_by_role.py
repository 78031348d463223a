"""A page without what its reader may not do: forms, links, and what would stand around nothing."""

from __future__ import annotations

import pytest

from web.staff.identity.roles import Role
from web.staff.shell.needed_roles import needed_for
from web.staff.shell.shown_by_role import needed_at, route_at, shown_to

PAGE = """<!doctype html>
<html lang="zh-CN"><head><title>政策库</title></head><body><main id="main">
<section class="card"><h2>发布</h2><p class="quiet">一步切换。</p><form method="post" action="/zc/staff/corpus/drafts/0a/publish"><button>发布</button></form></section>
<section class="card"><h2>题集</h2><p>共 3 题</p><details class="sure"><summary>删除</summary><form method="post" action="/zc/staff/evaluation/sets/own/delete"><button>确认</button></form></details></section>
<form method="post" action="/zc/staff/evaluation/run"><button>评测</button></form>
<p><a class="button" href="/zc/staff/bench?q=1">试验</a></p><p>见<a href="/zc/staff/bench?q=1#case">第1题</a>。</p>
<svg viewBox="0 0 2 2"><rect width="1" height="1"></rect></svg><a href="/zc/library">全文</a>
<form method="post" action="/zc/staff/corpus/drafts/0a/describe" data-kept><input type="hidden" name="opened" value="1"><input name="title" value="若干措施"><button>保存</button></form>
</main></body></html>"""


def test_who_administers_gets_the_page_as_it_is() -> None:
    assert shown_to(Role.ADMINISTER, PAGE, "/zc") is PAGE


def test_what_needs_more_goes_with_what_stood_around_it() -> None:
    shown = shown_to(Role.LOOK, PAGE, "/zc")
    assert shown.startswith("<!doctype html>")
    for gone in (
        "publish",
        "<h2>发布</h2>",
        "一步切换",
        "sets/own",
        "确认",
        "删除",
        "评测</button>",
        "staff/bench",
        "试验",
    ):
        assert gone not in shown, gone
    for kept in ("<h2>题集</h2>", "共 3 题", "见第1题。", "viewbox", 'href="/zc/library"', "<title>政策库</title>"):
        assert kept in shown.replace("viewBox", "viewbox"), kept
    assert 'value="若干措施" disabled' in shown
    assert "保存" not in shown


def test_a_tester_sees_what_testers_do() -> None:
    shown = shown_to(Role.TEST, PAGE, "/zc")
    assert 'action="/zc/staff/evaluation/run"' in shown
    assert 'class="button" href="/zc/staff/bench?q=1"' in shown
    assert "/publish" not in shown
    assert "/publish" in shown_to(Role.EDIT, PAGE, "/zc")


@pytest.mark.parametrize(
    ("address", "route"),
    [
        ("/staff/records.csv?first=", "GET /staff/records.csv"),
        ("/staff/records/unanswered", "GET /staff/records/unanswered"),
        ("/staff/records/0a1b", "GET /staff/records/{identity}"),
        ("/staff/corpus/drafts/0a/impact.html", "GET /staff/corpus/drafts/{identifier}/impact.{ending}"),
        ("/staff/nowhere/at/all", ""),
        ("/library", ""),
        ("https://evil.example/staff2", ""),
    ],
)
def test_an_address_belongs_to_one_route(address: str, route: str) -> None:
    assert route_at("GET", address, "") == route


def test_what_nobody_declared_is_for_administrators() -> None:
    assert needed_for("POST /staff/new/thing") is Role.ADMINISTER
    assert needed_at("POST", "/staff/new/thing", "") is Role.ADMINISTER
