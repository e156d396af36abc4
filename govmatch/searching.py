"""The process that searches and compares texts for a site: started by `govmatch.serving`.

It holds the index, the words and concepts and the libraries that read them, so that the process
which answers people has none of it. It answers what is in `QUESTIONS` and nothing else, knows no
setting and no secret, opens no port, and ends when the sockets that it was given are closed.
"""

import gc

if __name__ == "__main__":
    gc.disable()

import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Sequence

from govmatch.kit import wire
from govmatch.kit.aside import Answering, Question, Reference, Trouble, function_of

QUESTIONS = frozenset(
    {
        "glossary.bridging:made",
        "matching.nearness:beside",
        "matching.nearness:like_each",
        "matching.nearness:nearest",
        "matching.nearness:similar_texts",
        "search.answering:near_words",
        "search.answering:search",
        "search.answering:suggest",
        "search.expansion:Expansions",
        "taxonomy.cpv_words:asked_stems",
    }
)
"""What may be asked, and what may be made to be kept."""

WALK = 3600
"""Seconds from one walk of the collector of garbage through everything to the next."""
_NEVER = 2**31 - 1

log = logging.getLogger("govmatch.searching")


def settle() -> None:
    """Load what questions need, and take it out of the way of the collector of garbage.

    What is kept between questions is large and holds no cycles. Walking through it takes as long as
    an answer may, so no question does that: `main` does, every hour.
    """
    function_of("search.answering:search")
    gc.collect()
    gc.freeze()
    gc.set_threshold(700, 10, _NEVER)
    gc.enable()


def main(words: Sequence[str]) -> int:
    """Answer on these sockets, given by their numbers, until one of them is closed."""
    # Ctrl-C in a terminal is for the site, which closes the sockets.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    settle()
    answering, ended = Answering(), threading.Event()
    for word in words:
        line = socket.socket(fileno=int(word))
        threading.Thread(target=_follow, args=(line, answering, ended), daemon=True).start()
    while not ended.wait(WALK):
        gc.collect()
    # Threads that still work would only be waited for.
    os._exit(0)


def _follow(line: socket.socket, answering: Answering, ended: threading.Event) -> None:
    try:
        while True:
            question = wire.receive(line)
            try:
                wire.send(line, _answer(question, answering))
            except wire.TooLong:
                log.exception("%s", question.function)
                wire.send(line, Trouble("TooLong"))
    except (OSError, EOFError):
        pass
    except Exception:
        log.exception("a message could not be read")
    ended.set()


def _answer(question: Question, answering: Answering) -> object:
    """Return what is answered; a fault of ours is told in the log and in a word."""
    try:
        _check(question)
        return answering.answer(question)
    except Exception as error:
        log.exception("%s", question.function)
        return Trouble(type(error).__name__)


def _check(question: Question) -> None:
    references = (*question.given, *question.named.values())
    asked = {one.maker for one in references if isinstance(one, Reference)} | {question.function}
    if unknown := asked - QUESTIONS:
        raise LookupError(f"nothing that is answered here: {', '.join(sorted(unknown))}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
