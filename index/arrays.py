"""Arrays on disk: small ones are read, large ones are mapped, so that only what is looked at takes memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Below this an array is read whole: the file may then go, and nothing is gained by mapping it. The compendium's
# largest has 3 MB, a million clauses' have hundreds.
READ_UP_TO_BYTES = 16 * 1024 * 1024


def open_array(file: Path) -> NDArray[Any]:
    """An array that ``numpy.save`` wrote, read-only when mapped; OSError or ValueError when it cannot be read.

    A mapped file that is removed stays readable on POSIX systems for as long as it is open.
    """
    mapped = file.stat().st_size > READ_UP_TO_BYTES
    return np.asarray(np.load(file, mmap_mode="r" if mapped else None, allow_pickle=False))
