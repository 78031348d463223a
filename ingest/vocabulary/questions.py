"""How people ask, and how policies say what answers them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Literal, get_args

from pydantic import model_validator

from ingest.sentences import Sentence
from ingest.vocabulary.load import Subject, read
from ingest.vocabulary.wordings import Said, Wordings

Asked = Literal[
    "amount", "who", "class", "office", "when", "how", "definition", "list", "yes_no", "comparison", "scenario",
    "validity", "overlap", "contact",
]  # fmt: skip
"""What a question may ask for."""


class Besides(Subject):
    """What else is looked for in questions."""

    points: Said
    money_for_employer: Said
    rate: Said
    only_rate: Said
    price_per_unit: Said
    amount_of_thing: Said
    price_of_thing: Said
    sum: Said
    altogether: Said
    whole_text: Said
    guide: Said
    address: Said
    paid: Said
    money: Said
    steps: Said
    policy: Said
    around_names: Said
    asked_of_levels: Said
    before_levels: Said
    asker_is_there: Said
    before_whereabouts: Said
    own_place: Said
    made_by_a_level: Said
    first_day: Said
    behind_rank_of_giver: Said


class SaidByPolicies(Subject):
    """How policies say it."""

    first_day: Wordings
    steps: Wordings
    applying: Wordings
    acting: Wordings
    left_out: Wordings
    means: Wordings
    paid_to_employer: Wordings
    paid_to_person: Wordings
    prevails: Wordings
    unspecified: Wordings
    no_number: Wordings
    conditions: Wordings
    bodies: Wordings
    purposes: Wordings


class QuestionWords(Subject):
    """The whole of ``questions.toml``, where the fields are described."""

    types: Mapping[Asked, Said]
    besides: Besides
    said: SaidByPolicies

    @model_validator(mode="after")
    def _has_every_type(self) -> QuestionWords:
        if missing := set(get_args(Asked)) - self.types.keys():
            raise ValueError(Sentence("ingest.lacks_type_of_question", kind=min(missing)))
        return self


@cache
def question_words() -> QuestionWords:
    """The words of questions, read and checked once. Raises VocabularyUnusable."""
    return read("questions", QuestionWords)
