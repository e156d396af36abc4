"""How long links, sessions and factors hold, and how often they may be asked for.

All of it runs on the machine's clock. Sessions follow OWASP ASVS 5.0, V7.1.1 and V7.3, and depart
from NIST SP 800-63B-4 where that would cost people their work, for these reasons:

- Without a role that needs a second factor, a session opens one firm's own drafts and nothing of
  others. It ends after `settings.session_days` without use and after 90 days in any case; an open
  call takes six weeks, and who comes back to a draft on its last day should not need a mail first.
- Roles for the site, a programme, an authority or a challenge hold for 12 hours after a code. Then
  the session goes on without them until a new code is given, which no mail server can delay. There
  is no shorter end after idleness: a review or a decision is read and written for hours, and a
  desk that is left is locked by the desk's owner.
- What opens the account to somebody else (address, second factor, other sessions) wants a sign-in,
  or where there is a second factor a code, of the last 30 minutes (ASVS V7.5.1, V7.5.2).
- On a device that others use a session ends after 12 hours in any case, its cookie with the
  browser, and pages keep nothing there; who signs in says so.
- Any number of sessions at once is fine; each is listed and can be ended (ASVS V7.1.2).
"""

from datetime import timedelta

from govmatch.kit.limits import Limit

LINK = timedelta(minutes=15)
LINK_WAITS = timedelta(hours=1)
"""A link that could not be mailed within this time is not made any more: nobody waits for it."""
INVITATION = timedelta(days=14)

SESSION_AT_MOST = timedelta(days=90)
SHARED_SESSION = timedelta(hours=12)
FACTOR = timedelta(hours=12)
FRESH = timedelta(minutes=30)
TOUCHED_EVERY = timedelta(minutes=10)

REQUESTS_KEPT = timedelta(hours=24)
SESSIONS_KEPT = timedelta(days=30)
"""Ended sessions stay this long, so that a person can tell us what they saw."""

HOUR = timedelta(hours=1)
MAILS_TO_ADDRESS = Limit("mails_to_address", 5, HOUR)
"""Mails that somebody else can cause: sign-in, registration, change of address, invitation."""
LINKS_BY_CLIENT = Limit("links_by_client", 30, HOUR)
REFUSED_LINKS = Limit("refused_links", 20, HOUR)
INVITATIONS_BY_PERSON = Limit("invitations_by_person", 100, HOUR)
CODES = Limit("codes", 5, timedelta(minutes=15))
CODES_BY_DAY = Limit("codes_by_day", 30, timedelta(days=1))
"""Wrong codes by one person; the right one clears the count. Three codes out of a million are right
at a time, so 30 tries a day find one once in 30 years."""
