"""Sentences of the core, which are English, said in Chinese where staff are likely to meet them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from web.staff.shell import translations_of_jobs as sentences_of_jobs
from web.staff.shell import translations_of_sets as sentences_of_sets
from web.texts import Tongue

# What stands in brackets goes over to the Chinese sentence; the first that matches the whole sentence counts.
_SENTENCES: tuple[tuple[str, str], ...] = (
    # doubts about how a file is cut
    (r"heading (.+) follows nothing: numbers missing in the source\?", "标题“{0}”之前没有编号，原文是否缺号？"),
    (r"heading (.+) follows (.+): numbers missing in the source\?", "标题“{0}”接在“{1}”之后，原文是否缺号？"),
    (r"“(.+)” is no day of the calendar and was not read", "“{0}”不是历法上的日期，没有采用。"),
    (r"“(.+)” ends before it begins: neither day is used", "“{0}”终止日期早于起始日期，两者均未采用。"),
    (
        r"it ends on (.+), before it begins on (.+): neither day is used",
        "终止日期 {0} 早于起始日期 {1}，两者均未采用。",
    ),
    (r"“(.+)” is this document itself: it cannot end itself", "“{0}”就是本文件，不能废止自身，没有采用。"),
    (r"“(.+)” has this document's own name: .+", "“{0}”与本文件同名，按同名的旧文件处理，请核对。"),
    (r"the page ends it on (.+), its text on (.+); .+", "网页标明 {0} 失效，正文为 {1}，以正文为准，请核对。"),
    (
        r"(\d+) of (\d+) table rows have not (\d+) cells and stand without column heads",
        "表格{1}行中有{0}行不是{2}格，这些行没有对上列名。",
    ),
    (r"a table of (\d+) columns in which no column heads could be told", "{0}列的表格里认不出表头，各列没有列名。"),
    (
        r"empty cells in column (\d+) of a table were read as the value above them",
        "表格第{0}列的空格按上一行的内容读取，请核对。",
    ),
    (r"a table of (\d+) rows: each became a clause", "表格有{0}行，每行成为一个条款。"),
    (
        r"a long cell beside several table rows was left with the first of them",
        "跨多行的长单元格只留在第一行，没有重复到以下各行。",
    ),
    (r"a table inside a cell of another was read .+", "单元格里另有表格，已单独成表，排在外层表格之后。"),
    (r"a table inside a cell of another: .+", "单元格里另有表格，其文字并入了外层单元格。"),
    (r"a table begins this page where one ended .+", "上页末尾是表格，本页开头也是表格，但列数不同，按另一张表读取。"),
    (r"the rows of an HTML table stand in one line .+", "HTML 表格的各行写在同一行里，已按文字读取，请每行另起一行。"),
    (r"an HTML table that holds another .+", "HTML 表格里另有表格：外层按文字读取，只有内层成为表格行。"),
    (r"a cell that claims to cover more rows .+", "单元格声称跨的行数超过表格，按实际行数读取。"),
    # files that come in
    (r"No file was chosen; .+", "没有选择文件，请选择后重新上传。"),
    (r"(.+): the same file is here already, as (.+)\.", "{0}：草稿里已有同样的文件“{1}”。"),
    (r"(.+) is the only text; .+", "“{0}”是唯一的文件，请先加入别的文件再删除它。"),
    (r"There is no file '(.*)' in this draft\.", "草稿里没有文件“{0}”。"),
    (r"(.+): there is no text in it; .+", "{0}：文件里没有文字，请选择政策文件。"),
    (r"(.+): (?:the file is empty|the file holds no text|holds no text); .+", "{0}：文件是空的。"),
    (r"(.+): is larger than (.+) MB; .+", "{0}：超过 {1} MB，请拆分后上传。"),
    (
        r"(.+): not read after (.+) seconds; .+",
        "{0}：{1} 秒内没有读完，已停止，草稿没有改动。请拆分后上传，或请管理员调高 POLICYQA_MAX_READ_SECONDS。",
    ),
    (
        r"(.+): needs more than (.+) MB of memory to be read; .+",
        "{0}：读取需要的内存超过 {1} MB，已停止，草稿没有改动。请拆分后上传，或请管理员调高 POLICYQA_MAX_READ_MB。",
    ),
    (r"(.+): reading it broke off, .+", "{0}：读取中断，原因见服务的日志。请换一种格式另存后上传。"),
    (
        r"(.+): its clauses cannot be kept \((.+)\); .+",
        "{0}：切分结果存不下（{1}），请管理员清理 POLICYQA_HOME 所在的磁盘。",
    ),
    (r"The file cannot be kept \((.+)\): .+", "文件存不下（{0}），请管理员清理 POLICYQA_HOME 所在的磁盘。"),
    (r"(.+): there is no such file at .+; .+", "{0}：文件已经不在了，请刷新页面。"),
    (r"(.+): cannot be opened \((.+)\); .+", "{0}：打不开（{1}），请重新上传。"),
    (r"(.+): is an old Word, Excel or WPS file; .+", "{0}：是旧版 Word、Excel 或 WPS 文件，请打开后另存为 .docx。"),
    (r"(.+): is a Rich Text file; .+", "{0}：是 RTF 文件，请打开后另存为 .docx。"),
    (r"(.+): is a picture; .+", "{0}：是图片，请先做文字识别（OCR），再上传文字。"),
    (r"(.+): is an archive; .+", "{0}：是压缩包，请解压后上传里面的文件。"),
    (
        r"(.+): files ending in “(.*)” are not read; save it as one of (.+)\.",
        "{0}：不支持“{1}”文件，请另存为 {2} 之一。",
    ),
    (r"(.+): has more than (\d+) pages; .+", "{0}：超过 {1} 页，请拆分后上传。"),
    (r"(.+): unpacks to .+; .+", "{0}：解压后太大，请拆分后上传，或请管理员调高 POLICYQA_MAX_UNPACKED_MB。"),
    (r"(.+): is a PDF without pages; .+", "{0}：PDF 里没有页面，请取得完好的文件。"),
    (r"(.+): is packed twice over, .+", "{0}：经过两重压缩，请重新打印成 PDF。"),
    (r"(.+): its fonts do not tell .+", "{0}：字体没有注明印的是什么字，请先做文字识别（OCR）。"),
    (r"(.+): is a Word file without a body; .+", "{0}：Word 文件没有正文，请用 Word 打开后另存为 .docx。"),
    (r"(.+): is damaged or no Word document; .+", "{0}：Word 文件已损坏，请用 Word 打开后另存为 .docx。"),
    (r"(.+): holds XML entities, .+", "{0}：含有 Word 不会写入的 XML 实体，请向发文单位重新取得文件。"),
    (r"(.+): is nested too deeply or too large for a page; .+", "{0}：网页嵌套太深或太大，请把文字另存为 .txt。"),
    (r"(.+): is no HTML page; .+", "{0}：不是网页，请在浏览器里重新保存，或另存为 .txt。"),
    (
        r"(.+): begins with the mark of (.+) but byte (\d+) .+",
        "{0}：开头标明是 {1}，但第 {2} 个字节不符，请另存为 UTF-8。",
    ),
    (
        r"(.+), line (\d+): .+ This is a fault of the segmenter\.",
        "{0} 第 {1} 行：切分有误，这是程序的错误，请交给维护人员。",
    ),
    (r"The job was stopped\.", "已停止。"),
    (r"(\d+) jobs wait for their turn already; .+", "已有 {0} 项任务在排队，请过几分钟再试。"),
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
    (r"“(.*)” is no day for (.+); .+", "“{0}”不是日期，请写成 2025-06-30 的样子。"),
    (r"The last day in force lies before the first one; .+", "有效期最后一日早于施行日期，请改正其一。"),
    (r"Under (.+) stand at most (.+) numbers or titles, .+", "最多填写 {1} 个文号或标题，用分号隔开。"),
    (r"The level is one of (.+), or left out\.", "级别只能是{0}之一，或留空。"),
    (r"The page offset is a whole number: .+", "页码差应是整数：印刷页码减去它之前的分页数。"),
    (r"The (?:title|region) is longer than (\d+) characters .+", "标题或地区超过 {0} 字，或含有无法显示的字符。"),
    # drafts and versions
    (
        r"“(.+)” was changed by somebody else since this page was opened; .+",
        "“{0}”在本页打开之后被别人改动过，请重新打开草稿再操作。",
    ),
    (r"There are (\d+) drafts already; .+", "已有 {0} 份草稿，请先丢弃一份。"),
    (r"(?:A draft|The version) cannot be written under .+ \((.+)\): .+", "写不进磁盘（{0}），请先腾出空间。"),
    (r"There is no draft '.*'; .+", "没有这份草稿：可能已发布或已丢弃。"),
    (r"There is nothing to ask; .+", "没有可问的问题，请至少选一个题集。"),
    (r"Version '(.+)' cannot be deleted: it serves\. .+", "版本 {0} 正在使用，不能删除，请先换回另一版。"),
    (r"Version (.+) cannot be deleted altogether \((.+)\); .+", "版本 {0} 没有删干净（{1}），请再删除一次。"),
    (r"There is no version '(.+)'; .+", "没有版本 {0}：可能已被删除。"),
    (r"Another version is being published just now; .+", "正在发布另一个版本，请等它完成。"),
    # records and the log of changes
    (r".*?(records\.\w+) cannot be used \(.*(?:disk is full|disk I/O).*\): .+", "磁盘已满，{0} 写不进去。"),
    (r".*?(records\.\w+) cannot be used \(.*locked.*\): .+", "{0} 正被别的程序占用。"),
    (
        r".*?(records\.\w+) cannot be used \(.*(?:malformed|not a database).*\): .+",
        "{0} 已损坏：请把它移走，系统会新建一个。",
    ),
    (r".*?(records\.\w+) cannot be (?:used|opened|read or made) \((.+)\)(?:: .+|\.)", "{0} 无法读写（{1}）。"),
    (r"([\d,]+) wait to be written already\.", "已有 {0} 条在等待写入。"),
    (r".+ cannot be written \((.+)\); nothing was changed\.", "操作日志写不进去（{0}），没有做任何改动。"),
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


_ALL = tuple(
    (re.compile(pattern, re.DOTALL), said)
    for pattern, said in (*_SENTENCES, *sentences_of_sets.SENTENCES, *sentences_of_jobs.SENTENCES)
)
_LATIN, _HAN = re.compile(r"[A-Za-z]"), re.compile(r"[\u3400-\u9fff]")
UNTOLD = "未能完成。程序的说明（英文）：{sentence}"


def in_tongue(sentence: str, tongue: Tongue) -> str:
    """The sentence in the reader's language; one that is not known stays as it is."""
    return (_in_chinese(sentence) if tongue == "zh" else None) or sentence


def told(sentence: str, tongue: Tongue, roots: Sequence[tuple[Path, str]]) -> str:
    """A fault as a page shows it: without the folders of the server, and never begun in another language.

    ``roots`` are those folders with what each is called.
    """
    plain = without_folders(sentence, roots)
    known = in_tongue(plain, tongue)
    if tongue == "zh" and known == plain and len(_LATIN.findall(plain)) > len(_HAN.findall(plain)):
        return UNTOLD.format(sentence=plain)
    return known


def without_folders(sentence: str, roots: Sequence[tuple[Path, str]]) -> str:
    """What lies in one of the folders by its name below it; a folder itself by what it is called."""
    names = {str(path): called for folder, called in roots for path in (folder, folder.resolve())}
    for name in sorted((name for name in names if len(name) > 1), key=len, reverse=True):
        beginning = rf"(?<![\w./-]){re.escape(name)}"
        sentence = re.sub(rf"{beginning}/(?=[^\s/])", "", sentence)
        sentence = re.sub(rf"{beginning}(?![\w-])", names[name], sentence)
    return sentence


def _in_chinese(sentence: str) -> str | None:
    for pattern, said in _ALL:
        if found := pattern.fullmatch(sentence):
            inner = {name: _in_chinese(words) or words for name, words in found.groupdict().items()}
            return said.format(*(group or "" for group in found.groups()), whole=sentence, **inner)
    return None
