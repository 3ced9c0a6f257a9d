"""SP4N-LAPOR!, both ways, and any Open311 server: what is not ours is handed over, what is ours comes in as a case."""
