from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.verify.grounding import check_sentence, grounded
from ingest.facts.figures import find_figures
from ingest.structure.sentences import split_sentences
from ingest.types import Clause, Corpus

TALENT = "分别给予200万元、150万元、100万元、50万元人才培养资助"


@pytest.fixture
def clause(clause_with: Callable[[str], Clause]) -> Clause:
    return clause_with(TALENT)


@pytest.mark.parametrize(
    "said",
    [
        "给予150万元人才培养资助",
        "给予一百五十万元人才培养资助",  # other notation, same figure
        "a grant of RMB 1.5 million",
        "没有数字的一句话",
    ],
)
def test_printed_figures_stand(said: str, clause: Clause) -> None:
    assert check_sentence(said, (1,), {1: clause}).stands


@pytest.mark.parametrize(
    ("said", "stands"),
    [
        ("〔Region·Class 6〕 取得博士学位人员", True),
        ("Class 5 talents", False),  # printed of no class
        ("Class 60 talents", False),
        ("6 talents of the first class", False),
    ],
)
def test_a_class_in_english_is_printed_by_its_character(
    clause_with: Callable[[str], Clause], said: str, stands: bool
) -> None:
    of_six = clause_with("取得博士学位人员（海外毕业按当年度")
    assert check_sentence(said, (1,), {1: of_six}).stands is stands


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ("给予155万元人才培养资助", "155万元"),  # made up
        ("给予150元人才培养资助", "150元"),  # another unit
        ("资助占15%", "15%"),
        ("执行至2030年12月31日", "2030年12月31日"),
    ],
)
def test_other_figures_are_withheld(said: str, missing: str, clause: Clause) -> None:
    assert check_sentence(said, (1,), {1: clause}).missing_figures == (missing,)
    assert grounded(said, (1,), {1: clause}) is None


def test_a_citation_that_does_not_exist_withholds_the_sentence(clause: Clause) -> None:
    assert check_sentence("给予150万元", (1, 7), {1: clause}).missing_citations == (7,)
    assert grounded("给予150万元", (1, 7), {1: clause}) is None


def test_a_figure_without_citation_is_withheld(clause: Clause) -> None:
    assert grounded("给予150万元", (), {1: clause}) is None


def test_a_figure_of_an_uncited_clause_does_not_count(clause: Clause, corpus: Corpus) -> None:
    other = next(c for c in corpus.clauses if "参考价格" in c.text)
    assert grounded("参考价格：20-25万元/亩", (1,), {1: clause, 2: other}) is None
    assert grounded("参考价格：20-25万元/亩", (2,), {1: clause, 2: other}) is not None


def test_the_span_opens_at_the_figure_in_the_source(clause: Clause, corpus: Corpus) -> None:
    sentence = grounded(TALENT, (1,), {1: clause})
    assert sentence is not None
    source = corpus.source_by_name[clause.source].text
    assert [figure.span.of(source).replace("\n", "").replace(" ", "") for figure in sentence.figures] == [
        "200万元",
        "150万元",
        "100万元",
        "50万元",
    ]


def test_of_equal_figures_the_one_in_the_same_words_is_meant(
    clause_with: Callable[[str], Clause], corpus: Corpus
) -> None:
    clause = clause_with("未超过2年的，给予1万元一次性创业补贴")
    sentence = grounded("给予个人5万元一次性奖励", (1,), {1: clause})
    assert sentence is not None
    source = corpus.source_by_name[clause.source].text
    assert source[sentence.figures[0].span.start - 4 : sentence.figures[0].span.start].strip().endswith("个人")


# ── Whom a figure is said of ───────────────────────────────────────────────────────────────────

MASTERS = "博士5000元/人、硕士3000元/人、本科生2000元/人"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (TALENT, "C类人才所在单位可得100万元人才培养资助"),
        (TALENT, "对B类、C类人才分别给予150万元、100万元人才培养资助"),
        (TALENT, "B、C类人才分别给予150万元、100万元；D类为50万元"),
        (TALENT, f"对全职引进的，{TALENT}"),  # the clause's own words
        (TALENT, "〔市〕D类：50万元。"),
        (TALENT, "An employer of a Class C talent gets RMB 1 million"),
        (TALENT, "RMB 500,000 for a class D talent"),  # named behind its figure
        (TALENT, "Class C: 100万元 (RMB 1 million)"),
        (TALENT, "人才培养资助有100万元一档"),  # of nobody
        (MASTERS, "Master's graduates get 3000元/人 each"),
        (MASTERS, "硕士每人3000元"),
    ],
)
def test_a_figure_said_of_its_own_row_stands(
    words: str, said: str, corpus: Corpus, clause_with: Callable[[str], Clause]
) -> None:
    clause = clause_with(words) if words == TALENT else _clause_with_rows(corpus, words)
    assert check_sentence(said, (1,), {1: clause}).stands


@pytest.mark.parametrize(
    ("words", "said", "misplaced"),
    [
        (TALENT, "C类人才所在单位可得200万元人才培养资助", ("200万元",)),
        (TALENT, "对C类、B类人才分别给予150万元、100万元人才培养资助", ("150万元", "100万元")),
        (TALENT, "B类、C类人才都能得到150万元", ("150万元",)),
        (TALENT, "C类人才：可得资助。金额为200万元", ("200万元",)),  # named in the part before
        (TALENT, "RMB 2 million for a class C talent", ("RMB 2 million",)),
        (TALENT, "Class C: 200万元 (RMB 2 million)", ("200万元",)),
        (MASTERS, "本科生每人3000元", ("3000元",)),
        (MASTERS, "Bachelor graduates get 5000元/人 each", ("5000元/人",)),
    ],
)
def test_a_figure_said_of_another_row_is_withheld(
    words: str, said: str, misplaced: tuple[str, ...], corpus: Corpus, clause_with: Callable[[str], Clause]
) -> None:
    clause = clause_with(words) if words == TALENT else _clause_with_rows(corpus, words)
    assert check_sentence(said, (1,), {1: clause}).misplaced_figures == misplaced
    assert grounded(said, (1,), {1: clause}) is None


@pytest.mark.parametrize(
    ("context", "stands"),
    [("C类人才有多少？", True), ("A类人才有多少？", False), ("人才有多少？", True), ("A类和C类有多少？", True)],
)
def test_what_was_asked_tells_of_whom_a_sentence_speaks(context: str, stands: bool, clause: Clause) -> None:
    assert check_sentence("可给予100万元人才培养资助", (1,), {1: clause}, context).stands is stands


def test_a_quote_that_holds_the_row_whole_stands(corpus: Corpus) -> None:
    clause = _clause_with_rows(corpus, MASTERS)
    benefit = next(b for b in clause.benefits if b.object == "硕士")
    quote = clause.text[benefit.object_span.start : benefit.figure.span.end]
    other = next(b for b in clause.benefits if b.object == "博士")
    assert check_sentence(f"{other.object}与“{quote}”不同", (1,), {1: clause}).stands
    assert not check_sentence("博士与“3000元/人”一样", (1,), {1: clause}).stands
    assert not check_sentence("博士与“硕士或3000元/人”一样", (1,), {1: clause}).stands  # not printed so


def test_a_second_clause_may_bear_the_figure_out(corpus: Corpus, clause: Clause) -> None:
    other = next(c for c in corpus.clauses if not c.benefits and any(f.text == "200万元" for f in c.figures))
    said = "C类人才所在的项目可得200万元"
    assert not check_sentence(said, (1,), {1: clause, 2: other}).stands
    verdict = check_sentence(said, (1, 2), {1: clause, 2: other})
    assert [figure.clause_id for figure in verdict.figures] == [other.id]


def test_a_name_of_one_character_is_too_short_to_tell(clause: Clause) -> None:
    rows = tuple(replace(benefit, object=name) for benefit, name in zip(clause.benefits, "甲乙丙丁", strict=False))
    assert check_sentence("丙得200万元", (1,), {1: replace(clause, benefits=rows)}).stands


def _clause_with_rows(corpus: Corpus, words: str) -> Clause:
    return next(clause for clause in corpus.clauses if words in clause.text and clause.benefits)


# ── Names, titles, other numbers ───────────────────────────────────────────────────────────────

OFFICES = "责任单位：自治区商务厅、财政厅、发展和改革委员会、政务服务中心"
ARTICLE = "按国发〔2023〕11号和《外商投资法》第十二条办理，总部、数据中心全部免征，布局5G，由旗人力资源和社会保障局受理"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (OFFICES, "请联系自治区商务厅或财政厅"),
        (OFFICES, "由发展和改革委员会牵头，政务服务中心配合"),
        (OFFICES, "全部由有关部门办理，总部布局不限制"),
        (OFFICES, "The office in charge is the Department of Commerce (“自治区商务厅”)"),
        (ARTICLE, "依据《外商投资法》第十二条和国发〔2023〕11号"),
        (ARTICLE, "向旗人力资源和社会保障局申请，免征"),
        (ARTICLE, "支持5G和数据中心"),
    ],
)
def test_printed_names_stand(text: str, said: str, invented: Callable[[str], Clause]) -> None:
    verdict = check_sentence(said, (1,), {1: invented(text)})
    assert verdict.missing_words == ()
    assert verdict.stands


@pytest.mark.parametrize(
    ("text", "said", "missing"),
    [
        (OFFICES, "请联系市商务厅", "市商务厅"),  # another level
        (OFFICES, "请联系税务局", "税务局"),
        (OFFICES, "由住房和城乡建设部批准", "建设部"),
        (OFFICES, "由就业服务中心受理", "就业服务中心"),
        (OFFICES, "由旗人民政府批准", "政府"),
        (OFFICES, "局", "局"),
        (OFFICES, "The Bureau of Commerce decides", "Bureau"),
        (OFFICES, "The Bureau of Commerce decides (“牵头”)", "Bureau"),
        (ARTICLE, "依据第十三条办理", "第十三条"),
        (ARTICLE, "依据国发〔2024〕11号", "2024"),
        (ARTICLE, "依据国发〔2023〕1号", "1"),
        (ARTICLE, "支持66G", "66"),
        (ARTICLE, "电话0477-8580000", "0477-8580000"),
        (ARTICLE, "依据《公司法》", "公司法"),
        (ARTICLE, "补贴数百万", "数百万"),
        (ARTICLE, "税款减半", "减半"),
    ],
)
def test_other_names_are_withheld(text: str, said: str, missing: str, invented: Callable[[str], Clause]) -> None:
    verdict = check_sentence(said, (1,), {1: invented(text)})
    assert any(missing in words for words in verdict.missing_words)
    assert not verdict.stands


def test_headings_and_offices_of_a_clause_count_as_printed(corpus: Corpus) -> None:
    clause = next(c for c in corpus.clauses if c.departments and c.departments[0].endswith("局"))
    assert check_sentence(f"由{clause.departments[0]}负责", (1,), {1: clause}).stands


# ── Any notation ───────────────────────────────────────────────────────────────────────────────

_CHINESE = "零一二三四五六七八九"


def _in_characters(number: int) -> str:
    """1 … 9999 as a policy writes it: 300 → 三百, 1050 → 一千零五十."""
    said = ""
    for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            said += _CHINESE[digit] + name
        elif said and number and not said.endswith("零"):
            said += "零"
    return said.rstrip("零")


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _notations(wan: int) -> list[str]:
    """Ways to say ``wan`` × 10,000 元."""
    million, hundred_million = Decimal(wan) / 100, Decimal(wan) / 10000
    return [
        f"{wan}万元",
        f"{wan} 万元",
        f"{wan * 10000}元",
        f"{wan * 10000:,}元",
        f"{wan}万元人民币",
        f"{_in_characters(wan)}万元",
        f"{_plain(hundred_million)}亿元",
        f"RMB {_plain(million)} million",
        f"RMB {wan * 10000:,}",
        f"{_plain(million)} million yuan",
        *([f"{wan // 100}百万元", f"{_in_characters(wan // 100)}百万元"] if wan % 100 == 0 and wan < 1000 else []),
    ]


@pytest.mark.parametrize(
    "said", ["300万", "3百万元", "三百万元", "RMB 3 million", "0.03亿", "0.03亿元", "３００万元", "300萬元"]
)
def test_three_million_in_any_notation(said: str, invented: Callable[[str], Clause]) -> None:
    for printed in _notations(300):
        assert check_sentence(f"给予{said}", (1,), {1: invented(f"一次性给予{printed}奖励")}).stands, printed


@given(data=st.data(), wan=st.integers(1, 9999))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_same_amount_stands_however_it_is_written(
    data: st.DataObject, wan: int, invented: Callable[[str], Clause]
) -> None:
    printed, said = (data.draw(st.sampled_from(_notations(wan))) for _ in range(2))
    verdict = check_sentence(f"给予 {said} 。", (1,), {1: invented(f"对企业给予 {printed} 的奖励。")})
    assert verdict.stands, (printed, said, verdict)
    assert len(verdict.figures) == 1


# How people write amounts, made without a look at what the parser reads; some of it, as 叁佰万元, it does not read at all.
_SCRIPTS = {
    "ordinary": ("零一二三四五六七八九", "十百千"),
    "of cheques": ("零壹贰叁肆伍陆柒捌玖", "拾佰仟"),
    "digit by digit": ("〇一二三四五六七八九", None),
    "full width": ("０１２３４５６７８９", None),
    "Arabic": ("٠١٢٣٤٥٦٧٨٩", None),
    "raised": ("⁰¹²³⁴⁵⁶⁷⁸⁹", None),
}
_UNITS = ("万元", "萬元", "万圆", "萬圓", "万元整", "万块钱", "万人民币", "万", "萬")


def _written(number: int, digits: str, powers: str | None) -> str:
    if powers is None:
        return "".join(digits[int(digit)] for digit in str(number))
    said = ""
    for place, digit in zip(range(len(str(number)) - 1, -1, -1), str(number), strict=True):
        if digit != "0":
            said += digits[int(digit)] + (powers[place - 1] if place else "")
        elif said and not said.endswith(digits[0]):
            said += digits[0]
    return said.rstrip(digits[0])


def _independent_notations(wan: int) -> list[str]:
    """Ways to say ``wan`` × 10,000 元."""
    yuan = f"{wan * 10_000}"
    grouped = f"{wan * 10_000:,}"
    return [
        *(_written(wan, *script) + unit for script in _SCRIPTS.values() for unit in _UNITS),
        *(f"{wan}{unit}" for unit in _UNITS),
        *(f"{sign}{amount}" for sign in ("RMB ", "CNY ", "人民币", "¥", "￥", "") for amount in (grouped, f"{yuan}元")),
        *(grouped.replace(",", mark) + "元" for mark in ("，", " ", "\u2009", "'", ".")),
        f"{wan / 10_000:.4f}亿元",
        f"{wan / 10_000:.4f}億元",
        f"{wan / 100:.2f}百万元",
        f"{wan * 10}千元",
        f"{wan}w",
        f"RMB {wan / 100:.2f}m",
        f"{wan / 100:.2f} million yuan",
        f"{wan} wan",
    ]


@given(data=st.data(), wan=st.integers(1, 9999), other=st.integers(1, 9999))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_another_amount_never_stands(
    data: st.DataObject, wan: int, other: int, invented: Callable[[str], Clause]
) -> None:
    assume(wan != other)
    printed = data.draw(st.sampled_from(_notations(wan)))
    said = data.draw(st.sampled_from(_independent_notations(other)))
    verdict = check_sentence(f"给予{said}的奖励。", (1,), {1: invented(f"对企业给予 {printed} 的奖励。")})
    assert not verdict.stands, (printed, said, verdict)


@pytest.mark.parametrize("said", _independent_notations(300))
def test_three_million_is_not_one_and_a_half_however_it_is_said(said: str, invented: Callable[[str], Clause]) -> None:
    assert not check_sentence(f"给予{said}的奖励。", (1,), {1: invented("对企业给予150万元的奖励。")}).stands


@pytest.mark.parametrize(
    "said",
    "叁佰万元 人民币叁佰万元整 三〇〇万元 一个亿 半个亿 三个百万 百万元 六十万 廿万元 ③百万元 ½亿元 零点零三亿 二百来万元 一百五十 五十万".split(),
)
def test_a_number_that_is_no_figure_has_to_be_printed(said: str, invented: Callable[[str], Clause]) -> None:
    sentence = f"给予{said}奖励。"
    assert not check_sentence(sentence, (1,), {1: invented("对企业给予一百五十万元（150万元）的奖励。")}).stands
    assert check_sentence(sentence, (1,), {1: invented(f"一般情况下，给予{said}奖励。")}).stands


@pytest.mark.parametrize("said", ["三 百 万的奖励", "a grant of three hundred wan", "some millions"])
def test_nor_is_a_number_in_other_words(said: str, invented: Callable[[str], Clause]) -> None:
    assert not check_sentence(said, (1,), {1: invented("对企业给予150万元的奖励。")}).stands


@pytest.mark.parametrize(
    "said", ["一类企业优先", "十分重视", "千方百计", "万家企业", "半年内办结", "第三产业", "万一有变化"]
)
def test_words_with_numerals_in_them_are_no_numbers(said: str, invented: Callable[[str], Clause]) -> None:
    assert check_sentence(said, (1,), {1: invented("半年内给予150万元奖励")}).missing_words == ()


_ANYTHING = st.text(
    alphabet="给予ABC类人才、分别100万200元%局厅《》第十条〔〕“”（）()[]RMB milion12。；,. 三千佰③٣", max_size=60
)


@given(before=_ANYTHING, after=_ANYTHING)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_no_words_around_it_hide_an_amount_that_nobody_printed(before: str, after: str, clause: Clause) -> None:
    said = f"{before}，另奖777万元。{after}"
    verdict = check_sentence(said, (1,), {1: clause}, before)
    assert not verdict.stands
    assert grounded(said, (1,), {1: clause}, before) is None


@given(
    said=st.lists(st.sampled_from("给予 最高 150万元 奖励 150 万 元 1500000元 1.5 RMB million 一次性 ， 。 （ ） 的".split()), max_size=8).map("".join),
    data=st.data(),
)  # fmt: skip
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
def test_a_sentence_that_stands_falls_with_any_digit_changed(
    said: str, data: st.DataObject, invented: Callable[[str], Clause]
) -> None:
    clause = replace(invented("对企业给予150万元奖励，即1500000元（RMB 1.5 million）。"), path=(), address="")
    assume(check_sentence(said, (1,), {1: clause}).stands)
    digits = [at for at, letter in enumerate(said) if letter.isdigit()]
    assume(digits)
    at = data.draw(st.sampled_from(digits))
    changed = f"{said[:at]}{(int(said[at]) + data.draw(st.integers(1, 9))) % 10}{said[at + 1 :]}"
    assert not check_sentence(changed, (1,), {1: clause}).stands, (said, changed)


@given(number=st.integers(0, 10_000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_the_clauses_own_sentences_always_stand(number: int, corpus: Corpus) -> None:
    clause = corpus.clauses[number % len(corpus.clauses)]
    for span in split_sentences(clause.text):
        assert check_sentence(span.of(clause.text), (1,), {1: clause}).stands


@pytest.mark.parametrize(
    ("said", "stands"), [("上午8:30-12:00受理", True), ("上午8:30-12:30受理", False), ("12:00前受理", True)]
)
def test_each_time_of_a_printed_range_is_printed(said: str, stands: bool, clause: Clause) -> None:
    text = "受理时间：周一至周五上午8:30-12:00，下午14:30-17:30"
    printed = replace(clause, text=text, figures=find_figures(text))

    assert check_sentence(said, (1,), {1: printed}).stands is stands
