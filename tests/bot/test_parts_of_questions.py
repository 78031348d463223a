"""Questions of several parts, from the question to the answer, over the real index."""

from __future__ import annotations

from datetime import date

import pytest

from bot.output.json_form import answer_json
from bot.output.terminal import answer_text
from bot.pipeline import PolicyBot
from bot.step_log import StepLog
from bot.types import Answered, Declined, PartStatus, Question

DAY = date(2026, 11, 22)


def _answered(bot: PolicyBot, *turns: str) -> Answered:
    answer = bot.ask(Question(turns, DAY))
    assert isinstance(answer, Answered)
    return answer


def _said(answer: Answered, part: int) -> str:
    return "".join(answer.sentences[place].text for place in answer.parts[part].sentences)


def test_two_things_asked_get_an_answer_each(bot: PolicyBot) -> None:
    answer = _answered(bot, "工商业用水多少钱一吨？再次获批的高企旗里奖多少？")
    assert [part.status for part in answer.parts] == [PartStatus.ANSWERED] * 2
    assert "10.4元/吨" in _said(answer, 0)
    assert "20万元" in _said(answer, 1)


def test_a_part_of_another_subject_is_named_and_the_rest_answered(bot: PolicyBot) -> None:
    answer = _answered(bot, "今天天气怎么样？工商业用水多少钱一吨？")
    assert [part.status for part in answer.parts] == [PartStatus.NOT_FOUND, PartStatus.ANSWERED]
    assert answer.sentences[0].text == "未找到：今天天气怎么样。"
    assert "10.4元/吨" in _said(answer, 1)


def test_who_handles_it_is_the_office_of_the_clause_before(bot: PolicyBot) -> None:
    answer = _answered(bot, "2024年要给沿黄盟市解决多少工业用水指标？哪个单位负责？")
    assert "水利厅" in _said(answer, 1)


def test_when_no_part_is_found_the_question_is_declined(bot: PolicyBot) -> None:
    answer = bot.ask(Question(("今天天气怎么样？给我讲个笑话吧，行吗？",), DAY))
    assert isinstance(answer, Declined)
    assert [part.status for part in answer.parts] == [PartStatus.NOT_FOUND] * 2
    assert answer_json(answer)["parts"] != []


def test_forty_parts_are_bounded_and_the_rest_is_named(bot: PolicyBot) -> None:
    asked = "".join(f"第{number}号楼的工业用电多少钱一度？" for number in range(1, 41))
    log = StepLog()
    answer = bot.ask(Question((asked,), DAY), log)
    assert isinstance(answer, Answered)
    assert len(answer.parts) == 40
    assert "第40号楼" in answer.sentences[-1].text
    assert log.plan is not None
    assert len(log.plan.left_out) == 34


def test_an_english_question_of_two_parts_is_answered_in_english(bot: PolicyBot) -> None:
    answer = _answered(bot, "How much is water for industry? What about today's weather, what is it like?")
    assert any(sentence.text.startswith("Not found") for sentence in answer.sentences)


def test_a_stream_gives_the_sentences_of_the_answer(bot: PolicyBot) -> None:
    *sentences, answer = bot.stream(Question(("工商业用水多少钱一吨？今天天气怎么样？",), DAY))
    assert isinstance(answer, Answered)
    assert tuple(sentences) == answer.sentences


def test_clauses_of_every_part_are_among_the_first_found(bot: PolicyBot) -> None:
    hits = bot.retrieve(Question(("工商业用水多少钱一吨？再次获批的高企旗里奖多少？",), DAY), 5)
    texts = "".join(hit.clause.text for hit in hits)
    assert "工商业用水" in texts
    assert "再次获批" in texts


def test_the_terminal_names_the_parts(bot: PolicyBot) -> None:
    lines = answer_text(_answered(bot, "工商业用水多少钱一吨？今天天气怎么样？")).splitlines()
    assert lines[0] == "【工商业用水多少钱一吨？】"
    assert "【今天天气怎么样？】" in lines


@pytest.mark.parametrize("last", ["电价多少", "水价多少", "换个话题，水价"])
def test_a_heading_of_the_corpus_opens_a_topic_however_short(bot: PolicyBot, last: str) -> None:
    answer = _answered(bot, "我是博士，旗里安家费多少", last)
    assert "价" in answer.standalone
    assert not {"博士", "安家"} & {answer.standalone[n : n + 2] for n in range(len(answer.standalone))}
    assert "价" in answer.sentences[0].text
    assert "博士" not in answer.body


def test_a_list_of_forty_is_bounded_and_the_rest_is_named(bot: PolicyBot) -> None:
    goods = [f"第{number}区工业用电" for number in range(1, 41)]
    answer = _answered(bot, f"{'、'.join(goods)}分别多少钱一度")
    assert len(answer.parts) == 40
    assert answer.sentences[-1].text.startswith("一次最多回答六个问题，请另问：第7区工业用电；")
    assert answer.sentences[-1].text.endswith("第40区工业用电。")


def test_a_grant_asked_behind_a_list_of_prices_is_answered_too(bot: PolicyBot) -> None:
    answer = _answered(bot, "水价、电价、气价三个价格多少，市里高企奖多少")
    assert answer.parts[-1].question == "市里高企奖多少"
    assert "高新技术企业" in _said(answer, len(answer.parts) - 1)
    assert answer.notices == ()


FOUND, MISSING, PARTLY = PartStatus.ANSWERED, PartStatus.NOT_FOUND, PartStatus.PARTLY


@pytest.mark.parametrize(
    ("asked", "statuses", "said"),
    [
        # a thing that is listed and not printed is named, and takes no sentence about another one
        (
            "科创板、创业板、北交所上市的科技型企业和区股权交易市场挂牌的各奖多少？",
            [FOUND, MISSING, MISSING, FOUND],
            ["500万元", "20万元", "未找到：创业板。"],
        ),
        (
            "旗里引进退休工程师、退休医师、退休会计，企业分别有多少补贴",
            [FOUND, FOUND, MISSING],
            ["15万元", "20万元", "未找到：退休会计。"],
        ),
        ("发明专利、实用新型、外观设计授权后旗里奖多少", [FOUND, MISSING, MISSING], ["1万元/件"]),
        (
            "国家级、市级优秀教师和优秀医师各奖多少，优秀公务员呢",
            [FOUND, FOUND, MISSING],
            ["在职教师", "优秀医师", "未找到：优秀公务员呢。"],
        ),
        # what is asked beside an amount is said to be missing behind the amount
        (
            "旗里聘退休教师补贴多少，最多能领几年，找谁问，电话多少",
            [PARTLY, FOUND, MISSING],
            ["最高20万元", "所引条款没有写明期限。", "旗人力资源和社会保障局", "未找到：电话多少。"],
        ),
        (
            "空港园区工业用地多少钱一亩，容积率要求多少，税收强度要求多少",
            [FOUND, MISSING, MISSING],
            ["8.27万元/亩", "所引条款没有提到税收强度。"],
        ),
        # another recipient, another time, another way of coming is another thing
        (
            "柔性引进B类人才，用人单位补贴多少，个人拿多少安家补贴",
            [FOUND, MISSING],
            ["30%", "未找到：个人拿多少安家补贴。"],
        ),
        (
            "再次获批的高企旗里给多少？首次的呢？",
            [FOUND, MISSING],
            ["20万元", "未找到：首次获批的高企旗里给多少。", "最接近的条款：〔自治区〕对首次获批"],
        ),
        (
            "旗里全职引进AB类人才安家补贴各是多少，柔性的AB类呢",
            [FOUND, MISSING],
            ["不低于300万元", "未找到：旗里柔性引进"],
        ),
        ("引进一个C类人才，公司能拿多少，猎头能拿多少", [FOUND, FOUND], ["C类100万元", "C类30万元"]),
        ("新获评优秀护士旗里奖个人多少？护士长呢？", [FOUND, MISSING], ["所引条款没有提到护士长。"]),
        # one fact that is not printed takes none of the others with it
        ("限价房多大面积，几年后能卖，一平米多少钱", [FOUND, FOUND, FOUND], ["100㎡", "满5年可买卖"]),
        ("旗里名优教师安家补贴多少，有没有住房", [FOUND, FOUND], ["相应平方米的住房"]),
    ],
)
def test_each_part_is_answered_by_what_speaks_of_it(
    bot: PolicyBot, asked: str, statuses: list[PartStatus], said: list[str]
) -> None:
    answer = _answered(bot, asked)
    assert [part.status for part in answer.parts] == statuses
    assert [words for words in said if words not in answer.body] == []


def test_talk_inside_a_question_is_answered_as_a_part_of_it(bot: PolicyBot) -> None:
    answer = _answered(bot, "你是谁？你们收录了多少份文件？数据截止到什么时候？另外空港物流园区的地价多少")
    assert [part.status for part in answer.parts] == [FOUND] * 4
    assert bot.corpus.title in _said(answer, 0)
    assert "共23份" in _said(answer, 1)
    assert DAY.isoformat() in _said(answer, 2)
    assert "8.27万元/亩" in _said(answer, 3)


def test_what_a_sentence_further_on_says_is_not_said_to_be_missing(bot: PolicyBot) -> None:
    answer = _answered(bot, "国家级、自治区级、市级、旗级非遗传承人和文化示范户各奖多少")
    assert "5000元" in answer.body
    assert "没有提到" not in answer.body


def test_classes_in_one_run_are_each_answered(bot: PolicyBot) -> None:
    body = _answered(bot, "市里ABCD类人才安家补贴各多少").body
    assert all(words in body for words in ("A类不低于300万元", "B类300万元", "C类250万元", "D类200万元"))
    assert "〔旗〕" not in body


def test_two_amounts_of_one_rank_are_not_told_without_who_gets_them(bot: PolicyBot) -> None:
    body = _answered(bot, "自治区级医学重点领先学科，学科带头人个人奖多少，医院奖多少").body
    assert "学科带头人5万元" in body
    assert "自治区级：5万元" not in body


def test_a_clause_that_was_quoted_is_not_offered_as_nearest_once_more(bot: PolicyBot) -> None:
    body = _answered(bot, "跨境电商入驻平台补多少？要交什么材料？").body
    assert body.count("每入驻一个平台给予一次性运营补助2万元") == 1
    assert "未找到：要交什么材料。" in body
