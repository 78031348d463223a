"""Every word of ours on the page of matching, Chinese first, English second. What documents print is never translated."""

from __future__ import annotations

from bot.text.bilingual import Say, in_language
from bot.types import Language
from web.texts import TEXTS, Tongue

WORDS: dict[str, Say] = {
    "title": Say("政策匹配", "Policy match"),
    "intro": Say(
        "说清您是谁，就能看到政策库里哪些支持可以领、凭什么、还差什么，每一项都附条款原文。",
        "Say who you are and see which support in the library you can claim, on what grounds and what is still open; each with its clause.",
    ),
    "kept_nowhere": Say(
        "您写的话只用来读出下面的条件，服务不保存。", "What you write is only read for the facts below; it is not kept."
    ),
    "profile": Say("说说贵公司或您本人的情况", "Tell us about your company or yourself"),
    "profile_hint": Say(
        "例如：我们是本地一家民营装备制造企业，去年营收2亿元、研发投入800万元，今年首次认定为高新技术企业，引进了一位博士。",
        "For example: We are a private equipment maker, revenue RMB 200 million, R&D RMB 8 million, a high-tech enterprise for the first time.",
    ),
    "read": Say("看看能领什么", "See what I can claim"),
    "reading": Say("正在比对政策……", "Comparing with the policies …"),
    "empty": Say("请先写几句情况，或者填下面的表。", "Write a few words first, or fill in the form below."),
    "failed": Say("没有比对成：{error}", "That did not work: {error}"),
    "no_script": Say(
        "政策匹配需要浏览器运行脚本（JavaScript）；政策库不需要。",
        "Matching needs a browser that runs scripts (JavaScript); the library does not.",
    ),
    # what was understood
    "understood": Say("读到的情况", "What was understood"),
    "understood_hint": Say(
        "点一项可以改，点 × 去掉；改了立刻重新比对。",
        "Click one to correct it, × to remove it; results follow at once.",
    ),
    "nothing_understood": Say("还没有读到任何情况。", "Nothing has been understood yet."),
    "who": Say("身份", "Who"),
    "remove": Say("去掉：{fact}", "Remove: {fact}"),
    "change": Say("修改：{fact}", "Change: {fact}"),
    "said": Say("您说：“{words}”", "You said: “{words}”"),
    "worked_out": Say("推算：{how}", "Worked out: {how}"),
    "denied": Say("没有或不是", "has not, or is not"),
    "about": Say("说的是", "About"),
    "whose": Say("哪一项的", "Of which"),
    "value": Say("内容", "Value"),
    "unit": Say("单位", "Unit"),
    "done": Say("好了", "Done"),
    "form": Say("用表格填写或补充", "Fill in or add with the form"),
    "form_firm": Say("单位", "Company or body"),
    "form_person": Say("个人（本人，或单位引进的人才）", "Person (yourself, or the one you bring in)"),
    "form_other": Say("补充其他情况", "Add something else"),
    "choose": Say("请选择", "Choose"),
    "type": Say("可输入或选择", "Type or choose"),
    "add": Say("补充", "Add"),
    "recognition_level": Say("级别", "Level"),
    "recognition_time": Say("首次或再次", "First or again"),
    "clear": Say("全部清空", "Clear everything"),
    # what is worth asking
    "ask_next": Say("再说清这几点，结果更准", "Answers to these decide most"),
    "yes": Say("有／是", "Yes"),
    "no": Say("没有／不是", "No"),
    "other": Say("其他……", "Something else …"),
    "fill_in": Say("填写", "Fill in"),
    # results
    "results": Say("比对结果", "Results"),
    "summary": Say(
        "共{shown}项，条件已满足{met}项（按{as_of}判断）",
        "{shown} found, the conditions of {met} are met (as of {as_of})",
    ),
    "none": Say(
        "没有找到对得上的支持事项。换个说法，或补充行业、所在地、认定等情况再看。",
        "Nothing in the library speaks to this. Say it differently, or add industry, place, recognitions and the like.",
    ),
    "group_met": Say("条件已满足", "Conditions met"),
    "group_open": Say("还有条件待定", "Something is still open"),
    "group_expired": Say("已过期", "Expired"),
    "group_not_met": Say("差一个条件", "One condition short"),
    "filtered_out": Say("按级别和种类筛选后，没有剩下的事项。", "Nothing is left of this level and kind."),
    "level": Say("级别", "Level"),
    "kind": Say("种类", "Kind"),
    "all": Say("全部", "All"),
    "status_met": Say("已满足", "Met"),
    "status_open": Say("待定", "Open"),
    "status_not_met": Say("不满足", "Not met"),
    "unchecked": Say("机器识别，未经核对", "Read by machine, not checked by a person"),
    "amount": Say("金额", "Amount"),
    "claim": Say("换算到您", "For you"),
    "conditions": Say("条件（{met}/{all}）", "Conditions ({met} of {all})"),
    "no_conditions": Say("原文没有写其他条件。", "The text names no other conditions."),
    "quote": Say("原文", "The text"),
    "overlap": Say("不能重复享受", "Overlap rule"),
    "procedure": Say("办理", "How to apply"),
    "offices": Say("办理单位", "Office"),
    "said_again": Say("同一笔钱也见", "The same money also in"),
    "for_talent": Say("给所引进或培养的人才本人", "goes to the person brought in or trained"),
    "goes_to": Say("给", "Goes to"),
    "soft": Say("鼓励或服务，不是固定金额", "Encouragement or service, no fixed claim"),
    "until": Say("期限至 {day}", "until {day}"),
    "page": Say("第{page}页", "p. {page}"),
    "no_amount": Say("原文没有写金额", "no figure printed"),
    # taking it along
    "copy_link": Say("复制链接", "Copy link"),
    "copy_link_hint": Say(
        "链接只带条件的代码，不带您写的话。", "The link carries codes of the facts, never what you wrote."
    ),
    "print": Say("打印", "Print"),
    "word": Say("导出 Word", "Word file"),
    "xlsx": Say("导出 XLSX", "XLSX file"),
    "export_failed": Say("没有导出：{error}", "Not exported: {error}"),
    "cut": Say("只列出前 {n} 项。", "Only the first {n} are listed."),
    # columns of the table
    "column_status": Say("状态", "Status"),
    "column_title": Say("事项", "Benefit"),
    "column_document": Say("文件", "Document"),
    "column_address": Say("条款", "Clause"),
    "column_conditions": Say("条件", "Conditions"),
}

_FROM_THE_CHAT = ("copied", "copy_failed")  # what the scripts of the chat page say that are used here as well


def words_for_the_browser() -> dict[str, dict[str, str]]:
    """The table as scripts take it: key → {"zh", "en"}."""
    table = {**WORDS, **{key: TEXTS[key] for key in _FROM_THE_CHAT}}
    return {key: {"zh": said.zh, "en": said.en} for key, said in table.items()}


def word(key: str, tongue: Tongue, **blanks: object) -> str:
    """One text of the page, its blanks filled in."""
    said: str = getattr(WORDS[key], tongue)
    return said.format(**blanks) if blanks else said


def written(said: str, language: Language) -> str:
    """Chinese words of ours in the script of whoever reads the results."""
    return in_language(said, language)
