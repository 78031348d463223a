"""Reminders as RSS 2.0, the ones noticed last first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time
from email.utils import format_datetime
from xml.etree.ElementTree import Element, SubElement, tostring

from web.staff.reminders.due import Reminder

MEDIA_TYPE = "application/rss+xml; charset=utf-8"
NOT_XML = dict.fromkeys([*(n for n in range(32) if n not in (9, 10, 13)), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF])


def rss(
    name: str,
    about: str,
    home: str,
    due: Iterable[tuple[Reminder, date]],
    said: Callable[[Reminder], str],
    link: Callable[[Reminder], str],
) -> bytes:
    """The channel of reminders, each with the day on which it was noticed."""
    root = Element("rss", version="2.0")
    channel = SubElement(root, "channel")
    for tag, words in (("title", name), ("link", home), ("description", about), ("ttl", "720")):
        SubElement(channel, tag).text = _clean(words)
    for reminder, noticed in sorted(due, key=lambda pair: pair[1], reverse=True):
        item = SubElement(channel, "item")
        SubElement(item, "title").text = _clean(said(reminder))
        SubElement(item, "link").text = link(reminder)
        SubElement(item, "guid", isPermaLink="false").text = _clean(reminder.key)
        SubElement(item, "pubDate").text = format_datetime(datetime.combine(noticed, time(), UTC), usegmt=True)
    return tostring(root, "utf-8", xml_declaration=True)


def _clean(words: str) -> str:
    return words.translate(NOT_XML)
