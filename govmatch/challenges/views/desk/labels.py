"""What fields of the editor are called where they stand alone: in errors, in what is missing."""

from govmatch.challenges import queries
from govmatch.challenges.labels import ASKED, FIELDS
from govmatch.challenges.models import Challenge
from govmatch.challenges.parts import Part
from govmatch.challenges.rules.fault import missing
from govmatch.challenges.sections import Section, section_of
from govmatch.challenges.statement import statement_of
from govmatch.challenges.views.desk.access import path_of
from govmatch.kit.i18n import Lang, Message, is_lang, msg, pick
from govmatch.kit.records import dataclass
from govmatch.organisations.places import language_in_words
from govmatch.programmes import queries as programmes
from govmatch.web.visit import Visit

OTHERS = {
    "main_lang": msg("Main language"),
    "budget_min": msg("Smallest budget"),
    "budget_max": msg("Largest budget"),
    "currency": msg("Currency"),
    "more_countries": msg("Further countries"),
    "contact_name": msg("Office"),
    "contact_email": msg("E-mail"),
    "contact_phone": msg("Telephone"),
    "reason": msg("Reason"),
    "papers": msg("Attachments"),
}


@dataclass(frozen=True)
class Missing:
    """Something that keeps a challenge from being submitted, and where it is mended."""

    label: Message
    message: Message | None
    """What is wrong with it; None where it is just not there."""
    url: str
    field: str
    """Its field in the form of its section."""


def label_of(name: str, terms: programmes.Terms, lang: Lang) -> Message | str:
    """Return what a field is called in a list of errors."""
    first, _, rest = name.partition("-")
    if first in {"weight", "minimum"}:
        labels = {one.id: pick(one.label, lang)[0] for one in programmes.criteria(terms)}
        return labels.get(rest, "")
    if first.startswith("q") and first[1:].isdigit():
        return msg("Question {n}", n=first[1:])
    if first == "paper" or first in {"new1", "new2", "new3"}:
        return FIELDS["attachments"]
    label = FIELDS.get(first) or OTHERS.get(first)
    return in_language(label, rest, lang) if label else ""


def field_of(name: str) -> str:
    """Return the field of the editor for a name such as `title.de`; an id must not have a dot."""
    return name.replace(".", "-")


def missing_of(visit: Visit, challenge: Challenge) -> list[Missing]:
    """Return what a draft still lacks, each field once, in the order of its sections."""
    content_dir = visit.settings.content_dir
    statement = statement_of(challenge)
    empty = {
        name for name, chosen in (("theme", statement.themes), ("cpv", statement.cpv)) if not chosen
    }
    found: dict[str, Missing] = {}
    places: dict[str, int] = {}
    order = list(Section)
    for one in queries.lacking(visit.db, challenge, now=visit.now, content_dir=content_dir):
        # «The list has 0 entries» is how the writer of a file is told.
        fault = missing((one.name,)) if one.name in empty else one
        name = FIELDS.get(fault.name) or ASKED.get(fault.name, msg("Other"))
        label = in_language(name, fault.lang or "", visit.lang)
        message = None if fault == missing(fault.path, fault.lang) else fault.message
        field = field_of(fault.field.replace("body.", f"{Part.PROBLEM.value}."))
        section = section_of(fault.name)
        url = visit.url(f"{path_of(challenge)}/edit/{section.value}") + f"#f-{field}"
        if fault.name == "route":  # chosen on a page of its own
            url = visit.url(f"/desk/challenges/{challenge.slug}/route")
        places.setdefault(field, order.index(section))
        found.setdefault(fault.field, Missing(label, message, url, field))
    return sorted(found.values(), key=lambda one: places[one.field])


def in_language(label: Message, code: str, reader: Lang) -> Message:
    if not is_lang(code):
        return label
    return msg("{field} in {language}", field=label, language=language_in_words(code, reader))
