"""What of an application its firm calls a trade secret: marks, their keys, and their hash. Pure.

A mark is about one answer (the whole of it, or passages in it) or about one file, and says why.
What is a trade secret, the law says and courts decide: here stands only what the firm has said.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from govmatch.kit.db import canonical_json
from govmatch.kit.ids import digest
from govmatch.kit.records import dataclass
from govmatch.questionnaires.identifying import visible
from govmatch.questionnaires.texts import normal

_KEY = 16  # digits of a digest by which a mark is known again


@dataclass(frozen=True)
class Mark:
    """One answer or one file that is marked, and why; exactly one of the two is named."""

    reason: str
    question: str = ""
    file: str = ""
    is_whole: bool = True
    passages: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What an inquiry calls it: another mark of the same answer has another key."""
        content = [self.question, self.file, self.is_whole, list(self.passages)]
        return digest(canonical_json(content))[:_KEY]


def marks_in(answers: Mapping[str, Any], files: Mapping[str, str]) -> list[Mark]:
    """Return what is kept as marks, answers first."""
    found = [
        Mark(
            reason=str(one["reason"]),
            question=question,
            is_whole=bool(one["whole"]),
            passages=tuple(one["passages"]),
        )
        for question, one in sorted(answers.items())
    ]
    return found + [Mark(reason=why, file=file) for file, why in sorted(files.items())]


def kept_answers(marks: Iterable[Mark]) -> dict[str, dict[str, Any]]:
    """Return the marks of answers as they are kept."""
    return {
        one.question: {
            "whole": one.is_whole,
            "passages": list(one.passages),
            "reason": one.reason,
        }
        for one in marks
        if one.question
    }


def kept_files(marks: Iterable[Mark]) -> dict[str, str]:
    return {one.file: one.reason for one in marks if one.file}


def canonical(application: str, version: int, content_hash: str, marks: Iterable[Mark]) -> bytes:
    """Return a statement in one form, so that the same marks have the same hash.

    It names the version by number and hash, so that it cannot be put beside another one.
    """
    kept = list(marks)
    content = {
        "application": application,
        "version": version,
        "sha256": content_hash,
        "answers": kept_answers(kept),
        "files": kept_files(kept),
    }
    return canonical_json(content).encode()


def stands_in(passage: str, text: str) -> bool:
    """True where a passage stands in a text, in any letters and however its lines are broken."""
    pattern = _pattern(passage)
    return bool(pattern and pattern.search(normal(visible(text))))


def _pattern(passage: str) -> re.Pattern[str] | None:
    words = normal(visible(passage)).split()
    if not words:
        return None
    return re.compile(r"\s+".join(re.escape(word) for word in words), re.IGNORECASE)


def texts_of(answer: object) -> str:
    """Return every text in an answer, one on each line, as far as a passage could stand in it."""
    if isinstance(answer, str):
        return answer
    if isinstance(answer, Mapping):
        return "\n".join(texts_of(one) for one in answer.values())
    if isinstance(answer, list | tuple):
        return "\n".join(texts_of(one) for one in answer)
    return ""
