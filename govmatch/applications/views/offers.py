"""What is offered beside a question: answers of before, and what the firm's profile says."""

from collections.abc import Mapping

from govmatch.applications import earlier, queries
from govmatch.applications.earlier import Earlier, Said
from govmatch.applications.models import Application
from govmatch.kit.i18n import as_lang
from govmatch.organisations.queries import firms
from govmatch.questionnaires import Section
from govmatch.taxonomy.models import TermKind
from govmatch.taxonomy.queries import labels
from govmatch.web.visit import Visit


def offers_of(
    visit: Visit, application: Application, section: Section, answers: Mapping[str, object]
) -> dict[str, list[Earlier]]:
    """Return the firm's answers of before, by the field that asks the same again."""
    if not any(question.kind in earlier.OFFERED for question in section.questions):
        return {}
    versions = queries.earlier_versions(visit.db, visit.actor, application)
    asks = any(question.profile for question in section.questions)
    said = _said_of_itself(visit, application) if asks else None
    return earlier.offered(section, answers, versions, visit.lang, said)


def _said_of_itself(visit: Visit, application: Application) -> Said | None:
    """Return what the profile of the firm that leads says; its own members alone are offered it."""
    firm = application.firm
    if firm.id not in visit.actor.objects("firm"):
        return None
    names = labels(visit.db, TermKind.TECHNOLOGY, as_lang(firm.text_lang))
    slugs = firms.topics_of(visit.db, [firm.id])[firm.id].technologies
    texts = {
        "summary": firm.summary,
        "products": firm.products,
        "references": firm.references,
        "technologies": ", ".join(names.get(slug, slug) for slug in slugs),
    }
    return Said(texts, firm.text_lang, firm.updated_at)
