from __future__ import annotations

import re
from typing import Any, cast

import pytest

from bot.match.matching import Matcher
from ingest.vocabulary.entitlements import entitlement_words
from web.match.form import OF_FIRMS, OF_PERSONS, FormKeeper, form_json
from web.texts import Tongue

TONGUES: tuple[Tongue, ...] = ("zh", "en")


def attributes(matcher: Matcher, tongue: Tongue = "zh") -> dict[str, Any]:
    return cast("dict[str, Any]", form_json(matcher, tongue, 4000)["attributes"])


def test_every_attribute_can_be_stated(matcher: Matcher) -> None:
    offered = attributes(matcher)
    assert offered.keys() == entitlement_words().attributes.keys()
    assert offered.keys() >= {*OF_FIRMS, *OF_PERSONS}


def test_words_of_the_corpus_and_steps_are_offered(matcher: Matcher) -> None:
    offered = attributes(matcher)
    assert [word for word, _ in offered["degree"]["options"]] == ["高中", "大专", "本科", "硕士", "博士"]
    assert "云浦县" in {word for word, _ in offered["place"]["options"]}
    assert {"高新技术企业", "专精特新"} <= {word for word, _ in offered["recognition"]["options"]}
    assert [word for word, _ in offered["recognition.level"]["options"]] == ["县"]
    assert "首次" in {word for word, _ in offered["recognition.time"]["options"]}


def test_amounts_are_stated_in_units_that_people_use(matcher: Matcher) -> None:
    assert [unit for unit, *_ in attributes(matcher)["revenue"]["units"]][:2] == ["万元", "亿元"]
    assert next(shown for _, shown, *_ in attributes(matcher, "en")["revenue"]["units"]) == "RMB million"
    assert attributes(matcher)["headcount"]["units"] == [("人", "人", "人", 1)]


def test_what_an_asker_has_one_of_is_told(matcher: Matcher) -> None:
    offered = attributes(matcher)
    assert [offered[name]["single"] for name in ("arrival", "degree", "revenue", "event")] == [True, True, True, False]


@pytest.mark.parametrize("tongue", TONGUES)
def test_nothing_is_offered_twice(matcher: Matcher, tongue: Tongue) -> None:
    for name, offered in attributes(matcher, tongue).items():
        words = [word for word, _ in offered["options"]]
        assert len(words) == len(set(words)), name


def test_nothing_is_called_the_same_twice_in_english(matcher: Matcher) -> None:
    shown = [shown for _, shown in attributes(matcher, "en")["place"]["options"]]
    assert len(shown) == len(set(shown))
    assert {"elsewhere", "another province"} <= set(shown)


def test_labels_are_english_on_the_english_page(matcher: Matcher) -> None:
    form = cast("dict[str, Any]", form_json(matcher, "en", 4000))
    labels = [one["label"] for one in (*form["recipients"], *form["about"], *form["attributes"].values())]
    assert not [label for label in labels if re.search("[一-鿿]", label)]


def test_the_form_is_made_once_for_a_matcher(matcher: Matcher) -> None:
    keeper = FormKeeper(4000)
    assert keeper.of(matcher, "zh") is keeper.of(matcher, "zh")
    assert keeper.of(matcher, "en") is not keeper.of(matcher, "zh")
