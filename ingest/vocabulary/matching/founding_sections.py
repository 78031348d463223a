"""What the sections of ``asker_speech.toml`` on founding a firm hold."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.vocabulary.load import Subject
from ingest.vocabulary.matching.speech_sections import Many


class Founding(Subject):
    """When a firm was founded; ``no_firm`` are what else is set up or registered."""

    first: Mapping[str, str]
    this_year: Mapping[str, int]
    opened: Many
    licence: str
    licensed: Many
    verbs: Many
    verbs_english: Many
    between: Many
    no_firm: Many
    alone: Many
    months: Many
    new_firm: str
    new_by: Many
    by_a_person: Many


class FirstFirm(Subject):
    """How somebody tells of their first firm; ``events``, ``farmer`` and ``returned`` as conditions have them."""

    first: Many
    verbs: Many
    firms: Many
    no_firms: Many
    events: Many
    begun: Many
    returning: Many
    farmer: str
    returned: str
