"""What files an application may have, said before anybody chooses one."""

from collections.abc import Iterable

from govmatch.applications import call
from govmatch.challenges.models import Challenge
from govmatch.files.kinds import Kind, shown
from govmatch.kit.records import dataclass
from govmatch.programmes.switches import Limit
from govmatch.questionnaires import Kind as QuestionKind
from govmatch.questionnaires import Section


@dataclass(frozen=True)
class FileRules:
    mb: int
    """Of one file, in units of 1,000,000 bytes."""
    most: int
    all_mb: int
    kinds: str


def file_rules(challenge: Challenge, sections: Iterable[Section]) -> FileRules | None:
    """Return the limits where one of the sections asks for a file."""
    asked = (question.kind for section in sections for question in section.questions)
    if QuestionKind.FILE not in asked:
        return None
    return FileRules(
        mb=call.most(challenge, Limit.FILE_MB),
        most=call.most(challenge, Limit.FILES),
        all_mb=call.most(challenge, Limit.FILES_MB),
        kinds=shown(list(Kind)),
    )
