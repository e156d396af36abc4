"""The people of the demonstration and of the tests: fixed and few, all made up."""

from govmatch.accounts.models import Role
from govmatch.kit.i18n import Lang, Message, msg
from govmatch.kit.records import dataclass


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
    tries: tuple[Message, ...] = ()
    """What there is to try first, beginning with what waits on the first page."""
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
        tries=(
            msg("Answer what was asked about product photos, without learning who asked"),
            msg("Mend the challenge that was returned with remarks"),
            msg("Complete the opening of the challenge on inspections once Eva has begun it"),
        ),
        duties=(Duty(role=Role.STAFF, object_kind="authority", slug="sikkerhedsstyrelsen"),),
    ),
    Persona(
        key="hanne",
        name="Hanne Bruun",
        lang="da",
        zone="Europe/Copenhagen",
        about=msg("Approves challenges at the Danish Safety Technology Authority"),
        start="/desk",
        tries=(
            msg("Approve or return the challenge on web shops"),
            msg("Complete the opening of the challenge on inspections once Eva has begun it"),
        ),
        duties=(Duty(role=Role.APPROVER, object_kind="authority", slug="sikkerhedsstyrelsen"),),
    ),
    Persona(
        key="eva",
        name="Eva Lindner",
        lang="en",
        zone="Europe/Copenhagen",
        about=msg("Runs both programmes and publishes challenges"),
        start="/triage",
        tries=(
            msg("Begin the opening of the challenge on inspections, which is past its deadline"),
            msg("Move applications on consumer complaints, in the table or on the board"),
            msg("Read the decision on invoicing, its letters, and who has answered"),
            msg("Take a need up into a challenge, and lay the ranking before the steering group"),
        ),
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
        tries=(
            msg("Take or decline the place in the challenge on invoicing"),
            msg("Answer what the authority asks about the application on consumer complaints"),
            msg("Complete the draft on photos taken at inspections"),
        ),
        duties=(Duty(role=Role.LEAD, object_kind="firm", slug="nordlys-vision"),),
    ),
    Persona(
        key="carla",
        name="Carla Ferrari",
        lang="en",
        zone="Europe/Copenhagen",
        about=msg("Works with Bo at Nordlys Vision"),
        start="/applications",
        tries=(msg("Work on the firm's applications together with Bo"),),
        duties=(Duty(role=Role.MEMBER, object_kind="firm", slug="nordlys-vision"),),
    ),
    Persona(
        key="dieter",
        name="Dieter Behrens",
        lang="de",
        zone="Europe/Berlin",
        about=msg("Leads Weserbeleg in Bremen, which makes invoicing easy for small firms"),
        start="/applications",
        tries=(
            msg("Read the letter on invoicing, with points and reasons for each criterion"),
            msg("Apply to the challenge on registering a trade before it closes"),
            msg("Put the needs that press your firm most into an order"),
        ),
        duties=(Duty(role=Role.LEAD, object_kind="firm", slug="weserbeleg"),),
    ),
    Persona(
        key="lea",
        name="Lea Johansson",
        lang="en",
        zone="Europe/Stockholm",
        about=msg("Leads Klarspråk Lab in Malmö, whose pilot is running in Bremen"),
        start="/pilots",
        tries=(
            msg("Deliver the overdue milestone of the pilot in Bremen"),
            msg("Report a key figure and see it in the chart"),
            msg("Read what changed in a challenge you applied to, and confirm your application"),
        ),
        duties=(Duty(role=Role.LEAD, object_kind="firm", slug="klarsprak-lab"),),
    ),
    Persona(
        key="ida",
        name="Ida Petersen",
        lang="de",
        zone="Europe/Berlin",
        about=msg("Writes challenges and runs pilots at Bremen's department for economic affairs"),
        start="/pilots",
        tries=(
            msg("Accept or return the milestone that Klarspråk Lab has delivered"),
            msg("Agree to the later date that Hansaregister asks for, or decline it"),
        ),
        duties=(Duty(role=Role.STAFF, object_kind="authority", slug="bremen-wirtschaft"),),
    ),
    Persona(
        key="finn",
        name="Finn Møller",
        lang="da",
        zone="Europe/Copenhagen",
        about=msg("Reviews applications on consumer complaints"),
        start="/reviews",
        tries=(
            msg("Score the overdue review without seeing a name"),
            msg("Read what others have found about the applications you have reviewed"),
        ),
        duties=(Duty(role=Role.REVIEWER, object_kind="challenge", slug="consumer-complaints"),),
    ),
    Persona(
        key="greta",
        name="Greta Voss",
        lang="de",
        zone="Europe/Berlin",
        about=msg("Reviews applications and has declared a conflict of interest"),
        start="/reviews",
        tries=(
            msg("Go on with the review that is begun"),
            msg("See that the application closed by the declaration is nowhere to be found"),
        ),
        duties=(Duty(role=Role.REVIEWER, object_kind="challenge", slug="consumer-complaints"),),
    ),
    Persona(
        key="silke",
        name="Silke Brandt",
        lang="de",
        zone="Europe/Berlin",
        about=msg("Mentors the pilot of Klarspråk Lab in Bremen"),
        start="/pilots",
        tries=(msg("Read how the pilot stands and write advice in its log"),),
    ),
    Persona(
        key="jens",
        name="Jens Albers",
        lang="de",
        zone="Europe/Berlin",
        about=msg("Audits: reads what cases left behind and changes nothing"),
        start="/audit",
        tries=(msg("Follow the case on invoicing from the first application to the letters"),),
        duties=(Duty(role=Role.AUDITOR, object_kind="site"),),
    ),
    Persona(
        key="kim",
        name="Kim Sørensen",
        lang="en",
        zone="Europe/Copenhagen",
        about=msg("Administers the site: programmes, authorities, people and roles"),
        start="/admin",
        tries=(
            msg("Invite somebody and give them a role"),
            msg("See that administrators see no applications"),
        ),
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
        key="enno",
        name="Enno Steffens",
        lang="de",
        zone=ZONES["de"],
        duties=(
            Duty(role=Role.STEERING, object_kind="programme", slug="bremen-wirtschaft-digital"),
        ),
    ),
    Other(
        key="birte",
        name="Birte Kröger",
        lang="de",
        zone=ZONES["de"],
        duties=(
            Duty(role=Role.STEERING, object_kind="programme", slug="bremen-wirtschaft-digital"),
            Duty(role=Role.FINANCE, object_kind="authority", slug="bremen-finanzen"),
        ),
    ),
    Other(key="agnes", name="Agnes Toft", lang="da", zone=ZONES["da"], duties=()),
    Other(key="holger", name="Holger Wiese", lang="de", zone=ZONES["de"], duties=()),
    Other(key="niamh", name="Niamh Byrne", lang="en", zone=ZONES["en"], duties=()),
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
