"""Every word of ours that the page shows, Chinese first, English second. Quotes are never translated."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib.resources import files
from typing import Literal

from bot.text.bilingual import Say
from bot.types import Language
from ingest.vocabulary.levels import levels
from web.settings import WebSettings

Tongue = Literal["zh", "en"]
LANGUAGES: dict[Tongue, Language] = {"zh": Language.ZH, "en": Language.EN}  # what is spoken on a page of that tongue


def _written() -> dict[str, dict[str, str]]:
    """The words of ``texts.toml``, where new ones go."""
    return tomllib.loads(files("web").joinpath("texts.toml").read_text("utf-8"))


TEXTS: dict[str, Say] = {
    # heading and frame
    "title": Say("投资政策问答", "Policy Q&A"),
    "tagline": Say(
        "用政策原文回答，每个数字都有出处", "Answers from the policy text itself, every figure with its source"
    ),
    "library": Say("政策库", "Library"),
    "new_chat": Say("新对话", "New chat"),
    "new_chat_begun": Say("已开始新对话。", "A new chat has begun."),
    "new_chat_undo": Say("恢复上一个对话", "Bring the last one back"),
    "new_chat_undone": Say("上一个对话已恢复。", "The last chat is back."),
    "export": Say("导出", "Export"),
    "export_word": Say("导出 Word 文件", "Word file"),
    "export_markdown": Say("导出 Markdown 文件", "Markdown file"),
    "export_print": Say("打印或存为 PDF", "Print or save as PDF"),
    "export_empty": Say("还没有可以导出的回答。", "There is no answer to export yet."),
    "export_failed": Say("没有导出：{error}", "Not exported: {error}"),
    "menu": Say("导出与更多", "Export and more"),
    "larger_text": Say("放大文字", "Larger text"),
    "text_size": Say("文字大小 {size}%", "Text size {size}%"),
    "colours": Say("颜色", "Colours"),
    "colours_auto": Say("跟随系统", "As the system"),
    "colours_light": Say("浅色", "Light"),
    "colours_dark": Say("深色", "Dark"),
    "skip_to_question": Say("跳到提问框", "Skip to the question box"),
    "disclaimer": Say(
        "回答由系统依据政策原文自动整理，仅供参考；以政策原文和主管部门的解释为准。",
        "Answers are compiled automatically from the policy text, for reference only; "
        "the original text and the competent authority's interpretation prevail.",
    ),
    # first visit
    "loading": Say("正在载入政策文件，请稍候……", "Loading the policy documents, one moment …"),
    "welcome": Say("您好，想了解哪项政策？", "Which policy would you like to know about?"),
    "knows": Say(
        "这里收录{region}相关的 {documents} 份政策文件（{levels}），有效期按 {as_of} 核对。",
        "It knows {documents} policy documents on {region} ({levels}); validity is checked as of {as_of}.",
    ),
    "knows_not": Say(
        "没有收录的内容会直接说明；不办理申报，不提供法律意见，也不回答其他地区的政策。",
        "What is not in them it says so; it files no applications, gives no legal advice "
        "and does not cover other places.",
    ),
    "who_are_you": Say("您是……", "You are …"),
    "whose_policy": Say("想看哪一级的政策？", "Whose policy?"),
    # composer
    "question_label": Say("您的问题", "Your question"),
    "question_hint": Say("例如：高新技术企业有什么奖励？", "e.g. rewards for high-tech firms"),
    "send": Say("提问", "Ask"),
    "stop": Say("停止", "Stop"),
    "level_label": Say("只看哪一级政策", "Only policies of one level"),
    "all_levels": Say("全部级别", "All"),
    # answers
    "you_asked": Say("您的提问", "Your question"),
    "working": Say("正在查找政策原文……", "Looking through the policy text …"),
    "stopped": Say("已停止。", "Stopped."),
    "notice": Say("请注意", "Please note"),
    "declined": Say("未能从收录的政策中得到答案", "Not answered by the documents here"),
    "nearest": Say("最接近的条款（未必是您要的）", "Nearest clauses (perhaps not what you need)"),
    "sources": Say("依据", "Sources"),
    "part_partly": Say("只找到一部分", "found in part"),
    "part_not_found": Say("未找到", "not found"),
    "part_above": Say("见上文。", "See above."),
    "part_without": Say("没有找到写明这一点的条文。", "No clause was found that states this."),
    "understood": Say("结合前面的提问来理解", "Read together with your earlier questions"),
    "read_as": Say("按{terms}理解", "Read as {terms}"),
    "figures_match": Say("数字与原文一致（{total} 处）", "Figures match the source ({total})"),
    "figures_differ": Say("{total} 处数字中有 {checked} 处与原文一致", "{checked} of {total} figures match the source"),
    "figures_why": Say(
        "只说明这些数字在所引条文中原样印出，不代表回答正确、完整",
        "This only says that the figures are printed in the clauses quoted, not that the answer is right or complete",
    ),
    "copy": Say("复制回答", "Copy answer"),
    "copied": Say("已复制（含出处）", "Copied with sources"),
    "copy_failed": Say("浏览器不允许复制", "The browser does not allow copying"),
    "share": Say("复制链接", "Copy link"),
    "ask_again": Say("改写问题", "Edit question"),
    "editing": Say("改写上一个问题：新的回答会替换它。", "Your new wording will replace the last question."),
    "edit_no_more": Say("不改了", "Leave it"),
    "retry": Say("重试", "Try again"),
    "table": Say("对照表", "Comparison"),
    "next_questions": Say("接着可以问", "You could ask next"),
    # feedback
    "feedback": Say("这个回答有帮助吗？", "Was this helpful?"),
    "thumb_up": Say("有帮助", "Helpful"),
    "thumb_down": Say("有问题", "Not right"),
    "feedback_why": Say("哪里不对？", "What is wrong?"),
    "reason_数字不对": Say("数字不对", "Wrong figure"),
    "reason_条款不对": Say("条款不对", "Wrong clause"),
    "reason_没有回答": Say("没有回答", "Not answered"),
    "reason_已过期": Say("已过期", "Out of date"),
    "reason_其他": Say("其他", "Something else"),
    "feedback_words": Say("补充说明（可不填）", "In your own words (optional)"),
    "feedback_words_hint": Say(
        "请不要写姓名、电话等个人信息", "Please leave out names, telephone numbers and the like"
    ),
    "feedback_send": Say("提交", "Send"),
    "feedback_thanks": Say("谢谢，已记下，可以随时更改。", "Thank you, noted; you can change it any time."),
    "feedback_failed": Say("没有记下：{error}", "Not noted: {error}"),
    "feedback_gone": Say("这个回答已不再保存，请重新提问。", "This answer is no longer kept; ask the question again."),
    "feedback_later": Say("现在记不下来，请稍后再试。", "It cannot be noted just now; try again later."),
    # limited to one document
    "only_document": Say("只问《{title}》", "Only “{title}”"),
    "everywhere": Say("取消限定", "Ask about everything"),
    "everywhere_done": Say("现在对全部政策提问。", "Questions now go to all policies."),
    "ask_document": Say("就这份文件提问", "Ask about this document"),
    "open_source": Say("查看第 {n} 条依据", "Show source {n}"),
    # clause card
    "evidence": Say("政策原文", "Policy text"),
    "evidence_empty": Say(
        "回答里的编号可以点开，这里会显示所引条款的原文，并标出引用的字句。",
        "Click a number in an answer and the clause it rests on opens here, the quoted words marked.",
    ),
    "evidence_levels": Say("收录范围", "What is here"),
    "previous_source": Say("上一条依据", "Previous source"),
    "next_source": Say("下一条依据", "Next source"),
    "back_to_answer": Say("返回答案", "Back to the answer"),
    "page": Say("第 {page} 页", "p. {page}"),
    "departments": Say("责任单位", "Responsible"),
    "open_document": Say("在全文中查看", "Open in the full document"),
    "valid_until": Say("有效期至 {date}", "valid until {date}"),
    "valid_from": Say("自 {date} 起施行", "in force from {date}"),
    "document_count": Say("{n} 份文件", "{n} documents"),
    # validity
    "standing_current": Say("现行", "In force"),
    "standing_expiring": Say("即将到期", "Expiring soon"),
    "standing_expired": Say("已到期", "Expired"),
    "standing_not_yet": Say("尚未施行", "Not yet in force"),
    "standing_repealed": Say("已废止", "Repealed"),
    "standing_undetermined": Say("待核实", "To be verified"),
    "standing_unstated": Say("未载明期限", "No term stated"),
    # levels
    **{f"level_{level.name}": Say(*level.label) for level in levels()},
    "level_none": Say("未分级", "No level"),
    # faults
    "too_many": Say(
        "提问太频繁，请 {seconds} 秒后再试。", "Too many questions; please try again in {seconds} seconds."
    ),
    "too_long": Say(
        "问题太长（{length} 字），请控制在 {limit} 字以内。",
        "The question is too long ({length} characters); please keep it within {limit}.",
    ),
    "busy": Say(
        "现在提问的人太多，请过一会儿再试。", "Too many people are asking just now; please try again in a moment."
    ),
    "unreachable": Say(
        "没有连上服务，问题还在；请检查网络后重试。",
        "The service could not be reached. Your question is still here; check the network and try again.",
    ),
    "no_text": Say(
        "发送的内容里有不完整的字符，请删去乱码或残缺的表情符号后再发。",
        "What you sent holds broken characters (half an emoji, or bytes that are not UTF-8); remove them and send it again.",
    ),
    "too_large": Say(
        "发送的内容超过 {limit} 字节，请减少后再发。", "The request is larger than {limit} bytes; send less at once."
    ),
    "failed": Say(
        "这次没有答成，请稍后再试；问题已记入服务日志。",
        "That did not work; please try again later. It is in the service's log.",
    ),
    # library
    "library_intro": Say(
        "政策文件 {policies} 份，另有 {others} 项资料；共 {clauses} 条可引用条款，按汇编次序排列。",
        "{policies} policy documents and {others} other items; {clauses} quotable clauses, in the order of the compendium.",
    ),
    "left_out": Say("有文件未能读入，没有收录：{files}", "Files that could not be read, and are not in here: {files}"),
    "search_library": Say("在政策库中查找", "Search the library"),
    "search": Say("查找", "Search"),
    "found": Say("“{query}”：{n} 条", "“{query}”: {n} clauses"),
    "found_cut": Say(
        "只显示前 {shown} 条，请把查找的字句写得更具体。", "Only the first {shown} are shown; please be more specific."
    ),
    "found_none": Say("没有找到。换一个说法，或去提问。", "Nothing found. Try other words, or ask a question."),
    "ask_here": Say("去提问", "Ask a question"),
    "back_to_library": Say("返回政策库", "Back to the library"),
    "issuer": Say("发文机关", "Issued by"),
    "number": Say("文号", "Document no."),
    "issued": Say("发布日期", "Issued"),
    "validity": Say("效力", "Validity"),
    "level": Say("级别", "Level"),
    "rules": Say("兑现规则", "Closing rules"),
    "not_printed": Say("原文未载明", "not printed"),
    "title_only": Say("只有标题，没有正文", "title only, no text"),
    "no_such_page": Say("没有这个页面。", "There is no such page."),
    "starting": Say("正在准备提问框……", "Preparing the question box …"),
    "no_script": Say(
        "提问需要浏览器运行脚本（JavaScript）；政策库不需要。",
        "Asking needs a browser that runs scripts (JavaScript); the library does not.",
    ),
    "no_such_document": Say("政策库中没有这份文件。", "There is no such document in the library."),
    **{key: Say(said["zh"], said["en"]) for key, said in _written().items()},
}


def tongue_of(language: Language) -> Tongue:
    """Which of our two tongues goes with the language of a question."""
    return "en" if language is Language.EN else "zh"


def say(key: str, tongue: Tongue, **blanks: object) -> str:
    """One text, its blanks filled in."""
    return getattr(TEXTS[key], tongue).format(**blanks)


def colon(tongue: Tongue) -> str:
    """The colon behind a name."""
    return ": " if tongue == "en" else "："


def joined(parts: Iterable[str], tongue: Tongue) -> str:
    """Several one behind the other: with semicolons of the tongue."""
    return ("; " if tongue == "en" else "；").join(parts)


def bracketed(parts: Iterable[str], tongue: Tongue) -> str:
    """What stands in brackets behind a name, the parts that are filled between commas."""
    inside = (", " if tongue == "en" else "，").join(filter(None, parts))
    return f" ({inside})" if tongue == "en" else f"（{inside}）"


def both_tongues() -> dict[str, dict[str, str]]:
    """The whole table for the browser: key → {"zh", "en"}."""
    return {key: {"zh": pair.zh, "en": pair.en} for key, pair in TEXTS.items()}


def level_name(level: str | None, tongue: Tongue) -> str:
    """A level of government in words; an unknown one is shown as the corpus writes it."""
    key = f"level_{level or 'none'}"
    return say(key, tongue) if key in TEXTS else str(level)


def tongue_wanted(asked_for: str | None, accept_language: str | None) -> Tongue:
    """What the address asks for, in any spelling (``?lang=en-GB``, ``?lang=zh-Hant``), else the browser's first language.

    Chinese where neither says anything; English for a browser in any other language.
    """
    wanted = (asked_for or "").strip().lower().replace("_", "-").split("-")[0]
    if wanted in ("zh", "en"):
        return "en" if wanted == "en" else "zh"
    first = (accept_language or "zh").split(",")[0].strip().lower()
    return "zh" if first.startswith("zh") or not first else "en"


def disclaimer(settings: WebSettings, tongue: Tongue) -> str:
    """The bureau's own disclaimer, or ours."""
    own = settings.disclaimer_en if tongue == "en" else settings.disclaimer_zh
    return own or say("disclaimer", tongue)
