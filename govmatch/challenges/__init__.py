"""Challenges: written in files or on the site, approved by a second person, published."""
