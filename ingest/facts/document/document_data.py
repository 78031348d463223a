"""What the head and the closing of a policy document tell: level, issuer, 文号, day of issue, closing rules.

General for Chinese policy documents; nothing here knows a particular document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ingest.facts import calendar_words
from ingest.facts.administration import level_of
from ingest.facts.document.page_labels import Labelled, day_of, labelled
from ingest.facts.numerals import IN_CHARACTERS, narrow
from ingest.vocabulary.documents import document_words
from ingest.vocabulary.offices import office_words
from ingest.vocabulary.wordings import either

_KIND = either(document_words().kinds)
_YEAR = r"(?:19|20)\d\d"
_NUMBER = re.compile(
    # 国发〔2023〕11号, 财税[2011]58 号, 内工信经运字〔2022〕405 号, 厅发（2011）64号
    rf"[一-鿿]{{1,12}}\s?[〔\[（(﹝【]\s?{_YEAR}\s?[〕\]）)﹞】]\s?第?\s?\d+\s?号"
    # 公告 2020 年第 23 号, 商务部令2019年第2号, 国务院令第 722 号, 主席令第二十六号
    rf"|[一-鿿、 ]{{0,40}}?(?:公告|通告|令)\s?(?:{_YEAR}\s?年\s?)?第\s?(?:\d+|{IN_CHARACTERS})\s?号"
)
# An organ that issues: ends so, and begins with its place or is one of the state's own.
_ORGAN = f"(?:{either(office_words().issuer_whole)}|[一-鿿（）()]{{1,24}}?{either(office_words().issuer_end)})"
_ISSUERS = rf"{_ORGAN}(?:[ 　、，]{{1,2}}{_ORGAN})*(?:等\s?[一二三四五六七八九十\d]+\s?个?(?:部门|单位|委|部委))?"
_FROM_TITLE = re.compile(rf"^(?P<issuer>{_ISSUERS})\s?(?:印发|关于|转发|批转|发布|令|公告|决定)")
_RUNS_ON = re.compile(
    rf"^(?P<title>.+?{_KIND})\s?(?P<issuer>(?!的){_ISSUERS})\s?(?P<number>(?:公告|通告|令)\s?(?:{_YEAR}\s?年\s?)?第\s?\d+\s?号)?$"
)
_DAY = rf"(?:{_YEAR}\s?年\s?\d{{1,2}}\s?月\s?\d{{1,2}}\s?日|{calendar_words.HAN_DATE}(?<=日))"
_NOTE = r"\s*(?:[（(][^（()）\n]{0,30}[）)])?\s*"
_SIGNED = re.compile(rf"(?:^|\n|[ 　\t]|[。）)]|{_ORGAN})\s*(?P<day>{_DAY})\s*(?:发布)?{_NOTE}(?=\n|$)")
_PRINTED_ON = re.compile(rf"(?P<day>{_DAY})\s*印发{_NOTE}(?=\n|$)")  # the line below 抄送
_PASSED = r"(?:通过|公布|发布|印发|修订|施行|批准|签发)"
_IN_HEAD = re.compile(
    rf"[（(]\s?(?P<day>{_DAY})(?:[^（()）\n]{{0,60}}{_PASSED}[^（()）\n]{{0,40}}|\s?)[）)]"
    rf"|^(?P<day2>{_DAY})[^\n，。]{{0,60}}{_PASSED}\s*$",
    re.MULTILINE,
)
_ISSUED_BY = re.compile(rf"[（(]\s?{_DAY}\s?(?P<issuer>{_ORGAN})(?:令|第|印发|发布|公布|颁布)")
_OWN_LABELS = ("成文", "发文", "印发", "签发", "颁布")  # 发布日期 may be the day of the page

_RULE_WORD = either(document_words().prevailing)
_RULE = re.compile(rf"{_RULE_WORD}(?:[、，,]?\s?{_RULE_WORD})*")
_RULES_APPLY = re.compile(either(document_words().rules_apply))

LONGEST_SIGNATURE = 1000  # characters at the end of the closing in which organs and day are looked for


@dataclass(frozen=True, slots=True)
class DocumentData:
    """What is printed about a document as a whole; None where nothing is."""

    title: str  # without an issuer and number that run on behind it
    level: str | None  # a name of ingest/vocabulary/levels.toml
    issuer: str | None
    number: str | None  # 文号, spaces left out
    issued: date | None
    closing_rules: tuple[str, ...]  # 就高不重复, 从优，就高、不叠加 …, as printed
    issued_words: str | None = None  # the day of issue as printed


def document_data(title_and_head: str, closing: str = "", known: Mapping[str, str] | None = None) -> DocumentData:
    """Read a document's data from its title, the lines below it, and its closing paragraphs.

    ``known`` gives the level of places whose name cannot tell it.

    ``title_and_head`` begins with the title; further lines follow after line ends. A number or day that belongs to
    another document (in 《》 or behind it) is not taken.
    """
    head = title_and_head.strip().lstrip("— ").strip()
    title, _, below = head.partition("\n")
    labels = labelled(below)
    running = _RUNS_ON.match(title.strip())
    number = _number(labels["number"].value, "") if "number" in labels else None
    number = number or _number(title, below)
    if running and _looks_like_organs(running["issuer"]):
        title, issuer = running["title"], running["issuer"].strip()
        number = _squeeze(running["number"] or number or "") or None
    else:
        title = title.replace(number, "").strip() if number else title.strip()
        issuer = _labelled_issuer(labels.get("issuer")) or _issuer(title) or _signature(closing) or _own_line(below)
        issuer = issuer or _passed_by(below)
    level = level_of(issuer, known) if issuer else None
    day, words = _issued(below, closing, labels.get("issued"))
    return DocumentData(
        title=re.sub(r"[（(]\s*[）)]\s*$", "", title).strip(),
        level=level or level_of(title, known),
        issuer=issuer,
        number=_squeeze(number) if number else None,
        issued=day,
        closing_rules=closing_rules(closing),
        issued_words=words,
    )


def closing_rules(text: str) -> tuple[str, ...]:
    """Rules on benefits that meet (就高不重复 …) as printed, one for each sentence that states one."""
    rules: list[str] = []
    for sentence in re.split(r"(?<=[。；;\n])", text):
        if not _RULES_APPLY.search(sentence):
            continue
        rules += [match[0] for match in _RULE.finditer(sentence.replace("”“", "、")) if match[0] not in rules]
    return tuple(rules)


def _number(title: str, below: str) -> str | None:
    """The document's own 文号: in or below the title, not inside a citation of another document."""
    for part in (title, *below.split("\n")):
        for match in _NUMBER.finditer(part):
            before = part[: match.start()]
            if _IN_HEAD.match(part.strip()) and "修" not in part:  # （2024年5月20日某政发〔2024〕1号公布）
                return match[0].strip().lstrip("年月日")
            cited = "《" in before or (part is not title and len(part.strip()) > len(match[0]) + 24)
            if not cited:
                return match[0].strip()
    return None


def _issuer(title: str) -> str | None:
    match = _FROM_TITLE.match(title)
    return match["issuer"].strip() if match else None


def _looks_like_organs(printed: str) -> bool:
    names = re.split(r"[ 　、，]+", printed.strip())
    return all(level_of(name) for name in names)


def _labelled_issuer(label: Labelled | None) -> str | None:
    """An issuer under its label; 来源 may as well name a newspaper."""
    if label is None or (label.label == "来源" and not re.fullmatch(_ISSUERS, label.value)):
        return None
    return label.value


def _signed(closing: str) -> re.Match[str] | None:
    """The day below the text: on the last line that ends in one, before the line of the printing office."""
    printed = closing.rstrip()[-LONGEST_SIGNATURE:]
    signed = list(_SIGNED.finditer(printed))
    return signed[-1] if signed else _PRINTED_ON.search(printed)


def _signature(closing: str) -> str | None:
    """The organs on the lines above or before the closing day, in their order."""
    signed = _signed(closing)
    if not signed:
        return None
    lines = [line.strip() for line in signed.string[: signed.start("day")].rstrip().split("\n")]
    organs: list[str] = []
    while lines and re.fullmatch(_ISSUERS, lines[-1]):
        organs.insert(0, lines.pop())
    return "、".join(organs) or None


def _own_line(below: str) -> str | None:
    for line in below.split("\n")[:4]:  # an issuer stands right below the title
        if re.fullmatch(_ISSUERS, line.strip()) and level_of(line.strip()):
            return line.strip()
    return None


def _issued(below: str, closing: str, label: Labelled | None) -> tuple[date | None, str | None]:
    """The day of issue and its words: the document's own label, its signature, another label, its head."""
    if label is not None and label.label.startswith(_OWN_LABELS) and (day := day_of(label)):
        return day, label.value
    signed = _signed(closing)
    if signed and (day := calendar_words.first_day(narrow(signed["day"]))):
        return day, signed["day"]
    for one in (label, labelled(closing).get("issued")):
        if one is not None and (day := day_of(one)):
            return day, one.value
    return _passed(below)


def _passed(below: str) -> tuple[date | None, str | None]:
    """The day in or below the title on which it was passed: of a text revised as a whole the last revision's."""
    found = [(match["day"] or match["day2"], match[0]) for match in _IN_HEAD.finditer(below)]
    revised = [words for words, line in found if "修订" in line and "修正" not in line]
    words = revised[-1] if revised else found[0][0] if found else None
    return (calendar_words.first_day(narrow(words)), words) if words else (None, None)


def _passed_by(below: str) -> str | None:
    """The organ in the bracket below a title: （2025年3月1日某某人民政府发布）."""
    match = _ISSUED_BY.search(below)
    return match["issuer"] if match else None


def _squeeze(number: str) -> str:
    return re.sub(r"\s", "", number)
