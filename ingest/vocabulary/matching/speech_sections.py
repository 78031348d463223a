"""What each section of ``asker_speech.toml`` holds; the file itself says what its words are for."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from ingest.vocabulary.load import Subject

Many = tuple[str, ...]


class Asker(Subject):
    """Who is speaking: a firm or body, a person, a person with a firm of their own."""

    we: Many
    bring: Many
    passive: str
    firms_say: Many
    firm: Many
    person: Many
    unless: Many
    person_nouns: Many
    owner: Many
    not_owner: Many
    founder: Many
    for_employer: Many
    signs: Many
    breaks: Many
    itself: str
    founded: str
    not_itself: Many
    works_there: Many
    told_whole: Many
    verbs: Many
    behind_numbers: Many


class Words(Subject):
    """A list of words."""

    words: Many


class Maker(Subject):
    """What says what a firm makes, and what it only repairs or sells."""

    verbs: Many
    serves: Many
    serves_behind: Many
    business: Many
    also_makes: Many
    trades_made: Many


class Stance(Subject):
    """What is denied, planned, asked or said of somebody else."""

    denied: Many
    not_at_all: Many
    not_done: Many
    deeds: Many
    not_at: Many
    not_denied: Many
    planned: Many
    unsigned_told: str
    done: Many
    soon: Many
    offers: Many
    offers_unsigned: Many
    unsigned: Many
    goes_on: Many
    not_planned: Many
    asking: Many
    left: Many
    of_others: Many


class Dealings(Subject):
    """Events that the asker has with somebody else; ``owed``: of money that is not paid; ``lasting``: never a plan."""

    owed: Many
    with_others: Many
    lasting: Many


class Others(Subject):
    """People and firms who are neither the asker nor whom a firm brings."""

    named: Many
    teachers: Many
    persons: Many
    by_name: str
    asker_names: Many
    hearsay: Many
    one: Many
    plural: str
    not_named: Many
    pronouns: Many
    asker: Many
    beside: Many
    being: Many
    got: Many
    tells: Many


class States(Subject):
    """What somebody is for a time: words that say it is over (``former``) or still so (``now``), and where a home is."""

    passing: Many
    passing_said: Many
    former: Many
    now: Many
    housed: str
    away: Many
    located: str
    here: Many


class Skills(Subject):
    """Grades of skill by the names of certificates: 焊工高级证, 职业资格三级."""

    grades: Mapping[str, str]
    ranks: Mapping[str, str]
    between: Many
    certificates: Many
    trades: Many
    no_trades: Many
    no_ranks: Many
    titles: Many


class Clients(Subject):
    """For whom somebody works; what ``[clients]`` of the file describes."""

    serve: Many
    serve_if_done: Many
    does: Many
    service: str
    service_behind: Many
    no_service: Many
    gets: Many
    place: Many
    placed: Many
    with_: Many = Field(alias="with")
    together: Many
    firm: Many
    and_: Many = Field(alias="and")
    are: Many
    not_client: Many
    own: Many


class BringsAll(Subject):
    """Several things of which all must be brought for one event."""

    verb: Many
    each: tuple[Many, ...]
    event: str


class Outposts(Subject):
    """Research bodies that a firm sets up elsewhere, and what records call that."""

    sets_up: Many
    keeps: Many
    bodies: Many
    event: Many
    of_level: str


class ProfileWords(Subject):
    """What tells a profile without a subject from the case that a rule is asked about, and the words of its wish."""

    tells: Many
    numbers: Many
    counters: Many
    of_nobody: Many
    myself: str
    am: str
    get: str
    all_of: str
    how_much: str
    how_much_lead: str
    gives: str
    relatives: Many
    things: str
    fits: str
    ends: str
    english: Many
    of_self: str
    of_self_english: str
    personal: Many
    fewest_told: int


class Talent(Subject):
    """The person a firm brings; ``counters``, ``every`` and ``number_words`` tell several people apart."""

    verbs: Many
    nouns: Many
    counters: Many
    every: Many
    one_of: Many
    paid: Many
    paid_as: Many
    a_year: Many
    along: Many
    brought: str
    ways: Many
    staff: str
    oneself: str
    opens_list: str
    list_item: str
    firm_first: Many
    no_hiring: Many
    pairs: Mapping[str, str]
    number_words: Mapping[str, int]


class Studies(Subject):
    """What stands beside words of studying."""

    finished: Many
    behind_a_part: str
    before_a_school: str
    no_school: Many
    internship: Many
    of_children: Many
    later: Many
    takes: Many
    hired_after: Many
    monthly: Many
    taken: str
    as_intern: str
    not_interns: Many
    under_way_before: Many
    under_way_behind: Many
    not_graduated: Many
    broken_off: Many
    honorary: Many
    treated: Many
    treated_as: Many
    called: Many


class Figure(Subject):
    """What a number is of, by its sort and the words in front of it or right behind it."""

    unit: str
    before: Many
    behind: Many


class Hedges(Subject):
    """How sure a number is."""

    nearly: Many
    short_behind: str
    undone: str
    of_a_gap: Many
    paid_for: Many
    insurance: Many
    recent: str
    lasted: Many
    below: Many
    above: Many
    few: Many
    more: Many
    half: Many
    odd: Many
    of_months: Many
    no_tenths: Many
    about: Many


class PlaceWords(Subject):
    """What the words beside the name of a place say, and what lies where."""

    from_before: Many
    from_behind: Many
    dealing_before: Many
    study_behind: Many
    schools: Many
    back_home: str
    back_home_before: str
    back_home_behind: str
    coming: Many
    school_of: Many
    outside: Many
    outside_province: Many
    abroad: Many
    bodies: Many
    outside_behind: str
    no_places: Many
    household: str
    foreigner: str
    citizen: str
    own_people: Many
    at_home: Many
    firm_there: Many
    works_there: Many
    papers: Many
    branches: Many
    seats: Many
    has_a_seat: Many
    up_to_a_seat: str
    works: Many
    itself: Many
    not_yet: Many
    unsettled: Many
    unfounded: Many
    unfounded_firm: str
    not_coming: str
    not_here: Many
    ours: Many
    came: Many
    came_behind: Many
    foreign_firm: str
    capital_of: Many
    capital: Many
    capital_firm: Many
    firm_of_region: str
    student_of: str
    west: Many
    areas: Many
    countries: Mapping[str, Many]
    not_mainland: Many
    cities: Mapping[str, Many]
