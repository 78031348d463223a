"""What a question asks for: an amount, an office, a day … A question may be of several types at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from ingest.normalise import search_form


class QuestionType(StrEnum):
    """What would satisfy the person asking."""

    AMOUNT = "amount"
    WHO = "who"
    CLASS = "class"  # which class of people somebody belongs to
    OFFICE = "office"
    WHEN = "when"
    HOW = "how"
    DEFINITION = "definition"
    LIST = "list"
    YES_NO = "yes_no"
    COMPARISON = "comparison"
    SCENARIO = "scenario"
    VALIDITY = "validity"  # does it still hold today, until when
    OVERLAP = "overlap"  # may two benefits be drawn, which of two rules prevails
    CONTACT = "contact"  # telephone, address


# Matched against the search form of the question: simplified, lower case.
_PATTERNS: Mapping[QuestionType, re.Pattern[str]] = {
    QuestionType.AMOUNT: re.compile(
        r"多少|几多|金额|多大|几成|几倍|几个点|比例|税率|费率|价格|价钱|什么价|啥价|几毛|几块|几万|几分(?!之)|几折|分之几|怎么算|封顶|上限|奖(?:金)?几|能拿到?什么|"
        r"how (?:much|many|big|large)|what (?:[\w&'-]+ ){0,5}?(?:rate|percentage|amount|share|salary|reward|subsidy|allowance|tax)\b|"
        r"what (?:do|does|will|would|can) [^?.;]{1,60}? (?:pay|give|get|receive|offer)\b|tariff|price|cost|\bcap\b|amount"
    ),
    QuestionType.WHO: re.compile(
        r"哪些人|哪类人|什么人|谁(?:能|可以)|条件|资格|符合|够不够|够格|算(?:是)?(?:第)?几|算(?:什么|哪|不算)|哪(?:一)?(?:类|档|层次)|什么层次|要求|门槛|"
        r"eligib|qualif|who (?:can|may|is)|which (?:class|category|tier|grade)|requirement|condition"
    ),
    QuestionType.CLASS: re.compile(
        r"几类|哪(?:一|个)?类|什么类|第几|哪一?(?:档|层次)|什么(?:档|层次)|算.{0,6}人才|which (?:class|category|tier|talent)"
    ),
    QuestionType.OFFICE: re.compile(
        r"(?:哪|什么|啥)(?:个|些|几个|家|一家)?(?:政府)?(?:部门|单位|厅局|机构|厅|局|科室)|"
        r"谁(?:来)?(?:负责|管|解释|受理|牵头|定|批|拍板|出)|"
        r"找谁|归谁|由谁|牵头|责任单位|去哪(?:儿|里)?(?:申请|办|报)|"
        r"(?:which|what) (?:body|bodies|department|departments|office|agency|agencies|authority|authorities|bureau)|"
        r"who (?:is in charge|handles|leads|interprets|is responsible)"
    ),
    QuestionType.WHEN: re.compile(
        r"什么时候|啥时候|何时|多久|多长|几年|几个月|哪(?:一)?年|哪(?:一)?天|几号|期限|截止|有效期|时限|最长|"
        r"\bwhen\b|how long|until|deadline|duration|which year|what date|effective|take effect"
    ),
    QuestionType.HOW: re.compile(
        r"怎么(?:办|申请|申报|报|领|维权|走|弄|操作)|如何(?:申请|申报|办理|领取)|咋(?:办|申请|弄)|流程|手续|材料|程序|步骤|"
        r"how (?:do|can|should|to) (?:i |we )?(?:apply|get|register|file|claim)|procedure|paperwork|steps"
    ),
    QuestionType.DEFINITION: re.compile(
        r"是指|指(?:的是)?(?:什么|哪)|什么意思|啥意思|什么是|是什么|啥叫|什么叫|怎么定义|what (?:is|are) (?:meant|an?|the)|mean\b|definition|stand for"
    ),
    QuestionType.LIST: re.compile(
        r"哪些|哪几|有什么|有啥|都有|分别|列(?:一下|出)|包括|各(?:是|自|给|多少)|几种|几类|几项|which|list|what (?:are|kinds|types|bodies)"
    ),
    QuestionType.YES_NO: re.compile(
        r"吗|么[？?]?$|能不能|可不可以|可以不|是否|是不是|有没有|行不行|要不要|用不用|给不给|[能可要有]\S{0,12}不[？?。]?$|没[？?]?$|"
        r"^(?:is|are|can|could|do|does|did|may|will|would|should)\b|\? *(?:is|are|can|do|does)\b|(?:[.,;]) *(?:is|are|can|do|does)\b"
    ),
    QuestionType.COMPARISON: re.compile(
        r"区别|不一样|一样(?:吗|不|么)|差多少|相比|比较|对比|哪个(?:高|多|更)|便宜|differ|compare|versus|\bvs\b"
    ),
    QuestionType.SCENARIO: re.compile(
        r"我们|我是|我在|我想|我有|咱|本人|(?:^|，)我|\bwe\b|\bour\b|\bi'?m\b|\bmy\b|\bi am\b|\bi was\b"
    ),
    QuestionType.VALIDITY: re.compile(
        r"(?:还|仍)(?:能|可以|可|有效|执行|算数|享受|适用|管用|在期|来得及|有没有效|在.{0,4}(?:期限|有效))|现在还|今年还|到期|过期|失效|作废|废止|来得及|"
        r"有效(?:吗|么|不|没)|是否(?:还|仍)?有效|管用|管到|管几年|失效了?|"
        r"(?:到|至)(?:啥时候|什么时候|何时|哪(?:一)?(?:年|天|月))|截止|有效期|执行到|期限(?:到|是|内|里)|延续到|"
        r"until when|still (?:valid|available|apply|in force|running|get|claim|possible)|expire|in force|valid (?:until|till)|by when"
    ),
    QuestionType.OVERLAP: re.compile(
        r"叠加|重复(?:享受|领|拿|申请|申报)|(?:两头|都|同时|一起|一块儿?)(?:能)?(?:领|拿|享受|要|申请)|兼得|打架|冲突|不一致|对不上时|听谁的|"
        r"以哪个为准|both (?:subsidies|benefits|rewards|grants)|combine|stack|claim both|double"
    ),
    QuestionType.CONTACT: re.compile(
        r"(?:电话|手机|座机|联系方式|邮箱|微信号|传真|办公地址|详细地址|地址)(?:号码)?(?:是|和|给|多少|发|在哪|、|，|？|\?|$)|几楼|"
        r"phone number|telephone number|e-?mail address|office address|contact details"
    ),
}


def question_types(text: str) -> frozenset[QuestionType]:
    """The types whose signs stand in ``text``; empty when there are none."""
    plain = search_form(text)
    return frozenset(type_ for type_, pattern in _PATTERNS.items() if pattern.search(plain))
