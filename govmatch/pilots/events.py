"""What happens to pilots. The subject is the pilot.

Public is what changes the results page: from the agreement on it shows milestones with their
states, key figures with their values, and the outcome.
"""

from typing import ClassVar

from govmatch.kit.journal import Event
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class AboutPilot(Event):
    subject_kind: ClassVar[str] = "pilot"


@dataclass(frozen=True)
class PublicAboutPilot(AboutPilot):
    """What changes pages that visitors read."""

    public: ClassVar[bool] = True


@dataclass(frozen=True)
class PilotPlanned(AboutPilot):
    """A pilot was made from a confirmed application; its plan is being written."""

    application_id: int
    challenge_id: int


@dataclass(frozen=True)
class PlanChanged(AboutPilot):
    """The plan says something else; agreements to earlier revisions are void."""

    revision: int


@dataclass(frozen=True)
class PlanOffered(AboutPilot):
    """The authority agrees to this revision and asks the firm to."""

    revision: int


@dataclass(frozen=True)
class PlanReturned(AboutPilot):
    """The firm returned this revision with remarks."""

    revision: int


@dataclass(frozen=True)
class PilotMessageSent(AboutPilot):
    """One side wrote to the other: `side` is firm or authority."""

    message_id: int
    side: str


@dataclass(frozen=True)
class PilotAgreed(PublicAboutPilot):
    """Both sides agreed to the same revision: the pilot runs."""

    revision: int


@dataclass(frozen=True)
class MilestoneDelivered(PublicAboutPilot):
    milestone_id: int
    delivery_id: int
    number: int


@dataclass(frozen=True)
class MilestoneAccepted(PublicAboutPilot):
    milestone_id: int
    delivery_id: int
    number: int


@dataclass(frozen=True)
class MilestoneReturned(PublicAboutPilot):
    milestone_id: int
    delivery_id: int
    number: int


@dataclass(frozen=True)
class MilestoneDue(AboutPilot):
    """The firm was reminded; `days` is 7 or 1 before the day, -1 once it is past."""

    milestone_id: int
    days: int


@dataclass(frozen=True)
class AcceptanceDue(AboutPilot):
    """The authority was reminded to decide on a delivery; `days` as in `MilestoneDue`."""

    milestone_id: int
    days: int


@dataclass(frozen=True)
class KpiMeasured(PublicAboutPilot):
    kpi_id: int
    value_id: int


@dataclass(frozen=True)
class ChangeProposed(AboutPilot):
    """One side wishes other dates or amounts."""

    change_id: int
    side: str


@dataclass(frozen=True)
class ChangeAgreed(PublicAboutPilot):
    """The other side agreed; the plan has a new revision."""

    change_id: int
    revision: int


@dataclass(frozen=True)
class ChangeDeclined(AboutPilot):
    change_id: int


@dataclass(frozen=True)
class ChangeWithdrawn(AboutPilot):
    change_id: int


@dataclass(frozen=True)
class LogNoted(AboutPilot):
    entry_id: int


@dataclass(frozen=True)
class DocumentAdded(AboutPilot):
    file_id: int


@dataclass(frozen=True)
class DocumentRemoved(AboutPilot):
    file_id: int


@dataclass(frozen=True)
class PresentationPlanned(AboutPilot):
    """The final presentation has a time and a place, or others than before."""

    at: str


@dataclass(frozen=True)
class PresentationHeld(AboutPilot):
    """The final presentation took place."""


@dataclass(frozen=True)
class PilotStopped(PublicAboutPilot):
    """One side stopped it before its end."""

    side: str
    from_state: str


@dataclass(frozen=True)
class OutcomeStated(PublicAboutPilot):
    """What came of it, with published reasons."""

    outcome: str
    from_state: str
