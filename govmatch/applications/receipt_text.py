"""A receipt as a text file: for people first, then the part that machines check."""

from datetime import UTC

from govmatch.accounts.queries.naming import names_by_id
from govmatch.applications import queries
from govmatch.applications.consortium import received_with
from govmatch.applications.models import Application, Version
from govmatch.applications.receipts import Facts, block
from govmatch.applications.showing import title_in
from govmatch.files.queries import of_owner
from govmatch.kit.db import ReadSession
from govmatch.kit.formats import date_text, datetime_text
from govmatch.kit.i18n import Lang, Message, msg, pick, say
from govmatch.kit.signing import Signer
from govmatch.questionnaires import Attached, canonical, plain_text
from govmatch.questionnaires.loading import load_kept


def receipt_text(
    session: ReadSession,
    application: Application,
    version: Version,
    *,
    lang: Lang,
    site_name: str,
    signer: Signer,
) -> str:
    """Return the receipt of a version, in the reader's language, with all answers."""
    files = of_owner(session, "application", application.id)
    form = load_kept(version.form)
    content = canonical(
        form,
        version.answers,
        files={f.public_id: f.sha256 for f in files},
        more=received_with(version.consortium),
    )
    names = {f.public_id: Attached(f.public_id, f"{f.name} (SHA-256 {f.sha256})") for f in files}
    lines = [
        say(msg("{site}: receipt", site=site_name), lang),
        "",
        *(
            f"{say(term, lang)}: {value}"
            for term, value in _rows(session, application, version, lang)
        ),
        "",
        *_explained(lang),
        "",
        "=" * 72,
        plain_text(form, version.answers, lang, files=names),
        "=" * 72,
        "",
        block(facts(application, version), content, signer),
        "",
    ]
    return "\n".join(lines)


def facts(application: Application, version: Version) -> Facts:
    return Facts(
        receipt=version.public_id,
        application=application.reference,
        challenge=application.challenge.slug,
        firm=application.firm.public_id,
        version=str(version.number),
        at=version.at.astimezone(UTC).isoformat(timespec="microseconds"),
        salt=version.salt,
        sha256=version.content_hash,
    )


def _rows(
    session: ReadSession, application: Application, version: Version, lang: Lang
) -> list[tuple[Message, str]]:
    challenge = application.challenge
    return [
        (msg("Challenge"), title_in(challenge, lang).text),
        (msg("Authority"), pick(challenge.authority.names, lang)[0]),
        (msg("Firm"), application.firm.name),
        *_partners(version),
        (msg("Reference number"), application.reference),
        (msg("Version"), str(version.number)),
        (msg("Received"), datetime_text(version.at, lang, challenge.zone)),
        (msg("Received (UTC)"), version.at.astimezone(UTC).isoformat(timespec="seconds")),
        (msg("Submitted by"), names_by_id(session, [version.by]).get(version.by, "")),
        (msg("Receipt"), version.public_id),
        (msg("Content hash (SHA-256)"), version.content_hash),
        *_confirmed(session, application, version, lang),
    ]


def _partners(version: Version) -> list[tuple[Message, str]]:
    """Return each firm of a consortium with its share, the one that leads too."""
    return [
        (
            msg("Led by") if place == 0 else msg("Partner"),
            " · ".join(part for part in (one["name"], f"{one['share']} %", one["part"]) if part),
        )
        for place, one in enumerate(version.consortium)
    ]


def _confirmed(
    session: ReadSession, application: Application, version: Version, lang: Lang
) -> list[tuple[Message, str]]:
    """Return after which changes of its challenge the version was confirmed."""
    zone = application.challenge.zone
    return [
        (
            msg("Confirmed"),
            say(
                msg(
                    "{when}, after the change of {day}",
                    when=datetime_text(one.at, lang, zone),
                    day=date_text(one.amendment.at, lang, zone),
                ),
                lang,
            ),
        )
        for one in queries.confirmations(session, version)
    ]


def _explained(lang: Lang) -> list[str]:
    texts = (
        msg(
            "How to check: the content hash is the SHA-256 of the salt and, right behind it, the "
            "content, as they stand in the last part of this file. Any tool can compute it."
        ),
        msg(
            "Anybody can have this file checked on the site at {path}. Its operator needs no "
            "database for it: {command}",
            path="/receipts/verify",
            command="govmatch receipt verify",
        ),
    )
    return [say(text, lang) for text in texts]
