"""Pages made for paper as tagged PDF files, by the worker: the extra `pdf`."""

from importlib.util import find_spec


def is_there() -> bool:
    """True where the extra is installed; without it no page offers a PDF, no route makes one."""
    return find_spec("weasyprint") is not None
