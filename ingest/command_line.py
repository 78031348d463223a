"""What every command of the project does alike: one sentence and status 2 for an error, a traceback only on request."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable

from pydantic import ValidationError

from ingest.errors import PolicyQAError

BAD_INPUT = 2
INTERRUPTED = 130
PREFIX = "POLICYQA_"


def run(command: Callable[[], int], *, debug: bool) -> int:
    """Run a command and turn what went wrong into one sentence on stderr.

    Returns the exit status: the command's own, 2 for a PolicyQAError or a wrong setting, 130 after Ctrl-C.
    """
    caught: ValidationError | PolicyQAError
    try:
        return command()
    except ValidationError as error:
        caught, sentence = error, wrong_setting(error)
    except PolicyQAError as error:
        caught = error
        sentence = str(error)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone; nothing is left to say
        return 0
    except KeyboardInterrupt:
        sys.stderr.write("Interrupted.\n")
        return INTERRUPTED
    if debug:
        traceback.print_exception(caught)  # by now no exception is being handled
    sys.stderr.write(f"{sentence}\n")
    return BAD_INPUT


def wrong_setting(error: ValidationError) -> str:
    """One sentence that names the setting which cannot be used, what was given, and what it takes."""
    first = error.errors()[0]
    said = first["msg"].removeprefix("Value error, ")  # which pydantic puts before words of ours
    if not first["loc"]:  # several settings together; the words name them, and what was given are all there are
        return f"Settings: {said}. See docs/settings.md."
    name = "_".join(str(part) for part in first["loc"]).upper()
    short = name.removeprefix(PREFIX)
    if short == name:
        name = PREFIX + name
    elif name not in os.environ and short in os.environ:
        name = short  # one that has two names, as POLICYQA_PORT and PORT
    return f"Setting {name}: {said}, got {first['input']!r}. See docs/settings.md."
