"""Reading what is sent from the pages about one's own data."""

from govmatch.kit.i18n import msg
from govmatch.privacy.periods import Kind
from govmatch.web.fields import Form, Reader
from govmatch.web.visit import Values


def read_erasure(values: Values) -> tuple[bool, Form]:
    """Return whether the person has said that they know what it means."""
    reader = Reader(values)
    sure = bool(values.one("sure"))
    if not sure:
        reader.wrong("sure", msg("Please confirm that you know what is erased and what is kept."))
    return sure, reader.form


def read_kind(values: Values) -> Kind | None:
    """Return what is to be deleted now; None for anything else."""
    named = values.one("kind")
    return Kind(named) if named in {kind.value for kind in Kind} else None
