"""The pages of the file of a case, and of what of it goes to the public."""

from govmatch.dossiers.views import archives, hearing, reading

# Ahead of the archives, whose names stand at the same place of an address.
routes = [*reading.routes, *hearing.routes, *archives.routes]
