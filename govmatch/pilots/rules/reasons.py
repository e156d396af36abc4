"""Why not: what several rules answer."""

from govmatch.kit.actor import No
from govmatch.kit.i18n import msg

NOT_AUTHORITY = No(msg("Only staff of the authority and the programme manager may do this."))
NOT_FIRM = No(msg("Only the firm may do this."))
NOT_PLANNED = No(msg("The plan is agreed. Propose a change instead."))
NOT_RUNNING = No(msg("This is possible only while the pilot is running."))
