"""The file of a case as one archive that proves itself, and a copy of it for the public."""
