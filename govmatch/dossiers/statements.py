"""What firms called a trade secret, in the file of a case: with the hash that proves each one."""

from collections.abc import Iterator, Mapping
from typing import Any

from govmatch.applications.models import Application
from govmatch.applications.queries import statements, versions
from govmatch.applications.receipts import hash_of
from govmatch.applications.secrecy import canonical, marks_in
from govmatch.kit.db import ReadSession


def data_of(session: ReadSession, application: Application) -> list[dict[str, Any]]:
    """Return every statement with the content that its hash stands for, oldest first."""
    hashes = {one.number: one.content_hash for one in versions(session, application)}
    return [
        {
            "number": one.number,
            "version": one.version,
            "at": one.at.isoformat(timespec="microseconds"),
            "salt": one.salt,
            "sha256": one.sha256,
            "content": canonical(
                application.reference,
                one.version,
                hashes.get(one.version, ""),
                marks_in(one.answers, one.files),
            ).decode(),
        }
        for one in reversed(statements(session, application))
    ]


def broken(data: Mapping[str, Any]) -> Iterator[str]:
    """Yield which statements of an application are not what their hash stands for."""
    for one in data.get("secrecy", ()):
        if hash_of(one["salt"], str(one["content"]).encode()) != one["sha256"]:
            yield f"what it calls a trade secret (statement {one['number']}) was changed"
