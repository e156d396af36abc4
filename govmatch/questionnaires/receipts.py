"""What a receipt stands for: the one form of what was sent in, its hash, and who gets a copy."""

import hashlib
from collections.abc import Mapping

from govmatch.questionnaires.answers import value_of
from govmatch.questionnaires.conditions import asked, submitted
from govmatch.questionnaires.definition import Kind, Questionnaire
from govmatch.questionnaires.dumping import canonical_json, digest
from govmatch.questionnaires.wrong import complaint


def canonical(
    questionnaire: Questionnaire,
    answers: Mapping[str, object],
    *,
    files: Mapping[str, str] | None = None,
    more: Mapping[str, object] | None = None,
) -> bytes:
    """Return what was asked and answered in one form, so that the same content has the same hash.

    JSON in UTF-8, keys sorted by code point, no blanks, texts in normal form C: `questionnaire` is
    the digest of the form, `answers` holds what was answered by question id (questions without an
    answer, answers to other questions and to such as were not asked are left out), `files` the
    SHA-256 of each file that an answer names, from `files` by public id. `more` is what its owner
    received with it, by names of its own.
    """
    kept = submitted(questionnaire, answers)
    content: dict[str, object] = {"questionnaire": digest(questionnaire), "answers": kept}
    if files is not None:
        named = sorted(file_ids(questionnaire, answers))
        content["files"] = {file: files[file] for file in named if file in files}
    return canonical_json({**(more or {}), **content})


def content_hash(
    questionnaire: Questionnaire,
    answers: Mapping[str, object],
    *,
    files: Mapping[str, str] | None = None,
) -> str:
    """Return the SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(questionnaire, answers, files=files)).hexdigest()


def file_ids(questionnaire: Questionnaire, answers: Mapping[str, object]) -> set[str]:
    """Return the public ids of all files that the answers name."""
    found: set[str] = set()
    for question in asked(questionnaire, answers):
        value = value_of(question, answers.get(question.id))
        if question.kind is Kind.FILE and isinstance(value, tuple):
            found.update(value)
    return found


def receipt_addresses(questionnaire: Questionnaire, answers: Mapping[str, object]) -> list[str]:
    """Return the addresses that get a copy of the receipt, each once; only right addresses."""
    found = []
    for question in asked(questionnaire, answers):
        kept = answers.get(question.id)
        right = isinstance(kept, str) and bool(kept) and complaint(question, kept, "en") is None
        if question.kind is Kind.EMAIL and question.receipt_copy and right:
            found.append(str(kept))
    return list(dict.fromkeys(found))
