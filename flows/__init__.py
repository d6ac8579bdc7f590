"""What may be said and decided: pure, without clock, network or database."""
