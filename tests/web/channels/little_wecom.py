"""``python -m web wecom`` with the little bot in place of the real one, as a process of its own."""

from __future__ import annotations

import sys

import bot.pipeline
from tests.web.little_service import Opened
from web.__main__ import main

if __name__ == "__main__":
    bot.pipeline.PolicyBot = Opened  # pyright: ignore[reportAttributeAccessIssue] what the command opens
    sys.exit(main(["wecom"]))
