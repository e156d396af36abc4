"""Rankings, decisions, letters, their release, and what firms answer."""
