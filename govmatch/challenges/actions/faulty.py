"""What is raised where a challenge is not whole."""

from collections.abc import Sequence

from govmatch.challenges.rules import Fault, errors_of
from govmatch.kit.errors import Invalid


class Faulty(Invalid):
    """Something is missing or does not fit; `faults` has the remedies too, for files."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(errors_of(faults))
        self.faults = list(faults)
