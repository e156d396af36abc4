"""Shows the macros for long texts with everything that pages have, but no site around them."""

from dataclasses import make_dataclass
from datetime import UTC, datetime
from functools import cache
from types import SimpleNamespace
from typing import Any, cast

from jinja2 import BaseLoader, ChoiceLoader, DictLoader, Environment

from govmatch.kit.actor import VISITOR
from govmatch.kit.i18n import Lang
from govmatch.settings import shipped
from govmatch.web import pages
from govmatch.web.static import StaticFiles
from govmatch.web.visit import Values, Visit

FIELD = "ui.markdown_field(form, 'goal', 'Goal', hint='Why', lang='de', max_chars=max_chars, "
TEMPLATES = {
    "head": "{{ ui.writing_head() }}",
    "field": "{{ " + FIELD + "preview=('/write', 'preview:goal')) }}",
    "previewed": "{% call " + FIELD + "preview=('/write', 'preview:goal')) %}"
    "{{ ui.previewed('Preview', html, 'de', found) }}{% endcall %}",
    "hints": "{{ ui.hints(found, 'de') }}",
}


@cache
def _environment() -> Environment:
    made = pages.environment(shipped("templates"), StaticFiles(shipped("static")))
    made.loader = ChoiceLoader([DictLoader(TEMPLATES), cast(BaseLoader, made.loader)])
    return made


def show(template: str, lang: Lang = "en", **values: Any) -> str:
    """Return the HTML of one of the templates above, as a page in `lang` shows it."""
    site = SimpleNamespace(templates=_environment(), frame=lambda _: None)
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    visit = Visit(
        site=cast(Any, site), method="GET", path="/", params={}, query=Values(), actor=VISITOR,
        lang=lang, lang_fixed=False, now=now, real_now=now, client="", db=cast(Any, None),
    )  # fmt: skip
    page = make_dataclass("Page", list(values))
    return pages.render(visit, template, page(**values))
