"""What was said about consent, as evidence."""
