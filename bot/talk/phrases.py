"""Our words where no clause speaks: greetings, what can be asked, where people are, what the documents are."""

from __future__ import annotations

from collections.abc import Mapping

from bot.text.bilingual import Say
from bot.types import Language

_PHRASES: Mapping[str, tuple[str, str]] = {
    "greeting": (
        "您好，可以问我《{title}》里的政策。",
        "Hello. You can ask about the policies in {title}.",
    ),
    "thanks": ("不客气。", "You are welcome."),
    "goodbye": ("再见。", "Goodbye."),
    "who": (
        "我是政策问答程序，只依据《{title}》的条文回答，并注明出处；没有写明的会说没有找到。",
        "I am a program that answers from the clauses of {title} and names them; what they do not state I say is not found.",
    ),
    "people": ("请联系：{contact}", "Please contact: {contact}"),
    "no_people": (
        "这里没有人工坐席，也没有收录联系方式。请向条文后面列出的责任单位咨询。",
        "No person answers here and no contact is held. Please ask the office named behind the clause.",
    ),
    "holds": ("收录政策文件，共{n}份。", "Policy documents held: {n} in all."),
    "holds_of_level": ("{level}，共{n}份：{titles}。", "{level}, {n} in all: {titles}."),
    "holds_titles": (
        "另有只列标题、没有正文的文件，共{n}份。",
        "Documents of which only the title is held: {n} in all.",
    ),
    "as_of": ("回答以{day}为准。", "Answers are as of {day}."),
    "and_more": ("等", " and others"),
    "vague": (
        "问题比较宽，可以先看这些方面：{topics}。",
        "That is a wide question. These topics are covered: {topics}.",
    ),
    "which_topic": ("您想了解哪一方面：{topics}？", "Which of these: {topics}?"),
    "which_side": (
        "您是企业、个人还是中介机构？属于哪个行业或哪类人才？",
        "Are you a company, a person or an agency, and of which industry or class?",
    ),
    "which_level": ("要看哪一级的政策：{levels}？", "Policies of which level: {levels}?"),
}


def words(key: str, language: Language, **blanks: object) -> str:
    """One of our phrases in the language of the question, its blanks filled."""
    return Say(*_PHRASES[key]).to(language).format(**blanks)
