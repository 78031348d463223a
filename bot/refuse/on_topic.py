"""Whether a question is about investment policy at all: the question beside short descriptions of subjects.

The descriptions name fields of life, not single questions. The embedding model compares; what counts is by how much
the nearest foreign subject is nearer than the nearest own one, since its cosines are all high.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.rankers.protocol import TextEncoder, Vectors

OWN_SUBJECTS = (
    "企业能拿到什么补贴和奖励",
    "人才引进政策、安家补贴、人才分类",
    "税收优惠政策，企业所得税税率",
    "外商投资准入，外资企业政策",
    "土地、电价、水价、天然气等投资要素价格",
    "科技创新、研发投入、高新技术企业奖补",
    "跨境电商、外贸出口、海外仓支持政策",
    "社会保险、失业保险、养老保险、病残津贴",
    "政策什么时候施行、有效期到哪年、由谁解释",
    "哪个部门负责办理，怎么申请，需要什么条件",
    "子女入学、配偶就业、落户、住房、医疗保障待遇",
    "产业链招商方向、资源分布、区域经济概况",
    "技能人才、职称评审、技能等级",
    "融资担保、贷款、保险、金融支持",
    "新能源、风电光伏、绿电交易、能耗指标",
    "旅游、农牧业、乡村振兴产业扶持",
    "专利、商标、地理标志、品牌和文化作品的奖励",
    "营商环境、行政处罚、监督检查、项目审计",
    "创业、小微企业、个体工商户、合作社扶持",
    "人才评价认定、专家举荐、科研项目申报",
    "境外人员住宿、工作许可、签证便利",
    "subsidies, tax incentives and talent policies for companies",
    "foreign investment rules, negative list, land and power prices",
    "which authority is responsible, how to apply, how long it is valid",
)
FOREIGN_SUBJECTS = (
    "做菜的方法，食谱，怎么炖肉",
    "看病吃药，症状，医疗建议",
    "股票基金推荐，炒股，彩票，币价",
    "数学计算题，算术，解方程",
    "火车票、机票、车次时刻、怎么坐车",
    "今天天气怎么样，明天会不会下雨",
    "电影、歌曲、明星、综艺推荐",
    "体育比赛结果，球队，奥运会",
    "写一首诗，写作文，讲个笑话，编故事",
    "写代码，编程，软件报错，电脑怎么修",
    "翻译一句话，英语语法，单词意思",
    "恋爱感情，分手，星座运势，算命",
    "历史人物，古代朝代，世界地理常识",
    "宠物，养猫养狗，花草种植",
    "减肥健身，护肤化妆，穿衣搭配",
    "手机、汽车、家电买哪款好",
    "高考志愿，考研复习，作业辅导",
    "景点游玩攻略，附近美食餐厅",
    "你是谁，你好，闲聊，你叫什么名字",
    "婚姻继承、刑事案件、打官司的法律咨询",
    "国际新闻，战争，选举，政治人物评价",
    "物理化学生物知识，宇宙，恐龙",
    "游戏攻略，怎么通关",
    "银行卡密码，快递查询，外卖投诉",
    "cooking recipes and restaurants",
    "weather forecast, travel tickets, train times",
    "stock picks, cryptocurrency, lottery",
    "write a poem, tell a joke, write code, translate a sentence",
    "sports results, movies, music, celebrities",
    "medical advice, symptoms, medicine",
    "history, science and general knowledge trivia",
)


@dataclass(frozen=True)
class Topics:
    """The subjects as vectors."""

    own: Vectors
    foreign: Vectors

    @classmethod
    def of(cls, encoder: TextEncoder) -> Topics:
        """Embeds the descriptions as passages: about half a second."""
        return cls(encoder.encode_passages(OWN_SUBJECTS), encoder.encode_passages(FOREIGN_SUBJECTS))

    def foreignness(self, question: Vectors) -> float:
        """Cosine with the nearest foreign subject less that with the nearest own one; above 0 leans off topic."""
        return float(np.max(self.foreign @ question) - np.max(self.own @ question))
