"""What an action or a query may raise; `web` maps each to one status, once."""

from collections.abc import Mapping

from govmatch.kit.i18n import Message


class GovmatchError(Exception):
    """The root of everything that is said to a person and not to a log."""


class NotFound(GovmatchError):
    """There is no such thing for this reader: 404, whether it exists or not."""


class Gone(GovmatchError):
    """It was here and is over, such as a used link: 410 with the reason."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.text)
        self.reason = reason


class NotAllowed(GovmatchError):
    """The reader sees the thing and may not do this to it: 403 with the reason."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.text)
        self.reason = reason


class Invalid(GovmatchError):
    """What was entered is not right: 422, with a message for each field."""

    def __init__(self, errors: Mapping[str, Message]) -> None:
        super().__init__("; ".join(f"{name}: {error.text}" for name, error in errors.items()))
        self.errors = dict(errors)


class Conflict(GovmatchError):
    """The thing is no longer as the reader last saw it: 409 with the reason."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.text)
        self.reason = reason


class TooLarge(GovmatchError):
    """More was sent than is taken here: 413 with the limit."""

    def __init__(self, reason: Message) -> None:
        super().__init__(reason.text)
        self.reason = reason


class TooMany(GovmatchError):
    """The same was asked too often: 429, and when to come back (seconds)."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after
