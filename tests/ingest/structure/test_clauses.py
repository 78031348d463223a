"""The compendium cut into clauses: the places where a segmenter goes wrong, each by its real lines."""

import json
from collections import Counter
from pathlib import Path

import pytest

from ingest.types import Clause, Corpus, Role

EXPECTED = json.loads((Path(__file__).with_name("documents_expected.json")).read_text(encoding="utf-8"))


def squeeze(text: str) -> str:
    return "".join(text.split())


def test_every_document_is_what_it_was_checked_to_be(compendium: Corpus) -> None:
    found = [
        {
            "title": document.title,
            "kind": document.kind,
            "level": document.level,
            "part": document.part,
            "page": document.page,
            "issuer": document.issuer,
            "number": document.number,
            "issued": None if document.issued is None else str(document.issued),
            "valid_from": None if document.validity.valid_from is None else str(document.validity.valid_from),
            "valid_until": None if document.validity.valid_until is None else str(document.validity.valid_until),
            "undetermined": document.validity.undetermined,
            "closing_rules": list(document.closing_rules),
            "clauses": dict(Counter(clause.role.value for clause in compendium.clauses_of(document))),
        }
        for document in compendium.documents
    ]
    assert found == EXPECTED


def test_there_are_23_policies_ten_stubs_and_two_chapters_of_the_compiler(compendium: Corpus) -> None:
    assert Counter(document.kind for document in compendium.documents) == {"policy": 23, "stub": 10, "compiled": 2}


def test_policies_stand_at_four_levels(compendium: Corpus) -> None:
    levels = Counter(document.level for document in compendium.documents if document.kind == "policy")
    assert levels == {"国家": 10, "自治区": 9, "市": 2, "旗": 2}


@pytest.mark.parametrize(
    ("words", "address", "page"),
    [
        ("基准价格：蒙苏经济技术开发区6.53万元/亩；空港物流园区8.27万元/亩", "（二）1.——基准价格", 4),
        ("力争2024年为沿黄盟市解决5000万立方米工业用水指标", "（二）1.", 8),
        ("执行期限至2025年12月31日", "一、", 42),
        ("政策执行期限至2024年12月31日", "二、", 42),
        ("自2021年1月1日至2030年12月31日", "一、", 105),
        ("第十条 申请领取病残津贴人员", "第十条", 41),
        ("8.创造应用场景驱动研发模式", "二、（五）8.", 93),
    ],
)
def test_addresses_and_printed_pages(clause_at, words: str, address: str, page: int) -> None:
    clause = clause_at(words)
    assert (clause.address, clause.page) == (address, page)


def test_items_run_on_from_1_to_30_in_both_talent_policies(compendium: Corpus) -> None:
    for title in ("鄂尔多斯市关于实施更加积极开放有效", "关于加强新时代人才工作助推高质量发展的若干措施"):
        document = next(d for d in compendium.documents if d.title.startswith(title))
        items = [c for c in compendium.clauses_of(document) if c.role is Role.ITEM]
        assert [c.address.split("、")[1] for c in items] == [f"{n}." for n in range(1, 31)]


def test_articles_run_from_1_to_14(compendium: Corpus) -> None:
    document = next(d for d in compendium.documents if d.title == "企业职工基本养老保险病残津贴暂行办法")
    assert [c.address for c in compendium.clauses_of(document)] == [
        f"第{n}条" for n in "一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四".split()
    ]


def test_an_article_keeps_its_further_paragraphs(clause_at) -> None:
    clause = clause_at("符合弹性提前退休条件的，可申请弹性提前退休")
    assert clause.address == "第三条"
    assert clause.text.count("\n") == 1


def test_a_whole_document_nested_in_a_list(compendium: Corpus) -> None:
    nested = next(d for d in compendium.documents if d.number == "内工信经运字〔2022〕405号")
    clauses = list(compendium.clauses_of(nested))
    assert [c.address for c in clauses if c.role is Role.ITEM] == [
        "一、", "二、（一）", "二、（二）", "二、（三）", "三、（一）", "三、（二）", "三、（三）",
    ]  # fmt: skip
    assert all("（四）深化电力市场化改革" in c.path for c in clauses)


def test_the_list_around_the_nested_document_goes_on(clause_at) -> None:
    clause = clause_at("单户最高不超500万元")
    assert clause.address == "（五）1."
    assert "（五）提升金融服务水平" in clause.path


def test_a_tier_stands_in_the_path_of_its_entries(clause_at) -> None:
    clause = clause_at("近5年“独角兽”企业、“瞪羚”企业的创办人和技术研发首席负责人。")
    assert clause.role is Role.CATALOGUE
    assert clause.address == "附件 六、（三）1."
    assert clause.path[-2:] == ("六、优秀人才（F类）", "（三）企业经营管理")


def test_an_entry_without_a_number_is_an_entry(clause_at) -> None:
    unnumbered = clause_at("旗级乡村振兴领域具有影响力的乡村致富创业带头人")
    assert unnumbered.role is Role.CATALOGUE
    assert unnumbered.address == "附件 六、（4后）"
    assert unnumbered.path[-1] == "六、紧缺人才(F类）"
    medal = clause_at("“全国创新争先奖”奖章获得者。")
    assert medal.address == "附件 二、（四）"
    assert medal.role is Role.CATALOGUE


def test_nested_parts_of_an_entry_are_named(clause_at) -> None:
    clause = clause_at("具备较强创新能力和发展潜力，年龄不超过45周岁")
    assert [part.label for part in clause.enumerations] == ["（1）", "（2）"]
    assert clause.enumerations[0].span.of(clause.text).startswith("（1）具有海内外知名高校")
    assert clause.enumerations[1].span.of(clause.text).startswith("（2）具有国内一流高校")


def test_circled_numbers_stay_in_their_paragraph(clause_at) -> None:
    clause = clause_at("①实施高端人才培养开发计划")
    assert clause.address == "二、13."
    assert all(mark in clause.text for mark in "①②③④⑤")
    assert "\n" not in clause.text


@pytest.mark.parametrize(
    "words",
    [
        "本政策自印发之日起施行",
        "本政策与我旗现行政策交叉重复的，按照“就高不重复”的原则执行",
        "试行期一年",
        "各地要及时学习国家鼓励外商投资发展的相关政策",
        "自治区此前出台的人才引育政策与本意见不一致的以本意见为准",
        "本政策措施按照“谁主管、谁审核、谁负责”的原则",
        "特此公告。",
        "由自治区工业和信息化厅负责解释",
    ],
)
def test_closing_paragraphs_belong_to_no_item(clause_at, words: str) -> None:
    clause = clause_at(words)
    assert clause.role is Role.CLOSING
    assert clause.address == ""


def test_opening_paragraphs_belong_to_the_document(clause_at) -> None:
    assert clause_at("创新是引领发展的第一动力").role is Role.PREAMBLE


def test_departments_at_the_end_of_a_list_speak_for_every_item_of_it(clause_at) -> None:
    items = [clause_at("支持跨境电商零售出口业务"), clause_at("支持跨境电商B2B出口业务")]
    for item in items:
        assert "自治区商务厅" in item.departments
        assert "财政厅" in item.departments
    spoken = clause_at("责任单位：自治区商务厅、财政厅按职责分工负责", role="departments")
    assert spoken.address == "二、（二）"


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("加快推进盟市间水权二期工程建设", "自治区水利厅"),  # （责任单位：…）
        ("严格落实经国家批准启用的自治区“三区三线”划定成果", "自治区自然资源厅"),  # 〔责任单位：…〕
        ("积极将外商投资企业培育为高新技术企业", "各盟行政公署"),  # （…按职责分工负责） in mid-paragraph
    ],
)
def test_departments_are_read_in_every_shape(clause_at, words: str, first: str) -> None:
    assert clause_at(words).departments[0] == first


def test_stubs_are_entries_with_title_and_scan_line(compendium: Corpus) -> None:
    stubs = [clause for clause in compendium.clauses if clause.role is Role.STUB]
    assert len(stubs) == 11
    assert all("微信扫一扫" in clause.text for clause in stubs)
    titles = [clause.text.split("\n")[0] for clause in stubs]
    assert "财政部、国家税务总局联合发布《支持小微企业和个体工商户发展税费优惠政策指引（2.0）》" in titles
    assert "出口退税“一本通”电子手册" in titles


def test_the_scan_line_of_the_negative_list_belongs_to_it(clause_at, compendium: Corpus) -> None:
    clause = clause_at("（微信扫一扫，查看全部清单）")
    assert compendium.document_of(clause).title.startswith("外商投资准入特别管理措施")


@pytest.mark.parametrize(
    ("words", "path"),
    [
        ("不满1KV：一档0.415元", ("（二）投资要素成本", "5.电价", "——居民")),
        ("小于1KV：0.504元/度", ("（二）投资要素成本", "5.电价", "——工业用电")),
        ("第一档价格：2.06元/立方米", ("（二）投资要素成本", "3.天然气价格", "——居民用气")),
        ("工商业用水：10.4元/吨", ("（二）投资要素成本", "4.自来水价格", "——工商业用水")),
    ],
)
def test_a_price_row_means_something_alone(clause_at, words: str, path: tuple[str, ...]) -> None:
    clause = clause_at(words)
    assert clause.role is Role.PRICE
    assert clause.path[1:] == path


def test_the_same_sentence_in_two_documents_is_two_clauses_at_two_levels(compendium: Corpus) -> None:
    twins = [c for c in compendium.clauses if "服务期内保留事业单位人才引进资格" in c.text]
    assert {c.level for c in twins} == {"市", "旗"}
    assert len({c.id for c in twins}) == 2


def test_a_run_in_title_is_the_last_heading_of_its_item(clause_at) -> None:
    clause = clause_at("支持外商投资在华设立研发中心，与国内企业联合开展技术研发")
    assert clause.path[-2:] == ("二、提高利用外资质量", "（一）加大重点领域引进外资力度")


def test_a_heading_that_is_a_short_sentence_is_a_heading(clause_at) -> None:
    clause = clause_at("1.支持科技型中小企业加强研发")
    assert clause.path[-2] == "（一）加大支持科技型中小企业研发力度。"


def test_ids_are_unique_ascii_and_stable(compendium: Corpus) -> None:
    ids = [clause.id for clause in compendium.clauses]
    assert len(set(ids)) == len(ids)
    assert all(name.isascii() and " " not in name for name in ids)
    assert "7aaba078-a10" in ids  # 企业职工基本养老保险病残津贴暂行办法 第十条


def test_parents_are_clauses(compendium: Corpus) -> None:
    assert {c.parent for c in compendium.clauses if c.parent is not None} <= compendium.clause_by_id.keys()


def test_no_clause_is_longer_than_a_page_or_empty(compendium: Corpus) -> None:
    assert all(0 < len(clause.text) < 1100 for clause in compendium.clauses)


def test_every_fact_leads_back_to_its_words_in_the_source(compendium: Corpus) -> None:
    source = compendium.sources[0].text
    checked = 0
    for clause in compendium.clauses:
        for figure in clause.figures:
            place = clause.in_source(figure.span)
            raw = source[place.start : place.end]
            if len(raw) < len(figure.text) + 3:  # no page number in between
                assert squeeze(raw) == squeeze(figure.text)
                checked += 1
        for row in clause.benefits:
            printed = row.object_span.of(clause.text)  # 一至四类 names 一类, "B、C、D 类" names B类
            assert printed in row.object or "至" in printed
            assert row.figure in clause.figures
    assert checked > 700


def test_no_place_of_the_compendium_is_doubtful(compendium: Corpus) -> None:
    assert compendium.doubts == ()


def standing(clause: Clause) -> str | None:
    return None if clause.validity.valid_until is None else str(clause.validity.valid_until)


def test_the_ends_of_entitlements_are_found_and_nothing_else(compendium: Corpus) -> None:
    ends = [end for c in compendium.clauses if (end := standing(c)) is not None]
    assert sorted(ends) == [
        "2024-12-31", "2024-12-31", "2025-12-31", "2025-12-31", "2025-12-31", "2025-12-31", "2026-12-31", "2027-12-31",
        "2030-12-31",
    ]  # fmt: skip
