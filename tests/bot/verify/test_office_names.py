"""Each office that a sentence names must be printed, whole, in what it cites."""

from __future__ import annotations

import pytest

from bot.verify.office_names import names_office, unprinted_offices

PRINTED = "（责任单位：自治区商务厅、财政厅、发展和改革委员会、旗人力资源和社会保障局、政务服务中心）"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("由商务局受理", True),
        ("找税务局", True),
        ("满洲里海关", True),
        ("中国人民银行鄂尔多斯市分行", True),
        ("各部门各负其责", False),
        ("全部免征", False),
        ("总部企业布局", False),
        ("当局部调整", False),
        ("办理手续", False),
        ("以企业为中心", False),
        ("餐厅", False),
        ("两部制（大工业）用电", False),
    ],
)
def test_what_is_an_office(text: str, named: bool) -> None:
    assert names_office(text) is named


@pytest.mark.parametrize(
    "text",
    [
        "请联系财政厅",
        "由自治区商务厅牵头",
        "向旗人力资源和社会保障局申请",
        "由发展和改革委员会、政务服务中心负责",
        "由财政 厅办理",  # as lines are broken
        "由旗人社局、政务服务中心负责",  # shortened
        "根据财政厅的通知",
        "no office at all",
        "The office in charge is the Department of Commerce (“自治区商务厅”)",
    ],
)
def test_printed_offices(text: str) -> None:
    assert unprinted_offices(text, PRINTED) == ()


@pytest.mark.parametrize(
    ("text", "office"),
    [
        ("请联系旗财政厅", "旗财政厅"),  # another level
        ("请联系教育局", "教育局"),
        ("由人力资源和社会保障部负责", "社会保障部"),
        ("由市人社局负责", "人社局"),
        ("由旗人社厅负责", "人社厅"),
        ("由服务中心受理，由招商局办", "招商局"),
        ("Ask the Bureau of Education", "Bureau"),
    ],
)
def test_offices_that_nobody_printed(text: str, office: str) -> None:
    missing = unprinted_offices(text, PRINTED)
    assert any(words.endswith(office) for words in missing), missing
