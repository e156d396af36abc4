"""What the screens of administration and audit ask of all packages at once."""
