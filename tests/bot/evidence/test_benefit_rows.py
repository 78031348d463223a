"""The row of an enumeration that a question asks for, by class or by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from bot.compose.draft import Draft
from bot.understand.reading import Reading
from ingest.types import Clause

ClauseWith = Callable[[str], Clause]
AnswerFrom = Callable[[Sequence[str], Sequence[Clause]], tuple[Reading, Draft]]

PATENTS = "对新获得授权的国际、国内发明专利，分别给予1万元/件、3000元/件一次性奖励"
PRIZES = "设立“暖城”贡献金奖、银奖、铜奖，对获奖人才分别给予30万元、20万元、10万元一次性奖励"
HERITAGE = "新认定为国家级、自治区级、市级、旗级非遗传承人的分别给予10万元、5万元、3万元、2万元一次性奖励"
ENCLAVES = "管理期满考核优秀的，分别按孵化类200万元、研发类100万元再给予一次性奖励"
TRAINING = "对全职引进A、B、C、D类人才的企事业单位，分别给予200万元、150万元、100万元、50万元人才培养资助"
BASES = "对新获批的国际科技合作基地和国家引才引智示范基地，分别一次性给予100万元和30万元奖补"
CENTRES = "对新认定的国家、自治区级企业技术（研发）中心分别一次性给予300万元和30万元奖补"


@pytest.mark.parametrize(
    ("turns", "words", "lead"),
    [
        (("国内发明专利旗里奖多少？",), PATENTS, "国内：3000元/件一次性奖励。"),
        (("国际发明专利授权了伊旗奖多少？", "国内发明专利呢"), PATENTS, "国内：3000元/件一次性奖励。"),
        (("暖城贡献银奖奖金多少？",), PRIZES, "银奖：20万元一次性奖励。"),
        (("鄂爾多斯「暖城」貢獻銀獎獎金多少？",), PRIZES, "银奖：20万元一次性奖励。"),
        (("市级非遗传承人旗里奖多少？",), HERITAGE, "市级：3万元一次性奖励。"),
    ],
)
def test_the_row_named_leads_and_the_whole_sentence_follows(
    turns: tuple[str, ...], words: str, lead: str, answer_from: AnswerFrom, clause_with: ClauseWith
) -> None:
    _, draft = answer_from(turns, [clause_with(words)])
    assert draft.sentences[0].text.partition("〕")[2] == lead
    assert words in draft.sentences[1].text


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("国际和国内发明专利旗里奖多少？", PATENTS),  # all are named
        ("发明专利旗里奖多少？", PATENTS),  # none is
        ("金奖、银奖、铜奖各奖多少？", PRIZES),
        ("国际科技合作基地奖多少？引才引智示范基地呢？", BASES),  # the second without the level in front
        ("国家给技术中心多少奖补？", CENTRES),  # 国家 as the giver
        ("引进A类人才，单位有安家补贴吗，多少？", TRAINING),  # 人才培养资助 is no 安家补贴
        ("研发类人才飞地考核优秀再给多少？", ENCLAVES),  # alone it would pass for the first award
    ],
)
def test_no_row_is_taken_out_where_it_would_mislead(
    question: str, words: str, answer_from: AnswerFrom, clause_with: ClauseWith
) -> None:
    _, draft = answer_from([question], [clause_with(words)])
    assert any(words in sentence.text for sentence in draft.sentences)
    assert not any("：" in sentence.text.partition("〕")[2].split("，")[0] for sentence in draft.sentences)
