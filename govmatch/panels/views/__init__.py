"""/desk/challenges/{slug}/panel: the meeting of a challenge's jury."""

from govmatch.panels.views import agreed, calling, item, meeting, minutes

routes = [*meeting.routes, *calling.routes, *item.routes, *minutes.routes, *agreed.routes]
