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
        about=msg("Runs both programmes and publishes challenges"),
        start="/desk",
        duties=(
            Duty(role=Role.MANAGER, object_kind="programme", slug="govtech"),
            Duty(role=Role.MANAGER, object_kind="programme", slug="bremen-wirtschaft-digital"),
        ),
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


@dataclass(frozen=True, kw_only=True)
class Other:
    """Somebody who is there so that the world is whole, and as whom nobody signs in."""

    key: str
    name: str
    lang: Lang
    zone: str
    duties: tuple[Duty, ...]

    @property
    def email(self) -> str:
        return f"{self.key}@demo.example"


def _office(key: str, name: str, lang: Lang, role: Role, authority: str) -> Other:
    duty = Duty(role=role, object_kind="authority", slug=authority)
    return Other(key=key, name=name, lang=lang, zone=ZONES[lang], duties=(duty,))


ZONES: dict[Lang, str] = {"de": "Europe/Berlin", "da": "Europe/Copenhagen", "en": "Europe/London"}

OTHERS: tuple[Other, ...] = (
    _office("malte", "Malte Friis", "da", Role.STAFF, "erhvervsstyrelsen"),
    _office("nanna", "Nanna Krog", "da", Role.APPROVER, "erhvervsstyrelsen"),
    _office("oda", "Oda Winther", "da", Role.STAFF, "erhvervsministeriet"),
    _office("per", "Per Dahl", "da", Role.APPROVER, "erhvervsministeriet"),
    _office("rie", "Rie Lund", "da", Role.STAFF, "konkurrence-og-forbrugerstyrelsen"),
    _office("sten", "Sten Juhl", "da", Role.APPROVER, "konkurrence-og-forbrugerstyrelsen"),
    _office("thea", "Thea Brandt", "de", Role.APPROVER, "bremen-wirtschaft"),
    _office("uwe", "Uwe Hartog", "de", Role.STAFF, "bremen-finanzen"),
    _office("vera", "Vera Claasen", "de", Role.APPROVER, "bremen-finanzen"),
    _office("wiebke", "Wiebke Thomsen", "de", Role.STAFF, "senatskanzlei-hamburg"),
    _office("xaver", "Xaver Reimers", "de", Role.APPROVER, "senatskanzlei-hamburg"),
    _office("yona", "Yona Fraser", "en", Role.STAFF, "historic-environment-scotland"),
    _office("zoe", "Zoe Munro", "en", Role.APPROVER, "historic-environment-scotland"),
    Other(
        key="mika",
        name="Mika Lorenz",
        lang="de",
        zone=ZONES["de"],
        duties=(Duty(role=Role.ADMINISTRATOR, object_kind="site"),),
    ),
)


def persona(key: str) -> Persona | None:
    """Return the persona of that key."""
    return next((one for one in PERSONAS if one.key == key), None)
