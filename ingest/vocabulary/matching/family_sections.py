"""How a profile speaks of relatives: together with the asker, as old or young, as the one who was brought."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from ingest.vocabulary.load import Subject
from ingest.vocabulary.matching.speech_sections import Many


class Joint(Subject):
    """What is said of the asker and a relative together."""

    with_: Many = Field(alias="with")
    each: Many


class Dependants(Subject):
    """Who is told of beside the asker and works no more, or not yet; ``told_of`` is a pattern, the ages are in years."""

    of_one_who_works: Many
    told_of: str
    oldest_child: int
    youngest_parent: int


class Kinship(Subject):
    """When a clause goes on with the relative of the one before, and which relative was brought; ``own`` is a pattern."""

    own: str
    firm: Many
    by: Many
    of_asker: Many
    jobless: str
    without_work: Many
    brought: Many
    talent: str
    inverse: Mapping[str, str]
    of_talent: Mapping[str, Mapping[str, str]]


class Relatives(Subject):
    """What may stand between a relative and an age: ``aged`` behind the relative, ``of`` in front; not ``compared``."""

    aged: Many
    of: Many
    compared: Many
