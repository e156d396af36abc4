"""Mail and inbox: what people are told, each to each in a row of its own, and its sending."""
