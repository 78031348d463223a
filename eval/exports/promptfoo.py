"""promptfoo: ``promptfooconfig.json``, which asks a running service every question and looks for the points in its answers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from eval.exports.judged import Judged, write_text
from eval.scoring.scoring import Yardstick

SERVICE = "http://127.0.0.1:7860/api/ask"  # promptfoo's own variable takes another: --env-var or url in the file


def write_promptfoo(questions: Sequence[Judged], stick: Yardstick, folder: Path) -> list[Path]:
    """One test a question: any alternative of each point, none of the words that must not be said, declined where it must be.

    Its comparison is plainer than ours (no 繁→简, no ranges): a point it misses may be one that ``eval run`` finds.
    """
    del stick
    config = {
        "description": "PolicyQA",
        "prompts": ["{{question}}"],
        "providers": [
            {
                "id": "http",
                "config": {
                    "url": SERVICE,
                    "method": "POST",
                    "headers": {"Content-Type": "application/json"},
                    "body": {"question": "{{question}}", "turns": "{{turns}}"},
                    "transformResponse": "json.status + '\\n' + json.answer",
                },
            }
        ],
        "tests": [_test(one) for one in questions],
    }
    return [write_text(folder / "promptfooconfig.json", json.dumps(config, ensure_ascii=False, indent=1) + "\n")]


def _test(one: Judged) -> dict[str, object]:
    case = one.case
    *earlier, last = case.turns
    checks = [
        *(_check("icontains-any", list(point)) for point in case.answer),
        *(_check("not-icontains", words) for words in case.must_not),
        *([] if case.answerable else [_check("starts-with", "declined")]),
    ]
    return {
        "description": case.id,
        "vars": {"question": last * case.repeat, "turns": earlier},
        "assert": checks,
        "metadata": {"kind": case.kind, "lang": case.lang},
    }


def _check(kind: str, value: object) -> dict[str, object]:
    return {"type": kind, "value": value}
