"""Interviews: who invites, books, asks, listens, reveals names, and who never learns of them."""

from datetime import timedelta

from govmatch.applications.models import State as Applied
from govmatch.interviews.models import Interview, InterviewQuestion, Slot, State
from govmatch.kit.clock import real_now
from govmatch.kit.db import Session
from govmatch.kit.ids import public_id
from tests.security.acts import Act, act
from tests.security.gates import ACCOUNTS, DESKS, JURORS, JURY, MANAGERS, Gate, Row, look
from tests.security.house import House
from tests.security.making import Maker
from tests.security.selecting import FIRMS, STAFF, Stage, find_review

PATH = "/desk/challenges/{slug}/interviews"
ONE, OWN = f"{PATH}/{{interview}}", "/applications/{id}/interview"
NAMES = "/reviews/challenges/{slug}/names"
COMERS = Gate(frozenset((*DESKS, *JURY, "jens")))
WORKERS = Gate(frozenset(("eva", "mads", *JURY)))
THERE = f"finn {STAFF}"
HEARINGS = {"heard": timedelta(days=9), "hearing": -timedelta(minutes=9)}
"""Of each challenge, how long it is until the booked slot."""
HEARD, HEARING = {"slug": "challenge heard"}, {"slug": "challenge hearing"}
WESER = {"interview": "interview heard weser"}


def hold_interviews(maker: Maker) -> None:
    """Let Weser have booked a slot and Nordlys be invited; in one challenge the slot has begun.

    Finn reads both without names; those of the first challenge were revealed since he declared.
    """
    for key, ahead in HEARINGS.items():
        _hold(Stage(maker, key), ahead)


def _hold(stage: Stage, ahead: timedelta) -> None:
    asked = stage.word("question for an interview", THERE)
    notes, said = stage.word("notes of an interview", STAFF), stage.word("needs", f"dieter {STAFF}")

    def make(session: Session) -> None:
        challenge, now = stage.challenge(session), stage.maker.now
        eva = stage.maker.world.numbers["eva"]
        for name, begins in (("taken", now + ahead), ("free", now + timedelta(days=19))):
            slot = Slot(
                public_id=public_id(), challenge_id=challenge.id, starts=begins, minutes=30,
                place="Room 3", made_by=eva, made_at=now,
            )  # fmt: skip
            session.add(slot)
            session.flush()
            stage.know(f"slot {stage.key} {name}", slot.public_id)
            if name == "taken":
                _invite(session, stage, "weser", slot, needs=said, notes=notes)
        _invite(session, stage, "nordlys", None)
        _ask(session, stage, asked)

    stage.maker.do(make)


def _invite(
    session: Session, stage: Stage, firm: str, slot: Slot | None, *, needs: str = "",
    notes: str = "",
) -> None:  # fmt: skip
    now, numbers = stage.maker.now, stage.maker.world.numbers
    application = stage.of(session, firm)
    application.state = Applied.SHORTLISTED.value
    application.interview_until = until = now + timedelta(days=5)
    application.interview_at = slot.starts if slot is not None else None
    if stage.key == "heard":
        application.names_shown_at = now + timedelta(seconds=1)
    interview = Interview(
        public_id=public_id(), application=application, slot=slot, until=until, changed_at=now,
        state=(State.BOOKED if slot is not None else State.INVITED).value,
        invited_by=numbers["eva"], invited_at=now, needs=needs, notes=notes,
        booked_by=numbers[FIRMS[firm][1]] if slot is not None else None,
    )  # fmt: skip
    session.add(interview)
    session.flush()
    stage.know(f"interview {stage.key} {firm}", interview.public_id)


def _ask(session: Session, stage: Stage, text: str) -> None:
    interview = session.query(Interview).filter_by(
        public_id=stage.maker.world.ids[f"interview {stage.key} weser"]
    ).one()  # fmt: skip
    question = InterviewQuestion(
        public_id=public_id(), interview_id=interview.id, text=text, at=stage.maker.now,
        by=stage.maker.world.numbers["eva"],
    )  # fmt: skip
    session.add(question)
    session.flush()
    stage.know(f"question {stage.key}", question.public_id)
    review = find_review(session, stage, "finn", "weser")
    assert review is not None
    review.confidence = "low"


def _in_40_days(_house: House, _who: str) -> str:
    return f"{real_now() + timedelta(days=40):%Y-%m-%dT12:00}"


INTERVIEW_LOOKS: list[Row] = [
    look(PATH, COMERS, THERE, **HEARD),
    look(f"{PATH}/slots", MANAGERS, "eva", **HEARD),
    look(f"{PATH}/slots/{{slot}}", MANAGERS, "eva", slot="slot heard taken", **HEARD),
    look(f"{PATH}/slots/{{slot}}", MANAGERS, "", slot="slot hearing taken", **HEARD),
    look(f"{PATH}/invite", MANAGERS, "eva", **HEARD),
    look(f"{PATH}/names", MANAGERS, "eva", **HEARD),
    look(ONE, COMERS, THERE, **WESER, **HEARD),
    look(ONE, COMERS, "", **WESER, **HEARING),
    look(f"{ONE}/calendar.ics", COMERS, THERE, **WESER, **HEARD),
    look(f"{ONE}/questions/{{question}}", WORKERS, "eva", question="question heard", **WESER,
         **HEARD),
    look(NAMES, JURORS, "finn", **HEARD),
    look(OWN, ACCOUNTS, "dieter", id="application heard weser"),
    look(OWN, ACCOUNTS, "bo carla", id="application heard nordlys"),
    look(OWN, ACCOUNTS, "", id="application met weser"),
    look(f"{OWN}.ics", ACCOUNTS, "dieter", id="application heard weser"),
]  # fmt: skip

INTERVIEW_ACTS: list[Act] = [
    act(f"{PATH}/slots", MANAGERS, "eva", "InterviewSlotsAdded", page=f"{PATH}/slots",
        fields={"starts": _in_40_days}, **HEARD),
    act(f"{PATH}/slots/{{slot}}", MANAGERS, "eva", "InterviewSlotChanged", "InterviewChanged",
        page=f"{PATH}/slots/{{slot}}", slot="slot heard taken", fields={"starts": _in_40_days},
        **HEARD),
    act(f"{PATH}/slots/{{slot}}/remove", MANAGERS, "eva", "InterviewSlotRemoved", page=PATH,
        slot="slot heard free", **HEARD),
    act(f"{PATH}/invite", MANAGERS, "eva", "InterviewInvited", page=f"{PATH}/invite",
        fields={"items[]": "@application heard nordlys", "until": _in_40_days}, **HEARD),
    act(f"{PATH}/names", MANAGERS, "eva", "NamesRevealed", page=f"{PATH}/names",
        fields={"why": "The jury meets them"}, **HEARING),
    act(NAMES, JURORS, "finn", "TiesConfirmed", "AccessGranted", "AccessGranted", page=NAMES,
        fields={"impartial": "yes"}, **HEARD),
    act(f"{ONE}/prepare", WORKERS, "eva finn", "InterviewQuestionsPrepared", page=ONE, **WESER,
        **HEARD),
    act(f"{ONE}/questions", WORKERS, "eva finn", "InterviewQuestionKept", page=ONE,
        fields={"text": "What else?"}, **WESER, **HEARD),
    act(f"{ONE}/questions/{{question}}", WORKERS, "eva", "InterviewQuestionKept",
        page=f"{ONE}/questions/{{question}}", question="question heard",
        fields={"text": "What else?"}, **WESER, **HEARD),
    act(f"{ONE}/release", MANAGERS, "eva", "InterviewQuestionsReleased", page=ONE,
        fields={"released[]": "@question heard"}, **WESER, **HEARD),
    act(f"{ONE}/held", WORKERS, "eva", "InterviewHeld", page=ONE, refused="finn",
        fields={"people[]": "@person finn"}, interview="interview hearing weser", **HEARING),
    act(f"{ONE}/notes", WORKERS, "eva", "InterviewNoted", page=ONE, refused="finn",
        fields={"notes": "They were on time"}, **WESER, **HEARD),
    act(f"{ONE}/call-off", MANAGERS, "eva", "InterviewCalledOff", page=ONE,
        fields={"reason": "The jury is ill"}, **WESER, **HEARD),
    act(OWN, ACCOUNTS, "dieter", "InterviewMoved", page=OWN, id="application heard weser",
        fields={"slot": "@slot heard free"}),
    act(OWN, ACCOUNTS, "bo carla", "InterviewBooked", page=OWN, id="application heard nordlys",
        fields={"slot": "@slot heard free"}),
    act(f"{OWN}/give-up", ACCOUNTS, "dieter", "InterviewGivenUp", page=OWN,
        id="application heard weser"),
]  # fmt: skip
