"""Themes, technologies and CPV codes: what things are about, in three languages, for everybody."""
