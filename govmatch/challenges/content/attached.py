"""Papers that come with a challenge: they lie in content/challenges/<slug>/."""

from collections.abc import Mapping
from typing import Any

from govmatch.challenges.content.one_file import OneFile
from govmatch.files.checks import identify
from govmatch.files.kinds import MEDIA_TYPES, allowed_kinds
from govmatch.files.refused import Refused
from govmatch.kit.content import Folder, Place, Problem, Wrong
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.ids import digest
from govmatch.kit.records import dataclass

MAX_MB = 10


@dataclass(frozen=True, slots=True)
class Attached:
    """One paper: what the challenge keeps of it, and its content."""

    data: dict[str, Any]
    content: bytes

    @property
    def name(self) -> str:
        return str(self.data["name"])


def find_attached(
    folder: Folder, slug: str, files: Mapping[Lang, OneFile], problems: list[Problem]
) -> tuple[Attached, ...]:
    """Return the papers that the files name; `problems` gets what is not there or not safe."""
    first = files.get("en") or next(iter(files.values()))
    found = []
    for number, one in enumerate(first.attachments):
        place = Place(first.tree, problems, ("attachments", number, "file"))
        try:
            content = folder.read_bytes(f"challenges/{slug}/{one['file']}", most=MAX_MB * 1_000_000)
            kind = identify(content, one["file"], allowed_kinds(()))
        except Wrong as wrong:
            place.wrong(wrong.problem.message, wrong.problem.remedy)
            continue
        except Refused as refused:
            place.wrong(refused.reason, _OTHER_FILE)
            continue
        data = {
            "name": one["file"],
            "title": _titles(files, number),
            "media_type": MEDIA_TYPES[kind],
            "size": len(content),
            "sha256": digest(content),
        }
        found.append(Attached(data, content))
    return tuple(found)


_OTHER_FILE: Message = msg("Replace the file, or do not name it.")


def _titles(files: Mapping[Lang, OneFile], number: int) -> dict[str, str]:
    """Return the title by language; a language with a file of its own says it there."""
    found: dict[str, str] = {}
    for lang, one in files.items():
        own = one.attachments[number]["titles"] if number < len(one.attachments) else {}
        found |= {
            key or lang: title
            for key, title in own.items()
            if key in {"", lang} or key not in files
        }
    return found
