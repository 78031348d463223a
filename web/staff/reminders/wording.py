"""A reminder in words of the page, as page, feeds and mail say it."""

from __future__ import annotations

from collections.abc import Callable

from web.staff.reminders.due import Kind, Reminder
from web.staff.shell.words import sayer
from web.texts import Tongue

PAGE = "reminders"


def said(reminder: Reminder, tongue: Tongue) -> str:
    """The sentence of a reminder."""
    t: Callable[..., str] = sayer(PAGE, tongue)
    blanks = {"title": reminder.title, "about": reminder.about, "until": reminder.until, "days": reminder.days}
    if reminder.kind is Kind.ENDING:
        key = "ends_today" if reminder.days == 0 else "ends_in"
        return t(f"{key}_part" if reminder.about else key, **blanks)
    if reminder.kind is Kind.CARD and reminder.about:
        return t("is_card_part", **blanks)
    if reminder.kind is Kind.WORDS and reminder.count > 1:
        return t("are_words", n=reminder.count, **blanks)
    return t(f"is_{reminder.kind.value}", **blanks)


def lasting(reminder: Reminder, tongue: Tongue) -> str:
    """The same without the days that are left, for what is read on another day."""
    if reminder.kind is not Kind.ENDING:
        return said(reminder, tongue)
    key = "ends_on_part" if reminder.about else "ends_on"
    return sayer(PAGE, tongue)(key, title=reminder.title, about=reminder.about, until=reminder.until)


def path_of(reminder: Reminder) -> str:
    """The page where something is done about it."""
    if reminder.kind is Kind.WORDS:
        return "/staff/entitlements/reworded"
    if reminder.kind is Kind.CARD:
        return "/staff/service"
    return f"/staff/policies/{reminder.policy}"
