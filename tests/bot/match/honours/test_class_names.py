"""Names of classes that one catalogue alone has."""

from __future__ import annotations

import pytest

from bot.match.facts.places import KnownPlaces
from bot.match.facts.read import read_facts
from bot.match.honours.class_names import with_catalogues
from tests.bot.match.facts.conftest import AS_OF, spelt

NAMES = {"拔尖人才": frozenset({("鄂尔多斯市", "D")}), "领军人才": frozenset({("鄂尔多斯市", "C")})}


@pytest.mark.parametrize(
    ("profile", "told"),
    [
        ("我是市级拔尖人才", ["talent_class@鄂尔多斯市=D"]),
        ("我不是市级拔尖人才，在伊旗上班", ["!talent_class@鄂尔多斯市=D"]),
        ("我们公司全职引进一位市级领军人才", ["talent:talent_class@鄂尔多斯市=C"]),
        ("我入选过国家拔尖人才", []),
        ("我入选市级拔尖人才培养计划", []),
        ("我同事是市级拔尖人才", []),
        ("我是市级D类人才", ["talent_class@鄂尔多斯市=D"]),
    ],
)
def test_a_class_may_be_said_by_its_name_and_level(known: KnownPlaces, profile: str, told: list[str]) -> None:
    facts = with_catalogues(profile, read_facts(profile, known, AS_OF), NAMES).facts
    assert [line for fact in facts if fact.attribute == "talent_class" for line in spelt(fact)] == told
