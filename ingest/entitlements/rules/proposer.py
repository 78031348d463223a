"""Proposes entitlements by rules, for any corpus: grants in sentences, tables of them, and prices."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from ingest.entitlements.rules.amounts import rows_of
from ingest.entitlements.rules.conditions import conditions_of
from ingest.entitlements.rules.document_rules import DocumentRules, own_rules, rules_of
from ingest.entitlements.rules.grants import Grant, find_grants
from ingest.entitlements.rules.phrases import ABOUT
from ingest.entitlements.rules.recipients import recipient
from ingest.entitlements.rules.tables import PriceList, Table, columns, price_lists, tables
from ingest.entitlements.types import AllOf, AmountRow, Condition, Entitlement, Recipient
from ingest.entitlements.wording import Wording, squeezed
from ingest.structure.numbering import read_label
from ingest.types import Clause, PolicyDocument, Role, Span
from ingest.vocabulary.grants import grant_words

LONGEST_TITLE = 16
LONGEST_QUOTE = 1000  # characters of a sentence quoted whole because its parts stand twice
_LOOK_BACK = 600  # characters
_NO_GRANTS = frozenset({Role.CATALOGUE, Role.DEPARTMENTS, Role.STUB, Role.CLOSING, Role.TABLE_ROW, Role.PRICE})
_SOFT_KINDS = frozenset({"服务"})
_ENDS = re.compile(r"[。，；：\s].*$", re.DOTALL)


class RuleProposer:
    """The rules of ``ingest/vocabulary/grants.toml`` as a :class:`ingest.entitlements.proposing.Proposer`."""

    name = "rules"

    def propose(self, document: PolicyDocument, clauses: Sequence[Clause]) -> Iterator[Entitlement]:
        """What the clauses of a document grant, in the order of the source: sentences and their tables, then prices."""
        wording = Wording([document], clauses)
        rules = rules_of(clauses, [rule for rule in document.closing_rules if wording.stand(rule)])
        leads = {table.lead.id: table for table in tables(clauses) if table.lead is not None}
        for clause in clauses:
            if clause.role in _NO_GRANTS:
                continue
            table = leads.get(clause.id)
            made = list(_of_table(table, rules)) if table is not None else []
            yield from made or (_grant(*found, rules, wording) for found in _of_clause(clause))
        for prices in price_lists(clauses):
            yield _price(prices, rules, wording)


def _of_clause(clause: Clause) -> Iterator[tuple[Grant, Recipient, AllOf]]:
    """The grants of a clause whose recipient can be told."""
    inherited: Recipient | None = None
    before: AllOf | None = None
    for grant in find_grants(clause):
        who = recipient(grant, inherited, _before(grant))
        conditions = conditions_of(grant, before)
        if who is not None:
            yield grant, who, conditions
            inherited = who
        before = conditions


def _before(grant: Grant) -> Span:
    """The sentences before a grant in which its recipient may be named."""
    return Span(max(0, grant.sentence.start - _LOOK_BACK), grant.sentence.start)


def _grant(grant: Grant, who: Recipient, conditions: AllOf, rules: DocumentRules, wording: Wording) -> Entitlement:
    clause = grant.clause
    words = _standing_once(grant, wording)
    kind = _kind(grant.gift.of(clause.text)) or _kind(words) or "资格"
    rows = rows_of(grant, conditions)
    return _record(
        clause,
        title=_title(clause, words),
        kind=kind,
        spans=(words,),
        who=who,
        conditions=AllOf((*conditions.parts, *rules.conditions)),
        amounts=rows,
        rules=rules,
        soft=not rows and kind in _SOFT_KINDS,
    )


def _standing_once(grant: Grant, wording: Wording) -> str:
    """The words of a grant, or as much of its sentence as stands only once in the document."""
    text = grant.clause.text
    shortest = grant.words.of(text)
    for words in (shortest, grant.sentence.of(text), text):
        if len(words) <= max(LONGEST_QUOTE, len(shortest)) and len(wording.places(words)) == 1:
            return words
    return shortest


def _of_table(table: Table, rules: DocumentRules) -> Iterator[Entitlement]:
    """A record for each column of money under a lead-in that grants; its recipient is the lead-in's or the column's."""
    lead = table.lead
    if lead is None:
        return
    granted = list(find_grants(lead))
    for column in columns(table):
        who, conditions = _who_of_column(lead, granted)
        if who is not None:
            kind = _kind(column.name) or _kind(column.lead or "") or "奖励"
            title = column.name if _kind(column.name) else _title(lead, column.lead or column.name)
            yield _record(
                lead,
                title=title[:LONGEST_TITLE],
                kind=kind,
                spans=column.spans,
                who=who,
                conditions=AllOf((*conditions.parts, *rules.conditions)),
                amounts=_with_cap(column.amounts, granted),
                rules=rules,
            )


def _with_cap(amounts: Sequence[AmountRow], granted: Sequence[Grant]) -> tuple[AmountRow, ...]:
    """单个项目最高1500万元，标准如下: the lead-in's cap holds for every row."""
    caps = [row for grant in granted for row in rows_of(grant) if row.bound == "cap"]
    if len(caps) != 1:
        return tuple(amounts)
    return tuple(
        AmountRow(row.object, row.figure, row.bound, row.span, row.base, row.period, row.term, caps[0].span, row.when)
        for row in amounts
    )


def _who_of_column(lead: Clause, granted: Sequence[Grant]) -> tuple[Recipient | None, AllOf]:
    for grant in granted:
        who = recipient(grant, None, _before(grant))
        if who is not None:
            return who, conditions_of(grant)
    said = Grant(lead, Span(0, len(lead.text)), Span(0, len(lead.text)), (Span(0, 0),), "", Span(0, len(lead.text)))
    return recipient(said, None, Span(0, 0)), AllOf()


def _price(prices: PriceList, rules: DocumentRules, wording: Wording) -> Entitlement:
    spans = tuple(words for words in prices.spans if len(wording.places(words)) == 1) or prices.spans[:1]
    rows = tuple(row for row in prices.amounts if row.span in spans)
    return _record(
        prices.clause,
        title=_short_title(prices.name),
        kind="价格",
        spans=spans,
        who=Recipient("household" if prices.households else "company"),
        conditions=AllOf(),
        amounts=rows,
        rules=DocumentRules(procedure=rules.procedure),
    )


def _record(
    clause: Clause,
    *,
    title: str,
    kind: str,
    spans: tuple[str, ...],
    who: Recipient,
    conditions: Condition,
    amounts: tuple[AmountRow, ...],
    rules: DocumentRules,
    soft: bool = False,
) -> Entitlement:
    own = own_rules(clause, grant_words().documents.overlap)
    said = "\0".join((who.who, kind, *(squeezed(span) for span in spans)))
    return Entitlement(
        id=f"rules-{hashlib.sha256(said.encode()).hexdigest()[:10]}",
        document="",  # bound to its document by whoever asked
        title=title,
        kind=kind,
        spans=spans,
        recipient=who,
        conditions=conditions,
        amounts=amounts,
        offices=clause.departments,
        procedure=rules.procedure,
        overlap=tuple(dict.fromkeys((*own, *rules.overlap))),
        soft=soft,
    )


def _kind(words: str) -> str | None:
    return next((kind for kind, names in grant_words().kinds.items() if any(n in words for n in names)), None)


def _title(clause: Clause, words: str) -> str:
    """The clause's own heading without its number, else the first words of the grant."""
    heading = _short_title(clause.path[-1]) if clause.path else ""
    if heading and f"{heading}。" in clause.text:
        return heading
    about = ABOUT.match(words)
    return _ENDS.sub("", words[about.end() if about else 0 :])[:LONGEST_TITLE] or words[:LONGEST_TITLE]


def _short_title(heading: str) -> str:
    label = read_label(heading)
    return _ENDS.sub("", heading[label.length :] if label is not None else heading)[:LONGEST_TITLE]
