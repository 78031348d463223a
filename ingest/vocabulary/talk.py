"""What people say besides questions on clauses, the signs that cut a question into parts, and for whom how much is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from ingest.vocabulary.load import Subject, read


class TalkWords(Subject):
    """The whole of ``talk.toml``, where the fields are described; all are regular expressions or words apart."""

    vague: str
    settles: str
    say_nothing: str
    fills: str
    grammar: str
    everyday: str
    stand_for_others: str
    asks: str
    holds_now: str
    told_of_a_year: str
    within: str
    use_of_new_industries: str
    use_of_businesses: str
    under_a_document: str
    another_thing: str
    paid_out: Sequence[str]
    one_good: str
    use_of_business: str
    goods_alone: str
    not_wanted: str
    goods_in_a_list: str
    how_much: str
    goods_alone_names: Mapping[str, str]
    goods_alone_of_business: Mapping[str, str]
    goes_on: str
    asked_bare: str
    given_asked: str
    in_front_of_object: str
    behind_object: str
    amount_asked: str
    wish: str
    wish_lead: str
    each: str
    told_too: str
    of_each: str
    link: str
    negative: str
    no_thing: str
    said_of_each: str
    condition: str
    run_together: str
    run_together_names: Mapping[str, str]
    asks_on: str
    claims_it: str
    more: str
    others: str
    how_many: str
    how_many_documents: str
    articles_called: str
    papers_needed: str
    as_of_when: str
    entries: str
    first_time: str
    once_more: str
    on_top: str
    heard: str
    given: str
    no_topic: str
    taken_for_granted: str
    in_full: str
    limit_of_all: str
    limit_of_one_case: str
    part_of_a_base: str
    below: str
    each_person: str
    beside_a_list: str
    of_itself: str
    own_payment_words: str
    own_payment_english: str
    not_bare: str
    for_each: str
    once: str
    before_a_bare_level: str
    former_post: str
    post_left: str
    of_a_firm: str
    heads_said: str
    months_said: str
    no_class_behind: tuple[str, ...]
    named_class: str
    ends_in_a_post: str
    told_more: str
    wish_for_all: str
    quantities: Mapping[str, str]
    class_list: str
    part_of_it: str
    everybody: str
    to_employer: str
    not_full_time: str
    comes_now_and_then: str
    given_to: Mapping[str, str]
    whole: Mapping[str, str]


@cache
def talk_words() -> TalkWords:
    """The words, read once. Raises VocabularyUnusable."""
    return read("talk", TalkWords)
