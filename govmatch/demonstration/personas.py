"""The people of the demonstration and of the tests: fixed and few, all made up."""

from dataclasses import dataclass

from govmatch.accounts.models import Role
from govmatch.kit.i18n import Lang, Message, msg


@dataclass(frozen=True, kw_only=True)
class Duty:
    """A role for an object that is named by its slug; the site has none."""

    role: Role
    object_kind: str
    slug: str = ""


@dataclass(frozen=True, kw_only=True)
class Persona:
    """One made-up person: who they are, what they may do, and where their day starts."""

    key: str
    name: str
    lang: Lang
    zone: str
    about: Message
    start: str
    duties: tuple[Duty, ...] = ()

    @property
    def email(self) -> str:
        return f"{self.key}@demo.example"


PERSONAS: tuple[Persona, ...] = (
    Persona(
        key="astrid",
        name="Astrid Holm",
        lang="da",
        zone="Europe/Copenhagen",
        about=msg("Writes challenges at the Danish Safety Technology Authority"),
        start="/desk",
        duties=(Duty(role=Role.STAFF, object_kind="authority", slug="sikkerhedsstyrelsen"),),
    ),
    Persona(
        key="hanne",
        name="Hanne Bruun",
        lang="da",
        zone="Europe/Copenhagen",
        about=msg("Approves challenges at the Danish Safety Technology Authority"),
        start="/desk",
        duties=(Duty(role=Role.APPROVER, object_kind="authority", slug="sikkerhedsstyrelsen"),),
    ),
    Persona(
        key="eva",
        name="Eva Lindner",
        lang="en",
        zone="Europe/Copenhagen",
        about=msg("Runs the GovTech programme and publishes challenges"),
        start="/desk",
        duties=(Duty(role=Role.MANAGER, object_kind="programme", slug="govtech"),),
    ),
    Persona(
        key="bo",
        name="Bo Madsen",
        lang="da",
        zone="Europe/Copenhagen",
        about=msg("Founded Nordlys Vision, which reads labels and type plates from photos"),
        start="/applications",
        duties=(Duty(role=Role.LEAD, object_kind="firm", slug="nordlys-vision"),),
    ),
    Persona(
        key="carla",
        name="Carla Ferrari",
        lang="en",
        zone="Europe/Copenhagen",
        about=msg("Works with Bo at Nordlys Vision"),
        start="/applications",
        duties=(Duty(role=Role.MEMBER, object_kind="firm", slug="nordlys-vision"),),
    ),
    Persona(
        key="dieter",
        name="Dieter Behrens",
        lang="de",
        zone="Europe/Berlin",
        about=msg("Leads Weserbeleg in Bremen, which makes invoicing easy for small firms"),
        start="/applications",
        duties=(Duty(role=Role.LEAD, object_kind="firm", slug="weserbeleg"),),
    ),
    Persona(
        key="lea",
        name="Lea Johansson",
        lang="en",
        zone="Europe/Stockholm",
        about=msg("Leads Klarspråk Lab in Malmö"),
        start="/applications",
        duties=(Duty(role=Role.LEAD, object_kind="firm", slug="klarsprak-lab"),),
    ),
    Persona(
        key="ida",
        name="Ida Petersen",
        lang="de",
        zone="Europe/Berlin",
        about=msg("Writes challenges at Bremen's department for economic affairs"),
        start="/desk",
        duties=(Duty(role=Role.STAFF, object_kind="authority", slug="bremen-wirtschaft"),),
    ),
    Persona(
        key="finn",
        name="Finn Møller",
        lang="da",
        zone="Europe/Copenhagen",
        about=msg("Reviews applications on consumer complaints"),
        start="/account",
        duties=(Duty(role=Role.REVIEWER, object_kind="challenge", slug="consumer-complaints"),),
    ),
    Persona(
        key="greta",
        name="Greta Voss",
        lang="de",
        zone="Europe/Berlin",
        about=msg("Reviews applications and has a conflict of interest to declare"),
        start="/account",
        duties=(Duty(role=Role.REVIEWER, object_kind="challenge", slug="consumer-complaints"),),
    ),
    Persona(
        key="jens",
        name="Jens Albers",
        lang="de",
        zone="Europe/Berlin",
        about=msg("Audits: reads what cases left behind and changes nothing"),
        start="/audit",
        duties=(Duty(role=Role.AUDITOR, object_kind="site"),),
    ),
    Persona(
        key="kim",
        name="Kim Sørensen",
        lang="en",
        zone="Europe/Copenhagen",
        about=msg("Administers the site: programmes, authorities, people and roles"),
        start="/admin",
        duties=(Duty(role=Role.ADMINISTRATOR, object_kind="site"),),
    ),
)


def persona(key: str) -> Persona | None:
    """Return the persona of that key."""
    return next((one for one in PERSONAS if one.key == key), None)
