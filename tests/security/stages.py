"""Every stage from the deadline to the outcome, each as a challenge of its own."""

from govmatch.decisions.models import Reply
from tests.security.deciding import (
    NOT_SELECTED,
    RESERVE,
    SELECTED,
    answer,
    ask_back,
    confirm,
    correct,
    decided,
    draft,
    propose,
    reviewed,
    write_reasons,
)
from tests.security.interviewing import HEARINGS, hold_interviews
from tests.security.judging import deal_out
from tests.security.making import Maker
from tests.security.meeting import MEETINGS, hold_meetings
from tests.security.piloting import pilots_of, write_in_pilot
from tests.security.secrecy import ask_about_secrets
from tests.security.selecting import (
    STAFF,
    Stage,
    assign,
    closed,
    declare,
    find_alike,
    issue_late_code,
    move_on,
    open_up,
    request,
    score,
    seat,
    suspect,
    work_on,
)


def stage_everything(maker: Maker) -> None:
    """Take challenges on, as far as others may notice: dates, openings, releases, pilots."""
    _watch_names(maker)
    _sealed(maker)
    _opened(maker)
    choices = {"nordlys": SELECTED, "weser": SELECTED, "klar": RESERVE, "hidden": NOT_SELECTED}
    released = decided(maker, "released", choices)
    reason = released.word("why a firm declined", f"dieter {STAFF}")
    answer(released, "weser", Reply.DECLINED, reason)
    ask_back(released, "weser")
    pilots_of(maker)
    write_in_pilot(maker)


def _watch_names(maker: Maker) -> None:
    """Watch for the names of people: an applicant, a juror, a mentor."""
    watch = maker.world.canaries.watch
    watch("Orla Omdal", "name of an applicant", f"orla kim {STAFF}")
    watch("Greta Voss", "name of a juror with a conflict", f"greta kim {STAFF}")
    watch("Mia Mohrenfels", "name of a mentor", f"mia bo carla kim {STAFF}")


def work_in_private(maker: Maker) -> None:
    """Write what only those read who work there: nobody else's page says another word for it."""
    _judge(Stage(maker, "judged"))
    _decide(maker)
    hold_meetings(maker)
    hold_interviews(maker)
    ask_about_secrets(maker)
    deal_out(maker)


def _sealed(maker: Maker) -> None:
    """Make what nobody opened yet: one to begin with and late codes, one that is begun."""
    stage = closed(maker, "sealed", "nordlys", "hidden")
    issue_late_code(stage, "lea", "lea@demo.example", stage.word("reason of a late code", "eva"))
    open_up(closed(maker, "begun", "weser"), completed=False)


def _opened(maker: Maker) -> None:
    """Make an opened challenge to be judged, and those of which Finn has reviewed everything."""
    firms = ("nordlys", "hidden", "weser", "klar")
    blind = {"nordlys": "finn", "klar": "finn", "weser": "finn greta rosa"}
    open_up(closed(maker, "judged", *firms, readers=STAFF, blind=blind))
    reviewed(maker, "drafted", "nordlys", "weser")
    reviewed(maker, "proposed", "nordlys", "hidden")
    reviewed(maker, "confirmed", "weser")
    for key in MEETINGS:
        reviewed(maker, key, "weser")
    for key in HEARINGS:
        reviewed(maker, key, "weser", "nordlys")
    open_up(closed(maker, "dealt", "nordlys", "weser", readers=STAFF))


def _judge(stage: Stage) -> None:
    """Let the opened challenge be reviewed without names, and worked on by staff.

    Finn has one review to begin, one to finish and one submitted, Rosa has submitted the same one,
    Greta has ties to Nordlys, and Quinn has not declared yet.
    """
    name = stage.word("name of a juror", f"rosa finn kim {STAFF}").capitalize()
    stage.maker.person("rosa", name)
    stage.maker.enter("rosa", factor=True)
    seat(stage, "finn", "greta", "quinn", "rosa")
    for who in ("finn", "rosa"):
        declare(stage, who)
    ties = stage.word("ties of a juror", f"greta {STAFF}")
    declare(stage, "greta", firms=["nordlys"], ties=ties)
    move_on(stage, "nordlys", "weser")
    assign(stage, "finn", "nordlys", "weser", "klar")
    assign(stage, "rosa", "weser")
    assign(stage, "greta", "weser", "nordlys")
    assign(stage, "quinn", "klar")
    score(stage, "finn", "weser", readers=f"rosa {STAFF}")
    score(stage, "rosa", "weser", readers=f"finn {STAFF}")
    score(stage, "finn", "klar", submitted=False)
    work_on(stage, "nordlys")
    request(stage, "hidden")
    find_alike(stage, "nordlys", "weser")
    suspect(stage, "greta", "klar")
    suspect(stage, "rosa", "klar", settled=True)


def _decide(maker: Maker) -> None:
    """Let a decision be in each state before its release."""
    drafted, proposed = Stage(maker, "drafted"), Stage(maker, "proposed")
    confirmed = Stage(maker, "confirmed")
    draft(drafted, {"nordlys": SELECTED, "weser": RESERVE})
    draft(proposed, {"nordlys": SELECTED, "hidden": NOT_SELECTED})
    for firm in ("nordlys", "hidden"):
        write_reasons(proposed, firm, "")
    propose(proposed)
    correct(proposed, "nordlys", "")
    draft(confirmed, {"weser": SELECTED})
    propose(confirmed)
    confirm(confirmed)
