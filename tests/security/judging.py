"""What the numbers say, what reviewers know, and who is proposed: who is let in, who may act."""

from datetime import timedelta

from govmatch.accounts.models import Person
from govmatch.kit.clock import real_now
from govmatch.kit.db import Session
from govmatch.reviews.proposal_models import Proposal, Proposed
from govmatch.reviews.proposal_models import Stage as Progress
from tests.security.acts import Act, act
from tests.security.gates import DESKS, JURORS, JURY, MANAGERS, OVERSEERS, Gate, Row, look
from tests.security.house import House
from tests.security.making import Maker
from tests.security.selecting import STAFF, Stage, move_on, seat

DESK = "/desk/challenges/{slug}/reviewing"
NUMBERS, PROPOSAL, EXPERTISE = f"{DESK}/numbers", f"{DESK}/proposal", "/reviews/expertise"
READERS = Gate(frozenset((*DESKS, *JURY, "jens")))
DEALT = {"slug": "challenge dealt"}


def _in_20_days(_house: House, _who: str) -> str:
    return f"{real_now() + timedelta(days=20):%Y-%m-%d}"


WISH = {"wanted": "2", "most": "5", "seed": "1", "due": _in_20_days}


def deal_out(maker: Maker) -> None:
    """Let it be proposed that Finn reviews one of two applications, and be given the other."""
    stage = Stage(maker, "dealt")
    move_on(stage, "nordlys", "weser")
    seat(stage, "finn")

    def propose(session: Session) -> None:
        challenge, one = stage.challenge(session), stage.of(session, "nordlys")
        numbers = maker.world.numbers
        proposal = Proposal(
            challenge_id=challenge.id, stage=Progress.MADE.value, asked_by=numbers["eva"],
            asked_at=maker.now, application_ids=[one.id], wanted=1, most=5, heeds_languages=True,
            seed=1, due_at=maker.now + timedelta(days=20),
        )  # fmt: skip
        session.add(proposal)
        session.flush()
        session.add(
            Proposed(proposal_id=proposal.id, application_id=one.id, person_id=numbers["finn"])
        )
        finn = session.get_one(Person, numbers["finn"])
        stage.know("line dealt", f"{one.public_id} {finn.public_id}")

    maker.do(propose)


JUDGING_LOOKS: list[Row] = [
    look(NUMBERS, READERS, f"finn {STAFF}", slug="challenge met"),
    look(NUMBERS, READERS, STAFF, slug="challenge judged", refused="finn greta quinn"),
    *(
        look(
            f"{NUMBERS}/{{name}}.{kind}",
            READERS,
            f"finn {STAFF}",
            slug="challenge met",
            name="=means",
        )
        for kind in ("csv", "xlsx")
    ),
    *(
        look(
            f"{NUMBERS}/{{name}}.{kind}",
            READERS,
            STAFF,
            slug="challenge judged",
            name="=means",
            refused="finn greta quinn",
        )
        for kind in ("csv", "xlsx")
    ),
    look(PROPOSAL, MANAGERS, "eva", **DEALT),
    look(f"{DESK}/remind", OVERSEERS, STAFF, slug="challenge judged", status=303),
    look(EXPERTISE, JURORS),
    *(
        look(f"{PROPOSAL}/{verb}", MANAGERS, "eva", status=303, **DEALT)
        for verb in ("out", "in", "take", "drop", "drop-out")
    ),
]

JUDGING_ACTS: list[Act] = [
    act(EXPERTISE, JURORS, "finn greta quinn", "ExpertiseNamed", page=EXPERTISE,
        fields={"languages": "de"}),
    act(f"{DESK}/remind", MANAGERS, "eva", "ReviewsReminded", page=DESK, slug="challenge judged",
        fields={"person": "@person finn"}),
    act(PROPOSAL, MANAGERS, "eva", "AssignmentAsked", page=PROPOSAL, fields=WISH, **DEALT),
    act(f"{PROPOSAL}/out", MANAGERS, "eva", page=PROPOSAL, keeps=True,
        fields={"lines": "@line dealt"}, **DEALT),
    act(f"{PROPOSAL}/in", MANAGERS, "eva", page=PROPOSAL, keeps=True,
        fields={"application": "@application dealt weser", "person": "@person finn"}, **DEALT),
    act(f"{PROPOSAL}/take", MANAGERS, "eva", "ReviewAssigned", "ReviewsAssigned",
        "AssignmentTaken", page=PROPOSAL, **DEALT),
    act(f"{PROPOSAL}/drop", MANAGERS, "eva", "AssignmentDropped", page=PROPOSAL, **DEALT),
    act(f"{PROPOSAL}/drop-out", MANAGERS, "eva", "AccessEnded", "ReviewUnassigned", "AccessEnded",
        "ReviewSetAside", "ReviewerWithdrawn", page=PROPOSAL, slug="challenge judged",
        fields={"who": "@person finn", "drop_reason": "They are ill"}),
]  # fmt: skip
