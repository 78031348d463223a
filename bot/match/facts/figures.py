"""Facts in numbers: each number of a profile with what it is of, told by its sort and the words in front and behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from bot.match.facts.numbers import MONEY, Number
from bot.match.facts.profile_text import Clause
from bot.match.facts.reading import Reading
from bot.match.facts.speech.asking import names_the_reward
from bot.match.facts.speech.founding import has_founded
from bot.match.facts.speech.interns import is_paid_to_interns
from bot.match.facts.speech.kinds_counted import OF_KINDS, kind_counted
from bot.match.facts.speech.nearness import insured_for
from bot.match.facts.speech.pay import PAY, is_of_another, is_of_talent, is_pay
from bot.match.facts.speech.shares import share_told
from bot.match.facts.words import Found, WordFinder
from bot.match.types import Fact
from ingest.vocabulary.matching.asker_speech import asker_speech

MONTHS_A_YEAR = 12
_CENT = Decimal("0.01")
_LIKE = {"years": ("months",), "months": ("years",)}  # either is said for the other
_NEAR = 14  # characters between a label and its number
_BY_ITSELF = {"area": "area", "rooms": "rooms", "vehicles": "vehicles", "volts": "power_voltage", "years_old": "age"}
_LABEL_ENDS = 8  # characters between a label and the end of its clause
_GENERIC_AFTER = 4  # characters between 研发 and 投了 in 研发去年投了2300万
_YEARS_BETWEEN = re.compile(r"(?:19|20)\d\d\s?年?[/、]?")  # 营收2023/2024/2025年分别为
_INSURED = "insured_months"
_CURRENCIES = frozenset({"元", "美元"})  # what records are in
_GENERIC = frozenset({"investment"})  # 投入380万研发 is R&D
# What a parent has by itself; what it invests, or holds, is the asker's.
_OF_A_PARENT = frozenset(
    {"revenue", "rd", "headcount", "patents", "standards", "taxable_income", "rd_share", "export_value"}
)
_OWN_CLAUSE = re.compile(
    r"\s*(?:一?共|总共|现有|共有|有|约|大概|大约|目前|才|就|只有|全厂|近|不到|超过|折合|合|人民币|with|about|some)*\s*$"
)
_OTHER_PEOPLE = re.compile(
    r"招|引进|聘|带|培训|服务|帮|给|为|裁|接待|客|能手|博士|硕士|教授|工程师|专家|院士|技师|人才|教师|老师|每|班|学员|社员|新增|就业|带动|学生|"
    r"病人|患者|会员|毕业|其中"
)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A number and the attribute it is of."""

    attribute: str
    number: Number
    clause: Clause
    of: str | None = None


@cache
def _labels(sort: str, side: str) -> WordFinder:
    figures = asker_speech().figures
    return WordFinder(
        {name: getattr(figure, side) for name, figure in figures.items() if figure.unit == sort}, names_count=False
    )


def figure_facts(reading: Reading) -> Iterator[Labelled]:
    """Every number of the profile that says of what it is; negative ones too, for the checks to name."""
    last: Labelled | None = None
    for clause in reading.clauses:
        inside = reading.numbers(clause)
        for number in inside:
            if last is not None and _goes_on(reading, clause, number, last):
                last = replace(last, number=number, clause=clause)
                yield last
                continue
            foreign = number.sort == MONEY and number.unit not in _CURRENCIES
            asked = clause.asking and names_the_reward(reading.profile.text, number.start, number.end, clause.end)
            if (
                asked
                or clause.of_others
                or foreign
                or reading.relatives_in(clause)
                or reading.is_of_others(number.start)
            ):
                continue
            found = _labelled(reading, clause, number, inside)
            if found is not None and not (found.attribute in _OF_A_PARENT and reading.holders.is_parents(number.start)):
                last = found
                yield found


def _goes_on(reading: Reading, clause: Clause, number: Number, last: Labelled) -> bool:
    """营收分别为3.1亿、3.6亿、4.5亿; 2024年营收6亿、2025年9亿: the later numbers are of the same thing."""
    same = last.attribute == PAY and last.number.sort == number.sort and last.clause.sentence == clause.sentence
    if same and is_of_another(reading, clause, last.number, number):
        return True
    before = reading.profile.text[clause.start : number.start]
    return (
        clause.joined
        and last.clause.number + 1 == clause.number
        and last.number.sort == number.sort
        and _OWN_CLAUSE.fullmatch(_YEARS_BETWEEN.sub("", before)) is not None
        and (
            _YEARS_BETWEEN.search(before) is not None
            or any("分别" in reading.profile.of(other) for other in reading.profile.sentence_clauses(clause))
        )
    )


def as_fact(reading: Reading, labelled: Labelled) -> Fact:
    """The fact of a labelled number, with its unit as conditions have it."""
    number = labelled.number
    return Fact(
        labelled.attribute,
        number=plain_number(number.value),
        unit=number.unit,
        upto=None if number.upto is None else plain_number(number.upto),
        of=labelled.of,
        about=reading.about(labelled.clause, labelled.attribute),
        said=reading.profile.span(number.start, number.end),
        because=number.note,
    )


def plain_number(value: Decimal) -> Decimal:
    """The number without needless zeros, two decimals at most."""
    whole = value.to_integral_value()
    if value == whole:
        return Decimal(int(whole))
    value = value.quantize(_CENT) if value > 1 else value
    return value.normalize() if value != value.to_integral_value() else Decimal(int(value))


def _labelled(reading: Reading, clause: Clause, number: Number, inside: Sequence[Number]) -> Labelled | None:
    if number.sort == "" and (found := _bare(reading, clause, number)):
        return found
    if number.sort == MONEY and is_paid_to_interns(reading, clause):
        return Labelled("monthly_allowance", number, clause)
    sorts = [number.sort, *_LIKE.get(number.sort, ())]
    if number.sort == "pieces":
        sorts += ["items", "people"] if reading.profile.text[number.end - 1] == "个" else ["items"]
    for sort in sorts:
        attribute = _attribute(reading, clause, number, inside, sort)
        if attribute is not None:
            return _made(reading, clause, _converted(number, sort), attribute)
    person = reading.is_person or "individual_business" in reading.who or reading.speaks_of_talent(clause)
    if number.sort == "vehicles" and not _is_of_vehicles(reading, clause):
        return None  # 两台涂布机
    if number.sort in _BY_ITSELF and (number.sort != "years_old" or person):
        return Labelled(_BY_ITSELF[number.sort], number, clause, kind_counted(reading, clause, number))
    if number.sort == "beds" and "床" in reading.profile.text[number.start : number.end]:
        return Labelled("beds", number, clause)
    if number.sort == "people" and reading.is_organisation and _stands_alone(reading, clause, number):
        return Labelled("headcount", number, clause)
    if insured_for(reading.profile, clause, (number.start, number.sort)):
        return Labelled(_INSURED, _converted(number, "months"), clause)
    return Labelled(PAY, number, clause) if is_pay(reading, clause, number) else None


def _is_of_vehicles(reading: Reading, clause: Clause) -> bool:
    """What is counted in 台 may be anything."""
    return any(word in reading.profile.of(clause) for word in asker_speech().units_of_vehicles.words)


def _converted(number: Number, sort: str) -> Number:
    if number.sort == "months" and sort == "years":
        upto = None if number.upto is None else number.upto / MONTHS_A_YEAR
        note = f"{plain_number(number.value)}个月÷{MONTHS_A_YEAR}"
        return replace(number, value=number.value / MONTHS_A_YEAR, upto=upto, sort=sort, unit="年", note=note)
    if sort == number.sort or sort != "months":
        return number
    note = number.note or f"{plain_number(number.value)}年×{MONTHS_A_YEAR}"
    return replace(number.times(MONTHS_A_YEAR), sort=sort, unit="月", note=note)


def _stands_alone(reading: Reading, clause: Clause, number: Number) -> bool:
    earlier = [c for c in reading.profile.sentence_clauses(clause) if c.number == clause.number - 1]
    if any(name in reading.profile.of(c) for c in earlier for name in asker_speech().activities.names):
        return False  # 办了一场交流会，两百人
    before = reading.profile.text[clause.start : number.start]
    behind = reading.profile.text[number.end : clause.end].strip(" 。.!！;；\n")
    alone = _OWN_CLAUSE.fullmatch(before) is not None or (len(before) <= _NEAR and _OTHER_PEOPLE.search(before) is None)
    return alone and re.fullmatch(r"(?:左右|上下|规模|多|的?团队)?", behind) is not None


def _attribute(reading: Reading, clause: Clause, number: Number, inside: Sequence[Number], sort: str) -> str | None:
    before = _before(reading, clause, number, inside, sort)
    behind = _behind(reading, clause, number, sort)
    if behind and (not before or before[1] > 2 or set(before[0]) <= _GENERIC or (sort == "people" and not before[0])):
        return _chosen(reading, clause, behind)
    if before:
        return _chosen(reading, clause, before[0])
    if behind:
        return _chosen(reading, clause, behind)
    return _from_clause_before(reading, clause, number, sort)


def label_of(reading: Reading, clause: Clause, number: Number, sort: str) -> str | None:
    """What a number counts by the words beside it, taken as one of ``sort``."""
    return _attribute(reading, clause, number, reading.numbers(clause), sort)


def _before(
    reading: Reading, clause: Clause, number: Number, inside: Sequence[Number], sort: str
) -> tuple[tuple[str, ...], int] | None:
    """The nearest label in front in the same clause, and how far; a number of the same sort between bars it."""
    text = reading.profile.text
    start = max((n.end for n in inside if n.end <= number.start and n.sort == sort), default=clause.start)
    found = list(_labels(sort, "before").find(text, start, number.start))
    if sort in _LIKE:  # 没有工作8个月 says how long not
        found = [f for f in found if not text[start : f.start].rstrip().endswith(asker_speech().stance.denied)]
    if not found:
        return None
    last = found[-1]
    if _INSURED in last.names and any(s in text[last.end : number.start] for s in asker_speech().hedges.of_a_gap):
        return None  # 失业险断了两个月
    if set(last.names) <= _GENERIC and len(found) > 1 and last.start - found[-2].end <= _GENERIC_AFTER:
        last = Found(found[-2].names, found[-2].start, last.end)  # 固定资产投了900万
    far = len(_YEARS_BETWEEN.sub("", text[last.end : number.start]))
    limit = _NEAR * (3 if text[last.start].isascii() else 1)
    return (last.names, far) if far <= limit else None


def _behind(reading: Reading, clause: Clause, number: Number, sort: str) -> tuple[str, ...] | None:
    """A label right behind: 380万研发, 3件国内发明专利, 11人团队."""
    text = reading.profile.text
    start = number.end
    if gap := re.match(rf"\s?(?:多|左右|余|来|的|了|{asker_speech().parts.being})?\s?", text[start:]):
        start += gap.end()
    for begin in (number.end, start):
        found = next(_labels(sort, "behind").find(text, begin, clause.end), None)
        if found is not None and found.start == begin:
            return found.names
    # English: 15% of revenue on R&D, 18 people; a unit may itself be the label (18 people)
    unit = text[number.start : number.end]
    found_in_unit = (
        next(_labels(sort, "behind").find(unit), None) if unit[-1].isascii() and unit[-1].isalpha() else None
    )
    return found_in_unit.names if found_in_unit else None


def _from_clause_before(reading: Reading, clause: Clause, number: Number, sort: str) -> str | None:
    """A clause that begins with its number takes the label of the clause before: 保费收入（不含税）378万元."""
    text = reading.profile.text
    if not _OWN_CLAUSE.fullmatch(text[clause.start : number.start]) or _OTHER_PEOPLE.match(text, number.end):
        return None
    index = clause.number
    for before in reversed(reading.clauses[max(0, index - 2) : index]):
        if before.sentence != clause.sentence:
            return None
        part = reading.profile.of(before)
        found = list(_labels(sort, "before").find(part))
        near = bool(found) and len(part.rstrip()) - found[-1].end <= _LABEL_ENDS
        if near and not re.search(r"\d", part[found[-1].end :]):
            return _chosen(reading, clause, found[-1].names)
        if re.search(r"\d", part):
            return None
    return None


def _chosen(reading: Reading, clause: Clause, names: tuple[str, ...]) -> str:
    """Of several meanings of one label the one that fits who is asking: 年收入 of a person is pay, of a firm revenue."""
    if len(names) == 1:
        return names[0]
    personal = (reading.is_person and not reading.is_organisation) or is_of_talent(reading, clause)
    pay = ("annual_salary", "years_working", "contract_years")
    return next((name for name in names if (name in pay) == personal), names[0])


def _made(reading: Reading, clause: Clause, number: Number, attribute: str) -> Labelled | None:
    """The number under the attribute that fits who is asking; None for what is said of somebody else."""
    part = reading.profile.of(clause)
    attribute = share_told(reading, clause, number, attribute)
    if not attribute:
        return None
    attribute = _in_time(reading, clause, _of_whom(reading, clause, attribute, part), part)
    if attribute == "revenue" and (number.monthly or re.search("每月|一个月|月均|a month|monthly", part)):
        attribute = "monthly_sales"
    if attribute == "annual_salary" and (number.monthly or re.search("月薪|月工资|每月|a month", part)):
        note = f"{plain_number(number.value)}×{MONTHS_A_YEAR}"
        number = replace(number.times(MONTHS_A_YEAR), note=note)
    if attribute == "headcount" and number.sort == "pieces":
        number = replace(number, sort="people", unit="人")
    if attribute == "headcount" and asker_speech().recognising.by_work in part and not has_founded(reading):
        return None  # whom a park or a farm gives work to; of who began a firm they are its own
    if _OF_OTHERS.get(attribute, _NOBODY).search(part) and "雇" not in part:
        return None
    return Labelled(attribute, number, clause, kind_counted(reading, clause, number) if attribute in OF_KINDS else None)


_PAY = re.compile(r"(?<!营业)(?<!业务)(?<!销售)(?<!务)收入|进账|income|earn")
_NOBODY = re.compile("(?!)")
# With these words in the clause the number is not of the asker: people taken on, goods brought in.
_OF_OTHERS = {
    "headcount": re.compile(r"招|引进|聘|考下|裁|hired?(?![a-z])|recruit|graduates"),
    "team_size": re.compile("招|带动|就业"),
    "export_value": re.compile("进口(?!额)|import"),
}


def _of_whom(reading: Reading, clause: Clause, attribute: str, part: str) -> str:
    """Income of a person is pay, of a firm revenue; a person's team is no workforce."""
    firm = reading.is_organisation and not reading.is_person and not is_of_talent(reading, clause)
    if attribute == "revenue" and reading.is_person and not reading.is_organisation:
        return "annual_salary" if _PAY.search(part) else attribute
    if (
        attribute == "annual_salary"
        and firm
        and not re.search("年薪|月薪|工资|劳务|薪酬|报酬|酬金|付|税前|salary", part)
    ):
        return "revenue"
    if attribute == "headcount" and "团队" in part and not reading.is_organisation:
        return "team_size"
    return attribute


def _in_time(reading: Reading, clause: Clause, attribute: str, part: str) -> str:
    """How long a firm works is how long it exists; 到…工作5年, without 了, is how long somebody signs for."""
    if attribute != "years_working":
        return attribute
    if reading.is_organisation and not reading.is_person and not reading.speaks_of_talent(clause):
        return "years_operating"
    ahead = re.search(r"到|来|去|will|to work", part) and not re.search(r"[了过已]|been|工作\s?满", part)
    return "contract_years" if ahead else attribute


def _bare(reading: Reading, clause: Clause, number: Number) -> Labelled | None:
    """我28, 我父亲74 (see relatives), I am …, 47: an age without its unit; and what a label right in front says."""
    text = reading.profile.text
    before = text[clause.start : number.start].strip()
    behind = text[number.end : clause.end].strip(" 。.!！\n")
    if not before and not behind and (found := _from_clause_before(reading, clause, number, "people")):
        return Labelled(found, replace(number, sort="people", unit="人"), clause)  # 人数：85
    people = list(_labels("people", "before").find(text, clause.start, number.start))
    if people and people[-1].end == number.start and not behind:  # 员工98
        number = replace(number, sort="people", unit="人")
        return _made(reading, clause, number, _chosen(reading, clause, people[-1].names))
    ages = 14 <= number.value <= 99
    alone = not behind or re.match(r"[,，]|\s?(?:with|and)\s", text[number.end :])
    asker = re.fullmatch(r"(?:我|俺|咱|本人|[我俺]今年|今年|aged|age|i am|i'm|i am aged)?", before)
    if ages and alone and asker and reading.is_person:
        return Labelled("age", replace(number, sort="years_old", unit="岁"), clause)
    found = list(_labels(MONEY, "before").find(text, clause.start, number.start))
    if number.value >= 1000 and found and number.start - found[-1].end <= 2:
        made = replace(number, sort=MONEY, unit="元")
        return _made(reading, clause, made, _chosen(reading, clause, found[-1].names))
    return None
