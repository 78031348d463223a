"""Characters that are taken for one another by their shape, in handwriting input and in text read off a picture."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

# A group a word: each character may stand for each other one of its group. General shapes, not words of one corpus.
_GROUPS = """
    土士 末未 己已巳 人入八 日曰目 贷货贸 券卷 款宽 税锐说悦 律津 准淮谁 标际 投设没 侍待持特 治冶 木术本 水永冰 气汽 晶品 吕品 器噐嚣 险脸检捡验
    甲申由 干千于 天夫无 大太犬丈 外处 折拆析 坏环怀 情清请晴 帐账 科料 研妍 历厉 厂广 刀力 为办 兑允 免兔 住往 佳住 竞竟境 微徽 暖缓援 授受 复夏
    拨拔泼 摘滴 培陪赔 偿尝 荐存 贴粘帖 补朴 助肋 购构沟 仓仑苍舱 激缴邀 纳呐 勉免 但坦担 保堡 贫贪 责债 费贵 赏偿 财材村 枝技 熊能 帅师 职识织
    积称 认队 坪评 选先 聘骋 博搏 硕顾 顷项 须领 预须 买卖头 室宝 链键 巨区 纲钢 煤媒 灰炭 诸储 锂鲤 硅桂 优扰 网冈 缘绿 残栈 矢失 考老孝 休体
    延廷 仿伤 辽疗 幼幻 较校 旁房 租祖 层屋 健建 楼搂 落洛 迁迂 签答 许汗 居屈 留溜 商啇 易昜 关夫 进近 免晚 海悔 运远 物勿 流硫 汪注 册删 新薪
    型刑 利刹 传专 浸侵 诉拆 调凋 伸仲 裁栽载 征证 监盐 督瞥 宙审 枇批 核该 期朝 限恨 效郊 拖施 废度 友发 吉告 诵通 合台 问同 约钓 孵卵
"""


@cache
def _table() -> dict[str, frozenset[str]]:
    alike: defaultdict[str, set[str]] = defaultdict(set)
    for group in _GROUPS.split():
        for character in group:
            alike[character] |= set(group) - {character}
    return {character: frozenset(others) for character, others in alike.items()}


def look_alike(one: str, other: str) -> bool:
    """True for two characters of one shape, but for a stroke or a part."""
    return other in _table().get(one, frozenset())
