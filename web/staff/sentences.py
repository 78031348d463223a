"""Sentences of the core, which are English, said in Chinese where staff are likely to meet them."""

from __future__ import annotations

import re

from web.texts import Tongue

# What stands in brackets goes over to the Chinese sentence; the first that matches the whole sentence counts.
_SENTENCES: tuple[tuple[str, str], ...] = (
    # doubts about how a file is cut
    (r"heading (.+) follows nothing: numbers missing in the source\?", "标题“{0}”之前没有编号，原文是否缺号？"),
    (r"heading (.+) follows (.+): numbers missing in the source\?", "标题“{0}”接在“{1}”之后，原文是否缺号？"),
    # files that come in
    (r"No file was chosen; .+", "没有选择文件，请选择后重新上传。"),
    (r"(.+): the same file is here already, as (.+)\.", "{0}：草稿里已有同样的文件“{1}”。"),
    (r"(.+) is the only text; .+", "“{0}”是唯一的文件，请先加入别的文件再删除它。"),
    (r"There is no file '(.*)' in this draft\.", "草稿里没有文件“{0}”。"),
    (r"(.+): there is no text in it; .+", "{0}：文件里没有文字，请选择政策文件。"),
    (r"(.+): (?:the file is empty|the file holds no text|holds no text); .+", "{0}：文件是空的。"),
    (r"(.+): is larger than (.+) MB; .+", "{0}：超过 {1} MB，请拆分后上传。"),
    (r"(.+): is no text \(.+\); .+", "{0}：不是文本文件，请另存为 UTF-8 文本、DOCX、PDF 或 HTML。"),
    (r"(.+): is no text in UTF-8, .+", "{0}：认不出文字编码，请另存为 UTF-8。"),
    (r"(.+): is UTF-8 but byte (\d+) is damaged; .+", "{0}：第 {1} 个字节已损坏，请重新取得文件或另存为 UTF-8。"),
    (r"(.+): is locked with a password; .+", "{0}：有密码保护，请去掉密码后上传。"),
    (r"(.+): is damaged or no PDF; .+", "{0}：PDF 已损坏，请打开后重新打印成 PDF。"),
    (r"(.+): has no text layer .+", "{0}：没有文字层（像是扫描件），请先做文字识别。"),
    (
        r"(.+): is an archive but no Word document; .+",
        "{0}：是压缩包而不是 Word 文件，请解压，或另存为 .docx、.pdf、.txt。",
    ),
    (r"The level is one of (.+), or left out\.", "级别只能是{0}之一，或留空。"),
    (r"The page offset is a whole number: .+", "页码差应是整数：印刷页码减去它之前的分页数。"),
    (r"The (?:title|region) is longer than (\d+) characters .+", "标题或地区超过 {0} 字，或含有无法显示的字符。"),
    # drafts and versions
    (r"There are (\d+) drafts already; .+", "已有 {0} 份草稿，请先丢弃一份。"),
    (r"There is no draft '.*'; .+", "没有这份草稿：可能已发布或已丢弃。"),
    (r"There is nothing to ask; .+", "没有可问的问题，请至少选一个题集。"),
    # the glossary
    (r"“(.+)” is in \[.+\] already, as “(.+)”: .+", "“{0}”已在词汇表里（“{1}”），请修改那一行。"),
    (r"“(.*)”: both sides need a word; .+", "“{0}”：两边都要有词，不能只有标点。"),
    (r"“(.*)”: name at least one word .+", "“{0}”：请至少写一个政策用词。"),
    (r"“(.*)”: (\d+) words widen a search too far; name at most (\d+)\.", "“{0}”：{1} 个词太多，最多 {2} 个。"),
    (r"“(.+)” has (\d+) characters; at most (\d+)\.", "“{0}”有 {1} 字，最多 {2} 字。"),
    (r"“(.+)” stands for itself; .+", "“{0}”两边相同，请写另一个政策用词。"),
    (r"“(.+)” is not in \[.+\] any more; .+", "“{0}”已不在词汇表里，请刷新页面。"),
    (r"“(.+)” holds a sign that cannot be shown; .+", "“{0}”含有无法显示的字符，请重新输入。"),
    # question sets
    (
        r'"(.*)" cannot name a question set: give 1 to (\d+) .+',
        "“{0}”不能作题集名称：用 1 到 {1} 个文字、数字、“-”或“_”。",
    ),
    (r'The question set "(.+)" comes with the service .+', "“{0}”是随系统提供的题集，不能改动，请换一个名称。"),
    (r'There is no question set "(.*)"; .+', "没有题集“{0}”。"),
    (r'The id "(.+)" stands in the set "(.+)" already\.', "题号“{0}”已在题集“{1}”里。"),
    (r"The file is larger than (\d+) MB; split it\.", "文件超过 {0} MB，请拆分。"),
    (r"The file is empty\.", "文件是空的。"),
    (
        r"The file is no text and no XLSX workbook; .+",
        "不是文本也不是 XLSX 工作簿，请另存为 JSONL、CSV（UTF-8）或 XLSX。",
    ),
)


def in_tongue(sentence: str, tongue: Tongue) -> str:
    """The sentence in the reader's language; one that is not known stays as it is."""
    if tongue == "zh":
        for pattern, said in _SENTENCES:
            if found := re.fullmatch(pattern, sentence, re.DOTALL):
                return said.format(*found.groups())
    return sentence
