"""Files named in an application that nobody is given: they keep it from being submitted."""

from govmatch.applications import call
from govmatch.applications.actions.filing import OWNER
from govmatch.applications.models import Application
from govmatch.files import queries as files
from govmatch.files.models import Scan
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import Message, msg
from govmatch.questionnaires import Kind, submitted
from govmatch.questionnaires.answers import texts_in


def held_files(session: ReadSession, application: Application) -> dict[str, Message]:
    """Return by field name why a file that the draft names keeps it from being submitted.

    What still waits for the scanner does not: it counts from when it came, and a scanner that is
    slow or down must not cost anybody the deadline.
    """
    form = call.form(application.challenge)
    answers = submitted(form, application.answers)
    asked = [one for one in form.questions if one.kind is Kind.FILE and one.id in answers]
    if not asked:
        return {}
    there = {one.public_id: one for one in files.of_owner(session, OWNER, application.id)}
    known = files.contents_of(session, list(there.values()))
    found: dict[str, Message] = {}
    for question in asked:
        for file_id in texts_in(answers[question.id]):
            file = there.get(file_id)
            content = known.get(file.sha256) if file is not None else None
            why = _why_held(content.scan, file.name) if file and content else None
            if why is not None:
                found.setdefault(question.field, why)
    return found


def _why_held(scan: str, name: str) -> Message | None:
    if scan == Scan.INFECTED:
        return msg(
            "{name} contains harmful software. Remove it here, check your computer, and add a "
            "clean copy if you need it.",
            name=name,
        )
    if scan == Scan.UNCHECKABLE:
        return msg(
            "{name} could not be checked for viruses, and nobody would get it. Remove it here, and "
            "add it in another form, for instance as a PDF without a password.",
            name=name,
        )
    return None
