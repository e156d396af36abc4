"""Home, search, content pages."""
