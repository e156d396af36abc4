"""The page of a copy: everything that is in the data, to be read without this site."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape

from govmatch.kit.formats import datetime_text
from govmatch.kit.i18n import Lang, Message, msg, say
from govmatch.privacy.labels import LABELS, PARTS

_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 50rem; padding: 0 1rem }
dl { border-left: 3px solid #9aa; margin: 0 0 1rem; padding-left: 1rem }
dt { font-weight: 600 } dd { margin: 0 0 .4rem; white-space: pre-wrap; overflow-wrap: anywhere }
@media (prefers-color-scheme: dark) { body { background: #111; color: #eee } a { color: #9cf } }
"""
TITLE = msg("Everything that {site} keeps about you")
LEAD = msg(
    "This is a copy of {when}. The same stands in the file {data} for other software; files that"
    " you uploaded, and may still open, lie in the folder {files}."
)
NOTHING = msg("Nothing is kept here.")
YES, NO = msg("yes"), msg("no")


def page(
    data: Mapping[str, Mapping[str, object]],
    *,
    site_name: str,
    made_at: datetime,
    zone: str,
    lang: Lang,
    names: tuple[str, str],
) -> str:
    """Return a whole page in one language; `names` are those of the data file and the folder."""
    title = escape(say(TITLE, lang).format(site=site_name))
    lead = escape(
        say(LEAD, lang).format(
            when=datetime_text(made_at, lang, zone), data=names[0], files=names[1]
        )
    )
    parts = "".join(_part(name, kept, zone, lang) for name, kept in data.items())
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head>"
        f"<body><main><h1>{title}</h1><p>{lead}</p>{parts}</main></body></html>\n"
    )


def _part(name: str, kept: Mapping[str, object], zone: str, lang: Lang) -> str:
    told = {key: value for key, value in kept.items() if not _is_empty(value)}
    heading = f"<h2>{escape(_words(PARTS, name, lang))}</h2>"
    if not told:
        return f"{heading}<p>{escape(say(NOTHING, lang))}</p>"
    return heading + "".join(
        f"<h3>{escape(_words(LABELS, key, lang))}</h3>{_value(value, zone, lang)}"
        for key, value in told.items()
    )


def _value(value: object, zone: str, lang: Lang) -> str:
    if isinstance(value, Mapping):
        told = {key: one for key, one in value.items() if not _is_empty(one)}
        rows = "".join(
            f"<dt>{escape(_words(LABELS, str(key), lang))}</dt><dd>{_value(one, zone, lang)}</dd>"
            for key, one in told.items()
        )
        return f"<dl>{rows}</dl>" if rows else ""
    if isinstance(value, Sequence) and not isinstance(value, str):
        if all(not isinstance(one, Mapping | list | tuple) for one in value):
            return ", ".join(_value(one, zone, lang) for one in value)
        return "".join(_value(one, zone, lang) for one in value)
    if isinstance(value, bool):
        return escape(say(YES if value else NO, lang))
    text = str(value)
    if _INSTANT.match(text):
        return escape(datetime_text(datetime.fromisoformat(text), lang, zone))
    return escape(text)


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str | Sequence | Mapping) and not value)


def _words(known: Mapping[str, Message], key: str, lang: Lang) -> str:
    """Return what a key is called; one that has no name yet is shown as it stands."""
    return say(known[key], lang) if key in known else key.replace("_", " ")
