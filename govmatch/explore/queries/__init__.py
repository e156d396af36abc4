"""Every `select` of explore, about what everybody may read."""
