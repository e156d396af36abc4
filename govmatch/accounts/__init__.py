"""People, sign-in, second factor, sessions, invitations, and the one table of roles."""
