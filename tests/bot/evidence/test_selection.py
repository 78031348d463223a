"""Which sentences make an answer: candidates are made by hand, so that each rule shows by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from bot.compose.draft import Draft
from bot.evidence.candidates import Candidate, QueryTerms, find_candidates, query_terms
from bot.evidence.per_sub_question import Compared
from bot.evidence.selection import ALIKE, MARGIN, MOST_CHARS, MOST_SENTENCES, choose
from bot.text.term_overlap import TermWeights
from bot.types import Question
from bot.understand.levels_and_places import Places
from bot.understand.reading import Reading, read_question
from bot.understand.sub_questions import Aspect
from index.types import Hit
from ingest.types import Clause, Corpus, RowCell, Span

ClauseWith = Callable[[str], Clause]
Read = Callable[..., Reading]
Make = Callable[..., Candidate]
AnswerFrom = Callable[[Sequence[str], Sequence[Clause]], tuple[Reading, Draft]]
ASKED = "鼓励类产业企业的所得税税率延续到哪年，还有效吗"
NOTHING = QueryTerms({}, {}, {})
PLAIN = {"title_only": 0.0, "other_use": 0.0, "other_good": 0.0}


@pytest.fixture
def read(places: Places) -> Read:
    return lambda *turns: read_question(Question(turns, date(2026, 11, 22)), places, 20)


@pytest.fixture
def make(invented: ClauseWith) -> Make:
    """A candidate that says ``text``, the ``order``-th sentence of a clause by this name, with terms of its own."""

    def candidate(
        text: str, score: float, clause: str = "c", order: int = 0, terms: Sequence[str] = (), **features: float
    ) -> Candidate:
        of = replace(invented(text), id=clause, document=clause)
        hit = Hit(of, 1, 1.0, {}, None)
        return Candidate(
            hit, Span(0, len(text)), text, order, PLAIN | features, score, None, frozenset(terms or [text])
        )

    return candidate


def texts(chosen: Sequence[Candidate]) -> list[str]:
    return [candidate.text for candidate in chosen]


@pytest.mark.parametrize(
    ("score", "documents"),
    [
        (4.5, 1),  # clearly below the rule asked about: the end of another rule only misleads
        (4.9, 2),  # as good: perhaps it is the one that is meant
    ],
)
def test_the_term_of_another_document_is_left_out(
    score: float, documents: int, weights: TermWeights, read: Read, clause_with: ClauseWith
) -> None:
    reading = read(ASKED)
    wanted = query_terms(reading, weights, ())
    clauses = [clause_with("减按15%的税率"), clause_with("阶段性降低失业保险费率至1%")]
    hits = [Hit(clause, rank, 1.0, {}, None) for rank, clause in enumerate(clauses, start=1)]
    found = find_candidates(reading, hits, wanted, lambda _clause, _spans: ())
    terms = [next(c for c in found if c.clause is clause and c.statement is not None) for clause in clauses]
    lead, other = replace(terms[0], score=5.0), replace(terms[1], score=score)
    assert len({c.clause.document for c in choose(reading, [lead, other], wanted)}) == documents


def test_of_nothing_nothing_is_chosen(read: Read) -> None:
    assert choose(read("安家补贴多少"), [], NOTHING) == []


def test_what_scores_within_the_margin_is_added(read: Read, make: Make) -> None:
    best = make("给予安家补贴。", 5.0)
    near, far = make("分五年拨付。", 5.0 - MARGIN, "d"), make("另给租房补贴。", 5.0 - MARGIN - 0.01, "e")
    assert choose(read("安家补贴多少"), [best, near, far], NOTHING) == [best, near]
    # Who asks for several things is given what lies somewhat further off, too.
    assert choose(read("安家补贴和租房补贴分别多少"), [best, near, far], NOTHING) == [best, near, far]


def test_words_of_the_question_not_said_yet_bring_a_sentence_nearer(read: Read, make: Make) -> None:
    best, far = make("给予安家补贴。", 5.0, terms=["安家"]), make("分五年拨付。", 4.0, "d", terms=["拨付"])
    assert choose(read("安家补贴多少"), [best, far], QueryTerms({"安家": 1.0, "拨付": 1.0}, {}, {})) == [best, far]
    assert choose(read("安家补贴多少"), [best, far], QueryTerms({"安家": 1.0, "五年": 1.0}, {}, {})) == [best]


def test_the_other_half_of_a_divided_sentence_belongs_to_it(read: Read, make: Make) -> None:
    first, second = make("博士每月3000元；", 5.0), make("硕士每月2000元。", 4.0, order=1)
    assert choose(read("补贴多少"), [first, second], NOTHING) == [first, second]
    assert choose(read("补贴多少"), [replace(first, text="博士每月3000元。"), second], NOTHING) == [
        replace(first, text="博士每月3000元。")
    ]
    elsewhere = make("硕士每月2000元。", 4.0, "d", order=1)
    assert choose(read("补贴多少"), [first, elsewhere], NOTHING) == [first]


def test_what_says_the_same_is_said_once(read: Read, make: Make) -> None:
    words = list("甲乙丙丁戊己庚辛壬癸")
    best = make("给予30万元安家补贴。", 5.0, terms=words)
    same = make("一次性给予30万元安家补贴。", 4.9, "d", terms=[*words[: round(10 * ALIKE)], *"子丑寅"])
    assert choose(read("安家补贴多少"), [best, same], NOTHING) == [best]
    more = make("给予50万元安家补贴。", 4.9, "d", terms=words)  # another figure is another rule
    assert choose(read("安家补贴多少"), [best, more], NOTHING) == [best, more]


def test_a_title_and_offices_that_are_not_asked_for_add_nothing(read: Read, make: Make) -> None:
    best = make("给予安家补贴。", 5.0)
    title, offices = make("给予支持。", 4.9, "d", title_only=1.0), make("（责任单位：市科技局）", 4.9, order=1)
    assert choose(read("安家补贴多少"), [best, title, offices], NOTHING) == [best]


def test_who_asks_for_the_office_is_told_that_of_the_same_clause(read: Read, make: Make) -> None:
    best = make("由相关单位兑现。", 5.0)
    own, others = make("（责任单位：市科技局）", 3.0, order=1), make("（责任单位：旗人社局）", 4.9, "d", order=1)
    assert texts(choose(read("安家补贴由谁负责"), [best, others, own], NOTHING)) == [best.text, own.text]


def test_an_answer_ends_with_so_many_sentences_and_characters(read: Read, make: Make) -> None:
    short = [make(f"第{number}条规定。", 5.0, str(number)) for number in range(MOST_SENTENCES + 3)]
    assert choose(read("有什么规定"), short, NOTHING) == short[:MOST_SENTENCES]
    long = [make(f"{number}" * (MOST_CHARS // 2), 5.0, str(number)) for number in range(3)]
    assert choose(read("有什么规定"), long, NOTHING) == long[:2]
    assert choose(read("有什么规定"), [make("长" * (MOST_CHARS + 1), 5.0), *long], NOTHING)[0].text[0] == "长"


def test_sentences_of_one_clause_stand_together_in_its_order(read: Read, make: Make) -> None:
    best = make("给予安家补贴。", 5.0, "c", order=2)
    other, earlier, later = (
        make("租房另补。", 4.95, "d"),
        make("分五年拨付。", 4.9, "c", order=1),
        make("就高享受。", 4.85, "c", order=3),
    )
    assert choose(read("安家补贴多少"), [best, other, later, earlier], NOTHING) == [best, earlier, later, other]


def test_rows_of_one_rate_list_are_given_as_printed(read: Read, corpus: Corpus, clause_with: ClauseWith) -> None:
    low, high = clause_with("1-10KV：0.477"), clause_with("110KV：0.401")
    other = clause_with("非居民供热")

    def row(clause: Clause, score: float, **features: float) -> Candidate:
        return Candidate(
            Hit(clause, 1, 1.0, {}, None), Span(0, len(clause.text)), clause.text, 0, PLAIN | features, score, None,
            frozenset([clause.text]),
        )  # fmt: skip

    found = [row(high, 5.0), row(other, 3.0), row(low, 2.0)]
    assert [c.clause for c in choose(read("工业用电多少钱一度"), found, NOTHING)] == [low, high]
    near = [row(high, 5.0), row(other, 4.9), row(low, 2.0)]
    assert [c.clause for c in choose(read("工业用电多少钱一度"), near, NOTHING)] == [other, low, high]
    of_another = [row(high, 5.0), row(other, 4.9, other_good=1.0), row(low, 2.0)]
    assert [c.clause for c in choose(read("工业用电多少钱一度"), of_another, NOTHING)] == [low, high]


def test_of_things_compared_the_best_of_each_leads(read: Read, make: Make) -> None:
    city, banner = make("市里给予安家补贴。", 3.0, "c"), make("旗里给予安家补贴。", 2.0, "d")
    better = make("自治区给予安家补贴。", 9.0, "e")
    compared = [
        Compared(Aspect("市", "安家补贴", "市"), (), (city,)),
        Compared(Aspect("旗", "安家补贴", "旗"), (), (banner,)),
    ]
    chosen = choose(read("市里和旗里的安家补贴分别多少"), [better], NOTHING, compared)
    assert chosen == [city, banner]  # what search liked best is of neither


def test_one_item_alone_is_no_comparison_but_one_level_is(read: Read, make: Make) -> None:
    best, other = make("给予安家补贴。", 5.0), make("地价20万元。", 3.0, "d")
    items = [Compared(Aspect("地价", "地价"), (), (other,)), Compared(Aspect("电价", "电价"), (), ())]
    assert choose(read("安家补贴多少"), [best], NOTHING, items) == [best]
    levels = [Compared(Aspect("市", "地价", "市"), (), (other,)), Compared(Aspect("旗", "地价", "旗"), (), ())]
    assert choose(read("安家补贴多少"), [best], NOTHING, levels) == [other]


SETTLING_IN = "对全职引进的顶尖人才（A类）给予不低于300万元安家补贴"
TRAINING_ON_TOP = "安家补贴扣除此前已享受购房、安家补贴补齐差额，分别给予所在单位200万元"
RENT = "硕士（或副高级职称人员、高级技师、重点高校本科生）1500元/人·月标准申请租房补贴"


@pytest.mark.parametrize(
    ("question", "also"),
    [
        ("在本市全职工作达到认定标准的A类人才，安家补贴是多少", ()),
        ("what settling-in allowance is paid to category a talent?", ("安家补贴", "本市全职工作", "认定标准")),
        ("what settling-in allowance is paid to category a talent?", ("安家补贴",)),
    ],
)
def test_money_for_another_purpose_is_not_put_in_front(
    question: str, also: tuple[str, ...], weights: TermWeights, places: Places, clause_with: ClauseWith
) -> None:
    """人才培养资助 is paid to the employer; its sentence names 安家补贴 three times, and is found first."""
    reading = read_question(Question((question,), date(2026, 11, 22)), places, 20, policy_words=lambda _text: also)
    wanted = query_terms(reading, weights, also)
    clauses = [clause_with(TRAINING_ON_TOP), clause_with(SETTLING_IN)]
    hits = [Hit(clause, rank, 1.0 - 0.2 * rank, {}, None) for rank, clause in enumerate(clauses, start=1)]
    found = find_candidates(reading, hits, wanted, lambda _clause, _spans: ())
    assert TRAINING_ON_TOP in found[0].text
    assert SETTLING_IN in choose(reading, found, wanted)[0].text


def test_money_for_another_purpose_is_not_added_to_what_is_asked(
    answer_from: AnswerFrom, clause_with: ClauseWith
) -> None:
    clauses = [clause_with(RENT), clause_with("分别给予300万元、250万元、200万元、100万元、80万元安家补贴")]
    _, draft = answer_from(["硕士毕业生租房补贴是多少"], clauses)
    assert draft.sentences[0].text.startswith("〔市〕硕士")
    assert not any("安家补贴" in sentence.text for sentence in draft.sentences)


def test_without_a_sentence_for_the_asked_purpose_the_order_stays(
    answer_from: AnswerFrom, clause_with: ClauseWith
) -> None:
    _, draft = answer_from(["A类人才的租房补贴是多少"], [clause_with(TRAINING_ON_TOP)])
    assert any(TRAINING_ON_TOP in sentence.text for sentence in draft.sentences)


@pytest.mark.parametrize("words", ["制定如下措施：", "为做好人才培养引进工作，制定如下人才分类及认定参考标准："])
def test_words_that_only_announce_the_rules_are_no_answer(
    words: str, answer_from: AnswerFrom, clause_with: ClauseWith
) -> None:
    opening = clause_with(words)
    rule = clause_with("支持外商投资设立开放式创新平台类研发中心")
    _, draft = answer_from(["外商投资设立研发中心有哪些支持，人才分类标准是什么"], [opening, rule])
    assert not any(words in sentence.text for sentence in draft.sentences)
    _, alone = answer_from(["外商投资设立研发中心有哪些支持，人才分类标准是什么"], [opening])
    assert alone.sentences  # rather than nothing


def test_a_title_alone_is_said_with_how_to_come_by_its_text(answer_from: AnswerFrom, clause_with: ClauseWith) -> None:
    _, draft = answer_from(
        ["外国商务人士在华工作生活指引讲了什么，能看全文吗"], [clause_with("外国商务人士在华工作生活指引（2024年版）")]
    )
    assert [sentence.text.partition("〕")[2] or sentence.text for sentence in draft.sentences] == [
        "外国商务人士在华工作生活指引（2024年版）",
        "（微信扫一扫下载政策全文）",
    ]


def test_of_standards_from_different_days_the_latest_in_force_leads(
    answer_from: AnswerFrom, invented: ClauseWith
) -> None:
    texts = (
        "自2024年7月1日起，低保标准为每人每月1201元。",
        "自2027年7月1日起，低保标准为每人每月1401元。",
        "自2025年7月1日起，低保标准为每人每月1301元。",
    )
    clauses = [replace(invented(text), id=f"c{number}") for number, text in enumerate(texts)]
    for asked, said in (
        ("低保标准多少钱", "1301元"),
        ("2024年8月低保标准多少钱", "1201元"),
        ("2028年低保标准多少钱", "1401元"),
    ):
        _, draft = answer_from([asked], clauses)
        assert said in draft.sentences[0].text, asked


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("每人1000元。", 4.0), ("其中招用脱贫户的，每人1500元。", 5.0), 2),  # the rule that it is part of
        (("每家最多600万元。", 5.0), ("其中，前两年各180万元。", 4.0), 2),  # and the other way round
        (("每家最多600万元。", 5.0), ("另有补助180万元。", 4.0), 1),
    ],
)
def test_a_part_goes_with_the_rule_it_is_part_of(
    first: tuple[str, float], second: tuple[str, float], expected: int, read: Read, make: Make
) -> None:
    candidates = sorted((make(*first), make(*second, order=1)), key=lambda c: -c.score)
    assert len(choose(read("招本地人补多少"), candidates, NOTHING)) == expected


def test_offices_that_fit_best_are_those_of_their_own_clause(read: Read, make: Make) -> None:
    offices = make("（责任单位：自治区工业和信息化厅、财政厅）", 5.6, "a", 1)
    paid = make("拖欠民营企业、中小企业无分歧账款一律清偿到位。", 3.5, "a")
    other = make("各盟市科技局负责政策落实和组织推动。", 3.9, "b")
    chosen = choose(read("欠我们的工程款不给，自治区哪个部门负责"), [offices, other, paid], NOTHING)
    assert texts(chosen)[:2] == [paid.text, offices.text]


def test_a_follow_up_on_how_and_when_is_answered_from_the_guide(read: Read, make: Make) -> None:
    reading = read("博士买房补多少", "这个在哪儿申请，几天能批")
    said = make("博士｜18万元", 5.0)
    of_table = replace(said.clause, id="row", cells=(RowCell(Span(0, 2), "学历"), RowCell(Span(3, 7), "标准")))
    row = replace(said, hit=replace(said.hit, clause=of_table))
    place = make("办理地点：政务大厅", 3.5, label_wanted=0.4)
    days = make("办理时限：15个工作日", 4.4, order=1, label_wanted=0.4)
    papers = make("申请材料：合同", 3.0, order=2, label_wanted=0.0)
    elsewhere = make("办理地点：别处", 4.5, clause="another", label_wanted=0.4)
    assert texts(choose(reading, [row, elsewhere, days, place, papers], NOTHING)) == [place.text, days.text]


def test_a_telephone_number_asked_for_beside_other_things_is_said(read: Read, make: Make) -> None:
    office, other = make("由县工信局受理。", 5.0), make("电话：0747-722 3386", 4.0, "d")
    phone = make("联系电话：0747-722 3385", 1.0, order=3)
    assert texts(choose(read("归哪个局管，打什么电话？"), [office, other, phone], NOTHING))[-1] == phone.text
    assert phone not in choose(read("归哪个局管？"), [office, phone], NOTHING)


@pytest.mark.parametrize(
    ("turn", "text", "is_said"),
    [
        ("博士安家费多少，是一次给吗", "按以下标准给予补贴，分五年发放：", True),
        ("博士安家费多少", "按以下标准给予补贴，分五年发放：", False),  # the row says it all
        (
            "博士安家费多少，是一次给吗",
            "补贴分五年发放。",
            False,
        ),  # of the same article, but no words that the rows hang on
    ],
)
def test_the_words_above_a_table_go_with_a_row_that_leaves_something_open(
    turn: str, text: str, is_said: bool, read: Read, make: Make
) -> None:
    said = make("博士｜20万元", 5.0)
    of_table = replace(said.clause, id="row", cells=(RowCell(Span(0, 2), "学历"), RowCell(Span(3, 7), "标准")))
    row = replace(said, hit=replace(said.hit, clause=of_table))
    assert texts(choose(read(turn), [row, make(text, 3.0, order=1)], NOTHING)) == [row.text, *([text] * is_said)]
