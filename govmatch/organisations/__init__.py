"""Authorities and firms, the verbs of membership, profiles, evidence, the firm directory."""
