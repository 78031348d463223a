"""What one sentence says about time: from, until, a term in years, a target year. One pattern for each wording.

Sentences come in narrow form, titles in 《》 blanked out, so that neither the years nor the repeal of another document
is taken for the sentence's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ingest.facts import calendar_words as words
from ingest.facts.numerals import IN_CHARACTERS, value_of
from ingest.vocabulary.documents import document_words
from ingest.vocabulary.wordings import either

_WORDS = document_words()
SELF = f"本{either(_WORDS.itself)}"
FORCE = rf"(?:正式|起|开始|公布)*{either(_WORDS.in_force)}"
_GIVES = either(_WORDS.gives)
TARGET = either(_WORDS.targets)
_PLAN = r"“?(?:十[二三四五六]五)”?"
_DATE = words.DATE
_SHORT = rf"(?:{_DATE}|{words.DAY_OF_YEAR})"
_PERIOD = r"(?:有效|执行|实施|施行|试行|适用|政策)(?:期限?|时间|时限)"
_OVER = r"(?:自行|自动|同时|即行)?(?:到期|截止|终止|失效|废止|停止执行|前有效)(?!日期|时间)"

# 自 2021 年 1 月 1 日至 2030 年 12 月 31 日; 从 2024 年到 2026 年; 自2025年1月1日起施行，至12月31日止; 执行期限为2024年1月1日至…
_FROM_TO = re.compile(
    rf"(?P<lead>自|从|在|于|{_PERIOD}\s?(?:为|是|：|:)?)?\s?(?P<a>{_DATE})\s?起?\s?(?P<force>{FORCE}\s?[，,]?\s?)?"
    rf"(?:有效期)?(?:至|到|—|——|–|-|~|～)\s?(?P<b>{_SHORT})\s?(?P<tail>止|期间|内|有效|{_OVER}|，)?"
)
_BARE_YEARS = re.compile(r"(?P<a>(?:19|20)\d\d)\s?[-—–~至到]+\s?(?P<b>(?:19|20)\d\d)\s?年(?P<tail>期间|，|内)")
# 执行期限至…, 有效期至…, 继续实施…至 2025 年底, 延长至…, …截止, …前有效, …自行废止
_UNTIL = re.compile(
    rf"(?:执行期限?|实施期限?|政策期限?|有效期限?|试行期限?|施行期限?|延续|继续|延长|顺延|实施|执行|施行|适用|有效|申报|受理)[^。；]{{0,40}}?"
    rf"(?:截止到|截止至|截至|延长至|延续至|为止|至|到)\s?(?P<b>{_DATE})\s?(?P<tail>止|为止|结束|截止|有效|{_OVER})?(?!\s?起)"
    rf"|(?:至|到)\s?(?P<b2>{_DATE})\s?(?:止|为止|期满|期间有效|{_OVER})"
    rf"|(?P<b3>{_DATE})\s?(?:止|{_OVER})"
)
_SINCE = re.compile(
    rf"(?:自|从|于)\s?(?P<a>{_DATE})\s?(?:起)?\s?(?:开始)?\s?{FORCE}|(?:自|从)\s?(?P<a2>{_DATE})\s?起(?!{FORCE})"
)
ENDS_OTHERS = re.compile(r"废止|停止执行|失效|不再执行")
_REPEALED = re.compile(rf"(?:{SELF}|(?:已|现已|予以))[^，。；\0]{{0,20}}(?:废止|失效|停止执行)")
# 与本办法不一致的即行废止, 本办法施行之日起…, 本办法有效期满后自动失效: others end, or this one some day.
_NO_REPEAL = re.compile(r"抵触|不一致|不符|冲突|之日|期满|届满|到期|施行后|实施后|其他|此前|以前|原")
_FROM_ISSUE = re.compile(
    rf"(?:自|从)\s?(?:{SELF})?(?:正式)?(?:发布|印发|公布|颁布|下发|签发|发文|印制)(?:施行)?(?:之日|后)\s?起?(?:满|第)?\s?"
    rf"(?P<days>\d{{1,4}}|{IN_CHARACTERS})?\s?(?P<unit>个工作日|个月|日|天|年)?\s?(?:后|起|之日起)?\s?{FORCE}"
)
_TERM = re.compile(
    rf"(?P<word>{_PERIOD}|期限|为期|暂定|试行|施行|实施|执行|有效)\s?(?:暂定为|暂定|定为|为|是|共)?\s?(?:[（(]?自[^，。；]{{1,24}}?起(?:计算)?[）)]?)?\s?"
    rf"{words.LENGTH}(?!\s?(?:的|以上|以下|以内|及以上|后|之后|前|一次|期|度))"
)
_TERM_BEHIND = re.compile(rf"起\s?{words.LENGTH}\s?内?(?:有效|{FORCE})")
# What may stand right before a term of the policy itself; after any other word it is the term of a loan or a permit.
_LEFT_OF_TERM = re.compile(rf"(?:^|[，,；;（(：:\s]|{SELF}|政策|措施|起|{FORCE})\s*(?:的)?$")
_STARTS_INSIDE = re.compile(
    rf"(?:自|从)\s?(?:(?P<a>{_DATE})|[^自从，。；]{{0,12}}?(?:发布|印发|公布|颁布|下发|签发|发文)之日)\s?起"
)
_OF_ITSELF = re.compile(rf"{SELF}(?!所称|规定的)|起$|起\s?{FORCE}|之日起|^\s*(?:上述|以上|该)政策")
_NAMED_PERIOD = re.compile(_PERIOD)
# 到 2027 年，自治区每年…给予: a promise runs to that year when the money is said to flow again and again.
_RUNS = re.compile(r"每年|逐年|按年|连续|继续|持续|期间")
_TO_YEAR = re.compile(rf"(?:到|至|截至|截止)\s?(?P<b>{_DATE}|{_PLAN}末)")
_IN_PLAN = re.compile(rf"(?P<plan>{_PLAN})\s?(?:期间|时期|期内)")
_GOAL_YEAR = re.compile(
    rf"(?:力争|争取|到|至|在)\s?(?P<y>(?:19|20)\d\d)\s?年(?!\s?\d)|(?P<y2>(?:19|20)\d\d)\s?年(?:底|末)?(?:前|，)|(?P<plan>{_PLAN})(?:末|期间|时期)"
)
# Every reading needs one of these; most sentences hold none. Each begins with one certain character, which re looks for
# four times faster than for a choice of them.
_HAN_YEAR = "[〇○零Oo0九][〇○零Oo0一二三四五六七八九]{2}"
_PERIODS = "|".join(f"{word}[期时]" for word in ("有效", "执行", "施行", "实施", "适用", "政策"))
SAYS_WHEN = re.compile(
    rf"19\d\d|20\d\d|一{_HAN_YEAR}|二{_HAN_YEAR}|十[二三四五六七八九]五|废止|失效|停止执行|之日|公布后|发布后|{_PERIODS}|期限|为期|暂定|试行"
)


@dataclass(frozen=True, slots=True)
class TermReading:
    """What was read, and the words that say so: characters ``start`` to ``end`` of the sentence."""

    start: int
    end: int
    valid_from: date | None = None
    valid_until: date | None = None  # last day in force
    repealed: bool = False
    undetermined: str | None = None  # words of a term that cannot be counted out
    target_years: tuple[int, ...] = ()
    from_issue: str | None = None


def read_sentence(said: str, before: str, issued: date | None) -> TermReading | None:
    """What a sentence says about time; ``before`` is the sentence before it, ``issued`` the day of the document."""
    for reading in (_ends_itself, _from_to, _until):
        if (found := reading(said)) is not None:
            return _with_beginning(found, said, issued)
    for reading in (_runs_to_year, _runs_in_plan):
        if (found := reading(said)) is not None:
            return found
    counted = _term(said, before, issued) or _begins(said, issued)
    return counted or _target(said)


def _bounded(reading: TermReading, said: str) -> TermReading:
    """The reading; one whose end lies before its beginning is a misprint, from which nothing can be counted."""
    begins, ends = reading.valid_from, reading.valid_until
    if begins is None or ends is None or begins <= ends:
        return reading
    return TermReading(reading.start, reading.end, undetermined=said[reading.start : reading.end])


def _with_beginning(found: TermReading, said: str, issued: date | None) -> TermReading:
    """An end together with the beginning that the same sentence prints: 自…起施行，有效期至…."""
    if found.repealed or found.valid_from is not None:
        return _bounded(found, said)
    begins = _begins(said, issued)
    if begins is None or begins.start > found.start:
        return found
    whole = replace(
        found,
        start=min(found.start, begins.start),
        end=max(found.end, begins.end),
        valid_from=begins.valid_from,
        from_issue=begins.from_issue,
    )
    return _bounded(whole, said)


def _made(match: re.Match[str], valid_from: date | None, valid_until: date | None, *printed: str) -> TermReading | None:
    """A reading; with ``undetermined`` words where a date that is printed is in no calendar."""
    if any(words.last_day(day) is None for day in printed):
        return TermReading(match.start(), match.end(), valid_from=valid_from, undetermined=match[0])
    if valid_from is None and valid_until is None:
        return None
    return TermReading(match.start(), match.end(), valid_from, valid_until)


def _ends_itself(said: str) -> TermReading | None:
    match = _REPEALED.search(said)
    if not match or "同时" in said or not re.search(SELF, match[0]) or _NO_REPEAL.search(match[0]):
        return None
    day = re.search(rf"(?P<day>{_DATE})\s?(?P<since>起)?", match[0])
    if day and "已" not in match[0]:
        last = words.first_day(day["day"]) if day["since"] else words.last_day(day["day"])
        if last is not None and day["since"]:
            last -= timedelta(days=1)
        return _made(match, None, last, day["day"])
    return TermReading(match.start(), match.end(), repealed=True)


def _from_to(said: str) -> TermReading | None:
    match = _FROM_TO.search(said) or _BARE_YEARS.search(said)
    if not match:
        return None
    parts = match.groupdict()
    lead, force = parts.get("lead") or "", parts.get("force") or ""
    ends = words.with_year_of(match["b"], match["a"])
    if not (lead not in ("", "在", "于") or match["tail"] not in (None, "，", "内")) or _is_history(said, match):
        return None
    if force.rstrip().endswith(("，", ",")) and "月" not in ends and match["tail"] in (None, "，"):
        return None  # 自…起施行，到2027年，…达到: a new thought
    return _made(match, words.first_day(match["a"]), words.last_day(ends), match["a"], ends)


def _is_history(said: str, match: re.Match[str]) -> bool:
    """自 2018 年至 2020 年期间取得…的: a condition on the past, not a term of the policy."""
    return bool(
        re.match(
            r"[^，。；]{0,20}(?:取得|获得|获评|认定|缴纳|发生|投产|成立|注册|登记|购置)[^，。；]{0,20}的",
            said[match.end() :],
        )
    )


def _until(said: str) -> TermReading | None:
    for match in _UNTIL.finditer(said):
        printed = match["b"] or match["b2"] or match["b3"]
        begins_thought = re.search(rf"(?:^|[，：\s])(?:力争|争取)?\s?(?:到|至)\s?{re.escape(printed)}", match[0])
        if begins_thought and not match["b2"] and not match["tail"]:
            continue  # "…，到 2025 年，…"
        if match["b3"] and _is_of_another(said, match):
            continue
        return _made(match, None, words.last_day(printed), printed)
    return None


def _is_of_another(said: str, match: re.Match[str]) -> bool:
    """《…》2025年6月30日废止: the end of the document named right before it."""
    return said[: match.start()].rstrip("于在，, ").endswith(("\0", "）", ")"))


def _runs_to_year(said: str) -> TermReading | None:
    match = _TO_YEAR.search(said)
    if not match:
        return None
    rest = said[match.end() :]
    first_target = re.search(TARGET, rest)
    runs = _RUNS.search(rest)
    if not runs or not re.search(_GIVES, rest) or (first_target and first_target.start() < runs.start()):
        return None
    return _made(match, None, words.last_day(match["b"]))


def _runs_in_plan(said: str) -> TermReading | None:
    match = _IN_PLAN.search(said)
    if not match:
        return None
    promise = re.match(rf"[^。；]{{0,20}}?(?:每年|逐年|按年|一次性)?[^，。；]{{0,12}}(?:{_GIVES})", said[match.end() :])
    if not promise or re.search(r"力争|达到|建成|实现", promise[0]):
        return None
    first, last = words.plan_years(match["plan"])
    return _made(match, date(first, 1, 1), date(last, 12, 31))


def _ends_what_follows(said: str, match: re.Match[str]) -> bool:
    """自…起废止: the date is the end of something, not a beginning."""
    rest = said[match.end() :].lstrip("同时一并，即行予以 ")
    return ENDS_OTHERS.match(rest) is not None


def _begins(said: str, issued: date | None) -> TermReading | None:
    for match in _SINCE.finditer(said):
        if not _ends_what_follows(said, match):
            printed = match["a"] or match["a2"]
            return _made(match, words.first_day(printed), None, printed)
    match = _FROM_ISSUE.search(said)
    if not match or _ends_what_follows(said, match):
        return None
    return TermReading(match.start(), match.end(), valid_from=_counted_from(issued, match), from_issue=match[0])


def _counted_from(issued: date | None, match: re.Match[str]) -> date | None:
    """The day in force counted from the day of issue: at once, or so many days, months or years after it."""
    if issued is None or match["days"] is None or match["unit"] is None:
        return issued
    count = int(value_of(match["days"]) or 0)
    if match["unit"] in ("年", "个月"):
        last = words.end_of_term(issued, match["days"], match["unit"])
        return last + timedelta(days=1) if last else None
    return words.after_issue(issued, count)


def _term(said: str, before: str, issued: date | None) -> TermReading | None:
    match = next((m for m in _TERM.finditer(said) if _is_own_term(said, m, before)), None) or _TERM_BEHIND.search(said)
    if not match:
        return None
    start, end = match.start(), match.end()
    inside = next((m for m in _STARTS_INSIDE.finditer(said) if m.start() < end and m.end() > start), None)
    begins = None if inside else _begins(said, issued)
    if inside is not None:
        start = min(start, inside.start())
        in_force_from = words.first_day(inside["a"]) if inside["a"] else issued
    elif begins is not None:
        start, end = min(start, begins.start), max(end, begins.end)
        in_force_from = begins.valid_from
    else:
        begins = _begins(before, issued)
        in_force_from = begins.valid_from if begins is not None else issued
    from_issue = begins.from_issue if begins is not None else None
    if in_force_from is None:
        return TermReading(match.start(), match.end(), undetermined=match[0], from_issue=from_issue)
    until = words.end_of_term(in_force_from, match["n"], match["unit"])
    if until is None:
        return TermReading(start, end, in_force_from, undetermined=match[0], from_issue=from_issue)
    return TermReading(start, end, in_force_from, until, from_issue=from_issue)


def _is_own_term(said: str, match: re.Match[str], before: str) -> bool:
    """Whether a term is the policy's own: "工作许可有效期 5 年" is the life of a permit, 贷款期限三年 that of a loan."""
    head, word = said[: match.start()], match["word"]
    if word.startswith("试行期"):
        return True
    if not _LEFT_OF_TERM.search(head):
        return False
    if _OF_ITSELF.search(head):
        return True
    opens = not head.strip()
    if _NAMED_PERIOD.fullmatch(word):
        return opens or head.rstrip().endswith(("政策", "措施", "（", "("))
    return opens and _begins(before, None) is not None


def _target(said: str) -> TermReading | None:
    years: dict[int, re.Match[str]] = {}
    for match in _GOAL_YEAR.finditer(said):
        if not re.search(TARGET, said[match.start() :]) or ENDS_OTHERS.search(said):
            continue
        year = words.plan_years(match["plan"])[1] if match["plan"] else int(match["y"] or match["y2"])
        years.setdefault(year, match)
    if not years:
        return None
    first = next(iter(years.values()))
    return TermReading(first.start(), first.end(), target_years=tuple(sorted(years)))
