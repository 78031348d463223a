"""A notice and what it issues: facts that only one of them prints."""

from __future__ import annotations

from ingest.corpus.load import Segmented, segment
from ingest.types import SourceFile

NOTICE = (
    "青川区人民政府关于印发青川区商贸扶持措施的通知",
    "青政发〔2025〕1号",
    "各镇人民政府：",
    "《青川区商贸扶持措施》已经区政府同意，现印发给你们，请遵照执行。",
    "青川区人民政府",
    "2025年3月20日",
)
MEASURES = ("青川区商贸扶持措施", "一、给予10万元。", "二、给予20万元。", "三、本措施自发布之日起施行，有效期两年。")


def cut(*lines: str) -> Segmented:
    return segment(SourceFile("a.txt", "\n".join(lines) + "\n", "0" * 64, "docx"))


def test_what_is_annexed_takes_over_issuer_number_day_and_counts_its_term_from_it() -> None:
    segmented = cut(*NOTICE, *MEASURES)
    notice, annex = segmented.documents
    for document in (notice, annex):
        assert (document.issuer, document.number, str(document.issued)) == (
            "青川区人民政府",
            "青政发〔2025〕1号",
            "2025-03-20",
        )
        validity = document.validity
        assert (str(validity.valid_from), str(validity.valid_until)) == ("2025-03-20", "2027-03-19")
        places = {fact: span.of(segmented.source.text) for fact, span in document.printed}
        assert places["number"] == "青政发〔2025〕1号"
        assert places["valid_until"] == "自发布之日起施行，有效期两年"


def test_the_day_of_the_printing_office_is_not_that_of_the_document() -> None:
    *_, annex = cut(*NOTICE, *MEASURES, "抄送：区委各部门。", "青川区人民政府办公室 2025年3月25日印发").documents
    assert str(annex.issued) == "2025-03-20"


def test_what_is_forwarded_keeps_its_own_facts() -> None:
    lines = (
        "青川区人民政府办公室关于转发清江省商务厅支持商贸企业若干措施的通知",
        "青政办〔2025〕2号",
        "各镇人民政府：",
        "现将《关于支持商贸企业的若干措施》转发给你们。",
        "青川区人民政府办公室",
        "2025年5月20日",
        "关于支持商贸企业的若干措施",
        "一、给予10万元。",
        "二、本措施有效期三年。",
        "清江省商务厅",
        "清江省财政厅",
        "2025年4月16日",
    )
    notice, annex = cut(*lines).documents
    assert (annex.issuer, annex.number, str(annex.issued)) == ("清江省商务厅、清江省财政厅", None, "2025-04-16")
    assert str(annex.validity.valid_until) == "2028-04-15"
    assert (notice.number, notice.validity.valid_until) == ("青政办〔2025〕2号", None)


def test_another_document_of_the_file_takes_nothing_over() -> None:
    *_, other = cut(*NOTICE, "青川区供水价格管理办法", "第一条 每吨10元。", "第二条 按月收取。").documents
    assert (other.issuer, other.number, other.issued) == (None, None, None)


def test_the_head_of_a_page_is_of_the_document_below_it() -> None:
    title = "青川区人民政府关于促进商贸发展的意见"
    body = (
        "各镇人民政府：",
        "一、奖励10万元。",
        "二、奖励20万元。",
        "青川区人民政府",
        "2025年3月20日",
        "（此件公开发布）",
    )
    documents = cut(title, "发文机关：青川区人民政府", "文号：青政发〔2025〕1号", title, *body).documents
    assert {(one.number, str(one.issued)) for one in documents} == {("青政发〔2025〕1号", "2025-03-20")}
