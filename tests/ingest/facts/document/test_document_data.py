"""Level, issuer, 文号, day and closing rules of policy documents of every level."""

from datetime import date

import pytest

from ingest.facts.administration import level_of
from ingest.facts.document.document_data import closing_rules, document_data


@pytest.mark.parametrize(
    ("title", "level", "issuer"),
    [
        ("国务院关于进一步优化外商投资环境加大吸引外商投资力度的意见", "国家", "国务院"),
        ("国务院办公厅转发商务部科技部关于进一步鼓励外商投资设立研发中心若干措施的通知", "国家", "国务院办公厅"),
        ("商务部办公厅关于进一步做好外商投资企业适用目录有关工作的通知", "国家", "商务部办公厅"),
        ("商务部等 7 部门关于服务高水平对外开放若干措施的通知", "国家", "商务部等 7 部门"),
        ("人力资源社会保障部等七部门关于实施高技能领军人才培育计划的通知", "国家", "人力资源社会保障部等七部门"),
        (
            "人力资源社会保障部 财政部 国家税务总局关于延续实施失业保险援企稳岗政策的通知",
            "国家",
            "人力资源社会保障部 财政部 国家税务总局",
        ),
        ("内蒙古自治区商务厅印发《关于加快推动内外贸一体化发展工作的实施方案》的通知", "自治区", "内蒙古自治区商务厅"),
        (
            "内蒙古自治区党委办公厅、自治区人民政府办公厅关于实施“英才兴蒙”工程若干政策的意见",
            "自治区",
            "内蒙古自治区党委办公厅、自治区人民政府办公厅",
        ),
        ("内蒙古自治区加快推进跨境电子商务发展行动计划（2022-2025 年）", "自治区", None),
        ("鄂尔多斯市人民政府关于印发深入落实“科技兴蒙”行动实施方案的通知", "市", "鄂尔多斯市人民政府"),
        ("鄂尔多斯市关于实施更加积极开放有效人才政策的若干政策", "市", None),
        ("伊金霍洛旗支持引进新能源新材料产业人才政策", "旗", None),
        ("苏州市吴江区人民政府关于促进产业发展的若干意见", "区", "苏州市吴江区人民政府"),
        ("浙江省人民政府办公厅关于加快发展数字经济的意见", "省", "浙江省人民政府办公厅"),
        ("北京市人民政府关于印发实施方案的通知", "直辖市", "北京市人民政府"),
        ("关于加强新时代人才工作助推高质量发展的若干措施（试行）", None, None),
        ("企业职工基本养老保险病残津贴暂行办法", None, None),
    ],
)
def test_level_and_issuer_of_a_title(title: str, level: str | None, issuer: str | None) -> None:
    data = document_data(title)
    assert (data.title, data.level, data.issuer) == (title, level, issuer)


@pytest.mark.parametrize(
    ("head", "number", "title"),
    [
        (
            "内蒙古自治区工业和信息化厅关于调整战略性新兴产业电力交易的若干政策 （内工信经运字〔2022〕405 号）",
            "内工信经运字〔2022〕405号",
            "内蒙古自治区工业和信息化厅关于调整战略性新兴产业电力交易的若干政策",
        ),
        ("国务院关于外商投资的意见\n国发〔2023〕11号", "国发〔2023〕11号", "国务院关于外商投资的意见"),
        ("专利代理条例\n发文机关：国务院\n文号：国令第706号", "国令第706号", "专利代理条例"),
        ("某市若干政策\n根据《国务院关于外商投资的意见》（国发〔2023〕11 号），制定本政策。", None, "某市若干政策"),
        ("某市若干政策", None, "某市若干政策"),
    ],
)
def test_number(head: str, number: str | None, title: str) -> None:
    data = document_data(head)
    assert (data.number, data.title) == (number, title)


def test_a_title_that_runs_into_issuer_and_number() -> None:
    data = document_data(
        "——关于延续西部大开发企业所得税政策的公告财政部 税务总局 国家发展改革委公告 2020 年第 23 号",
        "特此公告。\n财政部 税务总局 国家发展改革委\n2020 年 4 月 23 日",
    )
    assert data.title == "关于延续西部大开发企业所得税政策的公告"
    assert data.issuer == "财政部 税务总局 国家发展改革委"
    assert (data.level, data.number, data.issued) == ("国家", "公告2020年第23号", date(2020, 4, 23))


@pytest.mark.parametrize(
    ("closing", "issued"),
    [
        ("国务院\n2018年12月28日\n（此件公开发布）", date(2018, 12, 28)),
        ("2020 年 4 月 23 日", date(2020, 4, 23)),
        ("鄂尔多斯市人民政府\n二〇二一年六月一日", date(2021, 6, 1)),
        ("本办法自 2025 年 1 月 1 日起实施。", None),
        ("2025 年 2 月 30 日", None),
        ("", None),
    ],
)
def test_the_day_at_the_end(closing: str, issued: date | None) -> None:
    assert document_data("某市若干政策", closing).issued == issued


def test_the_signature_names_the_issuer_when_the_title_does_not() -> None:
    data = document_data(
        "关于促进产业发展的若干措施", "本措施自印发之日起施行。\n鄂尔多斯市人民政府办公室\n2023 年 5 月 4 日"
    )
    assert (data.issuer, data.level) == ("鄂尔多斯市人民政府办公室", "市")


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("同一奖补政策存在交叉重复的，按照“就高、不重复”的原则执行。", ("就高、不重复",)),
        ("本政策与我旗现行政策交叉重复的，按照“就高不重复”的原则执行。", ("就高不重复",)),
        ("符合两项条款以上的，按照“从优，就高、不叠加”原则执行。", ("从优，就高、不叠加",)),
        ("技能提升补贴和职业培训补贴不得重复享受，同一人只享受一次。", ("不得重复享受",)),
        ("本方案由市人民政府解释。", ()),
    ],
)
def test_closing_rules(text: str, rules: tuple[str, ...]) -> None:
    assert closing_rules(text) == rules


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("财政部", "国家"),
        ("中国人民银行", "国家"),
        ("内蒙古自治区鄂尔多斯市伊金霍洛旗人民政府", "旗"),
        ("自治区人民政府", "自治区"),
        ("呼和浩特市", "市"),
        ("锡林郭勒盟行政公署", "盟"),
        ("延边朝鲜族自治州", "州"),
        ("达拉特旗", "旗"),
        ("某公司", None),
        ("市场准入负面清单", None),
        ("", None),
    ],
)
def test_level_of(name: str, level: str | None) -> None:
    assert level_of(name) == level
