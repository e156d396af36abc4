"""Who is at the door: the personas of the demonstration, and those whom it has no use for."""

VISITOR = "visitor"

# Beside the personas, all made for these tests:
EXTRA = {
    "newcomer": "has an account and no role",
    "former": "was a member of Nordlys Vision until their role was ended",
    "closed": "leads Nordlys Vision, but the account is closed; the cookie is still there",
    "halfway": "administers the site, and has not given the second factor in this session",
    "frieda": "is the finance contact of Nordlys Vision",
    "orla": "leads a firm that is not listed, and one that is closed",
    "quinn": "sits on the jury of a challenge that was written on the site",
}

# For each: is there an account that is in; which rule of a route lets them pass.
FIRMS = ("bo", "carla", "frieda", "dieter", "lea", "orla")
DESK = ("astrid", "hanne", "eva", "ida")
JURY = ("finn", "greta", "quinn")
OFFICE = ("jens", "kim")
SIGNED_IN = ("newcomer", "former", "halfway", *FIRMS, *DESK, *JURY, *OFFICE)
EVERYBODY = (VISITOR, "closed", *SIGNED_IN)
SETTLED = tuple(who for who in SIGNED_IN if who != "halfway")
