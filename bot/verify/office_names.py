"""Names of offices in a sentence: each must be printed, whole, in what the sentence cites."""

from __future__ import annotations

import re

_HAN = "一-鿿"
# How an office ends. What only looks like one is left out: 全部, 总部, 布局, 办理, 部分, 两部制, 以…为中心.
_END = re.compile(
    r"(?<![布格结大当全定僵])局(?![部面势限])"
    r"|(?<![客餐舞])厅(?!局)"
    r"|委员会|管委会|理事会|协会|联合会|工商联"
    r"|(?:发改|经信|工信|卫健|国资|政法|党工|工|市|旗|县|区)委(?![员托派任])"
    r"|(?<![全内总外干局西东中南北上下细各门头底面顶腰两])部(?![分门队件位级署委属落长])"
    r"|办公室|(?:政府|金融|外事|侨|台|税|人才|党|信访|口岸)办(?![理法公事学])"
    r"|(?<=服务)中心|(?<=促进)中心|(?<=管理)中心|(?<=发展)中心|(?<=交易)中心|(?<=保障)中心|(?<=指导)中心"
    r"|(?<=就业)中心|(?<=推广)中心|(?<=监测)中心"
    r"|海关|(?:支|分)行|政府|公署"
)
_SHORTEST = 2  # characters before an ending of one character that make it a name: 商务局
# What may stand before a name without being a part of it.
_BEFORE = re.compile(
    r"(?:^|[^一-鿿]|[由向到在与和及跟或经报请找为是归按的即]|联系|咨询|单位|部门|机关|负责|牵头|申请|对接|提交|包括|以及|以上|办理|其中|可|须|应|至"
    r"|各级|当地|所在地|本级|同级)$"
)
# An English sentence cannot name an office as printed; it must quote the printed name beside it.
_ENGLISH = re.compile(
    r"\b(?:Bureau|Department|Commission|Ministry|Committee|Administration|Office|Customs|Centre|Center|Authority)\b"
)


def names_office(text: str) -> bool:
    """True when an office is named in ``text``."""
    return _END.search(text) is not None


def unprinted_offices(text: str, printed: str) -> tuple[str, ...]:
    """The offices that ``text`` names and ``printed`` (without white space) does not, as far as they can be cut out."""
    squeezed = re.sub(r"\s+", "", text)
    missing = [
        squeezed[max(0, match.start() - 8) : match.end()]
        for match in _END.finditer(squeezed)
        if not _is_printed(squeezed, match, printed)
    ]
    english = _ENGLISH.search(text)
    if english and not any(_END.search(run) for run in re.findall(rf"[{_HAN}]+", text)):
        missing.append(english[0])
    return tuple(missing)


def _is_printed(text: str, ending: re.Match[str], printed: str) -> bool:
    """Whether a printed string ends here that begins where a name can begin."""
    start = ending.start() if len(ending[0]) >= _SHORTEST else ending.start() - _SHORTEST
    while start >= 0 and text[start : ending.end()] in printed:
        if _BEFORE.search(text[:start]):
            return True
        start -= 1
    return False
