from __future__ import annotations

from bot.match.fact_pool import FactPool
from bot.match.types import AskerFacts
from bot.types import Language
from tests.bot.match.conftest import asker, counted, said

FIRM_WITH_TALENT = asker(
    said("industry", "光伏"),
    said("recognition", "高新技术企业"),
    said("degree", "本科"),
    said("degree", "博士", about="talent"),
    said("arrival", "全职引进", about="talent"),
    said("relation", "配偶", about="relative"),
)


def pool(facts: AskerFacts, recipient: str) -> FactPool:
    return FactPool.of(facts, recipient, Language.ZH)


def test_personal_conditions_of_a_grant_to_the_employer_are_of_the_talent() -> None:
    seen = pool(FIRM_WITH_TALENT, "employer")
    assert [fact.words for fact in seen.on("degree")] == [("博士",)]
    assert [fact.words for fact in seen.on("industry")] == [("光伏",)]


def test_a_grant_to_the_company_does_not_see_the_talent() -> None:
    seen = pool(FIRM_WITH_TALENT, "company")
    assert [fact.words for fact in seen.on("degree")] == [("本科",)]
    assert seen.on("arrival") == ()


def test_relatives_are_seen_by_every_grant_to_a_person() -> None:
    assert pool(FIRM_WITH_TALENT, "person").on("relation") != ()


def test_a_firm_is_a_company_by_its_kind() -> None:
    assert [fact.words for fact in pool(asker(said("industry", "光伏")), "company").on("employer_kind")] == [("企业",)]
    school = asker(said("industry", "教育"), who=("institution", "employer"))
    assert pool(school, "institution").on("employer_kind") == ()


def test_somebody_with_a_job_works_unless_they_say_otherwise() -> None:
    works = pool(asker(said("job", "社工"), who=("person",)), "person")
    assert [fact.words for fact in works.on("status")] == [("在职",), ("全职",)]
    retired = pool(asker(said("job", "教师"), said("status", "退休"), who=("person",)), "person")
    assert [fact.words for fact in retired.on("status")] == [("退休",)]


def test_a_share_that_was_said_is_not_worked_out_again() -> None:
    facts = asker(counted("rd", 8e6, "元"), counted("revenue", 2e8, "元"), counted("rd_share", 5, "%"))
    assert [fact.number for fact in pool(facts, "company").on("rd_share")] == [5]


def test_no_share_of_a_revenue_of_nothing() -> None:
    assert pool(asker(counted("rd", 8e6, "元"), counted("revenue", 0, "元")), "company").on("rd_share") == ()


def test_somebody_brought_with_a_contract_is_brought_for_good() -> None:
    brought = asker(said("arrival", "引进", about="talent"), counted("contract_years", 3, "年", about="talent"))
    assert ("全职引进",) in [fact.words for fact in pool(brought, "person").on("arrival")]
    flexible = asker(said("arrival", "柔性引进", about="talent"), counted("contract_years", 3, "年", about="talent"))
    assert [fact.words for fact in pool(flexible, "person").on("arrival")] == [("柔性引进",)]


def test_somebody_who_asks_for_themselves_is_the_person_meant() -> None:
    academician = asker(said("arrival", "全职引进"), said("degree", "博士", about="talent"), who=("person", "employer"))
    seen = pool(academician, "employer")
    assert not seen.for_talent
    assert [fact.words for fact in seen.on("arrival")] == [("全职引进",)]


def test_one_who_came_back_retired_does_not_retire_the_other() -> None:
    two = asker(
        said("arrival", "返聘", about="talent"),
        said("status", "退休", about="talent"),
        said("arrival", "本地培养", about="talent"),
        said("job", "工人", about="talent"),
    )
    assert ("全职",) in [fact.words for fact in pool(two, "employer").on("status")]
    one = asker(said("status", "退休", about="talent"), said("job", "工人", about="talent"))
    assert ("全职",) not in [fact.words for fact in pool(one, "employer").on("status")]
