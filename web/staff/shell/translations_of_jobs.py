"""Chinese for what a job may end with: texts that cannot be read or cut, an index, a publication, a model."""

from __future__ import annotations

_INDEX = "索引已损坏或与政策库不符，请联系管理员运行 python -m index build。"

SENTENCES: tuple[tuple[str, str], ...] = (
    # jobs
    (r"The job was stopped\.", "任务已停止。"),
    (r"The job failed; the log of the service says where\.", "任务失败，服务器的日志里有原因，请联系管理员。"),
    (r"Such a job is running already, started by (.+); .+", "同类任务正在进行（{0} 开始的），请等它完成或先停止它。"),
    (r"The policy documents are still being loaded; .+", "政策文件还在载入，请过几秒再试。"),
    # publication
    (r"Another version was published since this draft was begun, .+", "这份草稿开始之后已发布了另一个版本，发布它会撤销那一版。请新建草稿，或确认要撤销。"),
    (r"Another version is being published just now; .+", "正在发布另一个版本，请等它完成。"),
    (r"There is no version '(.*)'; .+", "没有版本“{0}”，页面上列出了留存的版本。"),
    (r"The bot that serves has no index of its own; .+", "当前的问答引擎没有自己的索引，不能在这里改政策库。"),
    (r"(?:The version|A draft) cannot be written under .+ \((.+)\): .+", "服务器写不进文件（{0}），请联系管理员腾出空间。"),
    (r".+ cannot be written \((.+)\): free space there\.", "服务器写不进文件（{0}），请联系管理员腾出空间。"),
    (r"The published corpus (.+) is gone\. .+", "已发布的政策库 {0} 不见了，请联系管理员恢复。"),
    (r"The corpus cannot be changed here: .+", "POLICYQA_HOME 在 POLICYQA_CORPUS 之内，不能在这里改政策库，请联系管理员改设置。"),
    (r"(.+) cannot be read\. Put back an earlier copy of it, .+", "{0} 读不出，请联系管理员恢复。"),
    # the index
    (r"Another process is building the index .+", "另一个程序正在建索引，请等它完成。"),
    (r"(?:The index cannot be written to|Cannot write to) .+ \((.+)\): .+", "索引写不进服务器（{0}），请联系管理员腾出空间。"),
    (r"There is no clause in .+\. Put a policy text there\.", "政策库里一条条款也没有，请先加入政策文件。"),
    (r"There is no index in .+", "还没有索引，请联系管理员运行 python -m index build。"),
    (r"(?:The index in .+|.+ of the index in .+|.+ names no index folder\..+)", _INDEX),
    (r".+ (?:is missing or damaged|cannot be read)\. .+ --force", _INDEX),
    # texts
    (r"There is no corpus folder .+", "政策文件夹不见了，请联系管理员。"),
    (r"There is no policy text in .+\. Put at least one of (.+) there\.", "里面没有政策文件，请至少加入一份（{0}）。"),
    (r"The files in .+ hold no text to quote\. .+", "文件里没有可引用的文字，请检查是不是政策文件。"),
    (r"There is no file (.+)\. Check the path\.", "没有文件 {0}。"),
    (r"(.+) names (.+), which is not in .+", "{0} 里写了 {1}，但没有这个文件。"),
    (r"(.+) is not UTF-8 text\. Save it as UTF-8\.", "{0} 不是 UTF-8，请另存为 UTF-8。"),
    (r"(.+) is not valid TOML: (.+)\. Mend that line\.", "{0} 不是有效的 TOML（{1}），请改正那一行。"),
    (r"(.+): (.+): (.+)\. See corpus/README\.md for what it may hold\.", "{0}：“{1}”填得不对（{2}）。"),
    (r"(.+): there is no such file at .+", "没有文件“{0}”，请检查 corpus.toml 里的名称。"),
    (r"(.+): cannot be opened \((.+)\); .+", "{0}：打不开（{1}）。"),
    (r"(.+): files ending in “(.+)” are not read; save it as one of (.+)\.", "{0}：不读取以“{1}”结尾的文件，请另存为 {2} 之一。"),
    (r"(.+): not read after (.+) seconds; .+", "{0}：{1} 秒内没有读完，请拆分后上传。"),
    (r"(.+): is a Word file without a body; .+", "{0}：Word 文件没有正文，请用 Word 打开后另存为 .docx。"),
    (r"(.+): is damaged or no Word document; .+", "{0}：Word 文件已损坏，请用 Word 打开后另存为 .docx。"),
    (r"(.+): unpacks to .+", "{0}：解压后太大，请拆分后上传。"),
    (r"(.+): holds XML entities, .+", "{0}：含有 Word 从不写的 XML 实体，请向发文单位重新取得。"),
    (r"(.+): begins with the mark of (.+) but byte (\d+) .+", "{0}：以 {1} 的标记开头，但第 {2} 个字节不是，请另存为 UTF-8。"),
    (r"(.+): is nested too deeply or too large for a page; .+", "{0}：网页太大或层次太深，请把文字另存为 .txt。"),
    (r"(.+): is no HTML page; .+", "{0}：不是网页，请从浏览器重新保存，或另存为 .txt。"),
    (r"(.+): is a PDF without pages; .+", "{0}：PDF 没有页，请重新取得文件。"),
    (r"(.+): its fonts do not tell which characters they print; .+", "{0}：PDF 的字体没有文字信息，请先做文字识别。"),
    (r"(.+): is packed twice over, .+", "{0}：PDF 重复压缩，请重新打印成 PDF。"),
    (r"(.+): has more than (\d+) pages; split it\.", "{0}：超过 {1} 页，请拆分。"),
    # the glossary
    (r"(.+) has a table \[(.+)\]; it may hold only (.+)\.", "{0} 里有不认识的表 [{1}]，只能是 {2}。"),
    (r"(.+): \[(.+)\] must be a table of rows .+", "{0}：[{1}] 应是一行一行的表。"),
    (r"(.+): \[(.+)\] (.+) must stand before a list of words, .+", "{0}：[{1}] 的 {2} 后面应是词的列表。"),
    (r"(.+): \[(.+)\] (.+) must stand before a list of words; .+", "{0}：[{1}] 的 {2} 后面应是词的列表，空列表只用来停用随产品提供的词。"),
    (r"(.+) cannot be read as TOML \((.+)\); .+", "{0} 不是有效的 TOML（{1}），请改正那一行。"),
    (r"“(.+)”: there is no table \[(.*)\]; it may be one of (.+)\.", "“{0}”：没有分类“{1}”，只能是 {2}。"),
    (r"“(.+)” makes the glossary unreadable; .+", "“{0}”会让词汇表读不出，请换一种写法。"),
    # models
    (r"(?:The chat model|The embedding model|The offline model|There is no model folder) .+", "模型不能用，请联系管理员（{whole}）"),
    # accounts and the log
    (r".+ cannot be written \((.+)\); nothing was changed\.", "操作日志写不进（{0}），没有做任何改动，请联系管理员。"),
    (r".+ cannot be (?:read or made|read|written) \((.+)\)(?::.+)?\.?", "服务器的文件不能用（{0}），请联系管理员。"),
    (r".+ cannot be (?:opened|used) \((.+)\): .+", "提问记录不能用（{0}），请联系管理员。"),
    (r".+ has format (.+), not (.+): move it away, .+", "提问记录是别的版本写的（{0}），请联系管理员。"),
)  # fmt: skip
"""In brackets what goes over to the Chinese sentence; ``whole`` is the English sentence."""
