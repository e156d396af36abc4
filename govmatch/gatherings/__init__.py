"""What the interface calls events: seminars, market dialogues, workshops, courses, hackathons."""
