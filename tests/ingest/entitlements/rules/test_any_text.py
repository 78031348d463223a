"""Whatever a text holds, the rules never fail, and all that they propose stands in it word for word."""

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.corpus.load import segment
from ingest.entitlements.attach import supporting
from ingest.entitlements.files import check_unique
from ingest.entitlements.proposing import proposals
from ingest.entitlements.record_form import read_record, record_json
from ingest.entitlements.rules.proposer import RuleProposer
from ingest.entitlements.wording import Wording
from ingest.types import SourceFile

EXAMPLES = int(os.environ.get("POLICYQA_TEST_EXAMPLES", "60"))
PARTS = st.sampled_from(
    "对|其中对|首次认定的高新技术企业|A、B、C类人才|企业引进|用人单位|人才的|，|，|。|；|：|\n|（|）|“|”|、|分别|给予|给予企业|奖励|补贴|"
    "15万元|200万元、100万元、50万元|最高|不超过30万元|按照实际投资额的10%|千分之三|每年|连续三年|租金全免|减半收取|优先就读|"
    "研发投入达到5000万元以上|或|参保36个月以上|国家级、省级企业技术中心|择优|本办法适用于|就高不重复|下表|如下：|不再|第一条 |（一）|"
    "电价：|0.3元/度|居民|所在县|集群|的".split("|")
)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PARTS, min_size=1, max_size=60).map("".join))
def test_any_text_is_read_and_only_its_own_words_are_proposed(text: str) -> None:
    part = segment(SourceFile("a.txt", f"某某办法\n{text}\n", "0" * 64, "text"))
    found = list(proposals(RuleProposer(), part.documents, part.clauses))
    wording = Wording(part.documents, part.clauses)
    for item in found:
        assert all(wording.stand(words) for words in supporting(item.record))
        assert read_record({**record_json(item.record)}, item.record.document).spans == item.record.spans
    for document in part.documents:
        check_unique([item.record for item in found if item.document == document.id])
