from __future__ import annotations

import pytest

from tests.bot.match.facts.conftest import Holds, Read


@pytest.mark.parametrize(
    ("profile", "who"),
    [
        ("我们公司在伊旗，规上", "company employer"),
        ("伊旗一家做软件的民营公司", "company employer"),
        ("我是硕士，想来伊旗工作", "person"),
        ("本人35岁，退役军人", "person"),
        ("I am an engineer from Germany", "person"),
        ("伊旗属国企正式职工，在职读研", "person"),
        ("呼和浩特的一所自治区高校", "employer institution"),
        ("我们医院今年引进了两名博士", "employer institution"),
        ("阿镇街边的个体奶茶店", "employer individual_business"),
        ("我开了个理发店，个体工商户", "employer individual_business person"),
        ("我们是内蒙古一家融资担保公司", "company employer guarantor"),
        ("伊旗一家科技企业孵化器（独立公司）", "company employer platform"),
        ("我们是人力资源服务公司，给企业推荐人才", "company employer intermediary"),
        ("我们园区想申报人力资源产业园", "park"),
        ("我是台湾人，在阿镇开了一家酒店", "company employer person"),
        ("我在伊旗新材料企业做研发。公司和我能拿哪些人才钱？", "employer person"),
        ("I work for a hydrogen maker. What may I or my employer claim?", "employer person"),
        ("外国投资者，打算用分得的利润再投资", "investor"),
        ("Singapore-controlled data-centre operator", "company employer"),
        ("我们合作社养了300头牛", "company employer"),
        ("有什么政策", ""),
        # an employer that is described is not the one who asks
        ("我是伊旗一家高新技术企业新引进的员工，博士，签了5年合同", "person"),
        ("税后年薪60万，合同3年以上，国家高新技术企业新引进的技术研发带头人", "person"),
        ("某规上企业首席技术官，年薪80万，合同5年", "person"),
        ("A hydrogen company (a national high-tech enterprise) hired me full time. I am German", "person"),
        ("A hydrogen company recruited me from abroad, I hold a doctorate", "person"),
        ("一家规上企业聘请我当总工程师，我是硕士", "person"),
        ("我在伊旗一家民企上班，公司今年还招了5个大学生", "employer person"),
        ("规上民企，今年新引进的技术研发带头人年薪60万", "company employer"),
    ],
)
def test_who_is_asking(read: Read, profile: str, who: str) -> None:
    assert " ".join(sorted(read(profile).who)) == who


@pytest.mark.parametrize(
    ("profile", "expected"),
    [
        ("在伊旗一家企业上班，刚考下焊工高级证", "who=person -who=company"),
        ("失业在家，社保交了3年", "who=person"),
        ("在伊旗一家国企上班，无房", "who=person employer_kind=国有企业 -who=company"),
        ("伊旗一家民企，今年引进了一位博士", "who=company -who=person"),
        ("我们厂有20人在园区上班", "who=company -who=person"),
    ],
)
def test_who_works_somewhere_is_a_person_without_saying_so(holds: Holds, profile: str, expected: str) -> None:
    holds(profile, expected)


def test_who_tells_of_a_small_firm_and_of_starting_it_is_both(holds: Holds) -> None:
    holds(
        "镇上的小公司，做沙棘饮料，我是大专毕业回乡第一次创业，雇了6个本地人",
        "who=company who=person industry=农畜产品加工 -status=本旗户籍",
    )
    holds("我在一家小公司上班，以前回乡创业过", "who=person -who=company")
    holds(
        "公司2024年6月在伊旗登记，第一次创业，我是退役军人",
        "who=company who=person status=退役军人 years_operating=2.42年",
    )


def test_whom_an_owner_hires_is_not_what_the_owner_is(holds: Holds) -> None:
    holds(
        "我在旗里开了家公司，今年招了4个大学生，自己去年硕士毕业",
        "who=company who=person -status=在校大学生 degree=硕士",
    )
    holds("我是一名大学生，想来伊旗实习", "who=person status=在校大学生")
    holds("我是一名博士，35岁", "degree=博士 -talent:degree")
