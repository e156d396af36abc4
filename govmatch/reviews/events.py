"""What happens to reviews. Rows carry ids, state names and digests; points and words never."""

from typing import ClassVar

from govmatch.kit.journal import Event
from govmatch.kit.records import dataclass


@dataclass(frozen=True)
class AboutApplication(Event):
    subject_kind: ClassVar[str] = "application"


@dataclass(frozen=True)
class AboutChallenge(Event):
    subject_kind: ClassVar[str] = "challenge"


@dataclass(frozen=True)
class ConflictsDeclared(AboutChallenge):
    """Somebody of the jury declared what ties they have, before anything was shown to them.

    How many firms they named is not said: it would tell nothing that helps, and much that harms.
    """

    person_id: int


@dataclass(frozen=True)
class ConflictsAdded(AboutChallenge):
    """Somebody of the jury named further ties."""

    person_id: int


@dataclass(frozen=True)
class NamesRevealed(AboutChallenge):
    """Whoever declares their ties from now on reads the names of these; why, the row says."""

    application_ids: tuple[int, ...]


@dataclass(frozen=True)
class TiesConfirmed(AboutChallenge):
    """Somebody of the jury said that they named every tie, before names were shown to them."""

    person_id: int


@dataclass(frozen=True)
class ConflictNoted(AboutApplication):
    """A conflict of interest closes this application for a person; `kind` as in `ConflictKind`."""

    person_id: int
    kind: str


@dataclass(frozen=True)
class ConflictCleared(AboutApplication):
    """A conflict was found to be noted wrongly; `kind` is what it was noted as."""

    person_id: int
    kind: str


@dataclass(frozen=True)
class ConflictSuspected(AboutApplication):
    """The site found what may be a conflict; `kinds` as in `SuspicionKind`. It closes nothing."""

    person_id: int
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class SuspicionConfirmed(AboutApplication):
    """What was suspected is a conflict; that it closes, an event of its own says."""

    person_id: int


@dataclass(frozen=True)
class SuspicionCleared(AboutApplication):
    """What was suspected is none; why, the row says."""

    person_id: int


@dataclass(frozen=True)
class ReviewsAssigned(AboutChallenge):
    """One person was given applications to review; each has an event of its own besides."""

    person_id: int
    review_ids: tuple[int, ...]


@dataclass(frozen=True)
class ReviewAssigned(AboutApplication):
    review_id: int
    person_id: int
    is_blind: bool
    due_at: str
    """ISO 8601, in UTC."""


@dataclass(frozen=True)
class ReviewEvent(AboutApplication):
    """What happened to one review of one person."""

    review_id: int
    person_id: int


@dataclass(frozen=True)
class ReviewUnassigned(ReviewEvent):
    """Taken back before anything was scored."""


@dataclass(frozen=True)
class ReviewDueMoved(ReviewEvent):
    due_at: str
    """ISO 8601, in UTC."""


@dataclass(frozen=True)
class ApplicationShown(ReviewEvent):
    """The reviewer opened the application to read it; written down once a day."""


@dataclass(frozen=True)
class ReviewSubmitted(ReviewEvent):
    """`content_hash` is salted: it proves what was submitted and tells nothing of it."""

    content_hash: str


@dataclass(frozen=True)
class ReviewTakenUp(ReviewEvent):
    """Submitted before, and being changed again; until it is submitted it does not count."""


@dataclass(frozen=True)
class ReviewAbstained(ReviewEvent):
    pass


@dataclass(frozen=True)
class ReviewRecused(ReviewEvent):
    """Ended by a conflict of interest before anything was scored."""


@dataclass(frozen=True)
class ReviewSetAside(ReviewEvent):
    """Kept and shown as such, and not counted."""


@dataclass(frozen=True)
class ReviewReturned(ReviewEvent):
    """The conflict that ended it was cleared; `state` is what it is in again."""

    state: str


@dataclass(frozen=True)
class ReviewsReminded(AboutChallenge):
    """One person is told which reviews are due soon, or overdue."""

    person_id: int
    is_overdue: bool
    review_ids: tuple[int, ...]


@dataclass(frozen=True)
class ReviewsFrozen(AboutChallenge):
    """The decision is proposed: no review of this challenge changes any more."""


@dataclass(frozen=True)
class ReviewsThawed(AboutChallenge):
    """The proposal was returned: reviews may be changed again."""


@dataclass(frozen=True)
class ExpertiseNamed(Event):
    """A reviewer said what they know and read, and how much they can take; not what."""

    subject_kind: ClassVar[str] = "person"


@dataclass(frozen=True)
class AssignmentAsked(AboutChallenge):
    """Somebody asked who should review what; the background works it out."""

    proposal_id: int


@dataclass(frozen=True)
class AssignmentTaken(AboutChallenge):
    """A proposal was taken over; each review that came of it has an event of its own."""

    proposal_id: int


@dataclass(frozen=True)
class AssignmentDropped(AboutChallenge):
    """A proposal was thrown away; nothing was assigned."""

    proposal_id: int


@dataclass(frozen=True)
class ReviewerWithdrawn(AboutChallenge):
    """Somebody of the jury drops out; each of their open reviews has an event of its own."""

    person_id: int
