"""A small corpus of real lines, a model that needs no weights, and an index of both."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index.glossary.glossary import Glossary, load_glossary, product_glossary
from index.rankers.protocol import Shelf, Vectors
from index.store.store import ClauseIndex, build_index, open_index
from ingest.normalise import match_form
from ingest.types import Clause, Corpus, PolicyDocument, Role, Span, Validity

GLOSSARY = """
[people]
"高企" = ["高新技术企业"]
"研究生" = ["硕士", "博士"]
"房补" = ["购房补贴", "租房补贴"]
[places]
"伊旗" = ["伊金霍洛旗"]
"内蒙" = ["内蒙古自治区"]
[english]
"withholding tax" = ["预提所得税"]
"relocation allowance" = ["安家补贴"]
"encouraged industry" = ["鼓励类产业"]
[levels]
"旗里" = ["旗"]
"伊旗" = ["旗"]
"市里" = ["市"]
"national" = ["国家"]
"""

# (title, level, 文号, clauses as (address, headings below the title, text)): lines of the compendium.
DOCUMENTS = [
    (
        "企业职工基本养老保险病残津贴暂行办法",
        "国家",
        None,
        [
            (
                "第二条",
                (),
                "第二条 参保人员达到法定退休年龄前因病或者非因工致残经鉴定为完全丧失劳动能力的，可以申请按月领取病残津贴。",
            ),
            (
                "第五条",
                (),
                "第五条 累计缴费年限不满5年的，支付12个月的病残津贴；累计缴费年限满5年以上的，每多缴费1年，增加3个月的病残津贴。",
            ),
            (
                "第十条",
                (),
                "第十条 申请领取病残津贴人员的劳动能力鉴定结论有效期为1年。对复查鉴定结论不服的，可以再次申请鉴定。",
            ),
        ],
    ),
    (
        "鄂尔多斯市关于实施更加积极开放有效人才政策打造一流人才高地的若干措施",
        "市",
        None,
        [
            (
                "一、1.",
                ("一、引进", "1.支持引进顶尖人才"),
                "1.支持引进顶尖人才。对全职引进的A类人才，给予最高500万元安家补贴。",
            ),
            (
                "一、2.",
                ("一、引进", "2.支持引进高层次人才"),
                "2.支持引进高层次人才。对全职引进的B、C、D、E类人才，分别给予200万元、100万元、50万元、20万元安家补贴。",
            ),
            (
                "二、3.",
                ("二、服务", "3.强化住房保障"),
                "3.强化住房保障。硕士研究生每月给予1000元租房补贴，最长补贴3年。",
            ),
        ],
    ),
    (
        "关于加强新时代人才工作助推高质量发展的若干措施（试行）",
        "旗",
        None,
        [
            ("一、1.", ("一、引进", "1.高层次人才"), "1.高层次人才。对全职引进的D类人才，给予最高50万元安家补贴。"),
            (
                "一、2.",
                ("一、引进", "2.科技企业"),
                "2.科技企业。对首次认定的高新技术企业给予30万元奖励。责任单位：旗科技局。",
            ),
        ],
    ),
    (
        "内蒙古自治区工业和信息化厅关于调整战略性新兴产业电力交易的若干政策",
        "自治区",
        "内工信经运字〔2022〕405 号",
        [
            ("一、", ("一、目录",), "一、战略性新兴产业目录包括大数据中心、单晶硅、多晶硅、稀土等。"),
            ("二、", ("二、交易",), "二、新能源交易电量比例上限提高到50%。"),
        ],
    ),
    (
        "关于延续西部大开发企业所得税政策的公告",
        "国家",
        "财政部 税务总局 国家发展改革委公告2020年第23号",
        [
            (
                "一、",
                (),
                "一、自2021年1月1日至2030年12月31日，对设在西部地区的鼓励类产业企业减按15%的税率征收企业所得税。",
            ),
            (
                "二、",
                (),
                "二、本公告自2021年1月1日起执行。《关于深入实施西部大开发战略有关税收政策问题的通知》（财税〔2011〕58号）中的企业所得税政策规定自2021年1月1日起停止执行。",
            ),
        ],
    ),
]


class HashedPairs:
    """A model without weights: a text is its character pairs, thrown into buckets. Counts what it embeds."""

    dim = 256

    def __init__(self, identity: str = "hashed-pairs@1") -> None:
        self.identity = identity
        self.embedded: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self._vector(text) for text in texts])

    def encode_passages(self, texts: Sequence[str], *, progress: str | None = None) -> Vectors:
        self.embedded.extend(texts)
        return self.encode_queries(texts)

    def _vector(self, text: str) -> Vectors:
        plain = match_form(text)
        vector = np.zeros(self.dim, np.float32)
        vector[0] = 1e-3  # a text of one character has a direction, too
        for i in range(len(plain) - 1):
            vector[zlib.crc32(plain[i : i + 2].encode()) % self.dim] += 1
        return (vector / np.linalg.norm(vector)).astype(np.float32)


def make_corpus(folder: Path, documents: Sequence[tuple]) -> Corpus:
    """A corpus of these documents; every clause is complete, facts apart."""
    made: list[PolicyDocument] = []
    clauses: list[Clause] = []
    for number, (title, level, file_number, items) in enumerate(documents, start=1):
        document = PolicyDocument(
            id=f"d{number}", source="a.txt", title=title, kind="policy", level=level, part=None, issuer=None,
            number=file_number, issued=None, validity=Validity(), closing_rules=(), span=Span(0, 1), page=None,
        )  # fmt: skip
        made.append(document)
        for position, (address, headings, text) in enumerate(items, start=1):
            clauses.append(
                Clause(
                    id=f"d{number}-{position}", document=document.id, source="a.txt", address=address,
                    path=(title, *headings), text=text, span=Span(0, len(text)), pieces=(Span(0, len(text)),),
                    page=number, line=1, role=Role.ITEM, parent=None, level=level, departments=(), figures=(),
                    benefits=(), validity=Validity(),
                )
            )  # fmt: skip
    digest = hashlib.sha256(repr([(c.id, c.path, c.text) for c in clauses]).encode()).hexdigest()
    return Corpus(
        folder=folder, title="汇编", region="伊金霍洛旗", digest=digest, sources=(), documents=tuple(made),
        clauses=tuple(clauses), headings=(), furniture={}, doubts=(),
    )  # fmt: skip


def with_validity(corpus: Corpus, clause_id: str, until: date) -> Corpus:
    clauses = tuple(
        replace(clause, validity=Validity(valid_until=until)) if clause.id == clause_id else clause
        for clause in corpus.clauses
    )
    return replace(corpus, clauses=clauses)


@pytest.fixture
def corpus_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    return folder


@pytest.fixture
def documents() -> list[tuple]:
    """The documents of the small corpus, to be changed at will."""
    return [(title, level, number, list(items)) for title, level, number, items in DOCUMENTS]


@pytest.fixture
def corpus_of(corpus_folder: Path) -> Callable[[Sequence[tuple]], Corpus]:
    """Makes a corpus of other documents in the same folder."""
    return lambda documents: make_corpus(corpus_folder, documents)


@pytest.fixture
def corpus(corpus_folder: Path, documents: list[tuple]) -> Corpus:
    return make_corpus(corpus_folder, documents)


@pytest.fixture
def expiring() -> Callable[[Corpus, str, date], Corpus]:
    """The same corpus with one clause that ends on a day."""
    return with_validity


@pytest.fixture
def glossary(corpus_folder: Path) -> Glossary:
    return load_glossary(corpus_folder).over(product_glossary())


@pytest.fixture
def shelf(corpus: Corpus, glossary: Glossary) -> Shelf:
    return Shelf.of(corpus, glossary)


@pytest.fixture
def encoder() -> HashedPairs:
    return HashedPairs()


@pytest.fixture(scope="session")
def compendium_index(compendium: Corpus, tmp_path_factory: pytest.TempPathFactory) -> ClauseIndex:
    """The whole compendium, indexed by the model without weights."""
    home = tmp_path_factory.mktemp("compendium")
    build_index(compendium, HashedPairs(), home)
    return open_index(compendium, HashedPairs(), home)


@pytest.fixture
def other_encoder() -> HashedPairs:
    return HashedPairs("hashed-pairs@2")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "var"


@pytest.fixture
def clause_index(corpus: Corpus, encoder: HashedPairs, home: Path) -> ClauseIndex:
    build_index(corpus, encoder, home)
    return open_index(corpus, encoder, home)


# The English of two of them, as an edition has it: by title, heading and sentence.
EDITION = {
    "document": "企业职工基本养老保险病残津贴暂行办法",
    "title": "Interim Measures for the Illness and Disability Allowance",
    "headings": {"企业职工基本养老保险病残津贴暂行办法": "Interim Measures for the Illness and Disability Allowance"},
    "clauses": [
        [
            [
                "第二条 参保人员达到法定退休年龄前因病或者非因工致残经鉴定为完全丧失劳动能力的，可以申请按月领取病残津贴。",
                "Article 2 Insured persons appraised as having completely lost the ability to work before reaching the statutory retirement age, because of illness or disability not caused by work, may apply for the allowance by the month.",
            ]
        ],
        [
            [
                "第十条 申请领取病残津贴人员的劳动能力鉴定结论有效期为1年。",
                "Article 10 The conclusion of the appraisal of the ability to work of persons who apply for the allowance is valid for 1 year.",
            ],
            [
                "对复查鉴定结论不服的，可以再次申请鉴定。",
                "Those who do not accept the conclusion of the re-examination may apply for an appraisal again.",
            ],
        ],
    ],
}  # fmt: skip


@pytest.fixture
def write_edition(corpus_folder: Path) -> Callable[[], Path]:
    """Puts the English of one document beside the small corpus; its clause d1-2 has none."""

    def write(**changes: object) -> Path:
        (corpus_folder / "en").mkdir(exist_ok=True)
        file = corpus_folder / "en" / "病残津贴.json"
        file.write_text(json.dumps({**EDITION, **changes}, ensure_ascii=False), encoding="utf-8")
        return file

    return write


@pytest.fixture
def english_index(write_edition: Callable[[], Path], corpus: Corpus, encoder: HashedPairs, home: Path) -> ClauseIndex:
    """The small corpus with its English, indexed."""
    write_edition()
    build_index(corpus, encoder, home)
    return open_index(corpus, encoder, home)
