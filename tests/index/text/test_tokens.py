"""How texts fall into words and pairs."""

import logging

import pytest

from index.text.tokens import WordSplitter

SPLITTER = WordSplitter(["高企", "病残津贴", "预提所得税"])


@pytest.mark.parametrize(
    ("text", "present", "absent"),
    [
        ("高企奖补", {"高企"}, {"高"}),  # jieba does not know 高企
        ("病残津贴的标准", {"病残津贴", "标准"}, {"的"}),
        ("给予 200 万元", {"200", "200万元"}, {"2"}),
        ("2,000 万元", {"2000", "2000万元"}, set()),
        ("减按15%的税率", {"15", "15%", "税率"}, set()),
        ("0.504元/度", {"0.504", "0.504元"}, {"0"}),
        ("1-10KV", {"1", "10", "10kv"}, set()),
        ("申请 AEO 认证", {"aeo", "认证"}, {"AEO"}),
        ("預提所得稅", {"预提所得税"}, set()),  # Traditional
        ("What is the withholding tax", {"withholding", "tax"}, {"the", "is"}),
        ("人力资源服务机构", {"人力资源", "人力", "资源"}, set()),  # long words also by their parts
        ("最高不超过每月", {"最高", "每月"}, set()),
        ("", set(), {""}),
        ("😀🎉", set(), {"😀"}),
    ],
)
def test_words(text: str, present: set[str], absent: set[str]) -> None:
    words = set(SPLITTER.words(text))
    assert present <= words
    assert not absent & words


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("安家补贴", ["安家", "家补", "补贴"]),
        ("安家 补\n贴", ["安家", "家补", "补贴"]),  # stray spaces
        ("旗", ["旗"]),
        ("9610出口", ["9610", "出口"]),
        ("税，率", ["税", "率"]),  # nothing across a comma
        ("", []),
    ],
)
def test_bigrams(text: str, pairs: list[str]) -> None:
    assert SPLITTER.bigrams(text) == pairs


def test_the_dictionary_is_private() -> None:
    import jieba

    assert "高企" in set(SPLITTER.words("高企"))
    assert jieba.dt.FREQ.get("高企") is None


def test_reading_the_dictionary_says_and_writes_nothing(
    capfd: pytest.CaptureFixture[str], tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    WordSplitter().words("劳动能力鉴定")
    assert capfd.readouterr() == ("", "")
    assert list(tmp_path.iterdir()) == []
    assert logging.getLogger("jieba").level == logging.CRITICAL
