"""One person's chat: what they typed, what they see, and what covers it."""
