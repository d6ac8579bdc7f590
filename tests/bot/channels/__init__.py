"""Tests of the messengers, each over its own wire."""
