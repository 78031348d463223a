from __future__ import annotations

import argparse

import pytest

from eval.__main__ import COMMANDS
from eval.arguments import parser


def names() -> set[str]:
    """The commands the parser knows."""
    (commands,) = (one for one in parser()._actions if isinstance(one, argparse._SubParsersAction))  # pyright: ignore[reportPrivateUsage]
    return set(commands.choices)


def test_every_command_that_can_be_asked_for_is_done() -> None:
    assert names() == set(COMMANDS)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["run", "x.jsonl"], "--out"),
        (["run", "x.jsonl", "--out", "o", "--workers", "0"], "--workers"),
        (["folder", "texts", "x.jsonl"], "--out"),
        (["impact"], "--corpus"),
        (["weights", "x.jsonl", "--corpus", "texts"], "DIR=SET"),
        (["evidence-weights", "x.jsonl", "--corpus", "=y.jsonl"], "DIR=SET"),
        (["scope-weights", "x.jsonl", "--pairs", "texts="], "DIR=SET"),
        (["compare", "a"], "AFTER"),
        (["from-records"], "invalid choice"),
    ],
)
def test_what_is_wrong_is_named(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        parser().parse_args(arguments)
    assert stopped.value.code == 2
    assert words in capsys.readouterr().err


def test_sets_can_be_left_out_only_where_there_is_a_default() -> None:
    assert parser().parse_args(["impact", "--corpus", "new"]).sets == []
    with pytest.raises(SystemExit):
        parser().parse_args(["peers"])
