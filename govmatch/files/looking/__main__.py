"""The process that looks: the content comes by standard input, what is found goes to the output.

One line of JSON, then the pictures one after the other, of the sizes that the line names.
"""

import json
import os
import resource
import signal
import sys

from govmatch.files.looking import LONGEST_TEXT, MEMORY, OUTPUT, SECONDS
from govmatch.files.looking.reading import READERS


def main(media_type: str) -> int:
    _limit()
    reader = READERS.get(media_type)
    if reader is None:
        return 2
    text, pages, pictures = reader(sys.stdin.fileno())
    head = {"text": text[:LONGEST_TEXT], "pages": pages, "pictures": [len(p) for p in pictures]}
    made = json.dumps(head).encode() + b"\n" + b"".join(pictures)
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
    sys.exit(main(sys.argv[1]))
