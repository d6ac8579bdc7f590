"""The bots that are compared, each a process of its own, as its manual writes it."""
