"""What no policy answers: advice, somebody's own case, other work. Narrow wordings of ``refused.toml``."""

from __future__ import annotations

import re

from ingest.vocabulary.refusals import refused_subjects
from ingest.vocabulary.wordings import either

_ADVICE = re.compile(either(refused_subjects().advice))
_PERSONAL = re.compile(either(refused_subjects().personal))
_TASKS = re.compile(either(refused_subjects().tasks))


def asks_advice(text: str) -> bool:
    """True when ``text`` (simplified, lower case) asks for a decision or a prediction."""
    return _ADVICE.search(text) is not None


def asks_personal(text: str) -> bool:
    """True when ``text`` asks for a judgement on a person's health or case, or for somebody's records."""
    return _PERSONAL.search(text) is not None


def is_other_work(text: str) -> bool:
    """True when ``text`` wants a letter, a sum, a translation, a share tip: no question on policy."""
    return _TASKS.search(text) is not None
