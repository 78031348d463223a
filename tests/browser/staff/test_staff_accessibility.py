"""Every staff page on a desk and a phone, light and dark: nothing sticks out, and axe-core finds nothing."""

from __future__ import annotations

from tests.browser.conftest import Visit, fits
from tests.browser.test_accessibility import complaints

PAGES = (
    "/staff",
    "/staff/bench?question=全职引进的A类人才，市里给多少安家补贴？",
    "/staff/evaluation",
    "/staff/evaluation/sets/dev/cases",
    "/staff/evaluation/sets/dev/case?id=B001",
    "/staff/records",
    "/staff/records/unanswered",
    "/staff/complaints",
    "/staff/complaints/declined",
    "/staff/corpus",
    "/staff/corpus/compare",
    "/staff/corpus/many",
    "/staff/approvals",
    "/staff/policies",
    "/staff/reminders",
    "/staff/glossary",
    "/staff/entitlements",
    "/staff/entitlements?q=研发&edit=鄂尔多斯市关于实施更加积极开放有效人才政策打造一流人才高地的若干措施:c04-retain",
    "/staff/entitlements/reworded",
    "/staff/accounts",
    "/staff/service",
    "/staff/monthly",
    "/staff/audit",
    "/staff/password",
    "/staff/nowhere",
)


def _looked_at(visit: Visit) -> None:
    for path in PAGES:
        visit.page.goto(f"{visit.origin}{path}")
        assert fits(visit.page), path
        assert complaints(visit.page) == [], path


def test_in_chinese_and_light(staff: Visit) -> None:
    _looked_at(staff)


def test_in_english_and_dark(english_staff: Visit) -> None:
    page = english_staff.page
    page.goto(f"{english_staff.origin}/staff")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(230, 236, 242)"
    _looked_at(english_staff)
