"""What somebody typed into a form that came too late, with the labels it had on its page.

The labels stand in the templates, beside the names of the fields, so they are read from there: from
the template that has the most of the fields that were sent, those of the asked view's package
first. What no template names (such as an answer to a question that is data), or two name
differently, is told as a text without a name of its own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from jinja2 import Environment

from govmatch.kit.i18n import OWN_NAMES, Message, as_lang, is_lang, msg
from govmatch.web.visit import Visit, WritingVisit

HIDDEN = frozenset({"form_key", "switch_lang", "code", "token"})
MOST = 100
_FIELD = re.compile(
    r"ui\.(?:field|textarea|money|markdown_field)\(\s*form,"
    r"\s*'(?P<name>[\w-]+)'(?P<more>\s*~\s*[\w.]+)?,"
    r"\s*_\('(?P<label>(?:[^'\\]|\\.)+)'"
)
_NAMED = re.compile(r"ui\.\w+\(\s*(?:form,\s*)?'(?P<name>[\w-]+)'(?P<more>\s*~)?")
_NAMELESS = msg("Text")

Labels = Mapping[str, str]
"""By a field's name its label; a name ends in `*` where something follows in it."""


def typed_texts(visit: Visit, package: str = "") -> list[tuple[Message, str]]:
    """Return (label, text) of what was typed.

    Left out is what templates name and is no text: choices, and what a page sends by itself.
    """
    if not isinstance(visit, WritingVisit):
        return []
    sent = {name: values for name, values in visit.form.fields.items() if name not in HIDDEN}
    forms = _likely(visit.site.templates, package, list(sent))
    named = _named(visit.site.templates)
    found = []
    for name, values in sent.items():
        label = _label(forms, name)
        if label or not any(key in named for key, _ in _keys(name)):
            found += [(label or _NAMELESS, value) for value in values if value.strip()]
    return found[:MOST]


def _likely(templates: Environment, package: str, sent: Sequence[str]) -> list[list[Labels]]:
    """Return the templates that have some of the fields, equally likely ones side by side."""
    ranked: dict[tuple[bool, int], list[Labels]] = {}
    for path, labels in _labels(templates).items():
        if number := sum(any(key in labels for key, _ in _keys(name)) for name in sent):
            ranked.setdefault((path.startswith(f"{package}/"), number), []).append(labels)
    return [ranked[rank] for rank in sorted(ranked, reverse=True)]


def _label(forms: list[list[Labels]], name: str) -> Message | None:
    """Return how a field is called; None where no template has it."""
    for key, rest in _keys(name):
        for alike in forms:
            known = {labels[key] for labels in alike if key in labels}
            if known:
                return _filled(known.pop(), rest) if len(known) == 1 else _NAMELESS
    return None


def _keys(name: str) -> Iterator[tuple[str, str]]:
    """Yield the name, then its beginnings up to each joint, with what follows them."""
    yield name, ""
    for at in range(len(name) - 1, 0, -1):
        if name[at - 1] in "-_":
            yield f"{name[:at]}*", name[at:]


def _filled(label: str, rest: str) -> Message:
    """Return a label as a message; without a name where only its page could fill it."""
    if "{language}" in label and is_lang(rest):
        return Message(label, {"language": OWN_NAMES[as_lang(rest)]})
    return _NAMELESS if "{" in label else Message(label)


@lru_cache(maxsize=4)
def _named(templates: Environment) -> frozenset[str]:
    """Return the names of all fields that templates name, whatever they are."""
    return frozenset(
        one["name"] + ("*" if one["more"] else "")
        for _, source in _sources(templates)
        for one in _NAMED.finditer(source)
    )


def _sources(templates: Environment) -> Iterator[tuple[str, str]]:
    assert templates.loader is not None
    for path in templates.list_templates(extensions=["html"]):
        yield path, templates.loader.get_source(templates, path)[0]


@lru_cache(maxsize=4)
def _labels(templates: Environment) -> Mapping[str, Labels]:
    """Return the labels by template; what one template calls by two labels is left nameless."""
    found: dict[str, dict[str, str]] = {}
    for path, source in _sources(templates):
        for one in _FIELD.finditer(source):
            name = one["name"] + ("*" if one["more"] else "")
            label = one["label"].replace("\\'", "'")
            labels = found.setdefault(path, {})
            labels[name] = label if labels.get(name, label) == label else _NAMELESS.text
    return found
