"""A small county whose two policies have records: some a person stands for, one that only rules proposed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bot.types import Answer, Question, SearchResult
from index.types import Filters
from ingest.corpus.load import load_corpus
from ingest.editions.load import load_edition
from ingest.types import Corpus

FIRMS = "云浦县支持企业创新若干措施"
PEOPLE = "云浦县引进急需紧缺人才若干措施"
HIGH_TECH = "对首次认定的高新技术企业给予20万元奖励。"
RESEARCH = "对研发投入占营业收入3%以上的企业，按照研发投入的5%给予补助，最高50万元。"
LOAN = "对获得银行贷款的<b>小微企业</b>给予2%贴息。"
OVER = "对新认定的专精特新企业给予10万元奖励，执行期限至2025年12月31日。"
SETTLING = "对全职引进的博士给予30万元安家补贴，服务期不少于5年。"
OFFICE = "县科技局负责兑现。"
_STANDS = {"by": "李雪", "on": "2026-01-05"}

TEXTS = {
    "企业.txt": f"{FIRMS}\n云政发〔2026〕3号\n一、{HIGH_TECH}{OFFICE}\n二、{RESEARCH}\n三、{LOAN}\n四、{OVER}\n",
    "人才.txt": f"{PEOPLE}\n云办发〔2026〕15号\n一、{SETTLING}\n",
}


def _record(id: str, title: str, kind: str, span: str, who: str, conditions: list[Any], **more: Any) -> dict[str, Any]:
    recipient = {"who": who, "span": None}
    blank: dict[str, Any] = {"amounts": [], "validity": None, "offices": [], "procedure": [], "overlap": [], "same_as": [], "soft": False, "review": _STANDS}  # fmt: skip
    stated = {"id": id, "title": title, "kind": kind, "spans": [span], "recipient": recipient}
    return {**stated, "conditions": {"all": conditions}, **blank, **more}


def _words(span: str, attribute: str, *value: str, **more: Any) -> dict[str, Any]:
    return {"span": span, "attribute": attribute, "operator": "in", "value": list(value), "unit": None, **more}


def _amount(figure: str, span: str, bound: str = "fixed", **more: Any) -> dict[str, Any]:
    blank: dict[str, Any] = {"base": None, "period": None, "term": None, "cap": None, "when": None}
    return {"object": "", "figure": figure, "bound": bound, "span": span, **blank, **more}


RECORDS: dict[str, list[dict[str, Any]]] = {
    FIRMS: [
        _record(
            "k1", "高新技术企业奖励", "奖励", HIGH_TECH, "company",
            [_words("高新技术企业", "recognition", "高新技术企业"), _words("首次认定", "recognition.time", "首次", of="高新技术企业")],
            amounts=[_amount("20万元", HIGH_TECH)], offices=["县科技局"],
        ),
        _record(
            "k2", "研发投入补助", "补贴", RESEARCH, "company",
            [{"span": "研发投入占营业收入3%以上", "attribute": "rd_share", "operator": "at_least", "value": 3, "unit": "%"}],
            amounts=[_amount("5%", RESEARCH, "cap", base="研发投入", cap="50万元")],
        ),
        _record(
            "k3", "贷款贴息", "金融", LOAN, "company", [_words("获得银行贷款", "event", "贷款")],
            amounts=[_amount("2%", LOAN)], review={"by": "", "on": None, "proposed_by": "rules"},
        ),
        _record(
            "k4", "专精特新企业奖励", "奖励", OVER, "company", [_words("专精特新企业", "recognition", "专精特新")],
            amounts=[_amount("10万元", OVER)],
            validity={"span": "执行期限至2025年12月31日", "from": None, "until": "2025-12-31"},
        ),
    ],
    PEOPLE: [
        _record(
            "k1", "博士安家补贴", "补贴", SETTLING, "person",
            [
                {"span": "博士", "attribute": "degree", "operator": "at_least", "value": ["博士"], "unit": None},
                _words("全职引进", "arrival", "全职引进"),
                {"span": "服务期不少于5年", "attribute": "contract_years", "operator": "at_least", "value": 5, "unit": "年"},
            ],
            amounts=[_amount("30万元", SETTLING)],
        ),
    ],
}  # fmt: skip

COMPANY = "我们是云浦县一家民营装备制造企业，去年营收2亿元，研发投入800万元，今年首次认定为高新技术企业。"
PERSON = "我是博士，35岁，全职引进到云浦县工作。"


def write_corpus(folder: Path) -> Corpus:
    """The corpus with its records, written into ``folder``."""
    (folder / "corpus.toml").write_text('title = "云浦县投资政策"\nregion = "湖南省云浦县"\n', "utf-8")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "entitlements").mkdir(exist_ok=True)
    for document, records in RECORDS.items():
        written = json.dumps({"document": document, "records": records}, ensure_ascii=False)
        (folder / "entitlements" / f"{document}.json").write_text(written, "utf-8")
    return load_corpus(folder)


class Served:
    """Stands for the bot where only its corpus is asked for."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus, self.edition = corpus, load_edition(corpus)

    def ask(self, question: Question) -> Answer:
        raise NotImplementedError

    def stream(self, question: Question) -> Any:
        raise NotImplementedError

    def search(self, text: str, filters: Filters, top_k: int) -> SearchResult:
        raise NotImplementedError
