"""Amounts of two levels: the same people, the same thing, another amount; read from real clauses."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.compose.level_amounts import amounts_differ_by_level
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, Corpus, Span

Quote = tuple[Clause, tuple[Span, ...]]
QuoteOf = Callable[[str], Quote]

CITY_A = "对全职引进的顶尖人才（A类）给予不低于300万元安家补贴"
CITY_B_TO_F = "分别给予300万元、250万元、200万元、100万元、80万元安家补贴"
BANNER_A_TO_D = (
    "对全职引进的A类人才给予不低于300万元安家补贴，对全职引进的B类、C类、D类人才分别给予最高300万元、200万元、80万元"
)
CITY_PARENTS = "70周岁及以上的父母每人每年给予2000元养老补贴"
BANNER_PARENTS = "70周岁以上的父母每人每年给予1000元养老补贴"
REGION_FIRST_TIME = "对首次获批国家高新技术企业的区内企业和整体迁入我区的国家高新技术企业，一次性奖励30万元研发经费"
BANNER_AGAIN = "对再次获批或整体迁入伊金霍洛旗的国家高新技术企业给予20万元奖补"
CITY_EMPLOYER = "对全职引进A、B、C、D类人才的企事业单位，分别给予200万元、150万元、100万元、50万元人才培养资助"
CITY_RENT = "可按照博士（或正高级职称人员）2000元/人·月"
CITY_LIVING = "按照博士（或正高级职称人员）3000元/月"
BANNER_LIVING = "本科生（或中级专业技术职称人员、技师）1500元/月给予生活补贴"
BANNER_SMALL_GRANT = "对连续两年入库的国家科技型中小企业给予5万元奖补"


@pytest.fixture
def quote_of(corpus: Corpus) -> QuoteOf:
    def find(words: str) -> Quote:
        for clause in corpus.clauses:
            for span in split_sentences(clause.text):
                if words in span.of(clause.text):
                    return clause, (span,)
        raise AssertionError(words)

    return find


@pytest.mark.parametrize(
    ("quotes", "differ"),
    [
        ((CITY_PARENTS, BANNER_PARENTS), True),  # 2000 and 1000
        ((CITY_B_TO_F, BANNER_A_TO_D), True),  # C类 250 and 200
        ((REGION_FIRST_TIME, BANNER_AGAIN), True),  # both for a firm that moves here
        ((CITY_A, BANNER_A_TO_D), False),  # both print 300 for A类; the platform's 1亿元 is for something else
        ((CITY_LIVING, BANNER_LIVING), False),  # 3000, 2000, 1500 a month at both
        ((CITY_RENT, BANNER_LIVING), False),  # rent and living
        ((CITY_EMPLOYER, BANNER_A_TO_D), False),  # the employer's and the person's
        ((BANNER_SMALL_GRANT, REGION_FIRST_TIME), False),  # other firms
        ((CITY_A, CITY_B_TO_F), False),  # one level
        ((CITY_PARENTS,), False),
        ((), False),
    ],
)
def test_levels_differ_where_the_same_people_get_another_amount(
    quotes: tuple[str, ...], differ: bool, quote_of: QuoteOf
) -> None:
    assert amounts_differ_by_level([quote_of(words) for words in quotes]) is differ
    assert amounts_differ_by_level([quote_of(words) for words in reversed(quotes)]) is differ


def test_only_what_is_quoted_counts(quote_of: QuoteOf) -> None:
    (city, _), banner = quote_of(CITY_PARENTS), quote_of(BANNER_PARENTS)
    others = tuple(span for span in split_sentences(city.text) if CITY_PARENTS not in span.of(city.text))
    assert not amounts_differ_by_level([(city, others), banner])
