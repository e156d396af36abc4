"""The world of these tests: the demonstration's, more people, and things that few may see.

It is made in two steps, each kept as a file and copied for every test: `people_it` makes what
everybody may know, `hide_things` what nobody may meet who is not named beside its word. So two
worlds can be compared that differ in nothing but what is private.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from govmatch.accounts import actions as accounts
from govmatch.accounts import links, second_factor
from govmatch.accounts import queries as people
from govmatch.accounts.actions.sessions import open_session
from govmatch.accounts.models import LinkRequest, Person, Purpose, Role, RoleRow, SessionRow
from govmatch.applications import actions as applications
from govmatch.applications.actions import Sent
from govmatch.applications.models import Application
from govmatch.challenges import actions as challenges
from govmatch.challenges.models import Challenge
from govmatch.challenges.queries import find_by_slug, form_of
from govmatch.challenges.statement import Statement, Words, statement_of
from govmatch.demonstration.cases import applications as cases
from govmatch.demonstration.cases import make
from govmatch.demonstration.personas import PERSONAS
from govmatch.demonstration.world import seed
from govmatch.files.models import StoredFile
from govmatch.kit.actor import VISITOR, Actor, Held
from govmatch.kit.db import Database, Session, commit
from govmatch.kit.ids import token
from govmatch.kit.signing import Signer
from govmatch.organisations import actions as organisations
from govmatch.organisations.models import Evidence, Firm
from govmatch.organisations.profile import Basics, EvidenceValues, NewFirm, Offer
from govmatch.organisations.queries import authorities
from govmatch.settings import Settings
from govmatch.web.visit import Upload
from tests.security.canaries import Canaries
from tests.unit.files.samples import pdf

LIKE = "scanning-technology"
OWNERS = "astrid hanne eva jens"  # who sees what Astrid writes before it is public
DESK = "astrid hanne eva"


@dataclass
class World:
    """What tests speak of by name: ids and slugs, cookies, links, and the words to look for."""

    now: datetime
    cookies: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    canaries: Canaries = field(default_factory=Canaries)


class Maker:
    """Makes things by the very actions of the site, one transaction after the other."""

    def __init__(self, database: Database, settings: Settings, now: datetime) -> None:
        self.database = database
        self.settings = settings
        self.world = World(now)

    @property
    def now(self) -> datetime:
        return self.world.now

    def do(self, act: Callable[[Session], Any]) -> Any:
        with self.database.writing() as session:
            done = act(session)
            commit(session)
        return done

    # People

    def person(self, key: str, name: str, address: str = "") -> None:
        def act(session: Session) -> int:
            made = accounts.create_person(
                session,
                address=address or f"{key}@doors.example",
                name=name,
                lang="en",
                actor=VISITOR,
                now=self.now,
                real_now=self.now,
            )
            session.flush()
            self.world.ids[f"person {key}"] = made.public_id
            return made.id

        self.world.numbers[key] = self.do(act)

    def know(self) -> None:
        """Note who the personas are."""
        with self.database.reading() as session:
            for one in PERSONAS:
                person = people.by_email(session, one.email)
                assert person is not None
                self.world.numbers[one.key] = person.id
                self.world.ids[f"person {one.key}"] = person.public_id

    def give(self, key: str, role: Role, kind: str, number: int, label: str = "") -> None:
        self.do(
            lambda session: accounts.give_role(
                session, self.row(session, key), role, kind, number,
                actor=VISITOR, now=self.now, real_now=self.now, object_label=label,
            )
        )  # fmt: skip

    def row(self, session: Session, key: str) -> Person:
        return session.get_one(Person, self.world.numbers[key])

    def actor(self, session: Session, key: str) -> Actor:
        person = self.row(session, key)
        held = people.roles_of(session, person, now=self.now + timedelta(minutes=1))
        return Actor(person_id=person.id, name=person.name, roles=frozenset(held))

    def enter(self, key: str, *, factor: bool, as_: str = "") -> None:
        """Sign somebody in; the cookie is kept under `as_`, the session's id beside it."""

        def act(session: Session) -> str:
            opened = open_session(
                session,
                self.row(session, key),
                way="test",
                user_agent="Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
                session_days=self.settings.session_days,
                with_factor=factor,
                actor=VISITOR,
                now=self.now,
                real_now=self.now,
            )
            self.world.ids[f"session {as_ or key}"] = opened.row.public_id
            return opened.token

        self.world.cookies[as_ or key] = self.do(act)

    def set_up_factor(self, key: str) -> None:
        """Give somebody a second factor; the session in which it is done counts for nothing."""
        self.enter(key, factor=False, as_=f"{key} at set-up")
        session_id = self.world.ids[f"session {key} at set-up"]

        def act(session: Session) -> None:
            row = session.scalars(
                select(SessionRow).where(SessionRow.public_id == session_id)
            ).one()
            secret = second_factor.next_secret(
                row.person, session_id=row.public_id, site_key=self.settings.secret_key
            )
            before = self.now - timedelta(minutes=5)
            done = accounts.set_second_factor(
                session, row, code=second_factor.code_at(secret, before),
                site_key=self.settings.secret_key, actor=Actor(person_id=row.person_id),
                now=before, real_now=before,
            )  # fmt: skip
            assert done is not None
            row.ended_at = self.now

        self.do(act)

    # Firms

    def firm_number(self, slug: str) -> int:
        with self.database.reading() as session:
            found = session.scalars(select(Firm).where(Firm.slug == slug)).one()
            self.world.ids[f"firm {slug}"] = found.public_id
            return found.id

    def firm(self, key: str, lead: str, name: str) -> int:
        """Make a firm that nobody but its members sees."""

        def act(session: Session) -> int:
            made = organisations.make_firm(
                session, NewFirm(name=name, country="DK", registration=""),
                actor=self.actor(session, lead), now=self.now, real_now=self.now,
            )  # fmt: skip
            self.world.ids[f"firm {key}"] = made.public_id
            self.world.ids[f"slug {key}"] = made.slug
            return made.id

        return int(self.do(act))

    def profile(self, number: int, lead: str, *sections: Any) -> None:
        def act(session: Session) -> None:
            for section in sections:
                organisations.save_profile(
                    session, session.get_one(Firm, number), section,
                    actor=self.actor(session, lead), now=self.now,
                )  # fmt: skip

        self.do(act)

    def evidence(self, key: str, number: int, lead: str, note: str) -> None:
        def act(session: Session) -> str:
            made = organisations.add_evidence(
                session, session.get_one(Firm, number),
                EvidenceValues(kind="iso-27001", note=note),
                actor=self.actor(session, lead), now=self.now,
            )  # fmt: skip
            return made.public_id

        self.world.ids[f"evidence {key}"] = self.do(act)

    # Invitations and links

    def invite(
        self, key: str, by: str, address: str, role: Role, kind: str, number: int, label: str = ""
    ) -> None:
        def act(session: Session) -> str:
            made = accounts.invite(
                session, address, role, kind, number, object_label=label, lang="en",
                actor=self.actor(session, by), now=self.now, real_now=self.now,
            )  # fmt: skip
            session.flush()
            return made.public_id

        public_id = self.do(act)
        signer = Signer(self.settings.secret_key)
        self.world.ids[f"invitation {key}"] = public_id
        self.world.ids[f"token {key}"] = links.sign_invitation(signer, public_id)

    def link(self, key: str, who: str, *, new_address: str = "") -> None:
        """Make a mailed link: to sign in, or with `new_address` to change the account's."""

        def act(session: Session) -> str:
            person = self.row(session, who)
            purpose = Purpose.CHANGE_ADDRESS if new_address else Purpose.SIGN_IN
            accounts.ask_for_link(
                session, new_address or person.email, purpose=purpose, lang="en", client="test",
                actor=VISITOR, now=self.now, real_now=self.now,
                person=person if new_address else None,
            )  # fmt: skip
            made = session.scalars(select(LinkRequest).order_by(LinkRequest.id.desc())).first()
            assert made is not None
            expires = self.now + timedelta(minutes=15)
            link = links.Link(made.public_id, person.public_id, expires)
            return links.sign(Signer(self.settings.secret_key), link)

        self.world.ids[f"token {key}"] = self.do(act)

    # Challenges

    def statement(self, about: str, **changes: Any) -> Statement:
        """Return a whole challenge like a shipped one, which says what it is about."""
        with self.database.reading() as session:
            like = find_by_slug(session, LIKE)
            assert like is not None
            made = statement_of(like)
        texts = {
            lang: Words(title=f"{about} {lang}", summary=f"{about} {lang}.", body=f"{about} {lang}")
            for lang in ("de", "da", "en")
        }
        days = {"opens": 10, "questions_until": 38, "closes": 52}
        dates = {name: self.now + timedelta(days=n) for name, n in days.items()}
        return replace(made, **{"words": texts, "questions": (), **dates, **changes})

    def draft(self, key: str, statement: Statement, *, by: str = "astrid") -> None:
        at = self.now - timedelta(days=60)

        def act(session: Session) -> str:
            made = challenges.create(session, statement, actor=self.actor(session, by), now=at)
            return made.slug

        self.world.ids[f"challenge {key}"] = self.do(act)

    def move(self, key: str, verb: Any, by: str, **more: Any) -> None:
        """Do something with a challenge as somebody, 50 days ago."""
        at = self.now - timedelta(days=50)
        slug = self.world.ids[f"challenge {key}"]

        def act(session: Session) -> None:
            found = find_by_slug(session, slug)
            assert found is not None
            verb(session, found, actor=self.actor(session, by), now=at, **more)

        self.do(act)

    def submitted(self, key: str, statement: Statement) -> None:
        self.draft(key, statement)
        folder = self.settings.content_dir
        self.move(key, challenges.submit_for_approval, "astrid", content_dir=folder)

    def approved(self, key: str, statement: Statement) -> None:
        self.submitted(key, statement)
        self.move(key, challenges.approve, "hanne")

    def published(self, key: str, statement: Statement, *, at: datetime | None = None) -> None:
        self.approved(key, statement)
        self.move(key, challenges.publish, "eva", at=at)

    def challenge_number(self, key: str) -> int:
        with self.database.reading() as session:
            found = find_by_slug(session, self.world.ids[f"challenge {key}"])
            assert found is not None
            return found.id

    # Applications

    def application(self, key: str, firm: str, by: str, on: str, *, words: str = "") -> None:
        """Apply with a whole set of answers, a file and a rare word; `words` begins an answer."""
        canaries, readers = self.world.canaries, "bo carla" if firm != "hidden" else "orla"
        answers = dict(cases(self.settings)[1]["answers"])
        answers["idea"] = canaries.plant(f"answer of application {key}", readers)
        paper = canaries.plant(f"file name of application {key}", readers)
        inside = canaries.plant(f"file content of application {key}", readers)
        slug = self.world.ids[f"challenge {on}"]

        def act(session: Session) -> None:
            challenge, actor = find_by_slug(session, slug), self.actor(session, by)
            assert challenge is not None
            public_id = self.world.ids[f"firm {firm}"]
            owner = session.scalars(select(Firm).where(Firm.public_id == public_id)).one()
            made = applications.start(
                session, challenge, owner, lang="en", held=actor.roles, actor=actor, now=self.now
            )
            for section in form_of(challenge).sections:
                fields = _fields(section.questions, answers)
                uploads = {
                    question.field: [Upload(f"{paper}.pdf", pdf(inside.encode()))]
                    for question in section.questions
                    if question.kind == "file"
                }
                applications.save_section(
                    session, made, section,
                    Sent(fields=fields, uploads=uploads, lang="en", page=token()),
                    settings=self.settings, held=actor.roles, actor=actor,
                    now=self.now, real_now=self.now,
                )  # fmt: skip
            self._note(session, key, made, readers)

        self.do(act)

    def _note(self, session: Session, key: str, made: Application, readers: str) -> None:
        session.flush()
        file = session.scalars(
            select(StoredFile).where(
                StoredFile.owner_kind == "application", StoredFile.owner_id == made.id
            )
        ).one()
        ids, watch = self.world.ids, self.world.canaries.watch
        ids[f"application {key}"], ids[f"file {key}"] = made.public_id, file.public_id
        watch(made.public_id, f"id of application {key}", readers)
        watch(made.reference, f"reference of application {key}", readers)
        watch(file.public_id, f"id of the file of application {key}", readers)
        watch(file.sha256, f"digest of the file of application {key}", readers)

    def send_in(self, key: str, by: str) -> None:
        """Submit an application, and watch for what its receipt says."""
        readers = "bo carla" if by != "orla" else "orla"

        def act(session: Session) -> None:
            public_id = self.world.ids[f"application {key}"]
            found = session.scalars(
                select(Application).where(Application.public_id == public_id)
            ).one()
            actor = self.actor(session, by)
            version = applications.submit(
                session, found, lang="en", held=actor.roles, actor=actor,
                now=self.now, real_now=self.now,
            )  # fmt: skip
            watch = self.world.canaries.watch
            watch(version.public_id, f"receipt of application {key}", readers)
            watch(version.content_hash, f"hash of application {key}", readers)

        self.do(act)


def _fields(questions: Any, answers: dict[str, Any]) -> dict[str, list[str]]:
    """Return the answers as a form would send them; declarations are ticked."""
    fields: dict[str, list[str]] = {}
    for question in questions:
        if question.kind == "declaration":
            fields[question.field], fields[question.asked_field] = ["yes"], ["1"]
        elif question.id in answers:
            fields[question.field] = [str(answers[question.id])]
            fields[question.asked_field] = ["1"]
    return fields


def people_it(maker: Maker) -> None:
    """Make everybody, and what everybody may know."""
    seed(maker.database, maker.settings, now=maker.now, tell=lambda _step: None)
    maker.know()
    ids = maker.world.ids
    nordlys = maker.firm_number("nordlys-vision")
    weserbeleg = maker.firm_number("weserbeleg")
    maker.world.numbers |= {"firm nordlys": nordlys, "firm weserbeleg": weserbeleg}
    for key, name in (
        ("newcomer", "Nils Nyberg"), ("former", "Fritz Ferner"), ("closed", "Clara Klosters"),
        ("halfway", "Hal Halvorsen"), ("frieda", "Frieda Fink"), ("orla", "Orla Omdal"),
        ("quinn", "Quinn Quist"),
    ):  # fmt: skip
        maker.person(key, name)
    maker.give("former", Role.MEMBER, "firm", nordlys, "Nordlys Vision")
    maker.give("closed", Role.LEAD, "firm", nordlys, "Nordlys Vision")
    maker.give("frieda", Role.FINANCE, "firm", nordlys, "Nordlys Vision")
    maker.give("halfway", Role.ADMINISTRATOR, "site", 0)
    open_dates = {
        "opens": maker.now - timedelta(days=20),
        "questions_until": maker.now + timedelta(days=10),
        "closes": maker.now + timedelta(days=30),
    }
    for key in ("written", "other"):
        maker.published(key, maker.statement(f"Doors {key}", **open_dates))
    ids["challenge open"] = LIKE
    maker.give("quinn", Role.REVIEWER, "challenge", maker.challenge_number("written"), "Doors")
    for key in ("halfway", "carla"):
        maker.set_up_factor(key)
    for key in ("newcomer", "former", "closed", "orla", "quinn", "frieda"):
        maker.enter(key, factor=True)
    for one in PERSONAS:
        maker.enter(one.key, factor=True)
    maker.enter("halfway", factor=False)
    maker.enter("bo", factor=True, as_="bo elsewhere")
    maker.evidence("nordlys", nordlys, "bo", "in a drawer")
    maker.do(lambda session: _end_role(session, maker))
    maker.do(lambda session: _close_account(session, maker))


def _end_role(session: Session, maker: Maker) -> None:
    row = session.scalars(
        select(RoleRow).where(RoleRow.person_id == maker.world.numbers["former"])
    ).one()
    accounts.end_role(
        session, row, actor=maker.actor(session, "bo"), now=maker.now, real_now=maker.now
    )


def _close_account(session: Session, maker: Maker) -> None:
    """Close the account as an administrator does; then wake its session, as a copy might be."""
    person = maker.row(session, "closed")
    accounts.disable_person(
        session, person, actor=maker.actor(session, "kim"), now=maker.now, real_now=maker.now
    )
    for row in session.scalars(select(SessionRow).where(SessionRow.person_id == person.id)):
        row.ended_at = None


def hide_things(maker: Maker) -> None:
    """Make what is private, each field with a rare word of its own."""
    _hide_challenges(maker)
    _hide_firms(maker)
    _hide_people(maker)
    _hide_applications(maker)


def _hide_challenges(maker: Maker) -> None:
    plant = maker.world.canaries.plant

    def hidden(key: str, readers: str = OWNERS, **changes: Any) -> Statement:
        words = {
            lang: Words(
                title=plant(f"title of {key} in {lang}", readers),
                summary=plant(f"summary of {key} in {lang}", readers),
                body=plant(f"body of {key} in {lang}", readers),
            )
            for lang in ("de", "da", "en")
        }
        contact = {"name": plant(f"contact of {key}", readers), "email": "office@doors.example"}
        return maker.statement(key, words=words, contact=contact, **changes)

    maker.draft("draft", hidden("draft"))
    maker.submitted("waiting", hidden("waiting"))
    maker.submitted("returned", hidden("returned"))
    remarks = plant("remarks on returned", DESK)
    maker.move("returned", challenges.return_, "hanne", remarks=remarks)
    maker.approved("approved", hidden("approved"))
    maker.published("later", hidden("later"), at=maker.now + timedelta(days=5))
    ours = {"authority": "bremen-wirtschaft", "programme": "bremen-wirtschaft-digital"}
    with maker.database.reading() as session:
        zone = authorities.by_slug(session, ours["authority"]).zone
    foreign = replace(hidden("foreign", "ida eva jens"), **ours, zone=zone, round=None)
    maker.draft("foreign", foreign, by="ida")


def _hide_firms(maker: Maker) -> None:
    plant, now = maker.world.canaries.plant, maker.now
    name = plant("name of the firm that is not listed", "orla kim").capitalize()
    number = maker.firm("hidden", "orla", name)
    maker.world.numbers["firm hidden"] = number
    own = {
        part: plant(f"{part} of the firm that is not listed", "orla")
        for part in ("summary", "products", "references", "city", "region", "registration")
    }
    maker.profile(
        number,
        "orla",
        Basics(
            name=name, country="DK", size="micro", city=own["city"], region=own["region"],
            registration=own["registration"], languages=("da", "en"),
            website=f"https://{plant('website of the firm that is not listed', 'orla')}.example",
        ),
        Offer(
            summary=own["summary"], products=own["products"], references=own["references"]
        ),
    )  # fmt: skip
    note = plant("note on evidence of the firm that is not listed", "orla")
    maker.evidence("hidden", number, "orla", note)
    listed = plant("note on evidence of a listed firm", "bo carla frieda")
    maker.evidence("noted", maker.world.numbers["firm nordlys"], "bo", listed)
    maker.world.canaries.watch(maker.world.ids["firm hidden"], "id of the hidden firm", "orla")
    gone = plant("name of the firm that was closed", "orla kim").capitalize()
    closed = maker.firm("closed", "orla", gone)
    maker.do(
        lambda session: organisations.close_firm(
            session, session.get_one(Firm, closed),
            actor=maker.actor(session, "orla"), now=now, real_now=now,
        )
    )  # fmt: skip


def _hide_people(maker: Maker) -> None:
    plant, numbers = maker.world.canaries.plant, maker.world.numbers
    name = plant("name of somebody without a role", "kim private").capitalize()
    address = plant("address of somebody without a role", "kim private")
    maker.person("private", name, f"{address}@doors.example")
    maker.enter("private", factor=False)

    def invite(key: str, readers: str, *rest: Any) -> None:
        box = plant(f"address of the invitation {key}", readers)
        maker.invite(key, rest[0], f"{box}@doors.example", *rest[1:])

    written = maker.challenge_number("written")
    draft = maker.challenge_number("draft")
    invite("firm", "bo", "bo", Role.MEMBER, "firm", numbers["firm nordlys"], "Nordlys Vision")
    invite("foreign", "dieter", "dieter", Role.MEMBER, "firm", numbers["firm weserbeleg"], "W")
    invite("jury", "eva kim", "eva", Role.REVIEWER, "challenge", written, "Doors")
    invite("jury of a draft", "eva kim", "eva", Role.MENTOR, "challenge", draft, "Doors")
    invite("site", "kim", "kim", Role.AUDITOR, "site", 0)
    maker.invite(
        "known", "bo", "newcomer@doors.example", Role.MEMBER, "firm", numbers["firm nordlys"],
        "Nordlys Vision",
    )  # fmt: skip
    maker.link("sign-in", "bo")
    new = plant("address that an account is to have", "")
    maker.link("address", "carla", new_address=f"{new}@doors.example")


def _hide_applications(maker: Maker) -> None:
    maker.application("draft", "nordlys-vision", "bo", "other")
    maker.application("sent", "nordlys-vision", "bo", "written")
    maker.send_in("sent", "bo")
    maker.application("hidden", "hidden", "orla", "written")
    maker.send_in("hidden", "orla")
    maker.application("hidden draft", "hidden", "orla", "other")
    with maker.database.reading() as session:
        for key in ("nordlys", "hidden", "noted"):
            found = session.scalars(
                select(Evidence).where(Evidence.public_id == maker.world.ids[f"evidence {key}"])
            ).one()
            assert found.note
        own = session.scalars(select(Application).where(Application.title != "")).all()
        assert len(own) >= 3
        assert session.scalars(select(Challenge).where(Challenge.source_path.is_(None))).all()
