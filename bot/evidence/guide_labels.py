"""Which line of a guide answers: 申请材料：… for 要什么材料, 办理时限：… for 多久能办完. A label may also be a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.understand.reading import Reading
from ingest.structure.numbering import without_labels

LONGEST_LABEL = 12  # characters of a heading that is a label: 申请材料目录
_LABEL = re.compile(rf"\s*[【\[]?([^，。；：:？?】\]\s]{{2,{LONGEST_LABEL}}})[】\]]?\s*[：:]")


@dataclass(frozen=True, slots=True)
class _Kind:
    """How people ask for one thing that guides say, and how guides label it."""

    asked: re.Pattern[str]
    label: re.Pattern[str]


def _kind(asked: str, label: str) -> _Kind:
    return _Kind(re.compile(asked), re.compile(label))


_KINDS: Sequence[_Kind] = (
    _kind(
        r"材料|资料|证件|手续|(?:要|需要?|得)(?:带|交|准备|提供|提交)(?:什么|啥|哪些)|documents?|paperwork|materials?",
        r"材料|要件|资料",
    ),
    _kind(
        r"流程|程序|步骤|(?:怎么|如何|咋|怎样)(?:去)?(?:申请|申报|办|领|报装|操作)|线[上下]|网上|procedure|steps|how to apply",
        r"流程|程序|步骤|方式|渠道|途径|线[上下]",
    ),
    _kind(
        r"多久|多长时间|时限|几天|多少(?:天|个?工作日|时间)|几个工作日|多快|办结|办完|how long",
        r"时限|期限|周期|办理时间|办结时间",
    ),
    _kind(
        r"什么时候|啥时候|何时|几月|哪天|哪几个月|几点|上班|when",
        r"(?:受理|申[报请]|办[公理]|工作|服务)时间|时间$",
    ),
    _kind(r"电话|联系方式|热线|号码|怎么联系|联系谁|telephone|phone|contact|call", r"电话|热线|联系"),
    _kind(
        r"哪里|哪儿|地点|地址|在哪|窗口|去哪|到哪|几楼|where|address",
        r"地[点址]|窗口|场所|受理(?:机构|单位|部门)",
    ),
    _kind(r"收费|费用|要不要钱|要(?:花|交)?钱|花钱|免费|fees?\b|charge|cost", r"收费|费用"),
    _kind(r"条件|资格|什么人能|哪些(?:人|企业)(?:可以|能)|符合|要求|conditions?|eligib", r"条件|对象|范围"),
    _kind(
        r"(?:哪|什么)个?(?:部门|单位|机构|局|窗口)|找谁|谁(?:负责|受理|办|管)|which (?:office|department)",
        r"(?:受理|实施|办理|承办|主管)(?:机构|单位|部门|主体)|责任单位",
    ),
    _kind(r"依据|根据什么|legal basis", r"依据"),
)


def label_of_line(text: str) -> str | None:
    """The label a line begins with: 申请材料 of ``申请材料：…``."""
    match = _LABEL.match(text)
    return match[1] if match else None


def answers_by_label(reading: Reading, label: str | None) -> bool | None:
    """Whether what stands behind a label is asked for; None for a label that guides do not use, or without one."""
    known = [kind for kind in _KINDS if label is not None and kind.label.search(label)]
    if not known:
        return None
    return any(kind.asked.search(reading.last.lower()) for kind in known)


def heading_label(path: Sequence[str]) -> str | None:
    """The last heading above a clause when it is as short as a label: ``三、申请材料``."""
    last = without_labels(path[-1]).strip() if len(path) > 1 else ""
    return last if 2 <= len(last) <= LONGEST_LABEL else None
