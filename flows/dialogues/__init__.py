"""The dialogues: one file each, data only, read from top to bottom."""
