"""How large a form and an answer may be; a form beyond this is a mistake and not a form."""

MAX_SECTIONS = 20
MAX_QUESTIONS = 80
MAX_OPTIONS = 300
MAX_COLUMNS = 6
MAX_ROWS = 30
# Rows of a table whose form does not say how many.
USUAL_ROWS = 20
# Characters of one cell, which is one line of a table.
MAX_CELL = 1_000
MAX_URL = 500
MAX_LABEL = 500
MAX_HELP = 3_000
MAX_WORDS = 10_000
MAX_FILES = 20
MAX_FILE_MB = 100
# Characters of one answer that are kept; the page says so when something was cut.
MAX_ANSWER = 100_000
# Digits before and after the decimal separator; enough for any budget, small enough to print.
MAX_WHOLE_DIGITS = 15
MAX_DECIMALS = 6
FIRST_YEAR = 1900
LAST_YEAR = 2199
