"""What all pages of the administration share: who may open them, the tabs, the choices."""

from dataclasses import replace

from govmatch.accounts.models import HELD_FOR, Role
from govmatch.accounts.names import ROLE_NAMES
from govmatch.kit.errors import Invalid
from govmatch.kit.i18n import LANGUAGES, Lang, Message, msg
from govmatch.organisations.places import language_name
from govmatch.overview.forms import Wish
from govmatch.overview.objects import GIVEN, OBJECT_KINDS, Target
from govmatch.overview.queries.objects import by_key
from govmatch.web.fields import Form
from govmatch.web.routes import holder_of
from govmatch.web.visit import Visit

administrator = holder_of(Role.ADMINISTRATOR)

Tab = tuple[Message, str, bool, None]
Options = list[tuple[str, str]]

TABS: tuple[tuple[Message, str], ...] = (
    (msg("What is to do"), "/admin"),
    (msg("Programmes"), "/admin/programmes"),
    (msg("Authorities"), "/admin/authorities"),
    (msg("People"), "/admin/people"),
    (msg("Roles"), "/admin/roles"),
    (msg("Invitations"), "/admin/invitations"),
    (msg("Periods of keeping"), "/admin/retention"),
)


def tabs(visit: Visit) -> list[Tab]:
    """Return the parts of the administration; the one that this page belongs to is current."""
    return [(label, visit.url(path), _is_here(visit.path, path), None) for label, path in TABS]


def _is_here(path: str, tab: str) -> bool:
    return path == tab or (tab != "/admin" and path.startswith(tab + "/"))


def role_options(visit: Visit) -> Options:
    """Return the roles to choose from, each with the kinds of object that it is held for."""
    return [
        (role.value, f"{visit.say(ROLE_NAMES[role])} ({_kinds(visit, role)})") for role in GIVEN
    ]


def _kinds(visit: Visit, role: Role) -> str:
    kinds = (visit.say(OBJECT_KINDS[kind]) for kind in OBJECT_KINDS if kind in HELD_FOR[role])
    return ", ".join(kinds)


def language_options(visit: Visit) -> list[tuple[Lang, str]]:
    """Return our languages, called as the reader calls them: «Name in German»."""
    return [(code, language_name(code, visit.lang)) for code in LANGUAGES]


def target_options(visit: Visit, targets: list[Target]) -> Options:
    """Return the objects to choose from, each with its kind before its name."""
    return [(target.key, target_label(visit, target)) for target in targets]


def target_label(visit: Visit, target: Target) -> str:
    name = visit.say(target.name(visit.lang))
    return f"{visit.say(OBJECT_KINDS[target.kind])}: {name}" if target.slug else name


def shown_with(form: Form, error: Invalid) -> Form:
    """Return the form with what an action refused, at the fields that it is about."""
    errors = {"name_en" if name == "names" else name: text for name, text in error.errors.items()}
    return replace(form, errors=errors)


def target_of(visit: Visit, wish: Wish, form: Form) -> Target | None:
    """Return what the role is to be for; None where the form has errors, which it then names."""
    if form.errors:
        return None
    target = by_key(visit.db, wish.key)
    if target is None:
        form.errors["challenge"] = msg("There is no challenge with this short name.")
    return target
