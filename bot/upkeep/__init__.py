"""What happens by the clock: the end of a case's time, closing texts, forgetting."""
