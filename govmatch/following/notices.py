"""The mail by which an address without an account is confirmed."""

from collections.abc import Iterable

from govmatch.following import links, queries
from govmatch.following.naming import called
from govmatch.following.rules import REQUEST_LASTS
from govmatch.kit.background import Background
from govmatch.kit.db import ReadSession
from govmatch.kit.i18n import as_lang
from govmatch.kit.journal import JournalRow
from govmatch.kit.notices import Notice


def requested(background: Background, session: ReadSession, row: JournalRow) -> Iterable[Notice]:
    """Send the link, unless one that was sent within the last day stands for this wish too."""
    request = queries.request_by_id(session, row.subject_id)
    if request is None or not request.mailed or request.used_at is not None:
        return
    expires_at = request.at + REQUEST_LASTS
    if expires_at <= background.real_now:
        return
    lang = as_lang(request.lang)
    token = links.sign_request(background.signer, request.public_id, expires_at)
    yield Notice(
        key=f"following:{row.id}:confirm",
        mail="following/confirm",
        address=request.email,
        lang=lang,
        values={"what": called(request, lang)},
        links={"link": f"/following/confirm/{token}"},
        secret=True,
    )


NOTICES = {"FollowRequested": requested}
