"""Questions about a challenge: asked until a day, published with the answer and without a name."""
