"""Tests of what is kept: the database, the key store, the outbox."""
