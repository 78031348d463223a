"""How people speak of themselves: subjects, stances, what numbers are of, what stands beside a place."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from pydantic import model_validator

from ingest.sentences import Sentence
from ingest.vocabulary.entitlements import Label, entitlement_words
from ingest.vocabulary.load import Subject, read
from ingest.vocabulary.matching.family_sections import Dependants, Joint, Kinship, Relatives
from ingest.vocabulary.matching.founding_sections import FirstFirm, Founding
from ingest.vocabulary.matching.outcome_sections import Over, Parts, Recognising, Won
from ingest.vocabulary.matching.speech_sections import (
    Asker,
    BringsAll,
    Clients,
    Dealings,
    Figure,
    Hedges,
    Maker,
    Many,
    Others,
    Outposts,
    PlaceWords,
    ProfileWords,
    Skills,
    Stance,
    States,
    Studies,
    Talent,
    Words,
)
from ingest.vocabulary.matching.unclaimed_sections import (
    Activities,
    Asks,
    LevelsElsewhere,
    NameParts,
    OrderClasses,
    Orders,
    Quoted,
    TalentClasses,
)


class AskerSpeech(Subject):
    """The whole of ``asker_speech.toml``, where the fields are described."""

    who: Label
    denial: Label
    plan: Label
    worked_out: tuple[Label, ...]
    talent_class: Label
    asker: Asker
    kinds_of_asker: Mapping[str, Many]
    no_kind_of_asker: Words
    maker: Maker
    stance: Stance
    asks: Asks
    names: NameParts
    dealings: Dealings
    others: Others
    joint: Joint
    kin: Kinship
    orders: Orders
    quoted: Quoted
    dependants: Dependants
    relatives: Relatives
    states: States
    skills: Skills
    brings_all: BringsAll
    outposts: Outposts
    founding: Founding
    first_firm: FirstFirm
    clients: Clients
    activities: Activities
    profile: ProfileWords
    talent: Talent
    talent_classes: TalentClasses
    times: Mapping[str, Many]
    levels: Mapping[str, Many]
    levels_elsewhere: LevelsElsewhere
    certificates: Mapping[str, str]
    levels_by_nature: Mapping[str, str]
    figures: Mapping[str, Figure]
    studies: Studies
    order_classes: OrderClasses
    over: Over
    parts: Parts
    won: Won
    recognising: Recognising
    firm_awards: Words
    units: Mapping[str, Many]
    units_of_vehicles: Words
    units_written: Mapping[str, str]
    money: Mapping[str, Many]
    hedges: Hedges
    places: PlaceWords
    about: Mapping[str, Label]
    at_most_one: Mapping[str, tuple[Many, ...]]
    contradictions: Mapping[str, Label]
    whole_numbers: Words
    bounds_of_numbers: Mapping[str, tuple[Decimal, Decimal]]

    @model_validator(mode="after")
    def _speaks_of_what_records_may_hold(self) -> AskerSpeech:
        known = entitlement_words()
        if unknown := self.kinds_of_asker.keys() - known.recipients.keys():
            raise ValueError(Sentence("ingest.names_unknown_word", name="kinds_of_asker", word=min(unknown)))
        if unknown := self.figures.keys() - known.attributes.keys():
            raise ValueError(Sentence("ingest.names_unknown_word", name="figures", word=min(unknown)))
        if unknown := {figure.unit for figure in self.figures.values()} - self.units.keys() - {"money"}:
            raise ValueError(Sentence("ingest.names_unknown_unit", name="figures", unit=min(unknown)))
        return self


@cache
def asker_speech() -> AskerSpeech:
    """The words, read and checked once. Raises VocabularyUnusable."""
    return read("asker_speech", AskerSpeech)
