"""A firm that nobody may recognise: its identifiers, wherever an applicant leaves them behind."""

import struct
import zlib

from sqlalchemy import select

from govmatch.accounts import actions as accounts
from govmatch.accounts.models import Person, Role, RoleRow
from govmatch.applications.actions import redacting
from govmatch.applications.actions.redacting import Wanted
from govmatch.applications.models import Application, Version
from govmatch.applications.queries import redacted_copy
from govmatch.files import actions as files
from govmatch.files.actions import Owner
from govmatch.files.models import FileContent, StoredFile
from govmatch.kit.actor import VISITOR, Actor, Held
from govmatch.kit.db import Session, commit
from govmatch.kit.ids import public_id
from govmatch.organisations.models import Firm
from govmatch.web.visit import Upload
from tests.security.canaries import word
from tests.security.house import House
from tests.unit.files.samples import office, pdf, png

APPLICATION = "application judged nordlys"
REVIEW = "review judged nordlys by finn"


def _own(name: str) -> str:
    """Return the rare word of this name as a name is written."""
    return word(f"forty: {name}").capitalize()


FIRM, PARTNER = _own("firm"), _own("partner")
FIRST, LAST, SECOND, TITLED, MANAGER = (
    _own(name) for name in ("first name", "last name", "other member", "doctor", "managing")
)
PRODUCT, TOOL, CLIENT, CITY, SAID = (
    _own(name) for name in ("product", "tool", "client", "city", "by hand")
)
BARE, MAILED, BOX, LINKED, HANDLE, PAGE, FORGE = (
    _own(name).lower() for name in ("domain", "mail host", "mail box", "link", "handle", "page",
                                    "repository")
)  # fmt: skip
CONTACT, FILE, PAPER, AUTHOR, EDITED, PIXEL, LETTER, SCAN, PARTNERS_PART = (
    _own(name)
    for name in ("contact", "file name", "paper", "pdf author", "docx author", "png text",
                 "letterhead", "words of a file", "what a partner does")
)  # fmt: skip
REGISTER, TAX, PHONE, CALLED, ABROAD = (
    "48 17 93 26", "DE 917 384 265", "+45 71 83 92 46", "0431 7183926", "0045-71 83 92 47",
)  # fmt: skip

IN_PROSE = f"""
We are {FIRM} Systems ApS, {FIRM.upper()} for short, and {FIRM}s rules are readable. Our plan is the
{FIRM}-plan; others say {FIRM.lower()}plan. {FIRST} {LAST} and {SECOND} lead it; ask {LAST}, {FIRST}
or Dr. {TITLED}, or Frau {MANAGER}. {PRODUCT} reads forms, {TOOL}2 sorts them, and {CLIENT} Kommune
uses both. We sit in {CITY}. Write to {BOX}@{MAILED}.example, see https://{LINKED}.example/who?x=1,
www.{PAGE}.example, {BARE}.de, github.com/{FORGE}, or @{HANDLE}. CVR {REGISTER}, VAT {TAX}. Call
{PHONE}, tlf. {CALLED} or {ABROAD}. With {PARTNER} GmbH as our partner. {SAID} is what we are
called in town.
{FIRM[:6]}\u00ad{FIRM[6:]} is written with a soft hyphen, {FIRM}\u200b with none to be seen.
"""

IDENTIFIERS = [
    *(FIRM, PARTNER, FIRST, LAST, SECOND, TITLED, MANAGER, PRODUCT, TOOL, CLIENT, CITY, SAID),
    *(BARE, MAILED, BOX, LINKED, HANDLE, PAGE, FORGE, CONTACT, FILE, PAPER, AUTHOR, EDITED, PIXEL),
    *(LETTER, SCAN, PARTNERS_PART, REGISTER, TAX, PHONE, CALLED, ABROAD),
    *("48179326", "917384265", "71839246", "0431 718"),
]
"""What is written; the ids that the site itself gives come on top, by `ids_of`."""


def plant(house: House) -> list[str]:
    """Let the application come from a firm with an identity, and return all that tells it."""
    with house.database.writing() as session:
        application = _application(session, house)
        firm = _firm(session, house)
        application.firm_id = firm.id
        _person(session, house, firm)
        _answer(session, house, application, firm)
        _correct(session, house, application)
        commit(session)
        found = [*IDENTIFIERS, *_ids(session, application, firm)]
    return list(dict.fromkeys(found))


def _application(session: Session, house: House) -> Application:
    found = select(Application).where(Application.public_id == house.ids[APPLICATION])
    return session.scalars(found).one()


def _firm(session: Session, house: House) -> Firm:
    now = house.world.now
    firm = Firm(
        public_id=public_id(), slug=public_id(), name=f"{FIRM} Systems ApS", country="DK",
        region="", city=CITY, website=f"https://{LINKED}.example", registration=REGISTER, vat=TAX,
        summary="", products=f"{PRODUCT}: reads forms.\nWe also sell {TOOL}2.",
        references=f"We worked for {CLIENT} Kommune.", text_lang="en", is_public=False,
        created_at=now, updated_at=now,
    )  # fmt: skip
    session.add(firm)
    session.flush()
    return firm


def _person(session: Session, house: House, firm: Firm) -> None:
    now = house.world.now
    names = ((f"{FIRST} {LAST}", f"{BOX}@{MAILED}.example"), (f"Bo {SECOND}", "bo@forty.example"))
    for name, address in names:
        made = accounts.create_person(
            session, address=address, name=name, lang="en", actor=VISITOR, now=now, real_now=now
        )
        session.add(
            RoleRow(
                person_id=made.id,
                role=Role.LEAD,
                object_kind="firm",
                object_id=firm.id,
                since=now,
                object_label=firm.name,
            )
        )
    session.flush()


def _answer(session: Session, house: House, application: Application, firm: Firm) -> None:
    """Write every identifier into each text, and hand in papers that carry some too."""
    version = session.scalars(select(Version).where(Version.application_id == application.id)).one()
    texts = {key: f"{text} {IN_PROSE}" for key, text in version.answers.items()
             if isinstance(text, str) and " " in text}  # fmt: skip
    papers = _papers(session, house, application)
    version.answers = {
        **version.answers,
        **texts,
        "contact-email": f"{CONTACT}@forty.example".lower(),
        "documents": [paper.public_id for paper in papers],
    }
    version.consortium = [
        {"firm": firm.id, "name": firm.name, "country": "DK", "share": 60, "part": "All the work"},
        {"firm": 0, "name": f"{PARTNER} GmbH", "country": "DE", "share": 40,
         "part": f"Tests by {PARTNER} and {FIRM}; see {PARTNERS_PART.lower()}.de"},
    ]  # fmt: skip
    session.flush()


def _papers(session: Session, house: House, application: Application) -> list[StoredFile]:
    author = f"<< /Title ({LETTER}) /Author ({AUTHOR}) >>".encode()
    core = f"<coreProperties><creator>{EDITED}</creator></coreProperties>"
    uploads = [
        Upload(f"{FILE}.pdf", pdf(author)),
        Upload(f"{FILE}.docx", office(more={"docProps/core.xml": core})),
        Upload(f"{PAPER}.png", _signed_picture()),
    ]
    allowed = ["pdf", "docx", "png"]
    made = []
    for upload in uploads:
        owner = Owner("application", application.id)
        kept = files.store(
            session, upload, settings=house.settings, owner=owner, slot="documents",
            allowed=allowed, max_mb=1, actor=_actor(house), now=house.world.now,
        )  # fmt: skip
        content = session.scalars(
            select(FileContent).where(FileContent.sha256 == kept.sha256)
        ).one()
        content.look, content.pictures = "done", 1
        content.text = f"{SCAN}.de {FIRM} {LETTER}@{SCAN}.example {PARTNER}"
        made.append(kept)
    session.flush()
    return made


def _signed_picture() -> bytes:
    """Return a picture whose first property after its header names its author."""
    whole, header = png(), 8 + 25
    said = b"tEXtAuthor\x00" + PIXEL.encode()
    chunk = struct.pack(">I", len(said) - 4) + said + struct.pack(">I", zlib.crc32(said))
    return whole[:header] + chunk + whole[header:]


def _actor(house: House) -> Actor:
    return Actor(person_id=house.world.numbers["bo"])


def _correct(session: Session, house: House, application: Application) -> None:
    """Let the manager hide what no profile says, and let the words of the first paper through."""
    eva = house.world.numbers["eva"]
    manager = Held(Role.MANAGER, "programme", application.challenge.programme_id)
    actor = Actor(person_id=eva, roles=frozenset({manager}))
    first = session.scalars(
        select(StoredFile.public_id).where(StoredFile.name.like(f"{FILE}.pdf"))
    ).one()
    before = redacted_copy(session, application.id)
    redacting.correct(
        session, application, Wanted(hidden=(SAID,), files=(first,)),
        version=application.current_version, revision=before.revision if before else 0,
        actor=actor, now=house.world.now,
    )  # fmt: skip


def _ids(session: Session, application: Application, firm: Firm) -> list[str]:
    """Return the ids by which the site itself knows the case: none is for who reads it blind."""
    version = session.scalars(select(Version).where(Version.application_id == application.id)).one()
    papers = session.scalars(
        select(StoredFile).where(
            StoredFile.owner_kind == "application", StoredFile.owner_id == application.id
        )
    )
    people = session.scalars(
        select(Person.public_id)
        .join(RoleRow, RoleRow.person_id == Person.id)
        .where(RoleRow.object_kind == "firm", RoleRow.object_id == firm.id)
    )
    return [
        application.public_id, application.reference, firm.public_id, firm.slug,
        version.public_id, version.content_hash, *people,
        *(one for paper in papers for one in (paper.public_id, paper.sha256)),
    ]  # fmt: skip
