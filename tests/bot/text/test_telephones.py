from __future__ import annotations

import pytest

from bot.text.telephones import prints_telephone


@pytest.mark.parametrize(
    ("text", "is_printed"),
    [
        ("联系电话：0477-8581234", True),
        ("电话：0747-722 3385", True),
        ("咨询热线 12345", True),
        ("张三 13800138000", True),
        ("投资强度不低于350万元/亩", False),
        ("云政办发〔2025〕22号", False),
        ("2024-2026年", False),
    ],
)
def test_telephone_numbers_are_seen(text: str, is_printed: bool) -> None:
    assert prints_telephone(text) is is_printed
