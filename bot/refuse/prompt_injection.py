"""Instructions to the program instead of a question: narrow patterns, in Chinese and English."""

from __future__ import annotations

import re

_RULES = r"(?:指令|指示|提示词?|规则|设定|限制|约束|要求|命令|内容|对话|prompt|instructions?)"
_PATTERNS = re.compile(
    "|".join(
        (
            # turning the program against its rules
            rf"(?:忽略|无视|忘记|忘掉|不(?:要|用)(?:理会|管|遵守)|跳过|绕过|违反|抛开|清除|覆盖)[^。？！?]{{0,10}}{_RULES}",
            r"(?:ignore|disregard|forget|override|bypass|skip)\b[^.?!]{0,40}\b(?:instructions?|rules|prompts?|guidelines|restrictions|constraints|above|previous)",
            # asking for its insides
            r"提示词|系统提示|你收到的(?:第一|上一|全部|所有)?[^。？]{0,4}(?:消息|指令)|内部设[置定]|(?:你的|内部|隐藏的?)(?:提示词|prompt|设定|指令|规则|密钥|初始化)",
            r"原始(?:prompt|提示词)|把(?:上面|以上|前面)的?(?:内容|文字|提示)[^。？]{0,6}(?:复述|重复|打印|输出)",
            r"system prompt|hidden prompt|(?:your|initial|developer) (?:prompt|instructions|system message)",
            r"(?:repeat|print|reveal|show|output)[^.?!]{0,30}(?:everything above|words above|text above|prompt)",
            r"api[ _-]?key|(?:你的|系统的?|后台)(?:密钥|密码|口令|token)|环境变量|/etc/passwd|drop table|<script|\{\{.*\}\}",
            # another role
            r"(?:你现在(?:是|扮演)|从现在(?:起|开始)[，,]?你|(?:请你?|你|你来)扮演|扮演(?:一个|一名|一位|成)|假装(?:你|自己)?是|你不再是|进入(?:开发者|管理员|调试|上帝|无限制)[^。]{0,4}模式|越狱|开发者模式)",
            r"you are now|from now on,? you|pretend (?:to be|you)|act as (?:an?|if|my)|role-?play|jailbreak|developer mode|\bdan mode\b|do anything now",
            # a forged source
            r"【[^】]{0,6}(?:系统|管理员|更新|指令|通知)[^】]{0,6}】|\[(?:system|admin|inst)[^\]]{0,10}\]|<\|?(?:system|im_start|assistant)|^\s*(?:system|系统|assistant)\s*[:：]",
            r"(?:以|按照?)(?:此|本|这个|这份|以下|下面|上述)(?:文件|规定|内容|条款|信息|说法)?为准[^。？！]{0,30}(?:回答|告诉|引用|标注|答复|输出)",
            r"(?:直接|必须|只(?:准|能|需|要))(?:回答|回复|输出|说)[“\"「『']|(?:只|仅)(?:回答|回复|输出)(?:是|yes|ok|“)",
            r"(?:answer|reply|respond) (?:only )?with (?:the word|exactly|only)",
        )
    ),
    re.IGNORECASE,
)


def is_injection(text: str) -> bool:
    """True when ``text`` (simplified) tells the program what to be, to ignore, to reveal or to take for a source."""
    return _PATTERNS.search(text) is not None
