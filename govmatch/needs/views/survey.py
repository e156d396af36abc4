"""/needs/survey: how voices are counted, for everybody to read; its manager sets it there."""

from dataclasses import replace

from govmatch.accounts.models import Role
from govmatch.kit.errors import Invalid, NotAllowed
from govmatch.kit.formats import number_text
from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.needs import actions, queries
from govmatch.needs.forms import LABELS, read_survey
from govmatch.needs.models import Ranking
from govmatch.needs.rules import may_set_survey
from govmatch.needs.showing import SIZE_NAMES
from govmatch.needs.survey import FULL, MOST_POINTS, MOST_WEIGHT, SIZES, TOP, Rules, points_of_place
from govmatch.needs.views.frame import PATH, Round, round_of, theme_names
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, filled, local_text
from govmatch.web.pages import page
from govmatch.web.routes import anyone, get, holder_of, post
from govmatch.web.visit import Visit, WritingVisit

SURVEY_PATH = f"{PATH}/survey"


@dataclass(frozen=True)
class SurveyPage:
    round: Round
    form: Form
    labels: dict[str, Message]
    rules: Rules
    places: list[tuple[int, int]]
    """(place in a top ten, points)"""
    sizes: list[tuple[str, Message, str]]
    """(field, name, weight as a number)"""
    sectors: list[tuple[str, str, str]]
    example: Message
    ranking: Ranking | None
    seconds: str
    may_set: bool
    action: str
    most_points: int
    most_weight: int
    zone: str
    report_url: str


def show(visit: Visit) -> Answer:
    around = round_of(visit, SURVEY_PATH)
    rules = queries.rules_of(visit.db, around.programme.id)
    return _page(visit, around, rules, _form(visit, rules))


def _form(visit: Visit, rules: Rules) -> Form:
    counting = rules.counting
    shown = {"person": str(counting.person_points), "firm": str(counting.firm_points)}
    shown |= {f"size-{size or 'none'}": str(counting.sizes.get(size, FULL)) for size in SIZES}
    shown |= {f"sector-{theme}": str(one) for theme, one in counting.sectors.items()}
    shown["closes"] = local_text(rules.closes, visit.settings.zone)
    shown["chambers_vote"] = "yes" if rules.chambers_vote else ""
    return filled(shown)


def _page(visit: Visit, around: Round, rules: Rules, form: Form, *, status: int = 200) -> Answer:
    counting = rules.counting
    themes = theme_names(visit)
    ranking = queries.latest(visit.db, around.programme.id)
    milliseconds = ranking.milliseconds if ranking is not None else 0
    may_set = bool(may_set_survey(visit.actor, around.programme))
    values = SurveyPage(
        round=around,
        form=form,
        labels=dict(LABELS),
        rules=rules,
        places=[(place, points_of_place(place)) for place in range(1, TOP + 1)],
        sizes=[
            (f"size-{size or 'none'}", SIZE_NAMES[size], _number(visit, counting.sizes.get(size)))
            for size in SIZES
        ],
        sectors=[
            (f"sector-{theme}", name, _number(visit, counting.sectors.get(theme)))
            for theme, name in themes.items()
            if may_set or theme in counting.sectors
        ],
        example=_example(visit, rules),
        ranking=ranking,
        seconds=number_text(milliseconds / 1000, visit.lang),
        may_set=may_set,
        action=visit.url(SURVEY_PATH, programme=around.programme.slug),
        most_points=MOST_POINTS,
        most_weight=MOST_WEIGHT,
        zone=visit.settings.zone,
        report_url=visit.url(f"{PATH}/report", programme=around.slug),
    )
    return page(visit, "needs/survey.html", values, status=status, main_form=may_set)


def _number(visit: Visit, per_cent: int | None) -> str:
    return number_text((FULL if per_cent is None else per_cent) / FULL, visit.lang)


def _example(visit: Visit, rules: Rules) -> Message:
    """Return the sum for one firm, in figures."""
    counting = rules.counting
    by_size, by_sector = counting.weight("micro", ())
    points = counting.firm_points + points_of_place(1)
    return msg(
        "A micro firm that supports a need and puts it first gives"
        " ({voice} + {place}) × {weight} = {points} points.",
        voice=counting.firm_points,
        place=points_of_place(1),
        weight=_number(visit, by_size * by_sector // FULL),
        points=number_text(points * by_size * by_sector / FULL**2, visit.lang),
    )


def save(visit: WritingVisit) -> Answer:
    """Count this way from now on."""
    around = round_of(visit, SURVEY_PATH)
    if not may_set_survey(visit.actor, around.programme):
        raise NotAllowed(msg("Only a manager of the programme may do this."))
    rules, form = read_survey(visit.form, theme_names(visit), visit.settings.zone)
    now_set = queries.rules_of(visit.db, around.programme.id)
    if visit.switching:
        return _page(visit, around, now_set, replace(form, errors={}))
    if form.errors:
        return _page(visit, around, now_set, form, status=422)
    try:
        actions.set_survey(visit.session, around.programme, rules, actor=visit.actor, now=visit.now)
    except Invalid as error:
        return _page(visit, around, now_set, replace(form, errors=error.errors), status=422)
    visit.flash("success", msg("Saved. The next ranking counts this way and says so."))
    return redirect(f"{SURVEY_PATH}?programme={around.programme.slug}")


routes = [
    get(SURVEY_PATH, show, anyone),
    post(SURVEY_PATH, save, holder_of(Role.MANAGER)),
]
