"""Records as lines, as JSON and in HTML: what is unchecked says so, everything is escaped."""

from typing import Any

from ingest.corpus.load import segment
from ingest.entitlements.attach import attach_record
from ingest.entitlements.proposing import proposals
from ingest.entitlements.record_form import read_record
from ingest.entitlements.rules.proposer import RuleProposer
from ingest.entitlements.types import Attached, Entitlements, Flagged
from ingest.entitlements.wording import Wording
from ingest.output.entitlements import UNCHECKED, attached_json, attached_line, faults, flagged_line, summary
from ingest.output.html_view import source_page
from ingest.types import SourceFile

SEGMENTED = segment(SourceFile("a.txt", "某某办法\n第一条 对<b>高新技术企业</b>，给予15万元奖励。\n", "0" * 64, "text"))
RECORD: dict[str, Any] = {
    "id": "a",
    "title": "<i>高企</i>",
    "kind": "奖励",
    "spans": ["给予15万元奖励"],
    "recipient": {"who": "company", "span": None},
    "conditions": {"all": [{"span": "高新技术企业", "text": "<u>须为高企</u>"}]},
    "amounts": [{"object": "奖励", "figure": "15万元", "bound": "cap", "span": "给予15万元奖励"}],
}


def attached(**changes: Any) -> Attached | Flagged:
    return attach_record(
        read_record({**RECORD, **changes}, "某某办法"), Wording(SEGMENTED.documents, SEGMENTED.clauses)
    )


def test_a_line_of_json_is_the_record_with_its_place() -> None:
    item = attached(review={"by": "王", "on": "2026-11-29"})
    assert isinstance(item, Attached)
    row = attached_json(item, "attached")
    assert (row["state"], row["accepted"], row["document"], row["address"]) == ("attached", True, "某某办法", "第一条")
    assert row["clauses"] == [SEGMENTED.clauses[0].id]
    assert "accepted by 王" in attached_line(item, "attached")


def test_what_is_not_used_is_said_with_its_reason() -> None:
    item = attached(spans=["给予20万元奖励"])
    assert isinstance(item, Flagged)
    found = Entitlements(flagged=(item,))
    assert flagged_line(item).endswith("“给予20万元奖励” does not stand in 《某某办法》.")
    assert faults(found) == ["《某某办法》 a: “给予20万元奖励” does not stand in 《某某办法》."]
    assert "1 records: 0 attached (0 accepted), 1 flagged" in summary(found)
    assert "《某某办法》里没有“给予20万元奖励”。" in source_page(SEGMENTED, found)


def test_a_record_stands_beside_its_clause_escaped() -> None:
    item = attached(review={"by": "<王>", "on": "2026-11-29"})
    assert isinstance(item, Attached)
    page = source_page(SEGMENTED, Entitlements(attached=(item,)))
    assert "&lt;i&gt;高企&lt;/i&gt;" in page
    assert "&lt;u&gt;须为高企&lt;/u&gt;" in page
    assert "已核对 &lt;王&gt; 2026-11-29" in page
    assert "最高15万元" in page
    assert "<i>高企" not in page
    assert page.index('id="' + item.clauses[0]) < page.index("&lt;i&gt;高企")


def test_alternatives_stay_alternatives_in_the_page() -> None:
    either = {"any": [{"span": "高新技术企业", "text": "甲"}, {"span": "高新技术企业", "text": "乙"}]}
    item = attached(conditions={"all": [either, {"span": "高新技术企业", "text": "丙"}]})
    assert isinstance(item, Attached)
    assert "条件：（甲 或 乙）；丙" in source_page(SEGMENTED, Entitlements(attached=(item,)))


def test_a_proposal_says_that_nobody_checked_it() -> None:
    proposed = tuple(proposals(RuleProposer(), SEGMENTED.documents, SEGMENTED.clauses))
    assert UNCHECKED in source_page(SEGMENTED, Entitlements(attached=proposed))
    assert 'class="entitlement"' not in source_page(SEGMENTED)
