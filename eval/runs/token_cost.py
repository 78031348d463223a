"""What a run asked of its language model: replies, tokens, cost."""

from __future__ import annotations

import json
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.settings import BotSettings
from eval.runs.run_folder import RunFolder
from ingest.errors import EvaluationUnusable

PRICED = 1_000_000
"""Tokens a price is for, as providers print their prices."""

COUNTED_REPLIES = {"cached": "取自缓存 cached", "failed": "失败 failed"}
UNKNOWN = "未知 unknown"


@dataclass(frozen=True, slots=True)
class TokenCost:
    """The replies of a run. Tokens and cost are of those asked for, not of those kept from an earlier run."""

    name: str
    replies: int
    cached: int
    failed: int
    uncounted: int  # asked for, but the server did not tell the tokens
    tokens_in: int
    tokens_out: int
    cost: float | None  # None without prices; of the counted replies only


def token_cost(folder: RunFolder, settings: BotSettings) -> TokenCost | None:
    """What a run asked of its language model; None without one.

    Raises EvaluationUnusable when the file is broken.
    """
    if not settings.chat_model:
        return None
    rows = list(_rows(folder.replies)) if folder.replies.is_file() else []
    asked = [row for row in rows if not row["cached"]]
    counted = [row for row in asked if row["tokens_in"] is not None]
    sent, written = (sum(row[name] for row in counted) for name in ("tokens_in", "tokens_out"))
    price_in, price_out = settings.chat_price_in, settings.chat_price_out
    cost = None
    if price_in is not None and price_out is not None and (counted or not asked):
        cost = (sent * price_in + written * price_out) / PRICED
    return TokenCost(
        name=settings.chat_model,
        replies=len(rows),
        cached=len(rows) - len(asked),
        failed=sum(row["failure"] is not None for row in rows),
        uncounted=len(asked) - len(counted),
        tokens_in=sent,
        tokens_out=written,
        cost=cost,
    )


def _rows(path: Path) -> Generator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                row = json.loads(line)
                yield {name: row[name] for name in ("cached", "failure", "tokens_in", "tokens_out")}
            except (ValueError, KeyError, TypeError) as error:
                raise EvaluationUnusable("eval.row_is_broken", path=path, number=number) from error


def token_cost_text(model: Mapping[str, object] | None) -> str:
    """What a run asked of its language model, from its ``run.json``, as one line; empty without a model."""
    if not model:
        return ""
    replies = f"{model['replies']:,} 次回复 replies"
    counts = [f"{model[name]:,} {words}" for name, words in COUNTED_REPLIES.items() if model[name]]
    tokens = f"词元 tokens {model['tokens_in']:,} in / {model['tokens_out']:,} out"
    if model["uncounted"]:
        tokens += f" + {model['uncounted']:,} 次未知 replies unknown"
    cost = UNKNOWN if model["cost"] is None else f"{'≥ ' if model['uncounted'] else ''}{model['cost']:.4f}"
    asked = f"{replies} ({', '.join(counts)})" if counts else replies
    return f"语言模型 language model {model['name']} · {asked} · {tokens} · 费用 cost {cost}"
