"""What saving a section begins and ends with, whichever page it was typed on."""

from govmatch.challenges import queries
from govmatch.challenges.forms import field_of_piece, shown_section
from govmatch.challenges.models import Challenge
from govmatch.challenges.pieces import LISTS, Merged, is_text, with_pieces
from govmatch.challenges.statement import Statement, statement_of
from govmatch.kit.i18n import msg
from govmatch.web.fields import Form
from govmatch.web.visit import WritingVisit


def base_of(visit: WritingVisit, challenge: Challenge) -> Statement | None:
    """Return what stood on the page that was typed on; None where nobody knows it any more."""
    return queries.statement_at(visit.db, challenge, revision_of(visit))


def revision_of(visit: WritingVisit) -> int:
    """Return the revision of the page that was typed on; 0, which never is, for anything else."""
    text = visit.form.one("revision")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def refilled(challenge: Challenge, form: Form, came: Merged) -> Form:
    """Return the form with what was typed, beside it what others saved where it does not clash.

    It is a page of the revision that is kept now: saving it puts it in the place of what was seen.
    """
    saved = statement_of(challenge)
    shown = shown_section(with_pieces(saved, came.pieces)).values
    mine = {field_of_piece(clash.name) for clash in came.clashes if not is_text(clash.name)}
    values: dict[str, str | list[str]] = {
        name: value if name in mine else shown.get(name, value)
        for name, value in form.values.items()
    }
    # A list of which nothing was ticked has sent no field, and may have got something meanwhile.
    lists = {field_of_piece(name) for name in LISTS & came.pieces.keys()}
    ticked = {name: shown[name] for name in lists}
    return Form({**values, **ticked, "revision": str(challenge.revision)})


def tell(visit: WritingVisit, came: Merged) -> None:
    """Say what became of it on the next page."""
    if came.took_over:
        visit.flash(
            "info",
            msg("Saved, together with what somebody else has written here in the meantime."),
        )
    else:
        visit.flash("success", msg("Saved."))
