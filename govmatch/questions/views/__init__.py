"""The pages about questions: what everybody reads, asking, and answering on the desk."""

from govmatch.questions.views import answering, asking, declining, desk, feeds, own, public

routes = [
    *asking.routes,
    *own.routes,
    *feeds.routes,
    *public.routes,
    *answering.routes,
    *declining.routes,
    *desk.routes,
]
