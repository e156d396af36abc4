"""What background work is given beside the session and the journal row."""

from datetime import datetime

from govmatch.kit.records import dataclass
from govmatch.kit.signing import Signer
from govmatch.settings import Settings


@dataclass(frozen=True)
class Background:
    """`now` is the site's time, `real_now` the machine's."""

    settings: Settings
    signer: Signer
    now: datetime
    real_now: datetime
