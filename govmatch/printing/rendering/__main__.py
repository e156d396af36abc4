"""The process that prints: a page comes by standard input, its PDF goes to the output."""

import os
import resource
import signal
import sys
from pathlib import Path

from govmatch.printing.rendering import MEMORY, OUTPUT, SECONDS


def main(static_dir: str, base_url: str) -> int:
    _limit()
    # Read after the limits are set: the libraries behind it are large and not ours.
    from govmatch.printing.rendering.pages import pdf_of  # noqa: PLC0415

    made = pdf_of(sys.stdin.buffer.read().decode(), Path(static_dir), base_url)
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()
    return 0


def _limit() -> None:
    """Set what this process may use; what goes beyond is an error, or the end of it."""
    for what, most in (
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_FSIZE, OUTPUT),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    os.nice(10)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
