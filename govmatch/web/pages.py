"""Pages and fragments: Jinja with what every template may use.

A template's globals read the visit that is being answered from a context variable, so that macros,
which do not see a page's context, speak the reader's language too.
"""

from contextvars import ContextVar
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from govmatch.kit import formats
from govmatch.kit.i18n import READER_LANG, Lang, Message, catalogue
from govmatch.kit.ids import token
from govmatch.web.answers import Answer
from govmatch.web.fields import type_showing
from govmatch.web.static import StaticFiles
from govmatch.web.visit import Visit

_visit: ContextVar[Visit] = ContextVar("visit")


class _ReaderLang:
    """Stands for the reader's language in macros; prints and compares like its code."""

    def __str__(self) -> str:
        return READER_LANG.get()

    def __eq__(self, other: object) -> bool:
        return str(self) == other

    def __hash__(self) -> int:
        return hash(str(self))


def _translate(text: str | Message, **values: object) -> Markup:
    return catalogue(READER_LANG.get()).markup(text, **values)


def _translate_plural(singular: str, plural: str, n: int, **values: object) -> Markup:
    return catalogue(READER_LANG.get()).markup_plural(singular, plural, n, **values)


def _url(path: str, **query: object) -> str:
    return _visit.get().url(path, **query)


def _date(value: date | datetime, zone: str | None = None) -> str:
    visit = _visit.get()
    return formats.date_text(value, visit.lang, zone or visit.zone)


def _datetime(value: datetime, zone: str | None = None) -> Markup:
    visit = _visit.get()
    shown = formats.datetime_text(value, visit.lang, zone or visit.zone)
    return Markup('<time datetime="{}">{}</time>').format(
        value.isoformat(timespec="seconds"), shown
    )


def _money(amount: int | Decimal, currency: str) -> str:
    return formats.money_text(amount, currency, _visit.get().lang)


def _number(value: float | Decimal, digits: int | None = None) -> str:
    return formats.number_text(value, _visit.get().lang, digits=digits)


def _form_key() -> Markup:
    return Markup('<input type="hidden" name="form_key" value="{}">').format(token())


def _print_address() -> str:
    """Return where this page is made a PDF for this reader; empty where it cannot be."""
    visit = _visit.get()
    is_settled = visit.actor.is_signed_in and not visit.actor.needs_factor
    if not (visit.prints and is_settled and visit.site.tools.get("prints")):
        return ""
    query = {k: list(v) for k, v in visit.query.fields.items() if k != "lang"}
    return visit.url(f"{visit.path}/pdf", **query)


def environment(folder: Path, static: StaticFiles) -> Environment:
    """Return the templates with everything they may use; what is undefined is an error."""
    env = Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.globals.update(
        {
            "_": _translate,
            "n_": _translate_plural,
            "url": _url,
            "static": static.address,
            "date": _date,
            "datetime": _datetime,
            "money": _money,
            "number": _number,
            "form_key": _form_key,
            "print_address": _print_address,
            "type_showing": type_showing,
            "lang": _ReaderLang(),
        }
    )
    env.filters.update({"date": _date, "datetime": _datetime, "number": _number})
    env.globals["ui"] = _macros(env, folder)
    return env


def _macros(env: Environment, folder: Path) -> SimpleNamespace:
    """Return every macro below templates/ui under one name."""
    ui = SimpleNamespace()
    # A module keeps the globals it was made with, so macros that call each other share one name.
    env.globals["ui"] = ui
    for path in sorted((folder / "ui").glob("*.html")):
        module = env.get_template(f"ui/{path.name}").module
        vars(ui).update({k: v for k, v in vars(module).items() if not k.startswith("_")})
    return ui


def page(
    visit: Visit,
    template: str,
    values: Any = None,
    *,
    block: str | None = None,
    status: int = 200,
    expires: datetime | None = None,
    main_form: bool = False,
) -> Answer:
    """Render a page for this visit, or only its `block` when htmx asks for a fragment.

    `values` is the page's dataclass; its fields are the template's names. `main_form` says that the
    page is about its form with the id main-form, which the language switch then submits.
    """
    visit.main_form = main_form
    visit.noindex = visit.noindex or status >= 400 or visit.actor.is_signed_in
    html = render(visit, template, values, block=block if visit.fragment else None)
    return Answer(body=html.encode(), status=status, expires=expires)


def render(visit: Visit, template: str, values: Any = None, *, block: str | None = None) -> str:
    """Return the HTML of a template, or of one of its named blocks."""
    found = visit.site.templates.get_template(template)
    names = {f.name: getattr(values, f.name) for f in fields(values)} if values is not None else {}
    marks = _visit.set(visit), READER_LANG.set(visit.lang)
    try:
        if block is not None:
            context = found.new_context({**names, "lang": visit.lang})
            return "".join(found.blocks[block](context))
        return str(found.render({**names, "lang": visit.lang, "frame": visit.site.frame(visit)}))
    finally:
        _visit.reset(marks[0])
        READER_LANG.reset(marks[1])


def language_of(lang: Lang) -> Markup:
    """Return a lang attribute for a part in another language than the page's, else nothing."""
    return Markup("") if lang == READER_LANG.get() else Markup(' lang="{}"').format(escape(lang))
