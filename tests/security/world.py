"""The world of these tests: the demonstration's people, firms and challenges, and what few may see.

It is made in four steps, each kept as a file and copied for every test: `people_it` makes what
everybody may know, `hide_things` what nobody may meet who is not named beside its word;
`stages.stage_everything` takes challenges on to their pilots, and `stages.work_in_private` adds
what is written about them inside. So two pairs of worlds can be compared that differ in nothing
but what is private.
"""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import select, update

from govmatch.accounts import actions as accounts
from govmatch.accounts.models import Role, RoleRow, SessionRow
from govmatch.applications.models import Version
from govmatch.challenges.content import sync
from govmatch.challenges.statement import Statement, Words
from govmatch.demonstration.personas import PERSONAS
from govmatch.demonstration.world import _firms, _people
from govmatch.following import actions as following
from govmatch.glossary import actions as glossary
from govmatch.glossary.entries import Word, WordKind
from govmatch.kit.db import Session
from govmatch.kit.notices import Notice
from govmatch.notifications.actions import deliver
from govmatch.notifications.models import InboxItem
from govmatch.organisations import actions as organisations
from govmatch.organisations.actions.authorities import create_authority
from govmatch.organisations.content import AuthorityData
from govmatch.organisations.models import Authority, Firm
from govmatch.organisations.profile import Basics, Offer
from govmatch.programmes.actions import (
    RoundValues,
    create_from_template,
    create_round,
    set_authorities,
)
from govmatch.programmes.queries import by_slug
from tests.security.applying import apply, send_in
from tests.security.approving import hide_approval, show_draft
from tests.security.following import follow_things, hide_follows
from tests.security.joining import ask_to_join
from tests.security.keeping import keep_copies
from tests.security.making import LIKE, Maker
from tests.security.needing import hide_need, make_needs
from tests.security.partnering import apply_together
from tests.security.printing import keep_print
from tests.security.questioning import ask_questions, hide_questions
from tests.security.visiting import hold_events, register_for_events
from tests.unit.challenges.world import ask_less

NAMES = {
    "newcomer": "Nils Nyberg",
    "former": "Fritz Ferner",
    "closed": "Clara Klosters",
    "halfway": "Hal Halvorsen",
    "frieda": "Frieda Fink",
    "orla": "Orla Omdal",
    "quinn": "Quinn Quist",
    "mads": "Mads Munk",
    "mia": "Mia Mohrenfels",
    "mona": "Mona Moen",
}
OWNERS = "astrid hanne eva jens"  # who may see what Astrid writes before it is public
DESK = "astrid hanne eva"


def people_it(maker: Maker) -> None:
    """Make everybody, and what everybody may know."""
    _seed(maker)
    maker.know()
    numbers = maker.world.numbers
    numbers["firm nordlys"] = nordlys = maker.firm_number("nordlys-vision")
    numbers["firm weserbeleg"] = maker.firm_number("weserbeleg")
    maker.firm_number("klarsprak-lab")
    for key, name in NAMES.items():
        # Who shares the domain of a lead is told that there is a firm: nobody shares this one.
        maker.person(key, name, "orla@hidden-doors.example.org" if key == "orla" else "")
    elsewhere = maker.programme_number("bremen-wirtschaft-digital")
    maker.give("mads", Role.MANAGER, "programme", elsewhere, "Elsewhere")
    for key, role in (("former", Role.MEMBER), ("closed", Role.LEAD), ("frieda", Role.FINANCE)):
        maker.give(key, role, "firm", nordlys, "Nordlys Vision")
    maker.give("halfway", Role.ADMINISTRATOR, "site", 0)
    _publish(maker)
    maker.do(lambda session: _make_authority(session, maker))
    maker.do(lambda session: _make_programme(session, maker))
    maker.do(lambda session: _make_glossary(session, maker))
    maker.give("quinn", Role.REVIEWER, "challenge", maker.challenge_number("written"), "Doors")
    note = maker.world.canaries.plant("note on evidence of a listed firm", "bo carla frieda")
    maker.evidence("nordlys", nordlys, "bo", note)
    make_needs(maker)
    ask_questions(maker)
    hold_events(maker)
    follow_things(maker)
    show_draft(maker)
    _open_doors(maker)
    maker.do(lambda session: _end_role(session, maker))
    maker.do(lambda session: _close_account(session, maker))


def _seed(maker: Maker) -> None:
    """Make the demonstration's people, firms and challenges; its cases are not these tests'."""
    folder = maker.settings.content_dir
    sync(maker.database, folder, settings=maker.settings, now=maker.now, real_now=maker.now)
    maker.do(ask_less)
    _firms(maker.database, maker.settings, now=maker.now)
    maker.do(lambda session: _people(session, now=maker.now))


def _publish(maker: Maker) -> None:
    """Publish two challenges that are open and do not live in files."""
    maker.world.ids["challenge open"] = LIKE
    dates = {
        "opens": maker.minute - timedelta(days=20),
        "questions_until": maker.minute + timedelta(days=10),
        "closes": maker.minute + timedelta(days=30),
    }
    for key in ("written", "other"):
        maker.published(key, maker.statement(f"Doors {key}", **dates))
    maker.amended("written", pilots_max=2)


def _make_authority(session: Session, maker: Maker) -> None:
    """Make an authority that does not live in files."""
    data = AuthorityData(
        slug="doors",
        names=dict.fromkeys(("de", "da", "en"), "Office of doors"),
        descriptions={},
        country="DK",
        region="",
        zone="Europe/Copenhagen",
        url="",
        contact={"name": "Office", "email": "office@doors.example.org"},
        languages=("da",),
    )
    create_authority(session, data, actor=maker.actor(session, "kim"), now=maker.now)


def _make_programme(session: Session, maker: Maker) -> None:
    """Make a programme that does not live in files, and a round of it."""
    kim = maker.actor(session, "kim")
    names = dict.fromkeys(("de", "da", "en"), "Programme of doors")
    programme = create_from_template(
        session,
        by_slug(session, "govtech"),
        slug="open-doors",
        names=names,
        summaries={},
        actor=kim,
        now=maker.now,
    )
    office = session.scalars(select(Authority).where(Authority.slug == "doors"))
    set_authorities(session, programme, office.all(), actor=kim, now=maker.now)
    day = maker.now.date()
    values = RoundValues(
        names=names, starts=day, ends=day + timedelta(days=500), authorities=["doors"], fixed={}
    )
    create_round(session, programme, values, slug="doors-1", actor=kim, now=maker.now)


def _open_doors(maker: Maker) -> None:
    """Sign everybody in; who holds a role has given the second factor, but for one."""
    for key in ("halfway", "carla"):
        maker.set_up_factor(key)
    for key in (*(one.key for one in PERSONAS), *NAMES):
        maker.enter(key, factor=key != "halfway")
    maker.enter("bo", factor=True, as_="bo elsewhere")


def _make_glossary(session: Session, maker: Maker) -> None:
    """Add an entry whose words everybody reads, and whose note only those who may change it."""
    words = [Word("de", WordKind.WORD, text) for text in ("Imkerwagen", "Honigwagen")]
    maker.world.ids["glossary entry"] = glossary.add(
        session, words,
        note=maker.world.canaries.plant("note on an entry of the glossary", "eva mads kim"),
        actor=maker.actor(session, "kim"), now=maker.now,
    )  # fmt: skip


def _end_role(session: Session, maker: Maker) -> None:
    of_former = RoleRow.person_id == maker.world.numbers["former"]
    row = session.scalars(select(RoleRow).where(of_former)).one()
    actor = maker.actor(session, "bo")
    accounts.end_role(session, row, actor=actor, now=maker.now, real_now=maker.now)


def _close_account(session: Session, maker: Maker) -> None:
    """Close the account as an administrator does; its session is left, as if that had failed."""
    person = maker.row(session, "closed")
    actor = maker.actor(session, "kim")
    accounts.disable_person(session, person, actor=actor, now=maker.now, real_now=maker.now)
    for row in session.scalars(select(SessionRow).where(SessionRow.person_id == person.id)):
        row.ended_at = None


def hide_things(maker: Maker) -> None:
    """Make what is private, each field with a rare word of its own."""
    _hide_challenges(maker)
    _hide_firms(maker)
    _hide_people(maker)
    _tell(maker)
    _save(maker)
    ask_to_join(maker)
    hide_follows(maker)
    keep_copies(maker)
    keep_print(maker)
    register_for_events(maker)
    _hide_applications(maker)
    hide_need(maker)
    hide_questions(maker)


def _hidden(maker: Maker, key: str, readers: str = OWNERS, *, named_to: str = "") -> Statement:
    """Return a whole challenge whose every text is a rare word.

    `named_to` are those who may read its title alone: whoever sees for what roles are held.
    """
    plant = maker.world.canaries.plant
    words = {
        lang: Words(
            title=plant(f"title of {key} in {lang}", f"{readers} {named_to}"),
            summary=plant(f"summary of {key} in {lang}", readers),
            body=plant(f"body of {key} in {lang}", readers),
        )
        for lang in ("de", "da", "en")
    }
    contact = {"name": plant(f"contact of {key}", readers), "email": "office@doors.example.org"}
    return maker.statement(key, words=words, contact=contact)


def _hide_challenges(maker: Maker) -> None:
    maker.draft("draft", _hidden(maker, "draft", named_to="kim"))
    maker.submitted("waiting", _hidden(maker, "waiting"))
    maker.submitted("returned", _hidden(maker, "returned"))
    maker.approved("approved", _hidden(maker, "approved"))
    hide_approval(maker)
    maker.published("later", _hidden(maker, "later"), at=maker.now + timedelta(days=5))
    foreign = replace(
        _hidden(maker, "foreign", "ida eva mads jens"),
        authority="bremen-wirtschaft",
        programme="bremen-wirtschaft-digital",
        round=None,
    )
    maker.draft("foreign", foreign, by="ida")


def _hide_firms(maker: Maker) -> None:
    plant, numbers = maker.world.canaries.plant, maker.world.numbers
    # It applies, so whoever reads what was opened reads its name.
    name = plant("name of the firm that is not listed", f"orla kim {OWNERS}").capitalize()
    numbers["firm hidden"] = number = maker.firm("hidden", "orla", name)
    own = {
        part: plant(f"{part} of the firm that is not listed", "orla")
        for part in (
            "city", "products", "references", "region", "registration", "summary", "website"
        )
    }  # fmt: skip
    basics = Basics(
        name=name,
        country="DK",
        size="micro",
        city=own["city"],
        region=own["region"],
        registration=own["registration"],
        languages=("da", "en"),
        website=f"https://{own['website']}.example",
    )
    words = {part: own[part] for part in ("summary", "products", "references")}
    maker.profile(number, "orla", basics, Offer(**words))
    watch, public_id = maker.world.canaries.watch, maker.world.ids["firm hidden"]
    watch(public_id, "id of the hidden firm", f"orla {OWNERS}")
    note = plant("note on evidence of the firm that is not listed", "orla")
    maker.evidence("hidden", number, "orla", note)
    _close_a_firm(maker)


def _close_a_firm(maker: Maker) -> None:
    gone = maker.world.canaries.plant("name of the firm that was closed", "orla kim")
    numbers = maker.world.numbers
    numbers["firm closed"] = number = maker.firm("closed", "orla", gone.capitalize())

    def act(session: Session) -> None:
        actor, firm = maker.actor(session, "orla"), session.get_one(Firm, number)
        organisations.close_firm(session, firm, actor=actor, now=maker.now, real_now=maker.now)

    maker.do(act)


def _hide_people(maker: Maker) -> None:
    plant, numbers = maker.world.canaries.plant, maker.world.numbers
    name = plant("name of somebody without a role", "kim private").capitalize()
    address = plant("address of somebody without a role", "kim private")
    maker.person("private", name, f"{address}@doors.example.org")
    maker.enter("private", factor=False)

    def invite(key: str, readers: str, by: str, *rest: Any) -> None:
        box = plant(f"address of the invitation {key}", readers)
        maker.invite(key, by, f"{box}@doors.example.org", *rest)

    nordlys, weserbeleg = numbers["firm nordlys"], numbers["firm weserbeleg"]
    written, draft = maker.challenge_number("written"), maker.challenge_number("draft")
    invite("firm", "bo", "bo", Role.MEMBER, "firm", nordlys, "Nordlys Vision")
    invite("foreign", "dieter", "dieter", Role.MEMBER, "firm", weserbeleg, "Weserbeleg")
    invite("jury", "eva kim", "eva", Role.REVIEWER, "challenge", written, "Doors")
    invite("jury of a draft", "eva kim", "eva", Role.CHAIR, "challenge", draft, "Doors")
    invite("site", "kim", "kim", Role.AUDITOR, "site", 0)
    known = "newcomer@doors.example.org"
    maker.invite("known", "bo", known, Role.MEMBER, "firm", nordlys, "Nordlys Vision")
    maker.link("sign-in", "bo")
    new = plant("address that an account is to have")
    maker.link("address", "carla", new_address=f"{new}@doors.example.org")


def _tell(maker: Maker) -> None:
    """Let something stand in Bo's inbox that nobody else is told."""
    what = maker.world.canaries.plant("title of what one person is told", "bo").capitalize()
    bo = maker.world.numbers["bo"]
    notice = Notice(
        key="told:bo", mail="challenges/approved", address="bo@doors.example.org", lang="en",
        person_id=bo, values={"title": what, "authority": "Doors"}, links={"link": "/challenges"},
        topic="messages", path="/applications",
    )  # fmt: skip

    def act(session: Session) -> str:
        deliver(session, notice, settings=maker.settings, now=maker.now)
        found = select(InboxItem.public_id).where(InboxItem.person_id == bo)
        return session.scalars(found.order_by(InboxItem.id.desc()).limit(1)).one()

    maker.world.ids["told bo"] = maker.do(act)


def _save(maker: Maker) -> None:
    """Let Bo save a search that nobody else knows of."""
    name = maker.world.canaries.plant("name of a saved search", "bo")

    def act(session: Session) -> str:
        bo = maker.actor(session, "bo")
        return following.save(session, "q=data", name=name, actor=bo, now=maker.now).public_id

    maker.world.ids["saved bo"] = maker.do(act)


def _hide_applications(maker: Maker) -> None:
    for key, on in (("draft", "other"), ("sent", "written")):
        apply(maker, key, firm="nordlys-vision", by="bo", on=on, readers="bo carla")
    for key, on in (("hidden", "written"), ("hidden draft", "other")):
        apply(maker, key, firm="hidden", by="orla", on=on, readers="orla")
    send_in(maker, "sent", by="bo", readers="bo carla")
    send_in(maker, "hidden", by="orla", readers="orla")
    apply_together(maker)
    # Both stand as if they had come before the change, which asks to confirm them.
    maker.do(lambda session: session.execute(update(Version).values(amendment_id=None)))
