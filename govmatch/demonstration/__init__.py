"""The seeded world, its people, and /demo; only in demonstration and test."""
