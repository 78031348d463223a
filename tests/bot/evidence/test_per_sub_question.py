"""What is found for each of the things set side by side, and what of it is about the question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.evidence.benefit_rows import given_for_first
from bot.evidence.candidates import Candidate, QueryTerms
from bot.evidence.per_sub_question import (
    CONTEXT_SHARE,
    FITS_WITHIN,
    FITS_WITHIN_WITHOUT_FIGURE,
    MOST_RATES,
    OTHER_WORDS_SHARE,
    Compared,
    aspect_query,
    aspect_words,
    bearing,
    fitting,
    is_missing,
    speaks_of,
)
from bot.text.term_overlap import TermWeights
from bot.types import Question
from bot.understand.levels_and_places import Places
from bot.understand.reading import read_question
from bot.understand.sub_questions import Aspect
from index.types import Filters, Hit, QueryPart
from ingest.types import Clause, Corpus, Role, Span

ClauseWith = Callable[[str], Clause]
Make = Callable[..., Candidate]
CITY, BANNER, NATION = (Aspect(level, "安家补贴", level) for level in ("市", "旗", "国家"))


@pytest.fixture
def make(invented: ClauseWith) -> Make:
    def candidate(text: str, score: float, covers: float = 0.5, title_only: float = 0.0) -> Candidate:
        features = {"title_only": title_only, "covers_with_path": covers}
        hit = Hit(invented(text), 1, 1.0, {}, None)
        return Candidate(hit, Span(0, len(text)), text, 0, features, score, None, frozenset([text]))

    return candidate


def of(aspect: Aspect, *candidates: Candidate) -> Compared:
    return Compared(aspect, (), candidates)


def kept(found: tuple[Compared, ...]) -> list[int]:
    return [len(compared.candidates) for compared in found]


def test_a_level_is_searched_by_itself_with_the_rest_as_context(places: Places) -> None:
    question = Question(("市里和旗里的安家补贴分别多少",), date(2026, 11, 22), Filters(documents=frozenset({"d"})))
    reading = read_question(question, places, 20)
    query = aspect_query(replace(CITY, context="购房"), reading)
    assert query.parts == (QueryPart("安家补贴"), QueryPart("购房", CONTEXT_SHARE))
    assert query.filters == Filters(documents=frozenset({"d"}), levels=frozenset({"市"}))
    item = aspect_query(Aspect("地价", "工业用地价格"), reading)
    assert (item.parts, item.filters) == ((QueryPart("工业用地价格"),), question.filters)


def test_beside_an_item_the_rest_of_the_question_counts_a_little() -> None:
    weights = TermWeights({"电价": 1.0, "建厂": 1.0, "电费": 1.0})
    wanted = QueryTerms({"建厂": 0.8, "电价": 0.8}, {}, {})
    words = aspect_words(Aspect("电价", "电价"), wanted, weights, ("电费",))
    assert words.words == {"建厂": 0.8 * OTHER_WORDS_SHARE, "电价": 1.0, "电费": 0.5}
    assert words.last == {"电价": 1.0, "电费": 0.5}
    level = aspect_words(Aspect("市", "电价", "市", "建厂"), wanted, weights, ())
    assert level.words == {"建厂": CONTEXT_SHARE, "电价": 1.0}


def test_a_level_keeps_what_is_about_the_question(make: Make) -> None:
    best = make("给予安家补贴30万元。", 5.0)
    near, far = make("给予安家补贴20万元。", 5.0 - FITS_WITHIN), make("给予补贴10万元。", 4.9 - FITS_WITHIN)
    assert kept(fitting([of(CITY, best), of(BANNER, near), of(NATION, far)], amount_asked=True)) == [1, 1, 0]


def test_where_an_amount_is_asked_a_sentence_without_one_must_be_nearer(make: Make) -> None:
    best = make("给予安家补贴30万元。", 5.0)
    wordy = make("给予安家补贴。", 4.9 - FITS_WITHIN_WITHOUT_FIGURE)
    assert kept(fitting([of(CITY, best), of(BANNER, wordy)], amount_asked=True)) == [1, 0]
    assert kept(fitting([of(CITY, best), of(BANNER, wordy)], amount_asked=False)) == [1, 1]


def test_what_covers_too_little_of_the_question_is_about_something_else(make: Make) -> None:
    best, other = make("给予安家补贴。", 5.0, covers=1.0), make("给予租房补贴。", 5.0, covers=0.29)
    assert kept(fitting([of(CITY, best), of(BANNER, other)], amount_asked=False)) == [1, 0]


def test_an_item_of_a_list_keeps_all_but_titles_and_offices(make: Make) -> None:
    said = make("地价20万元。", 1.0, covers=0.0)
    empty = (make("（责任单位：市科技局）", 5.0), make("要素价格。", 5.0, title_only=1.0))
    best = make("给予安家补贴。", 9.0)
    assert kept(fitting([of(Aspect("地价", "地价"), *empty, said), of(CITY, best)], amount_asked=True)) == [1, 1]
    assert kept(fitting([of(CITY, *empty)], amount_asked=True)) == [0]


def test_rows_of_one_list_stand_beside_each_other_as_printed(corpus: Corpus, clause_with: ClauseWith) -> None:
    first = clause_with("1-10KV：0.477")
    rows = [clause for clause in corpus.clauses if clause.role is Role.PRICE and clause.path == first.path]
    assert len(rows) > 1
    candidates = [
        Candidate(Hit(row, 1, 1.0, {}, None), Span(0, len(row.text)), row.text, 0, {}, score, None, frozenset())
        for score, row in enumerate(rows)
    ]
    beside = of(Aspect("电价", "电价"), *reversed(candidates)).beside
    assert [candidate.clause for candidate in beside] == rows[-MOST_RATES:]


def test_a_good_asked_for_without_a_use_has_a_row_for_each(corpus: Corpus) -> None:
    rows = [c for c in corpus.clauses if c.role is Role.PRICE and any("自来水价格" in part for part in c.path)]
    candidates = [
        Candidate(Hit(row, 1, 1.0, {}, None), Span(0, len(row.text)), row.text, 0, {}, 1.0, None, frozenset())
        for row in rows
    ]
    assert [c.clause for c in of(Aspect("水价", "水价"), *candidates).beside] == rows
    assert len(of(Aspect("工业用水", "工业用水"), *candidates).beside) < len(rows)


def test_money_for_the_purpose_asked_leads_what_deducts_it(corpus: Corpus, clause_with: ClauseWith) -> None:
    deducts, gives = (
        clause_with("安家补贴扣除此前已享受购房"),
        clause_with("分别给予最高300万元、200万元、80万元安家补贴"),
    )
    found = [
        Candidate(Hit(one, 1, 1.0, {}, None), Span(0, len(one.text)), one.text, 0, {}, 1.0, None, frozenset())
        for one in (deducts, gives)
    ]
    only_training = replace(found[0], span=Span(deducts.text.index("分别给予所在单位"), len(deducts.text)))
    assert given_for_first("安家费", [only_training, found[1]])[0].clause is gives
    assert given_for_first("培养资助", [only_training, found[1]])[0].clause is deducts
    assert given_for_first("水价", [only_training, found[1]])[0].clause is deducts


def test_of_other_clauses_the_best_stands_alone(make: Make) -> None:
    best = make("给予安家补贴。", 5.0)
    assert of(CITY, best, make("给予租房补贴。", 4.0)).beside == (best,)
    assert of(CITY).beside == ()
    assert of(CITY).best is None


def test_a_level_is_missing_unless_anothers_rule_speaks_of_it(make: Make) -> None:
    city = of(CITY, make("市里给予安家补贴。", 5.0))
    shared = of(CITY, make("中央和自治区分别承担45%和30%。", 5.0))
    assert is_missing(of(NATION), [city, of(NATION)])
    assert not is_missing(of(NATION), [shared, of(NATION)])
    assert not is_missing(city, [city])
    assert not is_missing(of(Aspect("地价", "地价")), [city])


NO_WEIGHTS = TermWeights({})


def test_an_item_that_no_sentence_with_an_amount_speaks_of_has_none(make: Make) -> None:
    engineers = make("对引进优秀退休工程师的企业给予最高15万元补贴；", 4.5)
    leaders = make("全国会计领军人才。", 2.0)
    found = [
        of(Aspect("退休工程师", "退休工程师", key="工程师"), leaders, engineers),
        of(Aspect("退休会计", "退休会计", key="会计"), engineers, leaders),
        of(Aspect("水价", "水价", key="水价"), leaders),
    ]
    first, second, goods = bearing(found, lambda _: (), NO_WEIGHTS)
    assert first.best is engineers
    assert second.best is None
    assert goods.best is leaders


@pytest.mark.parametrize(
    ("key", "also", "text", "speaks"),
    [
        ("野外观测站", (), "对野外科学观测研究站每年给予支持", True),  # its characters in their order
        ("考证补贴", ("技能提升补贴",), "申请技能提升补贴", True),
        ("创业板", (), "充分发挥各类创业载体作用", False),
        ("会计", (), "社会各界的计划", False),  # two characters stand near each other by chance
    ],
)
def test_a_sentence_speaks_of_a_thing_by_name_short_form_or_other_word(
    make: Make, key: str, also: tuple[str, ...], text: str, speaks: bool
) -> None:
    assert speaks_of(key, also, make(text, 1.0), NO_WEIGHTS) is speaks
