"""What staff do with opened applications: opening, moving, checking, asking, noting."""
