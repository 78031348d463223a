"""Contact details in whatever disguise; and true sentences, which hold none, or only printed ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.llm.contacts import unprinted_contacts
from bot.llm.output_checks import Objection, objection_to
from bot.types import Language
from ingest.types import Clause, Corpus

PRINTED = (
    "办公地点：伊金霍洛旗阿勒腾席热镇札萨克路6号政务大楼3楼301室，电话：0477-8581234，手机13847712345，邮箱：zsj@yjhl.gov.cn，"
    "网址：www.yjhl.gov.cn/zwgk，公众号“伊金霍洛发布”，微信号yjhl_zs，QQ群：123456789，服务热线12345、12367。"
)

CONTACTS = """
    详情见evil.zip/login
    请到 abc.top 办理
    登录 zhaoshang.xyz 申报
    可在evil.com查询
    网址是zc-help.cn
    登录example.com.cn申请
    请访问EVIL.COM
    官网ｅｖｉｌ．ｃｏｍ可查
    官网evil。com可查
    官网evil . com可查
    请登录evil点com申报
    请登录 evil 点 c o m 申报
    请登录evil（点）cn申报
    请登录 evil[dot]com 申报
    申报入口 10.20.30.40:8080
    申报入口 t.me/zhaoshang
    申报入口 evil.example/a?b=1
    请打开http://evil.example
    请打开 ftp://evil.example/x
    请打开www.evil.gov
    Apply at evil.zip/login for the grant.
    Apply at grants-help.top for the grant.
    Apply at evil dot com for the grant.
    See evil.io for details.
    材料发到zs@evil.com
    材料发到 zs(at)evil.com
    材料发到 zs [at] evil [dot] com
    材料发到zs艾特qq
    Write to grants at evil dot com today.
    关注@zhaoshang_help
    加微信abc咨询
    加微信号abc123咨询
    可加我微信办理
    添加微信号：zs_8888
    微信：zhaoshang
    薇信同号zs8888，薇信zs8888
    加V：zs88888
    加VX zs8888
    VX：zs8888
    wx:zs8888
    WeChat ID: zs8888
    WhatsApp: 8613800001111
    QQ12345678
    QQ：987654321
    扣扣号12345678
    进QQ群了解
    联系电话13800138000
    手机138 0013 8000
    手机138-0013-8000
    电话0477-1234567
    电话（0477）12345678
    客服400-800-1234
    请拨打95588
    国际长途+86 477 858 0000
    电话一三八零零一三八零零零
    电话幺三八〇〇幺三八〇〇〇
    电话壹叁捌零零壹叁捌零零零
    电话138零零一三8000
    电话一三八-零零一三-八零零零
    电话①③⑧⓪⓪①③⑧⓪⓪⓪
    拨打零四七七八五八一二三五
    Call one three eight zero zero one three eight zero zero zero.
    Call one-three-eight, double zero, one three eight, triple zero, one now.
    到鄂托克西街12号办理
    到文明路十八号3楼办理
""".strip().splitlines()

TRUE_SENTENCES = """
    对全职引进的顶尖人才（A类）给予不低于300万元安家补贴、最高1亿元实验室等平台建设及科研配套经费。
    分别给予300万元、250万元、200万元、100万元、80万元安家补贴。
    依据内政发〔2022〕12号文件执行。
    依据鄂党发〔2021〕22号和内政办发〔2023〕第5号执行。
    110KV：0.401元/度；220千伏以上：0.394元/度。
    蒙西电网战略性新兴产业电价为0.29—0.33元/度。
    工商业用水：10.4元/吨（含代收污水处理费1.4元和水资源费2.5元）。
    自2021年1月1日至2030年12月31日，减按15%的税率征收企业所得税。
    按2000元/人·月标准申请租房补贴，最长补贴36个月。
    投资总额13800000000元以上的项目可以申报。
    二〇二一年一月一日至二〇三〇年十二月三十一日执行。
    一类、二类、三类、四类、五类、六类人才均可申请。
    一千二百三十四万五千六百七十八元为上限。
    增加微信支付、支付宝等移动支付渠道。
    境外人员可以使用微信支付和银行卡。
    微信扫一扫下载政策全文。
    参加微信公众号培训的企业可以享受补贴。
    通过“鄂尔多斯人才”微信小程序申报。
    符合RCEP和AEO高级认证条件的企业可以享受便利。
    支持企业开展B2B（9710、9810）出口。
    增值电信业务（VPN）外资股比不超过50%。
    研发费用加计扣除政策执行指引（2.0版）可以扫码查看。
    博士（或正高级职称人员）每人每月3000元。
    支持丝绸之路1号工程和铁路3号线建设。
    支持浩勒报吉南至三新铁路二期工程。
    带动2人（含）以上其他劳动者就业的，给予3万元一次性创业补贴。
    由市委组织部、市科技局、市人社局负责。
    对70周岁及以上的父母每人每年给予2000元养老补贴。
    企业可拨打服务热线12345或12367咨询。
    办公地点在札萨克路6号政务大楼3楼301室。
    咨询电话：0477-8581234。
    咨询电话是（0477）8581234，手机138 4771 2345。
    电话零四七七八五八一二三四。
    邮箱是zsj@yjhl.gov.cn。
    网址为www.yjhl.gov.cn/zwgk。
    可加QQ群：123456789咨询。
    The city pays at least RMB 3 million (“给予不低于300万元安家补贴”) to category A talent.
    The rate is 15%. Top talent is paid more. Net income is taxed in the year.In addition, RMB 1.5 million is given.
    It is paid in U.S. dollars, e.g. for plants, i.e. factories, of Ordos Energy Co.,Ltd. in the banner.
    The tariff is RMB 0.401 per kWh at 110 kV, approx. 40% of No. 15 in P.R. China at 9 a.m. on Jan. 1, 2021.
    One, two or three firms get it; four get none, five of six are new, and seven, eight and nine follow.
    Foreigners may pay by WeChat Pay, by bank card or at a hotel desk.
    WeChat and Alipay are accepted by 2024, and R&D centres in category (A) may apply at the bureau.
""".strip().splitlines()


@pytest.fixture
def clause(clause_with: Callable[[str], Clause]) -> Clause:
    return clause_with("安家补贴")


@pytest.mark.parametrize("said", [line.strip() for line in CONTACTS])
def test_contact_details_are_found_in_every_disguise(said: str, clause: Clause) -> None:
    assert unprinted_contacts(said, PRINTED), said
    for language in Language:
        assert objection_to(said, [clause], language) is Objection.CONTACT


@pytest.mark.parametrize("said", [line.strip() for line in TRUE_SENTENCES])
def test_true_sentences_hold_none_that_is_not_printed(said: str) -> None:
    assert unprinted_contacts(said, PRINTED) == ()


def test_there_are_enough_of_both() -> None:
    assert min(len(CONTACTS), len(TRUE_SENTENCES)) >= 40


@pytest.mark.parametrize(
    "said",
    [
        "电话0477-8581234",
        "手机13847712345",
        "邮箱zsj@yjhl.gov.cn",
        "微信号yjhl_zs",
        "札萨克路6号",
        "www.yjhl.gov.cn/zwgk",
    ],
)
def test_what_one_source_prints_may_not_be_said_of_another(said: str) -> None:
    assert unprinted_contacts(said, PRINTED) == ()
    assert unprinted_contacts(said, "咨询电话：0477-8589999，网址：nyjhl.gov.cn，札萨克路66号。") != ()


def test_the_compendium_itself_holds_none_that_is_not_printed(corpus: Corpus) -> None:
    found = {clause.id: unprinted_contacts(clause.text, "") for clause in corpus.clauses}
    assert {name: contacts for name, contacts in found.items() if contacts} == {}
