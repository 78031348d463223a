"""The term of a whole document, what it ends, and doubts where that cannot be right."""

from __future__ import annotations

import pytest

from ingest.corpus.load import Segmented, segment
from ingest.corpus_config import SourceConfig
from ingest.types import PolicyDocument, SourceFile


def cut(*lines: str, config: SourceConfig | None = None) -> Segmented:
    return segment(SourceFile("a.txt", "\n".join(lines) + "\n", "0" * 64, "docx"), config)


def terms(document: PolicyDocument) -> tuple[str, str]:
    return str(document.validity.valid_from), str(document.validity.valid_until)


TITLE = "青川区商贸企业扶持办法"


@pytest.mark.parametrize(
    ("closing", "expected"),
    [
        (("第二条 本办法自2025年1月1日起施行，有效期三年。",), ("2025-01-01", "2027-12-31")),
        (("第二条 本办法由区商务局解释。", "第三条 本办法有效期三年。", "青川区商务局", "2025年3月1日"), ("2025-03-01", "2028-02-29")),
        (("第二条 本办法自发布之日起施行，试行期两年。", "青川区商务局", "2025年3月20日"), ("2025-03-20", "2027-03-19")),
        (("第二条 对2024年1月1日至2026年12月31日期间投产的企业给予奖励。",), ("None", "None")),
    ],
)  # fmt: skip
def test_the_article_that_speaks_of_the_document_gives_its_term(
    closing: tuple[str, ...], expected: tuple[str, str]
) -> None:
    segmented = cut(TITLE, "第一条 给予10万元。", *closing)
    (document,) = segmented.documents
    assert terms(document) == expected
    place = document.place_of("valid_until")
    assert (place is None) == (expected[1] == "None")
    if place is not None:
        assert place.of(segmented.source.text) in "".join(closing)


def test_labels_fill_what_the_text_leaves_open_and_are_doubted_where_they_differ() -> None:
    labels = "实施日期：2025年6月1日\t失效日期：2026年6月1日"
    alone = cut("青川区民政局关于公布标准的通知", labels, "一、标准为1309元。", "二、按月发放。").documents[0]
    assert terms(alone) == ("2025-06-01", "2026-05-31")
    closing = "本通知自2025年6月1日起施行，有效期3年。"
    segmented = cut("青川区民政局关于公布标准的通知", labels, "一、标准为1309元。", "二、按月发放。", closing)
    assert terms(segmented.documents[0]) == ("2025-06-01", "2028-05-31")
    assert [doubt.line for doubt in segmented.doubts] == [2]
    assert "the text is followed" in segmented.doubts[0].message


def test_what_was_over_at_issue_is_no_term() -> None:
    lines = ("青川区关于险情的复函", "自2004年3月8日至7月7日，共记录到事件567次。", "青川区人民政府", "2004年9月1日")
    assert terms(cut(*lines).documents[0]) == ("None", "None")


@pytest.mark.parametrize(
    ("article", "message"),
    [
        ("本办法自2025年12月31日起施行，有效期至2025年1月1日。", "ends before it begins"),
        ("本办法自2025年1月1日起施行，有效期至2027年2月31日。", "“2027年2月31日” is no day of the calendar"),
        ("《青川区商贸企业扶持办法》（青商发〔2025〕9号）同时废止。", "is this document itself"),
        ("《青川区商贸企业扶持办法》同时废止。", "has this document's own name"),
    ],
)
def test_what_cannot_be_right_is_a_doubt(article: str, message: str) -> None:
    segmented = cut(TITLE, "青商发〔2025〕9号", "第一条 给予10万元。", f"第二条 {article}")
    (document,) = segmented.documents
    assert document.validity.valid_until is None
    assert not document.validity.repealed
    (doubt,) = segmented.doubts
    assert message in doubt.message
    assert doubt.line == 4


def test_what_it_ends_stands_in_the_source() -> None:
    segmented = cut(
        TITLE,
        "第一条 给予10万元。",
        "第二条 本办法自2025年1月1日起施行。《青川区商贸办法》（青商发〔2020〕1号）同时废止。",
    )
    (named,) = segmented.documents[0].repeals
    assert (named.title, named.number) == ("青川区商贸办法", "青商发〔2020〕1号")
    assert named.span is not None
    assert named.span.of(segmented.source.text) == "《青川区商贸办法》（青商发〔2020〕1号）"


@pytest.mark.parametrize(
    ("line", "issued", "expected"),
    [
        ("（2025年3月1日）", "2025-03-01", ("None", "None")),
        ("（自2025年3月1日起施行）", "None", ("2025-03-01", "None")),
        ("（有效期至2027年12月31日）", "None", ("None", "2027-12-31")),
        ("(2024年5月20日青川区人民政府令第3号公布 自2024年7月1日起施行 有效期五年)", "2024-05-20", ("2024-07-01", "2029-06-30")),
        ("（二〇二四年五月二十日青川区人民政府第5次常务会议通过）", "2024-05-20", ("None", "None")),
        ("发布时间：2024-05-20 10:22 来源：青川区商务局", "2024-05-20", ("None", "None")),
        ("有效期：三年（自2024年6月1日起）", "None", ("2024-06-01", "2027-05-31")),
    ],
)  # fmt: skip
def test_what_stands_below_a_title(line: str, issued: str, expected: tuple[str, str]) -> None:
    (document,) = cut(TITLE, line, "第一条 给予10万元。", "第二条 按月发放。").documents
    assert str(document.issued) == issued
    assert terms(document) == expected


def test_a_masthead_and_a_wrapped_title() -> None:
    lines = (
        "青川区人民政府办公室文件",
        "青政办发〔2024〕12号",
        "青川区人民政府办公室关于加强青川区",
        "商贸企业服务工作的通知",
    )
    segmented = cut(
        *lines, "各镇人民政府：", "一、给予10万元。", "二、按月发放。", "青川区人民政府办公室", "2024年5月20日"
    )
    (document,) = segmented.documents
    assert document.title == "青川区人民政府办公室关于加强青川区商贸企业服务工作的通知"
    assert (document.issuer, document.number, str(document.issued)) == (
        "青川区人民政府办公室",
        "青政办发〔2024〕12号",
        "2024-05-20",
    )
    assert [heading.text for heading in segmented.headings] == list(lines)


@pytest.mark.parametrize("title", ["青川区办事指南（2026年）", "一图读懂：青川区商贸企业怎样申请扶持？"])
def test_the_marked_title_of_a_page_stands_below_its_navigation(title: str) -> None:
    text = f"首页 | 政务公开\n无障碍阅读\n{title}\n发布机构：青川区商务局\n一、给予10万元。\n二、按月发放。\n"
    offset = text.index(title)
    page = SourceFile("a.html", text, "0" * 64, "html", headings=((offset, 1),))
    (document,) = segment(page).documents
    assert (document.title, document.issuer) == (title, "青川区商务局")


def test_a_term_without_a_beginning_counts_from_the_labelled_one() -> None:
    labels = ("文号：青民规〔2025〕2号", "发布日期：2025年5月30日", "实施日期：2025年6月1日")
    segmented = cut("青川区民政局关于公布标准的通知", *labels, "一、标准为1309元。", "本通知有效期1年。")
    assert terms(segmented.documents[0]) == ("2025-06-01", "2026-05-31")
    assert str(segmented.documents[0].issued) == "2025-05-30"
