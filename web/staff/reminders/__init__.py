"""Reminders: the texts that serve and the day in; what ends, ran out or changed, on a page, in feeds and by mail, out."""
