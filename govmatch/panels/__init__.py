"""The meeting of a jury: agenda, notes, points that it agrees on, minutes that its members sign."""
