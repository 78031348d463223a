from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds, Read


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我是硕士研究生，31岁", "degree=硕士 age=31岁"),
        ("我高中毕业", "degree=高中"),
        ("我本科毕业于西安", "degree=本科"),
        ("我是在读博士生，在北京读书", "~degree=博士 status=在读"),
        ("我是博士后，做新材料", "-degree=博士"),
        ("I hold a master's degree", "degree=硕士"),
        ("I have a PhD from a top 100 university", "degree=博士 school=世界前100"),
        ("我係香港科技大學（世界排名前100）材料博士", "degree=博士 school=世界前100 -employer_kind"),
        ("我清华毕业，硕士", "school=清华 school=双一流 degree=硕士"),
        ("我是副主任医师", "title=副高级 title=副主任医师 -title=正高级"),
        ("我是主任医师", "title=正高级"),
        ("我有高级工程师职称", "title=副高级 -skill_level"),
        ("我们企业聘了一位正高级工程师", "talent:title=正高级"),
        ("我是中级工程师职称", "title=中级"),
        ("我是高级技师", "skill_level=高级技师 -skill_level=技师"),
        ("我考了高级（三级）技能证", "skill_level=高级工"),
        ("我刚拿到社会工作师中级证", "event=中级社会工作者职业资格证书 -title=中级"),
        ("我是鄂尔多斯市B类人才", "talent_class@鄂尔多斯市=B"),
        ("我被认定为伊金霍洛旗C类人才", "talent_class@伊金霍洛旗=C"),
        ("我是旗里认定的D类人才", "talent_class@伊金霍洛旗=D"),
        ("我是自治区三类人才", "talent_class@自治区=三"),
        ("我不是市里的A类人才", "!talent_class@鄂尔多斯市=A"),
        ("I was recognised as class C talent in Ordos", "talent_class@鄂尔多斯市=C"),
        ("公司引进了一名E类人才", "talent:talent_class=E"),
        ("我父亲74岁", "relative:relation=父母 relative:relative_age=74岁 -age"),
        ("我38岁，父亲74", "age=38岁 relative:relative_age=74岁"),
        (
            "老公是武汉国企的正式员工，我是医生",
            "relative:relation=配偶 relative:relative_status@配偶=国有企业 job=医生",
        ),
        ("My son is nine and I am a teacher", "relative:relation=子女 relative:relative_age=9岁"),
        ("娃跟过来上小学，我是工人", "relative:relation=子女 -employer_kind=学校"),
        ("我准备带11人团队（7个博士）过来", "talent:degree=博士 -degree=博士"),
    ],
)
def test_a_person_is_read(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我是康巴什区的会计，我表弟在清华读博士，但他不来", "job=会计 -degree -school -status"),
        ("我的同学是博士，我是本科毕业，在伊旗当老师", "degree=本科 -degree=博士 job=教师"),
        (
            "我朋友是教授，他48岁，年薪60万。他想来旗里。我本科，32岁，在旗里当社工",
            "-title age=32岁 -annual_salary degree=本科 job=社工",
        ),
        ("我堂弟是全国技术能手，介绍我来伊旗当电工", "-award job=电工"),
        ("我哥哥的公司是高企，我自己在旗医院当医生", "-recognition job=医生"),
        (
            "I am a nurse in Ejin Horo Banner. My brother has a PhD and is a professor. He is 45.",
            "job=护士 -degree -title -age",
        ),
        ("家里老人家75岁，我在旗里当老师", "job=教师"),
        ("我同事的爱人是博士，我是护士", "-relative:relation -degree job=护士"),
        ("我和朋友都是博士，在旗里当老师", "degree=博士 job=教师"),
        ("朋友介绍我来旗里当电工", "job=电工"),
        ("我是电工，我老婆在旗医院当护士，她们医院做生物医药", "job=电工 -industry -relative:industry"),
    ],
)
def test_what_is_said_of_others_is_not_of_the_asker(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我在读硕士二年级，毕业后想回旗里当老师", "-job degree=硕士 status=在读"),
        ("想在旗里当护士，现在没工作", "-job status=失业"),
        ("我在浙江大学读博士，明年毕业", "~degree=博士 school=985 status=在读"),
        ("2015年在复旦大学读硕士，现在在旗里的中学当老师", "degree=硕士 -status=在读 job=教师 school=双一流"),
        ("我是大学生，今年暑假在伊旗一家煤化工企业实习", "event=实习实践 -employer_kind"),
        ("我是主任医师，西安交大附属医院过来的", "title=正高级 -school"),
    ],
)
def test_a_wish_is_no_job_and_studies_are_told_from_degrees(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我博士在读，在旗里当老师", "~degree=博士 -degree status=在读"),
        ("我是硕士，现在在北大攻读博士学位", "degree=硕士 ~degree=博士"),
        ("I am a PhD student in Ordos", "~degree=博士 -degree"),
        ("我是2024级博士生，明年毕业", "~degree=博士 -degree"),
        ("我2020年攻读博士，2024年毕业", "degree=博士"),
        ("我是博士肄业，在旗里工作", "!degree=博士"),
        ("我读博士没毕业就退学了，在旗里工作", "!degree=博士 -status"),
        ("我是博士，孩子退学了，在旗里工作", "degree=博士"),
        ("我是北京大学荣誉博士", "-degree -!degree"),
        ("我叫王博士，在旗里开车", "-degree"),
        ("大家叫我李博士，我本科毕业", "degree=本科 -degree=博士"),
        ("我们公司引进的王博士是全国技术能手", "talent:degree=博士 talent:award=全国技术能手"),
    ],
)
def test_a_degree_counts_when_it_is_held(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("我差一点获评全国技术能手", "!award=全国技术能手 -award"),
        ("我参评全国技术能手没评上", "!award=全国技术能手 -award"),
        ("我的全国技术能手称号被撤销了", "!award=全国技术能手 -award"),
        ("我参选全国劳动模范，落选了", "!award=全国劳动模范 -award"),
        ("我是全国技术能手，今年参评全国劳动模范，最后落选了", "award=全国技术能手 !award=全国劳动模范"),
        ("我是全国技术能手但没评上劳模", "award=全国技术能手"),
        ("我被提名全国劳动模范，结果未公布", "~award=全国劳动模范 -award"),
        ("我们公司获评小巨人后被撤销了", "!recognition=小巨人 -recognition.level"),
        ("师傅是全国技术能手，我是徒弟", "-award"),
        ("我师傅是全国技术能手，我是徒弟", "-award"),
        ("公司的师傅是全国技术能手", "talent:award=全国技术能手"),
        ("I was nominated as a national technical expert but did not win", "!award=全国技术能手 -award"),
    ],
)
def test_an_award_counts_when_it_was_won_and_kept(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (
            "我刚从新加坡回国，博士，2026年9月跟鄂尔多斯一家氢能装备企业签了4年劳动合同，全职",
            "arrival=引进 contract_years=4年 -status=外籍 origin=境外 industry=氢能装备 place=鄂尔多斯市",
        ),
        ("我从广州来，全职在伊旗一家煤化工企业上班，签了五年", "arrival=引进 origin=区外"),
        ("公司请来两位从德国来的博士，都签了5年合同", "talent:arrival=引进 -ownership"),
        ("我是伊旗人，在伊旗一家企业上班，签了五年合同", "-arrival"),
        ("我从广州来，打算和伊旗一家企业签5年合同", "-arrival"),
        ("我从广州柔性引进来，签了3年合同", "arrival=柔性引进 -arrival=全职引进"),
    ],
)
def test_who_came_from_elsewhere_and_signed_was_brought(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (
            "俺29岁 大专毕业 老婆没上班 娃3岁",
            "age=29岁 degree=大专 relative:relative_status@配偶=失业 relative:relative_age=3岁 -relative:relative_age=29岁",
        ),
        (
            "俺31岁硕士毕业老公在家待业娃2岁社保一直交着",
            "degree=硕士 relative:relative_status@配偶=失业 relative:relative_age=2岁 -relative:relative_status@配偶=硕士",
        ),
        ("我女儿5岁上幼儿园，硕士毕业，在伊旗当老师", "degree=硕士 job=教师 relative:relative_age=5岁"),
        ("My mother is 68 and my son is 4", "relative:relative_age=68岁 relative:relative_age=4岁"),
        ("My daughter is three and my father is 70", "relative:relative_age=3岁 relative:relative_age=70岁"),
        (
            "I have been out of work for 9 months and my son is 15 months old",
            "status=失业 relative:relative_age=1.25岁",
        ),
        ("我老婆失业8个月，我在企业上班", "relative:relative_status@配偶=失业 -relative:relative_age"),
        ("我老公比我大3岁，我30岁", "age=30岁 -relative:relative_age"),
        ("My father, 72, lives with me", "relative:relative_age=72岁"),
        ("我公司营收 3 亿 研发投入 1200 万 员工 300 人", "revenue=300000000元 rd=12000000元 headcount=300人"),
    ],
)
def test_a_relative_takes_nothing_of_the_asker_nor_of_another_one(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


def test_each_of_two_relatives_has_an_age_of_their_own(read: Read) -> None:
    ages = {fact.of: fact.number for fact in read("My father is 72 and my daughter is 1").facts if fact.number}
    assert ages == {"父母": 72, "子女": 1}


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (
            "我同学是自治区级非遗传承人，我是他徒弟，今年新认定为旗级非遗传承人",
            "award=非遗传承人 recognition.level@非遗传承人=旗",
        ),
        ("我师傅是全国技术能手，我是电工", "job=电工 -award"),
        ("我是正高职称，在伊旗工作", "title=正高级 -degree -employer_kind"),
        ("我是副高职称", "title=副高级 -degree -employer_kind"),
        ("我在伊旗一所高职院校当老师，硕士", "employer_kind=职业院校 degree=硕士 -degree=大专"),
        ("我高职毕业", "degree=大专 -employer_kind"),
    ],
)
def test_words_are_read_as_they_are_meant(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        (
            "本人42岁 高级技师 老公在神东上班 两个孩子一个上初中一个5岁 在康巴什没房子 租房住",
            "age=42岁 skill_level=高级技师 relative:relative_status@配偶=在职 status=无房 -relative:relative_status@子女=无房",
        ),
        ("我儿子今年大学毕业 在家待业 我想问问他能领啥", "relative:relative_status@子女=失业 -status"),
        ("先生是新加坡人，我是鄂尔多斯户口", "-status=外籍 -origin=新加坡 status=本市户籍"),
        ("我带着老婆孩子从甘肃来伊旗工作", "origin=甘肃 place=伊金霍洛旗"),
        ("我今年28岁，孩子八个月", "relative:relative_age=0.67岁 age=28岁"),
        (
            "We are a couple with two kids, my mother (70) lives with us, I rent a flat in Ordos",
            "who=person -who=company",
        ),
        (
            "I hold a PhD from Peking University and work for a company in Ordos",
            "employer_kind=企业 -employer_kind=高校",
        ),
        ("I work at a university in Ordos", "employer_kind=高校"),
        ("我考了助理社会工作师", "event=初级社会工作者职业资格证书"),
    ],
)
def test_what_is_said_of_a_family_stays_with_whom_it_is_said_of(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


@pytest.mark.parametrize("place", ["太原", "平原县", "五原县", "水原", "固原", "原州区", "原平市"])
def test_a_place_that_holds_the_word_for_former_denies_no_job(holds: Holds, place: str) -> None:
    holds(f"伊旗企业，从{place}引进一位技术研发带头人", "talent:job=技术研发带头人 -!talent:job")


@pytest.mark.parametrize("who", ["原", "某公司原", "某医院的原", "华为原"])
def test_a_former_post_is_held_no_more(holds: Holds, who: str) -> None:
    holds(f"伊旗企业，引进一位{who}技术研发带头人", "!talent:job=技术研发带头人")


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("失业保险一直没缴过", "!event=缴纳失业保险"),
        ("失业险从来没上", "!event=缴纳失业保险"),
        ("失业保险交了40个月没断过", "event=缴纳失业保险 insured_months=40月"),
        ("失业保险没缴够36个月", "event=缴纳失业保险 insured_months=35月"),
    ],
)
def test_an_insurance_that_was_never_paid_is_denied(holds: Holds, told: str, expected: str) -> None:
    holds(f"我在伊旗一家企业上班，{told}。", expected)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("伊旗一家企业要返聘我", "~arrival=返聘 -arrival"),
        ("伊旗一家企业返聘了我", "arrival=返聘"),
    ],
)
def test_who_is_to_be_taken_back_has_not_come(holds: Holds, told: str, expected: str) -> None:
    holds(f"我65岁，退休工程师，{told}。", expected)
