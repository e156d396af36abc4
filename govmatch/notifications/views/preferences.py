"""/account/notifications: how a person wants to hear of what."""

from govmatch.kit.i18n import Message, msg
from govmatch.kit.records import dataclass
from govmatch.notifications import actions, queries
from govmatch.notifications.topics import HOW_NAMES, SET_HERE, How, Topic
from govmatch.web.answers import Answer, redirect
from govmatch.web.fields import Form, Reader, filled
from govmatch.web.pages import page
from govmatch.web.routes import get, post, settled
from govmatch.web.visit import Visit, WritingVisit

PATH = "/account/notifications"


@dataclass(frozen=True)
class Asked:
    name: Topic
    label: Message
    help: Message
    choices: list[tuple[How, Message]]


@dataclass(frozen=True)
class PreferencesPage:
    form: Form
    topics: list[Asked]


def show(visit: Visit) -> Answer:
    kept = queries.preferences(visit.db, visit.actor)
    values: dict[str, str | list[str]] = {
        topic: kept[topic].how if topic in kept else one.usual.value
        for topic, one in SET_HERE.items()
    }
    return _page(visit, filled(values))


def _page(visit: Visit, form: Form, *, status: int = 200) -> Answer:
    topics = [
        Asked(topic, one.label, one.help, [(how, HOW_NAMES[how]) for how in one.choices])
        for topic, one in SET_HERE.items()
    ]
    values = PreferencesPage(form, topics)
    return page(visit, "notifications/preferences.html", values, status=status, main_form=True)


def save(visit: WritingVisit) -> Answer:
    reader = Reader(visit.form)
    wanted = {
        topic.value: reader.choice(topic, {how.value for how in one.choices})
        for topic, one in SET_HERE.items()
    }
    if visit.switching:
        return _page(visit, filled({**wanted}))
    if not reader.ok:
        return _page(visit, reader.form, status=422)
    actions.choose(visit.session, wanted, actor=visit.actor)
    visit.flash("success", msg("Your choice is saved."))
    return redirect(PATH)


routes = [get(PATH, show, settled), post(PATH, save, settled)]
