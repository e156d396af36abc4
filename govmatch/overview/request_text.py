"""What a request for something formal begins with: the programme's text, filled in."""

from govmatch.applications.models import Application
from govmatch.challenges.queries import terms_of, text_for
from govmatch.kit.i18n import as_lang, pick
from govmatch.programmes.letters import LetterName, filled_in, letter_text


def request_text(application: Application) -> str:
    """Return the text in the language of the application; `{missing}` is left to be written.

    It is plain text: the firm reads it as it stands.
    """
    challenge, lang = application.challenge, as_lang(application.lang)
    authority = pick(challenge.authority.names, lang)[0]
    contact = [challenge.contact.get(key, "").strip() for key in ("name", "email", "phone")]
    values = {
        "firm": application.firm.name,
        "reference": application.reference,
        "challenge": " ".join(text_for(challenge, lang).title.split()),
        "authority": authority,
        "contact": ", ".join(filter(None, contact)) or authority,
    }
    return filled_in(letter_text(terms_of(challenge), LetterName.INCOMPLETE, lang).body, values)
