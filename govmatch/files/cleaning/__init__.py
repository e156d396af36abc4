"""What files tell about who made them, taken out: names, firms, places, devices.

What a reader sees stays byte for byte; only properties go. A file that was clean, or that nothing
can be taken out of without changing more, such as a signed PDF, comes back as it was. Cleaning a
cleaned file changes nothing, so that the same upload is the same content each time.
"""

from govmatch.files.cleaning import archives, pdf, pictures
from govmatch.files.cleaning.left import Left
from govmatch.files.kinds import Kind
from govmatch.kit.spooled import Content


def cleaned(content: Content, kind: Kind) -> Content:
    """Return a content, whose kind was found by `checks.identify`, without such properties."""
    match kind:
        case Kind.JPEG:
            return pictures.cleaned_jpeg(content)
        case Kind.PNG:
            return pictures.cleaned_png(content)
        case Kind.PDF:
            return pdf.cleaned(content)
        case Kind.DOCX | Kind.XLSX | Kind.PPTX | Kind.ODT | Kind.ODS | Kind.ODP:
            return archives.cleaned(content)
        case Kind.CSV | Kind.TXT:
            return content


def names_left(content: Content, kind: Kind) -> Left | None:
    """Return why a content may name people after it is cleaned, beside what it shows; or None."""
    match kind:
        case Kind.PDF:
            return pdf.names_left(content)
        case Kind.DOCX | Kind.XLSX | Kind.PPTX | Kind.ODT | Kind.ODS | Kind.ODP:
            return archives.names_left(content)
        case _:
            return None
