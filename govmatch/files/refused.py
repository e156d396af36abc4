"""Why a file is not taken."""

from govmatch.kit.i18n import Message, msg


class Refused(Exception):
    """The file is not taken; `reason` is what its sender is told."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.text)
        self.reason = reason


EMPTY = msg("The file is empty.")
DAMAGED = msg("The file is damaged or not complete. Please save it anew and add it again.")
UNCLEAR = msg(
    "The file is built in a way that cannot be checked. Please save it anew, or print it to PDF."
)
LOCKED = msg("The file is protected with a password. Please save it without one.")
PROGRAM = msg(
    "The file can do something by itself: it has a macro, a script or the like. "
    "Please save it without."
)
OTHER_FILES = msg("The file contains other files or objects. Please add them one by one.")
FROM_ELSEWHERE = msg(
    "The file loads something from elsewhere. Please put it into the file itself, or remove it."
)
BOMB = msg("Unpacked, the file would be far too large.")
INFECTED = msg(
    "The file contains harmful software. Please check your computer, then add a clean copy."
)
OLD_OFFICE = msg(
    "This is an old Office file, or one with a password. "
    "Please save it as DOCX, XLSX or PPTX, without a password."
)
