"""Messages on their way, and what has become of them."""
