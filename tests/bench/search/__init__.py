"""The speed of search, beside two engines that others trust: SQLite's FTS5 and tantivy."""
