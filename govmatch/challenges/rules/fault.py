"""One thing that is missing or does not fit."""

from govmatch.challenges.labels import ASKED, FIELDS
from govmatch.kit.content import Path
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a path such as ("criteria", 2, "weight"), and how it is mended in a file.

    `lang` is set where the text of one language is meant.
    """

    path: Path
    message: Message
    remedy: Message
    lang: str | None = None

    @property
    def name(self) -> str:
        """The field's name: the first word of the path, of eligibility the second."""
        return str(self.path[1] if self.path[0] == "eligibility" else self.path[0])

    @property
    def field(self) -> str:
        """The name of the form's field, such as `criteria` or `title.de`."""
        return f"{self.name}.{self.lang}" if self.lang else self.name


def missing(path: Path, lang: str | None = None) -> Fault:
    """Return the fault of something that is not there."""
    fault = Fault(
        path,
        msg("This is missing."),
        msg("Add a line such as `{key}: …`.", key=str(path[-1])),
        lang,
    )
    label = FIELDS.get(fault.name) or ASKED.get(fault.name)
    if label is None:
        return fault
    return Fault(path, msg("{name} is missing.", name=label), fault.remedy, lang)
