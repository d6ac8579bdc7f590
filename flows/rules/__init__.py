"""What follows from what people said, and what may follow it."""
