"""What is called by its name comes first; an ordinary question calls nothing by name."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from index.glossary.glossary import Glossary
from index.rankers.named_clause import EXACT, NUMBERED, QUOTING, TITLED, AddressLookup
from index.rankers.protocol import Shelf, TextEncoder
from index.scoring.query_preparation import prepare
from index.text.file_number import FileNumber, file_numbers
from index.types import Query
from ingest.types import Corpus

NEW_ENERGY = ["d4-1", "d4-2"]


@pytest.fixture
def look_up(shelf: Shelf, encoder: TextEncoder):
    lookup = AddressLookup.build(shelf, encoder.encode_passages)

    def named(question: str) -> dict[str, object]:
        ranking = lookup.rank(prepare(Query.of(question), shelf, encoder), 100)
        return {
            shelf.clauses[position].id: pytest.approx(score)
            for position, score in zip(ranking.positions, ranking.scores, strict=True)
        }

    return named


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("病残津贴办法第十条讲什么", "d1-3"),
        ("病残津贴办法第 10 条讲什么", "d1-3"),
        ("病殘津貼辦法第１０條", "d1-3"),  # Traditional, full width
        ("企业职工基本养老保险病残津贴暂行办法第五条", "d1-2"),
        ("按照病残津贴暂行办法的第二条，谁可以申请", "d1-1"),
        ("西部大开发企业所得税政策第二条", "d5-2"),  # 二、 is called 第五条, too
        ("市3条第3条", "d2-3"),  # a list of three measures, and its level
        ("旗里2条的第2条", "d3-2"),
        ("电力交易若干政策第（二）条", "d4-2"),
    ],
)
def test_document_and_article(look_up, question: str, clause: str) -> None:
    assert [found for found, score in look_up(question).items() if score == EXACT] == [clause]


@pytest.mark.parametrize("question", ["第十条是什么", "第10条讲什么？", "请问第十条的内容"])
def test_an_article_without_a_document_is_every_clause_that_bears_it(look_up, question: str) -> None:
    assert look_up(question) == {"d1-3": EXACT}


@pytest.mark.parametrize("question", ["第九十九条是什么", "第十条能领多少钱", "（十）是什么", "十条是什么"])
def test_only_an_article_asked_for_itself_needs_no_document(look_up, question: str) -> None:
    assert look_up(question) == {}


LAWS = (
    "中华人民共和国青税法",
    "中华人民共和国青税法实施条例",
    "青税专项扣除暂行办法（试行）",
    "中华人民共和国青税征收管理法",
)


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("青税法第三条", 0),
        ("中华人民共和国青税法第三条讲什么", 0),
        ("《青税法》第三条", 0),
        ("根据青税法第3条怎么算", 0),
        ("我们按青税法第三条能少交多少", 0),
        ("青税法3条怎么规定的", 0),
        ("青税法实施条例第三条", 1),
        ("青税专项扣除暂行办法第三条", 2),
        ("青税征管法第三条", 3),  # its characters in their order
    ],
)
def test_the_exact_title_goes_before_titles_that_contain_it(
    corpus_of: Callable[[Sequence[Any]], Corpus], glossary: Glossary, encoder: TextEncoder, question: str, document: int
) -> None:
    items = [(f"第{number}条", (), f"第{number}条 青税的规定。") for number in "一二三"]
    shelf = Shelf.of(corpus_of([(title, "国家", None, items) for title in LAWS]), glossary)
    ranking = AddressLookup.build(shelf, encoder.encode_passages).rank(prepare(Query.of(question), shelf, encoder), 9)
    exact = [p for p, score in zip(ranking.positions, ranking.scores, strict=True) if score == EXACT]
    assert [(shelf.documents[shelf.clauses[p].document].title, shelf.clauses[p].address) for p in exact] == [
        (LAWS[document], "第三条")
    ]


@pytest.mark.parametrize(
    ("question", "address"),
    [
        ("青川法典第一千二百六十条", "第一千二百六十条"),
        ("青川法典第1260条讲什么", "第一千二百六十条"),
        ("青川法典第一千零一条", "第一千零一条"),
        ("青川法典第十四条", "四、14."),
    ],
)
def test_articles_beyond_a_thousand_and_points_under_a_heading(
    corpus_of: Callable[[Sequence[Any]], Corpus], glossary: Glossary, encoder: TextEncoder, question: str, address: str
) -> None:
    articles = ("第一千零一条", "第一千二百六十条", "第一千二百六十一条")
    items = [(label, (), f"{label} 青川的规定。") for label in articles]
    points = [("三、1.", (), "1.青川。"), ("四、1.", (), "1.青川。"), ("四、14.", (), "14.青川。")]
    of = points if "十四" in question else items
    shelf = Shelf.of(corpus_of([("青川法典", "国家", None, of)]), glossary)
    ranking = AddressLookup.build(shelf, encoder.encode_passages).rank(prepare(Query.of(question), shelf, encoder), 9)
    exact = [p for p, score in zip(ranking.positions, ranking.scores, strict=True) if score == EXACT]
    assert [shelf.clauses[p].address for p in exact] == [address]


def test_title_in_marks_and_article(look_up) -> None:
    named = look_up("《企业职工基本养老保险病残津贴暂行办法》第五条")
    assert named["d1-2"] == EXACT
    assert named["d1-1"] == TITLED


@pytest.mark.parametrize(
    ("titles", "named"),
    [
        (("若干措施", "实施方案"), ["d1-2"]),  # a plan is not called by its number of points
        (("若干措施", "若干政策"), []),  # either could be meant
        (("实施方案", "行动计划"), []),
    ],
)
def test_two_lists_of_one_length(
    corpus_of: Callable[[Sequence[Any]], Corpus],
    glossary: Glossary,
    encoder: TextEncoder,
    titles: Sequence[str],
    named: list[str],
) -> None:
    items = [("1.", (), "1.给予补贴。"), ("2.", (), "2.给予奖励。")]
    shelf = Shelf.of(corpus_of([(title, "市", None, items) for title in titles]), glossary)
    ranking = AddressLookup.build(shelf, encoder.encode_passages).rank(
        prepare(Query.of("市2条第2条"), shelf, encoder), 9
    )
    assert [shelf.clauses[position].id for position in ranking.positions] == named


@pytest.mark.parametrize(
    "question",
    [
        "内工信经运字〔2022〕405号是讲什么的",
        "内工信经运字[2022]405号",
        "内工信经运字（2022）405 号",
        "内工信经运字【2022】第405号",
        "内工信经运字2022年405号",
        "內工信經運字〔2022〕405號",
        "内工信经运字〔二〇二二〕四百零五号",
        "内工信经运字〔2022〕四〇五号",
        "请问内工信经运字〔2022〕405号还有效吗",
        "还能再吃405号文这个政策吗",
    ],
)
def test_file_number_in_any_spelling(look_up, question: str) -> None:
    assert look_up(f"{question}，新能源比例多少") == dict.fromkeys(NEW_ENERGY, NUMBERED)


def test_a_clause_that_cites_a_file_number_is_named_by_it(look_up) -> None:
    assert look_up("财税〔2011〕58号现在还执行吗") == {"d5-2": QUOTING}


def test_announcement_with_a_year_spelled_out(look_up) -> None:
    assert look_up("国家发展改革委公告2020年第23号的税率") == {"d5-1": NUMBERED, "d5-2": NUMBERED}


@pytest.mark.parametrize(
    "question", ["内工信经运字〔2022〕405号", "内工信经运字[2022]405号是什么文件？", "查一下内工信经运字〔2022〕405号"]
)
def test_nothing_but_a_file_number_is_asked_for(look_up, question: str) -> None:
    assert look_up(question) == dict.fromkeys(NEW_ENERGY, EXACT)


def test_nothing_but_a_cited_file_number_is_asked_for(look_up) -> None:
    assert look_up("财税〔2011〕58号全文") == {"d5-2": EXACT}


@pytest.mark.parametrize(
    "question",
    [
        "病残津贴怎么领",  # a subject, no article
        "补贴能领20条吗",
        "公司有30条生产线，第2条什么时候投产",
        "市里这30条的补贴具体要啥材料",  # no article asked for
        "我们第一次认定高企，第二年还有吗",
        "民法典第十条",  # another law
        "病残津贴办法第九十九条",  # no such article
        "财税〔2011〕59号",  # another number
        "国发〔2022〕405号",  # another issuer
        "内工信经运字〔2021〕405号",  # another year
        "405号房间",
        "《目录》里有什么",  # too short to be a title
        "2020年第23号台风",
        "",
    ],
)
def test_ordinary_questions_name_nothing(look_up, question: str) -> None:
    assert look_up(question) == {}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("国发〔2023〕11号", FileNumber("国发", 2023, 11)),
        ("国办发[2023] 7 号", FileNumber("国办发", 2023, 7)),
        ("国发〔二〇二三〕十一号", FileNumber("国发", 2023, 11)),
        ("财税（2011）58号", FileNumber("财税", 2011, 58)),
    ],
)
def test_file_numbers_in_one_spelling(text: str, number: FileNumber) -> None:
    assert file_numbers(text) == [number]


def test_words_before_the_issuer_do_no_harm() -> None:
    asked, printed = file_numbers("请问国发〔2023〕11号")[0], file_numbers("国发〔2023〕11号")[0]
    assert asked.matches(printed)
    assert printed.matches(asked)
    assert not asked.matches(FileNumber("国办发", 2023, 11))
