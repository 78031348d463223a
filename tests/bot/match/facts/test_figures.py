from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds

MONEY = [
    ("我们公司去年营收3.2亿，研发投入960万", "revenue=320000000元 rd=9600000元 rd_share=3%"),
    ("企业年销售收入一千二百万元", "revenue=12000000元"),
    ("我司2025年营业收入5000多万", "revenue=50000000元"),
    ("我们厂产值1.2个亿，员工230人", "revenue=120000000元 headcount=230人"),
    ("公司营业额大概800万左右", "revenue=8000000元"),
    ("我们去年流水近千万", "revenue=9000000元"),
    ("我们是制造企业，2100万营收，380万研发", "revenue=21000000元 rd=3800000元"),
    ("公司总投资12亿元，固定资产投资9.6亿元", "investment=1200000000元 fixed_assets=960000000元"),
    ("我们固定资产投了900万人民币", "fixed_assets=9000000元 -investment"),
    ("打算投资3000万美元建厂，我们是外资企业", "~investment=30000000美元"),
    ("一家企业，累计固定资产投资620万", "fixed_assets=6200000元 -investment"),
    ("我们公司投入380万研发", "rd=3800000元 -investment"),
    ("公司去年应纳税所得额86万", "taxable_income=860000元"),
    ("我开了一家小吃店，一个月卖两万七上下", "monthly_sales=27000元"),
    ("个体户，月销售额9万", "monthly_sales=90000元"),
    ("我们今年出口额450万美元", "export_value=4500000美元"),
    ("公司银行贷款3000万，利率4.2%", "loan=30000000元 -rd_share"),
    (
        "我们是融资担保公司，新增担保责任金额4.2亿元，平均费率0.9%，保费收入378万元",
        "guarantee_amount=420000000元 fee_rate=0.9% premium=3780000元",
    ),
    ("对应保费收入（不含税）378万元，我们是担保公司", "premium=3780000元"),
    ("高校把技术许可给企业，合同到账360万", "contract_value=3600000元"),
    ("我们公司技术合同成交额1500万元", "contract_value=15000000元"),
    ("我们企业有一家客户拖着我们没争议的运费80万不给", "event=被拖欠账款 -revenue -loan"),
    ("公司投资500-800万", "investment=5000000-8000000元"),
    ("我们公司年收入1200w", "revenue=12000000元"),
    ("我在伊旗上班，年薪三十万", "annual_salary=300000元"),
    ("我月薪2万5", "annual_salary=300000元"),
    ("我年收入20万", "annual_salary=200000元 -revenue"),
    ("We are a plant with annual sales of RMB 45 million and spend 3 million on R&D", "revenue=45000000元"),
    ("Our company: total investment US$160 million", "investment=160000000美元"),
    ("I earn RMB 720,000 a year before tax", "annual_salary=720000元"),
    ("我們公司營收三億二千萬", "revenue=320000000元"),
    ("我公司去年营收是叁佰万元", "revenue=3000000元"),
]
SHARES = [
    ("我们公司研发占比4.1%", "rd_share=4.1%"),
    ("公司营收10亿元，研发投入3100万元（约占3.1%）", "rd_share=3.1%"),
    ("企业外资占比60%", "foreign_share=60%"),
    ("Singapore-controlled (60% foreign) data-centre operator", "foreign_share=60% ownership=外资"),
    ("我们研发投入增长25%", "rd_growth=25%"),
    ("公司营收同比增长12%", "revenue_growth=12%"),
    ("公司2024年营收1亿，2025年营收1.2亿", "revenue=120000000元 revenue_growth=20%"),
    ("我们企业研发投入不到3%", "rd_share=2.9%"),
    ("我们是台资独资公司", "foreign_share=100% ownership=港澳台资"),
    ("Our firm spends 5% of revenue on R&D", "rd_share=5%"),
]
COUNTS = [
    ("我们公司员工1600人", "headcount=1600人"),
    ("伊旗一家软件公司，38人", "headcount=38人"),
    ("小店雇了3个人，个体户", "headcount=3人"),
    ("我们厂有百来号人，一共120号人", "headcount=120人"),
    ("我們酒店有45個員工", "headcount=45人"),
    ("Small exporter, 18 people", "headcount=18人"),
    ("公司今年新招30个本科生", "event=招聘毕业生 -headcount"),
    ("我是院士，准备带11人团队过来", "team_size=11人"),
    ("物流公司，62辆重型货车、40辆挂车", "vehicles=62辆 vehicles=40辆"),
    ("我开了一家128间房的酒店", "rooms=128间"),
    ("我们养老院有200张床位", "beds=200张"),
    ("公司今年授权发明专利3件", "patents=3件 event=发明专利授权"),
    ("我们参与制定了1项团体标准，是家企业", "standards=1项 event=参与制定标准"),
    ("公司项目占地50亩", "area=50亩"),
    ("我们数据中心接110千伏", "power_voltage=110千伏"),
    ("Data centre company connected at 110 kV", "power_voltage=110千伏"),
    ("公司20到35人", "headcount=20-35人"),
    ("我们企业不到30人", "headcount=29人"),
]
TIMES = [
    ("我今年42岁", "age=42岁"),
    ("我28，硕士", "age=28岁"),
    ("本人三十五岁，想落户", "age=35岁"),
    ("I am a German engineer, aged 39", "age=39岁"),
    ("货运公司，开了5年", "years_operating=5年"),
    ("我们公司2021年成立", "years_operating=5年"),
    ("成立于2019年的民营企业", "years_operating=7年"),
    ("Our company was founded in 2020", "years_operating=6年"),
    ("我在伊旗一家企业做了八年研发", "years_working=8年"),
    ("我2021年毕业就在阿镇做社工", "years_working=5年"),
    ("我有15年行业经验", "years_experience=15年"),
    ("我签了5年合同", "contract_years=5年"),
    ("我们引进一位CTO，年薪85万，签3年", "talent:contract_years=3年 talent:annual_salary=850000元"),
    ("I have a four-year contract", "contract_years=4年"),
    ("我失业保险累计交了52个月没断过", "insured_months=52月 event=缴纳失业保险"),
    ("我社保交了3年", "insured_months=36月"),
    ("我答应再干五年以上", "contract_years=5年"),
    ("我想去旗里企业实习两个月", "~contract_months=2月"),
    ("2025年我们公司成立了工会", "-years_operating=2025年 -revenue"),
    ("我们公司在2024、2025两年都有研发", "-headcount -revenue -rd"),
]


@pytest.mark.parametrize(("profile", "expected"), [*MONEY, *SHARES, *COUNTS, *TIMES])
def test_a_number_is_read_for_what_it_is_of(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)
