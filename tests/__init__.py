"""Talks between people, and the parts they rest on."""
