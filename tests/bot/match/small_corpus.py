"""A little corpus with records that a person accepted, written to disk."""

from __future__ import annotations

import json
from pathlib import Path

NOTICE = """临川县促进工业发展若干措施

　　一、对首次认定的国家高新技术企业，给予20万元奖励。

　　二、对县内银行投放普惠贷款的，给予30万元奖励。

　　三、对全职引进的博士，给予安家补贴15万元；对硕士，给予安家补贴8万元。同一事项就高不重复。
"""
DOCUMENT = "临川县促进工业发展若干措施"
ACCEPTED = {"by": "李雪", "on": "2026-11-01"}
FIRST = "对首次认定的国家高新技术企业，给予20万元奖励"
BANK = "对县内银行投放普惠贷款的，给予30万元奖励"
SETTLE = "对全职引进的博士，给予安家补贴15万元；对硕士，给予安家补贴8万元"


def condition(attribute: str, value: object, span: str, **more: object) -> dict[str, object]:
    return {"span": span, "attribute": attribute, "operator": "in", "value": value, "unit": None, **more}


def amount(figure: str, span: str, when: dict[str, object] | None = None) -> dict[str, object]:
    row = {
        "object": "奖励",
        "figure": figure,
        "bound": "fixed",
        "base": None,
        "period": None,
        "term": None,
        "cap": None,
    }
    return {**row, "span": span, "when": when}


def record(identifier: str, who: str, span: str, conditions: list[dict[str, object]], amounts: list[dict[str, object]]):
    return {
        "id": identifier, "title": "奖励", "kind": "奖励", "spans": [span],
        "recipient": {"who": who, "span": span}, "conditions": {"all": conditions}, "amounts": amounts,
        "validity": None, "offices": [], "procedure": [], "overlap": ["同一事项就高不重复"], "same_as": [], "soft": False,
        "review": ACCEPTED,
    }  # fmt: skip


RECORDS = [
    record(
        "hitech",
        "company",
        FIRST,
        [
            condition("recognition", ["高新技术企业"], "国家高新技术企业"),
            condition("recognition.time", ["首次"], "首次认定", of="高新技术企业"),
        ],
        [amount("20万元", FIRST)],
    ),
    record("bank", "bank", BANK, [], [amount("30万元", BANK)]),
    record(
        "settle",
        "person",
        SETTLE,
        [condition("arrival", ["全职引进"], "全职引进")],
        [
            amount("15万元", "对全职引进的博士，给予安家补贴15万元", {"all": [condition("degree", ["博士"], "博士")]}),
            amount("8万元", "对硕士，给予安家补贴8万元", {"all": [condition("degree", ["硕士"], "硕士")]}),
        ],
    ),
]


def written_corpus(parent: Path) -> Path:
    """The folder of the corpus, made under ``parent``."""
    folder = parent / "corpus"
    (folder / "entitlements").mkdir(parents=True)
    (folder / "notice.txt").write_text(NOTICE, "utf-8")
    (folder / "corpus.toml").write_text('title = "临川县政策"\nregion = "江西省抚州市临川县"\n', "utf-8")
    written = {"document": DOCUMENT, "records": RECORDS}
    (folder / "entitlements" / "notice.json").write_text(json.dumps(written, ensure_ascii=False), "utf-8")
    return folder
