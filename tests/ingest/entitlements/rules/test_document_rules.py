"""Sentences that speak for a whole document are conditions, overlap rules and procedure of all it grants."""

from ingest.entitlements.rules.document_rules import rules_of
from ingest.types import Corpus


def test_scope_exclusions_overlap_and_procedure_of_a_measure(county: Corpus) -> None:
    document = next(d for d in county.documents if d.title == "云浦县招商引资优惠办法")
    rules = rules_of(list(county.clauses_of(document)))
    said = [condition.text for condition in rules.conditions]
    assert any(text.startswith("适用范围：本办法适用于县外投资者") for text in said)
    assert any(text.startswith("不属于：房地产开发、矿产资源开采") for text in said)
    assert any("从优不重复" in rule for rule in rules.overlap)
    assert any("向县商务局提出申请" in step for step in rules.procedure)


def test_a_list_of_exclusions_is_quoted_whole(county: Corpus) -> None:
    document = next(d for d in county.documents if d.title == "关于支持县域特色产业集群发展的若干措施")
    barred = [c for c in rules_of(list(county.clauses_of(document))).conditions if c.text.startswith("不属于：")]
    assert len(barred) == 1
    assert "未按规定报送统计数据的企业" in barred[0].span
