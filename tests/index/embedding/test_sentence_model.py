"""Models of sentence-transformers from a folder: a tiny one made here from random numbers, with prompts and without."""

from __future__ import annotations

import json
import shutil
import socket
from pathlib import Path

import numpy as np
import pytest

from index.embedding.encoder import Encoder
from index.embedding.sentence_model import SentenceModel

LONGEST = 32
PROMPTS = {"query": "问 ", "passage": "文 "}


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("something reached for the network")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    place = tmp_path_factory.mktemp("models") / "tiny"
    characters = sorted(set("安家补贴多少万元人才企业奖励给予对引进的类全职问文"))
    vocabulary = {token: number for number, token in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *characters])}
    cut = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    cut.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    cut.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    PreTrainedTokenizerFast(
        tokenizer_object=cut, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]",
        model_max_length=LONGEST,
    ).save_pretrained(place)  # fmt: skip
    BertModel(
        BertConfig(
            vocab_size=len(vocabulary), hidden_size=16, num_hidden_layers=1, num_attention_heads=2,
            intermediate_size=16, max_position_embeddings=LONGEST,
        )
    ).save_pretrained(place)  # fmt: skip
    described: dict[str, object] = {
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.Transformer"},
            {"idx": 1, "name": "1", "path": "1_Pooling", "type": "sentence_transformers.models.Pooling"},
        ],
        "1_Pooling/config.json": {"word_embedding_dimension": 16, "pooling_mode_mean_tokens": True},
        "sentence_bert_config.json": {"max_seq_length": LONGEST, "do_lower_case": False},
        "config_sentence_transformers.json": {"prompts": PROMPTS, "default_prompt_name": None},
    }
    (place / "1_Pooling").mkdir()
    for name, content in described.items():
        (place / name).write_text(json.dumps(content), "utf-8")
    return place


@pytest.fixture(scope="module")
def without_prompts(folder: Path) -> Path:
    """The same weights under the same name."""
    copy = folder.parent / "copy" / folder.name
    shutil.copytree(folder, copy)
    (copy / "config_sentence_transformers.json").write_text("{}", "utf-8")
    return copy


def test_vectors_have_length_one_and_heed_the_prompts(folder: Path, without_prompts: Path, tmp_path: Path) -> None:
    prompted, plain = (Encoder.load(str(place), tmp_path) for place in (folder, without_prompts))
    asked, printed = prompted.encode_queries(["补贴"]), prompted.encode_passages(["补贴"])
    np.testing.assert_allclose(np.linalg.norm([*asked, *printed], axis=1), 1, atol=1e-6)
    assert asked[0] @ printed[0] < 0.9999
    np.testing.assert_allclose(plain.encode_queries(["补贴"]), plain.encode_passages(["补贴"]), atol=1e-5)


def test_the_identity_is_name_and_digest(folder: Path, without_prompts: Path, tmp_path: Path) -> None:
    found = [Encoder.load(str(place), tmp_path).identity for place in (folder, folder, without_prompts)]
    assert all(identity.startswith("tiny@") for identity in found)
    assert found[0] == found[1] != found[2]


def test_the_end_of_a_long_text_counts(folder: Path, tmp_path: Path) -> None:
    encoder = Encoder.load(str(folder), tmp_path)
    long = "对引进的人才给予奖励" * 9
    here, there = encoder.encode_passages([long + "安家补贴", long + "万元企业"])
    assert here @ there < 0.99999


def test_room_and_token_starts_are_those_of_its_tokenizer(folder: Path) -> None:
    model = SentenceModel.load(str(folder))
    assert list(model.token_starts("补贴多少")) == [0, 1, 2, 3]
    assert model.room("文") == LONGEST - 3  # begin, end and the prompt
