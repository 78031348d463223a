"""Our own words around an answer, in the three languages of a question. Quotes never pass through here."""

from __future__ import annotations

from collections.abc import Mapping

from bot.text.bilingual import Say, in_language
from bot.text.phrase_file import phrases
from bot.types import Language, Reason
from ingest.vocabulary.levels import level_named

# Each entry: Chinese first, English second; traditional Chinese is derived from the simplified wording.
_PHRASES: Mapping[str, tuple[str, str]] = {
    "expired": ("上述期限在提问之日已到期。", "On the day of asking, this period has expired."),
    "expiring": (
        "上述期限在提问之日仍在有效期内，但即将到期。",
        "On the day of asking, this period is still running but ends soon.",
    ),
    "current": (
        "上述期限在提问之日仍在有效期内。",
        "On the day of asking, this period is still running.",
    ),
    "not_yet": ("上述规定在提问之日尚未开始施行。", "On the day of asking, this rule is not yet in force."),
    "repealed": ("上述内容已废止，不再执行。", "This has been repealed and no longer applies."),
    "undetermined": (
        "期限的起算日未在汇编中印出，无法判断是否仍在有效期，请向责任单位核实。",
        (
            "The date from which the term runs is not printed, so it cannot be decided whether it still holds; "
            "please ask the office in charge."
        ),
    ),
    "misprinted": (
        "所印期限有误，无法推算，不能判断是否仍在有效期，请向责任单位核实。",
        "The term as printed cannot be right, so it cannot be decided whether it still holds; please ask the office in charge.",
    ),
    "begun": (
        "上述规定在提问之日已经施行，没有印出终止日期。",
        "On the day of asking this rule has come into force; no end is printed.",
    ),
    "then_over": (
        "所问时间不在上述期限内，届时已到期。",
        "The time asked about lies outside this period: by then it has expired.",
    ),
    "then_not_yet": (
        "所问时间不在上述期限内，当时尚未开始施行。",
        "The time asked about lies before this period: the rule was not yet in force then.",
    ),
    "then_until": (
        "所问时间只有前一部分在上述期限内，期限届满后不再有效。",
        "Only the first part of the time asked about lies within this period; it has no force after its end.",
    ),
    "then_since": (
        "所问时间只有后一部分在上述期限内，自开始施行之日起有效。",
        "For the first part of the time asked about, the rule was not yet in force; it has force from its beginning on.",
    ),
    "then_current": (
        "所问时间在上述期限内。",
        "The time asked about lies within this period.",
    ),
    "then_begun": (
        "所问时间上述规定已经施行，没有印出终止日期。",
        "At the time asked about this rule has come into force; no end is printed.",
    ),
    "issued_on": ("所印日期：{}。", "Date printed: {}."),
    "time_asked": ("所问时间", "at the time asked about"),
    "day_asked": ("提问之日", "on the day of asking"),
    "holds": ("{}在{}有效。", "{} was in force {}."),
    "holds_in_part": ("{}在{}只有一部分时间有效。", "{} was in force during a part of it only ({})."),
    "holds_not": ("{}在{}不在有效期内。", "{} was not in force {}."),
    "version_holds": (
        "以上依据{}，该版本在{}有效；另收录其他版本{}，没有采用。",
        "This rests on {}, the version in force {}; another version is held, {}, and was not used.",
    ),
    "version_over": (
        "以上依据{}，该版本在{}不在有效期内；另收录其他版本{}。",
        "This rests on {}, a version not in force {}; another version is held: {}.",
    ),
    "ended_by": (
        "《{}》已被《{}》废止或替代，不再执行。",
        "《{}》 has been repealed or replaced (已废止) by 《{}》 and no longer applies.",
    ),
    "counted_end": (
        "按所印“{}”推算，有效期至{}年{}月{}日。",
        "Counted from “{}” as printed, it is in force until {}-{}-{}.",
    ),
    "title_only": (
        "汇编只列出该文件的标题，没有收录正文，请扫描二维码查看全文。",
        "Only the title of this document is in the compendium; the full text is not included (scan the QR code).",
    ),
    "levels_differ": (
        "不同层级的规定数额不同，请以所属层级为准。",
        "The figures differ between levels of government; check which level applies.",
    ),
    "offices": ("责任单位", "Offices in charge"),
    "validity": ("时效提示", "Validity"),
    "rule": ("文件规则", "Rule of the document"),
    "rows": ("对应", "row"),
    "by_level": ("各层级对照", "Level by level"),
    "by_class": ("分类对照", "Class by class"),
    "by_item": ("逐项对照", "Item by item"),
    "prices": ("价目", "Rates"),
    "rows_shown": (
        "所引表格共{1}行，这里只列出{0}行。",
        "The table cited has {1} rows; only {0} of them are listed here.",
    ),
    "version_of_year": (
        "以上依据{0}，它没有印出有效期；另收录其他年份的{2}，没有采用。",
        "This rests on {0}, which prints no term; of other years there is {2}, which was not used.",
    ),
    "clauses_shown": (
        "所问文件共收录{1}条，这里只列出{0}条的开头。",
        "The document has {1} clauses here; only the beginnings of {0} of them are listed.",
    ),
    "table_rows": ("表中相关各行", "Rows of the table"),
    "level": ("层级", "Level"),
    "amount": ("数额", "Amount"),
    "text": ("规定", "Rule"),
    "class": ("对象", "Class"),
    "item": ("事项", "Item"),
    "price": ("价格", "Rate"),
    "not_at_level": ("该层级未见直接规定", "No direct rule found at this level"),
    "not_listed": ("该条未列", "Not listed in this clause"),
    "see_clause": ("见条文", "See the clause"),
    "nearest": ("最接近的条款", "Nearest clauses"),
    "says": ("规定", "says"),
    "carried": ("承接上文", "carried over"),
    "estimate": ("推算", "Estimate"),
    "estimate_caveat": (
        "推算只是所问数量与条文所印单价或比例之积，未计其他条件、封顶和时效。",
        (
            "An estimate is only the quantity asked about times the printed price or rate; "
            "further conditions, caps and dates are not counted."
        ),
    ),
    "conditions": (
        "是否符合，请核对条文所印的条件：{}。",
        "Whether it applies depends on conditions printed there: {}.",
    ),
    "which_document": (
        "不止一份文件有这一条：{places}。请问要看哪一份？",
        "Several documents have it: {places}. Which one do you mean?",
    ),
    "and_others": ("等", " and others"),
}


def phrase(key: str, language: Language) -> str:
    """One of our phrases in the language of the question."""
    if key in _PHRASES:
        return Say(*_PHRASES[key]).to(language)
    return phrases()[key].to(language)


def decline_words(reason: Reason, language: Language, place: str = "", covered: str = "") -> str:
    """What is said when a question is not answered."""
    return phrases()[f"decline_{reason.value}"].to(language).format(place=place, covered=covered)


def level_words(level: str, language: Language) -> str:
    """The name of a level in the language of the question; a compiler's own level stays as printed."""
    if language is Language.EN:
        known = level_named(level)
        return known.label[1] if known else level
    return in_language(level, language)
