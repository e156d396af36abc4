"""Words that mean the same, in three languages: those that ship, and those of this site."""
