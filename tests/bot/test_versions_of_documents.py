"""Questions about two versions of a document: which one answers, and what is said of time."""

from __future__ import annotations

from datetime import date

import pytest

from bot.pipeline import PolicyBot
from bot.types import Answered, Question
from index.store.store import build_index, open_index
from ingest.corpus.load import load_corpus

AS_OF = date(2026, 11, 22)
TEXTS = {
    "old.txt": (
        "清江市制造业企业扶持政策\n清政规〔2023〕5号\n第一条 对首次认定的高新技术企业，给予一次性奖励31万元。\n"
        "第二条 对技术改造项目，按设备投入的12%给予补助。\n第三条 本政策自2023年7月1日起施行，有效期至2025年6月30日。\n"
    ),
    "new.txt": (
        "清江市制造业企业扶持政策（2025年修订）\n清政规〔2025〕3号\n第一条 对首次认定的高新技术企业，给予一次性奖励26万元。\n"
        "第二条 对技术改造项目，按设备投入的8%给予补助。\n第三条 本政策自2025年7月1日起施行，有效期三年。\n"
    ),
    "alone.txt": (
        "清江市外贸企业扶持措施\n一、对参加境外展会的企业，给予展位费50%的补贴。\n"
        "二、本措施自2022年1月1日起施行，有效期至2024年12月31日。\n"
    ),
    "trial.txt": (
        "清江市人才引进扶持办法（试行）\n第一条 对全职引进的博士，给予每月3001元生活补贴。\n"
        "第二条 本办法自发布之日起施行，试行期两年。\n清江市人民政府\n2025年3月20日\n"
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def versions_bot(compendium_bot: PolicyBot, tmp_path_factory: pytest.TempPathFactory) -> PolicyBot:
    """A bot over four texts: a score of sentences, embedded by the model that is open already."""
    folder, home = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("home")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    corpus, encoder = load_corpus(folder), compendium_bot.clause_index.encoder
    build_index(corpus, encoder, home)
    return PolicyBot.over(open_index(corpus, encoder, home), compendium_bot.settings, compendium_bot.finder.topics)


def ask(bot: PolicyBot, question: str) -> Answered:
    answer = bot.ask(Question((question,), AS_OF))
    assert isinstance(answer, Answered)
    return answer


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("首次认定的高新技术企业奖励多少？", "26万元", "31万元"),
        ("2024年首次认定的高新技术企业奖励多少？", "31万元", "26万元"),
        ("2025年3月首次认定的高新技术企业奖励多少？", "31万元", "26万元"),
        ("2027年首次认定的高新技术企业奖励多少？", "26万元", "31万元"),
        ("2023年版里首次认定的高新技术企业奖励多少？", "31万元", "26万元"),
        ("老政策里首次认定的高新技术企业奖励多少？", "31万元", "26万元"),
    ],
)
def test_the_version_in_force_at_the_time_asked_about_answers(
    versions_bot: PolicyBot, question: str, said: str, unsaid: str
) -> None:
    body = ask(versions_bot, question).body
    assert said in body
    assert unsaid not in body


def test_of_a_year_that_both_share_both_are_given(versions_bot: PolicyBot) -> None:
    answer = ask(versions_bot, "2025年首次认定的高新技术企业奖励多少？")
    assert "26万元" in answer.body
    assert "31万元" in answer.body
    assert sum("只有一部分时间有效" in notice for notice in answer.notices) == 2


def test_a_comparison_of_versions_has_both(versions_bot: PolicyBot) -> None:
    body = ask(versions_bot, "首次认定的高新技术企业奖励，跟2023年那版比是涨了还是降了？").body
    assert "26万元" in body
    assert "31万元" in body
    assert "未找到直接规定" not in body


def test_the_other_version_is_named(versions_bot: PolicyBot) -> None:
    notices = ask(versions_bot, "首次认定的高新技术企业奖励多少？").notices
    assert (
        "以上依据《清江市制造业企业扶持政策（2025年修订）》，该版本在提问之日有效；"
        "另收录其他版本《清江市制造业企业扶持政策》，没有采用。"
    ) in notices


def test_of_a_past_year_the_term_is_said(versions_bot: PolicyBot) -> None:
    body = ask(versions_bot, "2024年首次认定的高新技术企业奖励多少？").body
    assert "本政策自2023年7月1日起施行，有效期至2025年6月30日。" in body
    assert "所问时间在上述期限内。" in body
    assert "未找到直接规定" not in body


def test_what_is_over_is_said_to_be_over_though_nobody_asks(versions_bot: PolicyBot) -> None:
    body = ask(versions_bot, "参加境外展会的企业展位费补贴多少？").body
    assert "50%" in body
    assert body.startswith("已于2024年12月31日到期")
    assert "仍在有效期内" not in body


def test_a_term_of_years_is_counted_out(versions_bot: PolicyBot) -> None:
    answer = ask(versions_bot, "清江市制造业企业扶持政策有效期到什么时候，现在还有效吗？")
    assert "有效期三年" in answer.body
    assert "仍在有效期内" in answer.body
    assert any("有效期至2028年6月30日" in notice for notice in answer.notices)


def test_the_search_leaves_out_what_is_no_answer(versions_bot: PolicyBot) -> None:
    hits = versions_bot.retrieve(Question(("首次认定的高新技术企业奖励多少",), AS_OF), 10)
    titles = {versions_bot.corpus.document_of(hit.clause).title for hit in hits}
    assert "清江市制造业企业扶持政策" not in titles
    assert "清江市制造业企业扶持政策（2025年修订）" in titles


def test_the_day_from_which_a_trial_counts_is_said_where_it_is_printed(versions_bot: PolicyBot) -> None:
    answer = ask(versions_bot, "人才引进扶持办法试行几年，从哪天算起？")
    assert "试行期两年" in answer.body
    assert "所印日期：2025年3月20日。" in answer.body
    assert any("2025年3月20日" in figure.text for sentence in answer.sentences for figure in sentence.figures)


def test_after_the_end_of_all_versions_the_last_one_answers(versions_bot: PolicyBot) -> None:
    body = ask(versions_bot, "清江市制造业企业扶持政策2029年还能享受吗？").body
    assert "2025年7月1日" in body
    assert "届时已到期" in body
    assert "2023年7月1日" not in body


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        ("病残津贴办法从什么时候开始实施？", "2025年1月1日"),
        ("2024年版外商投资准入负面清单的施行日期是哪天？", "2024年11月1日"),
    ],
)
def test_asked_from_when_on_a_document_holds_its_first_day_is_said_first(bot: PolicyBot, asked: str, day: str) -> None:
    answer = bot.ask(Question((asked,), AS_OF))

    assert isinstance(answer, Answered)
    assert f"自{day}起" in answer.sentences[0].text
