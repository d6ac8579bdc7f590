"""Serves people, whatever they write by: turns, and messages on their way."""
