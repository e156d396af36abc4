"""Reading what a browser sends: within limits, as text that can be kept."""

from collections import defaultdict
from urllib.parse import parse_qsl

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message, Receive

from govmatch.kit.errors import TooLarge
from govmatch.kit.i18n import Message as Text
from govmatch.kit.i18n import msg
from govmatch.kit.spooled import Content, Spooled
from govmatch.web.visit import Upload, Values

MIB = 1024 * 1024
MOST_FIELDS = 1000
MOST_FILES = 10
MOST_QUERY_FIELDS = 200


class BadForm(Exception):
    """The body is no form: 400."""


async def read_form(request: Request, *, form_mb: int, upload_mb: int) -> Values:
    """Return the fields and files of a form.

    Raises `TooLarge` beyond `form_mb` (and `upload_mb` more where files are taken), `BadForm` for
    anything that is not a form.
    """
    most = (form_mb + upload_mb) * MIB
    if int(request.headers.get("content-length") or 0) > most:
        raise TooLarge(_limit(most))
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in {"application/x-www-form-urlencoded", "multipart/form-data", ""}:
        raise BadForm
    try:
        form = await Request(request.scope, _counting(request.receive, most)).form(
            max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=form_mb * MIB
        )
    except MultiPartException as error:
        raise _refused(error.message, form_mb) from error
    except ClientDisconnect as error:
        raise BadForm from error
    except _TooMuch:
        raise TooLarge(_limit(most)) from None
    except Exception as error:
        if type(error).__name__ == "HTTPException":
            raise _refused(str(getattr(error, "detail", "")), form_mb) from error
        raise
    fields: dict[str, list[str]] = defaultdict(list)
    files: dict[str, list[Upload]] = defaultdict(list)
    for name, value in form.multi_items():
        if isinstance(value, UploadFile):
            files[clean(name)].append(Upload(clean(value.filename or ""), await _content(value)))
        else:
            fields[field_name(name)].append(clean(value))
    await form.close()
    return Values(fields, files)


async def _content(upload: UploadFile) -> Content:
    """Return what was sent: a large file stays on disk, where the parser has put it."""
    if upload.size is None or upload.size <= MIB:
        return await upload.read()
    return Spooled(upload.file.fileno())


def _refused(why: str, form_mb: int) -> Exception:
    """Return what a part that the parser refuses is to us: too large a text, or no form."""
    return TooLarge(_limit(form_mb * MIB)) if "maximum size" in why else BadForm()


class _TooMuch(Exception):
    pass


def _counting(receive: Receive, most: int) -> Receive:
    """Return a stream that ends with `_TooMuch` after `most` bytes, whatever was declared."""
    seen = 0

    async def counting() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > most:
            raise _TooMuch
        return message

    return counting


def _limit(most: int) -> Text:
    return msg("This is more than we can take at once: at most {mb} MB.", mb=most // MIB)


def clean(text: str) -> str:
    """Return text without NUL, and with U+FFFD for what is no valid character."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def field_name(text: str) -> str:
    """Return the name of a field; `name[]`, as checkboxes that share a name are sent, is `name`."""
    return clean(text).removesuffix("[]")


def read_query(query_string: bytes) -> Values:
    """Return the fields of a query; more than 200 are `BadForm`."""
    try:
        pairs = parse_qsl(
            query_string.decode("latin-1"),
            keep_blank_values=True,
            max_num_fields=MOST_QUERY_FIELDS,
            errors="replace",
        )
    except ValueError as error:
        raise BadForm from error
    fields: dict[str, list[str]] = defaultdict(list)
    for name, value in pairs:
        fields[field_name(name)].append(clean(value))
    return Values(fields)
