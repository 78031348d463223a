"""Tells the title of a policy document from other short lines."""

from __future__ import annotations

import re

from ingest.vocabulary.documents import document_words
from ingest.vocabulary.levels import level_names
from ingest.vocabulary.load import any_of
from ingest.vocabulary.wordings import either

_SUFFIX = r"(?:\s*[（(〔][^（）()]{1,40}[）)〕])*"
TITLE_END = re.compile(rf"(?:{either(document_words().genres)}[》”〉]?{_SUFFIX}|《[^》]+》{_SUFFIX}|号[）)〕]?)$")
"""How a title ends: in the name of a kind of document, with a version, trial or number bracket behind it."""

# 〈…修正案〉, （…修订） and 1997年…根据…修正 stand below a title and end as one does.
NEVER_NESTED = re.compile(r"[〈<（(]|[12〇一二]\S{3}年")
_SENTENCE = re.compile(r"[。；：！？]|，.*，")
_CONTINUES = re.compile(r"(?:的|及|与|和|》|）|”|、|〉|，)")
_ISSUER_AND_NUMBER = re.compile(
    r"^(.{6,}?(?:公告|通知|意见|办法|决定))\s*((?:[一-龥]{2,12}(?:部|总局|局|委|署|院|办公厅|银行)[\s　]*)+"
    r"(?:公告|令|通知)?[\s　]*(?:[0-9０-９]{4}\s*年\s*第?\s*[0-9０-９]+\s*号)?)$"
)
_LEVEL_HEADING = re.compile(rf"(?:国家级?|.{{1,10}}{any_of(level_names())}级?)政策$")
SHORTEST_TITLE = 6  # characters; "居民用气" (4) is a row, "企业职工基本养老保险病残津贴暂行办法" (18) a title
LONGEST_TITLE = 110  # characters; the longest of the compendium has 58 with issuer and number


def is_title(text: str) -> bool:
    """True when a line reads like the title of a document: ends in its kind, holds no sentence."""
    bare = text.strip()
    return (
        SHORTEST_TITLE <= len(bare) <= LONGEST_TITLE
        and _SENTENCE.search(bare) is None
        and bare.count("《") == bare.count("》")
        and TITLE_END.search(bare) is not None
    )


def is_level_heading(line: str) -> bool:
    """True for the heading over all documents of a level in a compilation: 国家级政策, 苏州市政策."""
    return _LEVEL_HEADING.match(line) is not None


def title_goes_on(next_line: str) -> bool:
    """True when a line can only be the rest of a title: ``的通知``, ``》的意见``."""
    return _CONTINUES.match(next_line.lstrip()) is not None


def split_issuer(title: str) -> tuple[str, str | None]:
    """A title that runs into issuer and number → (title, the rest as printed).

    ``关于…的公告财政部 税务总局 国家发展改革委公告 2020 年第 23 号`` → (``关于…的公告``, ``财政部 …第 23 号``).
    """
    if match := _ISSUER_AND_NUMBER.match(title):
        return match[1], match[2]
    return title, None


# A wrapped title may end a line in 文件, too; it says what it is about.
_MASTHEAD = re.compile(
    r"(?!.*(?:关于|印发|[的对]))[一-鿿　 ]{2,40}文\s?件|(?:特急|加急|平急|急件|秘密|机密)(?:★.*)?|签发人[:：].{0,20}"
)
_OWN_NUMBER = re.compile(
    r"[一-鿿]{1,12}\s?[〔\[（(﹝【]\s?(?:19|20)\d\d\s?[〕\]）)﹞】]\s?第?\s?\d+\s?号(?:\s*签发人[:：].{0,20})?"
)


def is_masthead(text: str) -> bool:
    """True for what stands above a title on official paper: 某某人民政府文件, the 文号, how urgent it is."""
    bare = text.strip()
    return _MASTHEAD.fullmatch(bare) is not None or _OWN_NUMBER.fullmatch(bare) is not None
