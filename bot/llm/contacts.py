"""Ways to reach somebody in a text: addresses of sites and mail, accounts, telephone numbers, streets; in any disguise.

A language model may be led to write them (come to evil.zip/login, 加微信abc); a reader would take them for the
office's. So each must be printed in what the text cites.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ingest.normalise import to_simplified

# The endings of names of sites that a text may write without a path. Before a path any ending will do.
_ENDINGS = (
    r"(?:com|net|org|edu|gov|mil|int|info|biz|name|mobi|tel|asia|app|dev|page|site|online|website|web|space|store|shop|club"
    r"|vip|top|xyz|icu|fun|ltd|group|cloud|tech|live|life|link|click|win|bid|loan|work|zip|mov|wang|ren|xin|red|pub|kim"
    r"|pro|art|host|press|news|world|today|chat|email|support|center|company|finance|money|cash|bank|xn--[a-z0-9]+|[a-z]{2})"
)
_WELL_KNOWN = r"(?:com|net|org|cn|top|xyz|vip|info|cc|gov|edu|io)"
_LABEL = r"[A-Za-z0-9][A-Za-z0-9-]{0,62}"  # no longer in any name; without a bound a long text takes long
_SITES = re.compile(
    rf"\w+://[!-~]+|\bwww\.[!-~]+"
    rf"|(?<![\w.@-])(?:{_LABEL}\.){{1,8}}[A-Za-z]{{2,24}}(?::\d+)?/\w*"
    rf"|(?<![\w.@-])(?!(?:co|vs|etc|no|st|dr|mr|ms|inc)\.)(?:[a-z0-9][a-z0-9-]{{1,62}}\.){{1,8}}{_ENDINGS}(?![\w-])"
    rf"|(?<![\w.@-])(?:[A-Z0-9][A-Z0-9-]{{1,62}}\.){{1,8}}(?:{_WELL_KNOWN.upper()})(?![\w-])"
    rf"|(?<![\w.])\d{{1,3}}(?:\.\d{{1,3}}){{3}}(?::\d+|/\w)"
    rf"|\b[a-z0-9-]{{2,63}}(?:\s+\.\s*|\.\s+|\s*。\s*){_WELL_KNOWN}(?![a-z])"
    rf"|(?i:\b[a-z0-9-]{{2,63}}\s*(?:点|[\[(（]\s*(?:dot|点)\s*[\])）]|\bdot\b)\s*{_WELL_KNOWN}(?![a-z]))"
    rf"|(?i:\b[a-z0-9-]{{2,63}}\s*点\s*c\s*o\s*m(?![a-z]))",
    re.ASCII,
)
_MAIL = re.compile(
    r"[\w.+-]{1,64}\s*@\s*[\w.-]{1,80}|@\s*[a-z]\w{2,}|\w\s*[\[(（{<]\s*(?:at|艾特)\s*[\])）}>]\s*\w|\w\s*艾特\s*\w"
    r"|\b[a-z0-9_.-]{1,64} at [a-z0-9-]{1,63}(?: dot |\.)[a-z]{2,}\b",
    re.ASCII | re.IGNORECASE,
)
# Policies name these services, too (微信支付, 扫一扫): only with an account, or asking to be added, it is a contact.
_CHINESE_SERVICE = r"(?:微信|威信|薇信|徽信|v信|扣扣|企鹅号|电报)"
_LATIN_SERVICE = r"(?:vx|wx|wechat|weixin|qq|telegram|whatsapp|skype|line\s?id)"
_LEADING_TO = r"(?:公众号|账号|帐号|号码|号|群|联系|是|为|叫|\bid\b|[:：=])"
_ACCOUNT = r"(?!(?:app|pay|id|mini|official|wechat|weixin)\b)[a-z0-9_-]"
_ACCOUNTS = re.compile(
    rf"{_CHINESE_SERVICE}\s*(?:{_LEADING_TO}\s*)*{_ACCOUNT}{{3,}}"
    rf"|{_LATIN_SERVICE}\s*(?:{_LEADING_TO}\s*)+{_ACCOUNT}{{3,}}"
    rf"|{_LATIN_SERVICE}\s*(?=[a-z_-]*\d){_ACCOUNT}{{4,}}"
    r"|(?<![增追参])加(?:我|您|你|他|本人|一?下|个|好友|客服|专员|官方)*的?\s*(?:微信|威信|薇信|v信|vx|wx|qq|扣扣|企鹅)"
    rf"(?!\s*(?:{_LEADING_TO}\s*)*{_ACCOUNT}{{3,}})"
    r"|加\s*v\s*[:：]?\s*[a-z0-9_-]{4,}|[加进入](?:我们?|下|个)?的?(?:[vq]|微信|qq|扣扣)\s?群"
    rf"(?!\s*(?:{_LEADING_TO}\s*)*{_ACCOUNT}{{3,}})",
    re.ASCII | re.IGNORECASE,
)
_TELEPHONE = re.compile(
    r"(?<!\d)(?:\+?86[\s-]?)?1[3-9](?:[\s.-]?\d){9}(?![\d元万亿吨%])"
    r"|(?<!\d)\(?0\d{2,3}\)?[\s-]?\d{7,8}(?!\d)|(?<!\d)[48]00[\s-]?\d{3,4}[\s-]?\d{3,4}(?![\d元万亿吨%])"
    r"|\+\d(?:[\s()-]?\d){6,}",
    re.ASCII,
)
# Shorter numbers are telephone numbers by what stands before them.
_CALLED = re.compile(
    r"(?:电话|热线|手机|座机|传真|致电|拨打|来电|\btel|\bphone|\bcall|\bhotline|\bfax)[^\d。;(]{0,8}"
    r"(?P<number>\(?\d(?:[\s()-]{0,2}\d){3,})",
    re.ASCII | re.IGNORECASE,
)
_STREET = re.compile(
    r"(?:路|街|大道|巷|胡同)\s*[东西南北甲乙]?\s*[\d一二三四五六七八九十百]+\s*号(?!线|文|令|公告|工程|机组|井|项目)(?:[^,。;]{0,6}\d+\s*(?:楼|室|层))?"
)
_DIGIT_WORDS = dict(zip("〇零一幺二两三四五六七八九壹贰叁肆伍陆柒捌玖", "0011223456789123456789", strict=True))
_IN_CHARACTERS = re.compile(rf"[\d{''.join(_DIGIT_WORDS)}](?:[\s·.-]?[\d{''.join(_DIGIT_WORDS)}]){{6,}}")
_ENGLISH_DIGIT = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)"
_IN_ENGLISH = re.compile(rf"\b{_ENGLISH_DIGIT}(?:[\s,-]+{_ENGLISH_DIGIT}){{6,}}\b", re.ASCII | re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s\-—–·.()[\]:]+")
_HAS_A_WORD = re.compile(rf"[{''.join(_DIGIT_WORDS)}]")
_ENDS_NO_ADDRESS = ".,;:!?)\"'"


def unprinted_contacts(text: str, printed: str) -> tuple[str, ...]:
    """The contact details of ``text`` that ``printed`` does not hold, each as it is written."""
    plain, bare = _plain(text), _bare(_plain(printed))
    return tuple(found for found in dict.fromkeys(_contacts(plain)) if not _stands(_bare(found), bare))


def _contacts(plain: str) -> Iterator[str]:
    for pattern in (_SITES, _MAIL, _ACCOUNTS, _STREET, _TELEPHONE, _IN_ENGLISH):
        yield from (found[0].rstrip(_ENDS_NO_ADDRESS) for found in pattern.finditer(plain))
    yield from (found["number"] for found in _CALLED.finditer(plain))
    yield from (found[0] for found in _IN_CHARACTERS.finditer(plain) if _HAS_A_WORD.search(found[0]))


def _stands(contact: str, printed: str) -> bool:
    """Whether it stands there whole: 0477 is not 0477-8581234, hl.gov.cn is not yjhl.gov.cn."""
    before = r"(?<![0-9a-z])" if contact[:1].isascii() else ""
    after = r"(?![0-9a-z])" if contact[-1:].isascii() else ""
    return re.search(f"{before}{re.escape(contact)}{after}", printed) is not None


def _plain(text: str) -> str:
    """Simplified, with circled and wide letters as what they stand for; "。" stays a full stop of its own."""
    return to_simplified(unicodedata.normalize("NFKC", text))


def _bare(text: str) -> str:
    """For comparing: without blanks, separators and www, digits in words as digits, in lower case."""
    digits = "".join(_DIGIT_WORDS.get(letter, letter) for letter in text).lower()
    return _SEPARATORS.sub("", digits.replace("www.", ""))
