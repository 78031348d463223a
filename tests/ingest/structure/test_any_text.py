"""Whatever a text holds, segmenting it loses nothing, never fails, and finds nothing else in what it shows.

A few hundred texts of each kind are tried; ``POLICYQA_TEST_EXAMPLES=10000`` tries as many as one likes.
"""

import os
import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.corpus.load import Segmented, segment
from ingest.corpus.lossless import check_lossless
from ingest.errors import SourceUnreadable
from ingest.readers.html.reader import read_html
from ingest.readers.limits import Limits
from ingest.readers.markdown.reader import read_markdown
from ingest.readers.text import read_text
from ingest.types import SourceFile

EXAMPLES = int(os.environ.get("POLICYQA_TEST_EXAMPLES", "150"))
tried = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)

NUMBER = st.sampled_from("一 二 三 四 十 十一 二十三 一百零二 〇 1 2 3 9 10 １２ 1 0".split(" "))
LABEL = st.one_of(
    st.builds("第{}{}".format, NUMBER, st.sampled_from(["条", "条　", "章 总则", "节", "编", "篇", "款", "条之一　"])),
    st.builds("{}{}".format, NUMBER, st.sampled_from(["、", ".", "．", "）", " "])),
    st.builds("（{}）".format, NUMBER),
    st.sampled_from(["①", "②", "⑴", "⑵", "⒈", "㈠", "——", "附件", "附件2", "附件：1.", "附则", "附", "《", "》"]),
)
WORDS = st.sampled_from(
    "若干措施|关于促进发展的通知|对A、B、C类人才分别给予200万元、100万元、50万元奖励|最高不超过 30 万元|（责任单位：财政局、商务局）|"
    "责任单位：旗发改委|自 2024 年 1 月 1 日起施行|有效期至2025年12月31日|到“十四五”末|试行期一年|（微信扫一扫）|国家级政策|"
    "按第2、3条执行|2.03 亿吨|〔2022〕19号|鼓励企业发展：|包括：|下列项目不得申请：|问：能申请吗？|答：不能。|申请材料：|办理时限：3个工作日|a b|RMB 3 million per year|。|；|：|，|。\n|、| |　|\t|\f|\r\n|\u2028|\ufeff|12|- 3 -".split(
        "|"
    )
)
ANY_CHARACTER = st.characters(exclude_categories=["Cs"])
LINE = st.lists(st.one_of(LABEL, WORDS, st.text(ANY_CHARACTER, max_size=8)), max_size=6).map("".join)
POLICY = st.lists(LINE, max_size=30).map("\n".join)
CHINESE = st.text(
    st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF) | st.sampled_from("。；，、：\n 　"), max_size=400
)


def source(text: str, format: str = "text") -> SourceFile:
    return SourceFile("a.txt", text, "0" * 64, format)


def assert_whole(cut: Segmented) -> None:
    """Every character owned once, every clause's text the characters of its pieces, every fact inside its clause."""
    check_lossless(cut.source, cut.clauses, cut.headings, cut.furniture)
    assert len({clause.id for clause in cut.clauses}) == len(cut.clauses)
    for clause in cut.clauses:
        printed = "".join(piece.of(cut.source.text) for piece in clause.pieces)
        assert re.sub(r"\s", " ", printed) == re.sub(r"\s", " ", clause.text)
        for figure in clause.figures:
            assert figure.span.of(clause.text) == figure.text
        for row in clause.benefits:
            assert row.figure in clause.figures


@tried
@given(POLICY | CHINESE | st.text(ANY_CHARACTER, max_size=300), st.sampled_from(["text", "pdf", "docx"]))
def test_any_text_is_cut_without_loss(text: str, format: str) -> None:
    assert_whole(segment(source(text, format)))


@tried
@given(st.binary(max_size=400) | POLICY.map(str.encode) | CHINESE.map(lambda text: text.encode("gb18030")))
def test_any_bytes_are_read_or_refused_in_one_sentence(data: bytes) -> None:
    for reader in (read_text, read_markdown, read_html):
        read = read_or_refused(reader, data)
        if read is not None:
            assert_whole(segment(read))


def read_or_refused(reader: Callable[[bytes, str, Limits], SourceFile], data: bytes) -> SourceFile | None:
    try:
        return reader(data, "a", Limits())
    except SourceUnreadable as error:
        if "\n" in str(error):
            raise
        return None


@tried
@given(POLICY | CHINESE)
def test_what_is_shown_is_cut_as_it_was(text: str) -> None:
    """Its own display text, one paragraph a line, gives the same clauses again."""
    first = segment(source(text, "docx"))  # one paragraph a line, as our display text has it
    again = segment(source(shown(first), "docx"))

    assert [clause.text for clause in again.clauses] == [clause.text for clause in first.clauses]
    assert [clause.address for clause in again.clauses] == [clause.address for clause in first.clauses]


def shown(cut: Segmented) -> str:
    """Headings and clauses in the order of the source, wrap undone, blank lines and furniture gone."""
    parts = [(heading.pieces[0].start, heading.text) for heading in cut.headings]
    parts += [(clause.span.start, clause.text) for clause in cut.clauses]
    return "\n".join(text for _, text in sorted(parts))


def test_the_compendium_shown_is_cut_as_it_was(compendium) -> None:
    name = compendium.sources[0].name
    first = Segmented(compendium.sources[0], compendium.documents, compendium.clauses, compendium.headings, (), ())
    again = segment(SourceFile(name, shown(first), "0" * 64, "docx"))

    same = sum(a.text == b.text for a, b in zip(first.clauses, again.clauses, strict=False))
    assert (len(again.clauses), same) == (len(first.clauses), len(first.clauses))


@pytest.mark.parametrize("line", ["1.甲：\n（1）乙：", "一、甲：\n1.乙：", "（一）甲：\n①乙："])
def test_lists_that_open_one_another_do_not_nest_without_end(line: str) -> None:
    assert_whole(segment(source("\n".join([line] * 3000), "docx")))
