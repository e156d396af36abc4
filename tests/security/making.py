"""Making people, firms, invitations and challenges by the very actions of the site."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from govmatch.accounts import actions as accounts
from govmatch.accounts import links, second_factor
from govmatch.accounts import queries as people
from govmatch.accounts.models import LinkRequest, Person, Purpose, Role, SessionRow
from govmatch.challenges import actions as challenges
from govmatch.challenges.queries import find_by_slug
from govmatch.challenges.statement import Statement, Words, statement_of
from govmatch.demonstration.personas import PERSONAS
from govmatch.kit.actor import VISITOR, Actor
from govmatch.kit.db import Database, Session, commit
from govmatch.kit.signing import Signer
from govmatch.organisations import actions as organisations
from govmatch.organisations.models import Firm
from govmatch.organisations.profile import EvidenceValues, NewFirm
from govmatch.programmes.models import Programme
from govmatch.settings import Settings
from tests.security.canaries import Canaries

LIKE = "scanning-technology"
BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


@dataclass
class World:
    """What tests speak of by name: ids and slugs, cookies, links, and the words to look for."""

    now: datetime
    cookies: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    links: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Of a mailed link: the ids of its request and of its person."""
    canaries: Canaries = field(default_factory=Canaries)


class Maker:
    """Makes one thing after the other, each in a transaction of its own."""

    def __init__(self, database: Database, settings: Settings, now: datetime) -> None:
        self.database = database
        self.settings = settings
        self.world = World(now)

    @property
    def now(self) -> datetime:
        return self.world.now

    @property
    def minute(self) -> datetime:
        """The present minute: forms hold no seconds, and would change them."""
        return self.now.replace(second=0, microsecond=0)

    def do(self, act: Callable[[Session], Any]) -> Any:
        with self.database.writing() as session:
            done = act(session)
            commit(session)
        return done

    def person(self, key: str, name: str, address: str = "") -> None:
        def act(session: Session) -> int:
            made = accounts.create_person(
                session,
                address=address or f"{key}@doors.example.org",
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
            opened = accounts.open_session(
                session, self.row(session, key), way="test", user_agent=BROWSER,
                session_days=self.settings.session_days, with_factor=factor,
                actor=VISITOR, now=self.now, real_now=self.now,
            )  # fmt: skip
            self.world.ids[f"session {as_ or key}"] = opened.row.public_id
            return opened.token

        self.world.cookies[as_ or key] = self.do(act)

    def set_up_factor(self, key: str) -> None:
        """Give somebody a second factor; the session in which it is done is over afterwards."""
        self.enter(key, factor=False, as_=f"{key} at set-up")
        session_id = self.world.ids[f"session {key} at set-up"]
        site_key = self.settings.secret_key
        before = self.now - timedelta(minutes=5)

        def act(session: Session) -> None:
            found = select(SessionRow).where(SessionRow.public_id == session_id)
            row = session.scalars(found).one()
            secret = second_factor.next_secret(row.person, session_id=session_id, site_key=site_key)
            done = accounts.set_second_factor(
                session, row, code=second_factor.code_at(secret, before), site_key=site_key,
                actor=Actor(person_id=row.person_id), now=before, real_now=before,
            )  # fmt: skip
            assert done is not None
            row.ended_at = self.now

        self.do(act)

    def firm_number(self, slug: str) -> int:
        """Return the number of a firm that is there, and note its id."""
        with self.database.reading() as session:
            found = session.scalars(select(Firm).where(Firm.slug == slug)).one()
            self.world.ids[f"firm {slug}"] = found.public_id
            return found.id

    def firm(self, key: str, lead: str, name: str) -> int:
        """Make a firm that nobody but its members sees."""

        def act(session: Session) -> int:
            made = organisations.make_firm(
                session, NewFirm(name=name, country="DK"),
                actor=self.actor(session, lead), now=self.now, real_now=self.now,
            )  # fmt: skip
            self.world.ids[f"firm {key}"] = made.public_id
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

        def act(session: Session) -> None:
            person = self.row(session, who)
            purpose = Purpose.CHANGE_ADDRESS if new_address else Purpose.SIGN_IN
            accounts.ask_for_link(
                session, new_address or person.email, purpose=purpose, lang="en", client="test",
                actor=VISITOR, now=self.now, real_now=self.now,
                person=person if new_address else None,
            )  # fmt: skip
            newest = select(LinkRequest).order_by(LinkRequest.id.desc())
            made = session.scalars(newest.limit(1)).one()
            self.world.links[key] = made.public_id, person.public_id

        self.do(act)

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
        dates = {name: self.minute + timedelta(days=n) for name, n in days.items()}
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
        self.move(key, challenges.approve, "hanne", real_now=self.now)

    def published(self, key: str, statement: Statement, *, at: datetime | None = None) -> None:
        self.approved(key, statement)
        folder = self.settings.content_dir
        self.move(key, challenges.publish, "eva", at=at, content_dir=folder)

    def amended(self, key: str, **changes: Any) -> None:
        """Change what is published, and note the id of the change."""

        def act(session: Session) -> str:
            challenge = find_by_slug(session, self.world.ids[f"challenge {key}"])
            assert challenge is not None
            made = challenges.amend(
                session, challenge, replace(statement_of(challenge), **changes),
                reasons={"en": "There is room for fewer"}, actor=self.actor(session, "eva"),
                now=self.now, content_dir=self.settings.content_dir,
            )  # fmt: skip
            return made.public_id

        self.world.ids[f"amendment {key}"] = self.do(act)

    def programme_number(self, slug: str) -> int:
        with self.database.reading() as session:
            return session.scalars(select(Programme.id).where(Programme.slug == slug)).one()

    def challenge_number(self, key: str) -> int:
        with self.database.reading() as session:
            found = find_by_slug(session, self.world.ids[f"challenge {key}"])
            assert found is not None
            return found.id
