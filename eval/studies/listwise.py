"""Learning weights from lists of candidates of which some are right: listwise learning to rank (Cao and others 2007, ListNet)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # pyright: ignore[reportMissingTypeStubs, reportUnknownVariableType]

Floats = NDArray[np.float64]
Masks = Sequence[NDArray[np.bool_]]
Bounds = tuple[float | None, float | None]
"""Least and greatest value of a weight; None for no bound."""


class Listed(Protocol):
    """One question and its candidates."""

    @property
    def parts(self) -> Floats:
        """A row a candidate, a column a weight."""
        ...

    @property
    def right(self) -> Masks:
        """For each thing asked for, which candidates hold it. One that none holds does not count."""
        ...


def learned_weights(
    asked: Sequence[Listed],
    start: Mapping[str, float],
    *,
    sharpness: float,
    pull: float,
    steps: int,
    bounds: Mapping[str, Bounds] | None = None,
) -> dict[str, float]:
    """The weights under which right candidates are likely by a softmax over each list, drawn towards ``start``.

    Args:
        asked: the questions; what is asked for counts alike within each.
        start: the names of the weights, in the order of the columns, and where they begin.
        sharpness: 1/sharpness more of a score is e times as likely. It sets the scale of the weights.
        pull: cost of a weight's squared distance from ``start``, against the log-likelihood of all questions.
        steps: iterations at most.
        bounds: of single weights, by name; a weight whose bounds are equal stays there.
    """
    set_to = np.array(list(start.values()))
    lists = [(item.parts, [right for right in item.right if right.any()], len(item.right)) for item in asked]
    count = len(lists) or 1

    def loss(weights: Floats) -> tuple[float, Floats]:
        moved = weights - set_to
        total, slope = pull * float(moved @ moved), 2 * pull * moved
        for parts, rights, things in lists:
            if not rights:
                continue
            likely = softmax(sharpness * (parts @ weights))
            for right in rights:
                share = float(likely[right].sum())
                wanted = np.where(right, likely, 0.0) / share
                total -= np.log(share) / things
                slope -= sharpness * (wanted - likely) @ parts / things
        return total / count, slope / count

    limits = [(bounds or {}).get(name, (None, None)) for name in start]
    minimized = cast(Callable[..., Mapping[str, object]], minimize)(
        loss, set_to, jac=True, method="L-BFGS-B", bounds=limits, options={"maxiter": steps}
    )
    return dict(zip(start, cast(Floats, minimized["x"]).tolist(), strict=True))


def softmax(scores: Floats) -> Floats:
    """The scores as shares of 1."""
    raised = np.exp(scores - scores.max())
    return raised / raised.sum()
