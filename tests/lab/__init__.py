"""Laboratories: what takes long, and proves, attacks or measures the whole."""
