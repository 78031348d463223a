"""What is refused: instructions to the program, and subjects that no policy speaks of."""

from __future__ import annotations

from functools import cache

from ingest.vocabulary.load import Subject, read
from ingest.vocabulary.wordings import Wording, Wordings


class InjectionWords(Subject):
    """The whole of ``injection.toml``, where the fields are described."""

    rules: Wordings
    turning: Wordings
    wordings: Wordings
    reveals: Wordings


@cache
def injection_words() -> InjectionWords:
    """The words of instructions to the program, read and checked once. Raises VocabularyUnusable."""
    return read("injection", InjectionWords)


class SubjectsOfQuestions(Subject):
    """The whole of ``subjects.toml``, where the fields are described."""

    own: tuple[str, ...]
    foreign: tuple[str, ...]


@cache
def subjects_of_questions() -> SubjectsOfQuestions:
    """Subjects of policy and others, read and checked once. Raises VocabularyUnusable."""
    return read("subjects", SubjectsOfQuestions)


class RefusedSubjects(Subject):
    """The whole of ``refused.toml``, where the fields are described."""

    advice: Wordings
    personal: Wordings
    tasks: Wordings
    fillers: Wording


@cache
def refused_subjects() -> RefusedSubjects:
    """What no policy answers, read and checked once. Raises VocabularyUnusable."""
    return read("refused", RefusedSubjects)
