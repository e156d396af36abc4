"""How much a profile may say, in characters and numbers: the same for forms and for files."""

NAME = 120
PLACE = 80
REGISTRATION = 80
"""The longest are German: court, kind and number."""
VAT = 20
WEBSITE = 200
SUMMARY = 400
TEXT = 3000
"""Products, and references."""
NOTE = 120
REFERENCE = 300
MOST_CODES = 20
FIRST_YEAR = 1800
