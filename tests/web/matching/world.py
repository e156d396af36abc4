"""Firms and challenges that match or do not: what pages of matches are shown about.

Bo works for Nordlys, which reads labels; Wanda leads Weserbeleg, which makes invoices; Geheim does
what Nordlys does and is in no list; Still does too and has switched matching off; Fjord does too
and is in a country that the challenges are not open to.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from govmatch.accounts.models import Person, Role
from govmatch.challenges.models import Challenge
from govmatch.challenges.statement import Words
from govmatch.kit.db import Session
from govmatch.matching import queries
from govmatch.organisations.models import Firm
from govmatch.worker.matching import Matcher
from tests.site import Site
from tests.unit.organisations import samples
from tests.web.challenges.desk_world import Desk, make_desk

LABELS = "Vi læser etiketter og typeskilte på billeder fra tilsynet og finder produktet."
INVOICES = "Wir machen aus jedem Angebot eine gültige E-Rechnung und prüfen sie über Peppol."
ABOUT_LABELS = {
    "en": Words(
        title="How can a photo of a label find the product?",
        summary="Inspectors copy labels and type plates by hand.",
        body="We look for text recognition in pictures taken at inspections.",
    ),
    "da": Words(
        title="Hvordan finder et billede af en etiket produktet?",
        summary="Tilsynsførende skriver etiketter og typeskilte af i hånden.",
        body="Vi søger tekstgenkendelse på billeder fra tilsynet.",
    ),
}
ABOUT_INVOICES = {
    "en": Words(
        title="How do small firms send electronic invoices?",
        summary="An invoice arrives as a PDF and is typed in again.",
        body="We look for ways to the first electronic invoice over Peppol.",
    ),
    "da": Words(
        title="Hvordan sender små virksomheder e-fakturaer?",
        summary="En faktura kommer som PDF og tastes ind igen.",
        body="Vi søger veje til den første e-faktura over Peppol.",
    ),
}


class MatchWorld:
    """The site with its people, firms and challenges, all of them matched."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.desk: Desk = make_desk(site)
        self.firms: dict[str, Firm] = {}
        self._matcher = Matcher(site.settings, site.database)
        self.desk.change(self._add_firms)
        self.labels = self._open(ABOUT_LABELS)
        self.invoices = self._open(ABOUT_INVOICES, themes=("invoicing",), cpv=("48444000",))
        self.work()

    def _add_firms(self, session: Session) -> None:
        reads = {"summary": LABELS, "text_lang": "da", "cpv": ("72212328",)}
        topics = {"themes": ("inspections",), "technologies": ("computer-vision",)}
        labels: dict[str, Any] = {**reads, **topics, "size": "small"}
        invoices = {"summary": INVOICES, "text_lang": "de", "cpv": ("48444000",)}
        self._firm(session, "nordlys", "Nordlys Vision ApS", **labels, languages=("da",))
        self._firm(session, "weser", "Weserbeleg GmbH", country="DE", **invoices)
        self._firm(session, "geheim", "Geheim Quibbleworks", is_public=False, **labels)
        self._firm(session, "still", "Stille Zyzzyva", matching=False, **labels)
        self._firm(session, "fjord", "Fjordsyn AS", country="NO", **labels)
        wanda = samples.add_person(session, "Wanda")
        samples.join(session, wanda, self.firms["weser"], Role.LEAD)
        greta = samples.add_person(session, "Greta")
        samples.join(session, greta, self.firms["geheim"], Role.LEAD)
        session.flush()
        self.desk.people |= {"wanda": _kept(session, wanda), "greta": _kept(session, greta)}
        for firm in self.firms.values():
            session.refresh(firm)
            session.expunge(firm)

    def _firm(self, session: Session, key: str, name: str, **said: Any) -> None:
        self.firms[key] = samples.add_firm(session, name, **said)

    def _open(self, words: dict[str, Words], **changes: Any) -> str:
        slug = self.desk.published(words=words, **changes)
        self.desk.set_challenge(slug, opens=self.desk.now - timedelta(minutes=1))
        return slug

    def open_more(self, count: int) -> list[str]:
        """Open more challenges about labels, and let matching catch up."""
        made = [self._open(ABOUT_LABELS) for _ in range(count)]
        self.work()
        return made

    def work(self) -> None:
        """Let matching catch up with the journal."""
        while self._matcher.step():
            pass

    def change_firm(self, key: str, act: Callable[[Session, Firm], object]) -> None:
        """Change a firm by an action, and let matching catch up."""
        number = self.firms[key].id
        self.desk.change(lambda session: act(session, session.get_one(Firm, number)))
        self.work()

    def found_for(self, kind: str, number: int) -> list[tuple[int, bool]]:
        """Return what is kept for a thing: the id of the other, and whether a gate rules it out."""
        with self.site.database.reading() as session:
            rows = queries.matches(session, kind, number)
            return [(row.other_id, row.is_ruled_out) for row in rows]

    def challenge(self, slug: str) -> int:
        with self.site.database.reading() as session:
            return session.scalars(select(Challenge.id).where(Challenge.slug == slug)).one()


def _kept(session: Session, person: Person) -> Person:
    session.refresh(person)
    session.expunge(person)
    return person
