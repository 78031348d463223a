"""Saved pages: everything visible, the website around the document named as navigation."""

from __future__ import annotations

import pytest

from ingest.errors import SourceUnreadable
from ingest.readers.html.reader import NAVIGATION
from ingest.readers.limits import Limits
from ingest.readers.table_grid import NESTED

PAGE = """<!DOCTYPE html>
<html><head><meta charset="{charset}"><title>标题栏</title><style>p {{ color: red }}</style></head>
<body class="page nav-open">
<div class="header"><a href="/">首页</a> <a href="/zc">政策</a></div>
<div class="breadcrumb">当前位置：<a href="/">首页</a> &gt; 政策文件</div>
<h1>关于支持绿色产业的若干措施</h1>
<div id="share-box">分享到：<a>微信</a></div>
<div class="TRS_Editor" id="UCAP-CONTENT">
<p>各镇人民政府：</p>
<p>一、设立 10
亿元绿色产业发展基金，<b>最高</b>奖励&nbsp;100 万元。</p>
<h2>（一）支持对象</h2>
<p>注册地在本旗<br>的企业。</p>
<p style="display: none">看不见</p>
<p>附件：<a href="a.docx">申报表</a></p>
<script>var 隐 = 1;</script>
</div>
<ul class="related-links"><li><a href="/1">相关阅读一</a></li></ul>
<p>索引号：000014349</p>
<p><a href="/2">上一篇：另一个通知</a></p>
<div class="foot">主办单位：某某办公室　蒙ICP备05001234号</div>
</body></html>"""
BODY = [
    "关于支持绿色产业的若干措施",
    "各镇人民政府：",
    "一、设立 10 亿元绿色产业发展基金，最高奖励\xa0100 万元。",
    "（一）支持对象",
    "注册地在本旗",
    "的企业。",
    "附件：申报表",
    "索引号：000014349",
]


def kept_lines(text: str) -> list[str]:
    return [line for line in text.split("\n") if line]


def test_document_is_kept_and_website_is_named(read, clean) -> None:
    source = read(PAGE.format(charset="utf-8"), "措施.html")

    assert kept_lines(clean(source)) == BODY
    assert {one.kind for one in source.furniture} == {"navigation"}
    named = [one.span.of(source.text) for one in source.furniture]
    assert "分享到：微信" in named
    assert "上一篇：另一个通知" in named
    assert "首页 政策" in named
    assert not any(word in source.text for word in ("看不见", "隐", "标题栏", "color"))
    assert [(source.text[offset:].split("\n")[0], rank) for offset, rank in source.headings] == [
        ("关于支持绿色产业的若干措施", 1),
        ("（一）支持对象", 2),
    ]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("utf-8", "utf-8"),
        ("utf-8", "gb18030"),
        ("gb2312", "utf-8"),
        ("nonsense", "gb18030"),
    ],
)
def test_charset_may_be_declared_rightly_or_wrongly(read, clean, charset: str, encoding: str) -> None:
    source = read(PAGE.format(charset=charset).encode(encoding), "措施.htm")

    assert kept_lines(clean(source)) == BODY
    assert source.encoding == encoding


def test_declared_big5(read) -> None:
    page = '<html><head><meta charset="big5"></head><body><p>對符合條件的企業給予獎勵。</p></body></html>'

    assert read(page.encode("big5"), "a.html").text == "對符合條件的企業給予獎勵。\n"


def test_page_is_known_by_its_beginning_whatever_its_ending(read) -> None:
    assert read("\ufeff<!DOCTYPE html><html><body><p>第一条</p></body></html>", "a.txt").format == "html"


def test_a_page_may_begin_as_xml(read) -> None:
    page = '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>第一条</p></body></html>'

    assert read(page, "a.html").text == "第一条\n"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>第一条<!-- 注 -->　为了</p>", "第一条　为了\n"),
        ("<p>第一条</p>尾<p>第二条</p>", "第一条\n尾\n第二条\n"),
        ("<p>补贴<span>100</span><b>万元</b></p>", "补贴100万元\n"),
        ("<p>a\nb</p>", "a b\n"),
        ("<p>优化\n  营商</p>", "优化营商\n"),
        ("<pre>第一条\n第二条</pre>", "第一条\n第二条\n"),
        ("<ol><li>甲</li><li>乙</li></ol>", "1. 甲\n2. 乙\n"),
        ('<ol start="3" type="a"><li>甲</li></ol>', "c. 甲\n"),
        ("<ol><li>一、甲</li><li>（二）乙</li></ol>", "一、甲\n（二）乙\n"),  # brings its own number
        ("<div><div>甲<div>乙</div>丙</div></div>", "甲\n乙\n丙\n"),
        ("<p hidden>甲</p>乙<span style='visibility:hidden'>丙</span>", "乙\n"),
        ("没有标记的文字", "没有标记的文字\n"),
    ],
)
def test_what_a_browser_shows(read, body: str, text: str) -> None:
    assert read(f"<html><body>{body}</body></html>", "a.html").text == text


def test_table_rows_cells_and_heads(read) -> None:
    page = """<html><body><table>
    <tr><th rowspan="2">类别</th><th colspan="2">奖励（万元）</th></tr><tr><th>市</th><th>旗</th></tr>
    <tr><td rowspan="2">A类</td><td>200</td><td><p>100</p><p>一次性</p></td></tr><tr><td>150</td><td>50</td></tr>
    </table></body></html>"""
    source = read(page, "a.html")

    assert source.text == "类别\t奖励（万元）\t\n\t市\t旗\nA类\t200\t100 一次性\n\t150\t50\n"
    assert [row.is_head for row in source.tables] == [True, True, False, False]
    assert source.tables[2].heads == ("类别", "奖励（万元）·市", "奖励（万元）·旗")
    assert [cell.of(source.text) for cell in source.tables[3].cells] == ["A类", "150", "50"]


def test_table_that_lays_out_the_page_is_no_table(read) -> None:
    source = read(
        f"<html><body><table><tr><td>左</td><td>{'<p>第一条　为了优化营商环境。</p>' * 200}</td></tr></table></body></html>",
        "a.html",
    )

    assert source.tables == ()
    assert source.text.count("\n") == 201


def test_row_outside_any_table_is_text(read) -> None:
    assert (
        read(
            "<html><body><tbody><tr><td id='UCAP-CONTENT'><p>第一条</p><p>第二条</p></td></tr></tbody></body></html>",
            "a.html",
        ).text
        == "第一条\n第二条\n"
    )


@pytest.mark.parametrize("attributes", ['colspan="999999999"', 'rowspan="999999999"', 'colspan="-1"', 'colspan="二"'])
def test_absurd_spans_are_bounded(read, attributes: str) -> None:
    page = f"<html><body><table><tr><td {attributes}>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table></body></html>"

    assert "丁" in read(page, "a.html").text


def test_deep_page_is_read(read) -> None:
    assert (
        read(f"<html><body>{'<div>' * 1500}深处{'</div>' * 1500}<p>后面</p></body></html>", "a.html").text
        == "深处\n后面\n"
    )


def test_page_too_deep_is_refused_rather_than_cut(read) -> None:
    with pytest.raises(SourceUnreadable, match="nested too deeply"):
        read(f"<html><body>{'<div>' * 50_000}深处{'</div>' * 50_000}<p>后面</p></body></html>", "a.html")


@pytest.mark.parametrize("page", ["<html", "<html>", "<!doctype html>"])
def test_page_without_an_element_is_refused(read, page: str) -> None:
    with pytest.raises(SourceUnreadable, match=r"^a\.html: (is no HTML page|holds no text)"):
        read(page, "a.html")


def test_entities_of_a_page_open_no_file_and_do_not_multiply(read) -> None:
    inside = '<!ENTITY a "啊啊啊啊啊啊啊啊啊啊">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9)
    )
    page = f'<!DOCTYPE html [{inside}<!ENTITY f SYSTEM "file:///etc/hosts">]><html><body><p>第一条&a8;&f;</p></body></html>'

    text = read(page, "a.html").text
    assert "第一条" in text
    assert len(text) < 2 * len(page)
    assert "localhost" not in text


def test_page_without_text_is_refused(read) -> None:
    with pytest.raises(SourceUnreadable, match="holds no text"):
        read("<html><body><nav>首页</nav><img src='a.png'></body></html>", "a.html")


def test_time_limit_holds(read) -> None:
    with pytest.raises(SourceUnreadable, match="not read after 0 seconds"):
        read("<html><body><p>甲</p></body></html>", "a.html", Limits(max_seconds=0))


def test_block_that_holds_the_document_is_no_navigation_whatever_it_is_called(read) -> None:
    source = read(
        "<html><body><div class='menu-wrap print'><p>第一条　为了优化营商环境，制定本条例。</p></div></body></html>",
        "a.html",
    )

    assert source.furniture == ()


@pytest.mark.parametrize("style", ['style="visibility: hidden"', "hidden", 'style="display:none"'])
def test_a_page_that_a_script_would_show_is_read(read, style: str) -> None:
    page = "<p>一、对新建仓储项目每平方米补助20元。</p>" * 3
    source = read(f"<html><body {style}><div style='display:none'>看不见</div>{page}</body></html>", "a.html")

    assert source.text.count("每平方米补助20元") == 3
    assert "看不见" not in source.text


AROUND = f"""<html><body><div id="bar">某某县人民政府 | 无障碍阅读 | 长者模式</div>
<p>某某县商务局</p><h1>某某县仓储补贴细则</h1><p>发布日期：2025年3月1日</p>
<div>
<p>一、对新建仓储项目每平方米补助20元，每个项目最高补助三百万元，补助资金由县财政局拨付。</p>
<p>二、同一项目不重复补助，已经享受其他补助的，按照就高的原则执行，由县商务局负责解释。</p>
<p>{"三、仓储项目应当位于县级物流园区，连续经营三年以上，并接受县商务局组织的年度绩效评价。" * 20}</p>
<p>×</p></div>
<p>附件1</p><p>某某通公众号</p><p>×</p><p>+</p><p>·县委组织部</p><p>【返回顶部】【关闭窗口】</p></body></html>"""


def test_bars_signs_and_entries_around_the_document_are_the_website(read, clean) -> None:
    source = read(AROUND, "a.html")

    assert kept_lines(clean(source)) == [
        "某某县仓储补贴细则",
        "发布日期：2025年3月1日",
        "一、对新建仓储项目每平方米补助20元，每个项目最高补助三百万元，补助资金由县财政局拨付。",
        "二、同一项目不重复补助，已经享受其他补助的，按照就高的原则执行，由县商务局负责解释。",
        "三、仓储项目应当位于县级物流园区，连续经营三年以上，并接受县商务局组织的年度绩效评价。" * 20,
        "×",
        "附件1",
    ]


def test_pictures_and_embedded_pages_are_doubtful_where_they_stand(read) -> None:
    page = (
        "<div class='content'><p>奖励标准如下。</p><p><img src='a.png' alt='一等奖10万元'></p>"
        "<img src='i.png' width='16'><iframe src='b.html'></iframe><p>以上由财政局解释。</p></div>"
        "<p><img src='logo.png' alt='徽标'></p>"
    )
    source = read(f"<html><body>{page}</body></html>", "a.html")

    assert [line for line, _ in source.doubts] == [2, 2]
    assert "a picture here (“一等奖10万元”) was not read" in source.doubts[0][1]
    assert source.doubts[1][1].startswith("a page within the page here was not read")


def test_a_cell_over_more_rows_than_there_are_is_cut_off_and_told(read) -> None:
    page = (
        "<html><body><table><tr><th>类别</th><th>奖励</th></tr>"
        "<tr><td rowspan='1000000'>甲类</td><td>3万元</td></tr><tr><td>2万元</td></tr></table></body></html>"
    )
    source = read(page, "a.html")

    assert [cell.of(source.text) for cell in source.tables[2].cells] == ["甲类", "2万元"]
    assert [message for _, message in source.doubts] == [
        "a cell that claims to cover more rows than its table has was cut off at the last one"
    ]


def test_a_table_inside_a_cell_stands_behind_under_the_name_of_its_row(read) -> None:
    inner = "<table><tr><td>一档</td><td>1万元</td></tr><tr><td>二档</td><td>2万元</td></tr></table>"
    page = (
        "<html><body><table><tr><th>类别</th><th>标准</th></tr><tr><td>规模以上企业</td><td>每户每年奖励三万元</td></tr>"
        f"<tr><td>小微企业</td><td>分档{inner}</td></tr><tr><td>个体工商户</td><td>每户每年奖励五千元</td></tr></table></body></html>"
    )
    source = read(page, "a.html")
    rows = [([cell.of(source.text) for cell in row.cells], row.group) for row in source.tables]

    assert rows[2:] == [
        (["小微企业", "分档"], ""),
        (["个体工商户", "每户每年奖励五千元"], ""),
        (["一档", "1万元"], "小微企业"),
        (["二档", "2万元"], "小微企业"),
    ]
    assert [message for _, message in source.doubts] == [NESTED]


FLAT = (
    "<html><body><h1>居住证办理指南</h1><p>一、持证人可以申领。</p><p>某区公安局</p><p>2025年3月2日</p>{}</body></html>"
)


def test_what_ends_a_page_without_a_frame_behind_the_closing_day_is_the_website(read) -> None:
    source = read(
        FLAT.format("<p>（此件公开发布）</p><p>“某某办”公众号</p><p>·某某组织部</p><p>【返回顶部】</p>"), "a.html"
    )

    assert [piece.span.of(source.text) for piece in source.furniture if piece.kind == NAVIGATION] == [
        "“某某办”公众号",
        "·某某组织部",
        "【返回顶部】",
    ]


@pytest.mark.parametrize("behind", ["<p>附件</p><p>名单</p><p>甲公司</p>", "<p>甲公司</p><p>乙公司</p>"])
def test_what_may_be_an_annex_behind_the_closing_day_stays(read, behind: str) -> None:
    assert not read(FLAT.format(behind), "a.html").furniture


def test_a_table_in_a_cell_in_a_cell_stands_under_the_names_of_both_rows(read) -> None:
    innermost = "<table><tr><td>甲</td><td>1万元</td></tr><tr><td>乙</td><td>2万元</td></tr></table>"
    inner = f"<table><tr><td>一档</td><td>{innermost}</td></tr><tr><td>二档</td><td>5万元</td></tr></table>"
    page = (
        "<html><body><table><tr><th>类别</th><th>标准</th></tr><tr><td>规模企业</td><td>30万元</td></tr>"
        f"<tr><td>小微企业</td><td>{inner}</td></tr><tr><td>个体户</td><td>5千元</td></tr></table></body></html>"
    )
    source = read(page, "a.html")

    assert [row.group for row in source.tables][4:] == ["小微企业", "小微企业", "小微企业·一档", "小微企业·一档"]
    assert len(source.doubts) == 2
