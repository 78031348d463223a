"""What a page shows of what can be done: nothing that its reader may not do.

Pages are written for somebody who may do everything. Out of a page for anybody else come the forms and links whose
routes need more, with the headings and questions that would be left standing around nothing; a form marked
``data-kept``, which also is what there is to read, stays without its buttons.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from lxml import html

from web.staff.identity.roles import Role
from web.staff.shell.needed_roles import NEEDED, needed_for

NOWHERE = re.compile(r"\{\w+:path\}")
ACTIVE = ".//form | .//a | .//button | .//input | .//table | .//ul | .//ol | .//dl | .//svg | .//progress"
WORDS = ".//text()[not(ancestor::h2 or ancestor::h3 or ancestor::p[contains(@class, 'quiet')])]"
BOXES = frozenset({"section", "div", "details", "p", "span"})


def shown_to(role: Role, page: str, root: str) -> str:
    """The page as it is for somebody of that role; ``root`` is the prefix of its addresses."""
    if role is Role.ADMINISTER:
        return page
    document: Any = html.fromstring(page, parser=html.HTMLParser(huge_tree=True))  # pyright: ignore[reportUnknownMemberType] half typed in lxml-stubs
    for form in document.xpath("//form[@method='post']"):
        if not role.reaches(needed_at("POST", str(form.get("action", "")), root)):
            _take_out(form)
    for link in document.xpath("//a[@href]"):
        route = route_at("GET", str(link.get("href")), root)
        if route and not role.reaches(needed_for(route)):
            _unlink(link)
    written: str = html.tostring(document, encoding="unicode", doctype="<!doctype html>")
    return written


def needed_at(method: str, address: str, root: str) -> Role:
    """The role for an address of a page; of one that nobody declared, the highest."""
    return needed_for(route_at(method, address, root) or "")


def route_at(method: str, address: str, root: str) -> str:
    """The declared route of an address, as ``POST /staff/glossary/row``; empty for none, as for what is no staff page."""
    path = urlsplit(address).path
    if root and not path.startswith(f"{root}/"):
        return ""
    asked = f"{method} {path.removeprefix(root)}"
    return next((route for route, pattern in _patterns() if pattern.fullmatch(asked)), "")


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Every route that is a page, those with the fewest blanks first."""
    routes = sorted((route for route in NEEDED if not NOWHERE.search(route)), key=lambda route: route.count("{"))
    return [(route, re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(route)))) for route in routes]


def _take_out(form: Any) -> None:
    if form.get("data-kept") is not None:
        for button in form.xpath(".//button | .//input[@type='hidden'] | .//input[@type='file']"):
            button.drop_tree()
        for field in form.xpath(".//input | .//select | .//textarea"):
            field.set("disabled", "disabled")
        return
    _drop(form)


def _drop(element: Any) -> None:
    """Take an element out, with what stood around it and nothing else."""
    around = element.getparent()
    element.drop_tree()
    while around.tag in BOXES and _is_left_over(around):
        outer = around.getparent()
        around.drop_tree()
        around = outer


def _is_left_over(box: Any) -> bool:
    """Whether nothing stands in a box any more but a heading and a hint."""
    if box.xpath(ACTIVE):
        return False
    return box.tag == "details" or not "".join(box.xpath(WORDS)).strip()


def _unlink(link: Any) -> None:
    if {"button", "small-link"} & set(str(link.get("class", "")).split()):
        _drop(link)
    else:
        link.drop_tag()
