"""Migrations: how a database comes to the present schema, on both databases alike."""
