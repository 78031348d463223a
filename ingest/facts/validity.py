"""When a clause holds, as printed: from, until, terms that cannot be counted out; target years kept apart.

A sentence is the unit, because one clause may hold a limited entitlement beside an unlimited one. What never ends a
clause: the repeal of another document, a target ("到 2025 年，…达到 5 家"), a date of the past, a title in 《》.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from ingest.facts import calendar_words as words
from ingest.types import Span, Validity

_SELF = r"本(?:办法|政策措施|政策|措施|规定|通知|公告|意见|方案|细则|条例|决定|实施细则|目录|清单|文件|计划|法)"
_FORCE = r"(?:正式|起)*(?:施行|实施|执行|生效|试行|实行|适用)"
_GIVES = r"给予|补贴|补助|奖励|奖补|资助|安排|免征|减征|减按|减半|免收|减收|返还|贴息|支持资金|资金支持|连续支持"
_TARGET = (
    r"达到|达|力争|争取|争创|建成|实现|突破|超过|完成|形成|基本|初步|明显|显著|进一步|不断|培育|建设|创建|打造|引进|"
    r"覆盖|提高到|增长|投入运行|健全"
)
_PLAN = r"“?(?:十[二三四五六]五)”?"

_TITLE = re.compile(r"《[^《》]{0,160}》")
_SENTENCE = re.compile(r"[^。；;！？\n]*(?:[。；;！？\n]+[”’）)〕]*|$)")
_DATE = words.DATE

# 自 2021 年 1 月 1 日至 2030 年 12 月 31 日; 从 2024 年到 2026 年; 2022—2025 年期间
_FROM_TO = re.compile(
    rf"(?P<lead>自|从|在|于)?\s?(?P<a>{_DATE})\s?起?\s?(?:至|到|—|——|–|-|~|～)\s?(?P<b>{_DATE})\s?(?P<tail>止|期间|内|，)?"
)
_BARE_YEARS = re.compile(r"(?P<a>(?:19|20)\d\d)\s?[-—–~至到]+\s?(?P<b>(?:19|20)\d\d)\s?年(?P<tail>期间|，|内)")
# 执行期限至…, 有效期至…, 继续实施…至 2025 年底, 延长至…, …截止, …前有效
_UNTIL = re.compile(
    rf"(?:执行期限?|实施期限?|政策期限?|有效期限?|试行期限?|延续|继续|延长|顺延|实施|执行|施行|适用|有效|申报|受理)[^。；]{{0,40}}?"
    rf"(?:截止到|截止至|截至|延长至|延续至|为止|至|到)\s?(?P<b>{_DATE})\s?(?:止|为止|结束|截止)?(?!\s?起)"
    rf"|(?:至|到)\s?(?P<b2>{_DATE})\s?(?:止|为止|截止|失效|期满|到期|前有效|期间有效)"
    rf"|(?P<b3>{_DATE})\s?(?:到期|截止|失效|前有效)"
)
_SINCE = re.compile(
    rf"(?:自|从|于)\s?(?P<a>{_DATE})\s?(?:起)?\s?(?:开始)?\s?{_FORCE}|(?:自|从)\s?(?P<a2>{_DATE})\s?起(?!{_FORCE})"
)
_ENDS_OTHERS = re.compile(r"废止|停止执行|失效|不再执行")
_REPEALED = re.compile(rf"(?:{_SELF}|(?:已|现已|予以))[^，。；]{{0,20}}(?:废止|失效)")
_FROM_ISSUE = re.compile(
    rf"自\s?(?:发布|印发|公布|颁布|下发|签发)之日起(?:满)?\s?(?P<days>\d+)?\s?(?:个工作日|日|天)?\s?(?:后|内)?\s?{_FORCE}"
)
_TERM = re.compile(
    r"(?P<word>试行期限?|有效期限?|执行期限?|施行期限?|实施期限?)\s?(?:为|是)?\s?(?P<n>\d+|[一二两三四五六七八九十]+)\s?(?P<unit>年|个月)"
)
_OF_THE_POLICY = re.compile(rf"^\s*$|(?:{_SELF}|{_FORCE}[，,])\s*$")
# 到 2027 年，自治区每年…给予: a promise runs to that year when the money is said to flow again and again.
_RUNS = re.compile(r"每年|逐年|按年|连续|继续|持续|期间")
_TO_YEAR = re.compile(rf"(?:到|至|截至|截止)\s?(?P<b>{_DATE}|{_PLAN}末)")
_IN_PLAN = re.compile(rf"(?P<plan>{_PLAN})\s?(?:期间|时期|期内)")
_GOAL_YEAR = re.compile(
    rf"(?:力争|争取|到|至|在)\s?(?P<y>(?:19|20)\d\d)\s?年(?!\s?\d)|(?P<y2>(?:19|20)\d\d)\s?年(?:底|末)?(?:前|，)|(?P<plan>{_PLAN})(?:末|期间|时期)"
)


# 政策执行期限至…, 本办法自…起施行, 上述政策有效期…: the subject is the policy itself.
_GOVERNS = re.compile(
    rf"\s*(?:第[一-鿿\d]+条\s*|[一二三四五六七八九十]+、|\d+[.．、])?(?:本|上述|以上|该|此|前款)?(?:政策措施|{_SELF}|政策|措施|办法)"
    rf"[^，。；]{{0,14}}?(?:自|从|执行期|实施期|有效期|试行期|施行期|期限)"
)
LONGEST_SENTENCE = 4000  # characters; a longer one is a table or a list run together, and says nothing about itself
NOTHING_SAID = Validity()
# Every reading below needs one of these; most sentences hold none.
_SAYS_WHEN = re.compile(r"(?:19|20)\d\d|十[二三四五六七八九]五|废止|失效|之日起|(?:试行|有效|执行|施行|实施)期")


@dataclass(frozen=True, slots=True)
class ValidityStatement:
    """What one sentence says about time. ``valid_until`` is the last day in force."""

    span: Span  # the sentence
    quote: Span  # the words that say so
    valid_from: date | None = None
    valid_until: date | None = None
    repealed: bool = False
    undetermined: str | None = None
    target_years: tuple[int, ...] = ()
    from_issue: str | None = None  # "自发布之日起 30 日后施行": in force, but from a day that is not printed here
    governs_clause: bool = False  # "政策执行期限至…": speaks for all sentences around it, not for its own alone


def statements(text: str, issued: date | None = None) -> tuple[ValidityStatement, ...]:
    """One statement for each sentence that says when something holds; ``issued`` lets terms from issue be counted."""
    if _SAYS_WHEN.search(text) is None:
        return ()
    hidden = _TITLE.sub(lambda title: "\0" * len(title[0]), text)
    found: list[ValidityStatement] = []
    before = ""
    for match in _SENTENCE.finditer(hidden):
        if len(match[0]) > LONGEST_SENTENCE or _SAYS_WHEN.search(match[0]) is None:
            before = match[0] if match[0].strip() else before
            continue
        in_force_from = _day_in_force(match[0], before, issued)
        statement = _of_sentence(hidden, Span(match.start(), match.end()), issued, in_force_from)
        before = match[0]
        if statement is not None:
            found.append(replace(statement, governs_clause=bool(_GOVERNS.match(match[0]))))
    return tuple(found)


def find_validity(text: str, issued: date | None = None) -> Validity:
    """What the clause prints about time; of several ends the latest, so that no part is called past too early.

    ``issued`` (the day the document was issued, when known) lets "自发布之日起" and "试行期一年" be counted out.
    """
    found = statements(text, issued)
    return _merged(found) if found else NOTHING_SAID


def validity_of_title(title: str) -> Validity:
    """The years in a plan's title: 行动计划（2022-2025 年） → 2022-01-01 to 2025-12-31."""
    period = words.years_of_title(title)
    if period is None:
        return Validity()
    first, last, span = period
    return Validity(valid_from=date(first, 1, 1), valid_until=date(last, 12, 31), quotes=(span,))


def _merged(found: Sequence[ValidityStatement]) -> Validity:
    ending = max((s for s in found if s.valid_until), key=lambda s: s.valid_until or date.min, default=None)
    starting = [s.valid_from for s in found if s.valid_from]
    begins = ending.valid_from if ending and ending.valid_from else (min(starting) if starting else None)
    until = ending.valid_until if ending else None
    undetermined = next((s.undetermined for s in found if s.undetermined), None)
    return Validity(
        valid_from=begins,
        valid_until=until,
        repealed=any(s.repealed for s in found),
        undetermined=None if until else undetermined,
        target_years=tuple(sorted({year for s in found for year in s.target_years})),
        quotes=tuple(s.quote for s in found),
    )


def _of_sentence(
    text: str, sentence: Span, issued: date | None, in_force_from: date | None
) -> ValidityStatement | None:
    said = text[sentence.start : sentence.end]
    for reading in (_ends_itself, _from_to, _until, _runs_to_year, _runs_in_plan):
        statement = reading(said, sentence)
        if statement is not None:
            return statement
    counted = _term(said, sentence, in_force_from) or _begins(said, sentence, issued)
    return counted or _target(said, sentence)


def _made(
    sentence: Span, match: re.Match[str], valid_from: date | None = None, valid_until: date | None = None
) -> ValidityStatement | None:
    if valid_from is None and valid_until is None:
        return None
    quote = Span(sentence.start + match.start(), sentence.start + match.end())
    return ValidityStatement(sentence, quote, valid_from, valid_until)


def _ends_itself(said: str, sentence: Span) -> ValidityStatement | None:
    match = _REPEALED.search(said)
    if not match or "同时" in said or not re.search(_SELF, match[0]):
        return None
    return ValidityStatement(
        sentence, Span(sentence.start + match.start(), sentence.start + match.end()), repealed=True
    )


def _from_to(said: str, sentence: Span) -> ValidityStatement | None:
    match = _FROM_TO.search(said) or _BARE_YEARS.search(said)
    if not match:
        return None
    lead = match.groupdict().get("lead")
    if not (lead in ("自", "从") or match["tail"] in ("止", "期间")) or _is_history(said, match):
        return None
    return _made(sentence, match, words.first_day(match["a"]), words.last_day(match["b"]))


def _is_history(said: str, match: re.Match[str]) -> bool:
    """自 2018 年至 2020 年期间取得…的: a condition on the past, not a term of the policy."""
    return bool(
        re.match(
            r"[^，。；]{0,20}(?:取得|获得|获评|认定|缴纳|发生|投产|成立|注册|登记|购置)[^，。；]{0,20}的",
            said[match.end() :],
        )
    )


def _until(said: str, sentence: Span) -> ValidityStatement | None:
    for match in _UNTIL.finditer(said):
        printed = match["b"] or match["b2"] or match["b3"]
        if re.search(rf"(?:^|[，：\s])(?:力争|争取)?\s?(?:到|至)\s?{re.escape(printed)}", match[0]) and not match["b2"]:
            continue  # "…，到 2025 年，…" begins a new thought
        return _made(sentence, match, None, words.last_day(printed))
    return None


def _runs_to_year(said: str, sentence: Span) -> ValidityStatement | None:
    match = _TO_YEAR.search(said)
    if not match:
        return None
    rest = said[match.end() :]
    first_target = re.search(_TARGET, rest)
    runs = _RUNS.search(rest)
    if not runs or not re.search(_GIVES, rest) or (first_target and first_target.start() < runs.start()):
        return None
    return _made(sentence, match, None, words.last_day(match["b"]))


def _runs_in_plan(said: str, sentence: Span) -> ValidityStatement | None:
    match = _IN_PLAN.search(said)
    if not match:
        return None
    promise = re.match(rf"[^。；]{{0,20}}?(?:每年|逐年|按年|一次性)?[^，。；]{{0,12}}(?:{_GIVES})", said[match.end() :])
    if not promise or re.search(r"力争|达到|建成|实现", promise[0]):
        return None
    first, last = words.plan_years(match["plan"])
    return _made(sentence, match, date(first, 1, 1), date(last, 12, 31))


def _begins(said: str, sentence: Span, issued: date | None) -> ValidityStatement | None:
    match = _SINCE.search(said)
    if match:
        rest = said[match.end() :]
        if _ENDS_OTHERS.match(rest.lstrip("同时一并")) or _ENDS_OTHERS.match(rest[:4]):
            return None
        return _made(sentence, match, words.first_day(match["a"] or match["a2"]))
    match = _FROM_ISSUE.search(said)
    if not match or _ENDS_OTHERS.match(said[match.end() :].lstrip("同时一并")):
        return None
    quote = Span(sentence.start + match.start(), sentence.start + match.end())
    begins = words.after_issue(issued, int(match["days"] or 0)) if issued else None
    return ValidityStatement(sentence, quote, valid_from=begins, from_issue=match[0])


def _term(said: str, sentence: Span, in_force_from: date | None) -> ValidityStatement | None:
    match = _TERM.search(said)
    # "工作许可有效期 5 年" is the life of a permit: a term of the policy says so or stands with its coming into force.
    if not match or not (
        match["word"][:2] in ("试行", "执行", "施行", "实施") or _OF_THE_POLICY.search(said[: match.start()])
    ):
        return None
    quote = Span(sentence.start + match.start(), sentence.start + match.end())
    if in_force_from is None:
        return ValidityStatement(sentence, quote, undetermined=match[0])
    until = words.end_of_term(in_force_from, match["n"], match["unit"])
    return ValidityStatement(sentence, quote, in_force_from, until)


def _day_in_force(said: str, before: str, issued: date | None) -> date | None:
    """The day from which a term in this sentence counts: printed in it, or else in the sentence before."""
    for sentence in (said, before):
        for match in _SINCE.finditer(sentence):
            if not _ENDS_OTHERS.match(sentence[match.end() :].lstrip("同时一并")):
                return words.first_day(match["a"] or match["a2"])
        match = _FROM_ISSUE.search(sentence)
        if match:
            return words.after_issue(issued, int(match["days"] or 0)) if issued else None
    return issued


def _target(said: str, sentence: Span) -> ValidityStatement | None:
    years: dict[int, Span] = {}
    for match in _GOAL_YEAR.finditer(said):
        if not re.search(_TARGET, said[match.start() :]) or _ENDS_OTHERS.search(said):
            continue
        year = words.plan_years(match["plan"])[1] if match["plan"] else int(match["y"] or match["y2"])
        years.setdefault(year, Span(sentence.start + match.start(), sentence.start + match.end()))
    if not years:
        return None
    return ValidityStatement(sentence, next(iter(years.values())), target_years=tuple(sorted(years)))
