"""Whether a question is talk, a question on the documents themselves, or too vague to be searched for. Grammar only, no names."""

from __future__ import annotations

import re
from enum import StrEnum

from bot.types import Question
from bot.understand.reading import Reading

LONGEST_TALK = 24  # characters; a longer turn asks something besides
LONGEST_VAGUE = 20

_EDGE = re.compile(r"^[\s，,。.！!～~？?、]+|[\s，,。.！!～~？?、]+$")
_PARTICLES = re.compile(r"[啊呀哦呢哈吧嘛啦]+$")


class Talk(StrEnum):
    """What is said instead of a question on a clause."""

    GREETING = "greeting"
    THANKS = "thanks"
    GOODBYE = "goodbye"
    WHO = "who"
    PEOPLE = "people"
    CORPUS = "corpus"
    VAGUE = "vague"


_WHOLE: tuple[tuple[Talk, re.Pattern[str]], ...] = (
    (
        Talk.GREETING,
        re.compile(r"(?:你们?好|您好|嗨|哈喽|早上?好|下午好|晚上好|在吗|在不在|hello|hi|hey|good (?:morning|afternoon|evening))(?: there)?"),
    ),
    (
        Talk.THANKS,
        re.compile(r"(?:好的?|嗯|ok|明白了?|知道了)?[，, ]*(?:谢谢?|多谢|感谢|谢了|thanks?(?: you)?|thx)(?:你|您|了|你们| a lot| very much| so much)*"),
    ),
    (Talk.GOODBYE, re.compile(r"再见|拜拜|bye|goodbye|bye bye")),
    (
        Talk.WHO,
        re.compile(
            r"(?:请问)?(?:你|您|你们)(?:是谁|是什么|是干什么的|叫什么(?:名字)?|能(?:做|干|回答|帮我?做)(?:些)?(?:什么|啥|哪些(?:问题)?)|会(?:什么|啥)|有什么用)"
            r"|(?:这里)?(?:能|可以)(?:问|查)(?:些)?(?:什么|啥|哪些(?:问题)?)|who are you|what (?:are you|can you do|can i ask(?: you)?)"
        ),
    ),
    (
        Talk.PEOPLE,
        re.compile(
            r"(?:我要|我想|请|帮我)?(?:转|找|接|要)?(?:一?个?)?(?:人工(?:客服|服务|坐席)?|真人|客服)(?:在吗|服务)?"
            r"|(?:can i )?(?:talk|speak) to (?:a )?(?:human|person|agent|someone)|human agent"
        ),
    ),
    (
        Talk.CORPUS,
        re.compile(
            r"(?:这里|你们|你|这个库|本?汇编(?:里|中)?|知识库(?:里)?|库里|系统(?:里)?)?(?:一共|总共|都|现在)*(?:收录|收|有|包括|包含)?(?:了|的)?(?:一共|总共)?"
            r"(?:多少|几|哪些|什么)(?:个|份|部|种)?(?:政策)?文件(?:是|有)?(?:哪些|什么)?"
            r"|(?:how many|which|what) (?:policy )?documents (?:do you have|are there|do you hold|are (?:held|covered|included))"
            r"|(?:数据|政策|文件|汇编|内容)(?:是)?(?:更新|截至|截止)(?:到)?(?:什么时候|哪天|何时|哪一?年)(?:的)?"
            r"|how (?:recent|up to date) (?:is|are) (?:this|these|the (?:data|documents))"
        ),
    ),
)  # fmt: skip
_VAGUE_ASKED = re.compile(
    r"(?:有|给)?(?:什么|哪些|啥|多少|几个?)(?:优惠|政策|补贴|补助|奖励|支持|好处|扶持|福利|钱)|(?:优惠|政策|补贴|补助|奖励|支持|好处|扶持)(?:多少|有哪些|是什么|有啥|怎么样|有多少)"
    r"|(?:能|可以)(?:拿|领|给|享受)(?:到)?(?:什么|多少|啥)"
    r"|what (?:policies|incentives|subsidies|benefits|support)|how much (?:is the )?(?:subsidy|subsidies|support)"
)
# Words that are in every question on policy and so say of none what it is about.
_SAY_NOTHING = frozenset(
    "政策 优惠 补贴 补助 奖励 支持 好处 扶持 福利 资金 钱 企业 公司 工厂 厂 项目 投资 投资者 老板 我们 你们 这里 那里 当地 本地 地方 时候 情况 方面 问题"
    " policies policy incentives subsidy subsidies benefits benefit support company investor investors here there invest".split()
)
_FILLS = re.compile(
    r"请问|问一下|想知道|我想|想要?|来|去|到|在|这儿?|那儿?|边|里|开|办|建|做|搞|的|对|给|能|可以|会|有|都|吗|呢|家|个|些"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[a-z]{3,}")
_LATIN_GRAMMAR = frozenset(
    "what which how much many are there for the and you have does can get any our your offer offered is".split()
)


def recognise(reading: Reading, question: Question) -> Talk | None:
    """What the last turn of ``question`` is instead of a question on a clause; None for a question on one.

    ``reading`` may have left out the turns before it.
    """
    last = _PARTICLES.sub("", _EDGE.sub("", reading.last))
    if len(last) <= LONGEST_TALK * (2 if last.isascii() else 1):
        found = next((talk for talk, pattern in _WHOLE if pattern.fullmatch(last)), None)
        if found is not None:
            return found
    return Talk.VAGUE if not question.earlier and _is_vague(reading, last) else None


def _is_vague(reading: Reading, last: str) -> bool:
    """True for a wish that names nothing: no class, year or size, and only words of every policy."""
    if reading.tiers or reading.years or any(mark.isdigit() for mark in last):
        return False
    if len(last) > LONGEST_VAGUE * (3 if last.isascii() else 1) or not _VAGUE_ASKED.search(last):
        return False
    if last.isascii():
        return all(word in _SAY_NOTHING | _LATIN_GRAMMAR for word in _LATIN.findall(last))
    rest = _FILLS.sub("", _VAGUE_ASKED.sub("", last))
    for word in sorted(_SAY_NOTHING, key=len, reverse=True):
        rest = rest.replace(word, "")
    return not _HAN.search(rest)
