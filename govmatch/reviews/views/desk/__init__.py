"""/desk/challenges/{slug}/reviewing: who reviews what, how far they are, and conflicts."""

from govmatch.reviews.views.desk import assigning, matrix, one

routes = [*matrix.routes, *assigning.routes, *one.routes]
