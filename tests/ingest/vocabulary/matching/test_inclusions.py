from __future__ import annotations

from ingest.vocabulary.entitlements import entitlement_words
from ingest.vocabulary.load import CUT_NOTHING
from ingest.vocabulary.matching.inclusions import inclusions
from ingest.vocabulary.places import place_names, province_of


def test_every_attribute_it_speaks_of_is_one_of_the_records() -> None:
    known = inclusions()
    named = {*known.exclusive, *known.general, *known.person, *known.inside, *known.groups, *known.neighbours}
    named |= {*known.complete, *known.multiples, *known.bases}
    named |= {name for names in known.neighbours.values() for name in names}
    named |= {name for names in known.counts.values() for name in names}
    named |= {name.partition("=")[0] for names in known.certain.values() for name in names}
    assert named <= entitlement_words().attributes.keys()


def test_recipients_are_those_of_the_records() -> None:
    named = {who for who, others in inclusions().recipients.items() for who in (who, *others)}
    assert named <= entitlement_words().recipients.keys()


def test_nothing_is_another_name_of_two_things() -> None:
    others = [other for names in inclusions().same.values() for other in names]
    assert len(others) == len(set(others))


def test_prefectures_lie_in_provinces_that_are_known() -> None:
    provinces = {name for names in place_names().provinces.values() for name in names}
    assert set(province_of().values()) <= provinces
    assert province_of()["鄂尔多斯"] == "内蒙古"
    listed = {name for names in place_names().prefectures.values() for name in names}
    assert listed <= province_of().keys()


def test_changing_them_rebuilds_no_index() -> None:
    assert {"inclusions.toml", "provinces.toml"} <= CUT_NOTHING
