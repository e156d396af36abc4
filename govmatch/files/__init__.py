"""Content-addressed storage of uploaded papers: checks, keeping, handing out; for everybody."""
