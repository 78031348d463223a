"""Reranking with a tiny CrossEncoder made here from random numbers, and with one whose opinion is known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.scoring.reranker import RERANKED, Reranker
from index.search.search import search
from index.store.store import ClauseIndex, build_index, open_index
from index.types import Query
from ingest.errors import ModelUnusable


class LikesTheLongest:
    """Scores a pair by the length of the clause."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def predict(self, inputs: list[tuple[str, str]], **_: object) -> np.ndarray:
        self.asked += inputs
        return np.array([float(len(text)) for _, text in inputs])


@pytest.fixture
def tiny_model(tmp_path: Path) -> Path:
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    characters = sorted(set("安家补贴多少万元人才企业奖励给予对引进的类全职"))
    vocabulary = {token: number for number, token in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *characters])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]",
        model_max_length=64,
    )  # fmt: skip
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16,
        max_position_embeddings=64,
    )  # fmt: skip
    config.num_labels = 1
    BertForSequenceClassification(config).save_pretrained(tmp_path)
    fast.save_pretrained(tmp_path)
    return tmp_path


def test_the_order_is_the_models(clause_index: ClauseIndex) -> None:
    hits = search(clause_index, Query.of("安家补贴"), 8)
    model = LikesTheLongest()
    ordered = Reranker(model).rerank("安家补贴", hits)
    lengths = [len(text) for _, text in model.asked]
    assert {hit.clause.id for hit in ordered} == {hit.clause.id for hit in hits}
    assert [hit.rank for hit in ordered] == list(range(1, len(hits) + 1))
    assert [hit.score for hit in ordered] == sorted((hit.score for hit in hits), reverse=True)
    assert ordered[0].clause.id == hits[int(np.argmax(lengths))].clause.id


def test_a_clause_named_by_its_address_stays_first(clause_index: ClauseIndex) -> None:
    hits = search(clause_index, Query.of("病残津贴办法第十条"), 8)
    assert Reranker(LikesTheLongest()).rerank("病残津贴办法第十条", hits)[0].clause.id == "d1-3"


def test_what_stands_behind_is_not_read(clause_index: ClauseIndex) -> None:
    hits = search(clause_index, Query.of("安家补贴"), 2) * RERANKED
    model = LikesTheLongest()
    ordered = Reranker(model).rerank("安家补贴", hits)
    assert len(model.asked) == RERANKED
    assert [hit.clause for hit in ordered[RERANKED:]] == [hit.clause for hit in hits[RERANKED:]]


def test_no_hits(clause_index: ClauseIndex) -> None:
    assert Reranker(LikesTheLongest()).rerank("安家补贴", []) == []


def test_any_cross_encoder(tiny_model: Path, clause_index: ClauseIndex, corpus, encoder, home) -> None:
    reranker = Reranker.load(str(tiny_model))
    hits = search(clause_index, Query.of("安家补贴多少"), 5)
    ordered = reranker.rerank("安家补贴多少", hits)
    assert {hit.clause.id for hit in ordered} == {hit.clause.id for hit in hits}
    assert ordered == reranker.rerank("安家补贴多少", hits)
    build_index(corpus, encoder, home)
    with_reranker = open_index(corpus, encoder, home, reranker)
    found = search(with_reranker, Query.of("安家补贴多少"), 3)
    longer = reranker.rerank("安家补贴多少", search(clause_index, Query.of("安家补贴多少"), RERANKED))
    assert [hit.clause.id for hit in found] == [hit.clause.id for hit in longer[:3]]


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="POLICYQA_RERANKER"):
        Reranker.load(str(tmp_path))
