"""How long somebody is told to wait who asked too often."""

import pytest

from govmatch.kit.errors import TooMany
from govmatch.kit.i18n import say
from govmatch.web.error_pages import reasons_of


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (1, "Please wait 1 seconds and try again."),
        (90, "Please wait 90 seconds and try again."),
        (91, "Please wait 2 minutes and try again."),
        (3598, "Please wait 60 minutes and try again."),
    ],
)
def test_a_long_wait_is_told_in_minutes_and_never_too_short(seconds: int, told: str) -> None:
    (reason,) = reasons_of(TooMany(seconds))
    assert say(reason, "en") == told
