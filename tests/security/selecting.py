"""Challenges on their way from the deadline to the decision, one for each stage that has forms.

Every text that somebody writes there is a rare word with the names of those who may read it; all of
it is made by the packages' own actions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from govmatch.accounts.models import Role, RoleRow
from govmatch.applications.actions import late_codes, messaging
from govmatch.applications.late import code_of
from govmatch.applications.models import Application, State
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import find_by_slug
from govmatch.kit.db import Session
from govmatch.kit.signing import Signer
from govmatch.organisations.models import Firm
from govmatch.reviews import actions as reviews
from govmatch.reviews.actions import Sheet
from govmatch.reviews.models import Review
from govmatch.reviews.suspicion_models import Suspicion
from govmatch.triage import actions as triage
from govmatch.triage import queries as cases
from govmatch.triage.actions import Seen
from govmatch.triage.likeness_models import Likeness, Verdict
from govmatch.triage.rules import Change, Kind
from govmatch.web.visit import Upload
from tests.security.applying import apply, send_in
from tests.security.making import Maker
from tests.unit.files.samples import pdf

STAFF = "astrid hanne eva jens"
"""Who reads what was opened: the authority's people, the programme's manager, the auditor."""
FIRMS = {
    "nordlys": ("nordlys-vision", "bo", "bo carla"),
    "hidden": ("hidden", "orla", "orla"),
    "weser": ("weserbeleg", "dieter", "dieter"),
    "klar": ("klarsprak-lab", "lea", "lea"),
}
"""Of each applicant: the firm's slug, who writes for it, and who is in it."""
REVIEWERS = "finn greta quinn rosa"


@dataclass(frozen=True)
class Stage:
    """One challenge after its deadline, by its word; the applications by their firms' words."""

    maker: Maker
    key: str

    def challenge(self, session: Session) -> Challenge:
        found = find_by_slug(session, self.maker.world.ids[f"challenge {self.key}"])
        assert found is not None
        return found

    def of(self, session: Session, firm: str) -> Application:
        public_id = self.maker.world.ids[f"application {self.key} {firm}"]
        found = select(Application).where(Application.public_id == public_id)
        return session.scalars(found).one()

    def by(self, session: Session, who: str) -> dict[str, Any]:
        return {"actor": self.maker.actor(session, who), "now": self.maker.now}

    def word(self, what: str, readers: str = "") -> str:
        return self.maker.world.canaries.plant(f"{what} in {self.key}", readers)

    def know(self, name: str, public_id: str) -> None:
        self.maker.world.ids[name] = public_id


def closed(
    maker: Maker,
    key: str,
    *firms: str,
    readers: str = "",
    blind: Mapping[str, str] | None = None,
    **changes: Any,
) -> Stage:
    """Make a challenge whose deadline has passed, with the applications of these firms.

    `readers` see everything that was handed in, `blind` by firm the answers alone, both beside the
    firm.
    """
    day = timedelta(days=1)
    dates = {
        "opens": maker.minute - 48 * day,
        "questions_until": maker.minute - 40 * day,
        "closes": maker.minute - 5 * day,
    }
    maker.published(key, maker.statement(f"Stage {key}", **{**dates, **changes}))
    stage = Stage(maker, key)
    for firm in firms:
        slug, who, own = FIRMS[firm]
        name, seen = f"{key} {firm}", f"{own} {readers}"
        at = maker.now - 20 * day
        apply(maker, name, firm=slug, by=who, on=key, readers=seen, at=at,
              blind=(blind or {}).get(firm, ""))  # fmt: skip
        send_in(maker, name, by=who, readers=seen, at=at)
    return stage


def open_up(stage: Stage, *, completed: bool = True) -> None:
    """Let Eva begin the opening, and Astrid complete it."""

    def act(session: Session) -> None:
        triage.begin(session, stage.challenge(session), **stage.by(session, "eva"))
        if completed:
            triage.complete(session, stage.challenge(session), **stage.by(session, "astrid"))

    stage.maker.do(act)


def issue_late_code(stage: Stage, key: str, address: str, reason: str) -> None:
    """Issue a late code to an address, and keep what its mail says."""
    maker = stage.maker
    signer = Signer(maker.settings.secret_key)

    def act(session: Session) -> str:
        made = late_codes.issue(
            session, stage.challenge(session), address=address, reason=reason, lang="en",
            expires_at=maker.minute + timedelta(days=1), signer=signer, real_now=maker.now,
            **stage.by(session, "eva"),
        )  # fmt: skip
        return made.public_id

    public_id = maker.do(act)
    maker.world.ids[f"late code {key}"] = public_id
    maker.world.ids[f"code of {key}"] = code_of(signer, public_id)
    maker.world.canaries.watch(maker.world.ids[f"code of {key}"], f"late code {key}", key)


def move_on(stage: Stage, *firms: str, to: State = State.IN_REVIEW) -> None:
    """Let Eva move applications, as the board does."""
    _change(stage, Change(Kind.STATE, to.value), *firms)


def tag(stage: Stage, word: str, *firms: str) -> None:
    _change(stage, Change(Kind.TAG, word), *firms)


def _change(stage: Stage, change: Change, *firms: str) -> None:
    def act(session: Session) -> None:
        found = [stage.of(session, firm) for firm in firms]
        seen = [Seen(c.application.public_id, c.revision) for c in cases.cases_of(session, found)]
        done = triage.apply(
            session, seen, change, real_now=stage.maker.now, **stage.by(session, "eva")
        )
        stage.know(f"move {stage.key}", done.move.public_id)

    stage.maker.do(act)


def revision_of(session: Session, application: Application) -> int:
    return cases.cases_of(session, [application])[0].revision


def work_on(stage: Stage, firm: str) -> None:
    """Let staff leave a note, a tag, a finding and a message on one application."""
    own = FIRMS[firm][2]
    note, tagged = stage.word("internal note", STAFF), stage.word("tag", STAFF)
    evidence = stage.word("evidence of a gate", STAFF)
    view_name = stage.word("view of triage", "eva")
    asked = stage.word("message of the firm", f"{own} {STAFF}")
    answered = stage.word("message of the authority", f"{own} {STAFF}")

    def act(session: Session) -> None:
        one = stage.of(session, firm)
        made = triage.add_note(session, one, note, **stage.by(session, "astrid"))
        stage.know(f"note {stage.key}", made.public_id)
        gate = cases.summary_of(session, one).gates[0].gate.kind
        stage.know(f"gate {stage.key}", gate)
        stage.know(f"tag {stage.key}", tagged)
        view = triage.save_view(
            session, name=view_name, query="q=state:submitted", is_board=False, programme_id=None,
            has_words=False, **stage.by(session, "eva"),
        )  # fmt: skip
        stage.know(f"view {stage.key}", view.public_id)
        triage.rule_gate(
            session, one, gate, is_met=True, evidence=evidence,
            revision=revision_of(session, one), **stage.by(session, "eva"),
        )  # fmt: skip
        for who, text in ((FIRMS[firm][1], asked), ("astrid", answered)):
            messaging.write(session, one, text, real_now=stage.maker.now, **stage.by(session, who))

    stage.maker.do(act)
    tag(stage, tagged, firm)


def find_alike(stage: Stage, one: str, other: str) -> None:
    """Let two applications be found to say the same, and Eva say why they do not."""
    why = stage.word("reason of a mark", STAFF)

    def act(session: Session) -> None:
        first, second = sorted(
            [stage.of(session, one), stage.of(session, other)], key=lambda each: each.id
        )
        pair = {"one_id": first.id, "other_id": second.id}
        if session.query(Likeness).filter_by(**pair).first() is None:
            kept = Likeness(
                kind="same_text", told=0.5, one_version=1, other_version=1, at=stage.maker.now,
                **pair,
            )  # fmt: skip
            session.add(kept)
            session.flush()
        triage.mark_likeness(
            session, first, second.public_id, Verdict.DIFFERENT, why, seen=0,
            **stage.by(session, "eva"),
        )  # fmt: skip

    stage.maker.do(act)


def suspect(stage: Stage, who: str, firm: str, *, settled: bool = False) -> None:
    """Let somebody have belonged to a firm, as the site suspects; Eva cleared a settled one."""
    why = stage.word(f"reason about {who} and {firm}", "eva") if settled else ""

    def act(session: Session) -> None:
        person = stage.maker.world.numbers[who]
        one = stage.of(session, firm)
        now = stage.maker.now
        row = RoleRow(
            person_id=person, role=Role.MEMBER, object_kind="firm", object_id=one.firm_id,
            since=now - timedelta(days=900), until=now - timedelta(days=800),
        )  # fmt: skip
        found = Suspicion(
            application_id=one.id, person_id=person, kinds=["organisation"], found_at=now
        )
        session.add_all([row, found])
        session.flush()
        if settled:
            reviews.clear_suspicion(session, one, person, why, **stage.by(session, "eva"))

    stage.maker.do(act)


def request(stage: Stage, firm: str) -> None:
    """Let Eva ask a firm for something, and the firm answer with a file."""
    maker, (_, who, own) = stage.maker, FIRMS[firm]
    both = f"{own} {STAFF}"
    text, said = stage.word("request", both), stage.word("answer to a request", both)
    name, inside = stage.word("name of a file that was asked for", both), "asked for"

    def act(session: Session) -> None:
        one = stage.of(session, firm)
        asked = triage.ask(
            session, one, text, due_at=maker.minute + timedelta(days=9),
            revision=revision_of(session, one), **stage.by(session, "eva"),
        )  # fmt: skip
        triage.answer(
            session, asked, said, uploads=[Upload(f"{name}.pdf", pdf(inside.encode()))],
            seen=triage.answer_mark(asked), settings=maker.settings, real_now=maker.now,
            **stage.by(session, who),
        )  # fmt: skip
        session.flush()
        [file] = cases.files_of(session, asked)
        stage.know(f"request {stage.key}", asked.public_id)
        stage.know(f"request file {stage.key}", file.public_id)

    maker.do(act)


def seat(stage: Stage, *jury: str) -> None:
    """Put people on the jury."""
    number = stage.maker.challenge_number(stage.key)
    for who in jury:
        stage.maker.give(who, Role.REVIEWER, "challenge", number, f"Stage {stage.key}")


def declare(stage: Stage, who: str, *, firms: Sequence[str] = (), ties: str = "") -> None:
    maker = stage.maker

    def act(session: Session) -> None:
        slugs = [FIRMS[firm][0] for firm in firms]
        ids = session.scalars(select(Firm.id).where(Firm.slug.in_(slugs)))
        reviews.declare(
            session, stage.challenge(session), firm_ids=list(ids), other_ties=ties, revision=0,
            real_now=maker.now, **stage.by(session, who),
        )  # fmt: skip

    maker.do(act)


def assign(stage: Stage, who: str, *firms: str) -> None:
    """Let Eva give applications to a juror; the reviews' ids are kept by firm and person."""
    maker = stage.maker

    def act(session: Session) -> None:
        reviews.assign(
            session, [stage.of(session, firm) for firm in firms], [maker.row(session, who)],
            due_at=maker.minute + timedelta(days=14), real_now=maker.now,
            **stage.by(session, "eva"),
        )  # fmt: skip
        session.flush()
        for firm in firms:
            if (made := find_review(session, stage, who, firm)) is not None:
                stage.know(f"review {stage.key} {firm} by {who}", made.public_id)

    maker.do(act)


def find_review(session: Session, stage: Stage, who: str, firm: str) -> Review | None:
    found = select(Review).where(
        Review.person_id == stage.maker.world.numbers[who],
        Review.application_id == stage.of(session, firm).id,
    )
    return session.scalars(found).first()


def score(
    stage: Stage, who: str, firm: str, *, points: int = 4, submitted: bool = True, readers: str = ""
) -> None:
    """Let a juror give points with a comment and a private note; `readers` read the comments."""
    about = f"{who} on {firm}"
    comment = stage.word(f"comment by {about}", f"{who} {readers}")
    aside = stage.word(f"comment on a criterion by {about}", f"{who} {readers}")
    private = stage.word(f"private note by {about}", f"{who} {STAFF}")

    def act(session: Session) -> None:
        review = find_review(session, stage, who, firm)
        assert review is not None, f"{who} has no review of {firm}"
        ids = [one["id"] for one in stage.challenge(session).criteria]
        sheet = Sheet(dict.fromkeys(ids, points), {ids[0]: aside}, comment, private)
        reviews.save(session, review, sheet, revision=review.revision, **stage.by(session, who))
        if submitted:
            reviews.submit(session, review, **stage.by(session, who))

    stage.maker.do(act)
