"""Copies of all that is kept: backup, restore, another database, erasure."""
