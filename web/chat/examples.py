"""Questions to start from, by who is asking, and the English name of the place: words of the compendium delivered here."""

from __future__ import annotations

from bot.text.bilingual import Say

PLACES_EN = {"内蒙古自治区鄂尔多斯市伊金霍洛旗": "Ejin Horo Banner (Ordos, Inner Mongolia)"}

EXAMPLES: tuple[tuple[Say, tuple[Say, ...]], ...] = (
    (
        Say("外资企业", "Foreign investor"),
        (
            Say("外商投资设立研发中心有哪些支持？", "What support is there for foreign-invested R&D centres?"),
            Say("境外投资者用分得的利润再投资，预提所得税怎么征？", "Is withholding tax due on reinvested profits?"),
            Say("2024年版外商投资准入负面清单什么时候施行？", "When does the 2024 negative list take effect?"),
        ),
    ),
    (
        Say("制造业", "Manufacturer"),
        (
            Say("110千伏接电的工业用电一度多少钱？", "What is the industrial electricity tariff at 110 kV?"),
            Say("工业用水价格是多少？", "What is the price of water for industry?"),
            Say("工业用气价格是多少？", "What is the price of natural gas for industry?"),
        ),
    ),
    (
        Say("高层次人才", "Senior talent"),
        (
            Say(
                "全职引进的A类人才，市里给多少安家补贴？",
                "What settling-in allowance does the city pay category-A talent?",
            ),
            Say("博士在鄂尔多斯的租房补贴是多少？", "How much rent subsidy can a PhD get?"),
            Say("引进人才的配偶和子女怎么安排？", "What is arranged for the spouse and children of talent?"),
        ),
    ),
    (
        Say("毕业生创业", "Graduate founder"),
        (
            Say("大学生在伊金霍洛旗创业，补贴多少？", "What start-up subsidy does Ejin Horo Banner pay graduates?"),
            Say(
                "高校毕业生创业要满足什么条件才有补贴？",
                "What conditions must a graduate meet for the start-up subsidy?",
            ),
            Say("硕士毕业生在鄂尔多斯租房有补贴吗？", "Is there a rent subsidy for master's graduates in Ordos?"),
        ),
    ),
    (
        Say("科技型中小企业", "Technology SME"),
        (
            Say(
                "科技型中小企业研发费用加计扣除比例是多少？",
                "What is the R&D super-deduction rate for technology SMEs?",
            ),
            Say("首次认定的高新技术企业奖励多少？", "What is the reward for a first-time high-tech enterprise?"),
            Say("旗里给高新技术企业多少奖励？", "What does the banner pay high-tech enterprises?"),
        ),
    ),
    (
        Say("用地与要素", "Land and utilities"),
        (
            Say(
                "蒙西电网战略性新兴产业电价是多少？", "What is the electricity price for strategic emerging industries?"
            ),
            Say("工业用地的参考价格是多少？", "What is the land price for industrial projects?"),
            Say("光伏项目用地有什么规定？", "What are the land rules for solar projects?"),
        ),
    ),
)


def examples_for_browser() -> list[dict[str, object]]:
    """The examples as JSON: who, and what they ask, each in both languages."""
    return [
        {"who": who._asdict(), "questions": [question._asdict() for question in questions]}
        for who, questions in EXAMPLES
    ]
